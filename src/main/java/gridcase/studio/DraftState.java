package gridcase.studio;

/** How far a change of rules has come. */
public enum DraftState {

	/** Being written. */
	OPEN,
	/** With the person who reviews it; nobody changes it meanwhile. */
	SUBMITTED,
	/** Approved, waiting to be released. */
	APPROVED,
	/** Released: in force from its effective date on. */
	RELEASED,
	/** Given up. */
	DROPPED

}
