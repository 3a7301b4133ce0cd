package gridcase.casework;

import java.util.List;
import java.util.Map;

import gridcase.casework.process.CaseDiagrams;
import gridcase.notice.Notice;
import gridcase.notice.Outbox;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/** What the places themselves ask for, in their own words. */
@DemoTest
class AcceptanceTests {

	private static final String COUNTY = "shanxi";

	private static final String GRID_OF_COUNTY = "14998110120301";

	@Autowired
	private CaseDriver drive;

	@Autowired
	private Cases cases;

	@Autowired
	private OpenTasks tasks;

	@Autowired
	private Inbox inbox;

	@Autowired
	private CaseDiagrams diagrams;

	@Autowired
	private Outbox outbox;

	@ParameterizedTest(name = "{0} {1}")
	@CsvSource({ "MAJOR, ROUTINE", "GENERAL, URGENT", "MINOR, EMERGENCY" })
	void majorUrgentOrSuddenEventReachesTheCountyCentreAtOnce(String severity, String urgency) {
		String caseNo = this.drive.report(COUNTY, "sx.cg03.g1", "GRID_WORKER", Map.of("gridCode", GRID_OF_COUNTY,
				"title", "沟渠塌方堵住村道", "category", "S0206", "severity", severity, "urgency", urgency));

		CaseFile file = this.cases.get(caseNo);
		assertThat(file.fact("reporterRole")).isEqualTo("grid-head");
		assertThat(file.fact("tier")).isEqualTo("COUNTY");
		assertThat(this.tasks.ofCase(caseNo)).singleElement()
			.satisfies((task) -> assertThat(task.pool()).isEqualTo("centre-dispatcher@149981"));
		assertThat(this.inbox.page(new InboxQuery("sx.centre", "POOL", null, null, null, null, 200)).rows())
			.extracting(InboxRow::caseNo)
			.contains(caseNo);
		assertThat(told(caseNo)).containsExactlyInAnyOrder("duty-leader@149981101203", "duty-leader@149981101");
	}

	@Test
	void ordinaryMatterStartsInItsGridAndNobodyAboveIsBothered() {
		String caseNo = this.drive.report(COUNTY, "sx.cg03.g1", "GRID_WORKER",
				Map.of("gridCode", GRID_OF_COUNTY, "category", "S0206"));

		assertThat(this.cases.get(caseNo).fact("tier")).isEqualTo("GRID");
		assertThat(told(caseNo)).isEmpty();
	}

	private List<String> told(String caseNo) {
		return this.outbox.ofCase(caseNo)
			.stream()
			.filter((notice) -> notice.audience().equals("SKIPPED_TIER"))
			.map(Notice::recipient)
			.toList();
	}

	@Test
	void signedHandledClosedGiveThePetitionerExactlyThreeMessages() {
		String phone = "13800001234";
		String caseNo = this.drive.report("shangdi", "sd.hotline", "PETITION",
				Map.of("gridCode", "11010802200101", "title", "楼道堆放纸箱", "category", "S0501", "reporterPhone", phone));
		this.drive.complete(caseNo, "Stage_File", Map.of("filing", "FILE"));
		this.drive.complete(caseNo, "Stage_Dispatch", Map.of("leadUnit", "SD-CG"));
		this.drive.complete(caseNo, "Task_SignFor", Map.of("signing", "SIGN"));
		this.drive.complete(caseNo, "Task_Handle", Map.of("handlingOutcome", "DONE", "resultText", "已清理完毕，现场照片已留存备查"));
		this.drive.helpersDo(caseNo);
		this.drive.complete(caseNo, "Stage_Verify", Map.of("verified", true, "verifyText", "复核通过，现场已清理干净"));
		this.drive.complete(caseNo, "Stage_Close", Map.of("closingText", "整改完成，予以结案"));

		assertThat(this.cases.get(caseNo).state()).isEqualTo("CLOSED");
		List<Notice> petitioner = this.outbox.ofCase(caseNo)
			.stream()
			.filter((notice) -> notice.recipient().equals(phone))
			.toList();
		String unit = "城市管理工作组";
		assertThat(petitioner).extracting(Notice::event, Notice::channel, Notice::text)
			.containsExactly(tuple("SIGNED", "SMS", "上地街道：您反映的“楼道堆放纸箱”（案号" + caseNo + "）已由" + unit + "签收，正在办理，请您放心。"),
					tuple("HANDLED", "SMS", "上地街道：您反映的“楼道堆放纸箱”（案号" + caseNo + "）已办理，正在核实结果，感谢您的耐心等待。"),
					tuple("CLOSED", "SMS", "上地街道：您反映的“楼道堆放纸箱”（案号" + caseNo + "）已办结，感谢您的支持。"));
		assertThat(this.outbox.ofCase(caseNo)).extracting(Notice::text).noneMatch((text) -> text.contains("{"));
	}

	@Test
	void sevenAndSixStepLoopsRunSideBySideInTheirOwnWords() {
		String street = this.drive.report("shangdi", "sd.c01.g1", "GRID_WORKER", Map.of("gridCode", "11010802200101"));
		String county = this.drive.report(COUNTY, "sx.cg03.g1", "GRID_WORKER", Map.of("gridCode", GRID_OF_COUNTY));
		this.drive.complete(street, "Stage_File", Map.of("filing", "FILE"));
		this.drive.complete(county, "Stage_File", Map.of("filing", "FILE"));

		assertThat(stages(street)).containsExactly("信息采集", "立案受理", "分类派遣", "任务处理", "核查反馈", "结案归档", "综合评价");
		assertThat(stages(county)).containsExactly("问题上报", "案卷建立", "任务指派", "调查落实", "处理反馈", "结案归档");
		assertThat(this.cases.get(street).stageName()).isEqualTo("分类派遣");
		assertThat(this.cases.get(county).stageName()).isEqualTo("任务指派");
		assertThat(states(street)).containsExactly("DONE", "DONE", "NOW", "AHEAD", "AHEAD", "AHEAD", "AHEAD");
		assertThat(states(county)).containsExactly("DONE", "DONE", "NOW", "AHEAD", "AHEAD", "AHEAD");
	}

	private List<String> stages(String caseNo) {
		return this.diagrams.stages(this.cases.get(caseNo)).stream().map(StageView::name).toList();
	}

	private List<String> states(String caseNo) {
		return this.diagrams.stages(this.cases.get(caseNo)).stream().map(StageView::state).toList();
	}

}
