package gridcase.web;

import java.time.Duration;
import java.time.Instant;

import gridcase.clock.WorkingCalendars;
import gridcase.clock.WorkingTimeText;

import org.springframework.stereotype.Component;

/** Tells working times by the calendar of a place. */
@Component
public class WorkingTimes {

	private final WorkingCalendars calendars;

	private final WorkingTimeText texts;

	WorkingTimes(WorkingCalendars calendars, WorkingTimeText texts) {
		this.calendars = calendars;
		this.texts = texts;
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
