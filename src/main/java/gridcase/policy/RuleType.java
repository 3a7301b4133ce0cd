package gridcase.policy;

import java.util.Optional;
import java.util.stream.Stream;

/** What a release may hold. */
public enum RuleType {

	/** A decision table. */
	TABLE(".dmn"),
	/** The form of a task. */
	FORM(".form"),
	/** A diagram. */
	DIAGRAM(".bpmn"),
	/** What cases are about and when people work: the catalogue, holidays. */
	REGISTRY(".csv");

	private final String ending;

	RuleType(String ending) {
		this.ending = ending;
	}

	/** How names of its files end, dot included. */
	public String ending() {
		return this.ending;
	}

	/** Kind of the rule in a file, by the ending of its name. */
	public static Optional<RuleType> ofFile(String file) {
		return Stream.of(values()).filter((type) -> file.endsWith(type.ending)).findFirst();
	}

	/** Name of a file without folder and ending. */
	String stem(String file) {
		return file.substring(file.lastIndexOf('/') + 1, file.length() - this.ending.length());
	}

}
