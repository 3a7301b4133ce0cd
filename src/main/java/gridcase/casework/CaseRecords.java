package gridcase.casework;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import gridcase.audit.CaseTrail;
import gridcase.clock.PlatformClock;
import gridcase.clock.WorkingCalendars;
import gridcase.notice.Outbox;
import gridcase.privacy.PersonalData;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.ParameterizedPreparedStatementSetter;
import org.springframework.jdbc.core.PreparedStatementCallback;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The cases of the current transaction. A case is read once, with a lock on its row, and
 * written once, just before the transaction commits; all rows of one kind go in one
 * batch. So the file, custody, deadlines, inbox, events and messages change together with
 * the engine's state or not at all.
 */
@Component
public class CaseRecords {

	private static final String COLUMNS = "state = ?, outcome = ?, closed_at = ?, stage_key = ?, stage_name = ?, stage_since = ?, "
			+ "owner = ?, owner_since = ?, holder = ?, holder_pool = ?, holder_unit = ?, holder_since = ?, warn_at = ?, due_at = ?, light = ?, "
			+ "event_seq = ?, event_hash = ?, deadline_seq = ?, custody_seq = ?, facts = ?::jsonb, process_instance = ?, open_turns = ?::jsonb, suspended_at = ?, difficult_since = ?, reporter_index = ?, version = ?";

	/**
	 * What is read of a case, each by its number ({@code %s}); the file first, as the
	 * rest belongs to it.
	 */
	private static final List<String> READ = List
		.of("select case_no, place, reported_at, reporter, grid_path, process, internal, version, facts, process_instance, owner, severity, state, outcome, closed_at, "
				+ "stage_key, stage_name, stage_since, event_seq, event_hash, deadline_seq, custody_seq, suspended_at, difficult_since, open_turns "
				+ "from case_file where case_no %s",
				"select * from deadline where case_no %s and done_at is null order by case_no, no",
				"select * from custody where case_no %s and to_at is null order by case_no, no",
				OpenTasks.SELECT + "where case_no %s");

	private static final ObjectMapper JSON = JsonMapper.builder()
		.enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
		.findAndAddModules()
		.disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
		.build();

	private final JdbcTemplate jdbc;

	private final CaseTrail trail;

	private final Outbox outbox;

	private final PlatformClock clock;

	private final WorkingCalendars calendars;

	CaseRecords(JdbcTemplate jdbc, CaseTrail trail, Outbox outbox, PlatformClock clock, WorkingCalendars calendars) {
		this.jdbc = jdbc;
		this.trail = trail;
		this.outbox = outbox;
		this.clock = clock;
		this.calendars = calendars;
	}

	/**
	 * The case as this transaction sees and changes it.
	 * @param caseNo its number
	 * @return the record, the same one for the whole transaction
	 * @throws Refusal if there is no such case
	 */
	public CaseRecord open(String caseNo) {
		Unit unit = unit();
		CaseRecord known = unit.records.get(caseNo);
		if (known != null) {
			return known;
		}
		return lockAndRead("?", caseNo)
			.orElseThrow(() -> Refusal.notFound(Texts.of("casework", "casework.refused.no-case", caseNo)));
	}

	/**
	 * The same, found by one of its open tasks.
	 * @throws Refusal if the task is done or never was
	 */
	CaseRecord openByTask(String taskId) {
		return lockAndRead("(select case_no from inbox_item where task_id = ?)", taskId)
			.orElseThrow(() -> Refusal.conflict(Texts.of("casework", "casework.refused.task-gone")));
	}

	/**
	 * Several statements in one round trip: what belongs to the case is read only after
	 * the lock was got, as whoever had it before has left it.
	 */
	private Optional<CaseRecord> lockAndRead(String which, String key) {
		String lock = "select 1 from case_file where case_no = " + which + " for update; ";
		List<CaseRecord> found = this.jdbc.execute(lock + read("= " + which),
				(PreparedStatementCallback<List<CaseRecord>>) (statement) -> {
					for (int i = 0; i <= READ.size(); i++) {
						statement.setString(i + 1, key);
					}
					statement.execute();
					statement.getMoreResults();
					return records(statement);
				});
		if (found.isEmpty()) {
			return Optional.empty();
		}
		CaseRecord known = unit().records.putIfAbsent(found.get(0).caseNo, found.get(0));
		return Optional.of((known != null) ? known : found.get(0));
	}

	/**
	 * Cases whose rows this transaction has locked already, read together.
	 * @param caseNos their numbers
	 * @return the records, in that order
	 */
	List<CaseRecord> openLocked(Collection<String> caseNos) {
		Unit unit = unit();
		String[] unknown = caseNos.stream()
			.filter((caseNo) -> !unit.records.containsKey(caseNo))
			.toArray(String[]::new);
		this.jdbc.execute(read("= any (?)"), (PreparedStatementCallback<List<CaseRecord>>) (statement) -> {
			java.sql.Array numbers = statement.getConnection().createArrayOf("text", unknown);
			for (int i = 0; i < READ.size(); i++) {
				statement.setArray(i + 1, numbers);
			}
			statement.execute();
			return records(statement);
		}).forEach((found) -> unit.records.put(found.caseNo, found));
		return caseNos.stream().map(unit.records::get).toList();
	}

	/**
	 * What a stage has used up before of its limit, at the tier the case is at: by the
	 * last deadline of that stage that was met.
	 */
	public Duration used(CaseRecord record, String stage, String leg) {
		if (record.count("reworkCount") + record.count("returnCount") == 0) {
			return Duration.ZERO;
		}
		String since = record.text("reopenedAt").orElse("-infinity");
		return this.jdbc.query("select * from deadline where case_no = ? and stage = ? and leg = ? and tier = ? "
				+ "and done_at is not null and breached_at is null and started_at >= ?::timestamptz order by no desc limit 1",
				Cases::deadline, record.caseNo, stage, leg, record.text("tier").orElse(""), since)
			.stream()
			.findFirst()
			.map((last) -> Duration.ofSeconds(last.budgetSeconds()).minus(last.left(last.doneAt(), record.calendar())))
			.orElse(Duration.ZERO);
	}

	/** A new case; its row is written when the transaction commits. */
	CaseRecord create(String caseNo, String place, String reporter, String gridPath, String process, boolean internal,
			Map<String, Object> facts) {
		Instant now = now();
		CaseRecord record = new CaseRecord(caseNo, place, now, reporter, gridPath, process, internal, true, 0, facts,
				now, () -> this.calendars.forPlace(place), this::json);
		unit().records.put(caseNo, record);
		return record;
	}

	/** Whether this transaction already works on the case. */
	boolean isOpen(String caseNo) {
		return TransactionSynchronizationManager.getResource(this) instanceof Unit unit
				&& unit.records.containsKey(caseNo);
	}

	String nextCaseNo(String prefix, java.time.ZoneId zone) {
		Long number = this.jdbc.queryForObject("select nextval('case_number')", Long.class);
		java.time.LocalDate day = now().atZone(zone).toLocalDate();
		return String.format("%s%tY%<tm%<td-%06d", prefix, day, number);
	}

	private Instant now() {
		return this.clock.now().truncatedTo(ChronoUnit.MICROS);
	}

	private String json(Object value) {
		try {
			return JSON.writeValueAsString(value);
		}
		catch (JsonProcessingException ex) {
			throw new IllegalArgumentException("Not a value of JSON types: " + value, ex);
		}
	}

	private Unit unit() {
		if (!TransactionSynchronizationManager.isSynchronizationActive()) {
			throw new IllegalStateException("A case is worked on inside a transaction only");
		}
		Unit unit = (Unit) TransactionSynchronizationManager.getResource(this);
		if (unit == null) {
			unit = new Unit();
			TransactionSynchronizationManager.bindResource(this, unit);
			TransactionSynchronizationManager.registerSynchronization(unit);
		}
		return unit;
	}

	private final class Unit implements TransactionSynchronization {

		private final Map<String, CaseRecord> records = new LinkedHashMap<>();

		@Override
		public void beforeCommit(boolean readOnly) {
			write(this.records.values());
		}

		@Override
		public void suspend() {
			TransactionSynchronizationManager.unbindResource(CaseRecords.this);
		}

		@Override
		public void resume() {
			TransactionSynchronizationManager.bindResource(CaseRecords.this, this);
		}

		@Override
		public void afterCompletion(int status) {
			TransactionSynchronizationManager.unbindResourceIfPossible(CaseRecords.this);
		}

	}

	// --- reading ---

	private static String read(String which) {
		return READ.stream().map((sql) -> sql.formatted(which)).collect(Collectors.joining("; "));
	}

	/** What a statement of {@link #READ} answered, from its first result on. */
	private List<CaseRecord> records(PreparedStatement statement) throws SQLException {
		Map<String, CaseRecord> found = new LinkedHashMap<>();
		each(statement, (row) -> {
			CaseRecord record = file(row);
			found.put(record.caseNo, record);
		});
		each(statement, (row) -> {
			Deadline deadline = Cases.deadline(row, 0);
			found.get(row.getString("case_no")).deadlines.put(deadline.no(), deadline);
		});
		each(statement, (row) -> {
			Custody link = Cases.link(row, 0);
			found.get(row.getString("case_no")).custody.put(link.no(), link);
		});
		each(statement, (row) -> {
			OpenTask task = OpenTasks.task(row, 0);
			found.get(row.getString("case_no")).tasks.put(task.taskId(), task);
		});
		return List.copyOf(found.values());
	}

	/** The rows of the present result; the next one becomes the present one. */
	private static void each(PreparedStatement statement, RowCallbackHandler reader) throws SQLException {
		try (ResultSet row = statement.getResultSet()) {
			while (row.next()) {
				reader.processRow(row);
			}
		}
		statement.getMoreResults();
	}

	private CaseRecord file(ResultSet row) throws SQLException {
		String place = row.getString("place");
		CaseRecord record = new CaseRecord(row.getString("case_no"), place, instant(row, "reported_at"),
				row.getString("reporter"), row.getString("grid_path"), row.getString("process"),
				row.getBoolean("internal"), false, row.getInt("version"), facts(row.getString("facts")), now(),
				() -> this.calendars.forPlace(place), this::json);
		record.processInstance = row.getString("process_instance");
		record.ownerBefore = row.getString("owner");
		record.severityBefore = row.getString("severity");
		record.state = row.getString("state");
		record.outcome = row.getString("outcome");
		record.closedAt = instant(row, "closed_at");
		record.stageKey = row.getString("stage_key");
		record.stageName = row.getString("stage_name");
		record.stageSince = instant(row, "stage_since");
		record.eventSeq = row.getInt("event_seq");
		record.eventHash = row.getBytes("event_hash");
		record.deadlineSeq = row.getInt("deadline_seq");
		record.custodySeq = row.getInt("custody_seq");
		record.suspendedAt = instant(row, "suspended_at");
		record.difficultSince = instant(row, "difficult_since");
		facts(row.getString("open_turns")).forEach((instance, turn) -> record.turns.put(instance, turn.toString()));
		return record;
	}

	@SuppressWarnings("unchecked")
	static Map<String, Object> facts(String json) {
		try {
			return JSON.readValue(json, Map.class);
		}
		catch (JsonProcessingException ex) {
			throw new IllegalStateException("Stored facts are not JSON: " + json, ex);
		}
	}

	static Instant instant(ResultSet row, String column) throws SQLException {
		Timestamp value = row.getTimestamp(column);
		return (value != null) ? value.toInstant() : null;
	}

	// --- writing ---

	private void write(Collection<CaseRecord> records) {
		records.stream().filter((record) -> !record.state.equals("OPEN")).forEach(CaseRecord::endEverything);
		records.forEach(CaseRecord::tellFacts);
		writeFiles(records);
		writeDeadlines(records);
		writeNorms(records);
		writeCustody(records);
		all(records, (record) -> record.events, this.trail::append);
		writePath(records);
		batch("insert into hand_over (case_no, seq, place, at, movement, answer, from_unit, to_unit, "
				+ "person, reason_code, reason_text, rule_text) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
				of(records, (record) -> record.handOvers), (statement, row) -> {
					for (int i = 0; i < row.value().length; i++) {
						statement.setObject(i + 1, row.value()[i]);
					}
				});
		writeInbox(records);
		all(records, (record) -> record.notices, this.outbox::add);
		batch("insert into operator_alert (case_no, place, kind, message, at) values (?, ?, ?, ?, ?)",
				of(records, (record) -> record.alerts), (statement, row) -> {
					statement.setString(1, row.record().caseNo);
					statement.setString(2, row.record().place);
					statement.setString(3, row.value()[0]);
					statement.setString(4, row.value()[1]);
					time(statement, 5, now());
				});
	}

	/** A row to be written, and the case it belongs to. */
	private record Row<T>(CaseRecord record, T value) {

	}

	private static <T> List<Row<T>> of(Collection<CaseRecord> records, Function<CaseRecord, Collection<T>> rows) {
		return records.stream()
			.flatMap((record) -> rows.apply(record).stream().map((value) -> new Row<>(record, value)))
			.toList();
	}

	private static <T> void all(Collection<CaseRecord> records, Function<CaseRecord, List<T>> rows,
			Consumer<List<T>> writer) {
		List<T> all = records.stream().flatMap((record) -> rows.apply(record).stream()).toList();
		if (!all.isEmpty()) {
			writer.accept(all);
		}
	}

	/** Rows of all cases of the transaction in one round trip; none is none. */
	private <T> int[] batch(String sql, List<T> rows, ParameterizedPreparedStatementSetter<T> setter) {
		return rows.isEmpty() ? new int[0] : this.jdbc.batchUpdate(sql, rows, rows.size(), setter)[0];
	}

	private void writeFiles(Collection<CaseRecord> records) {
		batch("insert into case_file (case_no, place, reported_at, reporter, grid_path, process, internal, state, outcome, closed_at, stage_key, stage_name, stage_since, "
				+ "owner, owner_since, holder, holder_pool, holder_unit, holder_since, warn_at, due_at, light, "
				+ "event_seq, event_hash, deadline_seq, custody_seq, facts, process_instance, open_turns, suspended_at, difficult_since, reporter_index, version) "
				+ "values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?::jsonb, ?, ?, ?, ?)",
				records.stream().filter((record) -> record.fresh).toList(), (statement, record) -> {
					statement.setString(1, record.caseNo);
					statement.setString(2, record.place);
					statement.setTimestamp(3, Timestamp.from(record.reportedAt));
					statement.setString(4, record.reporter);
					statement.setString(5, record.gridPath);
					statement.setString(6, record.process);
					statement.setBoolean(7, record.internal);
					bind(statement, 8, record);
				});
		int[] updated = batch("update case_file set " + COLUMNS + " where case_no = ? and version = ?",
				records.stream().filter((record) -> !record.fresh).toList(), (statement, record) -> {
					int next = bind(statement, 1, record);
					statement.setString(next, record.caseNo);
					statement.setInt(next + 1, record.version);
				});
		if (IntStream.of(updated).anyMatch((rows) -> rows != 1)) {
			throw Refusal.conflict(Texts.of("casework", "casework.refused.changed"));
		}
	}

	private int bind(PreparedStatement statement, int first, CaseRecord record) throws SQLException {
		Custody owner = record.owner().orElse(null);
		Custody holder = record.holder().orElse(null);
		Deadline next = record.nextDeadline().orElse(null);
		int at = first;
		statement.setString(at++, record.state);
		statement.setString(at++, record.outcome);
		time(statement, at++, record.closedAt);
		statement.setString(at++, record.stageKey);
		statement.setString(at++, record.stageName);
		time(statement, at++, record.stageSince);
		statement.setString(at++, (owner != null) ? owner.person() : lastOwner(record));
		time(statement, at++, (owner != null) ? owner.from() : null);
		statement.setString(at++, (holder != null) ? holder.person() : null);
		statement.setString(at++, (holder != null) ? holder.pool() : null);
		statement.setString(at++, (holder != null) ? holder.unit() : null);
		time(statement, at++, (holder != null) ? holder.from() : null);
		boolean standing = next == null || next.pausedAt() != null;
		time(statement, at++, standing ? null : next.warnAt());
		time(statement, at++, standing ? null : next.dueAt());
		statement.setString(at++, (next != null) ? next.light() : null);
		statement.setInt(at++, record.eventSeq);
		statement.setBytes(at++, record.eventHash);
		statement.setInt(at++, record.deadlineSeq);
		statement.setInt(at++, record.custodySeq);
		statement.setString(at++, json(record.facts));
		statement.setString(at++, record.processInstance);
		statement.setString(at++, json(record.turns));
		time(statement, at++, record.suspendedAt);
		time(statement, at++, record.difficultSince);
		statement.setString(at++, reporterIndex(record.facts));
		statement.setInt(at++, record.version + 1);
		return at;
	}

	/** By what cases of one telephone are found, though the number is sealed. */
	static String reporterIndex(Map<String, Object> facts) {
		Object phone = facts.get("reporterPhone");
		return PersonalData.isSealed(phone) ? PersonalData.indexOf(phone.toString()) : null;
	}

	/** A closed case stays with the person who was answerable last. */
	private static String lastOwner(CaseRecord record) {
		return record.custody.values()
			.stream()
			.filter((link) -> link.kind().equals(CaseRecord.OWNER))
			.reduce((first, second) -> second)
			.map(Custody::person)
			.orElse(record.ownerBefore);
	}

	private void writeDeadlines(Collection<CaseRecord> records) {
		batch("insert into deadline (case_no, no, stage, scope, limit_value, limit_unit, warn_percent, rule, started_at, warn_at, due_at, warned_at, breached_at, done_at, "
				+ "budget_seconds, left_seconds, counted_from, paused_at, excused_at, excuse_reason, excused_by, tier, leg) "
				+ "values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (case_no, no) do update set "
				+ "limit_value = excluded.limit_value, limit_unit = excluded.limit_unit, warn_percent = excluded.warn_percent, rule = excluded.rule, "
				+ "warn_at = excluded.warn_at, due_at = excluded.due_at, warned_at = excluded.warned_at, "
				+ "breached_at = coalesce(deadline.breached_at, excluded.breached_at), done_at = excluded.done_at, "
				+ "budget_seconds = excluded.budget_seconds, left_seconds = excluded.left_seconds, counted_from = excluded.counted_from, "
				+ "paused_at = excluded.paused_at, excused_at = coalesce(deadline.excused_at, excluded.excused_at), "
				+ "excuse_reason = coalesce(deadline.excuse_reason, excluded.excuse_reason), excused_by = coalesce(deadline.excused_by, excluded.excused_by)",
				of(records, (record) -> record.changedDeadlines.values()), (statement, row) -> {
					Deadline deadline = row.value();
					statement.setString(1, row.record().caseNo);
					statement.setInt(2, deadline.no());
					statement.setString(3, deadline.stage());
					statement.setString(4, deadline.scope());
					statement.setBigDecimal(5, deadline.limitValue());
					statement.setString(6, deadline.limitUnit());
					statement.setInt(7, deadline.warnPercent());
					statement.setString(8, deadline.rule());
					time(statement, 9, deadline.startedAt());
					time(statement, 10, deadline.warnAt());
					time(statement, 11, deadline.dueAt());
					time(statement, 12, deadline.warnedAt());
					time(statement, 13, deadline.breachedAt());
					time(statement, 14, deadline.doneAt());
					statement.setLong(15, deadline.budgetSeconds());
					statement.setLong(16, deadline.leftSeconds());
					time(statement, 17, deadline.countedFrom());
					time(statement, 18, deadline.pausedAt());
					time(statement, 19, deadline.excusedAt());
					String[] excuse = row.record().excuses.getOrDefault(deadline.no(), new String[2]);
					statement.setString(20, excuse[0]);
					statement.setString(21, excuse[1]);
					statement.setString(22, deadline.tier());
					statement.setString(23, deadline.leg());
				});
	}

	private void writeNorms(Collection<CaseRecord> records) {
		batch("insert into deadline_norm "
				+ "(case_no, deadline_no, no, limit_value, limit_unit, warn_percent, rule, due_at, until_at) "
				+ "select ?, ?, count(*) + 1, ?, ?, ?, ?, ?, ? from deadline_norm where case_no = ? and deadline_no = ?",
				of(records, (record) -> record.replacedLimits), (statement, row) -> {
					Deadline before = row.value();
					statement.setString(1, row.record().caseNo);
					statement.setInt(2, before.no());
					statement.setBigDecimal(3, before.limitValue());
					statement.setString(4, before.limitUnit());
					statement.setInt(5, before.warnPercent());
					statement.setString(6, before.rule());
					time(statement, 7, before.dueAt());
					time(statement, 8, row.record().now());
					statement.setString(9, row.record().caseNo);
					statement.setInt(10, before.no());
				});
	}

	private void writeCustody(Collection<CaseRecord> records) {
		batch("insert into custody (case_no, no, kind, leg, person, pool, unit, role, worked, from_at, to_at, working_seconds, reason_code, reason_text, ordered_by, acting_for) "
				+ "values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (case_no, no) do update set "
				+ "worked = excluded.worked, to_at = excluded.to_at, working_seconds = excluded.working_seconds",
				of(records, (record) -> record.changedCustody.values()), (statement, row) -> {
					Custody link = row.value();
					statement.setString(1, row.record().caseNo);
					statement.setInt(2, link.no());
					statement.setString(3, link.kind());
					statement.setString(4, link.leg());
					statement.setString(5, link.person());
					statement.setString(6, link.pool());
					statement.setString(7, link.unit());
					statement.setString(8, link.role());
					statement.setBoolean(9, link.worked());
					time(statement, 10, link.from());
					time(statement, 11, link.to());
					statement.setObject(12, link.workingSeconds(), Types.BIGINT);
					statement.setString(13, link.reasonCode());
					statement.setString(14, link.reasonText());
					statement.setString(15, link.orderedBy());
					statement.setString(16, link.actingFor());
				});
	}

	private void writePath(Collection<CaseRecord> records) {
		batch("insert into case_path (case_no, version, process_instance, at, entered, ended) values (?, ?, ?, ?, ?, ?)",
				of(records, (record) -> record.path.entrySet()), (statement, row) -> {
					Map.Entry<String, PathStep> step = row.value();
					statement.setString(1, row.record().caseNo);
					statement.setInt(2, row.record().version + 1);
					statement.setString(3, step.getKey());
					time(statement, 4, step.getValue().at());
					statement.setObject(5, step.getValue().entered().toArray(String[]::new));
					statement.setObject(6, step.getValue().ended().toArray(String[]::new));
				});
	}

	private void writeInbox(Collection<CaseRecord> records) {
		batch("with gone as (delete from inbox_item where task_id = ? returning case_no), "
				+ "sent as (delete from draft where login = ? and subject = ?) "
				+ "insert into done_item (login, case_no, done_at) select ?, case_no, ? from gone where ?::text is not null "
				+ "on conflict (login, case_no) do update set done_at = excluded.done_at",
				of(records, (record) -> record.removedItems), (statement, row) -> {
					String login = row.record().doneBy.get(row.value());
					statement.setString(1, row.value());
					statement.setString(2, login);
					statement.setString(3, row.value());
					statement.setString(4, login);
					time(statement, 5, row.record().now());
					statement.setString(6, login);
				});
		batch("update inbox_item set assignee = ?, claimed_at = ?, acting_for = ? where task_id = ?",
				of(records, (record) -> record.assigned.entrySet()).stream()
					.filter((row) -> !row.record().removedItems.contains(row.value().getKey()))
					.toList(),
				(statement, row) -> {
					String login = row.value().getValue();
					statement.setString(1, login);
					time(statement, 2, (login != null) ? now() : null);
					statement.setString(3, row.record().standsInFor(login));
					statement.setString(4, row.value().getKey());
				});
		batch("update inbox_item set pool = ?, assignee = null, claimed_at = null, acting_for = null where task_id = ?",
				of(records, (record) -> record.repooled.entrySet()), (statement, row) -> {
					statement.setString(1, row.value().getValue());
					statement.setString(2, row.value().getKey());
				});
		batch("update inbox_item set warn_at = ?, due_at = ?, light = ? where task_id = ?",
				of(records, CaseRecords::tasksOfMovedDeadlines), (statement, row) -> {
					Deadline moved = row.record().changedDeadlines.get(row.value().deadlineNo());
					boolean standing = moved.pausedAt() != null;
					time(statement, 1, standing ? null : moved.warnAt());
					time(statement, 2, standing ? null : moved.dueAt());
					statement.setString(3, moved.light());
					statement.setString(4, row.value().taskId());
				});
		batch("update inbox_item set severity = ? where case_no = ?",
				records.stream().filter(CaseRecords::severityChanged).toList(), (statement, record) -> {
					statement.setString(1, record.text("severity").orElse(null));
					statement.setString(2, record.caseNo);
				});
		writeNewItems(records);
	}

	private static boolean severityChanged(CaseRecord record) {
		return !record.fresh && !Objects.equals(record.text("severity").orElse(null), record.severityBefore);
	}

	private static List<OpenTask> tasksOfMovedDeadlines(CaseRecord record) {
		return record.tasks.values()
			.stream()
			.filter((task) -> task.deadlineNo() != null && record.changedDeadlines.containsKey(task.deadlineNo())
					&& !record.removedItems.contains(task.taskId()))
			.toList();
	}

	private void writeNewItems(Collection<CaseRecord> records) {
		batch("insert into inbox_item (task_id, case_no, place, process_instance, task_key, name, form, pool, assignee, unit, leg, excludes_workers, "
				+ "created_at, claimed_at, warn_at, due_at, title, address, category, severity, urgency, stage_name, owner, grid_path, light, deadline_no, turn, excluded, acting_for, turn_name) "
				+ "values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
				of(records, (record) -> record.newItems.values()), (statement, row) -> {
					CaseRecord record = row.record();
					InboxItem item = row.value();
					statement.setString(1, item.taskId());
					statement.setString(2, record.caseNo);
					statement.setString(3, record.place);
					statement.setString(4, item.processInstance());
					statement.setString(5, item.taskKey());
					statement.setString(6, item.name());
					statement.setString(7, item.form());
					statement.setString(8, item.pool());
					statement.setString(9, item.assignee());
					statement.setString(10, item.unit());
					statement.setString(11, item.leg());
					statement.setBoolean(12, item.excludesWorkers());
					time(statement, 13, item.createdAt());
					time(statement, 14, item.claimedAt());
					Deadline deadline = (item.deadlineNo() != null) ? record.deadlines.get(item.deadlineNo()) : null;
					boolean standing = deadline == null || deadline.pausedAt() != null;
					time(statement, 15, standing ? null : deadline.warnAt());
					time(statement, 16, standing ? null : deadline.dueAt());
					statement.setString(17, record.text("title").orElse(record.caseNo));
					statement.setString(18, record.text("address").orElse(null));
					statement.setString(19, record.text("category").orElse(null));
					statement.setString(20, record.text("severity").orElse(null));
					statement.setString(21, record.text("urgency").orElse(null));
					statement.setString(22, record.stageName);
					statement.setString(23, record.owner().map(Custody::person).orElse(null));
					statement.setString(24, record.gridPath);
					statement.setString(25, (deadline != null) ? deadline.light() : null);
					statement.setObject(26, item.deadlineNo(), Types.INTEGER);
					statement.setString(27, item.turn());
					statement.setObject(28, item.excluded().toArray(String[]::new));
					statement.setString(29, record.standsInFor(item.assignee()));
					statement.setString(30, item.turnName());
				});
	}

	private static void time(PreparedStatement statement, int index, Instant value) throws SQLException {
		statement.setTimestamp(index, (value != null) ? Timestamp.from(value) : null);
	}

}
