package gridcase.evidence;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import javax.sql.DataSource;

import gridcase.audit.CaseEvent;
import gridcase.evidence.CaseContents.Decision;
import gridcase.evidence.CaseContents.Limit;
import gridcase.evidence.CaseContents.Link;
import gridcase.evidence.CaseContents.StoredCase;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.stereotype.Component;

/** Reads what is checked and packed, as it stands in the database. */
@Component("evidenceRows")
class StoredRows {

	private final JdbcTemplate jdbc;

	private final JdbcTemplate streaming;

	StoredRows(DataSource dataSource) {
		this.jdbc = new JdbcTemplate(dataSource);
		this.streaming = new JdbcTemplate(dataSource);
		this.streaming.setFetchSize(1000);
	}

	/**
	 * Which cases: a range of numbers or some of them.
	 *
	 * @param after numbers behind this one, or null
	 * @param until up to this one, or null: without end
	 * @param some these, or null
	 */
	record Which(String after, String until, List<String> some) {

		static Which range(String after, String until) {
			return new Which(after, until, null);
		}

		static Which of(List<String> some) {
			return new Which(null, null, some);
		}

		String condition(String column) {
			return (this.some != null) ? column + " = any (?)"
					: column + " > ?" + ((this.until != null) ? " and " + column + " <= ?" : "");
		}

		Object[] parameters() {
			if (this.some != null) {
				return new Object[] { this.some.toArray(String[]::new) };
			}
			return (this.until != null) ? new Object[] { this.after, this.until } : new Object[] { this.after };
		}

	}

	/** Contents of cases, by number; of those as well that have left but a part. */
	Map<String, CaseContents> contents(Which which) {
		Map<String, CaseContents> found = new TreeMap<>();
		each("select case_no, place, state, event_seq, event_hash from case_file where ", which, "case_no", "",
				(row) -> {
					String caseNo = row.getString(1);
					found.put(caseNo,
							new CaseContents(caseNo,
									new StoredCase(row.getString(2), row.getString(3), row.getInt(4), row.getBytes(5)),
									new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>()));
				});
		each("select case_no, seq, at, actor, kind, element, data, hash from case_event where ", which, "case_no",
				" order by case_no, seq", (row) -> of(found, row).events().add(event(row)));
		each("select case_no, element, table_key, table_place, version, release_id, inputs, outputs, rules, at from decision_record where ",
				which, "case_no", " order by case_no, id", (row) -> of(found, row).decisions().add(decision(row)));
		each("select * from custody where ", which, "case_no", " order by case_no, no",
				(row) -> of(found, row).custody().add(link(row)));
		each("select * from deadline where ", which, "case_no", " order by case_no, no",
				(row) -> of(found, row).deadlines().add(limit(row)));
		return found;
	}

	private static CaseContents of(Map<String, CaseContents> found, ResultSet row) throws SQLException {
		return found.computeIfAbsent(row.getString("case_no"), (caseNo) -> new CaseContents(caseNo, null,
				new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>()));
	}

	/** Decisions of some cases in the order they were taken. */
	Map<String, List<Decision>> decisions(List<String> caseNos) {
		Map<String, List<Decision>> found = new HashMap<>();
		each("select case_no, element, table_key, table_place, version, release_id, inputs, outputs, rules, at from decision_record where ",
				Which.of(caseNos), "case_no", " order by case_no, id",
				(row) -> found.computeIfAbsent(row.getString(1), (caseNo) -> new ArrayList<>()).add(decision(row)));
		return found;
	}

	/** Leaves of cases by number, the oldest first. */
	Map<String, List<Roots.Placed>> leaves(Which which) {
		Map<String, List<Roots.Placed>> found = new LinkedHashMap<>();
		each("select * from evidence_leaf where kind = 'CASE' and ", which, "subject", " order by subject, root_no",
				(row) -> found.computeIfAbsent(row.getString("subject"), (caseNo) -> new ArrayList<>())
					.add(Roots.placed(row, 0)));
		return found;
	}

	private void each(String sql, Which which, String column, String order, RowCallbackHandler reader) {
		this.jdbc.query(sql + which.condition(column) + order, reader, which.parameters());
	}

	/**
	 * Cases whose last event before a moment no root knows yet, by number.
	 * @param since nothing older is looked at
	 * @param end the moment
	 */
	void changed(Instant since, Instant end, RowCallbackHandler reader) {
		this.streaming.query(
				"""
						select c.case_no, c.seq, e.hash from (
						select case_no, max(seq) as seq from case_event where at >= ? and at < ? group by case_no) c
						join case_event e on e.case_no = c.case_no and e.seq = c.seq
						where not exists (select 1 from evidence_leaf l where l.subject = c.case_no and l.kind = 'CASE' and l.seq >= c.seq)
						order by c.case_no""",
				reader, Timestamp.from(since), Timestamp.from(end));
	}

	/** Files of cases that no root knows yet. */
	void files(Instant since, Instant end, RowCallbackHandler reader) {
		this.streaming.query("""
				select a.id, a.case_no, a.sha256 from attachment a
				where a.case_no is not null and a.uploaded_at >= ? and a.uploaded_at < ?
				and not exists (select 1 from evidence_leaf l where l.subject = a.id::text and l.kind = 'FILE')
				order by a.uploaded_at, a.id""", reader, Timestamp.from(since), Timestamp.from(end));
	}

	/** Releases before a moment that no root knows yet. */
	List<Leaf> releases(Instant end) {
		return this.jdbc
			.queryForList("select r.id from policy_release r where r.released_at < ? and not exists ("
					+ "select 1 from evidence_leaf l where l.subject = r.id::text and l.kind = 'RULES') order by r.id",
					Long.class, Timestamp.from(end))
			.stream()
			.map(this::release)
			.toList();
	}

	/** A release as it is hashed. */
	Leaf release(long id) {
		return new Leaf(Leaf.RULES, Long.toString(id), null,
				releaseDoc(id).map(PackageFiles.ReleaseDoc::hash).orElse(Digests.START), null, null, null);
	}

	/** A release with the fingerprints of its rules, by kind and key. */
	Optional<PackageFiles.ReleaseDoc> releaseDoc(long id) {
		List<PackageFiles.ReleasedRuleDoc> rules = this.jdbc.query(
				"select type, key, version, encode(sha256(content), 'hex') from policy_release_rule where release_id = ? order by type collate \"C\", key collate \"C\"",
				(row, number) -> new PackageFiles.ReleasedRuleDoc(row.getString(1), row.getString(2), row.getInt(3),
						row.getString(4)),
				id);
		return this.jdbc.query(
				"select place, from_files, applies_to, released_at, effective_from, released_by, note from policy_release where id = ?",
				(row, number) -> new PackageFiles.ReleaseDoc(id, row.getString(1), row.getBoolean(2), row.getString(3),
						row.getTimestamp(4).toInstant(), row.getTimestamp(5).toInstant(), row.getString(6),
						row.getString(7), rules),
				id)
			.stream()
			.findFirst();
	}

	/** Files of a case with their fingerprints, without their contents. */
	List<PackageFiles.FileDoc> attachments(String caseNo) {
		return this.jdbc.query(
				"select id, name, content_type, size, sha256, uploaded_by, uploaded_at from attachment where case_no = ? order by uploaded_at, id",
				(row, number) -> new PackageFiles.FileDoc(row.getString(1), row.getString(2), row.getString(3),
						row.getLong(4), Digests.hex(row.getBytes(5)), row.getString(6), row.getTimestamp(7).toInstant(),
						"attachments/" + row.getString(1)),
				caseNo);
	}

	/** The last row of the access log before a moment; 0 if there is none. */
	long lastLogged(Instant end) {
		return this.jdbc.queryForObject("select coalesce(max(id), 0) from access_log where at < ?", Long.class,
				Timestamp.from(end));
	}

	/** Up to which row the access log is under roots. */
	long lastSignedLog() {
		return this.jdbc
			.queryForList("select number from evidence_leaf where subject = 'access_log' and kind = 'LOG' "
					+ "order by root_no desc, leaf_no desc limit 1", Long.class)
			.stream()
			.findFirst()
			.orElse(0L);
	}

	/**
	 * Rows of the access log, chained.
	 * @param first the first row's number
	 * @param last the last row's
	 */
	byte[] log(long first, long last) {
		List<byte[]> hash = new ArrayList<>(List.of(Digests.START));
		this.jdbc.query(
				"select id, at, login, place, kind, subject_kind, subject, details, reason from access_log where id between ? and ? order by id",
				(row) -> {
					hash.set(0,
							Digests.link(hash.get(0), row.getLong(1), Digests.micros(row.getTimestamp(2).toInstant()),
									row.getString(3), row.getString(4), row.getString(5), row.getString(6),
									row.getString(7), row.getString(8), row.getString(9)));
				}, first, last);
		return hash.get(0);
	}

	/** Numbers of at most so many rows of the access log after one. */
	List<Long> logRows(long after, long until, int most) {
		return this.jdbc.queryForList("select id from access_log where id > ? and id <= ? order by id limit ?",
				Long.class, after, until, most);
	}

	/** Whether cases can be archived and deleted at all here. */
	boolean hasTombstones() {
		return this.jdbc.queryForObject("select to_regclass('case_tombstone') is not null", Boolean.class);
	}

	/** Archived and deleted cases, as leaves. */
	List<Leaf> tombstones(Which which) {
		return hasTombstones()
				? this.jdbc.query("select case_no, events, head_hash, archive_sha256 from case_tombstone where "
						+ which.condition("case_no"), StoredRows::tombstone, which.parameters())
				: List.of();
	}

	/** Cases deleted before a moment whose deletion no root knows yet. */
	List<Leaf> removed(Instant end) {
		return hasTombstones() ? this.jdbc
			.query("select t.case_no, t.events, t.head_hash, t.archive_sha256 from case_tombstone t where t.deleted_at < ? and not exists ("
					+ "select 1 from evidence_leaf l where l.subject = t.case_no and l.kind = 'REMOVED') order by t.case_no",
					StoredRows::tombstone, Timestamp.from(end))
				: List.of();
	}

	private static Leaf tombstone(ResultSet row, int number) throws SQLException {
		return new Leaf(Leaf.REMOVED, row.getString(1), row.getLong(2), row.getBytes(3), null, row.getBytes(4), null);
	}

	private static CaseEvent event(ResultSet row) throws SQLException {
		return new CaseEvent(row.getString("case_no"), row.getInt("seq"), row.getTimestamp("at").toInstant(),
				row.getString("actor"), row.getString("kind"), row.getString("element"), row.getString("data"),
				row.getBytes("hash"));
	}

	private static Decision decision(ResultSet row) throws SQLException {
		return new Decision(row.getString("element"), row.getString("table_key"), row.getString("table_place"),
				row.getInt("version"), row.getLong("release_id"), row.getString("inputs"), row.getString("outputs"),
				row.getString("rules"), row.getTimestamp("at").toInstant());
	}

	private static Link link(ResultSet row) throws SQLException {
		return new Link(row.getInt("no"), row.getString("kind"), row.getString("leg"), row.getString("person"),
				row.getString("pool"), row.getString("unit"), row.getString("role"), row.getBoolean("worked"),
				instant(row, "from_at"), instant(row, "to_at"), row.getObject("working_seconds", Long.class),
				row.getString("reason_code"), row.getString("reason_text"), row.getString("ordered_by"),
				row.getString("acting_for"));
	}

	private static Limit limit(ResultSet row) throws SQLException {
		return new Limit(row.getInt("no"), row.getString("stage"), row.getBigDecimal("limit_value"),
				row.getString("limit_unit"), row.getInt("warn_percent"), row.getString("rule"),
				instant(row, "started_at"), instant(row, "warn_at"), instant(row, "due_at"), instant(row, "warned_at"),
				instant(row, "breached_at"), instant(row, "done_at"), row.getLong("budget_seconds"),
				row.getLong("left_seconds"), instant(row, "counted_from"), instant(row, "paused_at"),
				instant(row, "excused_at"), row.getString("excuse_reason"), row.getString("excused_by"),
				row.getString("tier"), row.getString("leg"));
	}

	private static Instant instant(ResultSet row, String column) throws SQLException {
		Timestamp value = row.getTimestamp(column);
		return (value != null) ? value.toInstant() : null;
	}

}
