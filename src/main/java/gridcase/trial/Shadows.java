package gridcase.trial;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import gridcase.casework.LimitAnswer;
import gridcase.clock.PlatformClock;
import gridcase.policy.ReleasedRules;
import gridcase.policy.TableFiles;
import gridcase.shared.BackgroundWork;
import gridcase.shared.FieldProblem;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Asks changed tables beside those in force. A case's own transaction knows nothing of
 * it: decisions are read from their records a little later, each exactly once, by
 * whichever server comes first.
 */
@Component
public class Shadows extends BackgroundWork {

	/** The longest a shadow runs. */
	public static final int MOST_DAYS = 90;

	/** Decisions on record looked at in one transaction. */
	private static final int PORTION = 2_000;

	private final JdbcTemplate jdbc;

	private final TransactionTemplate transaction;

	private final PastQuestions questions;

	private final ReleasedRules rules;

	private final TableFiles files;

	private final Trials trials;

	private final PlatformClock clock;

	private final Duration every;

	Shadows(JdbcTemplate jdbc, PlatformTransactionManager transactions, PastQuestions questions, ReleasedRules rules,
			TableFiles files, Trials trials, PlatformClock clock,
			@Value("${gridcase.trial.every:PT10S}") Duration every,
			@Value("${camunda.bpm.job-execution.enabled:true}") boolean enabled) {
		super("shadows", "Shadows failed; tried again at the next look", enabled);
		this.jdbc = jdbc;
		this.transaction = new TransactionTemplate(transactions);
		this.questions = questions;
		this.rules = rules;
		this.files = files;
		this.trials = trials;
		this.clock = clock;
		this.every = every;
	}

	/**
	 * Begins to ask the tables of a draft beside those in force.
	 * @param draftId the draft
	 * @param place place it is for, null for the rules of all places
	 * @param files its files
	 * @param days for how many days, from 1 to {@value #MOST_DAYS}
	 * @param by sign-in name of who begins it
	 * @throws Refusal if it runs already, there is no table, or the days do not fit
	 * @throws gridcase.policy.ReleaseRefused if a table cannot be asked
	 */
	public Shadow begin(long draftId, String place, Map<String, byte[]> files, int days, String by) {
		if (days < 1 || days > MOST_DAYS) {
			throw Refusal.invalid(List.of(new FieldProblem("days", Texts.of("trial", "trial.field.days"),
					Texts.of("trial", "trial.shadow.days", MOST_DAYS))));
		}
		Instant now = now();
		ChangedTables tables = new ChangedTables(place, files, this.rules, this.files, now);
		if (tables.keys().isEmpty()) {
			throw Refusal.rule(Texts.of("trial", "trial.shadow.no-table"));
		}
		try {
			return this.transaction.execute((status) -> {
				Long id = this.jdbc.queryForObject(
						"""
								insert into studio_shadow (draft_id, place, content_hash, started_by, begun_at, until_at, mark_id,
								same, changed, failing) values (?, ?, ?, ?, ?, ?, ?, 0, 0, 0) returning id""",
						Long.class, draftId, place, Trials.hash(files), by, Timestamp.from(now),
						Timestamp.from(now.plus(Duration.ofDays(days))), this.questions.last());
				files.forEach((name, content) -> this.jdbc.update(
						"insert into studio_shadow_file (shadow_id, name, content) values (?, ?, ?)", id, name,
						content));
				return find(id).orElseThrow();
			});
		}
		catch (DuplicateKeyException ex) {
			throw Refusal.conflict(Texts.of("trial", "trial.shadow.runs"));
		}
	}

	/** A shadow, if there is one of that number. */
	public Optional<Shadow> find(long id) {
		return this.jdbc.query("select * from studio_shadow where id = ?", Shadows::shadow, id).stream().findFirst();
	}

	/** Shadows of a draft, the latest first. */
	public List<Shadow> ofDraft(long draftId) {
		return this.jdbc.query("select * from studio_shadow where draft_id = ? order by id desc", Shadows::shadow,
				draftId);
	}

	/** Decisions where it parts from the rules in force, the latest first. */
	public List<ShadowCase> cases(long id, int offset, int size) {
		return this.jdbc.query("""
				select s.*, c.title from studio_shadow_case s join case_file c on c.case_no = s.case_no
				where s.shadow_id = ? order by s.at desc, s.decision_id desc offset ? limit ?""", Shadows::shadowCase,
				id, offset, size);
	}

	/** The tables it asks, by file name. */
	public Map<String, byte[]> files(long id) {
		Map<String, byte[]> files = new LinkedHashMap<>();
		this.jdbc.query("select name, content from studio_shadow_file where shadow_id = ? order by name", (row) -> {
			files.put(row.getString("name"), row.getBytes("content"));
		}, id);
		return files;
	}

	/** Ends the shadow of a draft before its time; none, nothing happens. */
	public void end(long draftId) {
		this.jdbc.update("update studio_shadow set ended_at = ? where draft_id = ? and ended_at is null",
				Timestamp.from(now()), draftId);
	}

	/**
	 * Asks what has been decided since the last look but one. A decision waits for one
	 * look, until no transaction can be left that took an earlier number and has not
	 * committed.
	 * @return how many decisions were asked
	 */
	public int look() {
		int asked = 0;
		for (long id : this.jdbc.queryForList("select id from studio_shadow where ended_at is null order by id",
				Long.class)) {
			int[] more = new int[1];
			do {
				more[0] = 0;
				asked += this.transaction.execute((status) -> portion(id, more));
			}
			while (more[0] > 0);
		}
		return asked;
	}

	/** How far a shadow is. */
	private record Mark(String place, long mark, Long ceiling, Long ceilingXid, Instant ceilingAt, Instant until) {

	}

	private int portion(long id, int[] more) {
		List<Mark> locked = this.jdbc.query(
				"select * from studio_shadow where id = ? and ended_at is null for update skip locked",
				(row, number) -> new Mark(row.getString("place"), row.getLong("mark_id"),
						row.getObject("ceiling_id", Long.class), row.getObject("ceiling_xid", Long.class),
						(row.getTimestamp("ceiling_at") != null) ? row.getTimestamp("ceiling_at").toInstant() : null,
						row.getTimestamp("until_at").toInstant()),
				id);
		if (locked.isEmpty()) {
			return 0;
		}
		Mark mark = locked.get(0);
		if (mark.ceiling == null) {
			raiseCeiling(id);
			return 0;
		}
		boolean settled = this.jdbc.queryForObject("select pg_snapshot_xmin(pg_current_snapshot())::text::bigint >= ?",
				Boolean.class, mark.ceilingXid);
		if (!settled) {
			return 0;
		}
		long until = Math.min(mark.ceiling, mark.mark + PORTION);
		int asked = ask(id, mark, until);
		this.jdbc.update("update studio_shadow set mark_id = ? where id = ?", until, id);
		if (until < mark.ceiling) {
			more[0] = 1;
		}
		else if (!mark.ceilingAt.isBefore(mark.until)) {
			this.jdbc.update("update studio_shadow set ended_at = ? where id = ?", Timestamp.from(now()), id);
		}
		else {
			raiseCeiling(id);
		}
		return asked;
	}

	private void raiseCeiling(long id) {
		this.jdbc
			.update("""
					update studio_shadow set ceiling_id = greatest(mark_id, (select coalesce(max(id), 0) from decision_record)),
					ceiling_xid = pg_snapshot_xmax(pg_current_snapshot())::text::bigint, ceiling_at = ? where id = ?""",
					Timestamp.from(now()), id);
	}

	private int ask(long id, Mark mark, long until) {
		if (until == mark.mark) {
			return 0;
		}
		ChangedTables tables = new ChangedTables(mark.place, files(id), this.rules, this.files, now());
		List<Asked> questions = this.questions.between(mark.place, asked(tables.keys()), mark.mark, until)
			.stream()
			.filter((asked) -> asked.at().isBefore(mark.until))
			.toList();
		int[] counts = new int[Verdict.Kind.values().length];
		List<Object[]> parted = new ArrayList<>();
		for (Asked asked : questions) {
			Verdict verdict = Verdict.of(ChangedTables.recorded(asked), tables.ask(asked));
			counts[verdict.kind().ordinal()]++;
			if (verdict.kind() != Verdict.Kind.SAME) {
				parted.add(row(id, asked, verdict));
			}
		}
		this.jdbc.batchUpdate(
				"""
						insert into studio_shadow_case (shadow_id, decision_id, case_no, place, table_key, at, old_owner, old_version,
						old_rules, old_outputs, new_owner, new_rules, new_outputs, fault, message)
						values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?::json, ?, ?, ?::json, ?, ?)""",
				parted);
		this.jdbc.update(
				"update studio_shadow set same = same + ?, changed = changed + ?, failing = failing + ? where id = ?",
				counts[Verdict.Kind.SAME.ordinal()], counts[Verdict.Kind.CHANGED.ordinal()],
				counts[Verdict.Kind.FAILING.ordinal()], id);
		return questions.size();
	}

	/** A table that the one of limits refers to is asked with it. */
	private static Set<String> asked(Set<String> keys) {
		Set<String> asked = new TreeSet<>(keys);
		if (keys.contains(LimitAnswer.TABLE)) {
			asked.removeIf((key) -> key.startsWith(LimitAnswer.TABLE + "-"));
		}
		return asked;
	}

	private static Object[] row(long id, Asked asked, Verdict verdict) {
		return new Object[] { id, asked.id(), asked.caseNo(), asked.place(), verdict.after().table(),
				Timestamp.from(asked.at()), verdict.before().owner(), asked.last().version(),
				String.join(",", verdict.before().rules()), Plain.json(verdict.before().rows()),
				verdict.after().owner(), String.join(",", verdict.after().rules()), Plain.json(verdict.after().rows()),
				(verdict.after().fault() != null) ? verdict.after().fault().name() : null, verdict.after().message() };
	}

	private Instant now() {
		return this.clock.now().truncatedTo(ChronoUnit.MICROS);
	}

	private static Shadow shadow(ResultSet row, int number) throws SQLException {
		Timestamp ended = row.getTimestamp("ended_at");
		return new Shadow(row.getLong("id"), row.getLong("draft_id"), row.getString("place"),
				row.getString("content_hash"), row.getString("started_by"), row.getTimestamp("begun_at").toInstant(),
				row.getTimestamp("until_at").toInstant(), (ended != null) ? ended.toInstant() : null,
				row.getInt("same"), row.getInt("changed"), row.getInt("failing"));
	}

	private static ShadowCase shadowCase(ResultSet row, int number) throws SQLException {
		return new ShadowCase(row.getString("case_no"), row.getString("place"), row.getString("title"),
				row.getString("table_key"), row.getTimestamp("at").toInstant(), row.getString("old_owner"),
				row.getInt("old_version"), Plain.rules(row.getString("old_rules")),
				Plain.rows(row.getString("old_outputs")), row.getString("new_owner"),
				Plain.rules(row.getString("new_rules")), Plain.rows(row.getString("new_outputs")),
				row.getString("fault"), Plain.said(row.getString("message")));
	}

	@Override
	protected void prepare(ThreadPoolTaskScheduler fresh) {
		fresh.setDaemon(true);
		fresh.setThreadPriority(Thread.MIN_PRIORITY);
	}

	@Override
	protected void schedule(TaskScheduler scheduler) {
		scheduler.scheduleWithFixedDelay(this.trials::look, this.every);
		scheduler.scheduleWithFixedDelay(this::look, this.every);
	}

}
