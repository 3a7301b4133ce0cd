package gridcase.evaluation;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * The days a report is about, both included.
 *
 * @param from first day, or null for all before
 * @param to last day, or null for all after
 */
public record Period(LocalDate from, LocalDate to) {

	/** All there is. */
	public static final Period EVER = new Period(null, null);

	private static final Timestamp NEVER = Timestamp.from(Instant.parse("9999-12-31T00:00:00Z"));

	Timestamp start(ZoneId zone) {
		return (this.from != null) ? Timestamp.from(this.from.atStartOfDay(zone).toInstant()) : new Timestamp(0);
	}

	Timestamp end(ZoneId zone) {
		return (this.to != null) ? Timestamp.from(this.to.plusDays(1).atStartOfDay(zone).toInstant()) : NEVER;
	}

}
