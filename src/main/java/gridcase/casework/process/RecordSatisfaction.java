package gridcase.casework.process;

import java.util.Map;

import gridcase.casework.CaseRecord;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

/** What the reporter says of the result (回访). */
@Component
class RecordSatisfaction implements JavaDelegate {

	private final CaseScope cases;

	RecordSatisfaction(CaseScope cases) {
		this.cases = cases;
	}

	@Override
	public void execute(DelegateExecution execution) {
		CaseRecord record = this.cases.record(execution);
		String satisfaction = this.cases.text(execution, "satisfaction").orElseThrow();
		String words = this.cases.text(execution, "followUpText").orElse("");
		record.set("satisfaction", satisfaction);
		record.set("followUpText", words);
		record.event("FOLLOWED_UP", execution.getCurrentActivityId(),
				Map.of("satisfaction", satisfaction, "reason", words));
	}

}
