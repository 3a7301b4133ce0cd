package gridcase.casework.process;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import gridcase.casework.CaseRecord;
import gridcase.casework.CaseRecords;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;

import org.springframework.stereotype.Component;

/** From an execution of the engine to its case, and to the values known there. */
@Component
public class CaseScope {

	private final CaseRecords records;

	CaseScope(CaseRecords records) {
		this.records = records;
	}

	/** The case of an execution; its business key is the case number. */
	public CaseRecord record(DelegateExecution execution) {
		return this.records.open(execution.getProcessBusinessKey());
	}

	Optional<CaseRecord> find(VariableScope scope) {
		return execution(scope).map(ExecutionEntity::getProcessBusinessKey).map(this.records::open);
	}

	private static Optional<ExecutionEntity> execution(VariableScope scope) {
		if (scope instanceof ExecutionEntity execution) {
			return Optional.of(execution);
		}
		if (scope instanceof TaskEntity task) {
			return Optional.ofNullable(task.getExecution());
		}
		return Optional.empty();
	}

	/**
	 * Whether the execution is on the case's own way, not in a called process or a turn.
	 */
	boolean inLoop(DelegateExecution execution) {
		return record(execution).process().equals(((ExecutionEntity) execution).getProcessDefinition().getKey());
	}

	/** Key of the turn the execution belongs to, also from within what the turn calls. */
	static Optional<String> turn(CaseRecord record, DelegateExecution execution) {
		return Optional.ofNullable(record.openTurns().get(((ExecutionEntity) execution).getRootProcessInstanceId()));
	}

	/** All that is known here: the facts of the case, overlaid by process variables. */
	Map<String, Object> values(DelegateExecution execution) {
		Map<String, Object> values = new HashMap<>(record(execution).facts());
		values.putAll(execution.getVariables());
		return values;
	}

	/**
	 * A value by name: a process variable if there is one, else a fact.
	 * @return the value as text, or empty if neither knows it
	 */
	Optional<String> text(DelegateExecution execution, String name) {
		Object variable = execution.getVariable(name);
		if (variable != null) {
			return Optional.of(variable.toString()).filter((text) -> !text.isEmpty());
		}
		return record(execution).text(name);
	}

	/**
	 * Keeps an answer where the process that asked will look for it: a fact in the case's
	 * own process, a process variable in a called one.
	 */
	void put(DelegateExecution execution, String name, Object value) {
		if (!inLoop(execution)) {
			((ExecutionEntity) execution).getProcessInstance().setVariable(name, value);
		}
		else {
			record(execution).set(name, value);
		}
	}

}
