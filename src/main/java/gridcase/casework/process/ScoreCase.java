package gridcase.casework.process;

import java.util.Map;

import gridcase.casework.CaseRecord;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

/** The case is evaluated: points by the score table, then it is over. */
@Component
class ScoreCase implements JavaDelegate {

	private final CaseScope cases;

	private final CaseDecisions decisions;

	ScoreCase(CaseScope cases, CaseDecisions decisions) {
		this.cases = cases;
		this.decisions = decisions;
	}

	@Override
	public void execute(DelegateExecution execution) {
		CaseRecord record = this.cases.record(execution);
		record.event("SCORED", execution.getCurrentActivityId(), Map.of());
		record.close("CLOSED", Boolean.TRUE.equals(record.facts().get("selfHandled")) ? "SELF_HANDLED" : "HANDLED");
	}

}
