package gridcase.casework.process;

import java.util.Map;

import gridcase.casework.CaseRecord;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

/** The case goes on: every deadline runs again with what it had left. */
@Component
class ResumeCase implements JavaDelegate {

	private final CaseScope cases;

	private final CaseTimers timers;

	private final Audience audience;

	ResumeCase(CaseScope cases, CaseTimers timers, Audience audience) {
		this.cases = cases;
		this.timers = timers;
		this.audience = audience;
	}

	@Override
	public void execute(DelegateExecution execution) {
		CaseRecord record = this.cases.record(execution);
		record.resume();
		record.event("SUSPENSION_ENDED", execution.getCurrentActivityId(), Map.of());
		this.timers.follow(record);
		this.audience.tell(record, "SUSPENSION_ENDED", Map.of());
	}

}
