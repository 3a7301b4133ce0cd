package gridcase.mining;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** Moments as the logs write them: local time with its offset, to the millisecond. */
final class Moments {

	/**
	 * Since when a value holds that was there from the beginning (OCEL 2.0, section 4).
	 */
	static final String BEGINNING = "1970-01-01T00:00:00Z";

	private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSXXX");

	private final ZoneId zone;

	Moments(ZoneId zone) {
		this.zone = zone;
	}

	String text(Instant at) {
		return FORMAT.format(at.atZone(this.zone));
	}

	/** A value as text: moments as above, all else as it is. */
	String value(Object value) {
		return (value instanceof Instant at) ? text(at) : String.valueOf(value);
	}

}
