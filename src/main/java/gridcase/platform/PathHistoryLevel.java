package gridcase.platform;

import org.camunda.bpm.engine.impl.history.AbstractHistoryLevel;
import org.camunda.bpm.engine.impl.history.event.HistoryEventType;

/**
 * Engine history reduced to what the path on a diagram needs: process and activity
 * instances, and incidents. Who, why, before and after are in {@code case_event}.
 */
class PathHistoryLevel extends AbstractHistoryLevel {

	static final String NAME = "path";

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
			case "process-instance", "activity-instance", "incident" -> true;
			default -> false;
		};
	}

}
