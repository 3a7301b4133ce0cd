package gridcase.evaluation;

import java.util.Map;

import gridcase.casework.CaseDriver;
import gridcase.casework.DemoTest;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

/** 监督员有效案件上报比率. */
@DemoTest
class ValidReportsTests {

	@Autowired
	private CaseDriver drive;

	@Autowired
	private Reports reports;

	@Autowired
	private MockMvc http;

	@Test
	void rejectedAndRepeatedReportsAreNotValid() throws Exception {
		int before = this.reports.validReports("chengguan", Period.EVER).total().reported();
		String first = report("cg.g2", "14998410100102", "PATROL");
		file(first, Map.of("filing", "FILE"));
		file(report("cg.g2", "14998410100102", "GRID_WORKER"), Map.of("filing", "FILE"));
		file(report("cg.g2", "14998410100102", "PATROL"), Map.of("filing", "FILE"));
		file(report("cg.g2", "14998410100102", "PATROL"), Map.of("filing", "REJECT", "filingReason", "不属于城市管理部件和事件"));
		file(report("cg.g3", "14998410100103", "PATROL"), Map.of("filing", "FILE"));
		file(report("cg.g3", "14998410100103", "PATROL"),
				Map.of("filing", "MERGE", "mergeInto", first, "filingReason", "同一井盖已经立案"));
		report("cg.g3", "14998410100103", "PATROL");
		report("cg.hotline", "14998410100103", "HOTLINE");

		ValidReportsReport report = this.reports.validReports("chengguan", Period.EVER);
		assertThat(row(report, "cg.g2")).satisfies((row) -> {
			assertThat(row.reported()).isEqualTo(4);
			assertThat(row.valid()).isEqualTo(3);
			assertThat(row.notFiled()).isEqualTo(1);
			assertThat(row.ratePercent()).hasToString("75.0");
		});
		assertThat(row(report, "cg.g3")).satisfies((row) -> {
			assertThat(row.reported()).isEqualTo(3);
			assertThat(row.valid()).isEqualTo(1);
			assertThat(row.merged()).isEqualTo(1);
			assertThat(row.waiting()).isEqualTo(1);
			assertThat(row.ratePercent()).hasToString("33.3");
		});
		assertThat(report.rows()).extracting(ValidReportsReport.Row::reporter).doesNotContain("cg.hotline");
		assertThat(report.total().reported()).isEqualTo(before + 7);
		assertThat(report.total().reported()).isEqualTo(report.total().valid() + report.total().notFiled()
				+ report.total().merged() + report.total().waiting());
		this.http.perform(get("/reports").with(user("cg.auditor")))
			.andExpect(status().isOk())
			.andExpect(content().string(containsString("有效上报比率")))
			.andExpect(content().string(containsString("33.3 %")));
	}

	private static ValidReportsReport.Row row(ValidReportsReport report, String reporter) {
		return report.rows().stream().filter((row) -> row.reporter().equals(reporter)).findFirst().orElseThrow();
	}

	private String report(String reporter, String grid, String channel) {
		return this.drive.report("chengguan", reporter, channel,
				Map.of("gridCode", grid, "title", "路口井盖丢失", "category", "C0102", "address", "镇东路口"));
	}

	private void file(String caseNo, Map<String, Object> decision) {
		this.drive.complete(caseNo, "Stage_File", decision);
	}

}
