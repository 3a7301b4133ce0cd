package gridcase.casework;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;

import gridcase.clock.PlatformClock;

import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.MockMvc;

import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

/** Loads registry files of the demo street the way its administrator does. */
class RosterDriver {

	private static final DateTimeFormatter CELL = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm");

	private final MockMvc http;

	private final PlatformClock clock;

	RosterDriver(MockMvc http, PlatformClock clock) {
		this.http = http;
		this.clock = clock;
	}

	void load(String kind, String csv) {
		try {
			this.http
				.perform(post("/api/v1/registry/" + kind + "?place=shangdi").with(httpBasic("admin", "gridcase"))
					.contentType(MediaType.parseMediaType("text/csv"))
					.content(csv.getBytes(StandardCharsets.UTF_8)))
				.andExpect(status().isOk());
		}
		catch (Exception ex) {
			throw new IllegalStateException(kind, ex);
		}
	}

	/** Somebody is away from an hour ago for some hours from now. */
	void absent(String login, int hours, String substitute) {
		load("absences", "staff,since,until,substitute,reason\n%s,%s,%s,%s,休假\n".formatted(login, cell(-1), cell(hours),
				substitute));
	}

	/** A person is no longer active. */
	void leaves(String login, String name, String unit) {
		load("staff", "login,name,unit,active,demo\n%s,%s,%s,false,true\n".formatted(login, name, unit));
	}

	/** A moment so many hours from now, as files write it. */
	String cell(int hours) {
		return CELL.format(LocalDateTime.ofInstant(in(hours), this.clock.zone()));
	}

	Instant in(int hours) {
		return this.clock.now().plusSeconds(hours * 3600L);
	}

}
