package gridcase.casework;

import java.util.List;

/**
 * What the way of a list of cases to their archive and deletion ({@code retention}) does
 * to the cases themselves. Every step belongs to the transaction of the matter in which
 * the list is approved.
 */
public interface RetentionWork {

	/**
	 * Puts the cases that are due on a list.
	 * @param caseNo the matter
	 * @param place place whose cases they are
	 * @param by sign-in name of who draws it up
	 * @return the list
	 */
	Drawn draw(String caseNo, String place, String by);

	/** Somebody else has approved the list. */
	void approve(String caseNo, String by);

	/** The list was refused: its cases stay. */
	void drop(String caseNo, String by);

	/**
	 * Archives every case of the list that may still go.
	 * @return how many were archived
	 */
	int archive(String caseNo);

	/**
	 * Deletes every archived case of the list that may still go; only a tombstone is left
	 * of it.
	 * @return numbers of the cases that are gone
	 */
	List<String> destroy(String caseNo);

	/**
	 * A list.
	 *
	 * @param id its number
	 * @param cases how many cases are on it
	 * @param listerAudits whether who drew it up is an auditor
	 */
	record Drawn(long id, int cases, boolean listerAudits) {

	}

}
