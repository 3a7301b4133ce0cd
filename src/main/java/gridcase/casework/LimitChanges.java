package gridcase.casework;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import gridcase.casework.LimitImpact.LimitChange;
import gridcase.casework.process.CaseDecisions;
import gridcase.casework.process.CaseTimers;
import gridcase.clock.PlatformClock;
import gridcase.clock.WorkingCalendars;
import gridcase.policy.DecisionFailed;
import gridcase.policy.DecisionRecord;
import gridcase.policy.Decisions;
import gridcase.policy.Question;
import gridcase.policy.Release;
import gridcase.policy.ReleaseEffect;
import gridcase.policy.ReleaseOrder;
import gridcase.policy.ReleasedRule;
import gridcase.policy.Releases;
import gridcase.policy.RuleType;
import gridcase.shared.FieldProblem;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * What a release of limit tables does to deadlines that run: it asks the new tables with
 * what the old ones were asked, and moves those whose limit is another. A breach stays
 * what it is.
 */
@Component
class LimitChanges implements ReleaseEffect {

	/** Changes listed one by one; all are counted. */
	private static final int LISTED = 200;

	private static final int BATCH = 500;

	private final JdbcTemplate jdbc;

	private final Releases releases;

	private final Decisions tables;

	private final CaseDecisions decisions;

	private final CaseRecords records;

	private final CaseTimers timers;

	private final WorkingCalendars calendars;

	private final PlatformClock clock;

	LimitChanges(JdbcTemplate jdbc, Releases releases, Decisions tables, CaseDecisions decisions, CaseRecords records,
			CaseTimers timers, WorkingCalendars calendars, PlatformClock clock) {
		this.jdbc = jdbc;
		this.releases = releases;
		this.tables = tables;
		this.decisions = decisions;
		this.records = records;
		this.timers = timers;
		this.calendars = calendars;
		this.clock = clock;
	}

	/**
	 * What a release would do to the cases that are open now.
	 * @throws gridcase.policy.ReleaseRefused if it could not be released
	 */
	LimitImpact preview(ReleaseOrder order) {
		return this.releases.tryOut(order, (release) -> {
			List<Change> changes = changes(release);
			List<Change> moved = changes.stream().filter((change) -> change.answer != null).toList();
			int cases = (int) moved.stream().map((change) -> change.open.caseNo).distinct().count();
			return new LimitImpact(cases, moved.size(), changes.size() - moved.size(),
					changes.stream()
						.sorted(Comparator.comparing((Change change) -> change.answer != null))
						.limit(LISTED)
						.map(this::shown)
						.toList());
		});
	}

	@Override
	public void check(Release release) {
		List<FieldProblem> unanswered = changes(release).stream()
			.filter((change) -> change.answer == null)
			.map((change) -> new FieldProblem(change.open.caseNo, change.open.deadline.stage(), change.problem))
			.toList();
		if (!unanswered.isEmpty()) {
			throw new Refusal(Refusal.Kind.RULE, Texts.of("casework", "casework.release.unanswered", unanswered.size()),
					unanswered.subList(0, Math.min(LISTED, unanswered.size())));
		}
	}

	/**
	 * Moves the deadlines. One that has begun since the release was made and has no
	 * answer runs on as it does, and the operator is told.
	 */
	@Override
	public void bringAbout(Release release) {
		Map<String, List<Change>> byCase = changes(release).stream()
			.collect(Collectors.groupingBy((change) -> change.open.caseNo, TreeMap::new, Collectors.toList()));
		byCase.forEach((caseNo, changes) -> {
			CaseRecord record = this.records.open(caseNo);
			for (Change change : changes) {
				record.openDeadlines()
					.stream()
					.filter((deadline) -> deadline.no() == change.open.deadline.no() && deadline.breachedAt() == null)
					.forEach((deadline) -> reset(record, deadline, change));
			}
			this.timers.follow(record);
		});
	}

	/** Asks again, this time on the case's record. */
	private void reset(CaseRecord record, Deadline deadline, Change change) {
		if (change.answer == null) {
			record.alert("LIMIT", change.problem);
			return;
		}
		LimitAnswer answer = LimitAnswer.from((table) -> this.decisions.ask(table, record, null, change.open.inputs));
		record.reset(deadline, answer.limit(), answer.warnPercent(), answer.rule());
	}

	// --- what changes ---

	private List<Change> changes(Release release) {
		Set<String> changed = release.rules()
			.stream()
			.filter((rule) -> rule.type() == RuleType.TABLE && rule.key().startsWith(LimitAnswer.TABLE))
			.map(ReleasedRule::key)
			.collect(Collectors.toSet());
		if (changed.isEmpty()) {
			return List.of();
		}
		Instant now = now();
		Instant at = release.effectiveFrom().isAfter(now) ? release.effectiveFrom() : now;
		List<Change> changes = new ArrayList<>();
		for (Open open : open(release.place(), changed)) {
			try {
				LimitAnswer answer = LimitAnswer.from((table) -> this.tables
					.decide(Question.of(table, open.place, at, open.inputs).reportedAt(open.reportedAt)));
				if (!answer.isOf(open.deadline)) {
					changes.add(new Change(open, answer, null));
				}
			}
			catch (DecisionFailed failed) {
				changes.add(new Change(open, null, failed.getMessage()));
			}
		}
		return changes;
	}

	private Instant now() {
		return this.clock.now().truncatedTo(ChronoUnit.MICROS);
	}

	/** Deadlines that may change, with what the tables were asked for them. */
	private List<Open> open(String place, Set<String> changed) {
		List<Open> found = this.jdbc.query("""
				select d.*, c.place, c.reported_at, c.facts from deadline d join case_file c on c.case_no = d.case_no
				where d.done_at is null and d.breached_at is null and c.state = 'OPEN' and d.rule like ?
				and (?::text is null or c.place = ?) order by d.case_no, d.no""",
				(row, number) -> new Open(row.getString("case_no"), row.getString("place"),
						CaseRecords.instant(row, "reported_at"), Cases.deadline(row, number),
						CaseRecords.facts(row.getString("facts"))),
				LimitAnswer.TABLE + "%", place, place);
		List<Open> open = found.stream()
			.filter((each) -> changed.contains(LimitAnswer.TABLE)
					|| changed.contains(each.deadline.rule().split(" ")[0]))
			.toList();
		for (int from = 0; from < open.size(); from += BATCH) {
			List<Open> batch = open.subList(from, Math.min(open.size(), from + BATCH));
			Map<String, List<DecisionRecord>> asked = this.tables
				.ofCases(batch.stream().map((each) -> each.caseNo).collect(Collectors.toSet()), LimitAnswer.TABLE)
				.stream()
				.collect(Collectors.groupingBy(DecisionRecord::caseNo));
			batch.forEach((each) -> each.remember(asked.getOrDefault(each.caseNo, List.of())));
		}
		return open;
	}

	private LimitChange shown(Change change) {
		Deadline before = change.open.deadline;
		if (change.answer == null) {
			return new LimitChange(change.open.caseNo, before.no(), before.stage(), before.limitValue(),
					before.limitUnit(), before.rule(), before.dueAt(), null, null, null, null, change.problem);
		}
		Deadline after = before.reset(change.answer.limit(), change.answer.warnPercent(), change.answer.rule(), now(),
				this.calendars.forPlace(change.open.place));
		return new LimitChange(change.open.caseNo, before.no(), before.stage(), before.limitValue(), before.limitUnit(),
				before.rule(), before.dueAt(), after.limitValue(), after.limitUnit(), after.rule(), after.dueAt(),
				null);
	}

	/** A deadline that runs. */
	private static final class Open {

		private final String caseNo;

		private final String place;

		private final Instant reportedAt;

		private final Deadline deadline;

		private final Map<String, Object> inputs;

		Open(String caseNo, String place, Instant reportedAt, Deadline deadline, Map<String, Object> facts) {
			this.caseNo = caseNo;
			this.place = place;
			this.reportedAt = reportedAt;
			this.deadline = deadline;
			// for columns the table did not have when it was asked
			this.inputs = new HashMap<>(facts);
			this.inputs.put("place", place);
			this.inputs.put("stage", deadline.stage());
		}

		/** What was asked when this deadline was set. */
		private void remember(List<DecisionRecord> asked) {
			asked.stream()
				.filter((decision) -> decision.table().equals(LimitAnswer.TABLE)
						&& this.deadline.stage().equals(decision.inputs().get("stage"))
						&& !decision.at().isAfter(this.deadline.startedAt()))
				.reduce((first, second) -> second)
				.ifPresent((decision) -> this.inputs.putAll(decision.inputs()));
		}

	}

	/** What becomes of it; without an answer the problem says why. */
	private record Change(Open open, LimitAnswer answer, String problem) {

	}

}
