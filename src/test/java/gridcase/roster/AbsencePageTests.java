package gridcase.roster;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

import gridcase.casework.DemoTest;
import gridcase.clock.PlatformClock;
import gridcase.registry.Absences;
import gridcase.registry.Duties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

/** 请假与代理: who may see, enter and end what, by page and over HTTP. */
@DemoTest
@TestPropertySource(properties = "spring.application.name=absences")
class AbsencePageTests {

	@Autowired
	private MockMvc http;

	@Autowired
	private Absences absences;

	@Autowired
	private Duties duties;

	@Autowired
	private PlatformClock clock;

	@Test
	void showsTheHeadOfTheUnitWhoIsAwayAndTheRoster() throws Exception {
		this.http.perform(get("/absences").with(user("ft.st.head")))
			.andExpect(status().isOk())
			.andExpect(content().string(containsString("外出培训")))
			.andExpect(content().string(containsString("提前销假")))
			.andExpect(content().string(containsString("处置人员（北滘社区福田工作站）")));
	}

	@Test
	void showsOthersTheRosterButNoAbsenceAndNoReason() throws Exception {
		this.http.perform(get("/absences").with(user("ft.g1")))
			.andExpect(status().isOk())
			.andExpect(content().string(not(containsString("外出培训"))))
			.andExpect(content().string(containsString("值班表")));
		this.http.perform(get("/api/v1/registry/absences?place=futian").with(httpBasic("ft.g1", "gridcase")))
			.andExpect(status().isForbidden());
		this.http.perform(get("/api/v1/absences?place=futian").with(httpBasic("ft.g1", "gridcase")))
			.andExpect(status().isOk())
			.andExpect(jsonPath("$.length()").value(0));
	}

	@Test
	void showsThePlatformsAdministratorAnyPlace() throws Exception {
		this.http.perform(get("/absences?place=futian").with(user("admin")))
			.andExpect(status().isOk())
			.andExpect(content().string(containsString("外出培训")));
		this.http.perform(get("/absences").with(user("admin"))).andExpect(status().isOk());
	}

	@ParameterizedTest(name = "{0} enters one of {1}: {2}")
	@CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
			who           | for           | status
			sd.cg.handler | sd.cg.handler | 204
			sd.cg.head    | sd.cg.handler | 204
			sd.admin      | sd.cg.handler | 204
			admin         | sd.cg.handler | 204
			sd.dispatcher | sd.cg.handler | 403
			sd.cg.head    | sd.dispatcher | 403
			ft.admin      | sd.cg.handler | 403
			""")
	void letsThePersonTheHeadAndTheAdministratorEnter(String who, String whom, int status) throws Exception {
		enter(who, whom, "sd.cg.handler2", hours(2), hours(26)).andExpect(status().is(status));

		if (status == 204) {
			assertThat(this.absences.open("shangdi")).singleElement().satisfies((entry) -> {
				assertThat(entry.enteredBy()).isEqualTo(who);
				assertThat(entry.absence().substitute()).isEqualTo("sd.cg.handler2");
			});
			end(who, whom, hours(2)).andExpect(status().isNoContent());
		}
		assertThat(this.absences.open("shangdi")).isEmpty();
	}

	@Test
	void endsEarlyAndOnlyOnce() throws Exception {
		Instant since = hours(-2);
		enter("sd.cg.head", "sd.cg.handler", "sd.cg.handler2", since, hours(26)).andExpect(status().isNoContent());
		assertThat(this.duties.absent("sd.cg.handler", this.clock.now())).isTrue();
		end("sd.dispatcher", "sd.cg.handler", since).andExpect(status().isForbidden());

		end("sd.cg.handler", "sd.cg.handler", since).andExpect(status().isNoContent());

		assertThat(this.duties.absent("sd.cg.handler", this.clock.now())).isFalse();
		end("sd.cg.handler", "sd.cg.handler", since).andExpect(status().isConflict());
	}

	@Test
	void namesTheFieldThatDoesNotFit() throws Exception {
		enter("sd.cg.head", "sd.cg.handler", "sd.cg.handler", hours(2), hours(26)).andExpect(status().isBadRequest())
			.andExpect(jsonPath("$.errors[?(@.field == 'substitute')].message").value("代理人不能是本人"));
		enter("sd.cg.head", "sd.cg.handler", "ft.g1", hours(2), hours(26)).andExpect(status().isBadRequest());
		assertThat(this.absences.open("shangdi")).isEmpty();
	}

	@Test
	void entersAndEndsByThePage() throws Exception {
		this.http
			.perform(post("/absences").with(user("sd.wd.head"))
				.with(csrf())
				.param("place", "shangdi")
				.param("staff", "sd.wd.head")
				.param("substitute", "sd.wd.head")
				.param("since", "2036-03-18T09:00")
				.param("until", "2036-03-19T09:00"))
			.andExpect(status().isBadRequest())
			.andExpect(content().string(containsString("代理人不能是本人")))
			.andExpect(content().string(containsString("2036-03-18T09:00")));
		this.http
			.perform(post("/absences").with(user("sd.wd.head"))
				.with(csrf())
				.param("place", "shangdi")
				.param("staff", "sd.wd.head")
				.param("substitute", "sd.cg.head")
				.param("since", "soon")
				.param("until", "2036-03-19T09:00"))
			.andExpect(status().isBadRequest())
			.andExpect(content().string(containsString("请写成 2026-03-18 10:42")));
		this.http
			.perform(post("/absences").with(user("sd.wd.head"))
				.with(csrf())
				.param("place", "shangdi")
				.param("staff", "sd.wd.head")
				.param("substitute", "sd.cg.head")
				.param("since", "2036-03-18T09:00")
				.param("until", "2036-03-19T09:00")
				.param("reason", "年休假"))
			.andExpect(redirectedUrl("/absences?place=shangdi"));
		this.http.perform(get("/absences").with(user("sd.wd.head")))
			.andExpect(content().string(containsString("年休假")))
			.andExpect(content().string(containsString("取消请假")));
		this.http
			.perform(post("/absences/end").with(user("sd.wd.head"))
				.with(csrf())
				.param("place", "shangdi")
				.param("staff", "sd.wd.head")
				.param("since", "2036-03-18T01:00:00Z"))
			.andExpect(header().exists("Location"));
		assertThat(this.absences.open("shangdi")).isEmpty();
	}

	private ResultActions enter(String who, String whom, String substitute, Instant since, Instant until)
			throws Exception {
		return this.http.perform(post("/api/v1/absences").with(httpBasic(who, "gridcase"))
			.contentType(MediaType.APPLICATION_JSON)
			.content("""
					{"place": "shangdi", "staff": "%s", "since": "%s", "until": "%s", "substitute": "%s"}"""
				.formatted(whom, since, until, substitute)));
	}

	private ResultActions end(String who, String whom, Instant since) throws Exception {
		return this.http.perform(post("/api/v1/absences/end").with(httpBasic(who, "gridcase"))
			.contentType(MediaType.APPLICATION_JSON)
			.content("""
					{"place": "shangdi", "staff": "%s", "since": "%s"}""".formatted(whom, since)));
	}

	private Instant hours(int hours) {
		return this.clock.now().truncatedTo(ChronoUnit.HOURS).plus(hours, ChronoUnit.HOURS);
	}

}
