package gridcase.casework.process;

import java.util.Map;

import gridcase.casework.CaseRecord;
import gridcase.casework.RuleChanges;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** 发布规则: all of the draft or nothing, and never over what somebody else released. */
@Component
class ReleaseDraft implements JavaDelegate {

	private final CaseScope cases;

	private final RuleChanges changes;

	ReleaseDraft(CaseScope cases, @Lazy RuleChanges changes) {
		this.cases = cases;
		this.changes = changes;
	}

	@Override
	public void execute(DelegateExecution execution) {
		CaseRecord record = this.cases.record(execution);
		boolean afterFact = "AFTER".equals(record.text("reviewMode").orElse(""));
		RuleChanges.Released released = this.changes.release(record.caseNo(), afterFact);
		record.set("releaseConflict", released.overtaken());
		if (released.releaseId() == null) {
			record.set(SubmitDraft.OUTCOME, "OVERTAKEN");
			return;
		}
		record.set(SubmitDraft.OUTCOME, "RELEASED");
		record.set("releaseId", released.releaseId());
		record.event(afterFact ? "RULES_RELEASED_FIRST" : "RULES_RELEASED", execution.getCurrentActivityId(),
				Map.of("release", released.releaseId()));
	}

}
