package gridcase.clock;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * When the offices of a place are open, and how limits run on that.
 * <p>
 * A limit that counts office time is due at the <em>earliest</em> moment by which that
 * much office time has passed since its start. So a start outside office hours waits for
 * the next opening, a limit used up exactly at closing time is due at that closing and
 * not next morning, and a limit of zero is due at its start. One 工作日 is as much office
 * time as the standard office day had on the date of the start.
 * <p>
 * Units that count dates or office time know no year beyond the loaded ones and throw
 * {@link CalendarYearMissing}, also when only the result would fall there. Urgent units
 * run day and night and never ask the calendar.
 */
public final class WorkingCalendar {

	private static final Duration HOUR = Duration.ofHours(1);

	private static final Duration DAY = Duration.ofDays(1);

	private final String name;

	private final ZoneId zone;

	private final NavigableMap<LocalDate, OfficeHours> hours;

	private final Map<LocalDate, Boolean> exceptions;

	private final Set<Integer> years;

	/**
	 * Makes a calendar.
	 * @param name what people call it
	 * @param zone where its office hours are meant
	 * @param hours office hours by the first date they hold; each holds until the next
	 * @param exceptions dates that differ from their weekday: true for a make-up workday,
	 * false for a day off
	 * @param years the years whose exceptions are known
	 */
	public WorkingCalendar(String name, ZoneId zone, Map<LocalDate, OfficeHours> hours,
			Map<LocalDate, Boolean> exceptions, Set<Integer> years) {
		this.name = name;
		this.zone = zone;
		this.hours = new TreeMap<>(hours);
		this.exceptions = Map.copyOf(exceptions);
		this.years = Set.copyOf(years);
	}

	public String name() {
		return this.name;
	}

	public ZoneId zone() {
		return this.zone;
	}

	/**
	 * The years whose holidays are loaded.
	 * @return for example 2025 and 2026, sorted
	 */
	public Set<Integer> years() {
		return new TreeSet<>(this.years);
	}

	/**
	 * When a limit runs out.
	 * @param limit the limit
	 * @param start when it begins to run
	 * @return the due moment
	 * @throws CalendarYearMissing if start or result lies in a year that is not loaded
	 */
	public Instant add(Limit limit, Instant start) {
		return add(budget(limit, start), limit.unit(), start);
	}

	/**
	 * When a budget, for example what was left at a suspension, runs out.
	 * @param budget time of the kind the unit counts, not negative
	 * @param unit tells which time counts
	 * @param start when it begins to run
	 * @return the due moment
	 * @throws CalendarYearMissing if start or result lies in a year that is not loaded
	 */
	public Instant add(Duration budget, LimitUnit unit, Instant start) {
		if (budget.isNegative()) {
			throw new IllegalArgumentException("A budget is not negative: " + budget);
		}
		return switch (unit) {
			case URGENT_HOUR, URGENT_DAY -> start.plus(budget);
			case CALENDAR_DAY -> datesLater(budget, start);
			case WORK_HOUR, WORK_DAY -> officeTimeLater(budget, start);
		};
	}

	/**
	 * How much time a limit grants.
	 * @param limit the limit
	 * @param start when it begins to run
	 * @return office time for 工作时 and 工作日, else plain time; to the second
	 * @throws CalendarYearMissing if the start lies in a year that is not loaded
	 */
	public Duration budget(Limit limit, Instant start) {
		Duration one = switch (limit.unit()) {
			case URGENT_HOUR, WORK_HOUR -> HOUR;
			case URGENT_DAY, CALENDAR_DAY -> DAY;
			case WORK_DAY -> officeDay(start);
		};
		BigDecimal seconds = limit.value().multiply(BigDecimal.valueOf(one.toSeconds()));
		return Duration.ofSeconds(seconds.setScale(0, RoundingMode.HALF_UP).longValueExact());
	}

	/**
	 * The length of one 工作日.
	 * @param at the moment asked about
	 * @return office time of the standard office day then
	 * @throws CalendarYearMissing if the moment lies in a year that is not loaded
	 */
	public Duration officeDay(Instant at) {
		return hoursOn(dateOf(at)).officeDay();
	}

	/**
	 * The office hours kept at a moment, as people are told them.
	 * @param at the moment asked about
	 * @throws CalendarYearMissing if the moment lies in a year that is not loaded
	 */
	public OfficeHours officeHours(Instant at) {
		return hoursOn(dateOf(at));
	}

	/**
	 * Office time between two moments.
	 * @param from one moment
	 * @param to another; if it is the earlier one the answer is negative
	 * @return the office time
	 * @throws CalendarYearMissing if the time between touches a year that is not loaded
	 */
	public Duration workingTimeBetween(Instant from, Instant to) {
		if (to.isBefore(from)) {
			return workingTimeBetween(to, from).negated();
		}
		Duration sum = Duration.ZERO;
		LocalDate last = dateOf(to);
		for (LocalDate date = dateOf(from); !date.isAfter(last); date = date.plusDays(1)) {
			for (OfficeHours.Span span : spansOn(date)) {
				Instant opens = later(opening(date, span), from);
				Instant closes = earlier(closing(date, span), to);
				if (opens.isBefore(closes)) {
					sum = sum.plus(Duration.between(opens, closes));
				}
			}
		}
		return sum;
	}

	/**
	 * Time between two moments as a unit counts it.
	 * @param unit tells which time counts
	 * @param from one moment
	 * @param to another; if it is the earlier one the answer is negative
	 * @return the time that counts
	 * @throws CalendarYearMissing if office time is asked for in a year that is not
	 * loaded
	 */
	public Duration timeBetween(LimitUnit unit, Instant from, Instant to) {
		return switch (unit) {
			case URGENT_HOUR, URGENT_DAY -> Duration.between(from, to);
			case CALENDAR_DAY -> {
				requireYear(dateOf(from));
				requireYear(dateOf(to));
				yield Duration.between(local(from), local(to));
			}
			case WORK_HOUR, WORK_DAY -> workingTimeBetween(from, to);
		};
	}

	/**
	 * What is left of a running limit.
	 * @param unit tells which time counts
	 * @param now the present moment
	 * @param due when the limit runs out
	 * @return the time left; negative by how much it has been exceeded
	 * @throws CalendarYearMissing if the time between touches a year that is not loaded
	 */
	public Duration remaining(LimitUnit unit, Instant now, Instant due) {
		return timeBetween(unit, now, due);
	}

	/**
	 * Whether the office is open.
	 * @param at the moment asked about; the opening moment counts as open, the closing
	 * moment does not
	 * @return true within office hours
	 * @throws CalendarYearMissing if the moment lies in a year that is not loaded
	 */
	public boolean isOpen(Instant at) {
		LocalDate date = dateOf(at);
		return spansOn(date).stream()
			.anyMatch((span) -> !at.isBefore(opening(date, span)) && at.isBefore(closing(date, span)));
	}

	/**
	 * When the office is next open.
	 * @param at the moment asked about
	 * @return that moment itself while the office is open, else the next opening, also
	 * the one after a break
	 * @throws CalendarYearMissing if none is found before a year that is not loaded
	 */
	public Instant nextOpening(Instant at) {
		for (LocalDate date = dateOf(at);; date = date.plusDays(1)) {
			for (OfficeHours.Span span : spansOn(date)) {
				if (at.isBefore(closing(date, span))) {
					return later(opening(date, span), at);
				}
			}
		}
	}

	/**
	 * When the office closes next, be it for a break.
	 * @param at the moment asked about
	 * @return the first closing after that moment
	 * @throws CalendarYearMissing if none is found before a year that is not loaded
	 */
	public Instant nextClosing(Instant at) {
		for (LocalDate date = dateOf(at);; date = date.plusDays(1)) {
			for (OfficeHours.Span span : spansOn(date)) {
				if (at.isBefore(closing(date, span))) {
					return closing(date, span);
				}
			}
		}
	}

	private Instant datesLater(Duration budget, Instant start) {
		requireYear(dateOf(start));
		LocalDateTime due = local(start).plus(budget);
		requireYear(due.toLocalDate());
		return due.atZone(this.zone).toInstant();
	}

	private Instant officeTimeLater(Duration budget, Instant start) {
		LocalDate date = dateOf(start);
		requireYear(date);
		if (budget.isZero()) {
			return start;
		}
		Duration left = budget;
		while (true) {
			for (OfficeHours.Span span : spansOn(date)) {
				Instant from = later(opening(date, span), start);
				Duration open = Duration.between(from, closing(date, span));
				if (left.compareTo(open) <= 0) {
					return from.plus(left);
				}
				if (!open.isNegative()) {
					left = left.minus(open);
				}
			}
			date = date.plusDays(1);
		}
	}

	private List<OfficeHours.Span> spansOn(LocalDate date) {
		OfficeHours hours = hoursOn(date);
		List<OfficeHours.Span> ofWeekday = hours.week().getOrDefault(date.getDayOfWeek(), List.of());
		Boolean works = this.exceptions.get(date);
		if (works == null) {
			return ofWeekday;
		}
		if (!works) {
			return List.of();
		}
		return ofWeekday.isEmpty() ? hours.standard() : ofWeekday;
	}

	private OfficeHours hoursOn(LocalDate date) {
		requireYear(date);
		Map.Entry<LocalDate, OfficeHours> entry = this.hours.floorEntry(date);
		if (entry == null) {
			throw CalendarYearMissing.noHours(this.name, date);
		}
		return entry.getValue();
	}

	private void requireYear(LocalDate date) {
		if (!this.years.contains(date.getYear())) {
			throw CalendarYearMissing.noHolidays(this.name, date.getYear());
		}
	}

	private Instant opening(LocalDate date, OfficeHours.Span span) {
		return ZonedDateTime.of(date, span.opens(), this.zone).toInstant();
	}

	private Instant closing(LocalDate date, OfficeHours.Span span) {
		LocalDate ends = span.untilMidnight() ? date.plusDays(1) : date;
		return ZonedDateTime.of(ends, span.closes(), this.zone).toInstant();
	}

	private LocalDate dateOf(Instant at) {
		return local(at).toLocalDate();
	}

	private LocalDateTime local(Instant at) {
		return LocalDateTime.ofInstant(at, this.zone);
	}

	private static Instant later(Instant one, Instant other) {
		return one.isAfter(other) ? one : other;
	}

	private static Instant earlier(Instant one, Instant other) {
		return one.isBefore(other) ? one : other;
	}

}
