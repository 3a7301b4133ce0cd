package gridcase.casework;

import java.util.List;
import java.util.Map;

import gridcase.audit.CaseTrail;
import gridcase.casework.process.CaseDiagrams;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The good case from report to evaluation, with everything that is written on the way.
 */
@DemoTest
class CaseHandlingTests {

	@Autowired
	private CaseDriver drive;

	@Autowired
	private Cases cases;

	@Autowired
	private CaseTrail trail;

	@Autowired
	private CaseDiagrams diagrams;

	@Autowired
	private CaseActions actions;

	@Test
	void runsTheWholeLoop() {
		String caseNo = this.drive.report("shangdi", "sd.c01.g1", "GRID_WORKER", Map.of("gridCode", "11010802200101"));

		this.drive.complete(caseNo, "Stage_File", Map.of("filing", "FILE"));
		this.drive.complete(caseNo, "Stage_Dispatch", Map.of("leadUnit", "SD-CG"));
		String handler = this.drive.complete(caseNo, "Task_SignFor", Map.of("signing", "SIGN"));
		assertThat(this.cases.get(caseNo).holder()).isEqualTo(handler);
		this.drive.complete(caseNo, "Task_Handle",
				Map.of("handlingOutcome", "DONE", "resultText", "已约谈店主，加装油烟净化装置，气味已消除"));
		this.drive.helpersDo(caseNo);
		assertThat(this.diagrams.path(this.cases.get(caseNo)).now()).containsExactly("Stage_Verify");
		this.drive.complete(caseNo, "Stage_Verify", Map.of("verified", true, "verifyText", "现场核查已整改到位"));
		this.drive.complete(caseNo, "Stage_Close", Map.of("closingText", "整改完成，予以结案"));

		CaseFile file = this.cases.get(caseNo);
		assertThat(file.state()).isEqualTo("CLOSED");
		assertThat(this.diagrams.path(file).now()).isEmpty();
		assertThat(this.trail.firstFault(caseNo)).isEmpty();
		assertThat(this.diagrams.stages(file)).extracting(StageView::state).containsOnly("DONE");
		assertThat(this.cases.custody(caseNo)).allMatch((link) -> link.to() != null);
		assertThat(this.cases.deadlines(caseNo)).allMatch((deadline) -> deadline.doneAt() != null);
		assertThat(List.copyOf(this.trail.of(caseNo))).extracting((event) -> event.kind())
			.contains("REPORTED", "STAGE_ENTERED", "DECIDED", "COMPLETED", "SIGNED", "CLOSED");
	}

	@Test
	void whatNobodyKnownReportedIsNotLeftToItsReporter() {
		Map<String, Object> report = Map.of("title", "门前堆物", "description", "占道堆放杂物", "gridCode", "11010802200101",
				"category", "S0501", "severity", "MINOR", "urgency", "ROUTINE", "wantsSelfHandling", true);

		String caseNo = this.actions.report(new Report("shangdi", "GRID_WORKER", null, report));

		assertThat(this.drive.task(caseNo, "Stage_File").pool()).startsWith("dispatcher@");
	}

}
