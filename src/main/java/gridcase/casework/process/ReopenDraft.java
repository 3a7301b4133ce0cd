package gridcase.casework.process;

import java.util.Map;

import gridcase.casework.CaseRecord;
import gridcase.casework.RuleChanges;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** 退回草稿: it may be changed again. */
@Component
class ReopenDraft implements JavaDelegate {

	private final CaseScope cases;

	private final RuleChanges changes;

	ReopenDraft(CaseScope cases, @Lazy RuleChanges changes) {
		this.cases = cases;
		this.changes = changes;
	}

	@Override
	public void execute(DelegateExecution execution) {
		CaseRecord record = this.cases.record(execution);
		this.changes.reopen(record.caseNo());
		String reason = this.cases.text(execution, "reasonText")
			.or(() -> record.text("releaseConflict"))
			.or(() -> record.text("reviewText"))
			.orElse("");
		record.event("DRAFT_REOPENED", execution.getCurrentActivityId(), Map.of("reason", reason));
	}

}
