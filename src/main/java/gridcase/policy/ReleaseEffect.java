package gridcase.policy;

/**
 * What else a release made on the running server brings about beside the rules.
 */
public interface ReleaseEffect {

	/**
	 * Looks at a release that is being made, in its transaction.
	 * @throws gridcase.shared.Refusal if what it would bring about cannot be; it is
	 * undone then
	 */
	void check(Release release);

	/**
	 * Its effective date has come: at once in its transaction, or later in one of its
	 * own. It cannot be refused any more.
	 */
	void bringAbout(Release release);

}
