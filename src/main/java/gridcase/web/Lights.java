package gridcase.web;

import java.time.Duration;
import java.time.Instant;

import gridcase.clock.LimitUnit;
import gridcase.clock.PlatformClock;
import gridcase.clock.WorkingCalendar;
import gridcase.clock.WorkingCalendars;
import gridcase.clock.WorkingTimeText;

import org.springframework.stereotype.Component;

/** Tells lights (正常 预警 超时) and working times by the calendar of a place. */
@Component
public class Lights {

	private final PlatformClock clock;

	private final WorkingCalendars calendars;

	private final WorkingTimeText texts;

	Lights(PlatformClock clock, WorkingCalendars calendars, WorkingTimeText texts) {
		this.clock = clock;
		this.calendars = calendars;
		this.texts = texts;
	}

	/**
	 * Reads a running clock.
	 * @param place place code
	 * @param unit unit of the limit, or null for working hours
	 * @param from when it began
	 * @param warnAt when to warn
	 * @param dueAt the deadline, or null
	 * @return the light; null without a deadline
	 */
	public Light running(String place, LimitUnit unit, Instant from, Instant warnAt, Instant dueAt) {
		return (dueAt != null) ? at(place, unit, from, warnAt, dueAt, this.clock.now()) : null;
	}

	/** Reads a clock at some moment, e.g. when it was stopped; otherwise like running. */
	public Light at(String place, LimitUnit unit, Instant from, Instant warnAt, Instant dueAt, Instant now) {
		LimitUnit counted = (unit != null) ? unit : LimitUnit.WORK_HOUR;
		WorkingCalendar calendar = this.calendars.forPlace(place);
		String state = now.isAfter(dueAt) ? "over" : (warnAt != null && !now.isBefore(warnAt)) ? "warn" : "ok";
		Duration whole = calendar.timeBetween(counted, from, dueAt);
		return new Light(state, this.texts.remaining(calendar, counted, now, dueAt),
				share(calendar, counted, from, now, whole),
				(warnAt != null) ? share(calendar, counted, from, warnAt, whole) : 100);
	}

	private static int share(WorkingCalendar calendar, LimitUnit unit, Instant from, Instant to, Duration whole) {
		if (whole.isZero() || to.isBefore(from)) {
			return to.isBefore(from) ? 0 : 100;
		}
		long share = calendar.timeBetween(unit, from, to).toSeconds() * 100 / Math.max(1, whole.toSeconds());
		return (int) Math.max(0, Math.min(100, share));
	}

	/**
	 * A length of working time of a place.
	 * @param place place code
	 * @param minutes the length in minutes
	 * @return for example 15 时 32 分
	 */
	public String minutes(String place, long minutes) {
		return this.texts.length(Duration.ofMinutes(minutes), Duration.ofDays(3650));
	}

	/** Working time of a place between two moments, in minutes. */
	public long minutesBetween(String place, Instant from, Instant to) {
		return to.isBefore(from) ? 0 : this.calendars.forPlace(place).workingTimeBetween(from, to).toMinutes();
	}

}
