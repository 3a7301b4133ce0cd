package gridcase.casework;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import gridcase.audit.CaseEvent;
import gridcase.audit.CaseTrail;
import gridcase.clock.PlatformClock;
import gridcase.notice.Notice;
import gridcase.notice.Outbox;
import gridcase.registry.Duties;
import gridcase.registry.Staff;

import org.springframework.stereotype.Component;

/** Cases of one community of 上地 at the point where people ask for something. */
@Component
class TurnFixture {

	static final String REPORTER = "sd.c01.g1";

	static final Map<String, Object> YES = Map.of("approved", true, "decisionText", "情况属实，同意");

	static final Map<String, Object> NO = Map.of("approved", false, "decisionText", "理由不充分，不同意");

	private final CaseDriver drive;

	private final Cases cases;

	private final OpenTasks tasks;

	private final CaseTrail trail;

	private final Outbox outbox;

	private final Duties duties;

	private final PlatformClock clock;

	TurnFixture(CaseDriver drive, Cases cases, OpenTasks tasks, CaseTrail trail, Outbox outbox, Duties duties,
			PlatformClock clock) {
		this.drive = drive;
		this.cases = cases;
		this.tasks = tasks;
		this.trail = trail;
		this.outbox = outbox;
		this.duties = duties;
		this.clock = clock;
	}

	String reported(Map<String, Object> values) {
		Map<String, Object> all = new HashMap<>(
				Map.of("gridCode", "11010802200101", "category", "S0501", "severity", "MINOR"));
		all.putAll(values);
		return this.drive.report("shangdi", REPORTER, "GRID_WORKER", all);
	}

	String filed(Map<String, Object> values) {
		String caseNo = reported(values);
		this.drive.complete(caseNo, "Stage_File", Map.of("filing", "FILE"));
		return caseNo;
	}

	String inHand(Map<String, Object> values) {
		String caseNo = filed(values);
		this.drive.complete(caseNo, "Stage_Dispatch", Map.of());
		this.drive.complete(caseNo, "Task_SignFor", Map.of("signing", "SIGN"));
		return caseNo;
	}

	/** Handles, checks and closes it, whatever of that there is to do. */
	void close(String caseNo, Map<String, Object> closing) {
		Map<String, Object> all = new HashMap<>(Map.of("closingText", "整改完成，予以结案"));
		all.putAll(closing);
		if (has(caseNo, "Task_SignFor")) {
			this.drive.complete(caseNo, "Task_SignFor", Map.of("signing", "SIGN"));
		}
		this.drive.complete(caseNo, "Task_Handle",
				Map.of("handlingOutcome", "DONE", "resultText", "已经清理干净，恢复原状，并告知当事人"));
		this.drive.helpersDo(caseNo);
		if (has(caseNo, "Stage_Verify")) {
			decide(caseNo, "Stage_Verify", Map.of("verified", true, "verifyText", "现场复核，确已办好"));
		}
		this.drive.complete(caseNo, "Stage_Close", all);
	}

	String closed(Map<String, Object> values, Map<String, Object> closing) {
		String caseNo = inHand(values);
		close(caseNo, closing);
		return caseNo;
	}

	boolean has(String caseNo, String taskKey) {
		return taskKeys(caseNo).contains(taskKey);
	}

	List<String> taskKeys(String caseNo) {
		return this.tasks.ofCase(caseNo).stream().map(OpenTask::taskKey).toList();
	}

	/** Completes a task by somebody of its pool who may. */
	String decide(String caseNo, String taskKey, Map<String, Object> values) {
		OpenTask task = this.drive.task(caseNo, taskKey);
		String login = mayTake(task);
		this.drive.complete(login, task, values);
		return login;
	}

	private String mayTake(OpenTask task) {
		List<String> workers = task.excludesWorkers()
				? this.cases.custody(task.caseNo()).stream().filter(Custody::worked).map(Custody::person).toList()
				: List.of();
		String[] pool = task.pool().split("@");
		return this.duties.holders(pool[0], pool[1], this.clock.now())
			.stream()
			.map(Staff::login)
			.filter((login) -> !task.excluded().contains(login) && !workers.contains(login))
			.findFirst()
			.orElseThrow(() -> new AssertionError("Nobody may take " + task));
	}

	List<String> kinds(String caseNo) {
		return this.trail.of(caseNo).stream().map(CaseEvent::kind).toList();
	}

	CaseEvent event(String caseNo, String kind) {
		return this.trail.of(caseNo)
			.stream()
			.filter((event) -> event.kind().equals(kind))
			.findFirst()
			.orElseThrow(() -> new AssertionError("No event " + kind + " among " + kinds(caseNo)));
	}

	List<String> told(String caseNo, String event) {
		return this.outbox.ofCase(caseNo)
			.stream()
			.filter((notice) -> notice.event().equals(event))
			.map(Notice::audience)
			.toList();
	}

}
