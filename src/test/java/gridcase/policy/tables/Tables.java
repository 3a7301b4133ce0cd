package gridcase.policy.tables;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import gridcase.policy.Answer;
import gridcase.policy.Decisions;
import gridcase.policy.Question;

/** Asks a table the way the platform does. */
final class Tables {

	/** Far enough ahead that every release made from the files is in force. */
	private static final Instant AT = Instant.parse("2099-01-01T00:00:00Z");

	private Tables() {
	}

	/**
	 * Asks a table that answers one row.
	 * @param place the place's folder; empty asks the shared table
	 */
	static Answered ask(Decisions decisions, String place, String key, Map<String, ?> inputs) {
		Answer answer = all(decisions, place, key, inputs);
		if (answer.rules().size() != 1) {
			throw new AssertionError(key + " answers " + answer.rules() + " to " + inputs);
		}
		return new Answered(answer.rules().get(0), answer.rows().get(0), answer.place() == null);
	}

	private static Answer all(Decisions decisions, String place, String key, Map<String, ?> inputs) {
		return decisions.decide(Question.of(key, place.isEmpty() ? null : place, AT, inputs));
	}

	/** The rule that answered, its outputs, and whether it is of the shared table. */
	record Answered(String rule, Map<String, Object> outputs, boolean shared) {
	}

}
