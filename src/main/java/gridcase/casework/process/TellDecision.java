package gridcase.casework.process;

import java.util.List;
import java.util.Map;

import gridcase.casework.CaseRecord;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

/** Who asked for something learns that it was not granted, and why. */
@Component
class TellDecision implements JavaDelegate {

	private final CaseScope cases;

	private final Audience audience;

	TellDecision(CaseScope cases, Audience audience) {
		this.cases = cases;
		this.audience = audience;
	}

	@Override
	public void execute(DelegateExecution execution) {
		CaseRecord record = this.cases.record(execution);
		String reason = this.cases.text(execution, "decisionText").orElse("");
		record.event("NOT_GRANTED", execution.getCurrentActivityId(),
				Map.of("turn", CaseScope.turn(record, execution).orElse(""), "reason", reason));
		this.audience.tell(record, "NOT_GRANTED", Map.of("reason", reason),
				Map.of("REQUESTER", List.of((String) execution.getVariable("requester"))));
	}

}
