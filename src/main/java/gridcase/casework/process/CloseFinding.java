package gridcase.casework.process;

import gridcase.casework.CaseRecord;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

/** 问题销号: what an audit found has been put right. */
@Component
class CloseFinding implements JavaDelegate {

	private final CaseScope cases;

	private final FindingEnds ends;

	CloseFinding(CaseScope cases, FindingEnds ends) {
		this.cases = cases;
		this.ends = ends;
	}

	@Override
	public void execute(DelegateExecution execution) {
		CaseRecord record = this.cases.record(execution);
		this.ends.end(record, execution.getCurrentActivityId(), "RECTIFIED", "FINDING_CLOSED",
				record.text("verifyText").orElse(""));
	}

}
