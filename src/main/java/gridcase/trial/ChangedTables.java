package gridcase.trial;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import gridcase.casework.LimitAnswer;
import gridcase.policy.DecisionFailed;
import gridcase.policy.ReleasedRule;
import gridcase.policy.ReleasedRules;
import gridcase.policy.RuleScope;
import gridcase.policy.RuleType;
import gridcase.policy.TableFile;
import gridcase.policy.TableFiles;
import gridcase.trial.Asked.Recorded;

/**
 * The tables as they would be. A question is asked of the changed ones; what tables that
 * did not change said then is taken from the record, and only what was not asked then is
 * asked of those in force. Not for use by several threads.
 */
final class ChangedTables {

	private final String place;

	private final Map<String, TableFile> changed = new TreeMap<>();

	private final ReleasedRules rules;

	private final TableFiles files;

	private final Instant now;

	private final Map<String, TableFile> released = new HashMap<>();

	/**
	 * Reads them.
	 * @param place place they are for, null for those of all places
	 * @param files content by file name; what is no table is left out
	 * @throws gridcase.policy.ReleaseRefused if one cannot be asked
	 */
	ChangedTables(String place, Map<String, byte[]> files, ReleasedRules rules, TableFiles reader, Instant now) {
		this.place = place;
		this.rules = rules;
		this.files = reader;
		this.now = now;
		files.forEach((name, content) -> {
			if (RuleType.ofFile(name).filter(RuleType.TABLE::equals).isPresent()) {
				TableFile table = reader.read(name, content);
				this.changed.put(table.view().key(), table);
			}
		});
	}

	/** Keys of the changed tables, in their order. */
	Set<String> keys() {
		return this.changed.keySet();
	}

	/**
	 * What the tables would say.
	 *
	 * @param table key of the table that says it, or fails
	 * @param owner place that owns it, null for the shared one
	 * @param rules rules that fire, those of the referring table first
	 * @param rows outputs as they would be on record
	 * @param inOrder whether the order of the rows matters
	 * @param fault why there is no answer, null if there is one
	 * @param message the fault as it is kept, for {@link Plain#said}
	 * @param unknown names that were asked and not known
	 */
	record Outcome(String table, String owner, List<String> rules, List<Map<String, Object>> rows, boolean inOrder,
			DecisionFailed.Reason fault, String message, Set<String> unknown) {

		boolean failed() {
			return this.fault != null;
		}

	}

	/** What was said then, as {@link #ask} would tell it. */
	static Outcome recorded(Asked asked) {
		Recorded last = asked.last();
		return new Outcome(last.table(), last.owner(), rules(asked.answers()), limit(asked, Plain.rows(last.outputs())),
				true, null, null, Set.of());
	}

	private static List<String> rules(List<Recorded> answers) {
		return answers.stream().flatMap((answer) -> Plain.rules(answer.rules()).stream()).toList();
	}

	/** Where the limit was found is no part of the limit. */
	private static List<Map<String, Object>> limit(Asked asked, List<Map<String, Object>> rows) {
		if (asked.answers().get(0).table().equals(LimitAnswer.TABLE)) {
			rows.forEach((row) -> row.remove(PastQuestions.REFERENCE));
		}
		return rows;
	}

	/** Asks a question again. */
	Outcome ask(Asked asked) {
		Map<String, Object> inputs = asked.inputs();
		String table = asked.answers().get(0).table();
		Outcome outcome = ask(table, asked, inputs);
		if (table.equals(LimitAnswer.TABLE) && !outcome.failed() && !outcome.rows().isEmpty()) {
			Object reference = outcome.rows().get(0).get(PastQuestions.REFERENCE);
			if (reference != null && !reference.equals("")) {
				Outcome limit = ask((String) reference, asked, inputs);
				Set<String> unknown = new TreeSet<>(outcome.unknown());
				unknown.addAll(limit.unknown());
				return new Outcome(limit.table(), limit.owner(), joined(outcome.rules(), limit.rules()), limit.rows(),
						limit.inOrder(), limit.fault(), limit.message(), unknown);
			}
		}
		limit(asked, outcome.rows());
		return outcome;
	}

	private static List<String> joined(List<String> first, List<String> second) {
		return java.util.stream.Stream.concat(first.stream(), second.stream()).toList();
	}

	/** The place's own table first, then the shared one. */
	private Outcome ask(String table, Asked asked, Map<String, Object> inputs) {
		Set<String> unknown = new TreeSet<>();
		boolean own = false;
		if (this.place != null && this.changed.containsKey(table)) {
			Outcome outcome = ask(this.changed.get(table), table, this.place, inputs, unknown);
			if (outcome != null) {
				return outcome;
			}
			own = true;
		}
		Optional<Outcome> then = own ? Optional.empty() : said(asked, table, true);
		if (then.isPresent()) {
			return then.get();
		}
		boolean shared = this.place == null && this.changed.containsKey(table);
		boolean askedThen = asked.answers().stream().anyMatch((answer) -> answer.table().equals(table));
		if (!own && !askedThen) {
			ReleasedRule rule = find(table, asked.place());
			if (rule != null && rule.place() != null) {
				Outcome outcome = ask(file(rule), table, rule.place(), inputs, unknown);
				if (outcome != null) {
					return outcome;
				}
			}
		}
		if (!shared) {
			Optional<Outcome> sharedThen = said(asked, table, false);
			if (sharedThen.isPresent()) {
				return sharedThen.get();
			}
		}
		TableFile last = shared ? this.changed.get(table)
				: Optional.ofNullable(find(table, null)).map(this::file).orElse(null);
		Outcome outcome = (last != null) ? ask(last, table, null, inputs, unknown) : null;
		return (outcome != null) ? outcome : new Outcome(table, null, List.of(), List.of(), true,
				own ? DecisionFailed.Reason.NO_MATCH : DecisionFailed.Reason.UNKNOWN_TABLE,
				Plain.json(List.of("trial", own ? "trial.fault.noMatch" : "trial.fault.noTable", table)), unknown);
	}

	/** What the own or the shared table said then, unless it left the question. */
	private static Optional<Outcome> said(Asked asked, String table, boolean own) {
		return asked.answers()
			.stream()
			.filter((answer) -> answer.table().equals(table) && (answer.owner() != null) == own)
			.filter((answer) -> !(own && answer.rules().isEmpty() && answer != asked.last()))
			.reduce((first, second) -> second)
			.map((answer) -> new Outcome(table, answer.owner(), Plain.rules(answer.rules()),
					Plain.rows(answer.outputs()), true, null, null, Set.of()));
	}

	/** Null if the table leaves the question to the shared one. */
	private static Outcome ask(TableFile file, String table, String owner, Map<String, Object> inputs,
			Set<String> unknown) {
		file.names().stream().filter((name) -> !inputs.containsKey(name)).forEach(unknown::add);
		TableFile.Said said = file.ask(inputs);
		if (!said.failed() && said.rules().isEmpty() && file.view().elseShared()) {
			return null;
		}
		boolean inOrder = !file.view().hitPolicy().equals("COLLECT");
		return new Outcome(table, owner, said.rules(), Plain.asRecorded(said.rows()), inOrder, said.fault(),
				said.failed() ? Plain.json(said.told()) : null, unknown);
	}

	private ReleasedRule find(String table, String whose) {
		return this.rules.find(RuleType.TABLE, table, RuleScope.newCase(whose, this.now)).orElse(null);
	}

	private TableFile file(ReleasedRule rule) {
		return this.released.computeIfAbsent(rule.definitionId(),
				(id) -> this.files.read(rule.key() + RuleType.TABLE.ending(), this.rules.content(rule)));
	}

	/**
	 * Asks a table that may have changed a question nobody asked before.
	 * @param table key of the table
	 * @param whose place of the case
	 * @param inputs value by name
	 */
	Outcome askNew(String table, String whose, Map<String, Object> inputs) {
		Asked question = new Asked("", whose, this.now, new Recorded(0, "", null, 0, "{}", "[]", ""));
		return ask(table, question, new LinkedHashMap<>(inputs));
	}

	/** Whether the table of that key and owner is one of the changed ones. */
	boolean has(String table, String owner) {
		return Objects.equals(owner, this.place) && this.changed.containsKey(table);
	}

}
