package gridcase.clock;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * The calendar against a reference that looks at every single minute and shares nothing
 * with it. The seed is printed; run again with {@code -Dgridcase.seed=…}.
 */
class WorkingCalendarPropertyTests {

	private static final int TRIALS = 400;

	private static final LocalDateTime FIRST = LocalDateTime.of(2023, 1, 1, 0, 0);

	private static final LocalDateTime END = LocalDateTime.of(2027, 1, 1, 0, 0);

	private static final int MINUTES = (int) ChronoUnit.MINUTES.between(FIRST, END);

	private static final boolean[] OPEN = new boolean[MINUTES];

	private final long seed = Long.getLong("gridcase.seed", System.nanoTime());

	private final WorkingCalendar calendar = Calendars.standard();

	@BeforeAll
	static void lookAtEveryMinute() {
		Set<String> off = new HashSet<>();
		Set<String> work = new HashSet<>();
		Calendars.nationalDays().forEach((date, works) -> (works ? work : off).add(date.toString()));
		for (int minute = 0; minute < MINUTES; minute++) {
			LocalDateTime at = FIRST.plusMinutes(minute);
			String date = at.toLocalDate().toString();
			boolean weekend = at.getDayOfWeek().getValue() >= 6;
			boolean workday = work.contains(date) || (!weekend && !off.contains(date));
			int hour = at.getHour();
			OPEN[minute] = workday && ((hour >= 8 && hour < 12) || (hour >= 14 && hour < 18));
		}
	}

	@ParameterizedTest
	@EnumSource(LimitUnit.class)
	void limitsRunOutWhereCountingMinutesEnds(LimitUnit unit) {
		Random random = random();
		for (int trial = 0; trial < TRIALS; trial++) {
			int start = random.nextInt(MINUTES);
			// tenths: 48 minutes of an office day, six of an hour
			int tenths = random.nextInt(120);
			Limit limit = new Limit(BigDecimal.valueOf(tenths, 1), unit);
			String what = limit + " from " + FIRST.plusMinutes(start) + ", seed " + this.seed;

			Optional<LocalDateTime> expected = count(tenths, unit, start);

			if (expected.isPresent()) {
				assertThat(this.calendar.add(limit, instant(FIRST.plusMinutes(start)))).as(what)
					.isEqualTo(instant(expected.get()));
			}
			else {
				assertThatThrownBy(() -> this.calendar.add(limit, instant(FIRST.plusMinutes(start)))).as(what)
					.isInstanceOfSatisfying(CalendarYearMissing.class,
							(missing) -> assertThat(missing.year()).isEqualTo(2027));
			}
		}
	}

	@Test
	void measuresWhatCountingMinutesMeasures() {
		Random random = random();
		for (int trial = 0; trial < TRIALS; trial++) {
			int from = random.nextInt(MINUTES - 1);
			int to = Math.min(MINUTES - 1, from + random.nextInt(60 * 24 * 60));
			int open = 0;
			for (int minute = from; minute < to; minute++) {
				open += OPEN[minute] ? 1 : 0;
			}
			assertThat(
					this.calendar.workingTimeBetween(instant(FIRST.plusMinutes(from)), instant(FIRST.plusMinutes(to))))
				.as("%s to %s, seed %s", FIRST.plusMinutes(from), FIRST.plusMinutes(to), this.seed)
				.isEqualTo(Duration.ofMinutes(open));
		}
	}

	@ParameterizedTest
	@EnumSource(LimitUnit.class)
	void whatIsLeftAndWhatIsUsedMakeUpTheBudget(LimitUnit unit) {
		Random random = random();
		for (int trial = 0; trial < TRIALS; trial++) {
			Instant start = instant(FIRST).plusSeconds(random.nextInt(MINUTES / 60 * 3500));
			Limit limit = new Limit(BigDecimal.valueOf(random.nextInt(1000), 2), unit);
			Instant due = this.calendar.add(limit, start);
			Instant now = start.plusSeconds((long) (random.nextDouble() * Duration.between(start, due).toSeconds()));

			Duration used = this.calendar.timeBetween(unit, start, now);
			Duration left = this.calendar.remaining(unit, now, due);

			assertThat(used.plus(left)).as("%s from %s, seed %s", limit, start, this.seed)
				.isEqualTo(this.calendar.budget(limit, start));
			// suspended now and resumed at once, it is due when it was
			if (!left.isZero()) {
				assertThat(this.calendar.add(left, unit, now))
					.as("%s from %s at %s, seed %s", limit, start, now, this.seed)
					.isEqualTo(due);
			}
		}
	}

	/** The minute-by-minute reference; empty if it would have to leave 2026. */
	private static Optional<LocalDateTime> count(int tenths, LimitUnit unit, int start) {
		int left = tenths * switch (unit) {
			case URGENT_HOUR, WORK_HOUR -> 6;
			case URGENT_DAY, CALENDAR_DAY -> 144;
			case WORK_DAY -> 48;
		};
		int minute = start;
		while (left > 0) {
			if (minute >= MINUTES) {
				if (unit == LimitUnit.URGENT_HOUR || unit == LimitUnit.URGENT_DAY) {
					return Optional.of(FIRST.plusMinutes(minute + left));
				}
				return Optional.empty();
			}
			boolean counts = !unit.name().startsWith("WORK") || OPEN[minute];
			left -= counts ? 1 : 0;
			minute++;
		}
		boolean inNextYear = minute >= MINUTES && unit == LimitUnit.CALENDAR_DAY;
		return inNextYear ? Optional.empty() : Optional.of(FIRST.plusMinutes(minute));
	}

	private Random random() {
		System.out.println("gridcase.seed=" + this.seed);
		return new Random(this.seed);
	}

	private static Instant instant(LocalDateTime at) {
		return at.atZone(Calendars.SHANGHAI).toInstant();
	}

}
