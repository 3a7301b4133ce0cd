package gridcase.casework.process;

import java.util.Map;

import gridcase.casework.CaseRecord;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

/** The report does not become a case; the reporter is told why. */
@Component
class RecordRejection implements JavaDelegate {

	private final CaseScope cases;

	private final Audience audience;

	RecordRejection(CaseScope cases, Audience audience) {
		this.cases = cases;
		this.audience = audience;
	}

	@Override
	public void execute(DelegateExecution execution) {
		CaseRecord record = this.cases.record(execution);
		this.audience.tell(record, "REJECTED", Map.of("reason", record.text("filingReason").orElse("")));
		record.close("NOT_FILED", "REJECTED");
	}

}
