package gridcase.trial;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.core.type.TypeReference;
import gridcase.clock.PlatformClock;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Tables {@code studio_trial} and those that belong to it. */
@Component
class TrialStore {

	/** A server that has not been heard of for so long is taken for dead. */
	static final int SILENT_SECONDS = 120;

	private static final TypeReference<List<TrialGroup.Sample>> SAMPLES = new TypeReference<>() {
	};

	private final JdbcTemplate jdbc;

	private final TransactionTemplate transaction;

	private final PlatformClock clock;

	private final ApplicationEventPublisher events;

	TrialStore(JdbcTemplate jdbc, PlatformTransactionManager transactions, PlatformClock clock,
			ApplicationEventPublisher events) {
		this.jdbc = jdbc;
		this.transaction = new TransactionTemplate(transactions);
		this.clock = clock;
		this.events = events;
	}

	long add(TrialOrder order, String hash) {
		return this.transaction.execute((status) -> {
			Long id = this.jdbc.queryForObject(
					"""
							insert into studio_trial (draft_id, place, table_key, from_at, to_at, state, content_hash, started_by,
							created_at, beat_at, stopped, took_millis, total, done, same, changed, failing, gap_count, overlap_count, other_rule,
							unknown, unknown_names, judged, unjudged, warned_before, warned_after, breached_before, breached_after,
							escalated_before, escalated_after)
							values (?, ?, ?, ?, ?, 'WAITING', ?, ?, ?, clock_timestamp(), false, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, '', 0, 0,
							0, 0, 0, 0, 0, 0) returning id""",
					Long.class, order.draftId(), order.place(), order.table(), Timestamp.from(order.from()),
					Timestamp.from(order.to()), hash, order.by(), Timestamp.from(this.clock.now()));
			order.files()
				.forEach((name, content) -> this.jdbc.update(
						"insert into studio_trial_file (trial_id, name, content) values (?, ?, ?)", id, name, content));
			return id;
		});
	}

	Optional<Trial> find(long id) {
		return this.jdbc.query("select * from studio_trial where id = ?", TrialStore::trial, id).stream().findFirst();
	}

	List<Trial> ofDraft(long draftId) {
		return this.jdbc.query("select * from studio_trial where draft_id = ? order by id desc", TrialStore::trial,
				draftId);
	}

	Map<String, byte[]> files(long id) {
		Map<String, byte[]> files = new LinkedHashMap<>();
		this.jdbc.query("select name, content from studio_trial_file where trial_id = ? order by name", (row) -> {
			files.put(row.getString("name"), row.getBytes("content"));
		}, id);
		return files;
	}

	void begin(long id, int total) {
		this.jdbc.update(
				"update studio_trial set state = 'RUNNING', total = ?, beat_at = clock_timestamp() where id = ?", total,
				id);
	}

	/** Says that the server lives; tells whether somebody wants the trial to stop. */
	boolean beat(long id) {
		return this.jdbc
			.queryForList("update studio_trial set beat_at = clock_timestamp() where id = ? returning stopped",
					Boolean.class, id)
			.get(0);
	}

	/** The same with how far it is. */
	boolean beat(long id, Tally tally, long millis) {
		return this.jdbc.queryForList("""
				update studio_trial set beat_at = clock_timestamp(), took_millis = ?, done = ?, same = ?, changed = ?,
				failing = ?, total = greatest(total, ?) where id = ? returning stopped""", Boolean.class, millis,
				tally.done(), tally.same(), tally.changed(), tally.failing(), tally.done(), id)
			.get(0);
	}

	void addCases(long id, List<Object[]> rows) {
		List<Object[]> written = new ArrayList<>(rows.size());
		for (Object[] row : rows) {
			Object[] whole = new Object[row.length + 1];
			whole[0] = id;
			System.arraycopy(row, 0, whole, 1, row.length);
			written.add(whole);
		}
		this.jdbc.batchUpdate("""
				insert into studio_trial_case (trial_id, no, group_no, case_no, decision_id, at, unknown, limit_unit,
				used_seconds, left_seconds, still_open, breached_before, breached_after)
				values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""", written);
	}

	/** Writes the whole result at once. */
	void end(long id, TrialState state, String fault, Tally tally, long millis) {
		this.transaction.executeWithoutResult((status) -> {
			Counts counts = tally.counts();
			this.jdbc.update(
					"""
							update studio_trial set state = ?, fault = ?, ended_at = ?, beat_at = clock_timestamp(), took_millis = ?,
							total = case when ? = 'DONE' then ? else greatest(total, ?) end, done = ?, same = ?, changed = ?, failing = ?, gap_count = ?,
							overlap_count = ?, other_rule = ?, unknown = ?, unknown_names = ?, judged = ?, unjudged = ?,
							warned_before = ?, warned_after = ?, breached_before = ?, breached_after = ?, escalated_before = ?,
							escalated_after = ? where id = ?""",
					state.name(), fault, Timestamp.from(this.clock.now()), millis, state.name(), tally.done(),
					tally.done(), tally.done(), tally.same(), tally.changed(), tally.failing(), tally.gaps(),
					tally.overlaps(), tally.otherRule(), tally.unknown(), String.join(",", tally.unknownNames()),
					counts.judged(), tally.unjudged(), counts.warnedBefore(), counts.warnedAfter(),
					counts.breachedBefore(), counts.breachedAfter(), counts.escalatedBefore(), counts.escalatedAfter(),
					id);
			addGroups(id, tally);
			tally.sums().forEach((key, sum) -> {
				String[] parts = key.split("\n", -1);
				this.jdbc.update("""
						insert into studio_trial_sum (trial_id, kind, place, key, judged, warned_before, warned_after,
						breached_before, breached_after, escalated_before, escalated_after)
						values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""", id, parts[0], parts[1], parts[2], sum.judged(),
						sum.warnedBefore(), sum.warnedAfter(), sum.breachedBefore(), sum.breachedAfter(),
						sum.escalatedBefore(), sum.escalatedAfter());
			});
			tell(id);
		});
	}

	private void addGroups(long id, Tally tally) {
		for (Tally.Group group : tally.groups()) {
			ChangedTables.Outcome before = group.verdict().before();
			ChangedTables.Outcome after = group.verdict().after();
			Counts counts = group.counts();
			this.jdbc
				.update("""
						insert into studio_trial_group (trial_id, no, kind, place, old_table, old_owner, old_version, old_rules,
						old_outputs, new_table, new_owner, new_rules, new_outputs, fault, message, samples, decisions,
						warned_before, warned_after, breached_before, breached_after, escalated_before, escalated_after, newly)
						values (?, ?, ?, ?, ?, ?, ?, ?, ?::json, ?, ?, ?, ?::json, ?, ?, ?::json, ?, ?, ?, ?, ?, ?, ?, ?)""",
						id, group.no(), group.verdict().kind().name(), group.place(), before.table(), before.owner(),
						group.first().last().version(), String.join(",", before.rules()), Plain.json(before.rows()),
						after.table(), after.owner(), String.join(",", after.rules()), Plain.json(after.rows()),
						(after.fault() != null) ? after.fault().name() : null, after.message(),
						Plain.json(group.samples()), group.decisions(), counts.warnedBefore(), counts.warnedAfter(),
						counts.breachedBefore(), counts.breachedAfter(), counts.escalatedBefore(),
						counts.escalatedAfter(), group.newly());
		}
	}

	/**
	 * Ends what is not going on anywhere, without its result.
	 * @return whether it was still open
	 */
	boolean end(long id, TrialState state, String fault) {
		return this.transaction.execute((status) -> {
			boolean ended = this.jdbc.update("""
					update studio_trial set state = ?, fault = ?, ended_at = ?
					where id = ? and state in ('WAITING', 'RUNNING')""", state.name(), fault,
					Timestamp.from(this.clock.now()), id) > 0;
			if (ended) {
				tell(id);
			}
			return ended;
		});
	}

	private void tell(long id) {
		this.events.publishEvent(new TrialEnded(find(id).orElseThrow()));
	}

	/** Wants it to stop; the server that has it will notice. */
	void stop(long id) {
		this.jdbc.update("update studio_trial set stopped = true where id = ? and state in ('WAITING', 'RUNNING')", id);
	}

	/** Open trials of servers that have not been heard of. */
	List<Long> silent() {
		return this.jdbc.queryForList(
				"select id from studio_trial where state in ('WAITING', 'RUNNING') "
						+ "and beat_at < clock_timestamp() - ? * interval '1 second' order by id",
				Long.class, SILENT_SECONDS);
	}

	/** Failing ones first, then the largest. */
	List<TrialGroup> groups(long id) {
		return this.jdbc.query(
				"select * from studio_trial_group where trial_id = ? order by (kind = 'CHANGED'), decisions desc, no",
				TrialStore::group, id);
	}

	List<TrialSum> sums(long id, String kind) {
		return this.jdbc.query("""
				select * from studio_trial_sum where trial_id = ? and kind = ?
				order by breached_after + breached_before desc, judged desc, place, key""",
				(row, number) -> new TrialSum(row.getString("place"), row.getString("key"),
						Counts.of(row, row.getInt("judged"))),
				id, kind);
	}

	List<TrialCase> cases(long id, int group, boolean newly, int offset, int size) {
		return this.jdbc
			.query("select t.*, c.place, c.title, c.address from studio_trial_case t join case_file c on c.case_no = t.case_no "
					+ "where t.trial_id = ? and t.group_no = ? and (not ? or (t.breached_after and not t.breached_before)) "
					+ "order by t.no offset ? limit ?", TrialStore::trialCase, id, group, newly, offset, size);
	}

	private static TrialCase trialCase(ResultSet row, int number) throws SQLException {
		return new TrialCase(row.getInt("no"), row.getInt("group_no"), row.getString("case_no"), row.getString("place"),
				row.getString("title"), row.getString("address"), row.getTimestamp("at").toInstant(),
				row.getBoolean("unknown"), row.getString("limit_unit"), row.getObject("used_seconds", Long.class),
				row.getObject("left_seconds", Long.class), row.getObject("still_open", Boolean.class),
				row.getObject("breached_before", Boolean.class), row.getObject("breached_after", Boolean.class));
	}

	private static TrialGroup group(ResultSet row, int number) throws SQLException {
		return new TrialGroup(row.getInt("no"), row.getString("kind").equals("FAILING"), row.getString("place"),
				row.getString("old_table"), row.getString("old_owner"), row.getInt("old_version"),
				Plain.rules(row.getString("old_rules")), Plain.rows(row.getString("old_outputs")),
				row.getString("new_table"), row.getString("new_owner"), Plain.rules(row.getString("new_rules")),
				Plain.rows(row.getString("new_outputs")), row.getString("fault"), Plain.said(row.getString("message")),
				Plain.read(row.getString("samples"), SAMPLES), row.getInt("decisions"), Counts.of(row, 0),
				row.getInt("newly"));
	}

	private static Trial trial(ResultSet row, int number) throws SQLException {
		Timestamp ended = row.getTimestamp("ended_at");
		return new Trial(row.getLong("id"), row.getObject("draft_id", Long.class), row.getString("place"),
				row.getString("table_key"), row.getTimestamp("from_at").toInstant(),
				row.getTimestamp("to_at").toInstant(), TrialState.valueOf(row.getString("state")),
				row.getString("content_hash"), row.getString("started_by"), instant(row.getTimestamp("created_at")),
				(ended != null) ? ended.toInstant() : null, row.getString("fault"), row.getLong("took_millis"),
				row.getInt("total"), row.getInt("done"), row.getInt("same"), row.getInt("changed"),
				row.getInt("failing"), row.getInt("gap_count"), row.getInt("overlap_count"), row.getInt("other_rule"),
				row.getInt("unknown"), Plain.rules(row.getString("unknown_names")), row.getInt("unjudged"),
				Counts.of(row, row.getInt("judged")));
	}

	private static Instant instant(Timestamp moment) {
		return moment.toInstant();
	}

}
