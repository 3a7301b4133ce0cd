package gridcase.casework.process;

import java.util.Map;

import gridcase.casework.CaseRecord;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

/** The case is taken off the list of difficult cases. */
@Component
class DelistDifficult implements JavaDelegate {

	private final CaseScope cases;

	private final Audience audience;

	DelistDifficult(CaseScope cases, Audience audience) {
		this.cases = cases;
		this.audience = audience;
	}

	@Override
	public void execute(DelegateExecution execution) {
		CaseRecord record = this.cases.record(execution);
		String analysis = this.cases.text(execution, "analysisText").orElse("");
		record.difficult(false);
		record.event("DIFFICULT_DELISTED", execution.getCurrentActivityId(), Map.of("reason", analysis));
		this.audience.tell(record, "DIFFICULT_DELISTED", Map.of("reason", analysis));
	}

}
