package gridcase.clock;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static gridcase.clock.Calendars.at;
import static gridcase.clock.Calendars.hours;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class WorkingCalendarTests {

	private final WorkingCalendar calendar = Calendars.standard();

	@ParameterizedTest(name = "{0}: {2} {3} from {1}")
	@CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
			what                                    | start            | value | unit         | due
			within the morning                      | 2026-03-18 09:00 | 2     | WORK_HOUR    | 2026-03-18 11:00
			used up exactly at lunch                | 2026-03-18 10:00 | 2     | WORK_HOUR    | 2026-03-18 12:00
			across lunch                            | 2026-03-18 11:00 | 2     | WORK_HOUR    | 2026-03-18 15:00
			start in the lunch break                | 2026-03-18 12:30 | 1     | WORK_HOUR    | 2026-03-18 15:00
			start at closing                        | 2026-03-18 18:00 | 1     | WORK_HOUR    | 2026-03-19 09:00
			used up exactly at closing              | 2026-03-18 16:00 | 2     | WORK_HOUR    | 2026-03-18 18:00
			half an hour                            | 2026-03-18 17:45 | 0.5   | WORK_HOUR    | 2026-03-19 08:15
			over a weekend                          | 2026-03-20 17:00 | 2     | WORK_HOUR    | 2026-03-23 09:00
			one office day, not 24 hours            | 2026-03-18 10:00 | 1     | WORK_DAY     | 2026-03-19 10:00
			one office day from opening             | 2026-03-18 08:00 | 1     | WORK_DAY     | 2026-03-18 18:00
			one office day from the evening before  | 2026-03-17 19:00 | 1     | WORK_DAY     | 2026-03-18 18:00
			one office day from closing             | 2026-03-18 18:00 | 1     | WORK_DAY     | 2026-03-19 18:00
			one office day from lunch               | 2026-03-18 13:00 | 1     | WORK_DAY     | 2026-03-19 12:00
			office day from Friday                  | 2026-03-20 15:00 | 1     | WORK_DAY     | 2026-03-23 15:00
			春节, the make-up Saturday before works | 2026-02-13 17:00 | 9     | WORK_HOUR    | 2026-02-14 18:00
			春节, Saturday to Tuesday after         | 2026-02-14 17:00 | 2     | WORK_HOUR    | 2026-02-24 09:00
			春节, two office days across            | 2026-02-14 10:00 | 2     | WORK_DAY     | 2026-02-25 10:00
			the make-up Saturday after 春节         | 2026-02-27 17:00 | 1     | WORK_DAY     | 2026-02-28 17:00
			year end, 元旦 off, Sunday made up      | 2025-12-31 17:00 | 2     | WORK_HOUR    | 2026-01-04 09:00
			notice of 2023 names a day of 2022      | 2023-01-02 10:00 | 1     | WORK_HOUR    | 2023-01-03 09:00
			urgent over midnight                    | 2026-03-18 23:00 | 2     | URGENT_HOUR  | 2026-03-19 01:00
			urgent over a holiday                   | 2026-02-15 20:00 | 1     | URGENT_DAY   | 2026-02-16 20:00
			urgent over the year end                | 2025-12-31 23:30 | 2     | URGENT_HOUR  | 2026-01-01 01:30
			dates over the year end                 | 2025-12-30 09:00 | 5     | CALENDAR_DAY | 2026-01-04 09:00
			half a date                             | 2026-03-18 18:00 | 0.5   | CALENDAR_DAY | 2026-03-19 06:00
			nothing, at night                       | 2026-03-18 22:00 | 0     | WORK_DAY     | 2026-03-18 22:00
			nothing, in the office                  | 2026-03-18 10:00 | 0     | WORK_HOUR    | 2026-03-18 10:00
			nothing, urgent                         | 2026-03-18 22:00 | 0     | URGENT_HOUR  | 2026-03-18 22:00
			the last closing that is known          | 2026-12-31 10:00 | 6     | WORK_HOUR    | 2026-12-31 18:00
			""")
	void limitsRunOutWhenTheirTimeIsUsedUp(String what, String start, BigDecimal value, LimitUnit unit, String due) {
		assertThat(this.calendar.add(new Limit(value, unit), at(start))).isEqualTo(at(due));
	}

	@ParameterizedTest(name = "{0} to {1}")
	@CsvSource(delimiter = '|', textBlock = """
			2026-03-18 08:00 | 2026-03-18 18:00 | PT8H
			2026-03-18 11:50 | 2026-03-18 14:10 | PT20M
			2026-03-18 12:00 | 2026-03-18 14:00 | PT0S
			2026-03-18 18:00 | 2026-03-19 08:00 | PT0S
			2026-02-13 18:00 | 2026-02-24 08:00 | PT8H
			2026-03-18 15:00 | 2026-03-18 14:30 | PT-30M
			""")
	void measuresOfficeTime(String from, String to, Duration expected) {
		assertThat(this.calendar.workingTimeBetween(at(from), at(to))).isEqualTo(expected);
	}

	@Test
	void remainingTurnsNegativeAfterTheDeadline() {
		Instant due = at("2026-03-18 18:00");

		assertThat(this.calendar.remaining(LimitUnit.WORK_DAY, at("2026-03-18 11:00"), due))
			.isEqualTo(Duration.ofHours(5));
		assertThat(this.calendar.remaining(LimitUnit.WORK_DAY, at("2026-03-19 08:42"), due))
			.isEqualTo(Duration.ofMinutes(-42));
		assertThat(this.calendar.remaining(LimitUnit.URGENT_HOUR, at("2026-03-19 08:00"), due))
			.isEqualTo(Duration.ofHours(-14));
	}

	@ParameterizedTest(name = "{0}")
	@CsvSource(delimiter = '|', textBlock = """
			2026-03-18 08:00 | true  | 2026-03-18 08:00 | 2026-03-18 12:00
			2026-03-18 07:59 | false | 2026-03-18 08:00 | 2026-03-18 12:00
			2026-03-18 12:00 | false | 2026-03-18 14:00 | 2026-03-18 18:00
			2026-03-20 18:00 | false | 2026-03-23 08:00 | 2026-03-23 12:00
			2026-02-14 10:00 | true  | 2026-02-14 10:00 | 2026-02-14 12:00
			2026-02-16 10:00 | false | 2026-02-24 08:00 | 2026-02-24 12:00
			""")
	void knowsWhenTheOfficeIsOpen(String at, boolean open, String opening, String closing) {
		assertThat(this.calendar.isOpen(at(at))).isEqualTo(open);
		assertThat(this.calendar.nextOpening(at(at))).isEqualTo(at(opening));
		assertThat(this.calendar.nextClosing(at(at))).isEqualTo(at(closing));
	}

	@ParameterizedTest
	@CsvSource({ "2023, 249, 7", "2024, 251, 8", "2025, 248, 5", "2026, 248, 6" })
	void hasAsManyWorkingDaysAsTheNoticesSay(int year, long workingDays, long madeUp) {
		LocalDate first = LocalDate.of(year, 1, 1);
		List<LocalDate> open = first.datesUntil(first.plusYears(1))
			.filter((date) -> this.calendar.isOpen(at(date + " 09:00")))
			.toList();

		assertThat(open).hasSize((int) workingDays);
		assertThat(open.stream().filter((date) -> date.getDayOfWeek().getValue() > 5)).hasSize((int) madeUp);
	}

	@ParameterizedTest(name = "{1} {2} from {0} needs {3}")
	@CsvSource({ "2026-12-31 17:00, 2, WORK_HOUR, 2027", "2026-12-31 18:00, 1, WORK_DAY, 2027",
			"2026-12-20 10:00, 12, CALENDAR_DAY, 2027", "2022-12-31 10:00, 1, WORK_HOUR, 2022",
			"2027-03-01 10:00, 0, WORK_HOUR, 2027", "2027-03-01 10:00, 1, WORK_DAY, 2027" })
	void namesTheYearThatIsNotLoaded(String start, long value, LimitUnit unit, int year) {
		assertThatThrownBy(() -> this.calendar.add(Limit.of(value, unit), at(start)))
			.isInstanceOfSatisfying(CalendarYearMissing.class, (missing) -> {
				assertThat(missing.year()).isEqualTo(year);
				assertThat(missing.calendar()).isEqualTo("通用工作日历");
			})
			.hasMessageContaining("通用工作日历")
			.hasMessageContaining(year + " 年");
	}

	@Test
	void asksForTheMissingYearInEveryQuestion() {
		Instant known = at("2026-12-31 19:00");
		Instant unknown = at("2027-01-04 10:00");

		assertThatThrownBy(() -> this.calendar.workingTimeBetween(known, unknown))
			.isInstanceOf(CalendarYearMissing.class);
		assertThatThrownBy(() -> this.calendar.isOpen(unknown)).isInstanceOf(CalendarYearMissing.class);
		assertThatThrownBy(() -> this.calendar.nextOpening(known)).isInstanceOf(CalendarYearMissing.class);
		assertThatThrownBy(() -> this.calendar.nextClosing(known)).isInstanceOf(CalendarYearMissing.class);
	}

	@Test
	void urgentUnitsNeverAskTheCalendar() {
		assertThat(this.calendar.add(Limit.of(2, LimitUnit.URGENT_HOUR), at("2026-12-31 23:30")))
			.isEqualTo(at("2027-01-01 01:30"));
	}

	@Test
	void anOfficeDayIsAsLongAsTheStandardDayNotAsTheDayAtHand() {
		WorkingCalendar shortFridays = Calendars.weekly(List.of(hours("09:00", "12:00"), hours("13:00", "17:00")),
				Map.of(DayOfWeek.FRIDAY, List.of(hours("09:00", "12:00"))));

		// Thursday 16:00: one hour, Friday three, three of Monday's
		assertThat(shortFridays.add(Limit.of(1, LimitUnit.WORK_DAY), at("2026-03-19 16:00")))
			.isEqualTo(at("2026-03-23 12:00"));
	}

	@Test
	void officeHoursMayReachMidnightAndContinue() {
		WorkingCalendar nights = Calendars.weekly(List.of(hours("00:00", "02:00"), hours("20:00", "00:00")), Map.of());

		assertThat(nights.add(Limit.of(6, LimitUnit.WORK_HOUR), at("2026-03-18 20:00")))
			.isEqualTo(at("2026-03-19 02:00"));
		assertThat(nights.officeDay(at("2026-03-18 20:00"))).isEqualTo(Duration.ofHours(6));
	}

	@Test
	void newHoursHoldFromTheirFirstDate() {
		OfficeHours winter = week("08:30", "16:30");
		OfficeHours summer = week("07:00", "13:00");
		WorkingCalendar seasons = new WorkingCalendar("四季", Calendars.SHANGHAI,
				Map.of(LocalDate.of(2026, 1, 1), winter, LocalDate.of(2026, 6, 2), summer), Map.of(), Set.of(2026));

		assertThat(seasons.add(Limit.of(9, LimitUnit.WORK_HOUR), at("2026-06-01 08:30")))
			.isEqualTo(at("2026-06-02 08:00"));
	}

	@Test
	void daylightSavingNeitherAddsNorTakesOfficeTime() {
		ZoneId berlin = ZoneId.of("Europe/Berlin");
		WorkingCalendar european = new WorkingCalendar("DST", berlin,
				Map.of(LocalDate.of(2026, 1, 1), week("08:00", "16:00")), Map.of(), Set.of(2026));
		Instant friday = Instant.parse("2026-03-27T14:00:00Z"); // 15:00 winter time

		assertThat(european.add(Limit.of(2, LimitUnit.WORK_HOUR), friday))
			.isEqualTo(Instant.parse("2026-03-30T07:00:00Z")); // 09:00 summer time
		assertThat(european.add(Limit.of(3, LimitUnit.CALENDAR_DAY), friday))
			.isEqualTo(Instant.parse("2026-03-30T13:00:00Z"));
		assertThat(european.add(Limit.of(3, LimitUnit.URGENT_DAY), friday))
			.isEqualTo(Instant.parse("2026-03-30T14:00:00Z"));
	}

	@ParameterizedTest
	@EnumSource(LimitUnit.class)
	void limitsAreNeverNegativeNorAbsurd(LimitUnit unit) {
		assertThatIllegalArgumentException().isThrownBy(() -> Limit.of(-1, unit));
		assertThatIllegalArgumentException().isThrownBy(() -> Limit.of(Limit.MOST + 1, unit));
		assertThat(Limit.of(5, unit).share(80).value()).isEqualByComparingTo("4");
	}

	private static OfficeHours week(String opens, String closes) {
		List<OfficeHours.Span> day = List.of(hours(opens, closes));
		return new OfficeHours(day, Map.of(DayOfWeek.MONDAY, day, DayOfWeek.TUESDAY, day, DayOfWeek.WEDNESDAY, day,
				DayOfWeek.THURSDAY, day, DayOfWeek.FRIDAY, day));
	}

}
