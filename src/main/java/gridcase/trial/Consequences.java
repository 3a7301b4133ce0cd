package gridcase.trial;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import gridcase.casework.Deadline;
import gridcase.casework.LimitAnswer;
import gridcase.casework.PastDeadlines;
import gridcase.casework.PastDeadlines.Judged;
import gridcase.casework.PastDeadlines.Past;
import gridcase.clock.CalendarYearMissing;
import gridcase.clock.Limit;
import gridcase.clock.LimitUnit;
import gridcase.clock.WorkingCalendars;
import gridcase.trial.ChangedTables.Outcome;

import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What other answers would have meant for deadlines and escalations of the past. Not for
 * use by several threads.
 */
final class Consequences {

	/** Asked when a limit has run out. */
	static final String ESCALATION = "escalation-tier";

	private static final String MODE = "escalationMode";

	private static final Set<String> ESCALATED = Set.of("SUPERVISE", "TAKE_OVER");

	private final String table;

	private final PastDeadlines deadlines;

	private final WorkingCalendars calendars;

	private final JdbcTemplate jdbc;

	private final ChangedTables tables;

	private final Instant now;

	/** Deadlines a question was found for, so that none counts twice. */
	private final Set<String> taken = new HashSet<>();

	private final Map<String, Boolean> escalates = new HashMap<>();

	private Map<String, List<Past>> ofBatch = Map.of();

	private Set<String> escalated = Set.of();

	Consequences(String table, PastDeadlines deadlines, WorkingCalendars calendars, JdbcTemplate jdbc,
			ChangedTables tables, Instant now) {
		this.table = table;
		this.deadlines = deadlines;
		this.calendars = calendars;
		this.jdbc = jdbc;
		this.tables = tables;
		this.now = now;
	}

	/**
	 * What became of one question's deadline and what would have.
	 *
	 * @param counts one deadline, or none
	 * @param past the deadline, null for an escalation
	 * @param limit the limit it would have had, null if it stays
	 * @param judged what that would have done, null if it stays
	 */
	record Consequence(Counts counts, Past past, Limit limit, Judged judged) {

		boolean newlyBreached() {
			return this.counts.breachedBefore() == 0 && this.counts.breachedAfter() == 1;
		}

	}

	/** Whether the table has any. */
	boolean any() {
		return limits() || this.table.equals(ESCALATION);
	}

	private boolean limits() {
		return this.table.startsWith(LimitAnswer.TABLE);
	}

	/** Reads what belongs to the cases of some questions. */
	void prepare(List<Asked> questions) {
		if (!limits()) {
			return;
		}
		Set<String> cases = questions.stream().map(Asked::caseNo).collect(Collectors.toSet());
		this.ofBatch = this.deadlines.of(cases);
		this.escalated = escalated(cases);
	}

	/** Cases and moments at which a breach led to an escalation. */
	private Set<String> escalated(Collection<String> cases) {
		Set<String> found = new HashSet<>();
		this.jdbc.query("""
				select r.case_no, r.at, r.outputs from decision_record r
				where r.case_no = any (?) and r.table_key = ? and r.rules <> ''""", (row) -> {
			if (escalated(Plain.rows(row.getString("outputs")))) {
				found.add(row.getString("case_no") + " " + row.getTimestamp("at").toInstant());
			}
		}, cases.toArray(String[]::new), ESCALATION);
		return found;
	}

	private static boolean escalated(List<Map<String, Object>> rows) {
		return rows.stream().anyMatch((row) -> ESCALATED.contains(row.get(MODE)));
	}

	/**
	 * What a verdict would have meant.
	 * @return null if the question set no deadline, or none that can be judged
	 * @throws CalendarYearMissing if the calendar does not reach far enough
	 */
	Consequence of(Asked asked, Verdict verdict) {
		if (this.table.equals(ESCALATION)) {
			return new Consequence(Counts.one(false, false, false, false, escalated(verdict.before().rows()),
					escalated(verdict.after().rows())), null, null, null);
		}
		Past past = deadline(asked);
		if (past == null) {
			return null;
		}
		Deadline deadline = past.deadline();
		boolean warned = deadline.warnedAt() != null;
		boolean breached = deadline.breachedAt() != null;
		boolean escalatedThen = breached && this.escalated.contains(past.caseNo() + " " + deadline.breachedAt());
		if (verdict.kind() == Verdict.Kind.SAME) {
			return new Consequence(
					Counts.one(warned, warned, breached, breached, escalatedThen, escalatedThen && breached), past,
					null, null);
		}
		Map<String, Object> answer = verdict.after().rows().get(0);
		Limit limit = new Limit(new BigDecimal(answer.get("limitValue").toString()),
				LimitUnit.valueOf((String) answer.get("limitUnit")));
		Judged judged = PastDeadlines.judge(past, limit,
				new BigDecimal(answer.get("warnPercent").toString()).intValue(), this.now,
				this.calendars.forPlace(asked.place()));
		boolean escalatedAfter = judged.breached() && (breached ? escalatedThen : wouldEscalate(asked.place(), past));
		return new Consequence(
				Counts.one(warned, judged.warned(), breached, judged.breached(), escalatedThen, escalatedAfter), past,
				limit, judged);
	}

	/**
	 * The deadline a question set: it began at the moment of the question, for the stage
	 * asked about, or by the rule that answered.
	 */
	private Past deadline(Asked asked) {
		String stage = asked.answers().get(0).table().equals(LimitAnswer.TABLE) ? (String) asked.inputs().get("stage")
				: null;
		String rule = asked.last().table() + " v" + asked.last().version() + " " + asked.last().rules();
		for (Past past : this.ofBatch.getOrDefault(asked.caseNo(), List.of())) {
			Deadline deadline = past.deadline();
			boolean set = deadline.startedAt().equals(asked.at())
					&& ((stage != null) ? deadline.stage().equals(stage) : deadline.rule().equals(rule));
			if (set && this.taken.add(past.caseNo() + "#" + deadline.no())) {
				return past;
			}
		}
		return null;
	}

	/**
	 * Whether a first breach at that tier is escalated, by the table as it would be. The
	 * triggers are those the diagrams give; see docs/architecture.md.
	 */
	private boolean wouldEscalate(String place, Past past) {
		String trigger = switch (past.deadline().stage()) {
			case "sign" -> "SIGN_OVERDUE";
			case "total" -> "TOTAL_OVERDUE";
			default -> "STAGE_OVERDUE";
		};
		String key = place + " " + trigger + " " + past.deadline().tier() + " " + past.topTier() + " "
				+ past.severity();
		return this.escalates.computeIfAbsent(key, (any) -> {
			Map<String, Object> inputs = new HashMap<>();
			inputs.put("trigger", trigger);
			inputs.put("tier", past.deadline().tier());
			inputs.put("topTier", past.topTier());
			inputs.put("severity", past.severity());
			inputs.put("escalationLevel", 0);
			inputs.put("occurrences", 1);
			inputs.put("place", place);
			inputs.put("breachedStage", past.deadline().stage());
			Outcome outcome = this.tables.askNew(ESCALATION, place, inputs);
			return escalated(outcome.rows());
		});
	}

}
