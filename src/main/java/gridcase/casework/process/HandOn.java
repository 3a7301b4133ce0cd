package gridcase.casework.process;

import gridcase.casework.CaseRecord;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

/**
 * The case goes to another unit with its reason: because the unit that had it hands it
 * on, or because a coordinator says so.
 */
@Component
class HandOn implements JavaDelegate {

	private final CaseScope cases;

	private final HandOvers handOvers;

	HandOn(CaseScope cases, HandOvers handOvers) {
		this.cases = cases;
		this.handOvers = handOvers;
	}

	@Override
	public void execute(DelegateExecution execution) {
		CaseRecord record = this.cases.record(execution);
		String to = this.cases.text(execution, "handOnUnit")
			.orElseThrow(() -> Refusal.rule(Texts.of("casework", "casework.refused.hand-on-unit")));
		if (to.equals(execution.getVariable("unit"))) {
			throw Refusal.rule(Texts.of("casework", "casework.refused.hand-on-self"));
		}
		record.increase("handOverCount");
		CaseUnits.remember(record, (String) execution.getVariable("unit"));
		this.handOvers.record(execution, "HANDED_ON", to);
		if (!"HELPER".equals(execution.getVariable("leg"))) {
			record.set("leadUnit", to);
		}
		execution.setVariable("unit", to);
		execution.removeVariable("signer");
	}

}
