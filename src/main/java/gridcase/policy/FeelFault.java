package gridcase.policy;

/** A FEEL text that is not accepted, or that cannot be evaluated on what it was given. */
public class FeelFault extends RuntimeException {

	public FeelFault(String message) {
		super(message);
	}

}
