package gridcase.mining;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * An object-centric log as one text: its types stand first, and those of events are known
 * only at the end; things and events, which come mixed, stand apart.
 */
abstract class OcelTextWriter implements LogWriter {

	final OutputStream out;

	final Moments moments;

	final Spool objects = new Spool();

	final Spool events = new Spool();

	/** Types of events there were. */
	final Set<String> types = new TreeSet<>();

	OcelTextWriter(OutputStream out, Moments moments) throws IOException {
		this.out = out;
		this.moments = moments;
	}

	@Override
	public void write(String caseNo, Map<String, Object> attributes, Instant reportedAt, Instant closedAt,
			List<LogEvent> events, List<LogObject> objects) throws IOException {
		for (LogObject object : objects) {
			object(object);
		}
		for (LogEvent event : events) {
			this.types.add(event.type());
			event(event);
		}
	}

	/** Writes a thing to {@link #objects}. */
	abstract void object(LogObject object) throws IOException;

	/** Writes an event to {@link #events}. */
	abstract void event(LogEvent event) throws IOException;

	@Override
	public void close() throws IOException {
		try {
			this.objects.close();
		}
		finally {
			this.events.close();
		}
	}

}
