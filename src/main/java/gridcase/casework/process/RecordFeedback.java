package gridcase.casework.process;

import java.util.Map;

import gridcase.casework.CaseRecord;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

/** The result of the units is the result of the case; owner and reporter are told. */
@Component
class RecordFeedback implements JavaDelegate {

	private final CaseScope cases;

	private final Audience audience;

	RecordFeedback(CaseScope cases, Audience audience) {
		this.cases = cases;
		this.audience = audience;
	}

	@Override
	public void execute(DelegateExecution execution) {
		CaseRecord record = this.cases.record(execution);
		record.event("RESULT_REPORTED", execution.getCurrentActivityId(),
				Map.of("result", record.text("resultText").orElse("")));
		this.audience.tell(record, "HANDLED", Map.of("result", record.text("resultText").orElse("")));
	}

}
