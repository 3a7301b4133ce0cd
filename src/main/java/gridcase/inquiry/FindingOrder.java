package gridcase.inquiry;

import java.util.List;

/**
 * A finding as an auditor writes it.
 *
 * @param steps numbers of the events of the case that are marked, at least one
 * @param kind what kind of fault
 * @param severity how grave
 * @param text what was found
 * @param demand what has to be done
 * @param unit code of the unit answerable; empty: that of the person
 * @param person sign-in name of the person answerable, or empty
 * @param send whether it goes to the unit as a rectification case at once
 * @param sample number of the sample the case was looked at for, or null
 */
public record FindingOrder(List<Integer> steps, String kind, String severity, String text, String demand, String unit,
		String person, boolean send, Long sample) {

}
