package gridcase.clock;

import java.time.LocalDate;

import gridcase.shared.Refusal;
import gridcase.shared.Texts;

/**
 * A limit or a measurement reaches a year whose holidays nobody has loaded, or a time
 * before the calendar's first office hours. Loading the holiday notice of that year, or
 * the hours, is what helps; the message says which.
 */
public class CalendarYearMissing extends Refusal {

	private final String calendar;

	private final int year;

	private CalendarYearMissing(String calendar, int year, String message) {
		super(Kind.RULE, message);
		this.calendar = calendar;
		this.year = year;
	}

	static CalendarYearMissing noHolidays(String calendar, int year) {
		return new CalendarYearMissing(calendar, year,
				Texts.of("clock", "clock.year-missing", calendar, Integer.toString(year)));
	}

	static CalendarYearMissing noHours(String calendar, LocalDate date) {
		return new CalendarYearMissing(calendar, date.getYear(),
				Texts.of("clock", "clock.hours-missing", calendar, date));
	}

	/**
	 * Which calendar lacks the year.
	 * @return name of the calendar as people see it
	 */
	public String calendar() {
		return this.calendar;
	}

	/**
	 * The missing year.
	 * @return for example 2027
	 */
	public int year() {
		return this.year;
	}

}
