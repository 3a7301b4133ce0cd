package gridcase.casework.process;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

import gridcase.casework.CaseRecord;
import gridcase.casework.FactTrail;
import gridcase.casework.RuleWords;
import gridcase.policy.Answer;
import gridcase.policy.Decisions;
import gridcase.policy.Question;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;
import org.camunda.bpm.engine.delegate.DelegateExecution;

import org.springframework.stereotype.Component;

/** {@code decisions} in a diagram: asks a table and keeps its answer with the case. */
@Component("decisions")
public class CaseDecisions {

	private final CaseScope cases;

	private final Decisions tables;

	private final RuleWords words;

	CaseDecisions(CaseScope cases, Decisions tables, RuleWords words) {
		this.cases = cases;
		this.tables = tables;
		this.words = words;
	}

	/**
	 * Asks a table what it says about this case now. Its outputs become facts, or process
	 * variables in a called process.
	 * @param table key of the table
	 * @param execution where it is asked
	 */
	public void apply(String table, DelegateExecution execution) {
		CaseRecord record = this.cases.record(execution);
		LastStep.reached(execution, execution.getCurrentActivityId());
		Answer answer = ask(table, record, execution.getCurrentActivityId(), this.cases.values(execution),
				this.cases.inLoop(execution));
		answer.outputs().forEach((name, value) -> this.cases.put(execution, name, value));
	}

	/**
	 * The rule said no: the action that led here is undone, with the rule's own words and
	 * the row that said it. For the arrow that leaves a gateway when a table refuses.
	 * @param reason name of the output that holds the words
	 * @param execution where the arrow is
	 * @throws Refusal always
	 */
	public void refuse(String reason, DelegateExecution execution) {
		CaseRecord record = this.cases.record(execution);
		throw Refusal.rule(
				this.cases.text(execution, reason).orElseGet(() -> Texts.of("casework", "casework.refused.rule")),
				this.tables.ofCase(record.caseNo())
					.stream()
					.filter((decision) -> decision.outputs().stream().anyMatch((row) -> row.containsKey(reason)))
					.reduce((first, second) -> second)
					.map((decision) -> this.words.cite(decision, record.place()))
					.orElse(null));
	}

	/**
	 * Asks a table and puts its answer on the case's record.
	 * @param table key of the table
	 * @param record the case
	 * @param element id of the diagram element that asks, or null
	 * @param values what is known
	 */
	public Answer ask(String table, CaseRecord record, String element, Map<String, Object> values) {
		return ask(table, record, element, values, false);
	}

	private Answer ask(String table, CaseRecord record, String element, Map<String, Object> values, boolean kept) {
		Map<String, Object> known = new HashMap<>(values);
		known.put("place", record.place());
		Answer answer = this.tables.decide(Question.of(table, record.place(), record.now(), known)
			.forCase(record.caseNo(), record.reportedAt(), element));
		Map<String, Object> data = new TreeMap<>();
		data.put("table", answer.key());
		data.put("version", answer.version());
		data.put("rules", answer.rules());
		data.put("outputs", answer.outputs());
		if (kept) {
			data.put(FactTrail.KEPT, true);
		}
		record.event("DECIDED", element, data);
		return answer;
	}

}
