package gridcase.casework;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import gridcase.audit.CaseEvent;
import gridcase.audit.CaseTrail;
import gridcase.casework.process.TimeTravel;
import gridcase.clock.PlatformClock;
import gridcase.notice.Notice;
import gridcase.notice.Outbox;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Time runs out: warned, breached, supervised, taken over; in that order, without a
 * click.
 */
@DemoTest
class EscalationTests {

	@Autowired
	private CaseDriver drive;

	@Autowired
	private Cases cases;

	@Autowired
	private CaseTrail trail;

	@Autowired
	private Outbox outbox;

	@Autowired
	private Inbox inbox;

	@Autowired
	private OpenTasks tasks;

	@Autowired
	private TimeTravel travel;

	@Autowired
	private PlatformClock clock;

	@Test
	void superiorWatchesAndThenTakesOverWhatAUnitDoesNotSolve() {
		String caseNo = dispatched();
		this.drive.complete(caseNo, "Task_SignFor", Map.of("signing", "SIGN"));
		Deadline limit = deadline(caseNo, "handle");

		this.travel.moveTo(limit.warnAt());
		assertThat(kinds(caseNo)).contains("WARNED").doesNotContain("BREACHED");

		this.travel.moveTo(limit.dueAt());
		assertThat(kinds(caseNo)).containsSubsequence("WARNED", "BREACHED", "SUPERVISED");
		Custody watcher = this.cases.custody(caseNo)
			.stream()
			.filter((link) -> link.kind().equals("WATCHER"))
			.findFirst()
			.orElseThrow();
		assertThat(this.inbox.page(new InboxQuery(watcher.person(), "WATCHED", caseNo, null, null, null, 10)).rows())
			.extracting(InboxRow::caseNo)
			.contains(caseNo);
		assertThat(this.outbox.ofCase(caseNo)).filteredOn((notice) -> notice.event().equals("ESCALATED"))
			.extracting(Notice::recipient)
			.contains(watcher.person());
		assertThat(this.outbox.ofCase(caseNo)).as("whom the table names is told, the superior already of the breach")
			.extracting((notice) -> notice.event() + " " + notice.audience())
			.contains("ESCALATED TOLD", "BREACHED SUPERIOR");
		String tier = this.cases.get(caseNo).fact("tier");

		this.travel.moveTo(this.clock.now().plus(Duration.ofDays(20)));

		assertThat(kinds(caseNo)).containsSubsequence("SUPERVISED", "TAKEN_OVER");
		assertThat(this.cases.get(caseNo).fact("tier")).isNotEqualTo(tier);
		assertThat(this.tasks.ofCase(caseNo)).extracting(OpenTask::taskKey).containsExactly("Stage_Dispatch");
		assertThat(deadline(caseNo, "handle").breachedAt()).isBetween(limit.dueAt(), limit.dueAt().plusSeconds(1));
	}

	@Test
	void taskThatNobodyTakesGoesToThePeopleOfTheSuperior() {
		String caseNo = this.drive.report("shangdi", "sd.c01.g1", "GRID_WORKER",
				Map.of("gridCode", "11010802200101", "category", "S0501"));
		String before = this.drive.task(caseNo, "Stage_File").pool();

		this.travel.moveTo(this.clock.now().plus(Duration.ofDays(20)));

		assertThat(kinds(caseNo)).contains("BREACHED", "SUPERVISED", "TAKEN_OVER");
		assertThat(this.drive.task(caseNo, "Stage_File").pool()).isNotEqualTo(before);
		this.drive.complete(caseNo, "Stage_File", Map.of("filing", "FILE"));
		assertThat(this.cases.get(caseNo).stageKey()).isEqualTo("dispatch");
	}

	@Test
	void unsignedCaseIsABreachOfTheReceiver() {
		String caseNo = dispatched();
		Deadline sign = deadline(caseNo, "sign");

		this.travel.moveTo(sign.dueAt());

		assertThat(deadline(caseNo, "sign").breachedAt()).isNotNull();
		assertThat(kinds(caseNo)).contains("BREACHED");
		assertThat(this.cases.get(caseNo).owner()).isEqualTo("sd.c01.g1");
	}

	@Test
	void whatCannotBeSolvedGoesATierUpWithItsReason() {
		String caseNo = dispatched();
		this.drive.complete(caseNo, "Task_SignFor", Map.of("signing", "SIGN"));
		int level = level(caseNo);

		this.drive.complete(caseNo, "Task_Handle", Map.of("handlingOutcome", "CANNOT_SOLVE", "reasonCode",
				"LACKS_POWER", "reasonText", "涉及产权单位，本级无权处置，请上级协调"));

		assertThat(level(caseNo)).isGreaterThan(level);
		assertThat(this.cases.get(caseNo).stageKey()).isEqualTo("dispatch");
	}

	private int level(String caseNo) {
		return Integer.parseInt(this.cases.get(caseNo).fact("tierLevel"));
	}

	private String dispatched() {
		String caseNo = this.drive.report("shangdi", "sd.c01.g1", "GRID_WORKER",
				Map.of("gridCode", "11010802200101", "category", "S0501", "severity", "MINOR"));
		this.drive.complete(caseNo, "Stage_File", Map.of("filing", "FILE"));
		this.drive.complete(caseNo, "Stage_Dispatch", Map.of());
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
