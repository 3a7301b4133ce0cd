package gridcase.evidence;

/** What can be wrong with what is stored. */
public enum FaultKind {

	/** An event is not what was written. */
	EVENT_CHANGED,
	/** An event was put in. */
	EVENT_ADDED,
	/** An event was taken out. */
	EVENT_MISSING,
	/** An event stands at another place than it was written at. */
	EVENT_MOVED,
	/** Events are missing at the end. */
	EVENTS_CUT,
	/** The chain fits in itself, but not what was signed of it. */
	CHAIN_REWRITTEN,
	/** An event claims to be older than a signed root that does not know it. */
	EVENT_BACKDATED,
	/** The case file names another last event. */
	HEAD_DIFFERS,
	/** The state of the case file is not what its events say. */
	STATE_DIFFERS,
	/** A case that was signed for is gone. */
	CASE_MISSING,
	/** There are events of a case that has no file. */
	CASE_FILE_MISSING,
	/** A decision on record is not what was signed, or not what the events tell. */
	DECISION_CHANGED,
	/** A decision that the events tell, or that was signed, is gone. */
	DECISION_MISSING,
	/** A link of the chain of responsibility is not what the events tell. */
	CUSTODY_DIFFERS,
	/** A deadline is not what the events tell. */
	DEADLINE_DIFFERS,
	/** A file of a case is not what was signed. */
	FILE_CHANGED,
	/** A file of a case that was signed for is gone. */
	FILE_MISSING,
	/** A release of rules is not what was signed. */
	RULES_CHANGED,
	/** Rows of the access log are not what was signed. */
	LOG_CHANGED,
	/** A daily root is missing. */
	ROOT_MISSING,
	/** A daily root is not what was signed, or does not follow the one before. */
	ROOT_CHANGED,
	/** The signature of a daily root is not of the key it names. */
	SIGNATURE_WRONG,
	/** A daily root is signed with a key nobody configured. */
	KEY_UNKNOWN,
	/** The leaves of a day do not make its root. */
	LEAVES_CHANGED,
	/** A package lacks a file, has one too many, or one that is not what was packed. */
	PACKAGE_CHANGED,
	/** A proof does not lead to its root. */
	PROOF_WRONG

}
