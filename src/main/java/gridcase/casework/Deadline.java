package gridcase.casework;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

import gridcase.clock.Limit;
import gridcase.clock.LimitUnit;
import gridcase.clock.WorkingCalendar;

/**
 * A time limit on a calendar for one case and stage: a budget of time that is used up
 * while it runs. What is left, not the due moment, is what survives a suspension, an
 * extension or a new holiday notice.
 *
 * @param no number within the case
 * @param stage key of the stage or step the limit is for, e.g. {@code handle}
 * @param scope what ends it: process instance, and activity if it is not the whole
 * instance
 * @param limitValue the limit, in
 * @param limitUnit this unit
 * @param warnPercent share of the budget after which a warning is due
 * @param rule table, version and rule that set it, e.g. {@code time-limit-e01 v3
 * Rule_E0102_1}
 * @param startedAt when the clock started
 * @param warnAt when the warning is due
 * @param dueAt the deadline; while it is paused the one it had before
 * @param warnedAt when the warning was given, or null
 * @param breachedAt when it was breached, or null; never erased
 * @param doneAt when the stage was left, or null
 * @param budgetSeconds all time granted so far, extensions included, as the unit counts
 * @param leftSeconds what of it was left at
 * @param countedFrom this moment
 * @param pausedAt since when it stands still, or null while it runs
 * @param excusedAt when the breach was excused, or null
 * @param tier handling tier the case was at when it was set
 * @param leg empty on the lead's way, the unit code for a helper
 */
public record Deadline(int no, String stage, String scope, BigDecimal limitValue, String limitUnit, int warnPercent,
		String rule, Instant startedAt, Instant warnAt, Instant dueAt, Instant warnedAt, Instant breachedAt,
		Instant doneAt, long budgetSeconds, long leftSeconds, Instant countedFrom, Instant pausedAt, Instant excusedAt,
		String tier, String leg) {

	/** A new one that begins to run, with what others have left of the limit. */
	static Deadline start(int no, String stage, String scope, String tier, String leg, Limit limit, int warnPercent,
			String rule, Duration used, Instant now, WorkingCalendar calendar) {
		long budget = calendar.budget(limit, now).toSeconds();
		long left = Math.max(0, budget - used.toSeconds());
		return new Deadline(no, stage, scope, limit.value(), limit.unit().name(), warnPercent, rule, now, null, null,
				null, null, null, budget, left, now, null, null, tier, leg)
			.runFrom(now, left, now, calendar);
	}

	/**
	 * The one a case is judged by: that runs out first, resting ones after those that
	 * run, the supervision's own not counted.
	 */
	public static Optional<Deadline> next(Collection<Deadline> open) {
		return open.stream()
			.filter((deadline) -> deadline.doneAt() == null && !deadline.stage().equals("supervise"))
			.min(Comparator.comparing((Deadline deadline) -> deadline.pausedAt() != null)
				.thenComparing(Deadline::dueAt));
	}

	/** {@code OK}, {@code WARN}, {@code OVER} or {@code PAUSED}, by what has happened. */
	public String light() {
		if (this.breachedAt != null) {
			return "OVER";
		}
		return (this.pausedAt != null) ? "PAUSED" : (this.warnedAt != null) ? "WARN" : "OK";
	}

	/** Whether it runs towards its due moment. */
	public boolean running() {
		return this.doneAt == null && this.breachedAt == null && this.pausedAt == null;
	}

	/**
	 * What of the budget is left.
	 * @param now the present moment; of no account while paused
	 * @param calendar the place's calendar
	 * @return time as the unit counts it, negative when exceeded
	 */
	public Duration left(Instant now, WorkingCalendar calendar) {
		Duration left = Duration.ofSeconds(this.leftSeconds);
		return (this.pausedAt != null) ? left
				: left.minus(calendar.timeBetween(LimitUnit.valueOf(this.limitUnit), this.countedFrom, now));
	}

	private Deadline runFrom(Instant from, long left, Instant now, WorkingCalendar calendar) {
		LimitUnit unit = LimitUnit.valueOf(this.limitUnit);
		long untilWarning = left - this.budgetSeconds * (100 - this.warnPercent) / 100;
		Instant due = calendar.add(Duration.ofSeconds(Math.max(0, left)), unit, from);
		Instant warn = calendar.add(Duration.ofSeconds(Math.max(0, untilWarning)), unit, from);
		Instant warned = warn.isAfter(now) ? null : this.warnedAt;
		return new Deadline(this.no, this.stage, this.scope, this.limitValue, this.limitUnit, this.warnPercent,
				this.rule, this.startedAt, warn, due, warned, this.breachedAt, this.doneAt, this.budgetSeconds, left,
				from, null, this.excusedAt, this.tier, this.leg);
	}

	/** It stands still from now on; what is left stays left. */
	Deadline paused(Instant now, WorkingCalendar calendar) {
		return new Deadline(this.no, this.stage, this.scope, this.limitValue, this.limitUnit, this.warnPercent,
				this.rule, this.startedAt, this.warnAt, this.dueAt, this.warnedAt, this.breachedAt, this.doneAt,
				this.budgetSeconds, left(now, calendar).toSeconds(), now, now, this.excusedAt, this.tier, this.leg);
	}

	/** It runs again with what was left. */
	Deadline resumed(Instant now, WorkingCalendar calendar) {
		return runFrom(now, this.leftSeconds, now, calendar);
	}

	/** More time on top of what is left. */
	Deadline extended(Duration more, Instant now, WorkingCalendar calendar) {
		return budget(this.budgetSeconds + more.toSeconds(), this.leftSeconds + more.toSeconds(), this.countedFrom, now,
				calendar);
	}

	/** The same budget on a changed calendar. */
	Deadline replanned(Instant now, WorkingCalendar calendar) {
		return (this.pausedAt != null) ? this : runFrom(this.countedFrom, this.leftSeconds, now, calendar);
	}

	/**
	 * Another limit in place of the one that applied. While both count the same kind of
	 * time, what was used and extensions granted stay. Between office time and time that
	 * runs day and night neither can be carried over: all time since the start counts as
	 * used, and extensions are to be granted anew.
	 */
	Deadline reset(Limit limit, int newWarnPercent, String newRule, Instant now, WorkingCalendar calendar) {
		Duration before = calendar.budget(new Limit(this.limitValue, LimitUnit.valueOf(this.limitUnit)),
				this.startedAt);
		Duration after = calendar.budget(limit, this.startedAt);
		boolean sameTime = limit.unit().countsOfficeTime() == LimitUnit.valueOf(this.limitUnit).countsOfficeTime();
		Deadline changed = new Deadline(this.no, this.stage, this.scope, limit.value(), limit.unit().name(),
				newWarnPercent, newRule, this.startedAt, this.warnAt, this.dueAt, this.warnedAt, this.breachedAt,
				this.doneAt, this.budgetSeconds, this.leftSeconds, this.countedFrom, this.pausedAt, this.excusedAt,
				this.tier, this.leg);
		if (sameTime) {
			long more = after.minus(before).toSeconds();
			return changed.budget(this.budgetSeconds + more, this.leftSeconds + more, this.countedFrom, now, calendar);
		}
		Duration used = calendar.timeBetween(limit.unit(), this.startedAt, now);
		return changed.budget(after.toSeconds(), after.minus(used).toSeconds(), now, now, calendar);
	}

	private Deadline budget(long budget, long left, Instant from, Instant now, WorkingCalendar calendar) {
		Deadline changed = new Deadline(this.no, this.stage, this.scope, this.limitValue, this.limitUnit,
				this.warnPercent, this.rule, this.startedAt, this.warnAt, this.dueAt, this.warnedAt, this.breachedAt,
				this.doneAt, budget, left, from, this.pausedAt, this.excusedAt, this.tier, this.leg);
		return (this.pausedAt != null) ? changed : changed.runFrom(from, left, now, calendar);
	}

	Deadline done(Instant at) {
		return marked(this.warnedAt, this.breachedAt, at, this.excusedAt);
	}

	Deadline warned(Instant at) {
		return marked(at, this.breachedAt, this.doneAt, this.excusedAt);
	}

	Deadline breached(Instant at) {
		return marked((this.warnedAt != null) ? this.warnedAt : at, at, this.doneAt, this.excusedAt);
	}

	Deadline excused(Instant at) {
		return marked(this.warnedAt, this.breachedAt, this.doneAt, at);
	}

	private Deadline marked(Instant warned, Instant breached, Instant done, Instant excused) {
		return new Deadline(this.no, this.stage, this.scope, this.limitValue, this.limitUnit, this.warnPercent,
				this.rule, this.startedAt, this.warnAt, this.dueAt, warned, breached, done, this.budgetSeconds,
				this.leftSeconds, this.countedFrom, this.pausedAt, excused, this.tier, this.leg);
	}

}
