package gridcase.casework;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import gridcase.audit.CaseEvent;
import gridcase.audit.CaseTrail;
import gridcase.casework.process.TimeTravel;
import gridcase.clock.PlatformClock;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.web.servlet.MockMvc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

/** A holiday notice that arrives late moves what runs, after showing it. */
@DemoTest
@DirtiesContext
class CalendarChangeTests {

	@Autowired
	private CaseDriver drive;

	@Autowired
	private Cases cases;

	@Autowired
	private CaseTrail trail;

	@Autowired
	private OpenTasks tasks;

	@Autowired
	private DeadlinePlans plans;

	@Autowired
	private TimeTravel travel;

	@Autowired
	private PlatformClock clock;

	@Autowired
	private JdbcTemplate jdbc;

	@Autowired
	private MockMvc http;

	@Test
	void newHolidaysAreShownBeforeTheyMoveOpenDeadlinesAndTheirTimers() throws Exception {
		String caseNo = this.drive.report("shangdi", "sd.c01.g1", "GRID_WORKER",
				Map.of("gridCode", "11010802200101", "category", "S0501", "severity", "MINOR"));
		this.drive.complete(caseNo, "Stage_File", Map.of("filing", "FILE"));
		this.drive.complete(caseNo, "Stage_Dispatch", Map.of());
		this.drive.complete(caseNo, "Task_SignFor", Map.of("signing", "SIGN"));
		Deadline before = handling(caseNo);
		String holiday = before.dueAt().atZone(this.clock.zone()).toLocalDate().toString();
		String notice = new ClassPathResource("registry/calendars/cn_holidays.csv")
			.getContentAsString(java.nio.charset.StandardCharsets.UTF_8) + "2026," + holiday + ",临时放假,off\n";

		JsonNode preview = new ObjectMapper().readTree(
				this.http
					.perform(post("/api/v1/registry/calendar-days/preview").with(httpBasic("admin", "gridcase"))
						.contentType("text/csv")
						.content(notice))
					.andExpect(status().isOk())
					.andReturn()
					.getResponse()
					.getContentAsString());

		JsonNode move = find(preview.path("moves"), caseNo, "handle");
		assertThat(Instant.parse(move.path("dueBefore").asText())).isEqualTo(before.dueAt());
		Instant announced = Instant.parse(move.path("due").asText());
		assertThat(announced).isAfter(before.dueAt());
		assertThat(handling(caseNo).dueAt()).as("a preview moves nothing").isEqualTo(before.dueAt());
		assertThat(this.plans.replanAll()).isZero();

		this.http
			.perform(post("/api/v1/registry/calendar-days").with(httpBasic("admin", "gridcase"))
				.contentType("text/csv")
				.content(notice))
			.andExpect(status().isOk());
		assertThat(this.plans.replanAll()).isEqualTo(preview.path("moved").asInt());

		assertThat(handling(caseNo).dueAt()).isEqualTo(announced);
		assertThat(this.drive.task(caseNo, "Task_Handle").dueAt()).isEqualTo(announced);
		assertThat(this.jdbc.queryForObject(
				"select count(*) from act_ru_job j join act_ru_execution e on e.id_ = j.process_instance_id_ "
						+ "where e.business_key_ = ? and j.duedate_ = ?",
				Integer.class, caseNo,
				java.sql.Timestamp.from(announced.truncatedTo(java.time.temporal.ChronoUnit.MILLIS))))
			.as("the engine's timer moved along")
			.isOne();
		assertThat(this.trail.of(caseNo)).extracting(CaseEvent::kind).contains("DEADLINE_MOVED");
		assertThat(this.plans.replanAll()).as("once is enough").isZero();

		this.travel.moveTo(before.dueAt().plusSeconds(60));
		assertThat(handling(caseNo).breachedAt()).isNull();
		this.travel.moveTo(announced);
		assertThat(handling(caseNo).breachedAt()).isNotNull();
	}

	private static JsonNode find(JsonNode moves, String caseNo, String stage) {
		for (JsonNode move : moves) {
			if (move.path("caseNo").asText().equals(caseNo) && move.path("stage").asText().equals(stage)) {
				return move;
			}
		}
		throw new AssertionError("No move of " + caseNo + " " + stage + " among " + moves);
	}

	private Deadline handling(String caseNo) {
		List<Deadline> handling = this.cases.deadlines(caseNo)
			.stream()
			.filter((deadline) -> deadline.stage().equals("handle"))
			.toList();
		return handling.get(handling.size() - 1);
	}

}
