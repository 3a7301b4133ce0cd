package gridcase.inquiry;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import gridcase.clock.WorkingCalendar;

/**
 * The office hours of a place as a table the database reckons with: when each opening
 * begins, how long it lasts and how much office time lies before it. So office time
 * between any two moments is one look into a sorted list, for any number of rows.
 */
final class OfficeTime {

	/** How far before the end it must be made sure that the office opens once more. */
	private static final Duration NEAR = Duration.ofDays(40);

	/** The table, to be joined by every statement that reckons with it. */
	static final String TABLE = "o as materialized (select cast(:opens as bigint[]) opens, cast(:before as bigint[]) before, "
			+ "cast(:lasts as bigint[]) lasts)";

	private final List<Long> opens = new ArrayList<>();

	private final List<Long> before = new ArrayList<>();

	private final List<Long> lasts = new ArrayList<>();

	private OfficeTime() {
	}

	/**
	 * All openings that begin between two moments, the first one cut.
	 * @throws gridcase.clock.CalendarYearMissing if one of them is not known
	 */
	static OfficeTime between(WorkingCalendar calendar, Instant from, Instant until) {
		OfficeTime time = new OfficeTime();
		long sum = 0;
		Instant at = from;
		while (at.isBefore(until) && (Duration.between(at, until).compareTo(NEAR) > 0
				|| !calendar.workingTimeBetween(at, until).isZero())) {
			Instant opens = calendar.nextOpening(at);
			Instant closes = calendar.nextClosing(opens);
			long length = ChronoUnit.MICROS.between(opens, closes);
			time.opens.add(ChronoUnit.MICROS.between(Instant.EPOCH, opens));
			time.before.add(sum);
			time.lasts.add(length);
			sum += length;
			at = closes;
		}
		return time;
	}

	/** What {@link #TABLE} asks for. */
	Map<String, Object> parameters() {
		return Map.of("opens", this.opens.toArray(Long[]::new), "before", this.before.toArray(Long[]::new), "lasts",
				this.lasts.toArray(Long[]::new));
	}

	/** Office time up to a moment, in microseconds. */
	static String upTo(String moment) {
		return "office_time(" + moment + ", o.opens, o.before, o.lasts)";
	}

	/**
	 * Office time between two moments in whole seconds, as custody keeps it: each moment
	 * is counted from the report of the case and then rounded down.
	 * @param from SQL of the beginning
	 * @param to SQL of the end
	 * @param reported SQL of {@link #upTo} the report
	 */
	static String sql(String from, String to, String reported) {
		return "((" + upTo(to) + " - " + reported + ") / 1000000 - (" + upTo(from) + " - " + reported + ") / 1000000)";
	}

}
