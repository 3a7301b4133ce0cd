package gridcase.clock;

import gridcase.shared.Refusal;

/** The platform's clock was not moved; the message says why. */
public class ClockRefused extends Refusal {

	ClockRefused(String message) {
		super(Kind.RULE, message);
	}

}
