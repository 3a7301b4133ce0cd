package gridcase.casework.process;

import gridcase.casework.CaseRecord;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

/**
 * The units that had the case let go of it; the next dispatch chooses anew. Who answers
 * for the case does not change before another side signs for it.
 */
@Component
class ReleaseUnits implements JavaDelegate {

	private final CaseScope cases;

	ReleaseUnits(CaseScope cases) {
		this.cases = cases;
	}

	@Override
	public void execute(DelegateExecution execution) {
		CaseRecord record = this.cases.record(execution);
		record.set("leadUnit", null);
		record.set("helperUnits", null);
	}

}
