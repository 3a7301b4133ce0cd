package gridcase.casework;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.springframework.core.io.ClassPathResource;

/**
 * Office hours and holidays a second time, from the same files but by arithmetic of its
 * own, so that what the platform computes can be held against it. Moments are
 * microseconds since the epoch; offices are eight hours east of Greenwich.
 */
final class WalkTime {

	static final long SECOND = 1_000_000L;

	private static final long DAY = 86_400 * SECOND;

	private static final long EAST = 8 * 3_600 * SECOND;

	/** Office spans of a day as microseconds from midnight, by day of the week. */
	private final Map<DayOfWeek, List<long[]>> week = new HashMap<>();

	private final List<long[]> standard = new ArrayList<>();

	/** Rows of the holiday file as they are now, by date. */
	private final TreeMap<LocalDate, String[]> days = new TreeMap<>();

	/** Whether a listed date is worked, each from a moment on. */
	private final Map<LocalDate, TreeMap<Long, Boolean>> known = new HashMap<>();

	WalkTime() {
		for (String[] row : rows("standard.csv")) {
			long[] span = { ofDay(row[4]), ofDay(row[5]) };
			if (row[3].equals("standard")) {
				this.standard.add(span);
				continue;
			}
			String[] range = row[3].split("-");
			for (int day = Integer.parseInt(range[0]); day <= Integer.parseInt(range[range.length - 1]); day++) {
				this.week.computeIfAbsent(DayOfWeek.of(day), (each) -> new ArrayList<>()).add(span);
			}
		}
		for (String[] row : rows("cn_holidays.csv")) {
			this.days.put(LocalDate.parse(row[1]), row);
			know(LocalDate.parse(row[1]), Long.MIN_VALUE, row[3].equals("work"));
		}
	}

	private static List<String[]> rows(String file) {
		try (BufferedReader lines = new BufferedReader(new InputStreamReader(
				new ClassPathResource("registry/calendars/" + file).getInputStream(), StandardCharsets.UTF_8))) {
			return lines.lines().skip(1).filter((line) -> !line.isBlank()).map((line) -> line.split(",")).toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static long ofDay(String time) {
		return LocalTime.parse(time).toSecondOfDay() * SECOND;
	}

	private void know(LocalDate date, long since, Boolean works) {
		this.known.computeIfAbsent(date, (each) -> new TreeMap<>()).put(since, works);
	}

	/**
	 * A new notice turns one date round: a workday becomes a day off, a day off is
	 * worked.
	 * @return the holiday file that says so
	 */
	String turn(LocalDate date, Instant now) {
		boolean works = !spans(date, micros(now)).isEmpty();
		this.days.put(date, new String[] { String.valueOf(date.getYear()), date.toString(), works ? "临时放假" : "临时上班",
				works ? "off" : "work" });
		know(date, micros(now), !works);
		StringBuilder file = new StringBuilder("notice_year,date,holiday_name,day_kind\n");
		this.days.values().forEach((row) -> file.append(String.join(",", row)).append('\n'));
		return file.toString();
	}

	/** Whether a notice of the date's own year, or none, lists it. */
	boolean mayTurn(LocalDate date) {
		String[] row = this.days.get(date);
		return row == null || row[0].equals(String.valueOf(date.getYear()));
	}

	static long micros(Instant moment) {
		return ChronoUnit.MICROS.between(Instant.EPOCH, moment);
	}

	static Instant moment(long micros) {
		return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
	}

	private List<long[]> spans(LocalDate date, long asOf) {
		List<long[]> usual = this.week.getOrDefault(date.getDayOfWeek(), List.of());
		Map.Entry<Long, Boolean> listed = this.known.getOrDefault(date, new TreeMap<>()).floorEntry(asOf);
		if (listed == null) {
			return usual;
		}
		return !listed.getValue() ? List.of() : usual.isEmpty() ? this.standard : usual;
	}

	/** Seconds that a limit of one unit grants, times its value. */
	long budget(double value, String unit) {
		long one = switch (unit) {
			case "URGENT_HOUR", "WORK_HOUR" -> 3_600;
			case "URGENT_DAY", "CALENDAR_DAY" -> 86_400;
			case "WORK_DAY" -> this.standard.stream().mapToLong((span) -> span[1] - span[0]).sum() / SECOND;
			default -> throw new IllegalArgumentException(unit);
		};
		return Math.round(value * one);
	}

	/**
	 * Microseconds that count between two moments.
	 * @param asOf as of when the calendar is meant
	 */
	long between(String unit, long from, long to, long asOf) {
		return unit.startsWith("WORK") ? office(from, to, asOf) : to - from;
	}

	/** Office time between two moments, in microseconds. */
	long office(long from, long to, long asOf) {
		if (to < from) {
			return -office(to, from, asOf);
		}
		long sum = 0;
		for (long day = Math.floorDiv(from + EAST, DAY); day <= Math.floorDiv(to + EAST, DAY); day++) {
			for (long[] span : spans(LocalDate.ofEpochDay(day), asOf)) {
				long midnight = day * DAY - EAST;
				sum += Math.max(0, Math.min(to, midnight + span[1]) - Math.max(from, midnight + span[0]));
			}
		}
		return sum;
	}

	/** The first moment by which that many seconds have counted. */
	long after(long seconds, String unit, long from, long asOf) {
		long left = Math.max(0, seconds) * SECOND;
		if (!unit.startsWith("WORK") || left == 0) {
			return from + left;
		}
		for (long day = Math.floorDiv(from + EAST, DAY);; day++) {
			for (long[] span : spans(LocalDate.ofEpochDay(day), asOf)) {
				long midnight = day * DAY - EAST;
				long opens = Math.max(from, midnight + span[0]);
				long open = Math.max(0, midnight + span[1] - opens);
				if (open > 0 && left <= open) {
					return opens + left;
				}
				left -= open;
			}
		}
	}

}
