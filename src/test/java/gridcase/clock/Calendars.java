package gridcase.clock;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.springframework.core.io.ClassPathResource;

/** Calendars for tests, without a database. */
final class Calendars {

	static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

	static final Set<Integer> YEARS = Set.of(2023, 2024, 2025, 2026);

	private Calendars() {
	}

	static OfficeHours.Span hours(String opens, String closes) {
		return new OfficeHours.Span(LocalTime.parse(opens), LocalTime.parse(closes));
	}

	/** The shipped one: Monday to Friday, 08:00 to 12:00 and 14:00 to 18:00. */
	static WorkingCalendar standard() {
		return weekly(List.of(hours("08:00", "12:00"), hours("14:00", "18:00")), Map.of());
	}

	static WorkingCalendar weekly(List<OfficeHours.Span> monToFri, Map<DayOfWeek, List<OfficeHours.Span>> differently) {
		Map<DayOfWeek, List<OfficeHours.Span>> week = new EnumMap<>(DayOfWeek.class);
		for (int day = 1; day <= 5; day++) {
			week.put(DayOfWeek.of(day), monToFri);
		}
		week.putAll(differently);
		return new WorkingCalendar("通用工作日历", SHANGHAI,
				Map.of(LocalDate.of(2000, 1, 1), new OfficeHours(monToFri, week)), nationalDays(), YEARS);
	}

	/** Make-up workdays (true) and days off (false) as the shipped file has them. */
	static Map<LocalDate, Boolean> nationalDays() {
		Map<LocalDate, Boolean> days = new HashMap<>();
		try (BufferedReader file = new BufferedReader(
				new InputStreamReader(new ClassPathResource("registry/calendars/cn_holidays.csv").getInputStream(),
						StandardCharsets.UTF_8))) {
			file.lines()
				.skip(1)
				.map((line) -> line.split(","))
				.forEach((cells) -> days.put(LocalDate.parse(cells[1]), cells[3].equals("work")));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return days;
	}

	/** A moment in Shanghai, written {@code 2026-02-14 09:30}. */
	static Instant at(String text) {
		return LocalDateTime.parse(text.replace(' ', 'T')).atZone(SHANGHAI).toInstant();
	}

}
