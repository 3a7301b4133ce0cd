package gridcase.casework.process;

import java.util.List;

import gridcase.casework.CaseRecord;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;

import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Keeps the engine's timers of a case in step with deadlines that have been moved. */
@Component
public class CaseTimers {

	private final RuntimeService runtime;

	private final ManagementService management;

	CaseTimers(@Lazy RuntimeService runtime, @Lazy ManagementService management) {
		this.runtime = runtime;
		this.management = management;
	}

	/**
	 * Has every timer of the case ask its diagram again when it is due. To be called in
	 * the transaction that moved the deadlines.
	 */
	public void follow(CaseRecord record) {
		List<ProcessInstance> instances = this.runtime.createProcessInstanceQuery()
			.processInstanceBusinessKey(record.caseNo())
			.list();
		for (ProcessInstance instance : instances) {
			for (Job timer : this.management.createJobQuery().processInstanceId(instance.getId()).timers().list()) {
				this.management.recalculateJobDuedate(timer.getId(), false);
			}
		}
	}

}
