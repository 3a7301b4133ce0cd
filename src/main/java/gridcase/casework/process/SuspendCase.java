package gridcase.casework.process;

import java.util.Map;

import gridcase.casework.CaseRecord;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

/** The case rests (挂账): its deadlines stand still with what they have left. */
@Component
class SuspendCase implements JavaDelegate {

	private final CaseScope cases;

	private final CaseTimers timers;

	private final Audience audience;

	SuspendCase(CaseScope cases, CaseTimers timers, Audience audience) {
		this.cases = cases;
		this.timers = timers;
		this.audience = audience;
	}

	@Override
	public void execute(DelegateExecution execution) {
		CaseRecord record = this.cases.record(execution);
		record.suspend();
		record.set("suspendedFor", this.cases.text(execution, "reasonText").orElse(null));
		record.set("suspendedUntil", this.cases.text(execution, "suspendUntil").orElse(null));
		Map<String, String> how = Map.of("until", this.cases.text(execution, "suspendUntil").orElse(""), "reason",
				this.cases.text(execution, "reasonText").orElse(""));
		record.event("SUSPENDED", execution.getCurrentActivityId(), how);
		this.timers.follow(record);
		this.audience.tell(record, "SUSPENDED", how);
	}

}
