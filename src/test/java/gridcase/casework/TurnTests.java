package gridcase.casework;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

import gridcase.audit.CaseEvent;
import gridcase.audit.CaseTrail;
import gridcase.casework.process.TimeTravel;
import gridcase.casework.process.Turn;
import gridcase.casework.process.Turns;
import gridcase.clock.LimitUnit;
import gridcase.clock.PlatformClock;
import gridcase.clock.WorkingCalendar;
import gridcase.clock.WorkingCalendars;
import gridcase.shared.Acting;
import gridcase.shared.Refusal;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What can be asked for beside the loop, and what it does to the clock. */
@DemoTest
class TurnTests {

	@Autowired
	private CaseDriver drive;

	@Autowired
	private Cases cases;

	@Autowired
	private CaseActions actions;

	@Autowired
	private OpenTasks tasks;

	@Autowired
	private CaseTrail trail;

	@Autowired
	private Turns turns;

	@Autowired
	private TimeTravel travel;

	@Autowired
	private PlatformClock clock;

	@Autowired
	private WorkingCalendars calendars;

	@Test
	void extendedCaseBreachesOnlyAtTheNewDeadline() {
		String caseNo = inHand();
		Deadline before = deadline(caseNo, "handle");

		this.drive.begin(holder(caseNo), caseNo, "extension",
				Map.of("extensionValue", 3, "extensionUnit", "WORK_DAY", "reasonText", "需要产权单位配合，约在下周"));
		this.drive.complete(caseNo, "Task_ApproveExtension",
				Map.of("approved", true, "grantedValue", 2, "decisionText", "理由成立，先延两天"));

		Deadline after = deadline(caseNo, "handle");
		WorkingCalendar calendar = this.calendars.forPlace("shangdi");
		assertThat(calendar.workingTimeBetween(before.dueAt(), after.dueAt()))
			.isEqualTo(calendar.officeDay(before.dueAt()).multipliedBy(2));
		assertThat(this.cases.get(caseNo).fact("extensionCount")).isEqualTo("1");

		this.travel.moveTo(after.dueAt().minusSeconds(60));
		assertThat(deadline(caseNo, "handle").breachedAt()).isNull();
		this.travel.moveTo(after.dueAt());
		assertThat(deadline(caseNo, "handle").breachedAt()).isNotNull();
		assertThat(this.cases.get(caseNo).light()).isEqualTo("OVER");
	}

	@Test
	void nobodyDecidesOnTheirOwnRequestAndNobodyGrantsMoreThanWasAsked() {
		String caseNo = inHand();
		this.drive.begin(holder(caseNo), caseNo, "extension",
				Map.of("extensionValue", 3, "extensionUnit", "WORK_DAY", "reasonText", "需要产权单位配合，约在下周"));
		OpenTask task = this.drive.task(caseNo, "Task_ApproveExtension");

		assertThat(task.excluded()).containsExactly(holder(caseNo));
		assertThatExceptionOfType(Refusal.class)
			.isThrownBy(() -> this.drive.complete(this.drive.anyOf(task.pool()), task,
					Map.of("approved", true, "grantedValue", 4, "decisionText", "多给一天，慢慢办")))
			.satisfies((refusal) -> assertThat(refusal.kind()).isEqualTo(Refusal.Kind.RULE));
		assertThat(this.cases.get(caseNo).holder()).isEqualTo(holder(caseNo));
	}

	@Test
	void theTableRefusesWithItsOwnWordsAndNothingIsLeftBehind() {
		String caseNo = inHand();

		assertThatExceptionOfType(Refusal.class)
			.isThrownBy(() -> this.drive.begin(holder(caseNo), caseNo, "extension",
					Map.of("extensionValue", 30, "extensionUnit", "WORK_DAY", "reasonText", "一个月以后再说吧")))
			.withMessage("每次最多延 10 日")
			.satisfies((refusal) -> assertThat(refusal.kind()).isEqualTo(Refusal.Kind.RULE));

		assertThat(kinds(caseNo)).doesNotContain("TURN_BEGUN");
		assertThat(this.tasks.ofCase(caseNo)).extracting(OpenTask::taskKey).containsExactly("Task_Handle");
	}

	@Test
	void suspendedCaseKeepsItsRemainingBudgetAndResumesByItself() {
		String caseNo = inHand();
		this.travel.moveTo(this.clock.now().plus(Duration.ofHours(3)));
		WorkingCalendar calendar = this.calendars.forPlace("shangdi");
		LocalDate until = this.clock.now().atZone(this.clock.zone()).toLocalDate().plusDays(12);
		this.drive.begin(holder(caseNo), caseNo, "suspension",
				Map.of("suspendReason", "MATERIAL", "suspendUntil", until.toString(), "reasonText", "春节期间厂家停工，配件节后到货"));
		this.drive.complete(caseNo, "Task_ApproveSuspension", Map.of("approved", true, "decisionText", "情况属实，同意挂账"));
		Deadline paused = deadline(caseNo, "handle");
		Duration left = paused.left(this.clock.now(), calendar);

		assertThat(paused.pausedAt()).isNotNull();
		assertThat(this.cases.get(caseNo).light()).isEqualTo("PAUSED");
		assertThat(this.drive.task(caseNo, "Task_Handle").light()).isEqualTo("PAUSED");
		assertThat(this.drive.task(caseNo, "Task_Handle").dueAt()).isNull();
		assertThatExceptionOfType(Refusal.class).isThrownBy(() -> this.drive.complete(caseNo, "Task_Handle",
				Map.of("handlingOutcome", "DONE", "resultText", "挂账期间先办了")));

		Instant midnight = until.atStartOfDay(this.clock.zone()).toInstant();
		this.travel.moveTo(midnight.plusSeconds(60));

		Deadline resumed = deadline(caseNo, "handle");
		assertThat(kinds(caseNo)).contains("SUSPENDED", "SUSPENSION_ENDED").doesNotContain("BREACHED", "WARNED");
		assertThat(resumed.pausedAt()).isNull();
		assertThat(calendar.timeBetween(LimitUnit.valueOf(resumed.limitUnit()), midnight, resumed.dueAt()))
			.isBetween(left.minusSeconds(1), left);
		assertThat(this.tasks.ofCase(caseNo)).extracting(OpenTask::taskKey).containsExactly("Task_Handle");
		assertThat(this.cases.get(caseNo).suspendedAt()).isNull();

		this.travel.moveTo(resumed.dueAt());
		assertThat(deadline(caseNo, "handle").breachedAt()).isNotNull();
	}

	@Test
	void somebodyResumesEarly() {
		String caseNo = inHand();
		LocalDate until = this.clock.now().atZone(this.clock.zone()).toLocalDate().plusDays(20);
		this.drive.begin(holder(caseNo), caseNo, "suspension",
				Map.of("suspendReason", "WEATHER", "suspendUntil", until.toString(), "reasonText", "连续降雨无法开挖，等天晴"));
		this.drive.complete(caseNo, "Task_ApproveSuspension", Map.of("approved", true, "decisionText", "同意，天晴即恢复"));

		this.drive.complete(caseNo, "Task_ResumeEarly", Map.of("resumeText", "天晴了，可以开挖"));

		assertThat(this.cases.get(caseNo).light()).isEqualTo("OK");
		this.drive.complete(caseNo, "Task_Handle", Map.of("handlingOutcome", "DONE", "resultText", "已开挖修复，路面恢复"));
		assertThat(this.cases.get(caseNo).stageKey()).isNotEqualTo("handle");
	}

	@Test
	void remarksAndNudgesNeverTouchTheClock() {
		String caseNo = inHand();
		Deadline before = deadline(caseNo, "handle");
		this.travel.moveTo(before.warnAt());

		Acting.as(holder(caseNo), () -> {
			this.actions.comment(caseNo, "已联系物业");
			this.actions.urge(caseNo, "请抓紧");
			return null;
		});

		assertThat(deadline(caseNo, "handle").dueAt()).isEqualTo(before.dueAt());
		this.travel.moveTo(before.dueAt());
		assertThat(deadline(caseNo, "handle").breachedAt()).isBetween(before.dueAt(), before.dueAt().plusSeconds(1));
	}

	@Test
	void turnsAreOfferedToWhomTheDiagramNames() {
		String caseNo = inHand();

		assertThat(this.turns.offered(this.cases.get(caseNo), holder(caseNo))).extracting(Turn::key)
			.contains("extension", "suspension");
		assertThat(this.turns.offered(this.cases.get(caseNo), "sd.verifier")).extracting(Turn::key)
			.doesNotContain("extension", "suspension");
	}

	private String holder(String caseNo) {
		return this.cases.get(caseNo).holder();
	}

	private String inHand() {
		String caseNo = this.drive.report("shangdi", "sd.c01.g1", "GRID_WORKER",
				Map.of("gridCode", "11010802200101", "category", "S0501", "severity", "MINOR"));
		this.drive.complete(caseNo, "Stage_File", Map.of("filing", "FILE"));
		this.drive.complete(caseNo, "Stage_Dispatch", Map.of());
		this.drive.complete(caseNo, "Task_SignFor", Map.of("signing", "SIGN"));
		return caseNo;
	}

	private Deadline deadline(String caseNo, String stage) {
		return this.cases.deadlines(caseNo)
			.stream()
			.filter((deadline) -> deadline.stage().equals(stage))
			.findFirst()
			.orElseThrow();
	}

	private List<String> kinds(String caseNo) {
		return this.trail.of(caseNo).stream().map(CaseEvent::kind).toList();
	}

}
