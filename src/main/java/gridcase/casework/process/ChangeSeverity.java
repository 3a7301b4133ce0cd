package gridcase.casework.process;

import java.util.Map;

import gridcase.casework.CaseRecord;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

/** The matter is graver, or less grave, than it was taken for. */
@Component
class ChangeSeverity implements JavaDelegate {

	private final CaseScope cases;

	private final Audience audience;

	ChangeSeverity(CaseScope cases, Audience audience) {
		this.cases = cases;
		this.audience = audience;
	}

	@Override
	public void execute(DelegateExecution execution) {
		CaseRecord record = this.cases.record(execution);
		String before = record.text("severity").orElse("");
		String after = this.cases.text(execution, "newSeverity").orElseThrow();
		record.set("severity", after);
		record.event("SEVERITY_CHANGED", execution.getCurrentActivityId(), Map.of("before", before, "after", after,
				"reason", this.cases.text(execution, "reasonText").orElse("")));
		this.audience.tell(record, "SEVERITY_CHANGED", Map.of("before", before, "after", after));
	}

}
