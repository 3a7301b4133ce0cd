package gridcase.casework;

import java.util.List;
import java.util.Map;

import gridcase.casework.process.Turn;
import gridcase.casework.process.Turns;
import gridcase.shared.Refusal;
import org.camunda.bpm.engine.RuntimeService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;

import static gridcase.casework.TurnFixture.NO;
import static gridcase.casework.TurnFixture.REPORTER;
import static gridcase.casework.TurnFixture.YES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Withdrawing, voiding, regrading, handing down and listing a case that is open. */
@DemoTest
class OpenCaseTurnTests {

	@Autowired
	private TurnFixture cases;

	@Autowired
	private CaseDriver drive;

	@Autowired
	private Cases files;

	@Autowired
	private Inbox inbox;

	@Autowired
	private Turns turns;

	@Autowired
	private RuntimeService runtime;

	// --- withdrawal ---

	@Test
	void theReporterWithdrawsAndEverythingOfTheCaseEnds() {
		String caseNo = this.cases.inHand(Map.of("severity", "GENERAL"));
		String holder = this.files.get(caseNo).holder();
		this.drive.begin(holder, caseNo, "extension",
				Map.of("extensionValue", 2, "extensionUnit", "WORK_DAY", "reasonText", "等产权单位回复"));
		assertThat(this.cases.taskKeys(caseNo)).contains("Task_Handle", "Task_ApproveExtension");

		this.drive.begin(REPORTER, caseNo, "withdrawal", Map.of("reasonText", "物主已自行清走，不用处理了"));

		CaseFile file = this.files.get(caseNo);
		assertThat(file.state()).isEqualTo("WITHDRAWN");
		assertThat(file.openTurns()).isEmpty();
		assertThat(file.owner()).isNotNull();
		assertThat(this.cases.taskKeys(caseNo)).isEmpty();
		assertThat(this.runtime.createProcessInstanceQuery().processInstanceBusinessKey(caseNo).count()).isZero();
		assertThat(this.files.deadlines(caseNo)).allMatch((deadline) -> deadline.doneAt() != null);
		assertThat(this.files.custody(caseNo)).allMatch((link) -> link.to() != null);
		assertThat(this.cases.told(caseNo, "WITHDRAWN")).contains("HOLDER", "OWNER");
		assertThat(this.turns.offered(file, REPORTER)).extracting(Turn::key).doesNotContain("withdrawal");
	}

	@ParameterizedTest(name = "{0} {1}: {4}")
	@CsvSource({ "GENERAL, sd.c01.dispatcher, false, false, 代为撤回须由上报人本人提出", "MAJOR, sd.c01.g1, false, true, 重大案件不能撤回" })
	void theRuleRefusesAWithdrawalInItsOwnWords(String severity, String who, boolean asked, boolean reporter,
			String words) {
		String caseNo = this.cases.filed(Map.of("severity", severity));
		List<String> before = this.cases.kinds(caseNo);

		assertThatExceptionOfType(Refusal.class)
			.isThrownBy(() -> this.drive.begin(who, caseNo, "withdrawal",
					Map.of("residentAsked", asked, "reasonText", "不再需要处理")))
			.withMessage(words)
			.satisfies((refusal) -> assertThat(refusal.kind()).isEqualTo(Refusal.Kind.RULE));

		assertThat(this.files.get(caseNo).state()).isEqualTo("OPEN");
		assertThat(this.cases.kinds(caseNo)).isEqualTo(before);
	}

	@Test
	void aDispatcherWithdrawsForAResidentWhoAsks() {
		String caseNo = this.cases.filed(Map.of());
		this.drive.begin("sd.c01.dispatcher", caseNo, "withdrawal",
				Map.of("residentAsked", true, "reasonText", "上报人来电要求撤回"));
		assertThat(this.files.get(caseNo).outcome()).isEqualTo("WITHDRAWN");
	}

	// --- voiding ---

	@Test
	void voidingNeedsSomebodyElse() {
		String caseNo = this.cases.filed(Map.of());
		this.drive.begin("sd.c01.dispatcher", caseNo, "voiding",
				Map.of("voidReason", "MISTAKEN", "reasonText", "到场核实没有这回事"));
		OpenTask task = this.drive.task(caseNo, "Task_ApproveVoiding");
		assertThat(task.excluded()).containsExactly("sd.c01.dispatcher");
		assertThat(task.fullName()).isEqualTo("作废 · 审批作废");

		this.cases.decide(caseNo, "Task_ApproveVoiding", YES);

		assertThat(this.files.get(caseNo).state()).isEqualTo("VOIDED");
		assertThat(this.cases.taskKeys(caseNo)).isEmpty();
		assertThat(this.runtime.createProcessInstanceQuery().processInstanceBusinessKey(caseNo).count()).isZero();
	}

	@Test
	void whatIsNotApprovedGoesOn() {
		String caseNo = this.cases.filed(Map.of());
		this.drive.begin("sd.c01.dispatcher", caseNo, "voiding",
				Map.of("voidReason", "WRONG", "reasonText", "内容有误，另行上报"));

		this.cases.decide(caseNo, "Task_ApproveVoiding", NO);

		assertThat(this.cases.taskKeys(caseNo)).containsExactly("Stage_Dispatch");
		assertThat(this.cases.told(caseNo, "NOT_GRANTED")).containsExactly("REQUESTER");
	}

	// --- severity ---

	@Test
	void aGraverCaseIsRaisedAtOnceAndTheSuperiorHearsOfIt() {
		String caseNo = this.cases.filed(Map.of());
		assertThat(this.files.get(caseNo).fact("tier")).isEqualTo("COMMUNITY");

		this.drive.begin("sd.c01.dispatcher", caseNo, "severity-change",
				Map.of("newSeverity", "SERIOUS", "reasonText", "堆物已堵住消防通道"));

		assertThat(this.files.get(caseNo).fact("severity")).isEqualTo("SERIOUS");
		assertThat(this.cases.event(caseNo, "SEVERITY_CHANGED").data()).contains("\"before\":\"MINOR\"",
				"\"after\":\"SERIOUS\"");
		assertThat(this.cases.kinds(caseNo)).contains("TAKEN_OVER");
		assertThat(this.files.get(caseNo).fact("tier")).isEqualTo("STREET");
		assertThat(this.inbox.page(new InboxQuery("sd.dispatcher", "POOL", caseNo, null, null, null, 10)).rows())
			.singleElement()
			.satisfies((row) -> assertThat(row.severity()).isEqualTo("SERIOUS"));
	}

	@Test
	void aLesserGradeNeedsApprovalAndTheSameGradeIsNone() {
		String caseNo = this.cases.filed(Map.of("severity", "SERIOUS"));
		Map<String, Object> lower = Map.of("newSeverity", "GENERAL", "reasonText", "已自行清走大半");
		assertThatExceptionOfType(Refusal.class).isThrownBy(() -> this.drive.begin("sd.c01.dispatcher", caseNo,
				"severity-change", Map.of("newSeverity", "SERIOUS", "reasonText", "维持原来的等级")))
			.withMessage("与现在的等级相同");

		this.drive.begin("sd.c01.dispatcher", caseNo, "severity-change", lower);
		assertThat(this.files.get(caseNo).fact("severity")).isEqualTo("SERIOUS");
		this.cases.decide(caseNo, "Task_ApproveSeverity", NO);
		assertThat(this.files.get(caseNo).fact("severity")).isEqualTo("SERIOUS");

		this.drive.begin("sd.c01.dispatcher", caseNo, "severity-change", lower);
		this.cases.decide(caseNo, "Task_ApproveSeverity", YES);
		assertThat(this.files.get(caseNo).fact("severity")).isEqualTo("GENERAL");
		assertThat(this.cases.kinds(caseNo)).doesNotContain("TAKEN_OVER");
	}

	// --- handing down ---

	@Test
	void aSuperiorHandsTheCaseDownAndItIsDispatchedThere() {
		String caseNo = this.cases.filed(Map.of());
		this.drive.begin("sd.c01.dispatcher", caseNo, "severity-change",
				Map.of("newSeverity", "GENERAL", "reasonText", "影响范围比上报时大"));
		this.drive.complete(caseNo, "Stage_Dispatch", Map.of("leadUnit", "SD-AJ"));
		this.drive.complete(caseNo, "Task_SignFor", Map.of("signing", "SIGN"));
		assertThat(this.files.get(caseNo).fact("tier")).isEqualTo("STREET");

		this.drive.begin("sd.leader", caseNo, "hand-down",
				Map.of("handDownTier", "COMMUNITY", "handDownText", "社区先行清理，三日内报结果"));

		CaseFile file = this.files.get(caseNo);
		assertThat(file.fact("tier")).isEqualTo("COMMUNITY");
		assertThat(this.cases.taskKeys(caseNo)).containsExactly("Stage_Dispatch");
		assertThat(this.drive.task(caseNo, "Stage_Dispatch").pool()).isEqualTo("dispatcher@110108022001");
		assertThat(this.files.custody(caseNo)).filteredOn((link) -> link.to() == null && link.kind().equals("HOLDER"))
			.singleElement()
			.satisfies((link) -> {
				assertThat(link.reasonCode()).isEqualTo("HANDED_DOWN");
				assertThat(link.reasonText()).isEqualTo("社区先行清理，三日内报结果");
				assertThat(link.orderedBy()).isEqualTo("sd.leader");
			});
		assertThat(this.cases.told(caseNo, "HANDED_DOWN")).contains("OWNER");

		this.drive.complete(caseNo, "Stage_Dispatch", Map.of());
		assertThat(this.files.get(caseNo).fact("tier")).isEqualTo("COMMUNITY");
	}

	@Test
	void onlyATierAboveHandsDown() {
		String caseNo = this.cases.filed(Map.of());
		assertThat(this.turns.offered(this.files.get(caseNo), "sd.c01.dispatcher")).extracting(Turn::key)
			.doesNotContain("hand-down");
		this.drive.begin("sd.c01.dispatcher", caseNo, "severity-change",
				Map.of("newSeverity", "GENERAL", "reasonText", "影响范围比上报时大"));

		assertThatExceptionOfType(Refusal.class).isThrownBy(() -> this.drive.begin("sd.c01.dispatcher", caseNo,
				"hand-down", Map.of("handDownTier", "COMMUNITY", "handDownText", "交回社区办理")))
			.withMessage("只有案件所在层级及以上的人可以往下交");
		assertThatExceptionOfType(Refusal.class)
			.isThrownBy(() -> this.drive.begin("sd.leader", caseNo, "hand-down",
					Map.of("handDownTier", "DISTRICT", "handDownText", "不能往上交")))
			.satisfies((refusal) -> assertThat(refusal.kind()).isEqualTo(Refusal.Kind.INVALID));
	}

	// --- difficult cases ---

	@Test
	void aDifficultCaseIsDeliberatedUntilItIsTakenOff() {
		String caseNo = this.cases.filed(Map.of("severity", "GENERAL"));
		this.drive.begin("sd.c01.dispatcher", caseNo, "difficult-case", Map.of("reasonText", "三家单位都说不归自己管，已议过两次"));
		this.cases.decide(caseNo, "Task_ApproveListing", YES);
		assertThat(this.files.get(caseNo).difficultSince()).isNotNull();
		assertThat(listed("DIFFICULT")).contains(caseNo);

		this.cases.decide(caseNo, "Task_Deliberate",
				Map.of("analysisText", "请物业、城管、消防三家到场，再议一次", "deliberation", "KEEP"));
		assertThat(listed("DIFFICULT")).contains(caseNo);
		this.cases.decide(caseNo, "Task_Deliberate",
				Map.of("analysisText", "商定由城管牵头，物业配合清理", "deliberation", "DELIST"));

		assertThat(listed("DIFFICULT")).doesNotContain(caseNo);
		assertThat(this.files.get(caseNo).fact("difficultFor")).contains("三家单位");
		assertThat(this.cases.kinds(caseNo)).contains("DIFFICULT_LISTED", "DIFFICULT_DELISTED");
		assertThat(this.cases.taskKeys(caseNo)).containsExactly("Stage_Dispatch");
	}

	@Test
	void aSlightMatterIsNotDifficult() {
		String caseNo = this.cases.filed(Map.of());
		assertThatExceptionOfType(Refusal.class).isThrownBy(
				() -> this.drive.begin("sd.c01.dispatcher", caseNo, "difficult-case", Map.of("reasonText", "说不清归谁管")))
			.withMessage("轻微事项不列为疑难，请直接办理");
	}

	private List<String> listed(String list) {
		return this.files.search(new CaseQuery("sd.c01.dispatcher", null, null, null, null, null, list, null, 200))
			.rows()
			.stream()
			.map(CaseFile::caseNo)
			.toList();
	}

}
