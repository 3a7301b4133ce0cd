package gridcase.casework;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import gridcase.audit.CaseEvent;
import gridcase.audit.CaseTrail;
import gridcase.casework.process.CaseDiagrams;
import gridcase.casework.process.TimeTravel;
import gridcase.clock.PlatformClock;
import gridcase.notice.Notice;
import gridcase.notice.Outbox;
import gridcase.policy.Decisions;
import gridcase.shared.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What the loops of a district, a street, a fire station and a town promise. */
@DemoTest
class PlaceLoopsTests {

	private static final String COMMUNITY_OF_STREET = "42050200100301";

	@Autowired
	private CaseDriver drive;

	@Autowired
	private OperatorAlerts alerts;

	@Autowired
	private Cases cases;

	@Autowired
	private CaseTrail trail;

	@Autowired
	private OpenTasks tasks;

	@Autowired
	private CaseDiagrams diagrams;

	@Autowired
	private Outbox outbox;

	@Autowired
	private TimeTravel travel;

	@Autowired
	private PlatformClock clock;

	@Autowired
	private Decisions decisions;

	@ParameterizedTest(name = "{0}: {3}")
	@CsvSource({ "xiling, xl.hotline, 42050200100301, 受理 办理 转办 协办 回复",
			"xiaofang, fh.z1.x1.p1, 1499830010010101, 发现隐患 汇总上报 街道督促 限期整改 复查 销号",
			"qindu, qd.s01.c01.g1, 61040200100101, 信息收集 立案受理 分流转办 问题处置 结果反馈 核查结单",
			"chengguan, cg.g1, 14998410100101, 案件上报 立案 派遣 处置 核查 结案" })
	void runsItsLoopInItsOwnWords(String place, String reporter, String grid, String stages) {
		String caseNo = this.drive.report(place, reporter, "GRID_WORKER", Map.of("gridCode", grid));

		assertThat(this.diagrams.stages(this.cases.get(caseNo))).extracting(StageView::name)
			.containsExactly(stages.split(" "));
	}

	// --- 签收必须办理、首办必须负责、转办必须阐明理由 ---

	@Test
	void handOverWithoutAReasonIsRefusedAndWithOneTheFirstUnitAnswersUntilTheOtherSigns() {
		String caseNo = petition("S0203");
		assertThat(this.cases.get(caseNo).owner()).isEqualTo("xl.hotline");
		String first = this.drive.complete(caseNo, "Task_SignFor", Map.of("signing", "SIGN"));
		assertThat(this.cases.get(caseNo).owner()).isEqualTo(first);

		Map<String, Object> handOn = Map.of("handlingOutcome", "HAND_ON", "handOnUnit", "XL-SF");
		assertThatExceptionOfType(Refusal.class).isThrownBy(() -> this.drive.complete(caseNo, "Task_Handle", handOn))
			.withMessageContaining("理由");
		assertThat(this.drive.task(caseNo, "Task_Handle").assignee()).isEqualTo(first);

		this.drive.complete(caseNo, "Task_Handle", Map.of("handlingOutcome", "HAND_ON", "handOnUnit", "XL-SF",
				"reasonCode", "NEEDS_OTHER_UNIT", "reasonText", "双方要求签订人民调解协议，须由司法所主持"));
		assertThat(this.cases.get(caseNo).owner()).isEqualTo(first);
		String second = this.drive.complete(caseNo, "Task_SignFor", Map.of("signing", "SIGN"));
		assertThat(second).startsWith("xl.sf.");
		assertThat(this.cases.get(caseNo).owner()).isEqualTo(second);
	}

	@Test
	void theCommunityPassesOnStraightToTheCityAndSaysWhy() {
		String caseNo = petition("S0203");
		String first = this.drive.complete(caseNo, "Task_SignFor", Map.of("signing", "SIGN"));
		this.drive.complete(caseNo, "Task_Handle", Map.of("handlingOutcome", "CANNOT_SOLVE", "reasonCode",
				"LACKS_POWER", "reasonText", "噪声来自市政泵房，社区没有处置权限"));
		assertThat(this.cases.get(caseNo).fact("tier")).isEqualTo("COMMUNITY");
		assertThat(this.drive.task(caseNo, "Stage_Dispatch").pool()).isEqualTo("dispatcher@420502001003");

		assertThatExceptionOfType(Refusal.class)
			.isThrownBy(() -> this.drive.complete(caseNo, "Stage_Dispatch", Map.of("leadUnit", "XL-SSD")))
			.satisfies((refused) -> assertThat(refused.fields()).extracting((problem) -> problem.field())
				.containsExactly("dispatchNote"));
		this.drive.complete(caseNo, "Stage_Dispatch", Map.of("leadUnit", "XL-SSD", "dispatchNote", "泵房由市里管理，请市水务部门降噪"));

		assertThat(this.drive.task(caseNo, "Task_SignFor").pool()).isEqualTo("handler@XL-SSD");
		assertThat(this.cases.get(caseNo).owner()).isEqualTo(first);
	}

	@ParameterizedTest(name = "{0} starts at {1} with {2}")
	@CsvSource({ "S0201, COMMUNITY, XL-C03", "S0208, DISTRICT, XL-QSJ", "S0207, DISTRICT, XL-QRS",
			"S0211, CITY, XL-SZR", "S0101, CITY, XL-SSD", "S0505, COMMUNITY, XL-C03" })
	void everyDisputeComesAtOnceToTheUnitThatAnswersForIt(String category, String tier, String unit) {
		String caseNo = petition(category);

		assertThat(this.cases.get(caseNo).fact("tier")).isEqualTo(tier);
		assertThat(this.drive.task(caseNo, "Task_SignFor").pool()).isEqualTo("handler@" + unit);
	}

	@Test
	void whatTheCommunityCannotSettleGoesToTheStreetsMediationByRule() {
		String caseNo = petition("S0203");
		this.drive.complete(caseNo, "Task_SignFor", Map.of("signing", "SIGN"));
		this.drive.complete(caseNo, "Task_Handle",
				Map.of("handlingOutcome", "CANNOT_SOLVE", "reasonCode", "OTHER", "reasonText", "两次调解没有谈拢，双方同意去街道"));
		this.drive.complete(caseNo, "Stage_Dispatch", Map.of("dispatchNote", "两次调解没有谈拢，请司法所主持"));

		assertThat(this.cases.get(caseNo).fact("tier")).isEqualTo("STREET");
		assertThat(this.drive.task(caseNo, "Task_SignFor").pool()).isEqualTo("handler@XL-SF");
		assertThat(this.decisions.ofCase(caseNo)).filteredOn((record) -> record.table().equals("first-responder"))
			.as("the shared table answers where the place has none")
			.extracting((record) -> String.valueOf(record.place()))
			.containsOnly("null");
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void signedHandledAndClosedAreThreeMessagesToThePetitioner(boolean passedOn) {
		String caseNo = petition("S0203");
		this.drive.complete(caseNo, "Task_SignFor", Map.of("signing", "SIGN"));
		if (passedOn) {
			this.drive.complete(caseNo, "Task_Handle",
					Map.of("handlingOutcome", "CANNOT_SOLVE", "reasonCode", "OTHER", "reasonText", "两次调解没有谈拢，双方同意去街道"));
			this.drive.complete(caseNo, "Stage_Dispatch", Map.of("dispatchNote", "请司法所主持"));
			this.drive.complete(caseNo, "Task_SignFor", Map.of("signing", "SIGN"));
		}
		done(caseNo);
		if (passedOn) {
			this.drive.complete(caseNo, "Stage_Feedback", Map.of("verified", false, "verifyText", "楼上又放音响，没有说好"));
			this.drive.complete(caseNo, "Stage_Dispatch", Map.of("dispatchNote", "请再次上门"));
			this.drive.complete(caseNo, "Task_SignFor", Map.of("signing", "SIGN"));
			done(caseNo);
		}
		this.drive.complete(caseNo, "Stage_Feedback",
				Map.of("verified", true, "verifyText", "诉求人表示认可", "closingText", "双方约定晚十点后不放音响"));

		assertThat(this.cases.get(caseNo).state()).isEqualTo("CLOSED");
		List<Notice> messages = this.outbox.ofCase(caseNo)
			.stream()
			.filter((notice) -> notice.channel().equals("SMS"))
			.toList();
		assertThat(messages).extracting(Notice::event).containsExactly("SIGNED", "HANDLED", "CLOSED");
		assertThat(messages).extracting(Notice::recipient).containsOnly("13900000301");
	}

	private void done(String caseNo) {
		this.drive.complete(caseNo, "Task_Handle",
				Map.of("handlingOutcome", "DONE", "resultText", "上门听取双方意见，约定安静时段并签字"));
		this.drive.helpersDo(caseNo);
	}

	private String petition(String category) {
		String caseNo = this.drive.report("xiling", "xl.hotline", "PETITION",
				Map.of("gridCode", COMMUNITY_OF_STREET, "title", "楼上深夜放音响", "category", category, "address",
						"石板溪社区 3 栋", "reporterName", "王先生", "reporterPhone", "13900000301"));
		this.drive.complete(caseNo, "Stage_File", Map.of("filing", "FILE"));
		return caseNo;
	}

	/** Nobody is asked who else could help where a table alone assigns the units. */
	@Test
	void aHelperThatRefusedIsNotAskedAgainAndTheCaseGoesOn() {
		String caseNo = reopenedAfterItsHelperReturnedIt("WRONG_GRID");

		assertThat(this.tasks.ofCase(caseNo)).singleElement()
			.matches((task) -> task.taskKey().equals("Task_SignFor") && task.leg().isEmpty());
		assertThat(this.cases.get(caseNo).<String>fact("helperUnits")).isEmpty();
		assertThat(this.alerts.open("futian")).filteredOn((alert) -> alert.caseNo().equals(caseNo))
			.extracting(OperatorAlerts.Alert::message)
			.containsExactly("按职能“城市管理”应协办的单位已退回本案，这次没有派协办");
	}

	/** Which reasons do so is the table's business. */
	@Test
	void aHelperIsAskedAgainWhereTheTableSaysSo() {
		String caseNo = reopenedAfterItsHelperReturnedIt("DUPLICATE");

		assertThat(this.tasks.ofCase(caseNo)).extracting(OpenTask::taskKey)
			.containsExactly("Task_SignFor", "Task_SignFor");
		assertThat(helper(caseNo).leg()).isEqualTo(this.cases.get(caseNo).<String>fact("helperUnits"));
		assertThat(this.alerts.open("futian")).noneMatch((alert) -> alert.caseNo().equals(caseNo));
	}

	private String reopenedAfterItsHelperReturnedIt(String reason) {
		String caseNo = this.drive.report("futian", "ft.wg.head", "GRID_WORKER", Map.of("gridCode", "440606102001",
				"category", "E0306", "condition", "1", "severity", "MINOR", "wantsSelfHandling", false));
		this.drive.complete(caseNo, "Stage_File", Map.of("filing", "FILE"));
		OpenTask asked = helper(caseNo);
		this.drive.complete(this.drive.anyOf(asked.pool()), asked, Map.of("signing", "SIGN"));
		this.drive.complete(caseNo, "Task_SignFor", Map.of("signing", "SIGN"));
		OpenTask taken = helper(caseNo);
		this.drive.complete(taken.assignee(), taken,
				Map.of("handlingOutcome", "RETURNED", "reasonCode", reason, "reasonText", "已到现场看过，不应由本单位协办"));
		this.drive.complete(caseNo, "Task_Handle", Map.of("handlingOutcome", "DONE", "resultText", "现场已经恢复原状，并告知当事人"));
		this.drive.complete(caseNo, "Stage_Verify", Map.of("verified", true, "verifyText", "现场核查已整改到位"));
		this.drive.complete(caseNo, "Stage_Close", Map.of("closingText", "整改完成，予以结案", "photosReleased", false));
		this.drive.begin("ft.wg.head", caseNo, "reopening", Map.of("reasonText", "第二天又出现同样问题"));
		return caseNo;
	}

	private OpenTask helper(String caseNo) {
		return this.tasks.ofCase(caseNo).stream().filter((task) -> !task.leg().isEmpty()).findFirst().orElseThrow();
	}

	// --- 限期整改 ---

	@Test
	void overdueHazardGoesToTheFireCommitteeWithoutAClick() {
		String caseNo = hazard();
		Instant ordered = this.clock.now();
		this.drive.complete(caseNo, "Stage_Dispatch", Map.of("rectifyDays", 7, "dispatchNote", "搬走可燃物，更换线路"));
		this.drive.complete(caseNo, "Task_SignFor", Map.of("signing", "SIGN"));
		this.drive.helpersDo(caseNo);
		Deadline limit = limit(caseNo);
		assertThat(limit.dueAt()).isBetween(ordered.plus(Duration.ofDays(6)), ordered.plus(Duration.ofDays(9)));
		assertThat(this.cases.get(caseNo).fact("tier")).isEqualTo("STREET");

		this.travel.moveTo(limit.dueAt().minusSeconds(60));
		assertThat(this.cases.get(caseNo).fact("tier")).isEqualTo("STREET");
		this.travel.moveTo(limit.dueAt());

		assertThat(this.cases.get(caseNo).fact("tier")).isEqualTo("DISTRICT");
		assertThat(this.tasks.ofCase(caseNo)).singleElement().satisfies((task) -> {
			assertThat(task.taskKey()).isEqualTo("Stage_Dispatch");
			assertThat(task.pool()).isEqualTo("dispatcher@149983");
		});
		assertThat(kinds(caseNo)).containsSubsequence("BREACHED", "TAKEN_OVER").doesNotContain("SUPERVISED");
		assertThat(this.decisions.ofCase(caseNo)).filteredOn((record) -> record.table().equals("escalation-tier"))
			.extracting((record) -> record.rules().get(0))
			.containsExactly("Rule_NotRectifiedInTime");
		assertThat(this.outbox.ofCase(caseNo)).filteredOn((notice) -> notice.event().equals("ESCALATED"))
			.extracting(Notice::recipient)
			.contains("fh.q.leader");
	}

	@Test
	void hazardIsRectifiedReinspectedAndStruckOff() {
		String caseNo = hazard();
		assertThatExceptionOfType(Refusal.class).isThrownBy(
				() -> this.drive.complete(caseNo, "Stage_Dispatch", Map.of("rectifyDays", 31, "dispatchNote", "搬走可燃物")))
			.satisfies((refused) -> assertThat(refused.fields()).extracting((problem) -> problem.field())
				.containsExactly("rectifyDays"));
		this.drive.complete(caseNo, "Stage_Dispatch", Map.of("rectifyDays", 3, "dispatchNote", "搬走可燃物"));
		this.drive.complete(caseNo, "Task_SignFor", Map.of("signing", "SIGN"));
		done(caseNo);
		this.drive.complete(caseNo, "Stage_Verify", Map.of("verified", true, "verifyText", "可燃物已清空，线路已换"));
		this.drive.complete(caseNo, "Stage_Close", Map.of("closingText", "复查合格，予以销号"));

		assertThat(this.cases.get(caseNo).state()).isEqualTo("CLOSED");
		assertThat(limit(caseNo).breachedAt()).isNull();
	}

	private Deadline limit(String caseNo) {
		return this.cases.deadlines(caseNo)
			.stream()
			.filter((deadline) -> deadline.stage().equals("handle"))
			.findFirst()
			.orElseThrow();
	}

	/** Found in a piece, gathered by the community, with the street now. */
	private String hazard() {
		String caseNo = this.drive.report("xiaofang", "fh.z1.x1.p1", "PATROL", Map.of("gridCode", "1499830010010101",
				"title", "沿街门店堆放可燃物", "category", "S0306", "severity", "SERIOUS", "address", "东街 12 号"));
		assertThat(this.drive.task(caseNo, "Stage_File").pool()).isEqualTo("dispatcher@149983001001");
		this.drive.complete(caseNo, "Stage_File", Map.of("filing", "FILE"));
		assertThat(this.drive.task(caseNo, "Stage_Dispatch").pool()).isEqualTo("dispatcher@149983001");
		return caseNo;
	}

	private List<String> kinds(String caseNo) {
		return this.trail.of(caseNo).stream().map(CaseEvent::kind).toList();
	}

	// --- 监督员 ---

	@Test
	void supervisorOfTheGridChecksWhatTheUnitDid() {
		String caseNo = this.drive.report("chengguan", "cg.g1", "PATROL", Map.of("gridCode", "14998410100101", "title",
				"路口井盖丢失", "category", "C0102", "severity", "SERIOUS", "address", "镇东路口"));
		this.drive.complete(caseNo, "Stage_File", Map.of("filing", "FILE"));
		this.drive.complete(caseNo, "Stage_Dispatch", Map.of());
		this.drive.complete(caseNo, "Task_SignFor", Map.of("signing", "SIGN"));
		done(caseNo);

		assertThat(this.drive.task(caseNo, "Stage_Verify").pool()).isEqualTo("grid-worker@14998410100101");
	}

	@Test
	void matterOfAWholeCommunityIsCheckedByASupervisorOfOneOfItsGrids() {
		assertThat(this.drive.task(toBeChecked("149984101001"), "Stage_Verify").pool())
			.isEqualTo("grid-worker@14998410100101");
	}

	@Test
	void whatFailsACheckThatWasTakenOverGoesBackToWhoDidTheWork() {
		String caseNo = toBeChecked("14998410100101");
		for (int day = 0; day < 40 && !kinds(caseNo).contains("TAKEN_OVER"); day++) {
			this.travel.moveTo(this.clock.now().plus(Duration.ofDays(1)));
		}
		assertThat(kinds(caseNo)).contains("TAKEN_OVER");

		this.drive.complete(caseNo, "Stage_Verify", Map.of("verified", false, "verifyText", "井盖松动，须重新固定"));

		assertThat(this.drive.task(caseNo, "Task_SignFor").unit()).isEqualTo(this.cases.get(caseNo).fact("leadUnit"));
	}

	private String toBeChecked(String grid) {
		String caseNo = this.drive.report("chengguan", "cg.g1", "PATROL", Map.of("gridCode", grid, "title", "路口井盖丢失",
				"category", "C0102", "severity", "SERIOUS", "address", "镇东路口"));
		this.drive.complete(caseNo, "Stage_File", Map.of("filing", "FILE"));
		this.drive.complete(caseNo, "Stage_Dispatch", Map.of());
		this.drive.complete(caseNo, "Task_SignFor", Map.of("signing", "SIGN"));
		done(caseNo);
		return caseNo;
	}

	@Test
	void dispatcherNamesAUnitWhenTheOnlyOneInChargeRefused() {
		String caseNo = this.drive.report("chengguan", "cg.g1", "PATROL",
				Map.of("gridCode", "149984", "title", "两镇之间林地权属不清", "category", "S0206", "address", "镇界"));
		this.drive.complete(caseNo, "Stage_File", Map.of("filing", "FILE"));
		this.drive.complete(caseNo, "Stage_Dispatch", Map.of());
		this.drive.complete(caseNo, "Task_SignFor",
				Map.of("signing", "REFUSE", "reasonCode", "NEEDS_OTHER_UNIT", "reasonText", "须由主管部门确权，本中心无此职责"));

		assertThatExceptionOfType(Refusal.class)
			.isThrownBy(() -> this.drive.complete(caseNo, "Stage_Dispatch", Map.of()))
			.withMessageContaining("国土")
			.satisfies((refused) -> assertThat(refused.kind()).isEqualTo(Refusal.Kind.RULE));
		this.drive.complete(caseNo, "Stage_Dispatch", Map.of("leadUnit", "CG-QCG", "helperUnits", List.of("CG-ZZ")));
		assertThat(this.drive.task(caseNo, "Task_SignFor").pool()).isEqualTo("handler@CG-QCG");
	}

}
