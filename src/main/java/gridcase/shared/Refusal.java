package gridcase.shared;

import java.util.List;

/**
 * The platform says no to an action and nothing was changed. The kind tells why, the
 * message tells people what is wrong and what would be right.
 */
public class Refusal extends RuntimeException {

	/** Why, in the terms of HTTP. */
	public enum Kind {

		/** 400: the input does not fit its form. */
		INVALID,
		/** 403: this person may not. */
		FORBIDDEN,
		/** 404: there is no such thing, or not for this person. */
		NOT_FOUND,
		/** 409: somebody was faster, or it is already done. */
		CONFLICT,
		/** 413: too much. */
		TOO_LARGE,
		/** 422: the rules say no. */
		RULE,
		/** 429: too often. */
		TOO_MANY

	}

	private final Kind kind;

	private final List<FieldProblem> fields;

	private final RuleCited rule;

	public Refusal(Kind kind, String message) {
		this(kind, message, List.of());
	}

	public Refusal(Kind kind, String message, List<FieldProblem> fields) {
		this(kind, message, fields, null);
	}

	private Refusal(Kind kind, String message, List<FieldProblem> fields, RuleCited rule) {
		super(message);
		this.kind = kind;
		this.fields = List.copyOf(fields);
		this.rule = rule;
	}

	public static Refusal notFound(String message) {
		return new Refusal(Kind.NOT_FOUND, message);
	}

	public static Refusal conflict(String message) {
		return new Refusal(Kind.CONFLICT, message);
	}

	public static Refusal forbidden(String message) {
		return new Refusal(Kind.FORBIDDEN, message);
	}

	public static Refusal rule(String message) {
		return new Refusal(Kind.RULE, message);
	}

	/**
	 * A row of a decision table says no.
	 * @param message its reason
	 * @param rule the row, or null if it is not known
	 */
	public static Refusal rule(String message, RuleCited rule) {
		return new Refusal(Kind.RULE, message, List.of(), rule);
	}

	public static Refusal invalid(List<FieldProblem> fields) {
		return new Refusal(Kind.INVALID, Texts.of("shared", "shared.refused.fields", fields.size()), fields);
	}

	public Kind kind() {
		return this.kind;
	}

	public List<FieldProblem> fields() {
		return this.fields;
	}

	/** The row of a decision table that said no, or null if none did. */
	public RuleCited rule() {
		return this.rule;
	}

}
