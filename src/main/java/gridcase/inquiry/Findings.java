package gridcase.inquiry;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

import gridcase.audit.Access;
import gridcase.audit.AccessLog;
import gridcase.casework.CaseActions;
import gridcase.casework.CaseFile;
import gridcase.casework.CaseRecord;
import gridcase.casework.CaseRecords;
import gridcase.casework.Cases;
import gridcase.casework.Report;
import gridcase.clock.PlatformClock;
import gridcase.registry.Catalogue;
import gridcase.registry.Category;
import gridcase.registry.Staff;
import gridcase.registry.StaffDirectory;
import gridcase.registry.Units;
import gridcase.shared.FieldProblem;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What auditors find in cases. A finding is on record in the audited case; sent, it is a
 * case of its own that the unit works off, and what became of it is read from that.
 */
@Component
public class Findings {

	/** Kinds of faults, in the order people see them. */
	public static final List<String> KINDS = List.of("OVERDUE", "SHIFTED", "FALSE_RESULT", "WRONG_PROCEDURE",
			"WRONG_DISPATCH", "RULE_DEFECT", "PERSONAL_DATA", "OTHER");

	/** How grave it can be. */
	public static final List<String> SEVERITIES = List.of("MINOR", "GENERAL", "SERIOUS", "MAJOR");

	/** Process a rectification runs through. */
	static final String PROCESS = "rectification";

	private static final String CHANNEL = "INTERNAL";

	private static final int LONGEST = 2000;

	private static final int SHORTEST = 4;

	private static final int TITLE = 40;

	private static final String SELECT = "select f.*, x.case_no rectification, v.reason, v.revoked_at, c.state case_state, c.outcome, "
			+ "c.stage_name, coalesce(c.holder, c.holder_pool) holder, c.due_at, c.closed_at from inquiry_finding f "
			+ "left join inquiry_rectification x on x.finding_id = f.id left join inquiry_revocation v on v.finding_id = f.id "
			+ "left join case_file c on c.case_no = x.case_no ";

	private final JdbcTemplate jdbc;

	private final NamedParameterJdbcTemplate named;

	private final TransactionTemplate transaction;

	private final CaseRecords records;

	private final CaseActions actions;

	private final Cases cases;

	private final Catalogue catalogue;

	private final Units units;

	private final StaffDirectory staff;

	private final AccessLog log;

	private final PlatformClock clock;

	Findings(JdbcTemplate jdbc, PlatformTransactionManager transactions, CaseRecords records, CaseActions actions,
			Cases cases, Catalogue catalogue, Units units, StaffDirectory staff, AccessLog log, PlatformClock clock) {
		this.jdbc = jdbc;
		this.named = new NamedParameterJdbcTemplate(jdbc);
		this.transaction = new TransactionTemplate(transactions);
		this.records = records;
		this.actions = actions;
		this.cases = cases;
		this.catalogue = catalogue;
		this.units = units;
		this.staff = staff;
		this.log = log;
		this.clock = clock;
	}

	/**
	 * Writes a finding.
	 * @param file the audited case, as the auditor may see it
	 * @param order what was found
	 * @param by sign-in name of the auditor, in whose name this runs
	 * @return its number
	 * @throws Refusal with every field that does not fit
	 */
	public long write(CaseFile file, FindingOrder order, String by) {
		FindingOrder whole = checked(file, order);
		if (!whole.send()) {
			return this.transaction.execute((status) -> insert(file, whole, by));
		}
		long[] id = new long[1];
		this.actions.open(matter(file, whole, by), (rectification) -> {
			id[0] = insert(file, whole, by);
			sent(file, id[0], rectification, by);
		});
		return id[0];
	}

	/**
	 * Sends a finding that was only noted.
	 * @return number of the case that is its rectification
	 * @throws Refusal if it was sent or revoked already
	 */
	public String send(long id, String by) {
		Finding finding = get(id);
		mustBeNoted(finding);
		CaseFile file = this.cases.get(finding.caseNo());
		FindingOrder order = new FindingOrder(finding.steps(), finding.kind(), finding.severity(), finding.text(),
				finding.demand(), finding.unit(), finding.person(), true, null);
		return this.actions.open(matter(file, order, by), (rectification) -> sent(file, id, rectification, by));
	}

	/**
	 * Takes back a finding that was only noted; one that was sent is revoked where it is
	 * worked off.
	 * @throws Refusal without a reason, or if it was sent or revoked already
	 */
	public void revoke(long id, String reason, String by) {
		Finding finding = get(id);
		mustBeNoted(finding);
		List<FieldProblem> problems = new ArrayList<>();
		text(problems, "reason", reason);
		if (!problems.isEmpty()) {
			throw Refusal.invalid(problems);
		}
		this.transaction.executeWithoutResult((status) -> {
			CaseRecord record = this.records.open(finding.caseNo());
			record.event("FINDING_REVOKED", null, Map.of("finding", id, "reason", reason.strip()));
			this.jdbc.update(
					"insert into inquiry_revocation (finding_id, reason, revoked_by, revoked_at) values (?, ?, ?, ?)",
					id, reason.strip(), by, now());
		});
	}

	private static void mustBeNoted(Finding finding) {
		if (finding.state() != Finding.State.NOTED) {
			throw Refusal.conflict(Texts.of("inquiry", "inquiry.refused.not-noted", finding.id()));
		}
	}

	private long insert(CaseFile file, FindingOrder order, String by) {
		// the lock on the case comes first, so that two findings of one case follow each
		// other
		CaseRecord record = this.records.open(file.caseNo());
		long id = this.jdbc.queryForObject(
				"insert into inquiry_finding (place, case_no, steps, kind, severity, text, demand, unit, person, written_by, written_at) "
						+ "values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) returning id",
				Long.class, file.place(), file.caseNo(), order.steps().toArray(Integer[]::new), order.kind(),
				order.severity(), order.text(), order.demand(), order.unit(), order.person(), by, now());
		Map<String, Object> data = new TreeMap<>(
				Map.of("finding", id, "kind", order.kind(), "severity", order.severity(), "steps", order.steps(),
						"unit", order.unit(), "reason", order.text(), "demand", order.demand()));
		if (order.person() != null) {
			data.put("person", order.person());
		}
		record.event("FINDING_WRITTEN", null, data);
		if (order.sample() != null) {
			int marked = this.jdbc.update(
					"update inquiry_sample_case set verdict = 'FINDING', finding_id = ?, looked_by = ?, looked_at = ? "
							+ "where sample_id = ? and case_no = ?",
					id, by, now(), order.sample(), file.caseNo());
			if (marked == 0) {
				throw Refusal
					.notFound(Texts.of("inquiry", "inquiry.refused.sample-case", order.sample(), file.caseNo()));
			}
		}
		this.log.record(new Access(by, file.place(), "FINDING_WRITTEN", "case", file.caseNo(),
				Map.of("finding", id, "kind", order.kind()), null));
		return id;
	}

	private void sent(CaseFile file, long id, String rectification, String by) {
		this.jdbc.update(
				"insert into inquiry_rectification (finding_id, case_no, sent_by, sent_at) values (?, ?, ?, ?)", id,
				rectification, by, now());
		this.records.open(rectification).set("finding", id);
		this.records.open(file.caseNo())
			.event("FINDING_SENT", null, Map.of("finding", id, "rectification", rectification));
	}

	private Report matter(CaseFile file, FindingOrder order, String by) {
		Category category = this.catalogue.ofProcess(file.place(), PROCESS, this.clock.now())
			.orElseThrow(() -> Refusal.rule(Texts.of("inquiry", "inquiry.refused.no-category", PROCESS)));
		Map<String, Object> values = new HashMap<>();
		String title = Objects.toString(file.title(), file.caseNo());
		values.put("title",
				Texts.own("inquiry", "inquiry.rectification.title",
						Texts.own("inquiry", "inquiry.kind." + order.kind()),
						(title.length() > TITLE) ? title.substring(0, TITLE) + "…" : title));
		values.put("description",
				Texts.own("inquiry", "inquiry.rectification.text", file.caseNo(), order.text(), order.demand()));
		values.put("category", category.code());
		values.put("gridCode", file.fact("gridCode"));
		values.put("severity", order.severity());
		values.put("leadUnit", order.unit());
		values.put("auditedCase", file.caseNo());
		return new Report(file.place(), CHANNEL, by, values);
	}

	private FindingOrder checked(CaseFile file, FindingOrder order) {
		List<FieldProblem> problems = new ArrayList<>();
		int last = this.jdbc.queryForObject("select event_seq from case_file where case_no = ?", Integer.class,
				file.caseNo());
		List<Integer> steps = (order.steps() != null) ? order.steps().stream().distinct().sorted().toList() : List.of();
		if (steps.isEmpty() || steps.get(0) < 1 || steps.get(steps.size() - 1) > last) {
			problem(problems, "steps", "inquiry.refused.steps", last);
		}
		one(problems, "kind", order.kind(), KINDS);
		one(problems, "severity", order.severity(), SEVERITIES);
		text(problems, "text", order.text());
		text(problems, "demand", order.demand());
		Instant now = this.clock.now();
		String person = blankToNull(order.person());
		Staff known = (person != null)
				? this.staff.find(person, now).filter((each) -> each.place().equals(file.place())).orElse(null) : null;
		if (person != null && known == null) {
			problem(problems, "person", "inquiry.refused.person", person);
		}
		String unit = blankToNull(order.unit());
		if (unit == null && known != null) {
			unit = known.unit();
		}
		if (unit == null) {
			problem(problems, "unit", "inquiry.refused.unit-needed");
		}
		else if (this.units.find(unit, now).filter((each) -> each.place().equals(file.place())).isEmpty()) {
			problem(problems, "unit", "inquiry.refused.unit", unit);
		}
		if (!problems.isEmpty()) {
			throw Refusal.invalid(problems);
		}
		return new FindingOrder(steps, order.kind(), order.severity(), order.text().strip(), order.demand().strip(),
				unit, person, order.send(), order.sample());
	}

	private static void one(List<FieldProblem> problems, String field, String value, List<String> known) {
		if (value == null || !known.contains(value)) {
			problem(problems, field, "inquiry.refused.one-of", String.join(" ", known));
		}
	}

	private static void text(List<FieldProblem> problems, String field, String value) {
		if (value == null || value.strip().length() < SHORTEST || value.strip().length() > LONGEST) {
			problem(problems, field, "inquiry.refused.length", SHORTEST, LONGEST);
		}
	}

	private static void problem(List<FieldProblem> problems, String field, String key, Object... values) {
		problems.add(new FieldProblem(field, Texts.of("inquiry", "inquiry.finding." + field),
				Texts.of("inquiry", key, values)));
	}

	private static String blankToNull(String text) {
		return (text == null || text.isBlank()) ? null : text.strip();
	}

	private Timestamp now() {
		return Timestamp.from(this.clock.now().truncatedTo(ChronoUnit.MICROS));
	}

	/**
	 * A finding, whoever asks.
	 * @throws Refusal if there is none
	 */
	public Finding get(long id) {
		return this.jdbc.query(SELECT + "where f.id = ?", Findings::finding, id)
			.stream()
			.findFirst()
			.orElseThrow(() -> Refusal.notFound(Texts.of("inquiry", "inquiry.refused.no-finding", id)));
	}

	/** Findings of a case, the oldest first. */
	public List<Finding> ofCase(String caseNo) {
		return this.jdbc.query(SELECT + "where f.case_no = ? order by f.id", Findings::finding, caseNo);
	}

	/**
	 * Cases of a place with a finding that is not done with: neither withdrawn nor
	 * rectified.
	 * @param place place code
	 */
	public Set<String> unfinished(String place) {
		return Set.copyOf(this.jdbc.queryForList(
				"select distinct f.case_no from inquiry_finding f left join inquiry_rectification x on x.finding_id = f.id "
						+ "left join inquiry_revocation v on v.finding_id = f.id left join case_file c on c.case_no = x.case_no "
						+ "where f.place = ? and v.finding_id is null and (x.finding_id is null or c.state = 'OPEN')",
				String.class, place));
	}

	/**
	 * Findings of a place in the cases somebody may see, the newest first.
	 * @param place place code
	 * @param state only those that are there, or null
	 * @param condition SQL condition on {@code c}, the audited case
	 * @param parameters its parameters
	 * @param most how many at most
	 */
	List<Finding> ofPlace(String place, Finding.State state, String condition, Map<String, Object> parameters,
			int most) {
		Map<String, Object> all = new HashMap<>(parameters);
		all.put("place", place);
		String only = (state == null) ? "" : switch (state) {
			case NOTED -> " and x.finding_id is null and v.finding_id is null";
			case RECTIFYING -> " and c.state = 'OPEN'";
			case RECTIFIED -> " and c.outcome = 'RECTIFIED'";
			case REVOKED -> " and (v.finding_id is not null or c.outcome = 'REVOKED')";
		};
		return this.named.query(
				SELECT + "where f.place = :place and exists (select 1 from case_file c where c.case_no = f.case_no and "
						+ condition + ")" + only + " order by f.id desc limit " + most,
				all, Findings::finding);
	}

	private static Finding finding(ResultSet row, int number) throws SQLException {
		Timestamp revoked = row.getTimestamp("revoked_at");
		Timestamp closed = row.getTimestamp("closed_at");
		Timestamp due = row.getTimestamp("due_at");
		Finding.State state = state(row);
		boolean runs = state == Finding.State.RECTIFYING;
		return new Finding(row.getLong("id"), row.getString("place"), row.getString("case_no"),
				Arrays.asList((Integer[]) row.getArray("steps").getArray()), row.getString("kind"),
				row.getString("severity"), row.getString("text"), row.getString("demand"), row.getString("unit"),
				row.getString("person"), row.getString("written_by"), row.getTimestamp("written_at").toInstant(),
				row.getString("rectification"), state, runs ? row.getString("stage_name") : null,
				runs ? row.getString("holder") : null, (runs && due != null) ? due.toInstant() : null,
				(revoked != null) ? revoked.toInstant() : (closed != null) ? closed.toInstant() : null,
				row.getString("reason"));
	}

	private static Finding.State state(ResultSet row) throws SQLException {
		if (row.getTimestamp("revoked_at") != null || "REVOKED".equals(row.getString("outcome"))) {
			return Finding.State.REVOKED;
		}
		if (row.getString("rectification") == null) {
			return Finding.State.NOTED;
		}
		return "RECTIFIED".equals(row.getString("outcome")) ? Finding.State.RECTIFIED : Finding.State.RECTIFYING;
	}

}
