package gridcase.mining;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import gridcase.casework.CaseDriver;
import gridcase.casework.Cases;
import gridcase.casework.Custody;
import gridcase.casework.DemoTest;
import gridcase.clock.PlatformClock;
import gridcase.clock.WorkingCalendars;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.MockMvc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

/** Figures of how cases ran: each is what the stored cases say, and leads to them. */
@DemoTest
class MiningPageTests {

	private static String caseNo;

	@Autowired
	private MockMvc http;

	@Autowired
	private CaseDriver drive;

	@Autowired
	private Cases cases;

	@Autowired
	private PlatformClock clock;

	@Autowired
	private WorkingCalendars calendars;

	@Autowired
	private JdbcTemplate jdbc;

	@BeforeEach
	void cases() {
		if (caseNo == null) {
			MiningCases made = new MiningCases(this.drive, this.clock);
			caseNo = made.refusedOnce();
			made.handle(caseNo, true);
		}
	}

	private JsonNode ask(String path, String... pairs) throws Exception {
		var request = get("/api/v1/mining/" + path).with(user("sd.auditor")).param("category", MiningCases.CATEGORY);
		for (int at = 0; at < pairs.length; at += 2) {
			request.param(pairs[at], pairs[at + 1]);
		}
		return new ObjectMapper().readTree(this.http.perform(request)
			.andExpect(status().isOk())
			.andReturn()
			.getResponse()
			.getContentAsString(java.nio.charset.StandardCharsets.UTF_8));
	}

	@Test
	void sumsAreThoseOfTheStoredCases() throws Exception {
		JsonNode sums = ask("sums");
		assertThat(sums.get("behind").asInt()).isZero();
		Map<String, Object> stored = this.jdbc.queryForMap(
				"select count(*) as cases, count(closed_at) as closed, count(*) filter (where (facts ->> 'reworkCount')::int > 0) as rework "
						+ "from case_file where place = 'shangdi' and category = ? and not internal",
				MiningCases.CATEGORY);
		assertThat(sums.at("/figures/cases").asLong()).isEqualTo(stored.get("cases"));
		assertThat(sums.at("/figures/closed").asLong()).isEqualTo(stored.get("closed"));
		assertThat(sums.at("/figures/measures/rework").asLong()).isEqualTo(stored.get("rework"));
	}

	@Test
	void aStepTakesWhatCustodySays() throws Exception {
		ask("sums");
		Map<String, Object> step = this.jdbc.queryForMap(
				"select * from mining_step where case_no = ? and element = 'Task_Handle' order by no limit 1", caseNo);
		assertThat(step).containsEntry("outcome", "DONE");
		Instant from = ((java.sql.Timestamp) step.get("from_at")).toInstant();
		Custody link = this.cases.custody(caseNo)
			.stream()
			.filter((each) -> each.kind().equals("HOLDER") && each.worked())
			.findFirst()
			.orElseThrow();
		assertThat(step.get("unit")).isEqualTo(link.unit());
		// whoever signed for it has it from then on: no waiting, all of it work
		assertThat(step.get("waiting_seconds")).isEqualTo(0L);
		assertThat(step.get("working_seconds")).isEqualTo(this.calendars.forPlace("shangdi")
			.workingTimeBetween(from, ((java.sql.Timestamp) step.get("until_at")).toInstant())
			.toSeconds());
		assertThat(this.jdbc.queryForList("select element from mining_step where case_no = ? and task order by no",
				String.class, caseNo))
			// a lead and a helper side by side
			.containsSequence("Stage_File", "Stage_Dispatch", "Task_SignFor", "Task_SignFor", "Stage_Dispatch",
					"Task_SignFor", "Task_SignFor", "Task_Handle", "Task_Handle", "Stage_Verify", "Task_SignFor");
	}

	@Test
	void loopsRefusalsAndHandOversLeadToTheCase() throws Exception {
		JsonNode loops = ask("loops").get("figures");
		assertThat(loops.findValuesAsText("name")).contains("任务处理 → 分类派遣", "核查反馈 → 任务处理")
			.doesNotContain("分类派遣 → 任务处理", "任务处理 → 核查反馈");
		for (JsonNode loop : loops) {
			JsonNode behind = ask("cases", "loop", loop.get("name").asText());
			assertThat(behind.get("total").asInt()).isEqualTo(loop.get("cases").asInt());
		}
		JsonNode refused = ask("cases", "measure", "refusals");
		assertThat(refused.get("lines").findValuesAsText("caseNo")).contains(caseNo);
		JsonNode passed = ask("units").get("figures");
		JsonNode refusal = null;
		for (JsonNode each : passed) {
			refusal = each.get("movement").asText().equals("REFUSE") ? each : refusal;
		}
		assertThat(refusal).isNotNull();
		assertThat(refusal.has("to")).as("to nobody: back to whoever sends").isFalse();
		JsonNode behind = ask("cases", "fromUnit", refusal.get("from").asText(), "movement", "REFUSE");
		assertThat(behind.get("total").asInt()).isEqualTo(refusal.get("cases").asInt());
		assertThat(behind.get("lines").get(0).get("title").asText()).isEqualTo("老人取款神色异常");
	}

	@Test
	void variantsAddUp() throws Exception {
		JsonNode variants = ask("variants").get("figures");
		int shown = 0;
		for (JsonNode variant : variants.get("shown")) {
			shown += variant.get("cases").asInt();
			assertThat(ask("cases", "variant", variant.get("id").asText()).get("total").asInt())
				.isEqualTo(variant.get("cases").asInt());
		}
		assertThat(shown + variants.get("restCases").asInt()).isEqualTo(variants.get("cases").asInt());
	}

	@Test
	void theHeatOfADiagramCountsEveryVisit() throws Exception {
		JsonNode heat = ask("heat");
		assertThat(heat.get("bpmn").asText()).contains("bpmn");
		for (JsonNode element : heat.get("elements")) {
			assertThat(heat.get("bpmn").asText()).contains("\"" + element.get("element").asText() + "\"");
			JsonNode behind = ask("cases", "definition", heat.at("/diagram/id").asText(), "element",
					element.get("element").asText());
			assertThat(behind.get("total").asInt()).as(element.toString()).isEqualTo(element.get("cases").asInt());
		}
		assertThat(heat.get("elements").findValuesAsText("element")).contains("Stage_File", "Stage_Handle");
	}

	@Test
	void weeksAndComparisonTellOfTheSameTasks() throws Exception {
		JsonNode weeks = ask("weeks").get("figures");
		assertThat(weeks).isNotEmpty();
		JsonNode first = weeks.get(0);
		assertThat(ask("cases", "stage", first.get("stage").asText(), "week", first.get("week").asText()).get("total")
			.asInt()).isBetween(1, first.get("tasks").asInt());
		JsonNode comparison = ask("comparison");
		assertThat(comparison.at("/one/cases").asInt()).isEqualTo(ask("sums").at("/figures/cases").asInt());
		assertThat(comparison.get("stages")).isNotEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/mining", "/mining/variants", "/mining/units", "/mining/loops", "/mining/time",
			"/mining/compare", "/mining/export", "/mining/cases" })
	void everyViewIsAPageAlsoWithNothingInIt(String path) throws Exception {
		this.http.perform(get(path).with(user("sd.auditor")).param("category", MiningCases.CATEGORY))
			.andExpect(status().isOk())
			.andExpect(content().string(containsString("流程分析")));
		this.http.perform(get(path).with(user("sd.auditor")).param("from", "2020-01-01").param("to", "2020-01-02"))
			.andExpect(status().isOk());
		this.http.perform(get(path).with(user("sd.dispatcher"))).andExpect(status().isForbidden());
	}

	@Test
	void administratorsSeeNumbersAndNoTitlesAndLooksAreOnRecord() throws Exception {
		int before = searched();
		this.http.perform(get("/mining/cases").with(user("sd.admin")).param("category", MiningCases.CATEGORY))
			.andExpect(status().isOk())
			.andExpect(content().string(containsString(caseNo)))
			.andExpect(content().string(not(containsString("老人取款神色异常"))));
		this.http
			.perform(get("/mining/cases").with(user("sd.auditor"))
				.param("category", MiningCases.CATEGORY)
				.param("measure", "rework"))
			.andExpect(content().string(containsString("老人取款神色异常")));
		assertThat(searched()).isEqualTo(before + 2);
		assertThat(this.jdbc.queryForObject(
				"select details::text from access_log where kind = 'CASES_SEARCHED' and subject_kind = 'mining' order by id desc limit 1",
				String.class))
			.contains("rework");
	}

	private int searched() {
		return this.jdbc.queryForObject(
				"select count(*) from access_log where kind = 'CASES_SEARCHED' and subject_kind = 'mining'",
				Integer.class);
	}

	@Test
	void whatCannotBeIsSaid() throws Exception {
		this.http
			.perform(get("/api/v1/mining/sums").with(user("sd.auditor"))
				.param("from", "2026-03-02")
				.param("to", "2026-03-01"))
			.andExpect(status().isBadRequest());
		this.http.perform(get("/api/v1/mining/cases").with(user("sd.auditor")).param("measure", "facts"))
			.andExpect(status().isBadRequest());
		this.http
			.perform(get("/api/v1/mining/heat").with(user("sd.auditor"))
				.param("category", MiningCases.CATEGORY)
				.param("diagram", "none"))
			.andExpect(status().isBadRequest());
	}

	@Test
	void unitsMakeAMatrixThatAddsUp() {
		MiningPage.Matrix matrix = MiningPage.matrix(List.of(new Mining.Passed("A", "B", "HAND_ON", 5, 4),
				new Mining.Passed("A", null, "REFUSE", 3, 3), new Mining.Passed("B", "A", "ASSIGN", 2, 2),
				new Mining.Passed("C", "B", "HAND_ON", 1, 1), new Mining.Passed("A", "B", "ASSIGN", 1, 1)), 2);
		assertThat(matrix.from()).containsExactly("A", "B");
		assertThat(matrix.to()).containsExactly("B", "A", null);
		assertThat(matrix.cells()).containsExactly(List.of(6, 0, 3), List.of(0, 2, 0));
		assertThat(matrix.rest()).isEqualTo(1);
		assertThat(Set.of(matrix.shade(0), matrix.shade(1), matrix.shade(6))).containsExactlyInAnyOrder(0, 1, 4);
	}

}
