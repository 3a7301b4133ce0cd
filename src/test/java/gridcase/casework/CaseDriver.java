package gridcase.casework;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import gridcase.shared.Acting;

import org.springframework.stereotype.Component;

/** Speaks to cases like the people of a street office do. */
@Component
public class CaseDriver {

	private final CaseActions actions;

	private final OpenTasks tasks;

	private final gridcase.registry.Duties duties;

	private final gridcase.clock.PlatformClock clock;

	CaseDriver(CaseActions actions, OpenTasks tasks, gridcase.registry.Duties duties,
			gridcase.clock.PlatformClock clock) {
		this.actions = actions;
		this.tasks = tasks;
		this.duties = duties;
		this.clock = clock;
	}

	public String report(String place, String reporter, String channel, Map<String, Object> values) {
		Map<String, Object> all = new HashMap<>(Map.of("title", "沿街餐馆油烟扰民", "description", "晚间油烟直排，气味进户", "category",
				"S0102", "severity", "GENERAL", "urgency", "ROUTINE", "address", "上地佳园 6 号楼"));
		all.putAll(values);
		return Acting.as(reporter, () -> this.actions.report(new Report(place, channel, reporter, all)));
	}

	/** The one open task of a case with that element id. */
	public OpenTask task(String caseNo, String taskKey) {
		List<OpenTask> open = this.tasks.ofCase(caseNo);
		return open.stream()
			.filter((task) -> task.taskKey().equals(taskKey) && task.leg().isEmpty())
			.findFirst()
			.orElseThrow(() -> new AssertionError("No task " + taskKey + " among " + open));
	}

	/** Completes it by the first person of its pool (or its assignee). */
	public String complete(String caseNo, String taskKey, Map<String, Object> values) {
		OpenTask task = task(caseNo, taskKey);
		String login = (task.assignee() != null) ? task.assignee() : anyOf(task.pool());
		complete(login, task, values);
		return login;
	}

	/** Lets every helper unit sign for and finish its part. */
	public void helpersDo(String caseNo) {
		for (OpenTask task : this.tasks.ofCase(caseNo)) {
			if (!task.leg().isEmpty()) {
				complete(anyOf(task.pool()), task, Map.of("signing", "SIGN"));
			}
		}
		for (OpenTask task : this.tasks.ofCase(caseNo)) {
			if (!task.leg().isEmpty()) {
				complete(task.assignee(), task, Map.of("handlingOutcome", "DONE", "resultText", "协办事项已经办结，情况已告知主办单位"));
			}
		}
	}

	/** Begins a turn of a case. */
	public void begin(String login, String caseNo, String key, Map<String, Object> values) {
		Acting.as(login, () -> {
			this.actions.begin(caseNo, key, values);
			return null;
		});
	}

	public void complete(String login, OpenTask task, Map<String, Object> values) {
		Acting.as(login, () -> {
			this.actions.complete(task.taskId(), values);
			return null;
		});
	}

	public void claim(String login, OpenTask task) {
		Acting.as(login, () -> {
			this.actions.claim(task.taskId());
			return null;
		});
	}

	/** Adds a remark. */
	public void comment(String caseNo, String text) {
		this.actions.comment(caseNo, text);
	}

	/** Everybody on duty for a pool. */
	public List<String> allOf(String pool) {
		String[] parts = pool.split("@");
		return this.duties.holders(parts[0], parts[1], this.clock.now()).stream().map((duty) -> duty.login()).toList();
	}

	public String anyOf(String pool) {
		String[] parts = pool.split("@");
		return this.duties.holders(parts[0], parts[1], this.clock.now()).get(0).login();
	}

}
