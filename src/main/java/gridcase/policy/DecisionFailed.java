package gridcase.policy;

import java.util.Map;
import java.util.stream.Collectors;

import gridcase.shared.Refusal;
import gridcase.shared.Texts;

/**
 * A table gave no answer. The message is for the operator who mends it: table, version,
 * case, inputs and why.
 */
public class DecisionFailed extends Refusal {

	/** Why there is no answer. */
	public enum Reason {

		/** No rule matches. */
		NO_MATCH,
		/** More rules match than the hit policy promises. */
		OVERLAP,
		/** A cell or an input column cannot be evaluated. */
		CELL,
		/** An input is not of the type the table declares. */
		INPUT,
		/** There is no such table, or not in that version. */
		UNKNOWN_TABLE

	}

	private final Reason reason;

	private final String table;

	private final Integer version;

	private final String caseNo;

	private final transient Map<String, Object> inputs;

	DecisionFailed(Reason reason, String detail, Question question, ReleasedRule table, Map<String, Object> inputs) {
		super((reason == Reason.UNKNOWN_TABLE) ? Kind.NOT_FOUND : Kind.RULE, message(detail, question, table, inputs));
		this.reason = reason;
		this.table = question.key();
		this.version = (table != null) ? table.version() : null;
		this.caseNo = question.caseNo();
		this.inputs = inputs;
	}

	private static String message(String detail, Question question, ReleasedRule table, Map<String, Object> inputs) {
		String where = (question.caseNo() != null) ? question.caseNo() : Texts.of("policy", "decision.noCase");
		if (table == null) {
			return Texts.of("policy", "decision.unknown", question.key(), place(question.place()), where, detail);
		}
		return Texts.of("policy", "decision.failed", question.key(), place(table.place()), table.version(), where,
				detail,
				inputs.entrySet()
					.stream()
					.map((input) -> input.getKey() + "=" + FeelValues.shown(input.getValue()))
					.collect(Collectors.joining(", ")));
	}

	private static String place(String place) {
		return (place != null) ? place : Texts.of("policy", "decision.shared");
	}

	public Reason reason() {
		return this.reason;
	}

	/** Key of the table asked. */
	public String table() {
		return this.table;
	}

	/** Version that was asked; null if there is no such table. */
	public Integer version() {
		return this.version;
	}

	/** Number of the case; null if none was concerned. */
	public String caseNo() {
		return this.caseNo;
	}

	/** The declared inputs as the table saw them. */
	public Map<String, Object> inputs() {
		return this.inputs;
	}

}
