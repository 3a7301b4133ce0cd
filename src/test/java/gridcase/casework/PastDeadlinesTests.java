package gridcase.casework;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import gridcase.casework.PastDeadlines.Judged;
import gridcase.casework.PastDeadlines.Past;
import gridcase.casework.PastDeadlines.Rest;
import gridcase.clock.Limit;
import gridcase.clock.LimitUnit;
import gridcase.clock.OfficeHours;
import gridcase.clock.WorkingCalendar;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What other limits would have done, against figures reckoned by hand. The office is open
 * from 8 to 12 and from 14 to 18, Monday to Friday; Monday 6 April 2026 is a holiday.
 */
class PastDeadlinesTests {

	private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

	private static final WorkingCalendar CALENDAR = calendar();

	private static final Instant FRIDAY_14 = at(3, 14, 0);

	/** Four hours on Friday, none on Monday, four and one on Tuesday: nine. */
	private static final Instant TUESDAY_15 = at(7, 15, 0);

	private static WorkingCalendar calendar() {
		List<OfficeHours.Span> spans = List.of(new OfficeHours.Span(LocalTime.of(8, 0), LocalTime.of(12, 0)),
				new OfficeHours.Span(LocalTime.of(14, 0), LocalTime.of(18, 0)));
		Map<DayOfWeek, List<OfficeHours.Span>> week = new EnumMap<>(DayOfWeek.class);
		for (int day = 1; day <= 5; day++) {
			week.put(DayOfWeek.of(day), spans);
		}
		return new WorkingCalendar("试算", ZONE, Map.of(LocalDate.of(2000, 1, 1), new OfficeHours(spans, week)),
				Map.of(LocalDate.of(2026, 4, 6), false), Set.of(2026));
	}

	private static Instant at(int day, int hour, int minute) {
		return LocalDateTime.of(2026, 4, day, hour, minute).atZone(ZONE).toInstant();
	}

	/** Two working days from Friday 14:00, perhaps with more granted. */
	private static Past past(Instant done, Duration extended, Rest... rests) {
		Deadline begun = Deadline.start(1, "handle", "p", "STATION", "", Limit.of(2, LimitUnit.WORK_DAY), 80,
				"time-limit v1 R", Duration.ZERO, FRIDAY_14, CALENDAR);
		Deadline deadline = extended.isZero() ? begun : begun.extended(extended, FRIDAY_14, CALENDAR);
		for (Rest rest : rests) {
			deadline = deadline.paused(rest.from(), CALENDAR);
			if (rest.to() != null) {
				deadline = deadline.resumed(rest.to(), CALENDAR);
			}
		}
		return new Past("C1", (done != null) ? deadline.done(done) : deadline, "U1", "S0501", false, "GENERAL",
				List.of(rests));
	}

	private static Judged judge(Past past, String value, LimitUnit unit) {
		return PastDeadlines.judge(past, new Limit(new BigDecimal(value), unit), 80, TUESDAY_15, CALENDAR);
	}

	@Test
	void oneDayInsteadOfTwoEndsOnTuesdayAtNoonBecauseMondayIsAHoliday() {
		assertThat(judge(past(TUESDAY_15, Duration.ZERO), "1", LimitUnit.WORK_DAY))
			.isEqualTo(new Judged(true, true, 9 * 3600, -3600));
		assertThat(judge(past(at(7, 12, 0), Duration.ZERO), "1", LimitUnit.WORK_DAY))
			.as("done at the last moment is in time")
			.isEqualTo(new Judged(true, false, 8 * 3600, 0));
		assertThat(judge(past(at(7, 13, 0), Duration.ZERO), "1", LimitUnit.WORK_DAY))
			.as("used up at noon, done over lunch: late without a second of office time")
			.isEqualTo(new Judged(true, true, 8 * 3600, 0));
	}

	@Test
	void theSameLimitDoesWhatItDid() {
		assertThat(judge(past(TUESDAY_15, Duration.ZERO), "2", LimitUnit.WORK_DAY))
			.isEqualTo(new Judged(false, false, 9 * 3600, 7 * 3600));
	}

	@Test
	void aWarningIsGivenAtItsShare() {
		// 80 percent of ten hours are eight: Tuesday noon
		assertThat(judge(past(TUESDAY_15, Duration.ZERO), "10", LimitUnit.WORK_HOUR))
			.isEqualTo(new Judged(true, false, 9 * 3600, 3600));
		// of twelve hours 9.6: not reached
		assertThat(judge(past(TUESDAY_15, Duration.ZERO), "12", LimitUnit.WORK_HOUR))
			.isEqualTo(new Judged(false, false, 9 * 3600, 3 * 3600));
	}

	@Test
	void anExtensionThatWasGrantedStays() {
		assertThat(judge(past(TUESDAY_15, Duration.ofHours(8)), "1", LimitUnit.WORK_DAY))
			.isEqualTo(new Judged(false, false, 9 * 3600, 7 * 3600));
	}

	@Test
	void timeThatStoodStillDoesNotCount() {
		Rest rest = new Rest(at(3, 16, 0), at(7, 9, 0));
		// two hours on Friday, three and one on Tuesday
		assertThat(judge(past(TUESDAY_15, Duration.ZERO, rest), "5", LimitUnit.WORK_HOUR))
			.isEqualTo(new Judged(true, true, 6 * 3600, -3600));
		// day and night: two on Friday, six on Tuesday
		assertThat(judge(past(TUESDAY_15, Duration.ZERO, rest), "7", LimitUnit.URGENT_HOUR))
			.isEqualTo(new Judged(true, true, 8 * 3600, -3600));
		assertThat(judge(past(TUESDAY_15, Duration.ZERO, rest), "9", LimitUnit.URGENT_HOUR))
			.isEqualTo(new Judged(true, false, 8 * 3600, 3600));
	}

	@Test
	void betweenOfficeTimeAndDayAndNightTheWholeWayIsCountedAnew() {
		// Friday 14:00 to Tuesday 15:00
		assertThat(judge(past(TUESDAY_15, Duration.ZERO), "96", LimitUnit.URGENT_HOUR))
			.isEqualTo(new Judged(true, true, 97 * 3600, -3600));
		assertThat(judge(past(TUESDAY_15, Duration.ZERO), "4", LimitUnit.CALENDAR_DAY))
			.isEqualTo(new Judged(true, true, 97 * 3600, -3600));
	}

	@Test
	void whatHasNotEndedIsJudgedByNow() {
		assertThat(judge(past(null, Duration.ZERO), "9", LimitUnit.WORK_HOUR))
			.as("due this very moment: the timer fires")
			.isEqualTo(new Judged(true, true, 9 * 3600, 0));
		assertThat(judge(past(null, Duration.ZERO), "10", LimitUnit.WORK_HOUR))
			.isEqualTo(new Judged(true, false, 9 * 3600, 3600));
		assertThat(judge(past(null, Duration.ZERO, new Rest(at(3, 16, 0), null)), "1", LimitUnit.WORK_HOUR))
			.as("suspended after two hours")
			.isEqualTo(new Judged(true, true, 2 * 3600, -3600));
		assertThat(judge(past(null, Duration.ZERO, new Rest(at(3, 16, 0), null)), "3", LimitUnit.WORK_HOUR))
			.isEqualTo(new Judged(false, false, 2 * 3600, 3600));
	}

}
