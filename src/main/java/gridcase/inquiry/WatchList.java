package gridcase.inquiry;

import java.time.Instant;

/**
 * Something auditors look at within two days.
 *
 * @param list which list it stands in
 * @param at when
 * @param caseNo the case, or null if it belongs to none
 * @param seq number of the event that tells of it, or null
 * @param title what the case is about, or null
 * @param who sign-in name or pool of whose doing it was, or null
 * @param unit unit it concerns, or null
 * @param what what happened, in a few words
 * @param why the reason that was given, or null
 */
public record WatchList(Name list, Instant at, String caseNo, Integer seq, String title, String who, String unit,
		String what, String why) {

	/** The lists, in the order people see them. */
	public enum Name {

		/** Limits that ran out. */
		BREACHES,
		/** A coordinator left the unit no choice. */
		FORCED,
		/** Rules that were in force before anybody approved. */
		URGENT_RULES,
		/** Somebody wanted to decide on their own matter. */
		OWN_DECISIONS,
		/** Somebody looked at personal data. */
		UNMASKINGS,
		/** Nobody was on duty. */
		VACANCIES

	}

}
