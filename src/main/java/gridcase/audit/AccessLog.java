package gridcase.audit;

import java.sql.Timestamp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import gridcase.clock.PlatformClock;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** What people read and did, written once and never changed. */
@Component
public class AccessLog {

	private static final ObjectMapper JSON = JsonMapper.builder()
		.enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
		.findAndAddModules()
		.disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
		.build();

	private final JdbcTemplate jdbc;

	private final PlatformClock clock;

	AccessLog(JdbcTemplate jdbc, PlatformClock clock) {
		this.jdbc = jdbc;
		this.clock = clock;
	}

	/**
	 * Puts it on record, in the caller's transaction if there is one: what is undone was
	 * not done.
	 */
	public void record(Access access) {
		this.jdbc.update(
				"insert into access_log (at, login, place, kind, subject_kind, subject, details, reason) values (?, ?, ?, ?, ?, ?, ?::json, ?)",
				Timestamp.from(this.clock.now()), access.login(), access.place(), access.kind(), access.subjectKind(),
				access.subject(), json(access), access.reason());
	}

	private static String json(Access access) {
		try {
			return JSON.writeValueAsString(access.details());
		}
		catch (JsonProcessingException ex) {
			throw new IllegalArgumentException("Details of " + access.kind() + " are no JSON", ex);
		}
	}

}
