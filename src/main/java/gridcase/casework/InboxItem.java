package gridcase.casework;

import java.time.Instant;
import java.util.List;

/**
 * An open task as the inbox keeps it.
 *
 * @param taskId id of the task in the engine
 * @param processInstance id of the process instance it belongs to
 * @param taskKey id of the diagram element
 * @param name its name in the diagram
 * @param form key of its form
 * @param pool {@code role@scope} of those who may take it, or null
 * @param assignee who has it, or null
 * @param unit unit it is for, or null
 * @param leg empty on the lead's way, the unit code for a helper
 * @param excludesWorkers whether people who worked on the matter may not take it
 * @param excluded sign-in names of people who may not take it
 * @param turn key of the turn it belongs to (a process beside the loop), or null
 * @param turnName name of that turn's diagram, or null
 * @param createdAt since when it waits
 * @param claimedAt when it was taken, or null
 * @param deadlineNo number of its deadline within the case, or null
 */
public record InboxItem(String taskId, String processInstance, String taskKey, String name, String form, String pool,
		String assignee, String unit, String leg, boolean excludesWorkers, List<String> excluded, String turn,
		String turnName, Instant createdAt, Instant claimedAt, Integer deadlineNo) {

	InboxItem assigned(String login, Instant at) {
		return in(this.pool, login, at);
	}

	/** In the hands of another pool, nobody in particular having it. */
	InboxItem moved(String to) {
		return in(to, null, null);
	}

	private InboxItem in(String newPool, String login, Instant claimed) {
		return new InboxItem(this.taskId, this.processInstance, this.taskKey, this.name, this.form, newPool, login,
				this.unit, this.leg, this.excludesWorkers, this.excluded, this.turn, this.turnName, this.createdAt,
				claimed, this.deadlineNo);
	}

}
