package gridcase.policy;

import java.util.ArrayList;
import java.util.List;

import gridcase.shared.Texts;

/** Why an evaluation of a table came to nothing; told on by {@link DecisionFailed}. */
final class TableFault extends RuntimeException {

	private static final String WORDS = "policy";

	private final DecisionFailed.Reason reason;

	private final transient List<String> told;

	/**
	 * A fault.
	 * @param key key of its words
	 * @param values what they name
	 */
	TableFault(DecisionFailed.Reason reason, String key, Object... values) {
		super(Texts.of(WORDS, key, values));
		this.reason = reason;
		List<String> words = new ArrayList<>(List.of(WORDS, key));
		for (Object value : values) {
			words.add(String.valueOf(value));
		}
		this.told = List.copyOf(words);
	}

	DecisionFailed.Reason reason() {
		return this.reason;
	}

	/** Bundle and key of its words, and what they name. */
	List<String> told() {
		return this.told;
	}

}
