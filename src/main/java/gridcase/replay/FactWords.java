package gridcase.replay;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import gridcase.audit.CaseEvent;
import gridcase.casework.CaseFile;
import gridcase.casework.FactTrail;
import gridcase.casework.RuleWords;
import gridcase.casework.TaskForms;
import gridcase.form.FormView;
import gridcase.policy.Decisions;
import gridcase.policy.TableView;
import gridcase.registry.Grid;
import gridcase.registry.Grids;
import gridcase.registry.Unit;
import gridcase.registry.Units;
import gridcase.shared.Texts;
import gridcase.web.Times;

import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/**
 * What facts and their values are called: by this module's own words, by the forms that
 * asked for them, by the columns of the tables that answered them.
 */
@Component
class FactWords {

	private static final String BUNDLE = "replay";

	private static final Pattern FILE = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

	private static final Pattern MOMENT = Pattern.compile("\\d{4}-\\d{2}-\\d{2}T[0-9:.]+Z");

	/** Names that say the same as others, or only how the platform works. */
	private static final Set<String> UNTOLD = Set.of("place", "caseNo", "tierLevel", "topTier", "categoryClass",
			"gridType", "sampleDraw", "raisedFromLevel", "suspended", "difficult", "categoryName", "gridName",
			"subjectPage", "condition");

	private final TaskForms forms;

	private final Decisions decisions;

	private final RuleWords rules;

	private final Units units;

	private final Grids grids;

	private final Times times;

	private final MessageSource messages;

	FactWords(TaskForms forms, Decisions decisions, RuleWords rules, Units units, Grids grids, Times times,
			MessageSource messages) {
		this.forms = forms;
		this.decisions = decisions;
		this.rules = rules;
		this.units = units;
		this.grids = grids;
		this.times = times;
		this.messages = messages;
	}

	/**
	 * A fact beside what it was.
	 *
	 * @param name its name
	 * @param label what people call it
	 * @param before its value before, an empty text if it had none
	 * @param after its value after, an empty text if it has none
	 * @param changed whether they differ
	 */
	record Line(String name, String label, String before, String after, boolean changed) {

	}

	/** Names of one case. */
	final class Book {

		private final CaseFile file;

		private final Map<String, String> labels = new HashMap<>();

		private Book(Replay replay) {
			this.file = replay.file();
			Map<String, Map<String, Object>> filled = new LinkedHashMap<>();
			Set<String> tables = new TreeSet<>();
			for (Replay.Step step : replay.steps()) {
				step.decisions().forEach((decision) -> {
					if (tables.add(decision.definitionId())) {
						TableView table = FactWords.this.decisions.table(decision);
						table.inputs().forEach((column) -> this.labels.putIfAbsent(column.name(), column.label()));
						table.outputs().forEach((column) -> this.labels.putIfAbsent(column.name(), column.label()));
					}
				});
				step.facts().forEach((fact) -> form(fact, filled));
			}
			filled
				.forEach((form, values) -> FactWords.this.forms.entered(form, this.file, values).forEach(this::named));
			FactWords.this.forms.report(this.file.place(), Map.of(), List.of()).fields().forEach(this::named);
		}

		private void form(Replay.Told fact, Map<String, Map<String, Object>> filled) {
			if (fact.data().get("form") instanceof String form && fact.data().get("values") instanceof Map<?, ?> all) {
				Map<String, Object> values = filled.computeIfAbsent(form, (any) -> new HashMap<>());
				all.forEach((name, value) -> values.put(name.toString(), value));
			}
		}

		private void named(FormView.Field field) {
			if (field.key() != null && field.label() != null) {
				this.labels.put(field.key(), field.label());
			}
		}

		String label(String name) {
			int leg = name.indexOf('@');
			if (leg > 0) {
				// what a helper unit wrote stands beside what the lead wrote
				String unit = name.substring(leg + 1);
				return Texts.of(BUNDLE, "replay.helperFact", label(name.substring(0, leg)),
						FactWords.this.units.find(unit, this.file.reportedAt()).map(Unit::name).orElse(unit));
			}
			String own = FactWords.this.messages.getMessage("replay.fact." + name, null, null,
					LocaleContextHolder.getLocale());
			return (own != null) ? own : this.labels.getOrDefault(name, name);
		}

		String value(String name, Object value) {
			if (value == null || value.equals("")) {
				return "";
			}
			if (value.equals(CaseEvent.PERSONAL)) {
				return Texts.of(BUNDLE, "replay.personal");
			}
			if (value instanceof List<?> list) {
				return list(name, list);
			}
			if (value instanceof Map<?, ?> row) {
				return row.entrySet()
					.stream()
					.map((cell) -> label(cell.getKey().toString()) + " "
							+ value(cell.getKey().toString(), cell.getValue()))
					.collect(Collectors.joining(Texts.of(BUNDLE, "replay.list")));
			}
			if (value instanceof String text && MOMENT.matcher(text).matches()) {
				try {
					return FactWords.this.times.brief(Instant.parse(text));
				}
				catch (DateTimeException ex) {
					return text;
				}
			}
			if (name.equals("gridCode")) {
				return FactWords.this.grids.find(value.toString(), this.file.reportedAt())
					.map(Grid::name)
					.orElse(value.toString());
			}
			if (value instanceof String text && FILE.matcher(text).matches()) {
				return Texts.of(BUNDLE, "replay.files", 1);
			}
			// words of codes have no commas in them, sentences may
			return (value instanceof String text && text.matches(".*[\\s，。；].*")) ? text : coded(name, value);
		}

		private String coded(String name, Object value) {
			String said = FactWords.this.rules.value(this.file.place(), name, value);
			if (!said.equals(value)) {
				return said;
			}
			return java.util.Arrays.stream(said.split(","))
				.map((code) -> FactWords.this.units.find(code.strip(), this.file.reportedAt())
					.map(Unit::name)
					.orElse(code))
				.collect(Collectors.joining(Texts.of(BUNDLE, "replay.list")));
		}

		private String list(String name, List<?> list) {
			long files = list.stream().filter((each) -> FILE.matcher(Objects.toString(each)).matches()).count();
			if (files > 0 && files == list.size()) {
				return Texts.of(BUNDLE, "replay.files", files);
			}
			return list.stream()
				.map((each) -> value(name, each))
				.collect(Collectors.joining(Texts.of(BUNDLE, "replay.list")));
		}

		/** Facts before and after a step, those that changed first. */
		List<Line> lines(Replay.Step step) {
			Map<String, Object> before = (step.before() != null) ? step.before().facts() : Map.of();
			Map<String, Object> after = step.after().facts();
			Set<String> names = new TreeSet<>(before.keySet());
			names.addAll(after.keySet());
			List<Line> lines = new ArrayList<>();
			for (String name : names) {
				String was = value(name, before.get(name));
				String is = value(name, after.get(name));
				boolean changed = !FactTrail.same(before.get(name), after.get(name));
				if (!UNTOLD.contains(name) && !(was.isEmpty() && is.isEmpty())) {
					lines.add(new Line(name, label(name), was, is, changed && !was.equals(is)));
				}
			}
			lines.sort(java.util.Comparator.comparing((Line line) -> !line.changed()));
			return lines;
		}

	}

	/** The names of a case. */
	Book of(Replay replay) {
		return new Book(replay);
	}

}
