package gridcase.policy;

/** Whom a release touches. */
public enum AppliesTo {

	/**
	 * Cases reported from its effective date on; cases reported before keep to the rules
	 * that were in force when they were reported.
	 */
	NEW_CASES,

	/**
	 * Open cases too, from the effective date on. What runs already is not torn out: a
	 * diagram that began is finished on its version, the next one called is the new one.
	 */
	ALL

}
