package gridcase.casework;

import java.time.Instant;

import gridcase.clock.PlatformClock;
import gridcase.registry.Duties;
import gridcase.shared.Acting;
import gridcase.shared.Refusal;

import org.springframework.stereotype.Component;

/** Which tasks are there for the person who acts. */
@Component
class TaskAccess {

	private final OpenTasks tasks;

	private final Cases cases;

	private final Duties duties;

	private final PlatformClock clock;

	TaskAccess(OpenTasks tasks, Cases cases, Duties duties, PlatformClock clock) {
		this.tasks = tasks;
		this.cases = cases;
		this.duties = duties;
		this.clock = clock;
	}

	/**
	 * A task of a case one may not see is not there, unless one has it or may take it.
	 * @return the same id
	 * @throws Refusal if there is none for this person
	 */
	String known(String taskId) {
		String login = Acting.current();
		OpenTask task = this.tasks.get(taskId);
		Instant now = this.clock.now();
		boolean own = (task.assignee() != null)
				? task.assignee().equals(login) || this.duties.actingFor(login, now).contains(task.assignee())
				: this.duties.poolsOf(login, now).contains(task.pool());
		if (!own) {
			this.cases.get(task.caseNo(), login);
		}
		return taskId;
	}

}
