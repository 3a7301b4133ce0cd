package gridcase.studio;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;

import gridcase.analysis.DiagramDiff;
import gridcase.analysis.Finding;
import gridcase.analysis.Fix;
import gridcase.analysis.FormDiff;
import gridcase.policy.DecisionRecord;
import gridcase.policy.Decisions;
import gridcase.policy.RuleType;
import gridcase.policy.TableFile;
import gridcase.policy.TableFiles;
import gridcase.policy.TableView;
import gridcase.security.CurrentPerson;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What people do with one table of a draft, by page or API alike: looks who may, then
 * does it.
 */
@Component
class DraftTables {

	/** How many decisions are offered to be taken over. */
	static final int RECENT = 8;

	private final Drafts drafts;

	private final StudioRights rights;

	private final DraftChecks checks;

	private final Examples examples;

	private final TableFiles tables;

	private final Decisions decisions;

	private final ExampleFill fill;

	DraftTables(Drafts drafts, StudioRights rights, DraftChecks checks, Examples examples, TableFiles tables,
			Decisions decisions, ExampleFill fill) {
		this.drafts = drafts;
		this.rights = rights;
		this.checks = checks;
		this.examples = examples;
		this.tables = tables;
		this.decisions = decisions;
		this.fill = fill;
	}

	static String file(String key) {
		return key + RuleType.TABLE.ending();
	}

	List<FileCheck> checks(CurrentPerson person, long id) {
		this.rights.read(person, id);
		return this.checks.of(id);
	}

	FileCheck check(CurrentPerson person, long id, String key) {
		Draft draft = this.rights.read(person, id);
		return this.checks.table(draft, this.drafts.file(id, file(key)));
	}

	/**
	 * Mends a finding.
	 * @param finding key of the finding
	 * @param number number of the fix, from 0
	 * @param version version of the file the finding was shown of
	 * @return what was done
	 * @throws Refusal if the file has changed since, or has no such finding
	 */
	@Transactional
	public Fix mend(CurrentPerson person, long id, String key, String finding, int number, long version) {
		Draft draft = this.rights.write(person, id);
		DraftFile file = this.drafts.file(id, file(key));
		if (file.version() != version) {
			throw Refusal
				.conflict(Texts.of("studio", "studio.file.changed", file.changedBy(), file.name(), file.version()));
		}
		List<Fix> fixes = this.checks.table(draft, file)
			.findings()
			.stream()
			.filter((each) -> each.key().equals(finding))
			.map(Finding::fixes)
			.findFirst()
			.orElse(List.of());
		if (number < 0 || number >= fixes.size()) {
			throw Refusal.conflict(Texts.of("studio-table", "studio.fix.gone"));
		}
		Fix fix = fixes.get(number);
		byte[] mended;
		try {
			mended = fix.apply(file.content());
		}
		catch (IllegalArgumentException ex) {
			throw Refusal.rule(Texts.of("studio-table", "studio.fix.utf8", file.name()));
		}
		this.drafts.save(id, file.name(), mended, version, person.login());
		return fix;
	}

	/**
	 * The table as it can be asked.
	 * @throws Refusal if something keeps it from being asked
	 */
	TableFile asked(CurrentPerson person, long id, String key) {
		this.rights.read(person, id);
		DraftFile file = this.drafts.file(id, file(key));
		return this.tables.look(file.name(), file.content())
			.asked()
			.orElseThrow(() -> Refusal.rule(Texts.of("studio-table", "studio.example.faulty")));
	}

	List<Example> examples(CurrentPerson person, long id, String key) {
		Draft draft = this.rights.read(person, id);
		return this.examples.of(draft.place(), key, id);
	}

	/** Adds an example, or puts it in the place of another. */
	@Transactional
	public Example add(CurrentPerson person, long id, String key, Long replaces, Map<String, Object> inputs,
			List<Map<String, Object>> outputs, String rule, String note) {
		this.rights.write(person, id);
		TableView view = asked(person, id, key).view();
		if (rule != null && view.rows().stream().noneMatch((row) -> row.id().equals(rule))) {
			throw Refusal.rule(Texts.of("studio-table", "studio.example.rule", rule));
		}
		return this.examples.add(id, key, replaces, inputs, outputs, rule, note, person.login());
	}

	@Transactional
	public void remove(CurrentPerson person, long id, String key, long example) {
		this.rights.write(person, id);
		this.examples.remove(id, key, example, person.login());
	}

	/** An example for each row that has none, to be confirmed. */
	ExampleFill.Filling filling(CurrentPerson person, long id, String key) {
		return this.fill.of(this.rights.read(person, id), check(person, id, key));
	}

	/**
	 * Keeps examples that were proposed.
	 * @param mark what was shown
	 * @param rules rows whose examples are to be kept, null for all
	 * @return the examples
	 * @throws Refusal if it would be others than were shown
	 */
	@Transactional
	public List<Example> fill(CurrentPerson person, long id, String key, String mark, Set<String> rules) {
		Draft draft = this.rights.write(person, id);
		ExampleFill.Filling filling = this.fill.of(draft, check(person, id, key));
		if (!filling.mark().equals(mark)) {
			throw Refusal.conflict(Texts.of("studio-table", "studio.fill.changed"));
		}
		return this.examples.keep(id, key,
				filling.proposals().stream().filter((each) -> rules == null || rules.contains(each.rule())).toList(),
				person.login());
	}

	/** Decisions of the table in force that may be taken over as examples. */
	List<DecisionRecord> recent(Draft draft, DraftFile file) {
		return this.decisions.recent(file.key(), file.basePlace(), RECENT);
	}

	/**
	 * Takes a decision over as an example, with the answer that was given then.
	 * @param caseNo number of its case
	 * @param at moment it was taken
	 * @param rule id of a rule that fired, null or "" if none did or only one decision of
	 * the table was taken then
	 */
	@Transactional
	public Example take(CurrentPerson person, long id, String key, String caseNo, Instant at, String rule) {
		Draft draft = this.rights.write(person, id);
		DraftFile file = this.drafts.file(id, file(key));
		boolean any = rule == null || rule.isEmpty();
		DecisionRecord decision = Stream.concat(recent(draft, file).stream(), this.decisions.ofCase(caseNo).stream())
			.filter((each) -> each.caseNo().equals(caseNo) && each.table().equals(key) && each.at().equals(at)
					&& Objects.equals(each.place(), file.basePlace()) && (any || each.rules().contains(rule)))
			.findFirst()
			.orElseThrow(() -> Refusal.notFound(Texts.of("studio-table", "studio.example.no-decision", caseNo)));
		return this.examples.take(id, asFile(decision, file), person.login());
	}

	/** The inputs the table has now; a rule that is gone cannot be expected. */
	private DecisionRecord asFile(DecisionRecord decision, DraftFile file) {
		TableView view = this.tables.look(file.name(), file.content())
			.asked()
			.orElseThrow(() -> Refusal.rule(Texts.of("studio-table", "studio.example.faulty")))
			.view();
		Map<String, Object> inputs = new LinkedHashMap<>();
		view.inputs().forEach((column) -> inputs.put(column.name(), decision.inputs().get(column.name())));
		List<Map<String, Object>> outputs = new ArrayList<>();
		for (Map<String, Object> row : decision.outputs()) {
			Map<String, Object> cells = new LinkedHashMap<>();
			view.outputs().forEach((column) -> cells.put(column.name(), row.get(column.name())));
			outputs.add(cells);
		}
		List<String> rules = decision.rules()
			.stream()
			.filter((rule) -> view.rows().stream().anyMatch((row) -> row.id().equals(rule)))
			.toList();
		return new DecisionRecord(decision.caseNo(), decision.element(), decision.table(), decision.place(),
				decision.version(), decision.definitionId(), decision.releaseId(), inputs, outputs, rules,
				decision.at());
	}

	/**
	 * How a diagram of a draft differs from the one it replaces; of a new one nothing
	 * does.
	 */
	DiagramDiff diagram(CurrentPerson person, long id, String key) {
		this.rights.read(person, id);
		DraftFile file = this.drafts.file(id, key + RuleType.DIAGRAM.ending());
		return compared(file, DiagramDiff::of);
	}

	/**
	 * How a form of a draft differs from the one it replaces; of a new one nothing does.
	 */
	FormDiff form(CurrentPerson person, long id, String key) {
		this.rights.read(person, id);
		return compared(this.drafts.file(id, key + RuleType.FORM.ending()), FormDiff::of);
	}

	private static <T> T compared(DraftFile file, BiFunction<byte[], byte[], T> compare) {
		byte[] base = (file.base() != null) ? file.base() : file.content();
		try {
			return compare.apply(base, file.content());
		}
		catch (IllegalArgumentException ex) {
			throw Refusal.rule(Texts.of("studio-table", "studio.compare.unreadable", file.name()));
		}
	}

}
