package gridcase.casework.process;

import java.util.Map;

import gridcase.casework.CaseRecord;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * The case ends before its time: withdrawn or voided, as {@code endState} says. Its loop
 * and whatever else was asked for ends with it.
 */
@Component
class EndCase implements JavaDelegate {

	private final CaseScope cases;

	private final MergedCases merged;

	private final Audience audience;

	private final RuntimeService runtime;

	EndCase(CaseScope cases, MergedCases merged, Audience audience, @Lazy RuntimeService runtime) {
		this.cases = cases;
		this.merged = merged;
		this.audience = audience;
		this.runtime = runtime;
	}

	@Override
	public void execute(DelegateExecution execution) {
		CaseRecord record = this.cases.record(execution);
		String state = this.cases.text(execution, "endState").orElseThrow();
		String reason = this.cases.text(execution, "reasonText").orElse("");
		// what ends the case must not be ended with it
		record.turnEnded(execution.getProcessInstanceId());
		record.event(state, execution.getCurrentActivityId(), Map.of("reason", reason));
		this.audience.tell(record, state, Map.of("reason", reason));
		this.merged.tellEnded(record);
		record.close(state, state);
		this.runtime.deleteProcessInstance(record.processInstance(), state, false, true);
	}

}
