package gridcase.clock;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import gridcase.shared.Epoch;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The working calendars of all places, kept in memory until one is loaded anew, on
 * whichever node.
 */
@Component
public class WorkingCalendars {

	/** Code of the calendar that comes with the platform. */
	public static final String STANDARD = "standard";

	static final int STANDARD_DAY = 0;

	private static final LocalTime END_OF_DAY = LocalTime.MIDNIGHT;

	private final JdbcClient jdbc;

	private final PlatformClock clock;

	private final ObjectProvider<CalendarOfPlace> calendarOfPlace;

	private static final String WATCHED = "calendars";

	private final Epoch epoch;

	private volatile Known known;

	/** Calendars as of a number. */
	private record Known(long number, Map<String, WorkingCalendar> calendars) {
	}

	WorkingCalendars(JdbcClient jdbc, PlatformClock clock, ObjectProvider<CalendarOfPlace> calendarOfPlace,
			Epoch epoch) {
		this.jdbc = jdbc;
		this.clock = clock;
		this.calendarOfPlace = calendarOfPlace;
		this.epoch = epoch;
		epoch.watch(WATCHED, "(select number from calendar_version)");
	}

	/**
	 * The calendar a place works by.
	 * @param place code of the place
	 * @return the calendar the registry names for it
	 * @throws IllegalArgumentException if there is no such calendar
	 */
	public WorkingCalendar forPlace(String place) {
		return named(this.calendarOfPlace.getObject().calendarOf(place));
	}

	/**
	 * A calendar by its code.
	 * @param code the code, for example {@value #STANDARD}
	 * @return the calendar
	 * @throws IllegalArgumentException if there is no such calendar
	 */
	public WorkingCalendar named(String code) {
		WorkingCalendar calendar = all().get(code);
		if (calendar == null) {
			throw new IllegalArgumentException("There is no working calendar \"" + code + "\", only " + codes());
		}
		return calendar;
	}

	/**
	 * Which calendars there are.
	 * @return their codes, sorted
	 */
	public Set<String> codes() {
		return new TreeSet<>(all().keySet());
	}

	/**
	 * They were changed: a running transaction sees its own ones from now on, all others
	 * once it has committed.
	 */
	void forget() {
		if (!TransactionSynchronizationManager.isSynchronizationActive()) {
			this.epoch.changed();
			return;
		}
		Own own = (Own) TransactionSynchronizationManager.getResource(this);
		if (own == null) {
			own = new Own();
			TransactionSynchronizationManager.bindResource(this, own);
			TransactionSynchronizationManager.registerSynchronization(own);
		}
		own.calendars = null;
	}

	private Map<String, WorkingCalendar> all() {
		Own own = (Own) TransactionSynchronizationManager.getResource(this);
		if (own != null) {
			if (own.calendars == null) {
				own.calendars = read();
			}
			return own.calendars;
		}
		long number = this.epoch.number(WATCHED);
		Known now = this.known;
		if (now == null || now.number() < number) {
			now = new Known(number, read());
			this.known = now;
		}
		return now.calendars();
	}

	/** What a transaction has changed and nobody else may see yet. */
	private final class Own implements TransactionSynchronization {

		private Map<String, WorkingCalendar> calendars;

		@Override
		public void suspend() {
			TransactionSynchronizationManager.unbindResource(WorkingCalendars.this);
		}

		@Override
		public void resume() {
			TransactionSynchronizationManager.bindResource(WorkingCalendars.this, this);
		}

		@Override
		public void afterCompletion(int status) {
			TransactionSynchronizationManager.unbindResource(WorkingCalendars.this);
			WorkingCalendars.this.epoch.changed();
		}

	}

	/** The calendars as the database has them, for this transaction only. */
	Map<String, WorkingCalendar> read() {
		Map<String, DayList> dayLists = new HashMap<>();
		this.jdbc.sql("select day_list, day, works, notice_year from calendar_day where replaced_at is null")
			.query((row) -> {
				DayList list = dayLists.computeIfAbsent(row.getString("day_list"), (code) -> new DayList());
				list.days.put(row.getObject("day", LocalDate.class), row.getBoolean("works"));
				list.years.add(row.getInt("notice_year"));
			});
		Map<String, Map<LocalDate, OfficeHours>> hours = readHours();
		Map<String, WorkingCalendar> calendars = new HashMap<>();
		this.jdbc.sql("select code, name, day_list from working_calendar").query((row) -> {
			String code = row.getString("code");
			DayList list = dayLists.getOrDefault(row.getString("day_list"), new DayList());
			calendars.put(code, new WorkingCalendar(row.getString("name"), this.clock.zone(),
					hours.getOrDefault(code, Map.of()), list.days, list.years));
		});
		return calendars;
	}

	private Map<String, Map<LocalDate, OfficeHours>> readHours() {
		Map<String, TreeMap<LocalDate, Map<Integer, List<OfficeHours.Span>>>> spans = new HashMap<>();
		this.jdbc.sql("""
				select calendar, weekday, opens::text as opens, closes::text as closes, valid_from from working_hours
				where valid_to is null or valid_to > valid_from""").query((row) -> {
			spans.computeIfAbsent(row.getString("calendar"), (code) -> new TreeMap<>())
				.computeIfAbsent(row.getObject("valid_from", LocalDate.class), (date) -> new HashMap<>())
				.computeIfAbsent(row.getInt("weekday"), (weekday) -> new ArrayList<>())
				.add(new OfficeHours.Span(LocalTime.parse(row.getString("opens")), closing(row.getString("closes"))));
		});
		Map<String, Map<LocalDate, OfficeHours>> hours = new HashMap<>();
		spans.forEach((calendar, periods) -> periods.forEach((from,
				week) -> hours.computeIfAbsent(calendar, (code) -> new TreeMap<>()).put(from, officeHours(week))));
		return hours;
	}

	private static OfficeHours officeHours(Map<Integer, List<OfficeHours.Span>> week) {
		Map<DayOfWeek, List<OfficeHours.Span>> weekdays = new HashMap<>();
		week.forEach((weekday, spans) -> {
			if (weekday != STANDARD_DAY) {
				weekdays.put(DayOfWeek.of(weekday), spans);
			}
		});
		return new OfficeHours(week.getOrDefault(STANDARD_DAY, List.of()), weekdays);
	}

	/** The database and the files write the end of the day as 24:00, Java cannot. */
	static LocalTime closing(String text) {
		return text.startsWith("24:00") ? END_OF_DAY : LocalTime.parse(text);
	}

	/** What the notices of a list say. */
	private static final class DayList {

		private final Map<LocalDate, Boolean> days = new HashMap<>();

		private final Set<Integer> years = new TreeSet<>();

	}

}
