package gridcase.audit;

import java.time.Instant;

/**
 * One fact in the life of a case.
 *
 * @param caseNo the case
 * @param seq number within the case, from 1, without gaps
 * @param at when, by the platform's clock, to the microsecond
 * @param actor sign-in name, or {@code system}
 * @param kind what happened, e.g. {@code STAGE_ENTERED}
 * @param element id of the diagram element it happened at, or null
 * @param data details as canonical JSON (sorted keys)
 * @param hash SHA-256 over the hash of the event before and all of the above
 */
public record CaseEvent(String caseNo, int seq, Instant at, String actor, String kind, String element, String data,
		byte[] hash) {

	/** Stands where a person's data were told: the trail keeps that, not what. */
	public static final String PERSONAL = "***";

}
