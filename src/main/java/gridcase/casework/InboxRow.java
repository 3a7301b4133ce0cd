package gridcase.casework;

import java.time.Instant;

/**
 * A line of the inbox: an open task, or a case the person answers for, watches or worked
 * on.
 *
 * @param taskId the task, or null where the line is a case
 * @param caseNo the case
 * @param place place code
 * @param taskName name of the task, after that of the turn it belongs to; or of the
 * case's stage
 * @param title one line that names the matter
 * @param address where it is, or null
 * @param category category code
 * @param severity severity code
 * @param urgency urgency code
 * @param stageName stage of the case
 * @param gridPath codes of the grids around the place of the matter, from the root down
 * @param owner who is answerable, or null
 * @param assignee who has the task or case, or null
 * @param pool the pool it waits in, or null
 * @param unit unit it is for, or null
 * @param leg empty on the lead's way, the unit code for a helper
 * @param form key of the task's form, or null
 * @param createdAt since when it waits, or was reported
 * @param warnAt when a warning is due, or null
 * @param dueAt its deadline, or null
 * @param light {@code OK WARN OVER PAUSED}, or null without a deadline
 * @param remaining what is left of its limit, or null without one
 * @param actingFor the absent person whose work it is, or null where it is one's own
 * @param draft what a draft is for, see {@link Draft}; null where the line is none
 */
public record InboxRow(String taskId, String caseNo, String place, String taskName, String title, String address,
		String category, String severity, String urgency, String stageName, String gridPath, String owner,
		String assignee, String pool, String unit, String leg, String form, Instant createdAt, Instant warnAt,
		Instant dueAt, String light, Remaining remaining, String actingFor, String draft) {

	InboxRow with(Remaining known) {
		return new InboxRow(this.taskId, this.caseNo, this.place, this.taskName, this.title, this.address,
				this.category, this.severity, this.urgency, this.stageName, this.gridPath, this.owner, this.assignee,
				this.pool, this.unit, this.leg, this.form, this.createdAt, this.warnAt, this.dueAt, this.light, known,
				this.actingFor, this.draft);
	}

}
