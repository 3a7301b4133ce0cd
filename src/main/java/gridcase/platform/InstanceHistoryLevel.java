package gridcase.platform;

import org.camunda.bpm.engine.impl.history.AbstractHistoryLevel;
import org.camunda.bpm.engine.impl.history.event.HistoryEventType;

/**
 * Engine history reduced to process instances and incidents. Who, why, before and after
 * are in {@code case_event}, the way through the diagram in {@code case_path}.
 */
class InstanceHistoryLevel extends AbstractHistoryLevel {

	static final String NAME = "instances";

	@Override
	public int getId() {
		return 40;
	}

	@Override
	public String getName() {
		return NAME;
	}

	@Override
	public boolean isHistoryEventProduced(HistoryEventType eventType, Object entity) {
		return switch (eventType.getEntityType()) {
			case "process-instance", "incident" -> true;
			default -> false;
		};
	}

}
