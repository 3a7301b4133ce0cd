package gridcase.casework.process;

import java.util.Map;

import gridcase.casework.CaseRecord;
import gridcase.casework.RuleChanges;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** 办结变更: the change is in force, and somebody else has approved it. */
@Component
class FinishChange implements JavaDelegate {

	private final CaseScope cases;

	private final RuleChanges changes;

	private final Audience audience;

	FinishChange(CaseScope cases, @Lazy RuleChanges changes, Audience audience) {
		this.cases = cases;
		this.changes = changes;
		this.audience = audience;
	}

	@Override
	public void execute(DelegateExecution execution) {
		CaseRecord record = this.cases.record(execution);
		if ("AFTER".equals(record.text("reviewMode").orElse(""))) {
			this.changes.ratify(record.caseNo());
		}
		String said = record.text("ratifyText").or(() -> record.text("reviewText")).orElse("");
		this.audience.tell(record, "CLOSED", Map.of("result", said));
		record.close("CLOSED", "RELEASED");
	}

}
