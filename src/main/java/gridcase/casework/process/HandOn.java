package gridcase.casework.process;

import java.util.Map;

import gridcase.casework.CaseRecord;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

/** The unit hands the case on to another one with its reason. */
@Component
class HandOn implements JavaDelegate {

	private final CaseScope cases;

	HandOn(CaseScope cases) {
		this.cases = cases;
	}

	@Override
	public void execute(DelegateExecution execution) {
		CaseRecord record = this.cases.record(execution);
		String from = (String) execution.getVariable("unit");
		String to = this.cases.text(execution, "handOnUnit")
			.orElseThrow(() -> Refusal.rule(Texts.of("casework", "casework.refused.hand-on-unit")));
		record.increase("handOverCount");
		record.event("HANDED_ON", execution.getCurrentActivityId(),
				Map.of("from", from, "to", to, "reasonCode", this.cases.text(execution, "reasonCode").orElse(""),
						"reasonText", record.text("reasonText").orElse("")));
		if (!"HELPER".equals(execution.getVariable("leg"))) {
			record.set("leadUnit", to);
		}
		execution.setVariable("unit", to);
		execution.removeVariable("signer");
	}

}
