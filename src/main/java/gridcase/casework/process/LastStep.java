package gridcase.casework.process;

import java.util.Optional;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;

/**
 * The element the current thread's action reached last: where a case stops when it cannot
 * go on.
 */
final class LastStep {

	private static final ThreadLocal<Place> LAST = new ThreadLocal<>();

	private LastStep() {
	}

	static void reached(DelegateExecution execution, String activityId) {
		boolean leaving = ExecutionListener.EVENTNAME_END.equals(execution.getEventName());
		LAST.set(new Place(execution.getProcessDefinitionId(), activityId, leaving));
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
	 * @param leaving whether the element was already being left
	 */
	record Place(String processDefinitionId, String activityId, boolean leaving) {

	}

}
