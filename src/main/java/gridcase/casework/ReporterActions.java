package gridcase.casework;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import gridcase.casework.process.CaseDiagrams;
import gridcase.casework.process.Turn;
import gridcase.casework.process.Turns;
import gridcase.clock.PlatformClock;
import gridcase.policy.Decisions;
import gridcase.policy.Question;
import gridcase.shared.Acting;

import org.springframework.stereotype.Component;

/**
 * What whoever reported a case may do to it without being signed in, by the same turns
 * and rules as everybody else. The caller has made sure that it is that person; what is
 * done is on record as done by {@link Acting#RESIDENT}.
 */
@Component
public class ReporterActions {

	/** Turns whose rule is known to refuse before it is asked. */
	private static final Map<String, Rule> RULES = Map.of("reopening", new Rule("reopen", "reopen", "reopenReason"),
			"withdrawal", new Rule("withdrawal", "withdrawal", "withdrawalReason"));

	private final CaseActions actions;

	private final Turns turns;

	private final CaseDiagrams diagrams;

	private final Decisions tables;

	private final PlatformClock clock;

	ReporterActions(CaseActions actions, Turns turns, CaseDiagrams diagrams, Decisions tables, PlatformClock clock) {
		this.actions = actions;
		this.turns = turns;
		this.diagrams = diagrams;
		this.tables = tables;
		this.clock = clock;
	}

	private record Rule(String table, String output, String reason) {

	}

	/**
	 * A turn the reporter may ask for as the case stands.
	 *
	 * @param key key of the turn's diagram
	 * @param refused why the rules would refuse it now, in words; null if they allow it
	 */
	public record Offer(String key, String refused) {

	}

	/** What the reporter may ask for now. */
	public List<Offer> offers(CaseFile file) {
		return this.turns.offered(file, Acting.RESIDENT)
			.stream()
			.map(Turn::key)
			.map((key) -> new Offer(key, refused(file, key).orElse(null)))
			.toList();
	}

	private Optional<String> refused(CaseFile file, String turn) {
		Rule rule = RULES.get(turn);
		if (rule == null) {
			return Optional.empty();
		}
		Map<String, Object> known = new HashMap<>(file.facts());
		known.put("stage", file.stageKey());
		known.put("onBehalf", false);
		known.put("residentAsked", true);
		known.put("closedDays", (file.closedAt() != null) ? days(file.closedAt()) : null);
		Map<String, Object> answer = this.tables
			.decide(Question.of(rule.table(), file.place(), this.clock.now(), known).reportedAt(file.reportedAt()))
			.outputs();
		return "REFUSED".equals(answer.get(rule.output())) ? Optional.of(String.valueOf(answer.get(rule.reason())))
				: Optional.empty();
	}

	private int days(Instant since) {
		return (int) ChronoUnit.DAYS.between(LocalDate.ofInstant(since, this.clock.zone()),
				LocalDate.ofInstant(this.clock.now(), this.clock.zone()));
	}

	/** Stages of the case as its place's diagram names them. */
	public List<StageView> stages(CaseFile file) {
		return this.diagrams.stages(file);
	}

	/**
	 * Asks for a turn.
	 * @throws gridcase.shared.Refusal if it is not offered, the form does not fit or the
	 * rules say no; nothing was changed then
	 */
	public void begin(String caseNo, String turn, Map<String, ?> values) {
		Acting.as(Acting.RESIDENT, () -> {
			this.actions.begin(caseNo, turn, values);
			return null;
		});
	}

	/** Nudges whoever holds the case (催办). */
	public void urge(String caseNo, String text) {
		Acting.as(Acting.RESIDENT, () -> {
			this.actions.urge(caseNo, text);
			return null;
		});
	}

	/** Adds what else is to be known. */
	public void comment(String caseNo, String text) {
		Acting.as(Acting.RESIDENT, () -> {
			this.actions.comment(caseNo, text);
			return null;
		});
	}

}
