package gridcase.oversight;

import java.io.InputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import gridcase.shared.Refusal;
import gridcase.shared.Texts;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Lists of cases to be archived and deleted, archives, holds and tombstones. */
@Component
class RetentionStore {

	private final JdbcTemplate jdbc;

	RetentionStore(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * A list.
	 *
	 * @param id number
	 * @param place place of its cases
	 * @param caseNo the matter in which it is approved
	 * @param state {@code PENDING APPROVED REFUSED DONE}
	 * @param drawnBy who drew it up
	 * @param drawnAt when
	 * @param decidedBy who approved or refused it, or null
	 * @param decidedAt when
	 * @param doneAt when its cases were deleted
	 * @param cases how many cases are on it
	 * @param deleted how many of them are gone
	 */
	record RetentionList(long id, String place, String caseNo, String state, String drawnBy, Instant drawnAt,
			String decidedBy, Instant decidedAt, Instant doneAt, int cases, int deleted) {

	}

	/**
	 * A case of a list.
	 *
	 * @param caseNo its number
	 * @param title its title as listed
	 * @param category its category
	 * @param severity how serious it was
	 * @param outcome what came of it
	 * @param closedAt when it ended
	 * @param years how many years it is kept
	 * @param rule rule of the table that says so
	 * @param reason its words
	 * @param state {@code LISTED DROPPED ARCHIVED HELD CHANGED DELETED}
	 */
	record Item(String caseNo, String title, String category, String severity, String outcome, Instant closedAt,
			int years, String rule, String reason, String state) {

	}

	/**
	 * An archive.
	 *
	 * @param caseNo the case
	 * @param listId the list it was archived with
	 * @param place its place
	 * @param fileName name of the file
	 * @param size bytes
	 * @param sha256 SHA-256 of it
	 * @param events how many events the case had
	 * @param headHash hash of the last one
	 * @param stored whether the content stands in the database
	 * @param madeAt when
	 */
	record Archive(String caseNo, long listId, String place, String fileName, long size, byte[] sha256, int events,
			byte[] headHash, boolean stored, Instant madeAt) {

	}

	/**
	 * A hold.
	 *
	 * @param id number
	 * @param caseNo the case it keeps
	 * @param place its place
	 * @param reason why
	 * @param placedBy who put it there
	 * @param placedAt when
	 * @param liftedBy who lifted it, or null
	 * @param liftedAt when
	 * @param liftReason why
	 */
	record Hold(long id, String caseNo, String place, String reason, String placedBy, Instant placedAt, String liftedBy,
			Instant liftedAt, String liftReason) {

	}

	/** What is left of a deleted case. */
	record Tombstone(String caseNo, String place, int events, String headHash, String archiveSha256, long listId,
			Instant deletedAt) {

	}

	// --- lists ---

	long create(String place, String caseNo, String by, Instant at) {
		return this.jdbc.queryForObject(
				"insert into retention_list (place, case_no, state, drawn_by, drawn_at) values (?, ?, 'PENDING', ?, ?) returning id",
				Long.class, place, caseNo, by, Timestamp.from(at));
	}

	void add(long list, List<RetentionRules.Due> due) {
		this.jdbc.batchUpdate(
				"insert into retention_item (list_id, case_no, title, category, severity, outcome, closed_at, years, rule, reason, state) "
						+ "values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'LISTED')",
				due, Math.max(1, due.size()), (statement, each) -> {
					statement.setLong(1, list);
					statement.setString(2, each.file().caseNo());
					statement.setString(3, each.file().title());
					statement.setString(4, each.term().kind().category());
					statement.setString(5, each.term().kind().severity());
					statement.setString(6, each.term().kind().outcome());
					statement.setTimestamp(7, Timestamp.from(each.file().closedAt()));
					statement.setInt(8, each.term().years());
					statement.setString(9, each.term().rule());
					statement.setString(10, each.term().reason());
				});
	}

	/** Numbers of the cases of a place that are on a list already, or held. */
	List<String> taken(String place) {
		return this.jdbc.queryForList(
				"select i.case_no from retention_item i join retention_list l on l.id = i.list_id "
						+ "where l.place = ? and i.state in ('LISTED', 'ARCHIVED') "
						+ "union select case_no from legal_hold where place = ? and lifted_at is null",
				String.class, place, place);
	}

	private static final String LISTS = "select l.*, (select count(*) from retention_item i where i.list_id = l.id) as cases, "
			+ "(select count(*) from retention_item i where i.list_id = l.id and i.state = 'DELETED') as deleted from retention_list l ";

	List<RetentionList> lists(String place, int most) {
		return this.jdbc.query(LISTS + "where l.place = ? order by l.id desc limit " + most, RetentionStore::list,
				place);
	}

	RetentionList list(long id) {
		return this.jdbc.query(LISTS + "where l.id = ?", RetentionStore::list, id)
			.stream()
			.findFirst()
			.orElseThrow(() -> Refusal.notFound(Texts.of("oversight", "oversight.retention.no-list", id)));
	}

	RetentionList ofMatter(String caseNo) {
		return this.jdbc.query(LISTS + "where l.case_no = ?", RetentionStore::list, caseNo)
			.stream()
			.findFirst()
			.orElseThrow(() -> new IllegalStateException("Case " + caseNo + " is about no list"));
	}

	void decide(long list, String state, String by, Instant at) {
		this.jdbc.update("update retention_list set state = ?, decided_by = ?, decided_at = ? where id = ?", state, by,
				Timestamp.from(at), list);
	}

	void done(long list, Instant at) {
		this.jdbc.update("update retention_list set state = 'DONE', done_at = ? where id = ?", Timestamp.from(at),
				list);
	}

	List<Item> items(long list) {
		return this.jdbc.query("select * from retention_item where list_id = ? order by closed_at, case_no",
				(row, number) -> new Item(row.getString("case_no"), row.getString("title"), row.getString("category"),
						row.getString("severity"), row.getString("outcome"), row.getTimestamp("closed_at").toInstant(),
						row.getInt("years"), row.getString("rule"), row.getString("reason"), row.getString("state")),
				list);
	}

	void move(long list, String caseNo, String state) {
		this.jdbc.update("update retention_item set state = ? where list_id = ? and case_no = ?", state, list, caseNo);
	}

	void moveAll(long list, String state) {
		this.jdbc.update("update retention_item set state = ? where list_id = ?", state, list);
	}

	private static RetentionList list(ResultSet row, int number) throws SQLException {
		return new RetentionList(row.getLong("id"), row.getString("place"), row.getString("case_no"),
				row.getString("state"), row.getString("drawn_by"), row.getTimestamp("drawn_at").toInstant(),
				row.getString("decided_by"), instant(row, "decided_at"), instant(row, "done_at"), row.getInt("cases"),
				row.getInt("deleted"));
	}

	// --- archives ---

	/**
	 * Keeps an archive; one of an earlier list, from which the case did not go, makes
	 * way.
	 * @param content its content, or null if that is in a file of the folder
	 */
	void keep(Archive archive, InputStream content) {
		this.jdbc.update("delete from archive_file where case_no = ?", archive.caseNo());
		this.jdbc.update(
				"insert into archive_file (case_no, list_id, place, file_name, size, sha256, events, head_hash, content, made_at) "
						+ "values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
				(statement) -> {
					statement.setString(1, archive.caseNo());
					statement.setLong(2, archive.listId());
					statement.setString(3, archive.place());
					statement.setString(4, archive.fileName());
					statement.setLong(5, archive.size());
					statement.setBytes(6, archive.sha256());
					statement.setInt(7, archive.events());
					statement.setBytes(8, archive.headHash());
					if (content != null) {
						statement.setBinaryStream(9, content, archive.size());
					}
					else {
						statement.setNull(9, java.sql.Types.BINARY);
					}
					statement.setTimestamp(10, Timestamp.from(archive.madeAt()));
				});
	}

	Optional<Archive> archive(String caseNo) {
		return this.jdbc.query(
				"select case_no, list_id, place, file_name, size, sha256, events, head_hash, content is not null as stored, made_at "
						+ "from archive_file where case_no = ?",
				(row, number) -> new Archive(row.getString("case_no"), row.getLong("list_id"), row.getString("place"),
						row.getString("file_name"), row.getLong("size"), row.getBytes("sha256"), row.getInt("events"),
						row.getBytes("head_hash"), row.getBoolean("stored"), row.getTimestamp("made_at").toInstant()),
				caseNo)
			.stream()
			.findFirst();
	}

	byte[] content(String caseNo) {
		return this.jdbc.queryForObject("select content from archive_file where case_no = ?", byte[].class, caseNo);
	}

	/**
	 * Deletes a case; the database refuses one that may not go.
	 * @return how many rows went
	 */
	int delete(long list, String caseNo, Instant at) {
		return this.jdbc.queryForObject("select delete_retained_case(?, ?, ?)", Integer.class, list, caseNo,
				Timestamp.from(at));
	}

	Optional<Tombstone> tombstone(String caseNo) {
		return this.jdbc.query(
				"select *, encode(head_hash, 'hex') as head, encode(archive_sha256, 'hex') as archive from case_tombstone where case_no = ?",
				(row, number) -> new Tombstone(row.getString("case_no"), row.getString("place"), row.getInt("events"),
						row.getString("head"), row.getString("archive"), row.getLong("list_id"),
						row.getTimestamp("deleted_at").toInstant()),
				caseNo)
			.stream()
			.findFirst();
	}

	// --- holds ---

	/** Waits for whoever is deleting the case, and keeps the case from being deleted. */
	void hold(String caseNo, String place, String reason, String by, Instant at) {
		this.jdbc.query("select 1 from case_file where case_no = ? for update", (row) -> {
		}, caseNo);
		this.jdbc.update("insert into legal_hold (case_no, place, reason, placed_by, placed_at) values (?, ?, ?, ?, ?)",
				caseNo, place, reason, by, Timestamp.from(at));
	}

	int lift(String caseNo, String reason, String by, Instant at) {
		return this.jdbc.update(
				"update legal_hold set lifted_by = ?, lifted_at = ?, lift_reason = ? where case_no = ? and lifted_at is null",
				by, Timestamp.from(at), reason, caseNo);
	}

	Optional<Hold> held(String caseNo) {
		return this.jdbc
			.query("select * from legal_hold where case_no = ? and lifted_at is null", RetentionStore::hold, caseNo)
			.stream()
			.findFirst();
	}

	/** Holds of a place, those that stand first. */
	List<Hold> holds(String place, int most) {
		return this.jdbc.query(
				"select * from legal_hold where place = ? order by lifted_at is not null, id desc limit " + most,
				RetentionStore::hold, place);
	}

	private static Hold hold(ResultSet row, int number) throws SQLException {
		return new Hold(row.getLong("id"), row.getString("case_no"), row.getString("place"), row.getString("reason"),
				row.getString("placed_by"), row.getTimestamp("placed_at").toInstant(), row.getString("lifted_by"),
				instant(row, "lifted_at"), row.getString("lift_reason"));
	}

	private static Instant instant(ResultSet row, String column) throws SQLException {
		Timestamp moment = row.getTimestamp(column);
		return (moment != null) ? moment.toInstant() : null;
	}

}
