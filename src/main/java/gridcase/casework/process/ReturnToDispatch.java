package gridcase.casework.process;

import java.util.Map;

import gridcase.casework.CaseRecord;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

/** The unit gives the case back with its reason; the next dispatch chooses anew. */
@Component
class ReturnToDispatch implements JavaDelegate {

	private final CaseScope cases;

	ReturnToDispatch(CaseScope cases) {
		this.cases = cases;
	}

	@Override
	public void execute(DelegateExecution execution) {
		CaseRecord record = this.cases.record(execution);
		String unit = (String) execution.getVariable("unit");
		record.increase("returnCount");
		if (execution.getVariable("signer") == null) {
			record.increase("refusalCount");
		}
		record.event("RETURNED", execution.getCurrentActivityId(),
				Map.of("unit", unit, "reasonCode", this.cases.text(execution, "reasonCode").orElse(""), "reasonText",
						record.text("reasonText").orElse("")));
		if (!"HELPER".equals(execution.getVariable("leg"))) {
			record.set("leadUnit", null);
			record.set("helperUnits", null);
		}
	}

}
