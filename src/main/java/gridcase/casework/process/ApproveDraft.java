package gridcase.casework.process;

import java.time.Instant;
import java.util.Map;

import gridcase.casework.CaseRecord;
import gridcase.casework.RuleChanges;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** 批准草稿: says from when it is in force. */
@Component
class ApproveDraft implements JavaDelegate {

	private final CaseScope cases;

	private final RuleChanges changes;

	ApproveDraft(CaseScope cases, @Lazy RuleChanges changes) {
		this.cases = cases;
		this.changes = changes;
	}

	@Override
	public void execute(DelegateExecution execution) {
		CaseRecord record = this.cases.record(execution);
		Instant effective = this.changes.approve(record.caseNo());
		boolean now = effective == null || !effective.isAfter(record.now());
		Instant at = now ? record.now() : effective;
		record.set("effectiveNow", now);
		record.set("effectiveAt", at.toString());
		record.event("DRAFT_APPROVED", execution.getCurrentActivityId(),
				Map.of("effective", at.toString(), "reason", record.text("reviewText").orElse("")));
	}

}
