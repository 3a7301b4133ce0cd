package gridcase.casework.process;

import java.util.Map;

import gridcase.casework.CaseRecord;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

/** The grid worker has dealt with the matter on the spot (自处置). */
@Component
class RecordSelfHandling implements JavaDelegate {

	private final CaseScope cases;

	private final Audience audience;

	RecordSelfHandling(CaseScope cases, Audience audience) {
		this.cases = cases;
		this.audience = audience;
	}

	@Override
	public void execute(DelegateExecution execution) {
		CaseRecord record = this.cases.record(execution);
		record.set("selfHandled", true);
		record.holderWorks("");
		record.event("SELF_HANDLED", execution.getCurrentActivityId(), Map.of());
		this.audience.tell(record, "HANDLED", Map.of("result", record.text("resultText").orElse("")));
	}

}
