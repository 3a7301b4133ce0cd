package gridcase.clock;

import gridcase.shared.Texts;

import java.time.Duration;
import java.time.Instant;

import org.springframework.stereotype.Component;

/**
 * Times and limits as pages write them: 剩 28 分, 剩 1 时 05 分, 超 2 日 4 时. One 日 is an office
 * day where office time counts, else twenty-four hours. Parts of a minute (beside days:
 * of an hour) are dropped.
 */
@Component
public class WorkingTimeText {

	/**
	 * What is left of a limit, or by how much it is exceeded.
	 * @param calendar the calendar the limit runs on
	 * @param unit its unit
	 * @param now the present moment; tells how long an office day is
	 * @param left what is left, negative when exceeded
	 * @param over whether it counts as exceeded; the words follow this, whatever a
	 * fraction of a minute says
	 * @return for example 剩 1 时 05 分
	 */
	public String remaining(WorkingCalendar calendar, LimitUnit unit, Instant now, Duration left, boolean over) {
		Duration day = unit.countsOfficeTime() ? calendar.officeDay(now) : Duration.ofDays(1);
		Duration shown = over ? left.negated() : left;
		if (shown.toMinutes() <= 0) {
			return Texts.of("clock", over ? "clock.over-moment" : "clock.left-moment");
		}
		return Texts.of("clock", over ? "clock.over" : "clock.left", length(shown, day));
	}

	/**
	 * A length of time.
	 * @param time the time, not negative
	 * @param day how long one 日 is
	 * @return for example 2 日 4 时
	 */
	public String length(Duration time, Duration day) {
		long days = time.dividedBy(day);
		if (days > 0) {
			long hours = time.minus(day.multipliedBy(days)).toHours();
			return (hours > 0) ? Texts.of("clock", "clock.days-hours", Long.toString(days), hours)
					: Texts.of("clock", "clock.days", Long.toString(days));
		}
		return (time.toHours() > 0)
				? Texts.of("clock", "clock.hours", time.toHours(), String.format("%02d", time.toMinutesPart()))
				: Texts.of("clock", "clock.minutes", time.toMinutes());
	}

	/**
	 * A limit as a rule states it.
	 * @param limit the limit
	 * @return for example 2 紧急工作时
	 */
	public String limit(Limit limit) {
		String value = limit.value().stripTrailingZeros().toPlainString();
		return Texts.of("clock", "clock.limit." + limit.unit(), value);
	}

}
