package gridcase.clock;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.context.i18n.LocaleContextHolder;

import static gridcase.clock.Calendars.at;
import static org.assertj.core.api.Assertions.assertThat;

class WorkingTimeTextTests {

	private final WorkingTimeText text = new WorkingTimeText();

	@BeforeEach
	@AfterEach
	void nobodyAsks() {
		LocaleContextHolder.resetLocaleContext();
	}

	@ParameterizedTest(name = "{0} before {1}: {3}")
	@CsvSource({ "2026-03-18 10:55, 2026-03-18 12:00, WORK_HOUR, 剩 1 时 05 分",
			"2026-03-18 11:32, 2026-03-18 12:00, WORK_HOUR, 剩 28 分",
			"2026-03-18 14:42, 2026-03-18 12:00, WORK_HOUR, 超 42 分",
			"2026-03-16 09:00, 2026-03-18 12:00, WORK_DAY, 剩 2 日 3 时",
			"2026-03-16 08:00, 2026-03-17 18:00, WORK_DAY, 剩 2 日",
			"2026-03-18 11:59:30, 2026-03-18 12:00, WORK_DAY, 剩不到 1 分",
			"2026-03-18 13:00, 2026-03-18 12:00, WORK_DAY, 超不到 1 分",
			"2026-03-18 22:00, 2026-03-19 10:20, URGENT_HOUR, 剩 12 时 20 分",
			"2026-03-21 14:00, 2026-03-18 12:00, URGENT_DAY, 超 3 日 2 时",
			"2026-03-18 16:00, 2026-03-18 18:00, WORK_HOUR, 剩 2 时 00 分" })
	void saysHowMuchIsLeft(String now, String due, LimitUnit unit, String expected) {
		assertThat(remaining(unit, now, due)).isEqualTo(expected);
	}

	private String remaining(LimitUnit unit, String now, String due) {
		WorkingCalendar calendar = Calendars.standard();
		return this.text.remaining(calendar, unit, at(now), calendar.remaining(unit, at(now), at(due)),
				at(now).isAfter(at(due)));
	}

	@Test
	void followsTheLightWithinAMinute() {
		assertThat(this.text.remaining(Calendars.standard(), LimitUnit.WORK_HOUR, at("2026-03-18 11:00"),
				Duration.ofMinutes(-3), false))
			.isEqualTo("剩不到 1 分");
	}

	@Test
	void saysALimitAsARuleDoes() {
		assertThat(this.text.limit(Limit.of(2, LimitUnit.URGENT_HOUR))).isEqualTo("2 紧急工作时");
		assertThat(this.text.limit(new Limit(new BigDecimal("1.50"), LimitUnit.WORK_DAY))).isEqualTo("1.5 工作日");
	}

	@Test
	void speaksEnglishWhenAsked() {
		LocaleContextHolder.setLocale(Locale.ENGLISH);

		assertThat(remaining(LimitUnit.WORK_HOUR, "2026-03-18 14:42", "2026-03-18 12:00")).isEqualTo("42 min over");
	}

}
