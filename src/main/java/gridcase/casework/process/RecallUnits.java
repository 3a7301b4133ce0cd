package gridcase.casework.process;

import java.util.List;

import gridcase.casework.CaseRecord;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;

import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * The units at work stop: the stage they work in ends as if they had passed the case up
 * themselves, and the case is dispatched anew. A unit whose own handling asked for this
 * ends by itself.
 */
@Component
class RecallUnits implements JavaDelegate {

	private static final String TIER_RAISED = "TIER_RAISED";

	private final CaseScope cases;

	private final RuntimeService runtime;

	private final TaskService tasks;

	RecallUnits(CaseScope cases, @Lazy RuntimeService runtime, @Lazy TaskService tasks) {
		this.cases = cases;
		this.runtime = runtime;
		this.tasks = tasks;
	}

	@Override
	public void execute(DelegateExecution execution) {
		CaseRecord record = this.cases.record(execution);
		ExecutionEntity caller = ((ExecutionEntity) execution).getProcessInstance().getSuperExecution();
		if (caller != null && caller.getProcessDefinition().getKey().equals(Models.UNIT)) {
			chooseAnew(record);
			return;
		}
		List<String> units = this.runtime.createProcessInstanceQuery()
			.processInstanceBusinessKey(record.caseNo())
			.processDefinitionKey(Models.UNIT)
			.list()
			.stream()
			// a lead that cannot solve the case has just let its helpers go in this very
			// step
			.filter((unit) -> !unit.isEnded())
			.map(ProcessInstance::getId)
			.toList();
		if ("handle".equals(record.stageKey())) {
			chooseAnew(record);
		}
		if (units.isEmpty()) {
			return;
		}
		// one is enough: the border of the stage lets all of its units go
		Task task = this.tasks.createTaskQuery()
			.processInstanceIdIn(units.toArray(String[]::new))
			.listPage(0, 1)
			.get(0);
		// what the stage takes over from the unit must be known when it lets it go
		this.runtime.setVariable(task.getProcessInstanceId(), "handlingOutcome", "RECALLED");
		this.tasks.handleEscalation(task.getId(), TIER_RAISED);
	}

	/**
	 * Only while the case is being handled: a check that is taken over may still send it
	 * back to those who did the work.
	 */
	private static void chooseAnew(CaseRecord record) {
		record.set("leadUnit", null);
		record.set("helperUnits", null);
	}

}
