package gridcase.casework;

import java.time.Instant;
import java.util.List;

/**
 * An open task as people see it.
 *
 * @param taskId its id
 * @param caseNo the case
 * @param place place code
 * @param taskKey id of the diagram element
 * @param name its name in the diagram
 * @param form key of its form, or null
 * @param pool {@code role@scope} of those who may take it, or null
 * @param assignee who has it, or null
 * @param unit unit it is for, or null
 * @param leg empty on the lead's way, the unit code for a helper
 * @param excludesWorkers whether people who worked on the matter may not take it
 * @param excluded sign-in names of people who may not take it
 * @param called whether it belongs to a called process (a unit's handling)
 * @param turn key of the turn it belongs to (a process beside the loop), or null
 * @param turnName name of that turn's diagram, or null
 * @param createdAt since when it waits
 * @param warnAt when a warning is due, or null
 * @param dueAt its deadline, or null
 * @param light {@code OK WARN OVER PAUSED}, or null without a deadline
 * @param deadlineNo number of its deadline within the case, or null
 * @param actingFor the absent person for whom the assignee took it, or null
 */
public record OpenTask(String taskId, String caseNo, String place, String taskKey, String name, String form,
		String pool, String assignee, String unit, String leg, boolean excludesWorkers, List<String> excluded,
		boolean called, String turn, String turnName, Instant createdAt, Instant warnAt, Instant dueAt, String light,
		Integer deadlineNo, String actingFor) {

	/** Its name, after that of the turn it belongs to: 延期 · 审批延期. */
	public String fullName() {
		return (this.turnName != null) ? this.turnName + " · " + this.name : this.name;
	}

	/** Role of those who may take it, or null. */
	public String role() {
		return (this.pool != null) ? this.pool.substring(0, this.pool.indexOf('@')) : null;
	}

}
