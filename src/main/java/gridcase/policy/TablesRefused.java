package gridcase.policy;

import java.util.List;
import java.util.stream.Collectors;

import gridcase.shared.FieldProblem;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;

/** Tables that were not released, not even in part; every problem is listed. */
public class TablesRefused extends Refusal {

	private final transient List<TableProblem> problems;

	TablesRefused(List<TableProblem> problems) {
		super(Kind.RULE,
				Texts.of("policy", "release.refused", problems.size()) + "\n"
						+ problems.stream().map(TableProblem::toString).collect(Collectors.joining("\n")),
				problems.stream().map(TablesRefused::field).toList());
		this.problems = List.copyOf(problems);
	}

	private static FieldProblem field(TableProblem problem) {
		String field = (problem.cell() != null) ? problem.cell() : problem.file();
		return new FieldProblem(field, problem.file(), problem.toString());
	}

	/**
	 * What is wrong.
	 * @return the problems in the order of the files
	 */
	public List<TableProblem> problems() {
		return this.problems;
	}

}
