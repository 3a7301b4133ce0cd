package gridcase.platform;

import java.util.List;

/** The configuration asks for something that must not run outside the local profile. */
class UnsafeStart extends RuntimeException {

	private final List<String> problems;

	UnsafeStart(List<String> problems) {
		super("Refusing to start: " + String.join("; ", problems));
		this.problems = List.copyOf(problems);
	}

	List<String> problems() {
		return this.problems;
	}

}
