package gridcase.casework.process;

import java.util.Map;

import gridcase.casework.CaseRecord;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

/** The case is closed on its closing condition; the reporter is told. */
@Component
class CloseCase implements JavaDelegate {

	private final CaseScope cases;

	private final Audience audience;

	CloseCase(CaseScope cases, Audience audience) {
		this.cases = cases;
		this.audience = audience;
	}

	@Override
	public void execute(DelegateExecution execution) {
		CaseRecord record = this.cases.record(execution);
		record.event("ARCHIVED", execution.getCurrentActivityId(), Map.of());
		this.audience.tell(record, "CLOSED", Map.of("result", record.text("resultText").orElse("")));
	}

}
