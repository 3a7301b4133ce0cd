package gridcase.studio;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import gridcase.casework.RuleWords;
import gridcase.clock.PlatformClock;
import gridcase.policy.Decisions;
import gridcase.policy.TableFiles;
import gridcase.policy.TableView;
import gridcase.shared.Texts;
import gridcase.trial.TrialGroup;

import org.springframework.stereotype.Component;

/** Says in words what a changed table would have answered otherwise. */
@Component
class TrialWords {

	private final Decisions decisions;

	private final TableFiles reader;

	private final RuleWords words;

	private final PlatformClock clock;

	TrialWords(Decisions decisions, TableFiles reader, RuleWords words, PlatformClock clock) {
		this.decisions = decisions;
		this.reader = reader;
		this.words = words;
		this.clock = clock;
	}

	/**
	 * Two answers in words.
	 *
	 * @param title why the rule that would answer is there, or what it says
	 * @param rows which rows: 第 3 行 → 第 5 行
	 * @param before what was said, of what differs
	 * @param after what would be said
	 */
	record Said(String title, String rows, String before, String after) {

	}

	/** Tables as they were tried, for the words of several answers. */
	final class Tried {

		private final String place;

		private final Map<String, TableView> tried = new HashMap<>();

		private final Map<String, Optional<TableView>> others = new HashMap<>();

		/**
		 * Reads them.
		 * @param place place they are for, null for those of all places
		 * @param files content by file name
		 */
		Tried(String place, Map<String, byte[]> files) {
			this.place = place;
			files.forEach((name, content) -> {
				TableView view = TrialWords.this.reader.read(name, content).view();
				this.tried.put(view.key(), view);
			});
		}

		/** The table as it would answer, empty if there is none. */
		Optional<TableView> after(String key, String owner, String whose) {
			if (Objects.equals(owner, this.place) && this.tried.containsKey(key)) {
				return Optional.of(this.tried.get(key));
			}
			return this.others.computeIfAbsent(key + " " + owner, (any) -> TrialWords.this.decisions.table(key,
					(owner != null) ? whose : null, TrialWords.this.clock.now()));
		}

		/** The table as it answered. */
		Optional<TableView> before(String key, String owner, int version) {
			return this.others.computeIfAbsent(key + " " + owner + " v" + version,
					(any) -> TrialWords.this.decisions.table(key, owner, version));
		}

		/** Both answers of a group. */
		Said said(TrialGroup group) {
			return said(before(group.oldTable(), group.oldOwner(), group.oldVersion()), group.oldRules(),
					group.oldOutputs(), after(group.newTable(), group.newOwner(), group.place()), group.newRules(),
					group.newOutputs(), group.place(), group.failing());
		}

		/** Both answers. */
		Said said(Optional<TableView> before, List<String> oldRules, List<Map<String, Object>> oldOutputs,
				Optional<TableView> after, List<String> newRules, List<Map<String, Object>> newOutputs, String whose,
				boolean failing) {
			Optional<RuleWords.Row> oldRow = row(before, whose, oldRules);
			Optional<RuleWords.Row> newRow = row(after, whose, newRules);
			Set<String> differing = failing ? null : differing(oldOutputs, newOutputs);
			String title = newRow.or(() -> oldRow)
				.map((row) -> row.reason().isBlank() ? row.sentence() : row.reason())
				.orElse("");
			return new Said(title, rows(oldRow, newRow), answer(before.or(() -> after), whose, oldOutputs, differing),
					failing ? "" : answer(after, whose, newOutputs, differing));
		}

		private Optional<RuleWords.Row> row(Optional<TableView> table, String whose, List<String> rules) {
			return rules.isEmpty() ? Optional.empty()
					: table.flatMap((view) -> TrialWords.this.words.row(view, whose, rules.get(rules.size() - 1)));
		}

		private String answer(Optional<TableView> table, String whose, List<Map<String, Object>> rows,
				Set<String> only) {
			if (table.isEmpty()) {
				return rows.toString();
			}
			TableView view = table.get();
			List<TableView.Column> outputs = bare(
					view.outputs().stream().filter((column) -> only == null || only.contains(column.name())).toList());
			TableView shown = new TableView(view.key(), view.name(), view.description(), view.place(), view.version(),
					view.releaseId(), view.hitPolicy(), view.aggregation(), view.inputs(), outputs, view.rows(),
					view.elseShared());
			return rows.isEmpty() ? Texts.of("trial", "trial.words.nothing")
					: rows.stream()
						.map((row) -> TrialWords.this.words.answer(shown, whose, row).strip())
						.distinct()
						.collect(Collectors.joining(Texts.of("trial", "trial.words.rows")));
		}

		/** What was asked most often, of what the table asks. */
		List<String> samples(TrialGroup group) {
			Optional<TableView> view = after(group.newTable(), group.newOwner(), group.place())
				.or(() -> before(group.oldTable(), group.oldOwner(), group.oldVersion()));
			return group.samples()
				.stream()
				.map((sample) -> Texts.of("trial", "trial.words.sample", asked(view, group.place(), sample.inputs()),
						sample.decisions()))
				.toList();
		}

		private String asked(Optional<TableView> view, String whose, Map<String, Object> inputs) {
			Map<String, String> asked = new LinkedHashMap<>();
			view.map(TableView::inputs).orElse(List.of()).forEach((column) -> {
				String said = TrialWords.this.words.value(whose, column.name(), inputs.get(column.name()));
				if (!said.isEmpty()) {
					boolean bare = inputs.get(column.name()) instanceof String;
					asked.put(column.label(),
							bare ? said : Texts.of("trial", "trial.words.asked", column.label(), said));
				}
			});
			return asked.isEmpty() ? Texts.of("trial", "trial.words.unknown")
					: String.join(Texts.of("trial", "trial.words.list"), asked.values());
		}

	}

	Tried tried(String place, Map<String, byte[]> files) {
		return new Tried(place, files);
	}

	private static String rows(Optional<RuleWords.Row> before, Optional<RuleWords.Row> after) {
		if (before.isPresent() && after.isPresent() && !before.get().id().equals(after.get().id())) {
			return Texts.of("trial", "trial.words.moved", before.get().row(), after.get().row());
		}
		return after.or(() -> before).map((row) -> Texts.of("trial", "trial.words.row", row.row())).orElse("");
	}

	/** What is told alone, perhaps with its unit, needs no label. */
	private static List<TableView.Column> bare(List<TableView.Column> outputs) {
		boolean alone = outputs.stream()
			.map((column) -> column.name().replaceAll("(Value|Unit)$", ""))
			.distinct()
			.count() == 1;
		return !alone ? outputs : outputs.stream()
			.map((column) -> new TableView.Column(column.id(), "", column.name(), column.type(), column.values()))
			.toList();
	}

	/** Outputs that are not the same; a number and its unit are told together. */
	private static Set<String> differing(List<Map<String, Object>> before, List<Map<String, Object>> after) {
		if (before.size() != after.size()) {
			return null;
		}
		Set<String> differing = new LinkedHashSet<>();
		for (int row = 0; row < before.size(); row++) {
			List<String> names = new ArrayList<>(before.get(row).keySet());
			names.addAll(after.get(row).keySet());
			for (String name : names) {
				if (!same(before.get(row).get(name), after.get(row).get(name))) {
					differing.add(name);
					differing.add(name.replaceAll("Value$", "Unit"));
					differing.add(name.replaceAll("Unit$", "Value"));
				}
			}
		}
		return differing;
	}

	private static boolean same(Object one, Object other) {
		return (one instanceof Number && other instanceof Number)
				? new java.math.BigDecimal(one.toString()).compareTo(new java.math.BigDecimal(other.toString())) == 0
				: Objects.equals(one, other);
	}

}
