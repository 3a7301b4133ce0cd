package gridcase.policy;

import java.util.List;
import java.util.stream.Collectors;

import gridcase.shared.FieldProblem;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;

/** Rules that were not released, not even in part; every problem is listed. */
public class ReleaseRefused extends Refusal {

	private final transient List<RuleProblem> problems;

	ReleaseRefused(List<RuleProblem> problems) {
		super(Kind.RULE,
				Texts.of("policy", "release.refused", problems.size()) + "\n"
						+ problems.stream().map(RuleProblem::toString).collect(Collectors.joining("\n")),
				problems.stream().map(ReleaseRefused::field).toList());
		this.problems = List.copyOf(problems);
	}

	/** {@code file#element}, the element's name, and all of it in a sentence. */
	private static FieldProblem field(RuleProblem problem) {
		String element = (problem.element() != null) ? problem.element() : problem.rule();
		return new FieldProblem(problem.file() + ((element != null) ? "#" + element : ""),
				(problem.name() != null) ? problem.name() : problem.file(), problem.toString());
	}

	/**
	 * What is wrong.
	 * @return the problems in the order of the files
	 */
	public List<RuleProblem> problems() {
		return this.problems;
	}

}
