package gridcase.casework;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import gridcase.clock.PlatformClock;
import gridcase.registry.Duties;
import gridcase.registry.Grid;
import gridcase.registry.Grids;
import gridcase.shared.FieldProblem;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;

import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * A person's work. Lists come from {@code inbox_item} (and {@code case_file} for cases
 * owned, watched or done), never from the engine. Each list is a few lanes, each lane one
 * range of an index in the order asked for; a page takes the first rows of every lane and
 * merges them, so that neither what lies before nor what others have to do costs
 * anything.
 */
@Component
public class Inbox {

	/** The views, in the order people see them. */
	public static final List<String> VIEWS = List.of("MINE", "POOL", "OWNED", "WATCHED", "DONE", "DRAFTS");

	/** Views whose lines are tasks. */
	public static final Set<String> TASKS = Set.of("MINE", "POOL");

	private static final String SHARED = "i.case_no, i.place, i.title, i.address, i.category, i.severity, i.urgency, i.stage_name, i.grid_path, i.owner, i.warn_at, i.due_at, i.due_key, i.light, i.light_rank";

	private static final String TASK = "i.task_id, coalesce(i.turn_name || ' · ', '') || i.name task_name, i.assignee, i.pool, i.unit, i.leg, i.form, i.created_at, i.deadline_no, "
			+ "coalesce(i.acting_for, i.assignee) whose, i.task_id sort_key, " + SHARED;

	private static final String CASE = "null task_id, i.stage_name task_name, i.holder assignee, i.holder_pool pool, i.holder_unit unit, '' leg, null form, i.reported_at created_at, "
			+ "null::integer deadline_no, i.case_no sort_key, " + SHARED;

	private static final String WATCHES = "k.kind = 'WATCHER' and k.to_at is null and k.person = any (:people)";

	private final NamedParameterJdbcTemplate jdbc;

	private final Duties duties;

	private final Grids grids;

	private final PlatformClock clock;

	private final Clocks clocks;

	private final WordSearch search;

	Inbox(NamedParameterJdbcTemplate jdbc, Duties duties, Grids grids, PlatformClock clock, Clocks clocks,
			WordSearch search) {
		this.jdbc = jdbc;
		this.duties = duties;
		this.grids = grids;
		this.clock = clock;
		this.clocks = clocks;
		this.search = search;
	}

	/**
	 * One page of a view.
	 * @throws Refusal if view, filter or cursor are none there are
	 */
	public Page<InboxRow> page(InboxQuery query) {
		Instant now = this.clock.now();
		Map<String, Object> parameters = new HashMap<>();
		int size = Math.max(1, Math.min(200, query.size()));
		parameters.put("most", size + 1);
		parameters.put("login", query.login());
		String sql = sql(query, now, parameters);
		List<Sorted> rows = this.jdbc.query(sql, parameters,
				(row, number) -> row(row, whose(row, query.login(), now), query));
		List<InboxRow> shown = withRemaining(rows.stream().limit(size).toList());
		return new Page<>(shown, (rows.size() > size) ? rows.get(size - 1).cursor().text() : null);
	}

	private String sql(InboxQuery query, Instant now, Map<String, Object> parameters) {
		Cursor cursor = Cursor.parse(query.cursor());
		if (cursor != null && cursor.at() == null) {
			throw Cursor.unreadable();
		}
		return switch (query.view()) {
			case "MINE", "POOL" -> {
				parameters.put("lanes", lanes(query.view(), query.login(), now));
				yield tasks(query, now, cursor, parameters);
			}
			case "OWNED" -> {
				parameters.put("people", people(query.login(), now));
				yield merged("unnest(:people::text[]) l (lane)",
						"select " + CASE
								+ ", i.owner whose from case_file i where i.owner = l.lane and i.state = 'OPEN'"
								+ filters(query, now, parameters, false),
						"i.reported_at", query.sort(), cursor, parameters);
			}
			case "WATCHED" -> {
				parameters.put("people", people(query.login(), now));
				String inner = "select " + CASE
						+ ", (select max(k.person) from custody k where k.case_no = i.case_no and " + WATCHES
						+ " having not bool_or(k.person = :login)) whose from case_file i where i.state = 'OPEN' "
						+ "and i.case_no in (select k.case_no from custody k where " + WATCHES + ")"
						+ filters(query, now, parameters, false);
				yield merged(null, inner, "i.reported_at", query.sort(), cursor, parameters);
			}
			case "DONE" -> newest("select " + CASE
					+ ", null whose, d.done_at sort_at from done_item d join case_file i using (case_no) where d.login = :login"
					+ filters(query, now, parameters, false), "d.done_at", "d.case_no", cursor, parameters);
			case "DRAFTS" ->
				newest("select d.subject sort_key, d.saved_at sort_at, d.subject draft, d.title, d.saved_at created_at, d.case_no, "
						+ "t.task_id, coalesce(t.turn_name || ' · ', '') || t.name task_name, c.place, c.address, c.category, c.severity, c.urgency, c.stage_name, c.grid_path, "
						+ "c.owner, t.assignee, t.pool, t.unit, coalesce(t.leg, '') leg, t.form, t.warn_at, t.due_at, t.light, t.deadline_no, d.login whose "
						+ "from draft d left join case_file c using (case_no) left join inbox_item t on t.task_id = d.subject where d.login = :login"
						+ WordSearch.all(query.filter().words(), "concat_ws(' ', d.case_no, d.title, c.address)",
								parameters),
						"d.saved_at", "d.subject", cursor, parameters);
			default ->
				throw new Refusal(Refusal.Kind.INVALID, Texts.of("casework", "casework.refused.view", query.view()),
						List.of(new FieldProblem("view", Texts.of("casework", "casework.label.view"),
								Texts.of("casework", "casework.refused.view-known", VIEWS))));
		};
	}

	private String tasks(InboxQuery query, Instant now, Cursor cursor, Map<String, Object> parameters) {
		String filters = filters(query, now, parameters, true);
		String[] few = few(query.filter().words());
		if (few != null) {
			parameters.put("few", few);
			return merged(null, "select " + TASK
					+ " from inbox_item i where i.case_no = any (:few) and i.lane = any (:lanes)" + filters,
					"i.created_at", query.sort(), cursor, parameters);
		}
		return merged("unnest(:lanes::text[]) l (lane)",
				"select " + TASK + " from inbox_item i where i.lane = l.lane" + filters, "i.created_at", query.sort(),
				cursor, parameters);
	}

	/** The first rows of each lane in the order asked for, merged. */
	private static String merged(String lanes, String inner, String age, InboxSort sort, Cursor cursor,
			Map<String, Object> parameters) {
		String key = inner.contains("inbox_item i") ? "i.task_id" : "i.case_no";
		String order = switch (sort) {
			case DUE -> "i.due_key, " + key;
			case LIGHT -> "i.light_rank, i.due_key, " + key;
			case AGE -> age + ", " + key;
		};
		StringBuilder part = new StringBuilder(inner);
		if (cursor != null) {
			parameters.put("cursorAt", Timestamp.from(cursor.at()));
			parameters.put("cursorKey", (sort == InboxSort.LIGHT) ? cursor.keyAfterRank() : cursor.key());
			if (sort == InboxSort.LIGHT) {
				parameters.put("cursorRank", cursor.rank());
				part.append(" and (").append(order).append(") > (:cursorRank::smallint, :cursorAt, :cursorKey)");
			}
			else {
				part.append(" and (").append(order).append(") > (:cursorAt, :cursorKey)");
			}
		}
		part.append(" order by ").append(order).append(" limit :most");
		if (lanes == null) {
			return part.toString();
		}
		return "select i.* from " + lanes + " cross join lateral (" + part + ") i order by "
				+ order.replace(age, "i.created_at").replace(key, "i.sort_key") + " limit :most";
	}

	private static String newest(String select, String at, String key, Cursor cursor, Map<String, Object> parameters) {
		String order = " order by " + at + " desc, " + key + " desc limit :most";
		if (cursor == null) {
			return select + order;
		}
		parameters.put("cursorAt", Timestamp.from(cursor.at()));
		parameters.put("cursorKey", cursor.key());
		return select + " and (" + at + ", " + key + ") < (:cursorAt, :cursorKey)" + order;
	}

	private String filters(InboxQuery query, Instant now, Map<String, Object> parameters, boolean tasks) {
		InboxFilter filter = query.filter();
		StringBuilder sql = new StringBuilder();
		equal(sql, parameters, "place", filter.place(), "i.place = :place");
		equal(sql, parameters, "category", filter.category(), "i.category = :category");
		equal(sql, parameters, "severity", filter.severity(), "i.severity = :severity");
		String ofCase = tasks ? "exists (select 1 from case_file c where c.case_no = i.case_no and c.%1$s = :%2$s)"
				: "i.%1$s = :%2$s";
		equal(sql, parameters, "stage", filter.stage(), ofCase.formatted("stage_key", "stage"));
		equal(sql, parameters, "tier", filter.tier(), ofCase.formatted("tier", "tier"));
		if (filter.grid() != null && !filter.grid().isBlank()) {
			Grid grid = this.grids.find(filter.grid(), now)
				.orElseThrow(() -> Refusal
					.invalid(List.of(new FieldProblem("grid", Texts.of("casework", "casework.label.grid"),
							Texts.of("casework", "casework.refused.grid", filter.grid())))));
			sql.append(" and i.grid_path like :gridPath");
			parameters.put("gridPath", grid.path().replace("_", "\\_") + "%");
		}
		Integer rank = filter.rank();
		if (rank != null) {
			sql.append(" and i.light_rank = ").append(rank);
		}
		InboxFilter.Window window = filter.window(now, this.clock.zone());
		if (window != null) {
			sql.append(" and i.due_key >= :dueFrom and i.due_key < :dueTo");
			parameters.put("dueFrom", Timestamp.from(window.from()));
			parameters.put("dueTo", Timestamp.from(window.to()));
		}
		return sql.append(WordSearch.all(filter.words(), "concat_ws(' ', i.case_no, i.title, i.address)", parameters))
			.toString();
	}

	private static void equal(StringBuilder sql, Map<String, Object> parameters, String name, String value,
			String condition) {
		if (value != null && !value.isBlank()) {
			sql.append(" and ").append(condition);
			parameters.put(name, value);
		}
	}

	/**
	 * The cases words lead to, if these are few; otherwise null. A whole case number is
	 * found as such, without looking at what else has the same year and day in it.
	 */
	private String[] few(List<String> words) {
		if (words.isEmpty()) {
			return null;
		}
		String[] numbers = words.stream().map((word) -> word.toUpperCase(Locale.ROOT)).toArray(String[]::new);
		List<String> exact = this.jdbc.queryForList(
				"select case_no from case_text where case_no = any (:numbers) limit 1", Map.of("numbers", numbers),
				String.class);
		return exact.isEmpty() ? this.search.few(words) : new String[] { exact.get(0) };
	}

	/** A unit's tasks in some lanes, by deadline. */
	List<InboxRow> ofUnit(String login, String[] lanes, String unit, int most) {
		Map<String, Object> parameters = new HashMap<>();
		parameters.put("lanes", lanes);
		parameters.put("most", most);
		parameters.put("unit", unit);
		parameters.put("pools", "%@" + unit);
		String sql = merged("unnest(:lanes::text[]) l (lane)", "select " + TASK
				+ " from inbox_item i where i.lane = l.lane and (i.unit = :unit or (i.unit is null and i.pool like :pools))",
				"i.created_at", InboxSort.DUE, null, parameters);
		InboxQuery query = new InboxQuery(login, "POOL", InboxFilter.NONE, InboxSort.DUE, null, most);
		return withRemaining(this.jdbc.query(sql, parameters, (row, number) -> row(row, null, query)));
	}

	/** The person and those the person stands in for. */
	String[] people(String login, Instant now) {
		return Stream.concat(Stream.of(login), this.duties.actingFor(login, now).stream()).toArray(String[]::new);
	}

	/** The lanes of a view, as {@code inbox_count} and {@code inbox_delta} name them. */
	String[] lanes(String view, String login, Instant now) {
		return switch (view) {
			case "MINE" -> prefixed("a:", people(login, now));
			case "POOL" -> prefixed("p:", this.duties.poolsOf(login, now).toArray(String[]::new));
			case "OWNED" -> prefixed("o:", people(login, now));
			case "WATCHED" -> prefixed("w:", people(login, now));
			case "DONE" -> prefixed("d:", login);
			default -> new String[0];
		};
	}

	private static String[] prefixed(String prefix, String... names) {
		return Stream.of(names).map((name) -> prefix + name).toArray(String[]::new);
	}

	/** The absent person whose work a line is, or null where it is the reader's own. */
	private String whose(ResultSet row, String login, Instant now) throws SQLException {
		String whose = row.getString("whose");
		if (whose == null && row.getString("task_id") != null) {
			return this.duties.actingFor(login, row.getString("pool"), now).orElse(null);
		}
		return login.equals(whose) ? null : whose;
	}

	private static Sorted row(ResultSet row, String actingFor, InboxQuery query) throws SQLException {
		boolean drafts = query.view().equals("DRAFTS");
		InboxRow read = new InboxRow(row.getString("task_id"), row.getString("case_no"), row.getString("place"),
				row.getString("task_name"), row.getString("title"), row.getString("address"), row.getString("category"),
				row.getString("severity"), row.getString("urgency"), row.getString("stage_name"),
				row.getString("grid_path"), row.getString("owner"), row.getString("assignee"), row.getString("pool"),
				row.getString("unit"), row.getString("leg"), row.getString("form"),
				CaseRecords.instant(row, "created_at"), CaseRecords.instant(row, "warn_at"),
				CaseRecords.instant(row, "due_at"), row.getString("light"), null, actingFor,
				drafts ? row.getString("draft") : null);
		boolean newest = drafts || query.view().equals("DONE");
		Instant at = CaseRecords.instant(row,
				newest ? "sort_at" : (query.sort() == InboxSort.AGE) ? "created_at" : "due_key");
		Integer rank = (!newest && query.sort() == InboxSort.LIGHT) ? row.getInt("light_rank") : null;
		return new Sorted(read, (Integer) row.getObject("deadline_no"),
				new Cursor(at, (rank != null) ? rank + "/" + row.getString("sort_key") : row.getString("sort_key")));
	}

	/** Tells what is left for a whole page at one go. */
	private List<InboxRow> withRemaining(List<Sorted> rows) {
		Map<String, List<Deadline>> open = this.clocks.open(rows.stream()
			.map(Sorted::row)
			.filter((row) -> row.light() != null)
			.map(InboxRow::caseNo)
			.distinct()
			.toList());
		List<InboxRow> told = new ArrayList<>();
		for (Sorted sorted : rows) {
			InboxRow row = sorted.row();
			List<Deadline> deadlines = (row.light() != null) ? open.getOrDefault(row.caseNo(), List.of()) : List.of();
			told.add((sorted.deadlineNo() != null
					? deadlines.stream().filter((deadline) -> deadline.no() == sorted.deadlineNo()).findFirst()
					: Deadline.next(deadlines))
				.map((deadline) -> row.with(this.clocks.of(row.place(), deadline)))
				.orElse(row));
		}
		return told;
	}

	private record Sorted(InboxRow row, Integer deadlineNo, Cursor cursor) {

	}

}
