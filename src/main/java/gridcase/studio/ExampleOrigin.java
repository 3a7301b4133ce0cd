package gridcase.studio;

/** Where an example comes from. */
public enum ExampleOrigin {

	/** Somebody wrote it. */
	WRITTEN,
	/** It was asked and answered so in a real case. */
	DECISION,
	/** Composed for a row that had none, and confirmed by somebody. */
	COMPOSED

}
