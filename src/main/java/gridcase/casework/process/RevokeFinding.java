package gridcase.casework.process;

import gridcase.casework.CaseRecord;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

/** 撤销问题: what an audit found does not hold. */
@Component
class RevokeFinding implements JavaDelegate {

	private final CaseScope cases;

	private final FindingEnds ends;

	RevokeFinding(CaseScope cases, FindingEnds ends) {
		this.cases = cases;
		this.ends = ends;
	}

	@Override
	public void execute(DelegateExecution execution) {
		CaseRecord record = this.cases.record(execution);
		this.ends.end(record, execution.getCurrentActivityId(), "REVOKED", "FINDING_REVOKED",
				record.text("redirectText").orElse(""));
	}

}
