package gridcase.casework;

import java.time.Instant;

/**
 * One link of the chain of responsibility (责任链).
 *
 * @param no number within the case
 * @param kind {@code OWNER} (首问责任人), {@code HOLDER} (承办) or {@code WATCHER} (督办)
 * @param leg empty for the lead, the unit code for a helper
 * @param person sign-in name, or null while the work waits in a pool
 * @param pool {@code role@scope} of the pool it waits in, or null
 * @param unit unit of the person in this work, or null
 * @param role role in which the person acts, or null
 * @param worked whether this is work on the matter itself (who did it may not verify it)
 * @param from from when
 * @param to until when, or null while it lasts
 * @param workingSeconds office time between the two, known when it has ended; the links
 * of one kind add up to the life of the case
 * @param reasonCode why it was handed over, or null
 * @param reasonText the same in words, or null
 * @param orderedBy on whose order
 * @param actingFor sign-in name of the absent person whom this one stands in for, or null
 */
public record Custody(int no, String kind, String leg, String person, String pool, String unit, String role,
		boolean worked, Instant from, Instant to, Long workingSeconds, String reasonCode, String reasonText,
		String orderedBy, String actingFor) {

	Custody ended(Instant at, long seconds) {
		return new Custody(this.no, this.kind, this.leg, this.person, this.pool, this.unit, this.role, this.worked,
				this.from, at, seconds, this.reasonCode, this.reasonText, this.orderedBy, this.actingFor);
	}

	Custody working() {
		return new Custody(this.no, this.kind, this.leg, this.person, this.pool, this.unit, this.role, true, this.from,
				this.to, this.workingSeconds, this.reasonCode, this.reasonText, this.orderedBy, this.actingFor);
	}

}
