package gridcase.casework.process;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import gridcase.casework.CaseRecord;
import gridcase.casework.Deadline;
import gridcase.casework.InboxItem;
import org.camunda.bpm.engine.delegate.Expression;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
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
		boolean called = !this.cases.inLoop(execution);
		String unit = called ? (String) execution.getVariable("unit") : null;
		if (pool != null && unit != null && !pool.endsWith("@" + unit)) {
			// somebody else's part in the unit's handling, e.g. a coordinator's
			unit = null;
		}
		String leg = (called && "HELPER".equals(execution.getVariable("leg"))) ? (String) execution.getVariable("unit")
				: "";
		Optional<String> turn = CaseScope.turn(record, execution);
		record.openTask(new InboxItem(task.getId(), task.getProcessInstanceId(), task.getTaskDefinitionKey(),
				task.getName(), formOf(task), pool, task.getAssignee(), unit, leg,
				excludes(execution).contains(CaseElements.WORKERS), excluded(execution), turn.orElse(null),
				turn.map((key) -> name(task.getExecution())).orElse(null), record.now(),
				(task.getAssignee() != null) ? record.now() : null,
				deadlineOf(record, task).map(Deadline::no).orElse(null)));
		Map<String, List<String>> whom = turn.isEmpty() ? Map.of()
				: Map.of("HOLDER", List.of((task.getAssignee() != null) ? task.getAssignee() : pool));
		this.audience.tell(record, "ASSIGNED", Map.of("task", task.getName()), whom);
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

	/** What the turn is called, also from within what it calls. */
	private static String name(ExecutionEntity execution) {
		ExecutionEntity instance = execution.getProcessInstance();
		while (instance.getSuperExecution() != null) {
			instance = instance.getSuperExecution().getProcessInstance();
		}
		return ((ProcessDefinitionEntity) instance.getProcessDefinition()).getName();
	}

	private static String formOf(TaskEntity task) {
		var definition = task.getTaskDefinition();
		return (definition.getCamundaFormDefinitionKey() != null)
				? definition.getCamundaFormDefinitionKey().getExpressionText() : null;
	}

	@SuppressWarnings("unchecked")
	static List<String> excludes(ExecutionEntity execution) {
		List<String> excludes = (List<String>) execution.getActivity().getProperty(CaseElements.EXCLUDES);
		return (excludes != null) ? excludes : List.of();
	}

	/**
	 * People whom variables named by the diagram keep from this task; a variable may hold
	 * several, with commas between them.
	 */
	static List<String> excluded(ExecutionEntity execution) {
		return excludes(execution).stream()
			.filter((name) -> !name.equals(CaseElements.WORKERS))
			.map((name) -> (String) execution.getVariable(name))
			.filter(Objects::nonNull)
			.flatMap((people) -> Stream.of(people.split(",")))
			.toList();
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
