package gridcase.policy;

import java.util.Map;
import java.util.Set;

/** A compiled input cell. */
abstract class UnaryTest {

	/** The empty cell. */
	static final UnaryTest ANY = new UnaryTest(Set.of()) {

		@Override
		boolean matches(Object input, Map<String, Object> variables) {
			return true;
		}

	};

	private final Set<String> names;

	UnaryTest(Set<String> names) {
		this.names = names;
	}

	/** The variables the cell names beside its own input. */
	Set<String> names() {
		return this.names;
	}

	/**
	 * Whether the input passes.
	 * @param input the input's value, a plain FEEL value or null
	 * @param variables all inputs of the table
	 * @throws FeelFault if the value does not compare with what the cell says
	 */
	abstract boolean matches(Object input, Map<String, Object> variables);

}
