package gridcase.privacy;

import java.util.Arrays;
import java.util.Optional;

/** Kinds of personal data; a form's field says of which it is. */
public enum PersonalKind {

	/** A telephone number. */
	PHONE("phone"),
	/** A person's name. */
	NAME("name"),
	/** An e-mail address. */
	EMAIL("email"),
	/** The number of an identity document. */
	IDENTITY("identity"),
	/** Anything else that tells of a person. */
	OTHER("other");

	private final String key;

	PersonalKind(String key) {
		this.key = key;
	}

	/** As forms and sealed values name it. */
	public String key() {
		return this.key;
	}

	public static Optional<PersonalKind> find(String key) {
		return Arrays.stream(values()).filter((kind) -> kind.key.equals(key)).findFirst();
	}

	/** The same spelling for the same thing: numbers without blanks and dashes. */
	String canonical(String clear) {
		return (this == PHONE) ? clear.replaceAll("[ ()-]", "") : clear.strip();
	}

	/**
	 * As people see it who need not know it: 138****1234, 张*, z***@example.cn.
	 * @param clear the value itself
	 */
	public String mask(String clear) {
		if (clear.isEmpty()) {
			return clear;
		}
		int first = clear.offsetByCodePoints(0, 1);
		return switch (this) {
			case PHONE -> (clear.length() > 7) ? clear.substring(0, 3) + "****" + clear.substring(clear.length() - 4)
					: clear.substring(0, first) + "****";
			case NAME -> clear.substring(0, first) + "*";
			case EMAIL -> clear.substring(0, first) + "***" + clear.substring(Math.max(first, clear.indexOf('@')));
			case IDENTITY -> (clear.length() > 10)
					? clear.substring(0, 3) + "***********" + clear.substring(clear.length() - 4) : "****";
			case OTHER -> "****";
		};
	}

}
