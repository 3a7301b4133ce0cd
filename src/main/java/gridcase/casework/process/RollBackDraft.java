package gridcase.casework.process;

import java.util.Map;
import java.util.TreeMap;

import gridcase.casework.CaseRecord;
import gridcase.casework.RuleChanges;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** 回退并办结: what was in force before is in force again. */
@Component
class RollBackDraft implements JavaDelegate {

	private final CaseScope cases;

	private final RuleChanges changes;

	private final Audience audience;

	RollBackDraft(CaseScope cases, @Lazy RuleChanges changes, Audience audience) {
		this.cases = cases;
		this.changes = changes;
		this.audience = audience;
	}

	@Override
	public void execute(DelegateExecution execution) {
		CaseRecord record = this.cases.record(execution);
		long release = this.changes.rollBack(record.caseNo());
		String reason = record.text("ratifyText").orElse("");
		Map<String, Object> data = new TreeMap<>(Map.of("release", release));
		record.text("ratifyText").ifPresent((text) -> data.put("reason", text));
		record.event("RULES_ROLLED_BACK", execution.getCurrentActivityId(), data);
		this.audience.tell(record, "CLOSED", Map.of("result", reason));
		record.close("CLOSED", "ROLLED_BACK");
	}

}
