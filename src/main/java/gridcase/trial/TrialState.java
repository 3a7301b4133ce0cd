package gridcase.trial;

/** How far a trial has come. */
public enum TrialState {

	/** Waits for the one before it. */
	WAITING,
	/** Asks past decisions again. */
	RUNNING,
	/** Every decision of the period was asked. */
	DONE,
	/** Somebody stopped it; what it has found so far is not the whole. */
	STOPPED,
	/** It could not go on: a fault, or its server ended. */
	BROKEN;

	/** Whether it is still going to change. */
	public boolean open() {
		return this == WAITING || this == RUNNING;
	}

}
