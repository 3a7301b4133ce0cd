package gridcase.casework.process;

import java.util.Map;

import gridcase.casework.CaseRecord;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

/** The case is put on the list of difficult cases (疑难案卷). */
@Component
class ListDifficult implements JavaDelegate {

	private final CaseScope cases;

	private final Audience audience;

	ListDifficult(CaseScope cases, Audience audience) {
		this.cases = cases;
		this.audience = audience;
	}

	@Override
	public void execute(DelegateExecution execution) {
		CaseRecord record = this.cases.record(execution);
		String reason = this.cases.text(execution, "reasonText").orElse("");
		record.difficult(true);
		record.set("difficultFor", reason);
		record.event("DIFFICULT_LISTED", execution.getCurrentActivityId(), Map.of("reason", reason));
		this.audience.tell(record, "DIFFICULT_LISTED", Map.of("reason", reason));
	}

}
