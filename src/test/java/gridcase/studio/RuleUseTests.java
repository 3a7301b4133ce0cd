package gridcase.studio;

import java.util.Map;

import gridcase.casework.CaseDriver;
import gridcase.casework.DemoTest;
import gridcase.policy.DecisionRecord;
import gridcase.policy.Decisions;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.test.web.servlet.MockMvc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;

/** How often rules fire: the same figures whether summed already or not. */
@DemoTest
@Import(CaseDriver.class)
class RuleUseTests {

	@Autowired
	private RuleUse use;

	@Autowired
	private CaseDriver drive;

	@Autowired
	private Decisions decisions;

	@Autowired
	private MockMvc http;

	@Test
	void countsWhatFiredOnceWhetherSummedOrNot() {
		Map<String, Long> before = this.use.of("shangdi", "routing", 30);
		Map<String, Long> beforeToday = this.use.of("shangdi", "routing", 1);
		String caseNo = filed();
		DecisionRecord routing = this.decisions.ofCase(caseNo)
			.stream()
			.filter((record) -> record.table().equals("routing") && record.place() != null)
			.findFirst()
			.orElseThrow();
		String rule = routing.rules().get(0);
		long expected = before.getOrDefault(rule, 0L) + 1;
		assertThat(this.use.of("shangdi", "routing", 30)).containsEntry(rule, expected);
		this.use.sum();
		this.use.sum();
		assertThat(this.use.of("shangdi", "routing", 30)).as("summed").containsEntry(rule, expected);
		filed();
		assertThat(this.use.of("shangdi", "routing", 30)).as("summed and fresh").containsEntry(rule, expected + 1);
		this.use.sum();
		this.use.sum();
		assertThat(this.use.of("shangdi", "routing", 1)).as("today, summed in two rounds")
			.containsEntry(rule, beforeToday.getOrDefault(rule, 0L) + 2);
	}

	@Test
	void anotherPlacesCasesAreNotCounted() {
		Map<String, Long> before = this.use.of("futian", "filing", 90);
		filed();
		assertThat(this.use.of("futian", "filing", 90)).isEqualTo(before);
		assertThat(this.use.of(null, "filing", 90)).isNotEmpty();
	}

	@Test
	void rowsThatNeverFiredAreMarked() throws Exception {
		filed();
		this.http.perform(get("/studio/use?place=shangdi&key=filing").with(user("sd.policy")))
			.andExpect(content().string(containsString("未命中")));
		this.http.perform(get("/studio?place=shangdi").with(user("sd.policy")))
			.andExpect(content().string(containsString("行近 90 天未命中")));
	}

	private String filed() {
		String caseNo = this.drive.report("shangdi", "sd.c01.g1", "GRID_WORKER",
				Map.of("gridCode", "11010802200101", "category", "S0501"));
		this.drive.complete(caseNo, "Stage_File", Map.of("filing", "FILE"));
		return caseNo;
	}

}
