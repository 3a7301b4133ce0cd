package gridcase.casework.process;

import java.util.Map;

import gridcase.casework.CaseRecord;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

/** The result did not pass: back to the same units. */
@Component
class CountRework implements JavaDelegate {

	private final CaseScope cases;

	CountRework(CaseScope cases) {
		this.cases = cases;
	}

	@Override
	public void execute(DelegateExecution execution) {
		CaseRecord record = this.cases.record(execution);
		record.increase("reworkCount");
		record.event("REWORK_ORDERED", execution.getCurrentActivityId(),
				Map.of("reason", record.text("verifyText").orElse("")));
	}

}
