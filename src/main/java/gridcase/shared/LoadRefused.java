package gridcase.shared;

import java.util.List;
import java.util.stream.Collectors;

/** A file was not loaded, not even in part; every problem found in it is listed. */
public class LoadRefused extends RuntimeException {

	private final transient List<RowProblem> problems;

	/**
	 * Refuses a file.
	 * @param problems all that is wrong, in the order of the file, at least one
	 */
	public LoadRefused(List<RowProblem> problems) {
		super(problems.stream()
			.map((problem) -> "line %d, %s \"%s\": %s".formatted(problem.line(), problem.column(), problem.value(),
					problem.reason()))
			.collect(Collectors.joining("\n")));
		this.problems = List.copyOf(problems);
	}

	/**
	 * What is wrong with the file.
	 * @return the problems in the order of the file
	 */
	public List<RowProblem> problems() {
		return this.problems;
	}

}
