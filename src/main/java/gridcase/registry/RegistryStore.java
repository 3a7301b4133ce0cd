package gridcase.registry;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import gridcase.clock.PlatformClock;
import gridcase.shared.Epoch;

import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The whole registry in memory with its history. A load on any server shows in every
 * transaction that begins after it.
 */
@Component
class RegistryStore {

	private final JdbcClient jdbc;

	private final PlatformClock clock;

	private static final String WATCHED = "registry";

	private static final String VERSION = "(select coalesce(max(id), 0) from registry_load)";

	private final Epoch epoch;

	private volatile Loaded loaded;

	RegistryStore(JdbcClient jdbc, PlatformClock clock, Epoch epoch) {
		this.jdbc = jdbc;
		this.clock = clock;
		this.epoch = epoch;
		epoch.watch(WATCHED, VERSION);
	}

	RegistryDay at(Instant at) {
		return day(day(at));
	}

	LocalDate day(Instant at) {
		return LocalDate.ofInstant(at, this.clock.zone());
	}

	LocalDate today() {
		return day(this.clock.now());
	}

	RegistryDay day(LocalDate day) {
		return current().day(day);
	}

	private Loaded current() {
		long version = this.epoch.number(WATCHED);
		Loaded current = this.loaded;
		return (current != null && current.version >= version) ? current : refresh();
	}

	/**
	 * Before a load: what it is about to change is read as others see it, so that nobody
	 * sees what may yet be undone.
	 */
	void settle() {
		current();
	}

	/**
	 * The next moment from which other people may be on duty than now.
	 * @return empty when nothing changes any more, as far as is known today
	 */
	Optional<Instant> nextChange(Instant after) {
		LocalDate today = day(after);
		Loaded current = current();
		Optional<Instant> byMoment = current.day(today).nextTurn(after);
		Optional<Instant> byDay = Optional.ofNullable(current.nextChange(today))
			.map((day) -> day.atStartOfDay(this.clock.zone()).toInstant());
		return Stream.concat(byMoment.stream(), byDay.stream()).min(Comparator.naturalOrder());
	}

	List<Duty> everHeld(String login) {
		return current().everHeld.getOrDefault(login, List.of());
	}

	/** Reads again what a load has just committed. */
	void changed() {
		this.epoch.changed();
	}

	private synchronized Loaded refresh() {
		long version = version();
		// a load that commits between two of the selects is seen by asking again
		// afterwards
		while (this.loaded == null || this.loaded.version != version) {
			this.loaded = new Loaded(version);
			version = version();
		}
		return this.loaded;
	}

	private long version() {
		return this.jdbc.sql("select " + VERSION).query(Long.class).single();
	}

	private <T> List<Row<T>> rows(RegistryKind kind, RowMapper<T> mapper) {
		// deterministic: tiers climb, everything else in the order its file had
		String order = (kind == RegistryKind.TIERS) ? "level, id" : "id";
		return this.jdbc
			.sql("select * from " + kind.table() + " where valid_to is null or valid_to > valid_from order by " + order)
			.query((row, number) -> new Row<>(mapper.mapRow(row, number), date(row, "valid_from"),
					date(row, "valid_to")))
			.list();
	}

	private static LocalDate date(ResultSet row, String column) throws SQLException {
		return row.getObject(column, LocalDate.class);
	}

	private Instant moment(ResultSet row, String column) throws SQLException {
		return row.getObject(column, LocalDateTime.class).atZone(this.clock.zone()).toInstant();
	}

	private static List<String> words(String text) {
		return (text != null) ? Arrays.asList(text.split(" ")) : List.of();
	}

	private static Integer number(ResultSet row, String column) throws SQLException {
		return row.getObject(column, Integer.class);
	}

	private record Row<T>(T value, LocalDate from, LocalDate to) {

		boolean holdsOn(LocalDate day) {
			return !day.isBefore(this.from) && (this.to == null || day.isBefore(this.to));
		}

		static <T> List<T> on(LocalDate day, List<Row<T>> rows) {
			return rows.stream().filter((row) -> row.holdsOn(day)).map(Row::value).toList();
		}

	}

	private record DatedDuty(Duty duty, LocalDate since, LocalDate until) {

		boolean holdsOn(LocalDate day) {
			return (this.since == null || !day.isBefore(this.since))
					&& (this.until == null || day.isBefore(this.until));
		}

	}

	/** All rows ever, and the days on which something changes. */
	private final class Loaded {

		private final long version;

		private final NavigableSet<LocalDate> changes = new TreeSet<>(List.of(LocalDate.MIN));

		private final Map<LocalDate, RegistryDay> days = new ConcurrentHashMap<>();

		private final List<Row<Place>> places;

		private final List<Row<Tier>> tiers;

		private final List<Row<Grid>> grids;

		private final List<Row<GridShape>> shapes;

		private final List<Row<Unit>> units;

		private final List<Row<WorkGroup>> groups;

		private final List<Row<Staff>> staff;

		private final List<Row<DatedDuty>> duties;

		private final Map<String, List<Duty>> everHeld;

		private final List<Row<Shift>> shifts;

		private final List<Row<Absence>> absences;

		private final List<Row<Category>> categories;

		private final List<Row<CategoryCondition>> conditions;

		Loaded(long version) {
			this.version = version;
			this.places = note(rows(RegistryKind.PLACES,
					(row, n) -> new Place(row.getString("code"), row.getString("name"), row.getString("case_prefix"),
							row.getString("admin_code"), row.getString("calendar"), row.getString("household_limits"),
							row.getBoolean("demo"), row.getString("note"))));
			this.tiers = note(rows(RegistryKind.TIERS, (row, n) -> new Tier(row.getString("place"),
					row.getString("tier"), row.getInt("level"), row.getString("name"), row.getString("loop"))));
			this.grids = note(rows(RegistryKind.GRIDS,
					(row, n) -> new Grid(row.getString("place"), row.getString("code"), row.getString("parent"),
							row.getString("name"), row.getString("kind"), row.getString("tier"), row.getString("type"),
							number(row, "households"), row.getString("path"), row.getString("note"))));
			this.shapes = note(rows(RegistryKind.SHAPES,
					(row, n) -> new GridShape(row.getString("place"), row.getString("grid"), row.getString("geometry"),
							ShapeFile.outline(row.getString("geometry")), row.getDouble("longitude"),
							row.getDouble("latitude"))));
			this.units = note(rows(RegistryKind.UNITS,
					(row, n) -> new Unit(row.getString("place"), row.getString("code"), row.getString("name"),
							words(row.getString("functions")), row.getString("tier"), row.getString("grid"),
							row.getString("phone"), row.getBoolean("active"),
							"phone".equals(row.getString("published")))));
			this.groups = note(rows(RegistryKind.WORK_GROUPS,
					(row, n) -> new WorkGroup(row.getString("place"), row.getString("code"), row.getString("name"),
							row.getString("unit"), words(row.getString("members")), row.getString("note"))));
			this.staff = note(rows(RegistryKind.STAFF,
					(row, n) -> new Staff(row.getString("place"), row.getString("login"), row.getString("name"),
							row.getString("title"), row.getString("unit"), row.getString("phone"),
							row.getString("email"), row.getBoolean("active"), row.getBoolean("demo"),
							words(row.getString("published")))));
			this.duties = note(rows(RegistryKind.DUTIES,
					(row, n) -> new DatedDuty(
							new Duty(row.getString("place"), row.getString("staff"), row.getString("role"),
									row.getString("grid"), row.getString("unit")),
							date(row, "since"), date(row, "until"))));
			for (Row<DatedDuty> duty : this.duties) {
				note(duty.value().since());
				note(duty.value().until());
			}
			this.everHeld = this.duties.stream()
				.map((row) -> row.value().duty())
				.collect(Collectors.groupingBy(Duty::staff));
			this.shifts = note(rows(RegistryKind.SHIFTS,
					(row, n) -> new Shift(row.getString("place"), row.getString("role"), row.getString("grid"),
							row.getString("unit"), row.getString("staff"), moment(row, "starts"),
							moment(row, "ends"))));
			this.absences = note(rows(RegistryKind.ABSENCES,
					(row, n) -> new Absence(row.getString("place"), row.getString("staff"), moment(row, "since"),
							moment(row, "until"), row.getString("substitute"), row.getString("reason"))));
			this.categories = note(rows(RegistryKind.CATEGORIES,
					(row, n) -> new Category(row.getString("place"), row.getString("code"), row.getString("class_code"),
							row.getString("class_name"), row.getString("name"), row.getString("kind"),
							row.getString("filing_condition"), row.getString("closing_condition"),
							row.getBoolean("published"), row.getString("process"), row.getBoolean("internal"))));
			this.conditions = note(rows(RegistryKind.CONDITIONS,
					(row, n) -> new CategoryCondition(row.getString("place"), row.getString("category"),
							row.getString("condition_no"), row.getString("filing_condition"),
							row.getString("closing_condition"), row.getString("limit_text"),
							row.getBigDecimal("limit_value"), row.getString("limit_unit"),
							row.getString("handling_unit"), row.getString("supervising_unit"))));
		}

		private <T> List<Row<T>> note(List<Row<T>> rows) {
			for (Row<T> row : rows) {
				note(row.from());
				note(row.to());
			}
			return rows;
		}

		private void note(LocalDate change) {
			if (change != null) {
				this.changes.add(change);
			}
		}

		RegistryDay day(LocalDate day) {
			return this.days.computeIfAbsent(this.changes.floor(day),
					(from) -> new RegistryDay(Row.on(from, this.places), Row.on(from, this.tiers),
							Row.on(from, this.grids), Row.on(from, this.shapes), Row.on(from, this.units),
							Row.on(from, this.groups), Row.on(from, this.staff),
							Row.on(from, this.duties)
								.stream()
								.filter((duty) -> duty.holdsOn(from))
								.map(DatedDuty::duty)
								.toList(),
							Row.on(from, this.shifts), Row.on(from, this.absences), Row.on(from, this.categories),
							Row.on(from, this.conditions)));
		}

		LocalDate nextChange(LocalDate day) {
			return this.changes.higher(day);
		}

	}

}
