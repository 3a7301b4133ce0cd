package gridcase.studio;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import gridcase.analysis.Finding;
import gridcase.analysis.Finding.CellAt;
import gridcase.analysis.Finding.Kind;
import gridcase.analysis.Finding.Severity;
import gridcase.analysis.TableDiff;
import gridcase.analysis.TableFindings;
import gridcase.clock.PlatformClock;
import gridcase.policy.Decisions;
import gridcase.policy.ReleaseRefused;
import gridcase.policy.Releases;
import gridcase.policy.RuleProblem;
import gridcase.policy.RuleType;
import gridcase.policy.TableFile;
import gridcase.policy.TableFiles;
import gridcase.policy.TableLook;
import gridcase.policy.TableView;
import gridcase.shared.Texts;

import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Looks through the files of a draft: what the engines would refuse, what is wrong in its
 * tables, and whether they answer their examples.
 */
@Component
public class DraftChecks implements DraftGate {

	private final Drafts drafts;

	private final TableFiles tables;

	private final Decisions decisions;

	private final Releases releases;

	private final RuleDomains domains;

	private final Examples examples;

	private final PlatformClock clock;

	/** Trying out rolls back whatever runs around it. */
	private final TransactionTemplate apart;

	DraftChecks(Drafts drafts, TableFiles tables, Decisions decisions, Releases releases, RuleDomains domains,
			Examples examples, PlatformClock clock, PlatformTransactionManager transactions) {
		this.drafts = drafts;
		this.tables = tables;
		this.decisions = decisions;
		this.releases = releases;
		this.domains = domains;
		this.examples = examples;
		this.clock = clock;
		this.apart = new TransactionTemplate(transactions);
		this.apart.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
	}

	/**
	 * Looks through all files of a draft.
	 * @param draftId the draft
	 * @return one check per file, in the order of their names
	 */
	public List<FileCheck> of(long draftId) {
		Draft draft = this.drafts.get(draftId);
		List<DraftFile> files = this.drafts.files(draftId);
		Map<String, List<RuleProblem>> refused = new TreeMap<>();
		refused(draft)
			.forEach((problem) -> refused.computeIfAbsent(problem.file(), (any) -> new ArrayList<>()).add(problem));
		return files.stream()
			.map((file) -> (file.type() == RuleType.TABLE)
					? table(draft, file, refused.getOrDefault(file.name(), List.of()))
					: new FileCheck(file, null, null, null, refused.getOrDefault(file.name(), List.of()), List.of(),
							List.of(), List.of(), List.of(), List.of()))
			.toList();
	}

	/** What a release of the draft would be refused for. */
	private List<RuleProblem> refused(Draft draft) {
		return this.apart.execute((status) -> {
			status.setRollbackOnly();
			try {
				return this.releases.tryOut(this.drafts.order(draft, draft.author()),
						(release) -> List.<RuleProblem>of());
			}
			catch (ReleaseRefused ex) {
				return ex.problems();
			}
		});
	}

	@Override
	public List<RuleProblem> objections(Draft draft, List<DraftFile> files) {
		return files.stream()
			.filter((file) -> file.type() == RuleType.TABLE)
			.map((file) -> table(draft, file, List.of()))
			.filter((check) -> check.view() != null)
			.flatMap((check) -> check.objections().stream())
			.toList();
	}

	/** Looks through one table, without asking what a release would be refused for. */
	FileCheck table(Draft draft, DraftFile file) {
		return table(draft, file, List.of());
	}

	private FileCheck table(Draft draft, DraftFile file, List<RuleProblem> refused) {
		TableLook look = this.tables.look(file.name(), file.content());
		Set<RuleProblem> problems = new LinkedHashSet<>(look.problems());
		problems.addAll(refused);
		if (look.view() == null) {
			return new FileCheck(file, null, null, null, List.copyOf(problems), List.of(), List.of(), List.of(),
					List.of(), List.of());
		}
		TableView view = look.view();
		TableView base = (file.base() != null) ? this.tables.look(file.name(), file.base()).view() : null;
		TableDiff diff = (base != null) ? TableDiff.of(base, view) : null;
		TableView shared = view.elseShared() ? this.decisions.table(view.key(), null, this.clock.now()).orElse(null)
				: null;
		List<Finding> findings = new ArrayList<>(cellProblems(view, problems));
		TableFindings.Look found = TableFindings.look(view, this.domains.of(draft.place()), base, shared);
		findings.addAll(withoutTwins(found.findings(), findings));
		List<Example> kept = this.examples.of(draft.place(), view.key(), draft.id());
		List<ExampleRun> runs = look.asked().map((table) -> run(table, kept)).orElse(List.of());
		List<String> without = look.asked().isPresent() ? Examples.bare(view, runs) : List.of();
		List<String> needing = without.stream().filter((rule) -> !found.dead().contains(rule)).toList();
		// what is changed is to be proven as a whole: a row may have gone wrong elsewhere
		boolean changed = diff == null || !diff.isEmpty();
		return new FileCheck(file, view, base, diff, List.copyOf(problems), List.copyOf(findings), runs,
				changed ? needing : List.of(), changed ? List.of() : needing,
				without.stream().filter(found.dead()::contains).toList());
	}

	private List<ExampleRun> run(TableFile table, List<Example> examples) {
		return this.examples.run(table, examples);
	}

	/** What the engines say of cells, beside what they belong to. */
	private static List<Finding> cellProblems(TableView view, Set<RuleProblem> problems) {
		List<Finding> findings = new ArrayList<>();
		for (RuleProblem problem : problems) {
			List<String> rules = (problem.rule() != null
					&& view.rows().stream().anyMatch((row) -> row.id().equals(problem.rule())))
							? List.of(problem.rule()) : List.of();
			List<CellAt> cells = rules.isEmpty() ? List.of() : cells(view, problem);
			String title = rules.isEmpty() ? Texts.of("studio-table", "studio.check.file")
					: Texts.of("studio-table", "studio.check.row", rowNumber(view, problem.rule()),
							cells.isEmpty() ? "" : label(view, cells.get(0)));
			findings.add(new Finding(Kind.TYPE, Severity.ERROR, rules, cells, List.of(), title,
					(problem.text() != null)
							? Texts.of("studio-table", "studio.check.cell", problem.text(), problem.message())
							: problem.message(),
					List.of()));
		}
		return findings;
	}

	/** The cell that holds the text complained of, if just one of its row does. */
	private static List<CellAt> cells(TableView view, RuleProblem problem) {
		List<CellAt> cells = new ArrayList<>();
		TableView.Row row = view.rows().get(rowNumber(view, problem.rule()) - 1);
		String text = (problem.text() != null) ? problem.text().strip() : "";
		for (int column = 0; column < row.inputs().size(); column++) {
			if (row.inputs().get(column).equals(text)) {
				cells.add(new CellAt(row.id(), false, column));
			}
		}
		for (int column = 0; column < row.outputs().size(); column++) {
			if (row.outputs().get(column).equals(text)) {
				cells.add(new CellAt(row.id(), true, column));
			}
		}
		return (cells.size() == 1) ? cells : List.of();
	}

	private static int rowNumber(TableView view, String rule) {
		return view.rows().stream().map(TableView.Row::id).toList().indexOf(rule) + 1;
	}

	private static String label(TableView view, CellAt cell) {
		return (cell.output() ? view.outputs() : view.inputs()).get(cell.column()).label();
	}

	/** What the engines have said already need not be said again. */
	private static List<Finding> withoutTwins(List<Finding> found, List<Finding> said) {
		Set<CellAt> cells = new LinkedHashSet<>();
		said.forEach((finding) -> cells.addAll(finding.cells()));
		return found.stream()
			.filter((finding) -> finding.kind() != Kind.TYPE || finding.cells().isEmpty()
					|| !cells.containsAll(finding.cells()))
			.toList();
	}

}
