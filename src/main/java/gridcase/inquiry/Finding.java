package gridcase.inquiry;

import java.time.Instant;
import java.util.List;

/**
 * What an auditor found in a case (督查问题).
 *
 * @param id its number
 * @param place place code
 * @param caseNo the audited case
 * @param steps numbers of the events that are marked
 * @param kind what kind of fault, one of {@link Findings#KINDS}
 * @param severity how grave, one of {@link Findings#SEVERITIES}
 * @param text what was found
 * @param demand what has to be done
 * @param unit code of the unit answerable
 * @param person sign-in name of the person answerable, or null
 * @param writtenBy sign-in name of the auditor
 * @param writtenAt when
 * @param rectification case that puts it right, or null while it is not sent
 * @param state where it is
 * @param stageName stage of the rectification while it runs, or null
 * @param holder sign-in name or pool of who has the rectification, or null
 * @param dueAt when it is due, or null
 * @param endedAt when it was closed or revoked, or null
 * @param reason why it was revoked before it was sent, or null
 */
public record Finding(long id, String place, String caseNo, List<Integer> steps, String kind, String severity,
		String text, String demand, String unit, String person, String writtenBy, Instant writtenAt,
		String rectification, State state, String stageName, String holder, Instant dueAt, Instant endedAt,
		String reason) {

	/** Where a finding is; from the case that is its rectification. */
	public enum State {

		/** Noted, not sent. */
		NOTED,
		/** Somebody has to put it right. */
		RECTIFYING,
		/** Put right and checked. */
		RECTIFIED,
		/** It did not hold. */
		REVOKED

	}

}
