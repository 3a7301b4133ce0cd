package gridcase.oversight;

import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import gridcase.casework.EndedCases;
import gridcase.clock.PlatformClock;
import gridcase.policy.Answer;
import gridcase.policy.Decisions;
import gridcase.policy.Question;

import org.springframework.stereotype.Component;

/** Which cases have been kept as long as the table {@code retention} says. */
@Component
class RetentionRules {

	private final Decisions tables;

	private final EndedCases ended;

	private final PlatformClock clock;

	RetentionRules(Decisions tables, EndedCases ended, PlatformClock clock) {
		this.tables = tables;
		this.ended = ended;
		this.clock = clock;
	}

	/**
	 * How long cases of a kind are kept.
	 *
	 * @param kind the kind
	 * @param years full years after they ended
	 * @param goes whether they are archived and deleted then, or kept on
	 * @param rule id of the rule that says so
	 * @param reason its words
	 */
	record Term(EndedCases.Kind kind, int years, boolean goes, String rule, String reason) {

	}

	/** A case that is due. */
	record Due(EndedCases.Ended file, Term term) {

	}

	/**
	 * Cases that are due, those that ended first.
	 * @param place their place
	 * @param most how many at most
	 */
	List<Due> due(String place, int most) {
		ZonedDateTime now = this.clock.now().atZone(this.clock.zone());
		List<Due> due = new ArrayList<>();
		// nothing is kept for less than a year
		for (EndedCases.Kind kind : this.ended.kinds(place, now.minusYears(1).toInstant())) {
			Term term = term(place, kind);
			if (term.goes()) {
				Instant before = now.minusYears(term.years()).toInstant();
				this.ended.before(place, kind, before, most).forEach((file) -> due.add(new Due(file, term)));
			}
		}
		return due.stream()
			.sorted(Comparator.comparing((Due each) -> each.file().closedAt())
				.thenComparing((each) -> each.file().caseNo()))
			.limit(most)
			.toList();
	}

	/**
	 * How long cases of a kind are kept.
	 * @throws IllegalStateException if the table lets them go within a year
	 */
	Term term(String place, EndedCases.Kind kind) {
		Map<String, Object> inputs = new HashMap<>();
		inputs.put("category", kind.category());
		inputs.put("categoryClass", kind.categoryClass());
		inputs.put("severity", kind.severity());
		inputs.put("outcome", kind.outcome());
		inputs.put("internalMatter", kind.internal());
		Answer answer = this.tables.decide(Question.of("retention", place, this.clock.now(), inputs));
		Map<String, Object> outputs = answer.outputs();
		int years = ((Number) outputs.get("retentionYears")).intValue();
		boolean goes = outputs.get("retentionAction").equals("ARCHIVE_DELETE");
		if (goes && years < 1) {
			throw new IllegalStateException("Table retention, rule " + answer.rules().get(0)
					+ ": cases are kept for one year at least, not " + years);
		}
		return new Term(kind, years, goes, answer.rules().get(0), (String) outputs.get("retentionReason"));
	}

}
