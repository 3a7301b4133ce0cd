package gridcase.clock;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The weekly office hours of a place.
 *
 * @param standard the standard office day: its length is one 工作日, and it is kept on
 * make-up workdays whose weekday has no hours of its own
 * @param week hours per weekday; a weekday that is missing is off
 */
public record OfficeHours(List<Span> standard, Map<DayOfWeek, List<Span>> week) {

	public OfficeHours {
		standard = ordered(standard);
		week = week.entrySet()
			.stream()
			.collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, (entry) -> ordered(entry.getValue())));
		if (standard.isEmpty()) {
			throw new IllegalArgumentException("A standard office day has at least one span of hours");
		}
	}

	private static List<Span> ordered(List<Span> spans) {
		List<Span> ordered = spans.stream().sorted(Comparator.comparing(Span::opens)).toList();
		for (int i = 1; i < ordered.size(); i++) {
			if (ordered.get(i - 1).overlaps(ordered.get(i))) {
				throw new IllegalArgumentException("Office hours overlap: " + ordered);
			}
		}
		return ordered;
	}

	/**
	 * The length of one 工作日.
	 * @return office time of the standard day
	 */
	public Duration officeDay() {
		return this.standard.stream().map(Span::length).reduce(Duration.ZERO, Duration::plus);
	}

	/**
	 * Hours without a break. The office is open from {@code opens} until just before
	 * {@code closes}.
	 *
	 * @param opens first moment of the span
	 * @param closes the moment it ends; 00:00 means the end of the day
	 */
	public record Span(LocalTime opens, LocalTime closes) {

		public Span {
			if (!closes.equals(LocalTime.MIDNIGHT) && !closes.isAfter(opens)) {
				throw new IllegalArgumentException("An office closes after it opens: " + opens + " to " + closes);
			}
		}

		boolean untilMidnight() {
			return this.closes.equals(LocalTime.MIDNIGHT);
		}

		Duration length() {
			Duration length = Duration.between(this.opens, this.closes);
			return untilMidnight() ? length.plusDays(1) : length;
		}

		boolean overlaps(Span other) {
			return (untilMidnight() || other.opens.isBefore(this.closes))
					&& (other.untilMidnight() || this.opens.isBefore(other.closes));
		}

	}

}
