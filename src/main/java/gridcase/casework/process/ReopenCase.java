package gridcase.casework.process;

import java.util.Map;

import gridcase.casework.CaseRecord;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * A closed case begins anew where work is dispatched (复开); one that was reopened
 * meanwhile goes on as it is.
 */
@Component
class ReopenCase implements JavaDelegate {

	private final CaseScope cases;

	private final Steps steps;

	private final Audience audience;

	ReopenCase(CaseScope cases, @Lazy Steps steps, Audience audience) {
		this.cases = cases;
		this.steps = steps;
		this.audience = audience;
	}

	@Override
	public void execute(DelegateExecution execution) {
		CaseRecord record = this.cases.record(execution);
		if (record.state().equals("OPEN")) {
			// somebody was faster while this was looked into: one loop is enough
			return;
		}
		record.reopen(record.lastOwner().orElse(null));
		record.set("leadUnit", null);
		record.set("helperUnits", null);
		record.set("selfHandled", false);
		record.set("verified", null);
		record.set("reopenText",
				this.cases.text(execution, "secondLookText")
					.or(() -> this.cases.text(execution, "reasonText"))
					.orElse(null));
		record.startedAs(this.steps.startBy("case-reopened", record));
		this.audience.tell(record, "REOPENED", Map.of("reason", record.text("reopenText").orElse("")));
	}

}
