package gridcase.casework.process;

import java.util.Map;
import java.util.TreeMap;

import gridcase.casework.CaseRecord;
import org.camunda.bpm.engine.delegate.DelegateExecution;

import org.springframework.stereotype.Component;

/** Puts a unit's refusal, return or hand-over on record as the diagram has it. */
@Component
class HandOvers {

	static final String HAND_ON = "HAND_ON";

	private final CaseScope cases;

	HandOvers(CaseScope cases) {
		this.cases = cases;
	}

	/**
	 * Records it as an event and as a row that units are counted by.
	 * @param execution where it happens; knows unit, movement, reason and the rule's
	 * answer
	 * @param event what the timeline calls it
	 * @param to unit it goes to, or null
	 */
	void record(DelegateExecution execution, String event, String to) {
		CaseRecord record = this.cases.record(execution);
		String movement = this.cases.text(execution, "movement").orElse(HAND_ON);
		String answer = Boolean.TRUE.equals(execution.getVariable("forced")) && movement.equals("ASSIGN") ? "FORCED"
				: this.cases.text(execution, "transfer").orElse("ALLOWED");
		String from = (String) execution.getVariable("unit");
		String code = this.cases.text(execution, "reasonCode").orElse(null);
		String text = this.cases.text(execution, "reasonText").orElse(null);
		Map<String, Object> data = new TreeMap<>();
		data.put("unit", from);
		data.put("from", from);
		data.put("movement", movement);
		data.put("answer", answer);
		data.put("reasonCode", (code != null) ? code : "");
		data.put("reasonText", (text != null) ? text : "");
		if (to != null) {
			data.put("to", to);
		}
		record.event(event, execution.getCurrentActivityId(), data);
		record.handOver(movement, answer, from, to, code, text,
				this.cases.text(execution, "transferReason").orElse(null));
	}

}
