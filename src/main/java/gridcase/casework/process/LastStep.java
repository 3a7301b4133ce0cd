package gridcase.casework.process;

import java.util.Optional;

import org.camunda.bpm.engine.delegate.DelegateExecution;

/**
 * The element the current thread's action reached last: where a case stops when it cannot
 * go on.
 */
final class LastStep {

	private static final ThreadLocal<Place> LAST = new ThreadLocal<>();

	private LastStep() {
	}

	static void reached(DelegateExecution execution, String activityId) {
		LAST.set(new Place(execution.getProcessDefinitionId(), activityId));
	}

	static Optional<Place> last() {
		return Optional.ofNullable(LAST.get());
	}

	static void forget() {
		LAST.remove();
	}

	/**
	 * An element of a deployed diagram.
	 *
	 * @param processDefinitionId the engine's id of the diagram in that version
	 * @param activityId the element
	 */
	record Place(String processDefinitionId, String activityId) {

	}

}
