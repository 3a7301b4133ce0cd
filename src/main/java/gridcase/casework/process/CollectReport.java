package gridcase.casework.process;

import gridcase.casework.CaseRecord;
import gridcase.casework.DuplicateSearch;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

/** Looks whether the report is complete and how likely it was made before. */
@Component
class CollectReport implements JavaDelegate {

	private final CaseScope cases;

	private final DuplicateSearch duplicates;

	CollectReport(CaseScope cases, DuplicateSearch duplicates) {
		this.cases = cases;
		this.duplicates = duplicates;
	}

	@Override
	public void execute(DelegateExecution execution) {
		CaseRecord record = this.cases.record(execution);
		record.set("complete", record.text("description").isPresent() && record.text("address").isPresent());
		record.set("duplicateScore", this.duplicates.score(record));
	}

}
