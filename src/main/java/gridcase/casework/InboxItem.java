package gridcase.casework;

import java.time.Instant;

/** An open task as the inbox keeps it; mutable only within the transaction that makes it. */
record InboxItem(String taskId, String processInstance, String taskKey, String name, String form, String pool,
		String assignee, String unit, String leg, boolean excludesWorkers, Instant createdAt, Instant claimedAt,
		Instant warnAt, Instant dueAt) {

	InboxItem assigned(String login, Instant at) {
		return new InboxItem(this.taskId, this.processInstance, this.taskKey, this.name, this.form, this.pool, login,
				this.unit, this.leg, this.excludesWorkers, this.createdAt, at, this.warnAt, this.dueAt);
	}

}
