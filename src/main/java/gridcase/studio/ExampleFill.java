package gridcase.studio;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import gridcase.analysis.RuleQuestions;
import gridcase.policy.DecisionRecord;
import gridcase.policy.Decisions;
import gridcase.policy.TableFile;
import gridcase.policy.TableFiles;
import gridcase.policy.TableView;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;

import org.springframework.stereotype.Component;

/**
 * Proposes an example for every row that has none: what was last asked when the row
 * fired, else a question composed for it. The answers are those of the draft's table.
 */
@Component
class ExampleFill {

	private final Decisions decisions;

	private final TableFiles tables;

	private final RuleDomains domains;

	ExampleFill(Decisions decisions, TableFiles tables, RuleDomains domains) {
		this.decisions = decisions;
		this.tables = tables;
		this.domains = domains;
	}

	/**
	 * An example that may be kept.
	 *
	 * @param rule id of the row it is for
	 * @param inputs value by name
	 * @param outputs rows of what the draft's table answers
	 * @param rules rows that fire, that one among them
	 * @param caseNo case that asked it, null if it was composed
	 * @param then rows of what was answered then, null if the same or nothing was asked
	 */
	record Proposal(String rule, Map<String, Object> inputs, List<Map<String, Object>> outputs, List<String> rules,
			String caseNo, List<Map<String, Object>> then) {

		ExampleOrigin origin() {
			return (this.caseNo != null && this.then == null) ? ExampleOrigin.DECISION : ExampleOrigin.COMPOSED;
		}

		String note() {
			return (this.caseNo == null) ? Texts.own("studio-table", "studio.example.composed")
					: Texts.own("studio-table",
							(this.then == null) ? "studio.example.of-case" : "studio.example.asked-by-case",
							this.caseNo);
		}

	}

	/**
	 * What can be done for the rows without an example.
	 *
	 * @param version version of the file
	 * @param proposals examples, in the order of the rows
	 * @param dead rows that answer nothing that can be asked, and need none
	 * @param unfound rows nothing was found for
	 */
	record Filling(long version, List<Proposal> proposals, List<String> dead, List<String> unfound) {

		/** Says whether what is kept is what was shown. */
		String mark() {
			return this.version + "-" + Integer.toHexString(this.proposals.hashCode());
		}

	}

	/**
	 * Proposes.
	 * @param check a look at the table
	 * @throws Refusal if something keeps the table from being asked
	 */
	Filling of(Draft draft, FileCheck check) {
		DraftFile file = check.file();
		TableFile table = this.tables.look(file.name(), file.content())
			.asked()
			.orElseThrow(() -> Refusal.rule(Texts.of("studio-table", "studio.example.faulty")));
		Set<String> missing = new LinkedHashSet<>(check.unproven());
		missing.addAll(check.bare());
		Map<String, Proposal> found = new LinkedHashMap<>();
		Map<String, DecisionRecord> last = missing.isEmpty() ? Map.of()
				: this.decisions.last(file.key(), file.basePlace(), missing);
		for (String rule : List.copyOf(missing)) {
			if (missing.contains(rule) && last.containsKey(rule)) {
				ofDecision(table, rule, last.get(rule)).ifPresent((proposal) -> {
					found.put(rule, proposal);
					proposal.rules().forEach(missing::remove);
				});
			}
		}
		RuleQuestions.of(table, this.domains.of(draft.place()), missing).forEach((rule, question) -> {
			if (missing.contains(rule)) {
				TableFile.Said said = table.ask(question);
				found.put(rule, new Proposal(rule, question, said.rows(), said.rules(), null, null));
				said.rules().forEach(missing::remove);
			}
		});
		List<Proposal> proposals = new ArrayList<>();
		table.view()
			.rows()
			.stream()
			.map(TableView.Row::id)
			.filter(found::containsKey)
			.map(found::get)
			.forEach(proposals::add);
		return new Filling(file.version(), proposals, check.dead(), List.copyOf(missing));
	}

	private static Optional<Proposal> ofDecision(TableFile table, String rule, DecisionRecord decision) {
		Map<String, Object> inputs = new LinkedHashMap<>();
		table.view().inputs().forEach((column) -> inputs.put(column.name(), decision.inputs().get(column.name())));
		TableFile.Said said = table.ask(inputs);
		return (said.failed() || !said.rules().contains(rule)) ? Optional.empty()
				: Optional.of(new Proposal(rule, inputs, said.rows(), said.rules(), decision.caseNo(),
						ExampleRun.same(said.rows(), decision.outputs()) ? null : decision.outputs()));
	}

}
