package gridcase.casework;

import java.time.Instant;

/**
 * A case that cannot go on.
 *
 * @param id id of the incident
 * @param jobId what is tried again by a retry
 * @param caseNo the case
 * @param place place code
 * @param title what the case is about
 * @param process key of the diagram
 * @param element id of the element where it stands
 * @param elementName its name in the diagram
 * @param reason why it cannot go on
 * @param at since when
 */
public record IncidentView(String id, String jobId, String caseNo, String place, String title, String process,
		String element, String elementName, String reason, Instant at) {

}
