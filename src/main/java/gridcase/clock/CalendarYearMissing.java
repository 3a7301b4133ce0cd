package gridcase.clock;

import gridcase.shared.Refusal;

/**
 * A limit or a measurement reaches a year whose holidays nobody has loaded yet. Loading
 * the holiday notice of that year is what helps.
 */
public class CalendarYearMissing extends Refusal {

	private final String calendar;

	private final int year;

	CalendarYearMissing(String calendar, int year) {
		super(Kind.RULE, ClockText.of("clock.year-missing", calendar, Integer.toString(year)));
		this.calendar = calendar;
		this.year = year;
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
