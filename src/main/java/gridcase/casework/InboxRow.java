package gridcase.casework;

import java.time.Instant;

/**
 * A line of the inbox: an open task, or a case the person answers for, watches or worked
 * on.
 *
 * @param taskId the task, or null where the line is a case
 * @param caseNo the case
 * @param place place code
 * @param taskName name of the task, or of the case's stage
 * @param title one line that names the matter
 * @param address where it is, or null
 * @param category category code
 * @param severity severity code
 * @param urgency urgency code
 * @param stageName stage of the case
 * @param owner who is answerable, or null
 * @param assignee who has the task or case, or null
 * @param pool the pool it waits in, or null
 * @param leg empty on the lead's way, the unit code for a helper
 * @param createdAt since when it waits, or was reported
 * @param warnAt when a warning is due, or null
 * @param dueAt its deadline, or null
 * @param actingFor the absent person whose work it is, or null where it is one's own
 */
public record InboxRow(String taskId, String caseNo, String place, String taskName, String title, String address,
		String category, String severity, String urgency, String stageName, String owner, String assignee, String pool,
		String leg, Instant createdAt, Instant warnAt, Instant dueAt, String actingFor) {

}
