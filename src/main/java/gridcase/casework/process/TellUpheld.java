package gridcase.casework.process;

import java.util.Map;

import gridcase.casework.CaseRecord;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

/** The second look found the result in order; the reporter is told so and why. */
@Component
class TellUpheld implements JavaDelegate {

	private final CaseScope cases;

	private final Audience audience;

	TellUpheld(CaseScope cases, Audience audience) {
		this.cases = cases;
		this.audience = audience;
	}

	@Override
	public void execute(DelegateExecution execution) {
		CaseRecord record = this.cases.record(execution);
		String reason = this.cases.text(execution, "secondLookText").orElse("");
		record.event("UPHELD", execution.getCurrentActivityId(), Map.of("reason", reason));
		this.audience.tell(record, "UPHELD", Map.of("reason", reason));
	}

}
