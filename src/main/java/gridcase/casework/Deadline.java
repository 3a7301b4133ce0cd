package gridcase.casework;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * A time limit on a calendar for one case and stage.
 *
 * @param no number within the case
 * @param stage key of the stage or step the limit is for, e.g. {@code handle}
 * @param scope what ends it: process instance, and activity if it is not the whole
 * instance
 * @param limitValue the limit, in
 * @param limitUnit this unit
 * @param warnPercent share of the limit after which a warning is due
 * @param rule table, version and rule that set it, e.g. {@code time-limit-e01 v3
 * Rule_E0102_1}
 * @param startedAt when the clock started
 * @param warnAt when the warning is due
 * @param dueAt the deadline
 * @param warnedAt when the warning was given, or null
 * @param breachedAt when it was breached, or null; never erased
 * @param doneAt when the stage was left, or null
 */
public record Deadline(int no, String stage, String scope, BigDecimal limitValue, String limitUnit, int warnPercent,
		String rule, Instant startedAt, Instant warnAt, Instant dueAt, Instant warnedAt, Instant breachedAt,
		Instant doneAt) {

	Deadline done(Instant at) {
		return new Deadline(this.no, this.stage, this.scope, this.limitValue, this.limitUnit, this.warnPercent,
				this.rule, this.startedAt, this.warnAt, this.dueAt, this.warnedAt, this.breachedAt, at);
	}

	Deadline warned(Instant at) {
		return new Deadline(this.no, this.stage, this.scope, this.limitValue, this.limitUnit, this.warnPercent,
				this.rule, this.startedAt, this.warnAt, this.dueAt, at, this.breachedAt, this.doneAt);
	}

	Deadline breached(Instant at) {
		return new Deadline(this.no, this.stage, this.scope, this.limitValue, this.limitUnit, this.warnPercent,
				this.rule, this.startedAt, this.warnAt, this.dueAt, (this.warnedAt != null) ? this.warnedAt : at, at,
				this.doneAt);
	}

}
