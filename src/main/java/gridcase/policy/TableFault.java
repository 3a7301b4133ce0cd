package gridcase.policy;

/** Why an evaluation of a table came to nothing; told on by {@link DecisionFailed}. */
final class TableFault extends RuntimeException {

	private final DecisionFailed.Reason reason;

	TableFault(DecisionFailed.Reason reason, String message) {
		super(message);
		this.reason = reason;
	}

	DecisionFailed.Reason reason() {
		return this.reason;
	}

}
