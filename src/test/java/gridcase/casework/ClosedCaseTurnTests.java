package gridcase.casework;

import java.time.Duration;
import java.util.Map;

import gridcase.casework.process.CaseDiagrams;
import gridcase.casework.process.TimeTravel;
import gridcase.casework.process.Turn;
import gridcase.casework.process.Turns;
import gridcase.clock.PlatformClock;
import gridcase.evaluation.Period;
import gridcase.evaluation.Reports;
import gridcase.shared.Acting;
import gridcase.shared.Refusal;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static gridcase.casework.TurnFixture.NO;
import static gridcase.casework.TurnFixture.REPORTER;
import static gridcase.casework.TurnFixture.YES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Appealing, following up and reopening: what may still happen when a case has ended. */
@DemoTest
class ClosedCaseTurnTests {

	@Autowired
	private TurnFixture cases;

	@Autowired
	private CaseDriver drive;

	@Autowired
	private Cases files;

	@Autowired
	private CaseActions actions;

	@Autowired
	private Turns turns;

	@Autowired
	private TimeTravel travel;

	@Autowired
	private PlatformClock clock;

	@Autowired
	private Reports reports;

	@Autowired
	private CaseDiagrams diagrams;

	// --- appeal ---

	@Test
	void twoOtherPeopleExcuseABreachAndTheBreachStays() {
		String caseNo = breachedInHand();
		String holder = this.files.get(caseNo).holder();
		Deadline breached = breach(caseNo);

		appeal(holder, caseNo, breached);
		String first = this.cases.decide(caseNo, "Task_ReviewFirst", YES);
		OpenTask task = this.drive.task(caseNo, "Task_ReviewSecond");
		assertThat(task.excluded()).containsExactlyInAnyOrder(holder, first);
		assertThat(breach(caseNo).excusedAt()).isNull();
		String second = this.cases.decide(caseNo, "Task_ReviewSecond", YES);

		assertThat(second).isNotEqualTo(first).isNotEqualTo(holder);
		Deadline after = breach(caseNo);
		assertThat(after.breachedAt()).isEqualTo(breached.breachedAt());
		assertThat(after.excusedAt()).isNotNull();
		assertThat(this.files.get(caseNo).fact("excused")).isEqualTo("1");
		assertThat(Integer.parseInt(this.files.get(caseNo).fact("breaches"))).isPositive();
		assertThat(this.cases.event(caseNo, "BREACH_EXCUSED").data()).contains(first, second);
		assertThat(this.cases.told(caseNo, "EXCUSED")).containsExactly("REQUESTER");
		assertThat(this.turns.offered(this.files.get(caseNo), holder)).extracting(Turn::key)
			.doesNotContain("breach-appeal");
	}

	@Test
	void theFirstReviewerDoesNotReviewAgainAndANoIsTold() {
		String caseNo = breachedInHand();
		String holder = this.files.get(caseNo).holder();
		appeal(holder, caseNo, breach(caseNo));
		String first = this.cases.decide(caseNo, "Task_ReviewFirst", YES);
		OpenTask task = this.drive.task(caseNo, "Task_ReviewSecond");
		assertThatExceptionOfType(Refusal.class).isThrownBy(() -> this.drive.complete(first, task, YES));

		this.cases.decide(caseNo, "Task_ReviewSecond", NO);

		assertThat(breach(caseNo).excusedAt()).isNull();
		assertThat(this.cases.told(caseNo, "NOT_GRANTED")).containsExactly("REQUESTER");
	}

	@Test
	void aClosedCaseIsAppealedByTheUnitAndReportsShowBothNumbers() {
		String caseNo = breachedInHand();
		String unit = this.files.get(caseNo).holderUnit();
		this.cases.close(caseNo, Map.of());
		assertThat(this.files.get(caseNo).state()).isEqualTo("CLOSED");
		String head = this.drive.anyOf("unit-head@" + unit);
		String owner = this.files.get(caseNo).owner();
		var before = row(unit);

		appeal(head, caseNo, breach(caseNo));
		this.cases.decide(caseNo, "Task_ReviewFirst", YES);
		this.cases.decide(caseNo, "Task_ReviewSecond", YES);

		assertThat(breach(caseNo).excusedAt()).isNotNull();
		assertThat(breach(caseNo).doneAt()).isNotNull();
		assertThat(before.breached()).isPositive();
		assertThat(row(unit).breached()).isEqualTo(before.breached());
		assertThat(row(unit).excused()).isEqualTo(before.excused() + 1);
		assertThat(this.files.get(caseNo).owner()).isEqualTo(owner);
	}

	@Test
	void anAppealComesInTime() {
		String caseNo = breachedInHand();
		String holder = this.files.get(caseNo).holder();
		this.travel.moveTo(this.clock.now().plus(Duration.ofDays(12)));
		assertThatExceptionOfType(Refusal.class).isThrownBy(() -> appeal(holder, caseNo, breach(caseNo)))
			.withMessage("超时已过 10 天，不再受理申诉");
	}

	// --- reopening ---

	@Test
	void aReopenedCaseIsDispatchedAnewByWhoeverAnsweredForIt() {
		String caseNo = this.cases.closed(Map.of(), Map.of());
		CaseFile before = this.files.get(caseNo);

		this.drive.begin(REPORTER, caseNo, "reopening", Map.of("reasonText", "第二天又堆满了"));

		CaseFile after = this.files.get(caseNo);
		assertThat(after.state()).isEqualTo("OPEN");
		assertThat(after.closedAt()).isNull();
		assertThat(after.owner()).isEqualTo(before.owner());
		assertThat(after.stageKey()).isEqualTo("dispatch");
		assertThat(after.processInstance()).isNotEqualTo(before.processInstance());
		assertThat(after.light()).isEqualTo("OK");
		assertThat(this.diagrams.stages(after)).extracting(StageView::state)
			.containsExactly("DONE", "DONE", "NOW", "AHEAD", "AHEAD", "AHEAD", "AHEAD");
		assertThat(this.diagrams.path(after).passed()).containsKeys("Stage_File", "Stage_Close");
		assertThat(this.cases.taskKeys(caseNo)).containsExactly("Stage_Dispatch");
		assertThat(this.cases.kinds(caseNo)).doesNotContain("TAKEN_OVER");

		this.drive.complete(caseNo, "Stage_Dispatch", Map.of());
		this.cases.close(caseNo, Map.of());
		assertThat(this.files.get(caseNo).state()).isEqualTo("CLOSED");
	}

	@Test
	void aCaseReopenedTwiceGoesUp() {
		String caseNo = this.cases.closed(Map.of(), Map.of());
		this.drive.begin(REPORTER, caseNo, "reopening", Map.of("reasonText", "第二天又堆满了"));
		this.drive.complete(caseNo, "Stage_Dispatch", Map.of());
		this.cases.close(caseNo, Map.of());
		assertThat(this.files.get(caseNo).fact("tier")).isEqualTo("COMMUNITY");

		this.drive.begin(REPORTER, caseNo, "reopening", Map.of("reasonText", "还是老样子，没有解决"));

		assertThat(this.cases.kinds(caseNo)).contains("TAKEN_OVER");
		assertThat(this.files.get(caseNo).fact("tier")).isEqualTo("STREET");
		assertThat(this.drive.task(caseNo, "Stage_Dispatch").pool()).isEqualTo("dispatcher@110108022");
	}

	@Test
	void aCaseClosedLongAgoStaysClosed() {
		String caseNo = this.cases.closed(Map.of(), Map.of());
		this.travel.moveTo(this.clock.now().plus(Duration.ofDays(31)));
		assertThatExceptionOfType(Refusal.class)
			.isThrownBy(() -> this.drive.begin(REPORTER, caseNo, "reopening", Map.of("reasonText", "又堆满了")))
			.withMessage("办结已超过 30 天，请另行上报");
		assertThat(this.files.get(caseNo).state()).isEqualTo("CLOSED");
	}

	@Test
	void aCaseReopenedDuringTheSecondLookIsNotReopenedTwice() {
		String caseNo = this.cases.closed(Map.of(), Map.of("satisfaction", "DISSATISFIED"));
		this.drive.begin(REPORTER, caseNo, "reopening", Map.of("reasonText", "第二天又堆满了"));
		String loop = this.files.get(caseNo).processInstance();

		this.cases.decide(caseNo, "Task_SecondLook",
				Map.of("secondLookResult", "REOPEN", "secondLookText", "只清了一半，另一半原样未动"));

		assertThat(this.files.get(caseNo).processInstance()).isEqualTo(loop);
		assertThat(this.cases.taskKeys(caseNo)).containsExactly("Stage_Dispatch");
		assertThat(this.cases.kinds(caseNo)).containsOnlyOnce("REOPENED");
	}

	// --- follow-up ---

	@Test
	void whoeverWorkedOnItDoesNotLookAgainAndAnUpheldResultIsTold() {
		String caseNo = this.cases.closed(Map.of(), Map.of());
		this.drive.begin(REPORTER, caseNo, "follow-up",
				Map.of("satisfaction", "DISSATISFIED", "followUpText", "角落里还有没清的"));
		OpenTask task = this.drive.task(caseNo, "Task_SecondLook");
		assertThat(task.excludesWorkers()).isTrue();
		assertThat(this.files.get(caseNo).openTurns()).containsValue("follow-up");

		this.cases.decide(caseNo, "Task_SecondLook",
				Map.of("secondLookResult", "UPHELD", "secondLookText", "现场已清理干净，角落为居民自有物品"));

		CaseFile file = this.files.get(caseNo);
		assertThat(file.state()).isEqualTo("CLOSED");
		assertThat(file.fact("satisfaction")).isEqualTo("DISSATISFIED");
		assertThat(file.fact("secondLookCount")).isEqualTo("1");
		assertThat(file.openTurns()).isEmpty();
		assertThat(this.cases.kinds(caseNo)).contains("FOLLOWED_UP", "UPHELD");
	}

	@Test
	void aDissatisfiedClosingStartsTheSecondLookWhichMayReopen() {
		String caseNo = this.cases.closed(Map.of(), Map.of("satisfaction", "DISSATISFIED"));
		assertThat(this.files.get(caseNo).state()).isEqualTo("CLOSED");
		assertThat(this.cases.taskKeys(caseNo)).containsExactly("Task_SecondLook");
		assertThat(this.cases.event(caseNo, "CLOSED").at()).isEqualTo(this.cases.event(caseNo, "ARCHIVED").at());

		this.cases.decide(caseNo, "Task_SecondLook",
				Map.of("secondLookResult", "REOPEN", "secondLookText", "只清了一半，另一半原样未动"));

		assertThat(this.files.get(caseNo).state()).isEqualTo("OPEN");
		assertThat(this.files.get(caseNo).fact("reopenText")).isEqualTo("只清了一半，另一半原样未动");
		assertThat(this.cases.taskKeys(caseNo)).containsExactly("Stage_Dispatch");
	}

	@Test
	void aSatisfiedReporterEndsIt() {
		String caseNo = this.cases.closed(Map.of(), Map.of());
		this.drive.begin(REPORTER, caseNo, "follow-up", Map.of("satisfaction", "SATISFIED"));
		assertThat(this.cases.taskKeys(caseNo)).isEmpty();
		assertThat(this.files.get(caseNo).fact("satisfaction")).isEqualTo("SATISFIED");
	}

	@Test
	void aRemarkOnAClosedCaseLeavesItsOwner() {
		String caseNo = this.cases.closed(Map.of(), Map.of());
		String owner = this.files.get(caseNo).owner();
		Acting.as(REPORTER, () -> {
			this.actions.comment(caseNo, "谢谢");
			return null;
		});
		assertThat(owner).isNotNull();
		assertThat(this.files.get(caseNo).owner()).isEqualTo(owner);
	}

	private String breachedInHand() {
		String caseNo = this.cases.inHand(Map.of());
		this.travel.moveTo(this.files.deadlines(caseNo)
			.stream()
			.filter((deadline) -> deadline.stage().equals("handle"))
			.findFirst()
			.orElseThrow()
			.dueAt());
		return caseNo;
	}

	private void appeal(String login, String caseNo, Deadline breached) {
		this.drive.begin(login, caseNo, "breach-appeal",
				Map.of("breachNo", Integer.toString(breached.no()), "reasonText", "当事人外出，钥匙无法取得"));
	}

	private Deadline breach(String caseNo) {
		return this.files.deadlines(caseNo)
			.stream()
			.filter((deadline) -> deadline.stage().equals("handle"))
			.findFirst()
			.orElseThrow();
	}

	private gridcase.evaluation.UnitReport.Row row(String unit) {
		return this.reports.units("shangdi", Period.EVER)
			.rows()
			.stream()
			.filter((row) -> row.unit().equals(unit))
			.findFirst()
			.orElseThrow();
	}

}
