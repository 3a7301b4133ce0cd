package gridcase.mining;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the logs tell of events and things: names of attributes with their types as OCEL
 * 2.0 calls them.
 */
final class LogTypes {

	static final String CASE = "case";

	static final String TASK = "task";

	static final String UNIT = "unit";

	static final String GRID = "grid";

	static final String PERSON = "person";

	static final String RELEASE = "policy-release";

	/** Attributes of events. */
	static final Map<String, String> EVENT = types("transition", "string", "resource", "string", "role", "string",
			"group", "string", "kind", "string", "element", "string", "stage", "string", "process", "string", "version",
			"integer", "due", "time", "breached", "boolean", "waitingSeconds", "integer", "workingSeconds", "integer",
			"actedFor", "string", "table", "string", "tableVersion", "integer", "rules", "string", "reason", "string",
			"tier", "string", "toUnit", "string", "detail", "string");

	/** Attributes of things by their type. */
	static final Map<String, Map<String, String>> OBJECTS = new LinkedHashMap<>();
	static {
		OBJECTS.put(CASE,
				types("place", "string", "category", "string", "category_class", "string", "severity", "string",
						"urgency", "string", "channel", "string", "grid_code", "string", "tier", "string", "loop",
						"string", "process", "string", "state", "string", "outcome", "string", "satisfaction", "string",
						"self_handled", "boolean", "breaches", "integer", "excused", "integer", "rework", "integer",
						"refusals", "integer", "returns", "integer", "hand_overs", "integer", "reopened", "integer",
						"escalations", "integer", "suspensions", "integer"));
		OBJECTS.put(TASK, types("name", "string", "element", "string", "process", "string", "version", "integer",
				"status", "string", "due", "time"));
		OBJECTS.put(UNIT, types("name", "string"));
		OBJECTS.put(GRID, types("name", "string"));
		OBJECTS.put(PERSON, types("place", "string"));
		OBJECTS.put(RELEASE, types("place", "string", "releasedAt", "time", "effectiveFrom", "time"));
	}

	private LogTypes() {
	}

	private static Map<String, String> types(String... pairs) {
		Map<String, String> types = new LinkedHashMap<>();
		for (int at = 0; at < pairs.length; at += 2) {
			types.put(pairs[at], pairs[at + 1]);
		}
		return types;
	}

}
