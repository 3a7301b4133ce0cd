package gridcase.casework;

/** The orders a list can be in; each has its index. */
public enum InboxSort {

	/** The deadline that runs out first on top. */
	DUE,

	/** Overdue first, then warned, then the rest, then what stands still. */
	LIGHT,

	/** What has waited longest on top. */
	AGE

}
