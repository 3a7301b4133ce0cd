package gridcase.policy;

/**
 * What else a release made on the running server brings about, in its transaction.
 */
public interface ReleaseEffect {

	/** The rules are in force as the release says; a fault undoes it. */
	void released(Release release);

}
