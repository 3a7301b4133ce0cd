package gridcase.mining;

import java.time.Instant;
import java.util.List;

/**
 * A thing that events concern.
 *
 * @param id its id, unique in the log
 * @param type one of {@link LogTypes#OBJECTS}
 * @param values what is known of it and since when
 * @param links other things it belongs to
 */
record LogObject(String id, String type, List<Value> values, List<LogEvent.Link> links) {

	/**
	 * A value of an attribute.
	 *
	 * @param name name of the attribute
	 * @param since since when, or null from the beginning
	 * @param value a text, number, truth value or moment
	 */
	record Value(String name, Instant since, Object value) {

	}

}
