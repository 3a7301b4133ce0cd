package gridcase.casework;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What the way of a change of rules into force ({@code policy-change}) does to the rules
 * themselves. Every step belongs to the transaction of the case.
 */
public interface RuleChanges {

	/**
	 * A draft goes to those who review it; nobody changes it meanwhile.
	 * @param caseNo the case that is its way into force
	 * @return what tables ask of it
	 * @throws gridcase.shared.Refusal with everything that is wrong with it
	 */
	Submitted submit(String caseNo);

	/** The draft goes back to be changed. */
	void reopen(String caseNo);

	/**
	 * The draft was approved.
	 * @return when it is to be in force, null for at once
	 */
	Instant approve(String caseNo);

	/**
	 * Brings the draft into force, unless one of its files was released by somebody else
	 * since the draft took it up.
	 * @param afterFact whether nobody has approved it yet
	 * @return what came of it
	 */
	Released release(String caseNo, boolean afterFact);

	/** Somebody approved what is in force already. */
	void ratify(String caseNo);

	/**
	 * Takes back what the draft has released.
	 * @return number of the release that does
	 */
	long rollBack(String caseNo);

	/**
	 * A draft as it goes to review.
	 *
	 * @param facts what tables ask, by name
	 * @param authors sign-in names of everybody who wrote in it
	 */
	record Submitted(Map<String, Object> facts, List<String> authors) {

	}

	/**
	 * What came of a release.
	 *
	 * @param releaseId its number, null if there is none
	 * @param overtaken what somebody else has released meanwhile, in words; null if
	 * nobody has
	 */
	record Released(Long releaseId, String overtaken) {

	}

}
