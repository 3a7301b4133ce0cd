package gridcase.policy;

/** A built-in function does not accept what it was given. */
final class FunctionFault extends FeelFault {

	FunctionFault(String message) {
		super(message);
	}

}
