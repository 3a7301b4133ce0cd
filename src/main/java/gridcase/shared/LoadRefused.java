package gridcase.shared;

import java.util.List;
import java.util.stream.Collectors;

/** A file was not loaded, not even in part; every problem found in it is listed. */
public class LoadRefused extends Refusal {

	private final transient List<RowProblem> problems;

	/**
	 * Refuses a file.
	 * @param problems all that is wrong, in the order of the file, at least one
	 */
	public LoadRefused(List<RowProblem> problems) {
		super(Kind.INVALID, problems.stream().map(LoadRefused::sentence).collect(Collectors.joining("\n")));
		this.problems = List.copyOf(problems);
	}

	private static String sentence(RowProblem problem) {
		return Texts.of("shared", "shared.refused.row", problem.line(), problem.column(), problem.value(),
				problem.reason());
	}

	/**
	 * What is wrong with the file.
	 * @return the problems in the order of the file
	 */
	public List<RowProblem> problems() {
		return this.problems;
	}

}
