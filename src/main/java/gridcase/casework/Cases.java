package gridcase.casework;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import gridcase.privacy.PersonalData;
import gridcase.privacy.PersonalKind;
import gridcase.shared.FieldProblem;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;

import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Component;

/** Reads cases, their custody and deadlines. Nothing here changes anything. */
@Component
public class Cases {

	/** Lists of cases that wait for something, in the order people see them. */
	public static final List<String> LISTS = List.of("SUSPENDED", "DIFFICULT");

	private static final Pattern TELEPHONE = Pattern.compile("\\+?[0-9][0-9 -]{6,19}");

	private final NamedParameterJdbcTemplate jdbc;

	private final Visibility visibility;

	private final PersonalData personal;

	private final WordSearch search;

	Cases(NamedParameterJdbcTemplate jdbc, Visibility visibility, PersonalData personal, WordSearch search) {
		this.jdbc = jdbc;
		this.visibility = visibility;
		this.personal = personal;
		this.search = search;
	}

	/**
	 * A case by its number, whoever asks; for the platform's own work.
	 * @throws Refusal if there is none
	 */
	public CaseFile get(String caseNo) {
		return one(this.jdbc.query("select * from case_file c where case_no = :caseNo", Map.of("caseNo", caseNo),
				Cases::file), caseNo);
	}

	/** A case by its number, or empty if there is none; for the platform's own work. */
	public Optional<CaseFile> find(String caseNo) {
		return this.jdbc
			.query("select * from case_file c where case_no = :caseNo", Map.of("caseNo", caseNo), Cases::file)
			.stream()
			.findFirst();
	}

	/**
	 * A case as a person may see it.
	 * @throws Refusal if there is none, or none that this person may see
	 */
	public CaseFile get(String caseNo, String login) {
		Map<String, Object> parameters = new HashMap<>(this.visibility.of(login));
		parameters.put("caseNo", caseNo);
		return one(this.jdbc.query("select * from case_file c where case_no = :caseNo and " + Visibility.CONDITION,
				parameters, Cases::file), caseNo);
	}

	private static CaseFile one(List<CaseFile> found, String caseNo) {
		if (found.isEmpty()) {
			throw Refusal.notFound(Texts.of("casework", "casework.refused.no-case-for-you", caseNo));
		}
		return found.get(0);
	}

	/** Cases a person may see, newest first, a page at a time. */
	public Page<CaseFile> search(CaseQuery query) {
		Map<String, Object> parameters = new HashMap<>();
		StringBuilder sql = new StringBuilder();
		filter(sql, parameters, "place", query.place(), " and c.place = :place");
		filter(sql, parameters, "state", query.state(), " and c.state = :state");
		filter(sql, parameters, "stage", query.stage(), " and c.stage_key = :stage");
		filter(sql, parameters, "category", query.category(),
				" and (c.category = :category or c.category_class = :category)");
		if (query.text() != null && TELEPHONE.matcher(query.text().strip()).matches()) {
			sql.append(" and (c.reporter_index = any (:phones) or c.case_no ilike :text)");
			parameters.put("phones",
					this.personal.indexes(PersonalKind.PHONE, query.text().strip()).toArray(String[]::new));
			parameters.put("text", "%" + query.text().strip() + "%");
		}
		else {
			List<String> words = InboxFilter.words(query.text());
			sql.append(WordSearch.all(words, "concat_ws(' ', c.case_no, c.title, c.address)", parameters));
			String[] few = words.isEmpty() ? null : this.search.few(words);
			if (few != null) {
				sql.append(" and c.case_no = any (:few)");
				parameters.put("few", few);
			}
		}
		if (query.list() != null && !query.list().isBlank()) {
			sql.append(list(query.list()));
		}
		Cursor cursor = Cursor.parse(query.cursor());
		if (cursor != null) {
			parameters.put("at", Timestamp.from(cursor.at()));
			parameters.put("key", cursor.key());
		}
		int size = Math.max(1, Math.min(200, query.size()));
		parameters.put("most", size + 1);
		List<CaseFile> rows = this.jdbc.query(
				this.visibility.newest(query.login(), sql.toString(), cursor != null, parameters), parameters,
				Cases::file);
		if (rows.size() <= size) {
			return new Page<>(rows, null);
		}
		CaseFile last = rows.get(size - 1);
		return new Page<>(rows.subList(0, size), new Cursor(last.reportedAt(), last.caseNo()).text());
	}

	/**
	 * Open cases of the same grid that a person may see, the latest first.
	 * @param file the case they are near to, itself left out
	 * @param login sign-in name of who asks
	 * @param since reported no earlier than this
	 * @param most greatest number of them
	 */
	public List<CaseFile> near(CaseFile file, String login, Instant since, int most) {
		Map<String, Object> parameters = new HashMap<>(this.visibility.of(login));
		parameters.put("caseNo", file.caseNo());
		parameters.put("place", file.place());
		parameters.put("grid", file.fact("gridCode"));
		parameters.put("since", Timestamp.from(since));
		return this.jdbc.query(
				"select * from case_file c where c.place = :place and c.grid_code = :grid "
						+ "and c.state = 'OPEN' and c.reported_at >= :since and c.case_no <> :caseNo and "
						+ Visibility.CONDITION + " order by c.reported_at desc, c.case_no desc limit " + most,
				parameters, Cases::file);
	}

	private static String list(String list) {
		return switch (list) {
			case "SUSPENDED" -> " and c.suspended_at is not null";
			case "DIFFICULT" -> " and c.difficult_since is not null";
			default -> throw new Refusal(Refusal.Kind.INVALID, Texts.of("casework", "casework.refused.list", list),
					List.of(new FieldProblem("list", Texts.of("casework", "casework.label.list"),
							Texts.of("casework", "casework.refused.list-known", LISTS))));
		};
	}

	private static void filter(StringBuilder sql, Map<String, Object> parameters, String name, String value,
			String condition) {
		if (value != null && !value.isBlank()) {
			sql.append(condition);
			parameters.put(name, value);
		}
	}

	/** The chain of responsibility of a case, in the order it began. */
	public List<Custody> custody(String caseNo) {
		return this.jdbc.query("select * from custody where case_no = :caseNo order by no", Map.of("caseNo", caseNo),
				Cases::link);
	}

	static Custody link(ResultSet row, int number) throws SQLException {
		return new Custody(row.getInt("no"), row.getString("kind"), row.getString("leg"), row.getString("person"),
				row.getString("pool"), row.getString("unit"), row.getString("role"), row.getBoolean("worked"),
				CaseRecords.instant(row, "from_at"), CaseRecords.instant(row, "to_at"),
				(Long) row.getObject("working_seconds"), row.getString("reason_code"), row.getString("reason_text"),
				row.getString("ordered_by"), row.getString("acting_for"));
	}

	/** All deadlines of a case, in the order they were set. */
	public List<Deadline> deadlines(String caseNo) {
		return this.jdbc.query("select * from deadline where case_no = :caseNo order by no", Map.of("caseNo", caseNo),
				Cases::deadline);
	}

	static Deadline deadline(ResultSet row, int number) throws SQLException {
		return new Deadline(row.getInt("no"), row.getString("stage"), row.getString("scope"),
				row.getBigDecimal("limit_value"), row.getString("limit_unit"), row.getInt("warn_percent"),
				row.getString("rule"), CaseRecords.instant(row, "started_at"), CaseRecords.instant(row, "warn_at"),
				CaseRecords.instant(row, "due_at"), CaseRecords.instant(row, "warned_at"),
				CaseRecords.instant(row, "breached_at"), CaseRecords.instant(row, "done_at"),
				row.getLong("budget_seconds"), row.getLong("left_seconds"), CaseRecords.instant(row, "counted_from"),
				CaseRecords.instant(row, "paused_at"), CaseRecords.instant(row, "excused_at"), row.getString("tier"),
				row.getString("leg"));
	}

	/**
	 * The limits that apply and applied to a case, with table and version, in the order
	 * they began.
	 */
	public List<LimitNorm> norms(String caseNo) {
		return this.jdbc.query("""
				select d.no, d.stage, n.limit_value, n.limit_unit, n.rule, n.due_at, n.until_at, n.no as norm,
				coalesce(lag(n.until_at) over (partition by d.no order by n.no), d.started_at) as from_at
				from deadline d join (
				select deadline_no, no, limit_value, limit_unit, rule, due_at, until_at from deadline_norm
				where case_no = :caseNo
				union all select no, 2147483647, limit_value, limit_unit, rule, due_at, null from deadline
				where case_no = :caseNo) n on n.deadline_no = d.no
				where d.case_no = :caseNo order by d.no, n.no""", Map.of("caseNo", caseNo),
				(row, number) -> new LimitNorm(row.getInt("no"), row.getString("stage"),
						row.getBigDecimal("limit_value"), row.getString("limit_unit"), row.getString("rule"),
						CaseRecords.instant(row, "due_at"), CaseRecords.instant(row, "from_at"),
						CaseRecords.instant(row, "until_at")));
	}

	/**
	 * The way a case took through its own diagram, step by step.
	 * @param file the case
	 * @param instances its instances in the engine; more than one if it was reopened
	 */
	public List<PathStep> path(CaseFile file, List<String> instances) {
		return this.jdbc.query(
				"select * from case_path where case_no = :caseNo and process_instance in (:instances) order by version",
				Map.of("caseNo", file.caseNo(), "instances", instances),
				(row, number) -> new PathStep(CaseRecords.instant(row, "at"), elements(row, "entered"),
						elements(row, "ended")));
	}

	private static List<String> elements(ResultSet row, String column) throws SQLException {
		return List.of((String[]) row.getArray(column).getArray());
	}

	private static Map<String, String> turns(ResultSet row) throws SQLException {
		Map<String, String> turns = new HashMap<>();
		CaseRecords.facts(row.getString("open_turns")).forEach((instance, key) -> turns.put(instance, key.toString()));
		return turns;
	}

	static CaseFile file(ResultSet row, int number) throws SQLException {
		return new CaseFile(row.getString("case_no"), row.getString("place"), row.getString("state"),
				row.getString("outcome"), row.getString("title"), CaseRecords.instant(row, "reported_at"),
				CaseRecords.instant(row, "closed_at"), row.getString("reporter"), row.getString("grid_path"),
				row.getString("stage_key"), row.getString("stage_name"), CaseRecords.instant(row, "stage_since"),
				row.getString("owner"), CaseRecords.instant(row, "owner_since"), row.getString("holder"),
				row.getString("holder_pool"), row.getString("holder_unit"), CaseRecords.instant(row, "holder_since"),
				CaseRecords.instant(row, "warn_at"), CaseRecords.instant(row, "due_at"), row.getString("light"),
				CaseRecords.instant(row, "suspended_at"), CaseRecords.instant(row, "difficult_since"), turns(row),
				row.getInt("version"), row.getString("process"), row.getString("process_instance"),
				CaseRecords.facts(row.getString("facts")));
	}

}
