package gridcase.mining;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Writes a log case by case; keeps nothing of a case once it is written. */
interface LogWriter extends AutoCloseable {

	/**
	 * A case with its events, in order, and the things it brings.
	 * @param caseNo its number
	 * @param attributes what is known of it
	 * @param reportedAt when it was reported
	 * @param closedAt when it ended, or null
	 * @param events its events, by time
	 * @param objects things nobody has told of before
	 */
	void write(String caseNo, Map<String, Object> attributes, Instant reportedAt, Instant closedAt,
			List<LogEvent> events, List<LogObject> objects) throws IOException;

	/** Completes the log. */
	void finish() throws IOException;

	/** Lets go of what was needed for it, whether it is complete or not. */
	@Override
	void close() throws IOException;

}
