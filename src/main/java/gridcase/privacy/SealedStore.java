package gridcase.privacy;

/** A table of a module with personal data in it. */
public interface SealedStore {

	/** Name of the table. */
	String name();

	/**
	 * Seals the next rows anew with the key in use; in the caller's transaction.
	 * @param after key of the row after which to begin, or null to begin with the first
	 * @param most how many rows to look at
	 * @return how far it came
	 */
	Progress reseal(String after, int most);

	/**
	 * How far a batch came.
	 *
	 * @param last key of the last row that was looked at; null: there are no more
	 * @param changed how many rows were sealed anew
	 */
	record Progress(String last, int changed) {

	}

}
