package gridcase.casework;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import gridcase.clock.PlatformClock;
import gridcase.registry.Duties;
import gridcase.shared.FieldProblem;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;

import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * A person's work. Lists come from {@code inbox_item} (and {@code case_file} for cases
 * owned, watched or done), never from the engine; pages are by key, so a deep page costs
 * what the first one does.
 */
@Component
public class Inbox {

	/** The views, in the order people see them. */
	public static final List<String> VIEWS = List.of("MINE", "POOL", "OWNED", "WATCHED", "DONE");

	private static final Timestamp NEVER = Timestamp.from(Instant.parse("9999-12-31T00:00:00Z"));

	private static final String TASKS = "select i.task_id, i.case_no, i.place, coalesce(i.turn_name || ' · ', '') || i.name task_name, i.title, i.address, i.category, i.severity, i.urgency, "
			+ "i.stage_name, i.owner, i.assignee, i.pool, i.leg, i.created_at, i.warn_at, i.due_at, i.light, i.deadline_no, coalesce(i.acting_for, i.assignee) whose, coalesce(i.due_at, :never) sort_at, i.task_id sort_key "
			+ "from inbox_item i where ";

	private static final String CASES = "select null task_id, i.case_no, i.place, i.stage_name task_name, i.title, i.address, i.category, i.severity, i.urgency, "
			+ "i.stage_name, i.owner, i.holder assignee, i.holder_pool pool, '' leg, i.reported_at created_at, i.warn_at, i.due_at, i.light, null::integer deadline_no, %s whose, coalesce(i.due_at, :never) sort_at, i.case_no sort_key "
			+ "from case_file i where ";

	private static final String WATCHES = "k.kind = 'WATCHER' and k.to_at is null and k.person = any (:people)";

	private final NamedParameterJdbcTemplate jdbc;

	private final Duties duties;

	private final PlatformClock clock;

	private final Clocks clocks;

	Inbox(NamedParameterJdbcTemplate jdbc, Duties duties, PlatformClock clock, Clocks clocks) {
		this.clocks = clocks;
		this.jdbc = jdbc;
		this.duties = duties;
		this.clock = clock;
	}

	/** One page of a view, the deadline that runs out first on top. */
	public Page<InboxRow> page(InboxQuery query) {
		Map<String, Object> parameters = parameters(query.login());
		StringBuilder sql = new StringBuilder(select(query.view()));
		if (query.text() != null && !query.text().isBlank()) {
			sql.append(" and (i.case_no ilike :text or i.title ilike :text or i.address ilike :text)");
			parameters.put("text", "%" + query.text().trim().replace("%", "\\%").replace("_", "\\_") + "%");
		}
		if (query.category() != null && !query.category().isBlank()) {
			sql.append(" and i.category = :category");
			parameters.put("category", query.category());
		}
		if (query.light() != null && !query.light().isBlank()) {
			sql.append(light(query.light()));
		}
		Cursor cursor = Cursor.parse(query.cursor());
		if (cursor != null) {
			sql.append(" and (coalesce(i.due_at, :never), ")
				.append(query.view().equals("MINE") || query.view().equals("POOL") ? "i.task_id" : "i.case_no")
				.append(") > (:cursorAt, :cursorKey)");
			parameters.put("cursorAt", Timestamp.from(cursor.at()));
			parameters.put("cursorKey", cursor.key());
		}
		int size = Math.max(1, Math.min(200, query.size()));
		sql.append(" order by sort_at, sort_key limit ").append(size + 1);
		Instant now = this.clock.now();
		List<Sorted> rows = this.jdbc.query(sql.toString(), parameters,
				(row, number) -> row(row, whose(row, query.login(), now)));
		List<InboxRow> shown = withRemaining(rows.stream().limit(size).toList());
		return new Page<>(shown, (rows.size() > size) ? rows.get(size - 1).cursor().text() : null);
	}

	/** How many rows each view has. */
	public Map<String, Integer> counts(String login) {
		Map<String, Object> parameters = parameters(login);
		Map<String, Integer> counts = new LinkedHashMap<>();
		for (String view : VIEWS) {
			counts.put(view, this.jdbc.queryForObject("select count(*) from (" + select(view) + ") counted", parameters,
					Integer.class));
		}
		return counts;
	}

	private Map<String, Object> parameters(String login) {
		Map<String, Object> parameters = new HashMap<>();
		parameters.put("login", login);
		parameters.put("people",
				Stream.concat(Stream.of(login), this.duties.actingFor(login, this.clock.now()).stream())
					.toArray(String[]::new));
		parameters.put("pools", this.duties.poolsOf(login, this.clock.now()).toArray(String[]::new));
		parameters.put("never", NEVER);
		return parameters;
	}

	private static String select(String view) {
		return switch (view) {
			case "MINE" -> TASKS + "i.assignee = any (:people)";
			case "POOL" -> TASKS + "i.assignee is null and i.pool = any (:pools)";
			case "OWNED" -> CASES.formatted("i.owner") + "i.owner = any (:people) and i.state = 'OPEN'";
			case "WATCHED" -> CASES
				.formatted("(select max(k.person) from custody k where k.case_no = i.case_no and " + WATCHES
						+ " having not bool_or(k.person = :login))")
					+ "i.state = 'OPEN' and i.case_no in (select k.case_no from custody k where " + WATCHES + ")";
			case "DONE" -> CASES.formatted("null")
					+ "i.state <> 'OPEN' and i.case_no in (select k.case_no from custody k where k.person = :login)";
			default -> throw new Refusal(Refusal.Kind.INVALID, Texts.of("casework", "casework.refused.view", view),
					List.of(new FieldProblem("view", Texts.of("casework", "casework.label.view"),
							Texts.of("casework", "casework.refused.view-known", VIEWS))));
		};
	}

	private static String light(String light) {
		return switch (light) {
			case "OVER", "WARN", "PAUSED" -> " and i.light = '" + light + "'";
			case "OK" -> " and (i.light is null or i.light = 'OK')";
			default -> throw new Refusal(Refusal.Kind.INVALID, Texts.of("casework", "casework.refused.light", light),
					List.of(new FieldProblem("light", Texts.of("casework", "casework.label.light"),
							Texts.of("casework", "casework.refused.light-known"))));
		};
	}

	/** The absent person whose work a line is, or null where it is the reader's own. */
	private String whose(ResultSet row, String login, Instant now) throws SQLException {
		String whose = row.getString("whose");
		if (whose == null && row.getString("task_id") != null) {
			return this.duties.actingFor(login, row.getString("pool"), now).orElse(null);
		}
		return login.equals(whose) ? null : whose;
	}

	private static Sorted row(ResultSet row, String actingFor) throws SQLException {
		return new Sorted(new InboxRow(row.getString("task_id"), row.getString("case_no"), row.getString("place"),
				row.getString("task_name"), row.getString("title"), row.getString("address"), row.getString("category"),
				row.getString("severity"), row.getString("urgency"), row.getString("stage_name"),
				row.getString("owner"), row.getString("assignee"), row.getString("pool"), row.getString("leg"),
				CaseRecords.instant(row, "created_at"), CaseRecords.instant(row, "warn_at"),
				CaseRecords.instant(row, "due_at"), row.getString("light"), null, actingFor),
				(Integer) row.getObject("deadline_no"),
				new Cursor(CaseRecords.instant(row, "sort_at"), row.getString("sort_key")));
	}

	/** Tells what is left for a whole page at one go. */
	private List<InboxRow> withRemaining(List<Sorted> rows) {
		Map<String, List<Deadline>> open = this.clocks.open(rows.stream()
			.map(Sorted::row)
			.filter((row) -> row.light() != null)
			.map(InboxRow::caseNo)
			.distinct()
			.toList());
		return rows.stream().map((sorted) -> {
			InboxRow row = sorted.row();
			List<Deadline> deadlines = (row.light() != null) ? open.getOrDefault(row.caseNo(), List.of()) : List.of();
			return (sorted.deadlineNo() != null
					? deadlines.stream().filter((deadline) -> deadline.no() == sorted.deadlineNo()).findFirst()
					: Deadline.next(deadlines))
				.map((deadline) -> row.with(this.clocks.of(row.place(), deadline)))
				.orElse(row);
		}).toList();
	}

	private record Sorted(InboxRow row, Integer deadlineNo, Cursor cursor) {

	}

}
