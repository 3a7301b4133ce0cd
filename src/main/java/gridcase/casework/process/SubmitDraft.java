package gridcase.casework.process;

import java.util.Map;
import java.util.TreeMap;

import gridcase.casework.CaseRecord;
import gridcase.casework.RuleChanges;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** 检查草稿: what is wrong goes back to who submits it; a good draft waits for review. */
@Component
class SubmitDraft implements JavaDelegate {

	static final String OUTCOME = "releaseOutcome";

	private final CaseScope cases;

	private final RuleChanges changes;

	SubmitDraft(CaseScope cases, @Lazy RuleChanges changes) {
		this.cases = cases;
		this.changes = changes;
	}

	@Override
	public void execute(DelegateExecution execution) {
		CaseRecord record = this.cases.record(execution);
		RuleChanges.Submitted submitted = this.changes.submit(record.caseNo());
		submitted.facts().forEach(record::set);
		record.set(OUTCOME, null);
		record.set("releaseConflict", null);
		execution.setVariable("authors", String.join(",", submitted.authors()));
		Map<String, Object> data = new TreeMap<>(Map.of("authors", submitted.authors()));
		record.text("mendText").ifPresent((text) -> data.put("reason", text));
		record.event("DRAFT_SUBMITTED", execution.getCurrentActivityId(), data);
	}

}
