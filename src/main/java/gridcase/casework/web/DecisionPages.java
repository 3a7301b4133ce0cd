package gridcase.casework.web;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import gridcase.casework.CaseFile;
import gridcase.casework.RuleWords;
import gridcase.policy.DecisionRecord;
import gridcase.policy.Decisions;
import gridcase.policy.TableView;

import org.springframework.stereotype.Component;

/** Why a case went where it is: every decision with the row that made it, in words. */
@Component
class DecisionPages {

	/** Tables that say whom to tell and how, not where the case goes. */
	private static final Set<String> TELLING = Set.of("notification", "notice-text");

	private final Decisions decisions;

	private final RuleWords words;

	private final Rules rules;

	DecisionPages(Decisions decisions, RuleWords words, Rules rules) {
		this.decisions = decisions;
		this.words = words;
		this.rules = rules;
	}

	/**
	 * One rule that decided.
	 *
	 * @param at when
	 * @param table name of the table
	 * @param rule table, version and row
	 * @param answer what it said, in words
	 * @param asked what the case had of what the row asks, by label
	 * @param telling whether it only says whom to tell
	 */
	record Line(Instant at, String table, Rules.Chip rule, String answer, Map<String, String> asked, boolean telling) {

	}

	/** Decisions of a case, the latest first. */
	List<Line> of(CaseFile file) {
		List<Line> lines = new ArrayList<>();
		for (DecisionRecord decision : this.decisions.ofCase(file.caseNo())) {
			TableView table = this.decisions.table(decision);
			for (int fired = 0; fired < decision.rules().size(); fired++) {
				String rule = decision.rules().get(fired);
				Map<String, Object> outputs = (fired < decision.outputs().size()) ? decision.outputs().get(fired)
						: Map.of();
				lines.add(0,
						new Line(decision.at(), table.name(), this.rules.of(table, file.place(), rule),
								this.words.answer(table, file.place(), outputs),
								this.words.asked(table, file.place(), rule, decision.inputs()),
								TELLING.contains(decision.table())));
			}
		}
		return lines;
	}

}
