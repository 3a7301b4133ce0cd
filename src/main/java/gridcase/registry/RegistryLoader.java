package gridcase.registry;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import gridcase.clock.PlatformClock;
import gridcase.clock.WorkingCalendars;
import gridcase.shared.Acting;
import gridcase.shared.Refusal;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.MessageSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Loads a registry file, all of it or nothing. A row that changed is closed and opened
 * anew from the given day; one that did not is left alone.
 */
@Component
class RegistryLoader {

	private final JdbcTemplate jdbc;

	private final TransactionTemplate transaction;

	private final RegistryStore store;

	private final PlatformClock clock;

	private final WorkingCalendars calendars;

	private final MessageSource messages;

	private final ApplicationEventPublisher events;

	/** While set, what this thread loads is undone, and nobody is told. */
	private final ThreadLocal<Boolean> trying = new ThreadLocal<>();

	RegistryLoader(JdbcTemplate jdbc, PlatformTransactionManager transactions, RegistryStore store, PlatformClock clock,
			WorkingCalendars calendars, MessageSource messages, ApplicationEventPublisher events) {
		this.jdbc = jdbc;
		this.transaction = new TransactionTemplate(transactions);
		this.transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
		this.store = store;
		this.clock = clock;
		this.calendars = calendars;
		this.messages = messages;
		this.events = events;
	}

	/**
	 * Loads a file in a transaction of its own.
	 * @param kind kind of registry
	 * @param place place code; null for places themselves and for a shared catalogue
	 * @param from first day the new rows hold
	 * @param complete whether the file names all rows there are, so that others are
	 * closed
	 * @param content the file, CSV in UTF-8 with a header line; GeoJSON for outlines
	 * @return what was done
	 * @throws gridcase.shared.LoadRefused with everything that is wrong; nothing was
	 * loaded
	 * @throws Refusal when there is no such place, or the kind needs one
	 */
	LoadReport load(RegistryKind kind, String place, LocalDate from, boolean complete, byte[] content) {
		Problems problems = new Problems(this.messages);
		if (kind.perPlace() && place == null && !kind.shareable()) {
			throw new Refusal(Refusal.Kind.INVALID, problems.text("place-needed"));
		}
		if (!kind.perPlace() && place != null) {
			throw new Refusal(Refusal.Kind.INVALID, problems.text("place-unwanted"));
		}
		List<FileRow> rows = (kind == RegistryKind.SHAPES) ? ShapeFile.read(content, problems)
				: RegistryFile.read(kind, content, problems);
		return run(new Load(kind, place, from, complete, Set.of()), rows, problems);
	}

	/** Does something in a transaction of its own and undoes it. */
	void tryOut(Runnable loads) {
		this.transaction.executeWithoutResult((status) -> {
			status.setRollbackOnly();
			this.trying.set(true);
			try {
				loads.run();
			}
			finally {
				this.trying.remove();
			}
		});
	}

	/**
	 * Loads rows beside those there are, in the transaction that runs; who reads the
	 * registry sees it once that is committed.
	 * @param withdrawn keys of rows that are closed
	 * @param problems what is wrong with the file already
	 * @throws gridcase.shared.LoadRefused with everything that is wrong; the transaction
	 * must not go on then
	 */
	void loadAlong(RegistryKind kind, String place, LocalDate from, List<FileRow> rows, Set<String> withdrawn,
			Problems problems) {
		lock();
		load(new Load(kind, place, from, false, withdrawn), rows, problems);
		if (Boolean.TRUE.equals(this.trying.get())) {
			return;
		}
		TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
			@Override
			public void afterCommit() {
				RegistryLoader.this.store.changed();
				RegistryLoader.this.events.publishEvent(new RegistryLoaded(kind.label(), place));
			}
		});
	}

	/** Rows that hold from now on, by key. */
	Map<String, FileRow> open(RegistryKind kind, String place) {
		return openRows(new Load(kind, place, null, false, Set.of()));
	}

	/**
	 * Closes one row from the given day on, in a transaction of its own.
	 * @param kind kind of registry
	 * @param place place code
	 * @param from first day the row no longer holds
	 * @param key canonical cells of the key columns, in their order
	 * @throws gridcase.shared.LoadRefused when it began later, or something still names
	 * it
	 */
	void withdraw(RegistryKind kind, String place, LocalDate from, String... key) {
		run(new Load(kind, place, from, false, Set.of(String.join(" ", key))), List.of(), new Problems(this.messages));
	}

	/** Two loads at once would not see each other's rows. */
	private void lock() {
		this.jdbc.execute("lock table registry_load in share row exclusive mode");
		this.store.settle();
	}

	private LoadReport run(Load load, List<FileRow> rows, Problems problems) {
		LoadReport report = this.transaction.execute((status) -> {
			lock();
			return load(load, rows, problems);
		});
		this.store.changed();
		this.events.publishEvent(new RegistryLoaded(load.kind().label(), load.place()));
		return report;
	}

	/** Rows that hold on a day. */
	List<Map<String, Object>> read(RegistryKind kind, String place, LocalDate at) {
		String columns = kind.columns().stream().map(RegistryLoader::shown).collect(Collectors.joining(", "));
		return this.jdbc.queryForList(
				"select %s, valid_from, valid_to from %s where %s and valid_from <= ? and (valid_to is null or valid_to > ?) order by id"
					.formatted(columns, kind.table(), ofPlace(kind, place)),
				parameters(kind, place, at, at));
	}

	/** A moment is shown as files write it, in the platform's time zone. */
	private static String shown(Column column) {
		return (column.type() == Column.Type.DATE_TIME)
				? "to_char(%1$s, 'YYYY-MM-DD HH24:MI') as %1$s".formatted(column.name()) : column.name();
	}

	private LoadReport load(Load load, List<FileRow> rows, Problems problems) {
		Map<String, FileRow> before = openRows(load);
		Map<String, FileRow> file = byKey(load, rows, problems);
		Map<String, FileRow> after = load.complete() ? new LinkedHashMap<>() : new LinkedHashMap<>(before);
		after.putAll(file);
		after.keySet().removeAll(load.withdrawn());
		List<FileRow> open = new ArrayList<>();
		List<FileRow> close = new ArrayList<>();
		file.forEach((key, row) -> {
			FileRow old = before.get(key);
			if (old == null) {
				open.add(row);
			}
			else if (!sameCells(load.kind(), old, row)) {
				open.add(row);
				close.add(old);
				if (LocalDate.parse(old.get("valid_from")).isAfter(load.from())) {
					problems.add(row.line(), "", load.from().toString(), "before", old.get("valid_from"));
				}
			}
		});
		int changed = close.size();
		before.forEach((key, old) -> {
			if (!after.containsKey(key)) {
				close.add(old);
				if (LocalDate.parse(old.get("valid_from")).isAfter(load.from())) {
					problems.add(0, "", key, "before", old.get("valid_from"));
				}
			}
		});
		checkReferences(load, rows, problems);
		checkOtherPlaces(load, open, problems);
		checkRules(load, rows, after, problems);
		problems.refuse();
		LoadReport report = new LoadReport(load.kind().label(), load.place(), load.from(), rows.size(),
				open.size() - changed, changed, close.size() - changed, file.size() - open.size());
		if (!open.isEmpty() || !close.isEmpty()) {
			write(load, report, open, close);
			checkNothingDangles(load, problems);
			problems.refuse();
		}
		return report;
	}

	private Map<String, FileRow> openRows(Load load) {
		String columns = Stream.concat(Stream.of("id", "valid_from"), load.kind().columns().stream().map(Column::name))
			.map((column) -> column + "::text as " + column)
			.collect(Collectors.joining(", "));
		Map<String, FileRow> rows = new LinkedHashMap<>();
		this.jdbc.query("select %s from %s where %s and valid_to is null order by %s.id".formatted(columns,
				load.kind().table(), ofPlace(load.kind(), load.place()), load.kind().table()), (row) -> {
					FileRow stored = new FileRow(0, cells(row));
					rows.put(stored.key(load.kind()), stored);
				}, parameters(load.kind(), load.place()));
		return rows;
	}

	private static Map<String, String> cells(ResultSet row) throws SQLException {
		ResultSetMetaData columns = row.getMetaData();
		Map<String, String> cells = new HashMap<>();
		for (int i = 1; i <= columns.getColumnCount(); i++) {
			if (row.getString(i) != null) {
				cells.put(columns.getColumnName(i), row.getString(i));
			}
		}
		return cells;
	}

	private static Map<String, FileRow> byKey(Load load, List<FileRow> rows, Problems problems) {
		Map<String, FileRow> file = new LinkedHashMap<>();
		for (FileRow row : rows) {
			FileRow first = file.putIfAbsent(row.key(load.kind()), row);
			if (first != null) {
				String column = load.kind().keys().get(0).name();
				problems.add(row, column, "twice", first.line());
			}
		}
		return file;
	}

	private static boolean sameCells(RegistryKind kind, FileRow one, FileRow other) {
		return kind.columns()
			.stream()
			.allMatch((column) -> Objects.equals(one.get(column.name()), other.get(column.name())));
	}

	private void checkReferences(Load load, List<FileRow> rows, Problems problems) {
		if (load.kind() != RegistryKind.PLACES && load.place() != null) {
			Integer places = this.jdbc.queryForObject("select count(*) from place where code = ? and valid_to is null",
					Integer.class, load.place());
			if (places == null || places == 0) {
				throw Refusal.notFound(problems.text("place", load.place()));
			}
		}
		for (Column column : load.kind().columns()) {
			if (column.target() != null) {
				Set<String> codes = codes(RegistryKind.find(column.target()).orElseThrow(), load.place());
				for (FileRow row : rows) {
					String cell = row.get(column.name());
					if (cell != null && !codes.containsAll(List.of(cell.split(" ")))) {
						problems.add(row, column.name(), "reference", column.target());
					}
				}
			}
		}
	}

	private Set<String> codes(RegistryKind kind, String place) {
		return new HashSet<>(
				this.jdbc.queryForList("select %s from %s where valid_to is null and (place is null or place = ?)"
					.formatted(kind.keys().get(0).name(), kind.table()), String.class, place));
	}

	/** Codes that name a thing alone, without its place, are taken by the first place. */
	private void checkOtherPlaces(Load load, List<FileRow> open, Problems problems) {
		if (load.kind().uniqueOverPlaces()) {
			String column = load.kind().keys().get(0).name();
			Map<String, String> taken = new HashMap<>();
			this.jdbc.query("select %s, place from %s where valid_to is null and place <> ?".formatted(column,
					load.kind().table()), (row) -> {
						taken.put(row.getString(1), row.getString(2));
					}, load.place());
			for (FileRow row : open) {
				if (taken.containsKey(row.get(column))) {
					problems.add(row, column, "taken", taken.get(row.get(column)));
				}
			}
		}
	}

	private void checkRules(Load load, List<FileRow> rows, Map<String, FileRow> after, Problems problems) {
		RegistryRules rules = new RegistryRules(rows, after, problems);
		switch (load.kind()) {
			case PLACES -> rules.checkPlaces(this.calendars.codes());
			case TIERS -> rules.checkTiers();
			case GRIDS -> rules.checkGrids(levels(load.place()), householdLimits(load.place()));
			case DUTIES -> rules.checkDuties();
			case SHIFTS -> rules.checkShifts(heldDuties(load.place()), load.from());
			case ABSENCES -> rules.checkAbsences(activeStaff(load.place()), load.from());
			case CONDITIONS -> rules.checkConditions();
			default -> {
				// their cells and references say it all
			}
		}
	}

	private Set<String> heldDuties(String place) {
		return new HashSet<>(this.jdbc.queryForList(
				"select staff || ' ' || role || '@' || coalesce(grid, unit) from duty where valid_to is null and place = ?",
				String.class, place));
	}

	private Set<String> activeStaff(String place) {
		return new HashSet<>(this.jdbc.queryForList(
				"select login from staff where valid_to is null and active and place = ?", String.class, place));
	}

	private Map<String, Integer> levels(String place) {
		Map<String, Integer> levels = new HashMap<>();
		this.jdbc.query("select tier, level from tier where valid_to is null and place = ?", (row) -> {
			levels.put(row.getString(1), row.getInt(2));
		}, place);
		return levels;
	}

	private HouseholdLimits householdLimits(String place) {
		return HouseholdLimits.parse(this.jdbc.queryForObject(
				"select household_limits from place where valid_to is null and code = ?", String.class, place));
	}

	private void write(Load load, LoadReport report, List<FileRow> open, List<FileRow> close) {
		RegistryKind kind = load.kind();
		Long id = this.jdbc.queryForObject("""
				insert into registry_load (kind, place, valid_from, loaded_by, loaded_at, added, changed, closed)
				values (?, ?, ?, ?, ?, ?, ?, ?) returning id""", Long.class, kind.label(), load.place(), load.from(),
				Acting.current(), this.clock.now().atOffset(ZoneOffset.UTC), report.added(), report.changed(),
				report.closed());
		this.jdbc.batchUpdate("update %s set valid_to = ?, closed_by = ? where id = ?".formatted(kind.table()),
				close.stream().map((row) -> new Object[] { load.from(), id, Long.valueOf(row.get("id")) }).toList());
		List<String> names = new ArrayList<>(kind.columns().stream().map(Column::name).toList());
		List<String> marks = new ArrayList<>(
				kind.columns().stream().map((column) -> "cast(? as " + column.type().sql() + ")").toList());
		if (kind.perPlace()) {
			names.add("place");
			marks.add("?");
		}
		String insert = "insert into %s (%s, valid_from, opened_by) values (%s, ?, ?)".formatted(kind.table(),
				String.join(", ", names), String.join(", ", marks));
		this.jdbc.batchUpdate(insert, open.stream().map((row) -> {
			List<Object> cells = new ArrayList<>(
					kind.columns().stream().map((column) -> row.get(column.name())).toList());
			if (kind.perPlace()) {
				cells.add(load.place());
			}
			cells.add(load.from());
			cells.add(id);
			return cells.toArray();
		}).toList());
		if (kind == RegistryKind.GRIDS) {
			refreshPaths(load.place());
		}
	}

	private void refreshPaths(String place) {
		this.jdbc
			.update("""
					with recursive tree as (
						select code, code || '/' as path from grid where valid_to is null and place = ? and parent is null
						union all
						select child.code, tree.path || child.code || '/' from grid child join tree on child.parent = tree.code
						where child.valid_to is null and child.place = ?)
					update grid set path = tree.path from tree
					where grid.code = tree.code and grid.valid_to is null and grid.place = ? and grid.path is distinct from tree.path""",
					place, place, place);
	}

	/** Nothing may name a row that a complete file has closed. */
	private void checkNothingDangles(Load load, Problems problems) {
		for (RegistryKind user : RegistryKind.values()) {
			if (load.kind() == RegistryKind.PLACES && user.perPlace()) {
				this.jdbc.query(
						"select distinct place from %1$s where valid_to is null and place is not null and not exists (select 1 from place target where target.valid_to is null and target.code = %1$s.place) order by place"
							.formatted(user.table()),
						(row) -> {
							problems.add(0, "code", row.getString(1), "dangles", user.label());
						});
			}
			for (Column column : user.columns()) {
				if (load.kind().label().equals(column.target())) {
					String key = load.kind().keys().get(0).name();
					this.jdbc
						.query("""
								select distinct used.code from %1$s, unnest(string_to_array(%2$s, ' ')) as used (code)
								where valid_to is null and not exists (select 1 from %3$s target where target.valid_to is null
								and (target.place is null or target.place = %1$s.place) and target.%4$s = used.code) order by used.code"""
							.formatted(user.table(), column.name(), load.kind().table(), key), (row) -> {
								problems.add(0, key, row.getString(1), "dangles", user.label());
							});
				}
			}
		}
	}

	private static String ofPlace(RegistryKind kind, String place) {
		if (!kind.perPlace()) {
			return "true";
		}
		return (place != null) ? "place = ?" : "place is null";
	}

	private static Object[] parameters(RegistryKind kind, String place, Object... more) {
		Stream<Object> first = (kind.perPlace() && place != null) ? Stream.of(place) : Stream.empty();
		return Stream.concat(first, Stream.of(more)).toArray();
	}

	private record Load(RegistryKind kind, String place, LocalDate from, boolean complete, Set<String> withdrawn) {

	}

}
