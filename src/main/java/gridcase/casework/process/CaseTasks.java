package gridcase.casework.process;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import gridcase.casework.CaseRecord;
import gridcase.casework.Deadline;
import gridcase.casework.InboxItem;
import org.camunda.bpm.engine.delegate.Expression;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;

import org.springframework.stereotype.Component;

/** Keeps the inbox and the holder of a case in step with the engine's open tasks. */
@Component
class CaseTasks {

	private final CaseScope cases;

	private final Audience audience;

	CaseTasks(CaseScope cases, Audience audience) {
		this.cases = cases;
		this.audience = audience;
	}

	/**
	 * A task waits for somebody.
	 * @param task the engine's task
	 * @param pools says who may take it; the first counts
	 */
	void created(TaskEntity task, List<Expression> pools) {
		ExecutionEntity execution = task.getExecution();
		CaseRecord record = this.cases.record(execution);
		String pool = pools.isEmpty() ? null : (String) pools.get(0).getValue(execution);
		boolean called = CaseScope.isCalled(execution);
		String unit = called ? (String) execution.getVariable("unit") : null;
		String leg = (called && "HELPER".equals(execution.getVariable("leg"))) ? unit : "";
		Optional<Deadline> deadline = deadlineOf(record, task);
		record.openTask(new InboxItem(task.getId(), task.getProcessInstanceId(), task.getTaskDefinitionKey(),
				task.getName(), formOf(task), pool, task.getAssignee(), unit, leg, excludesWorkers(task), record.now(),
				(task.getAssignee() != null) ? record.now() : null, deadline.map(Deadline::warnAt).orElse(null),
				deadline.map(Deadline::dueAt).orElse(null)));
		this.audience.tell(record, "ASSIGNED", Map.of("task", task.getName()));
	}

	void assigned(TaskEntity task) {
		if (task.getExecution() != null) {
			CaseRecord record = this.cases.record(task.getExecution());
			record.assignTask(task.getId(), task.getAssignee());
		}
	}

	void gone(TaskEntity task) {
		this.cases.record(task.getExecution()).removeTask(task.getId());
	}

	private static String formOf(TaskEntity task) {
		var definition = task.getTaskDefinition();
		return (definition.getCamundaFormDefinitionKey() != null)
				? definition.getCamundaFormDefinitionKey().getExpressionText() : null;
	}

	private static boolean excludesWorkers(TaskEntity task) {
		return "workers".equals(task.getExecution().getActivity().getProperty(CaseElements.EXCLUDES));
	}

	/**
	 * The deadline of the task itself, else of the instance it belongs to, else of the
	 * stage.
	 */
	private static Optional<Deadline> deadlineOf(CaseRecord record, TaskEntity task) {
		String instance = task.getProcessInstanceId();
		String own = CaseDeadlines.scope(instance, task.getTaskDefinitionKey());
		return record.openDeadlines()
			.stream()
			.filter((deadline) -> deadline.scope().equals(own) || deadline.scope().equals(instance))
			.max(Comparator.comparing((deadline) -> deadline.scope().length()));
	}

}
