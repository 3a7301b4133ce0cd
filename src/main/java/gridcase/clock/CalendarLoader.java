package gridcase.clock;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import gridcase.shared.LoadRefused;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Loads working calendars from CSV (UTF-8, header line): the whole file or nothing.
 * Loading the same file again changes nothing. An empty platform starts with the calendar
 * and the holidays that come along.
 */
@Component
public class CalendarLoader implements SmartInitializingSingleton {

	/** The list of holidays that comes with the platform. */
	public static final String NATIONAL_DAYS = "cn";

	private static final LocalDate SHIPPED_SINCE = LocalDate.of(2000, 1, 1);

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("H:mm");

	private static final Pattern WEEKDAYS = Pattern.compile("([1-7])(?:-([1-7]))?");

	private final JdbcClient jdbc;

	private final TransactionTemplate transaction;

	private final PlatformClock clock;

	private final WorkingCalendars calendars;

	private final ApplicationEventPublisher events;

	/** While set, this thread only tries: nobody is told, and all of it is undone. */
	private final ThreadLocal<Boolean> previewing = new ThreadLocal<>();

	CalendarLoader(JdbcClient jdbc, PlatformTransactionManager transactions, PlatformClock clock,
			WorkingCalendars calendars, ApplicationEventPublisher events) {
		this.jdbc = jdbc;
		this.transaction = new TransactionTemplate(transactions);
		this.clock = clock;
		this.calendars = calendars;
		this.events = events;
	}

	@Override
	public void afterSingletonsInstantiated() {
		if (!this.calendars.codes().isEmpty()) {
			return;
		}
		this.transaction.executeWithoutResult((status) -> {
			loadDays(shipped("cn_holidays.csv"), NATIONAL_DAYS);
			loadHours(shipped("standard.csv"), SHIPPED_SINCE);
		});
	}

	private static Reader shipped(String file) {
		try {
			return new InputStreamReader(new ClassPathResource("registry/calendars/" + file).getInputStream(),
					StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Loads holidays and make-up workdays: columns {@code notice_year, date,
	 * holiday_name, day_kind} ({@code off} or {@code work}). A notice in the file takes
	 * the place of the notice of that year; other years stay. A year is known once its
	 * notice is loaded.
	 * @param csv the file, read to its end and closed
	 * @param dayList the list the notices belong to, for example {@value #NATIONAL_DAYS}
	 * @return whether anything changed
	 * @throws LoadRefused with every problem, if there is any
	 */
	public boolean loadDays(Reader csv, String dayList) {
		CsvSheet sheet = CsvSheet.read(csv, List.of("notice_year", "date", "holiday_name", "day_kind"));
		Map<LocalDate, Day> days = new LinkedHashMap<>();
		Map<LocalDate, Integer> lines = new LinkedHashMap<>();
		for (CsvSheet.Row row : sheet.rows()) {
			Integer year = year(row);
			LocalDate date = date(row);
			Boolean works = works(row);
			String name = row.text("holiday_name");
			if (year == null || date == null || works == null || name == null) {
				continue;
			}
			if (Math.abs(date.getYear() - year) > 1) {
				row.refuse("date", "clock.load.far", year.toString());
			}
			Integer before = lines.putIfAbsent(date, row.line());
			if (before != null) {
				row.refuse("date", "clock.load.twice", before.toString());
			}
			days.put(date, new Day(date, name, works, year));
		}
		return this.transaction.execute((status) -> {
			Map<LocalDate, Day> present = presentDays(dayList);
			Set<Integer> years = new TreeSet<>(days.values().stream().map(Day::noticeYear).toList());
			for (CsvSheet.Row row : sheet.rows()) {
				Day listed = row.isRefused() ? null : present.get(LocalDate.parse(row.cell("date")));
				if (listed != null && !years.contains(listed.noticeYear())) {
					row.refuse("date", "clock.load.other-notice", Integer.toString(listed.noticeYear()));
				}
			}
			sheet.requireGood();
			return replaceDays(dayList, present, days, years);
		});
	}

	/**
	 * The calendars that {@link #loadDays} would change, as they would be; nothing is
	 * loaded.
	 * @return calendars by code, empty if nothing would change
	 * @throws LoadRefused with every problem, if there is any
	 */
	public Map<String, WorkingCalendar> previewDays(Reader csv, String dayList) {
		return preview(() -> loadDays(csv, dayList));
	}

	/** The same for {@link #loadHours}. */
	public Map<String, WorkingCalendar> previewHours(Reader csv, LocalDate from) {
		return preview(() -> loadHours(csv, from));
	}

	/**
	 * A file that would put back what another one changes.
	 * @param csv the file, not yet loaded, read to its end and closed
	 * @param dayList the list the notices belong to
	 * @return empty if one of its years is not known yet: nobody could go back to not
	 * knowing it
	 */
	public Optional<byte[]> undoing(Reader csv, String dayList) {
		Set<Integer> years = new TreeSet<>();
		listed(csv).values().forEach((day) -> years.add(day.noticeYear()));
		List<Day> before = presentDays(dayList).values()
			.stream()
			.filter((day) -> years.contains(day.noticeYear()))
			.toList();
		if (!before.stream().map(Day::noticeYear).collect(Collectors.toSet()).equals(years)) {
			return Optional.empty();
		}
		StringBuilder file = new StringBuilder("notice_year,date,holiday_name,day_kind\n");
		before.forEach((day) -> file.append(day.noticeYear())
			.append(',')
			.append(day.date())
			.append(",\"")
			.append(day.name().replace("\"", "\"\""))
			.append("\",")
			.append(day.works() ? "work" : "off")
			.append('\n'));
		return Optional.of(file.toString().getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Days that are no longer as a file made them.
	 * @param csv the file, loaded some time ago, read to its end and closed
	 * @param dayList the list the notices belong to
	 */
	public List<String> changedSince(Reader csv, String dayList) {
		Map<LocalDate, Day> listed = listed(csv);
		Set<Integer> years = listed.values().stream().map(Day::noticeYear).collect(Collectors.toSet());
		Map<LocalDate, Day> present = presentDays(dayList);
		return Stream.concat(listed.keySet().stream(), present.keySet().stream())
			.distinct()
			.filter((date) -> !Objects.equals(listed.get(date), present.get(date)))
			.filter((date) -> listed.containsKey(date) || years.contains(present.get(date).noticeYear()))
			.sorted()
			.map(LocalDate::toString)
			.toList();
	}

	/** A file that was loaded, or checked. */
	private static Map<LocalDate, Day> listed(Reader csv) {
		Map<LocalDate, Day> days = new LinkedHashMap<>();
		CsvSheet sheet = CsvSheet.read(csv, List.of("notice_year", "date", "holiday_name", "day_kind"));
		for (CsvSheet.Row row : sheet.rows()) {
			Integer year = year(row);
			LocalDate date = date(row);
			Boolean works = works(row);
			if (year != null && date != null && works != null) {
				days.put(date, new Day(date, row.text("holiday_name"), works, year));
			}
		}
		sheet.requireGood();
		return days;
	}

	private Map<String, WorkingCalendar> preview(BooleanSupplier load) {
		return this.transaction.execute((status) -> {
			this.previewing.set(true);
			try {
				return load.getAsBoolean() ? this.calendars.read() : Map.of();
			}
			finally {
				this.previewing.remove();
				status.setRollbackOnly();
			}
		});
	}

	/**
	 * Reads an uploaded file. Bytes that are no UTF-8 are a problem of the file, not
	 * question marks in a name.
	 */
	public static Reader text(byte[] csv) {
		return new InputStreamReader(new ByteArrayInputStream(csv),
				StandardCharsets.UTF_8.newDecoder()
					.onMalformedInput(CodingErrorAction.REPORT)
					.onUnmappableCharacter(CodingErrorAction.REPORT));
	}

	private boolean replaceDays(String dayList, Map<LocalDate, Day> present, Map<LocalDate, Day> days,
			Set<Integer> years) {
		Timestamp now = Timestamp.from(this.clock.now());
		List<Day> gone = present.values()
			.stream()
			.filter((day) -> years.contains(day.noticeYear()) && !day.equals(days.get(day.date())))
			.toList();
		List<Day> fresh = days.values().stream().filter((day) -> !day.equals(present.get(day.date()))).toList();
		gone.forEach((day) -> this.jdbc.sql("""
				update calendar_day set replaced_at = :now
				where day_list = :list and day = :day and replaced_at is null""")
			.param("now", now)
			.param("list", dayList)
			.param("day", day.date())
			.update());
		fresh.forEach((day) -> this.jdbc.sql("""
				insert into calendar_day (day_list, day, name, works, notice_year, recorded_at)
				values (:list, :day, :name, :works, :year, :now)""")
			.param("list", dayList)
			.param("day", day.date())
			.param("name", day.name())
			.param("works", day.works())
			.param("year", day.noticeYear())
			.param("now", now)
			.update());
		if (gone.isEmpty() && fresh.isEmpty()) {
			return false;
		}
		changed(new TreeSet<>(this.jdbc.sql("select code from working_calendar where day_list = :list")
			.param("list", dayList)
			.query(String.class)
			.list()));
		return true;
	}

	private Map<LocalDate, Day> presentDays(String dayList) {
		Map<LocalDate, Day> days = new LinkedHashMap<>();
		this.jdbc.sql("""
				select day, name, works, notice_year from calendar_day
				where day_list = :list and replaced_at is null order by day""").param("list", dayList).query((row) -> {
			LocalDate date = row.getObject("day", LocalDate.class);
			days.put(date, new Day(date, row.getString("name"), row.getBoolean("works"), row.getInt("notice_year")));
		});
		return days;
	}

	/**
	 * Loads office hours: columns {@code calendar, name, day_list, weekday, opens,
	 * closes}, one row for each span without a break. The weekday is 1 to 7, a range like
	 * {@code 1-5}, or {@code standard} for the standard office day, which every calendar
	 * needs. A calendar in the file takes new hours as a whole; other calendars stay.
	 * @param csv the file, read to its end and closed
	 * @param from first date of the new hours; up to then the former ones hold
	 * @return whether anything changed
	 * @throws LoadRefused with every problem, if there is any
	 */
	public boolean loadHours(Reader csv, LocalDate from) {
		CsvSheet sheet = CsvSheet.read(csv, List.of("calendar", "name", "day_list", "weekday", "opens", "closes"));
		Map<String, Hours> files = new TreeMap<>();
		for (CsvSheet.Row row : sheet.rows()) {
			String code = row.text("calendar");
			String name = row.text("name");
			String dayList = row.text("day_list");
			List<Integer> weekdays = weekdays(row);
			OfficeHours.Span span = span(row);
			if (code == null || name == null || dayList == null) {
				continue;
			}
			Hours hours = files.computeIfAbsent(code, (key) -> new Hours(row, name, dayList));
			hours.requireSame("name", name, row);
			hours.requireSame("day_list", dayList, row);
			if (span != null) {
				weekdays.forEach((weekday) -> hours.add(weekday, span, row));
			}
		}
		files.forEach((code, hours) -> {
			if (!hours.hasStandard()) {
				hours.first.refuse("weekday", "clock.load.no-standard", code);
			}
		});
		return this.transaction.execute((status) -> {
			files.values().forEach((hours) -> requireDayList(hours));
			Set<String> others = new TreeSet<>();
			files.forEach((code, hours) -> {
				if (!presentHours(code).equals(hours.keys())) {
					others.add(code);
					requireLater(code, hours, from);
				}
			});
			sheet.requireGood();
			files.forEach(this::nameCalendar);
			others.forEach((code) -> replaceHours(code, files.get(code), from));
			if (!others.isEmpty()) {
				changed(others);
			}
			return !others.isEmpty();
		});
	}

	private void requireDayList(Hours hours) {
		boolean exists = this.jdbc
			.sql("select exists (select 1 from calendar_day where day_list = :list and replaced_at is null)")
			.param("list", hours.dayList)
			.query(Boolean.class)
			.single();
		if (!exists) {
			hours.first.refuse("day_list", "clock.load.list", hours.dayList);
		}
	}

	private void requireLater(String code, Hours hours, LocalDate from) {
		this.jdbc.sql("select max(valid_from) from working_hours where calendar = :code and valid_to is null")
			.param("code", code)
			.query((row, number) -> row.getObject(1, LocalDate.class))
			.stream()
			.filter((since) -> since != null && from.isBefore(since))
			.forEach((since) -> hours.first.refuse("calendar", "clock.load.from", since));
	}

	private void nameCalendar(String code, Hours hours) {
		this.jdbc.sql("""
				insert into working_calendar (code, name, day_list) values (:code, :name, :list)
				on conflict (code) do update set name = excluded.name, day_list = excluded.day_list""")
			.param("code", code)
			.param("name", hours.name)
			.param("list", hours.dayList)
			.update();
		if (!Boolean.TRUE.equals(this.previewing.get())) {
			this.calendars.forget();
		}
	}

	private void replaceHours(String code, Hours hours, LocalDate from) {
		this.jdbc.sql("update working_hours set valid_to = :from where calendar = :code and valid_to is null")
			.param("from", from)
			.param("code", code)
			.update();
		hours.spans.forEach((weekday,
				spans) -> spans.forEach((span, row) -> this.jdbc.sql("""
						insert into working_hours (calendar, weekday, opens, closes, valid_from)
						values (:code, :weekday, :opens, cast(:closes as time), :from)""")
					.param("code", code)
					.param("weekday", weekday)
					.param("opens", span.opens())
					.param("closes", span.untilMidnight() ? "24:00" : span.closes().toString())
					.param("from", from)
					.update()));
	}

	/** What the database says of a calendar, as comparable lines. */
	private Set<String> presentHours(String code) {
		Set<String> keys = new TreeSet<>();
		this.jdbc.sql("""
				select c.name, c.day_list, h.weekday, h.opens::text as opens, h.closes::text as closes
				from working_calendar c join working_hours h on h.calendar = c.code
				where c.code = :code and h.valid_to is null""").param("code", code).query((row) -> {
			keys.add(row.getString("name") + " " + row.getString("day_list"));
			keys.add(row.getInt("weekday") + " " + new OfficeHours.Span(LocalTime.parse(row.getString("opens")),
					WorkingCalendars.closing(row.getString("closes"))));
		});
		return keys;
	}

	private void changed(Set<String> codes) {
		if (Boolean.TRUE.equals(this.previewing.get())) {
			return;
		}
		this.calendars.forget();
		this.events.publishEvent(new CalendarsLoaded(codes));
	}

	private static Integer year(CsvSheet.Row row) {
		String text = row.text("notice_year");
		if (text != null && !text.matches("20\\d\\d")) {
			row.refuse("notice_year", "clock.load.year");
			return null;
		}
		return (text != null) ? Integer.valueOf(text) : null;
	}

	private static LocalDate date(CsvSheet.Row row) {
		String text = row.text("date");
		try {
			return (text != null) ? LocalDate.parse(text) : null;
		}
		catch (DateTimeException ex) {
			row.refuse("date", "clock.load.date");
			return null;
		}
	}

	private static Boolean works(CsvSheet.Row row) {
		String text = row.text("day_kind");
		if (text != null && !Set.of("off", "work").contains(text)) {
			row.refuse("day_kind", "clock.load.kind");
			return null;
		}
		return (text != null) ? Boolean.valueOf(text.equals("work")) : null;
	}

	private static List<Integer> weekdays(CsvSheet.Row row) {
		String text = row.text("weekday");
		if (text == null) {
			return List.of();
		}
		if (text.equals("standard")) {
			return List.of(WorkingCalendars.STANDARD_DAY);
		}
		Matcher range = WEEKDAYS.matcher(text);
		List<Integer> weekdays = new ArrayList<>();
		if (range.matches()) {
			int first = Integer.parseInt(range.group(1));
			int last = (range.group(2) != null) ? Integer.parseInt(range.group(2)) : first;
			for (int weekday = first; weekday <= last; weekday++) {
				weekdays.add(weekday);
			}
		}
		if (weekdays.isEmpty()) {
			row.refuse("weekday", "clock.load.weekday");
		}
		return weekdays;
	}

	private static OfficeHours.Span span(CsvSheet.Row row) {
		LocalTime opens = time(row, "opens");
		LocalTime closes = "24:00".equals(row.cell("closes")) ? LocalTime.MIDNIGHT : time(row, "closes");
		if (opens == null || closes == null) {
			return null;
		}
		if (!"24:00".equals(row.cell("closes")) && !closes.isAfter(opens)) {
			row.refuse("closes", "clock.load.closes", opens);
			return null;
		}
		return new OfficeHours.Span(opens, closes);
	}

	private static LocalTime time(CsvSheet.Row row, String column) {
		String text = row.text(column);
		try {
			return (text != null) ? LocalTime.parse(text, TIME) : null;
		}
		catch (DateTimeException ex) {
			row.refuse(column, "clock.load.time");
			return null;
		}
	}

	/** One day of a notice. */
	private record Day(LocalDate date, String name, boolean works, int noticeYear) {
	}

	/** What the file says of one calendar. */
	private static final class Hours {

		private final CsvSheet.Row first;

		private final String name;

		private final String dayList;

		private final Map<Integer, Map<OfficeHours.Span, CsvSheet.Row>> spans = new TreeMap<>();

		Hours(CsvSheet.Row first, String name, String dayList) {
			this.first = first;
			this.name = name;
			this.dayList = dayList;
		}

		void requireSame(String column, String value, CsvSheet.Row row) {
			String expected = this.first.cell(column);
			if (!expected.equals(value)) {
				row.refuse(column, "clock.load.differs", Integer.toString(this.first.line()), expected);
			}
		}

		void add(int weekday, OfficeHours.Span span, CsvSheet.Row row) {
			Map<OfficeHours.Span, CsvSheet.Row> ofDay = this.spans.computeIfAbsent(weekday,
					(key) -> new LinkedHashMap<>());
			ofDay.forEach((other, line) -> {
				if (other.overlaps(span)) {
					row.refuse("opens", "clock.load.overlap", Integer.toString(line.line()));
				}
			});
			ofDay.putIfAbsent(span, row);
		}

		boolean hasStandard() {
			return this.spans.containsKey(WorkingCalendars.STANDARD_DAY);
		}

		Set<String> keys() {
			Set<String> keys = new TreeSet<>();
			keys.add(this.name + " " + this.dayList);
			this.spans.forEach((weekday, ofDay) -> ofDay.keySet().forEach((span) -> keys.add(weekday + " " + span)));
			return keys;
		}

	}

}
