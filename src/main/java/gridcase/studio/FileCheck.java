package gridcase.studio;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import gridcase.analysis.Finding;
import gridcase.analysis.Finding.Severity;
import gridcase.analysis.TableDiff;
import gridcase.policy.RuleProblem;
import gridcase.policy.TableView;
import gridcase.shared.Texts;

/**
 * What a look at one file of a draft brought up.
 *
 * @param file the file
 * @param view the table as far as it can be read; null for other files, or if it cannot
 * @param base the version it replaces, null if there is none or it is no table
 * @param diff how it differs from that, null if there is nothing to compare
 * @param problems what keeps it from being released
 * @param findings what is wrong or doubtful in the table, problems of its cells included
 * @param examples its examples, asked
 * @param unproven rules of a new or changed table that no passing example makes fire
 * @param bare the same of a table that is not changed
 * @param dead rules without one that answer nothing that can be asked
 */
public record FileCheck(DraftFile file, TableView view, TableView base, TableDiff diff, List<RuleProblem> problems,
		List<Finding> findings, List<ExampleRun> examples, List<String> unproven, List<String> bare,
		List<String> dead) {

	private static final int MOST_NAMED = 12;

	/** Examples whose answer is not the expected one. */
	public List<ExampleRun> failing() {
		return this.examples.stream().filter((run) -> !run.passes()).toList();
	}

	/** Number of things that keep the draft from its review. */
	public int blocking() {
		return (int) this.findings.stream().filter((finding) -> finding.severity() == Severity.ERROR).count()
				+ (this.view == null ? this.problems.size() : 0) + failing().size() + this.unproven.size();
	}

	/** What keeps the draft from its review beside what engines refuse. */
	List<RuleProblem> objections() {
		List<RuleProblem> objections = new ArrayList<>();
		this.findings.stream()
			.filter((finding) -> finding.severity() == Severity.ERROR && !isProblem(finding))
			.forEach((finding) -> objections.add(problem(finding.rules().isEmpty() ? null : finding.rules().get(0),
					finding.title(), finding.text())));
		failing()
			.forEach((run) -> objections.add(problem(run.said().rules().isEmpty() ? null : run.said().rules().get(0),
					run.example().note(), Texts.of("studio-table", "studio.example.fails", run.example().id()))));
		if (!this.unproven.isEmpty()) {
			objections.add(problem(this.unproven.get(0), null,
					Texts.of("studio-table", "studio.example.unproven", rows(this.unproven))));
		}
		return objections;
	}

	/** Whether the engines complain of the same. */
	private boolean isProblem(Finding finding) {
		return finding.kind() == Finding.Kind.TYPE && this.problems.stream()
			.anyMatch((problem) -> problem.rule() != null && finding.rules().contains(problem.rule()));
	}

	/** Some rules by their numbers: 第 3 行、第 5 行等 40 行. */
	public String rows(List<String> rules) {
		Map<String, Integer> numbers = numbers();
		return rules.stream()
			.limit(MOST_NAMED)
			.map((rule) -> Texts.of("analysis", "analysis.row", numbers.get(rule)))
			.collect(Collectors.joining(Texts.of("analysis", "analysis.list")))
				+ ((rules.size() > MOST_NAMED) ? Texts.of("analysis", "analysis.rows.more", rules.size()) : "");
	}

	private Map<String, Integer> numbers() {
		Map<String, Integer> numbers = new java.util.HashMap<>();
		this.view.rows().forEach((row) -> numbers.put(row.id(), numbers.size() + 1));
		return numbers;
	}

	private RuleProblem problem(String rule, String name, String message) {
		return new RuleProblem(this.file.name(), this.file.key(), rule, null, name, null, message);
	}

}
