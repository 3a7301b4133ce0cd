package gridcase.studio;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import gridcase.policy.TableText;
import gridcase.policy.TableView;
import gridcase.registry.Catalogue;
import gridcase.registry.Category;
import gridcase.registry.CategoryCondition;
import gridcase.shared.Texts;
import gridcase.studio.FeelCell.Literal;

/**
 * Reads the rows of a list of limits as rules of a table. Every row becomes a rule, says
 * what a rule says already, or is left out with the reason; nothing is guessed.
 */
final class ListImport {

	/** Outputs a table of limits has; a table with others takes no list. */
	static final Set<String> OUTPUTS = Set.of("limitTable", "limitValue", "limitUnit", "warnPercent");

	private static final String VALUE = "limitValue";

	private static final String UNIT = "limitUnit";

	private static final String WARN = "warnPercent";

	private static final String CATEGORY = "category";

	private static final String CONDITION = "condition";

	/** Longest reason of a rule. */
	private static final int REASON = 250;

	private final ListMapping mapping;

	private final ForeignList.Page page;

	private final TableSheet table;

	private final Map<String, Integer> columns = new HashMap<>();

	private final Catalogue catalogue;

	private final String place;

	private final Instant at;

	private final String file;

	private final Set<String> problems = new LinkedHashSet<>();

	private final Set<String> unitWords = new LinkedHashSet<>();

	ListImport(ListMapping mapping, ForeignList.Page page, TableSheet table, Catalogue catalogue, String place,
			Instant at, String file) {
		this.mapping = mapping;
		this.page = page;
		this.table = table;
		this.catalogue = catalogue;
		this.place = place;
		this.at = at;
		this.file = file;
		List<String> names = page.columns(mapping.header());
		for (int i = 0; i < names.size(); i++) {
			this.columns.put(names.get(i), i);
		}
	}

	/** Whether a table takes limits. */
	static boolean takes(TableView view) {
		Set<String> names = new LinkedHashSet<>();
		view.outputs().forEach((output) -> names.add(output.name()));
		return names.contains(VALUE) && names.contains(UNIT) && OUTPUTS.containsAll(names);
	}

	/** What becomes of a row. */
	enum Fate {

		/** A new rule. */
		NEW,
		/** A rule there is gets its limit. */
		CHANGED,
		/** A rule says the same already. */
		SAME,
		/** It is left out. */
		LEFT

	}

	/**
	 * A row of the list.
	 *
	 * @param row its number in the sheet
	 * @param fate what becomes of it
	 * @param text what it says, cell by cell
	 * @param limit its limit in words, null if it has none for certain
	 * @param reasons why it is left out
	 * @param rule id of the rule that says so already or is changed, null otherwise
	 * @param inputs its input cells, null if it is left out
	 * @param outputs its output cells, null if it is left out
	 * @param reason reason of the rule, null if it is left out
	 */
	record Line(int row, Fate fate, String text, String limit, List<String> reasons, String rule, List<String> inputs,
			List<String> outputs, String reason) {

		private Line with(Fate other, String otherRule, String why) {
			return new Line(this.row, other, this.text, this.limit, (why != null) ? List.of(why) : this.reasons,
					otherRule, this.inputs, this.outputs, this.reason);
		}

	}

	/**
	 * What becomes of a list.
	 *
	 * @param lines its rows in their order; empty while the mapping has problems
	 * @param problems what the mapping does not say yet
	 * @param unitWords words for units the list has
	 */
	record Outcome(List<Line> lines, List<String> problems, List<String> unitWords) {

		long count(Fate fate) {
			return this.lines.stream().filter((line) -> line.fate() == fate).count();
		}

	}

	Outcome read() {
		collectUnits();
		checkMapping();
		List<Line> lines = new ArrayList<>();
		if (this.problems.isEmpty()) {
			for (int row = this.mapping.header(); row < this.page.rows().size(); row++) {
				if (this.page.rows().get(row).stream().anyMatch((cell) -> !cell.isBlank())) {
					lines.add(line(row));
				}
			}
			twins(lines);
		}
		return new Outcome(lines, List.copyOf(this.problems), List.copyOf(this.unitWords));
	}

	private void collectUnits() {
		for (int row = this.mapping.header(); row < this.page.rows().size(); row++) {
			if (!this.mapping.limit().isEmpty()) {
				LimitWords.unitWord(cell(row, this.mapping.limit())).ifPresent(this.unitWords::add);
			}
			else if (!this.mapping.unit().isEmpty() && !cell(row, this.mapping.unit()).isBlank()) {
				this.unitWords.add(cell(row, this.mapping.unit()));
			}
		}
	}

	private String cell(int row, String column) {
		return this.page.cell(row, this.columns.getOrDefault(column, -1));
	}

	private void checkMapping() {
		for (CellWords input : this.table.inputs()) {
			String said = this.mapping.inputs().getOrDefault(input.column().name(), "");
			if (said.startsWith(ListMapping.COLUMN)) {
				known(said.substring(ListMapping.COLUMN.length()));
			}
			else if (said.startsWith(ListMapping.FIXED)) {
				CellWords.Read read = input.read(SheetCell.text(said.substring(ListMapping.FIXED.length())));
				if (read.problem() != null) {
					problem("fixed", input.column().label(), read.problem());
				}
			}
			else if (!said.equals(ListMapping.ANY)) {
				problem("input", input.column().label());
			}
		}
		if (this.mapping.limit().isEmpty() && (this.mapping.value().isEmpty() || this.mapping.unit().isEmpty())) {
			problem("limit");
		}
		Stream
			.of(this.mapping.limit(), this.mapping.value(), this.mapping.unit(), this.mapping.note(),
					this.mapping.classColumn())
			.filter((column) -> !column.isEmpty())
			.forEach(this::known);
		if (has(WARN) && !this.mapping.warnPercent().matches("\\d{1,2}|100")) {
			problem("warn");
		}
	}

	private boolean has(String output) {
		return this.table.view().outputs().stream().anyMatch((column) -> column.name().equals(output));
	}

	private void known(String column) {
		if (!this.columns.containsKey(column)) {
			problem("column", column);
		}
	}

	private void problem(String key, Object... values) {
		this.problems.add(Texts.of("studio", "studio.list.problem." + key, values));
	}

	// --- a row ---

	private Line line(int row) {
		List<String> reasons = new ArrayList<>();
		List<String> inputs = new ArrayList<>();
		Map<String, String> known = new LinkedHashMap<>();
		for (CellWords input : this.table.inputs()) {
			CellWords.Read read = input(row, input, known);
			if (read.problem() != null) {
				reasons.add(Texts.of("studio", "studio.list.cell", input.column().label(), read.problem()));
			}
			else {
				inputs.add(read.feel());
				FeelCell.read(read.feel())
					.flatMap(FeelCell::only)
					.ifPresent((value) -> known.put(input.column().name(), value.text()));
			}
		}
		LimitWords limit = this.mapping.limit().isEmpty()
				? LimitWords.of(cell(row, this.mapping.value()), cell(row, this.mapping.unit()), this.mapping.units())
				: LimitWords.of(cell(row, this.mapping.limit()), this.mapping.units());
		if (limit.problem() != null) {
			reasons.add(limit.problem());
		}
		String text = String.join(" | ", this.page.rows().get(row).stream().filter((cell) -> !cell.isBlank()).toList());
		if (!reasons.isEmpty()) {
			return new Line(row + 1, Fate.LEFT, text, null, reasons, null, null, null, null);
		}
		List<String> outputs = this.table.view().outputs().stream().map((output) -> output(output, limit)).toList();
		return compare(
				new Line(row + 1, Fate.NEW, text, words(limit), List.of(), null, inputs, outputs, reason(row, known)));
	}

	private CellWords.Read input(int row, CellWords input, Map<String, String> known) {
		String said = this.mapping.inputs().get(input.column().name());
		if (said.equals(ListMapping.ANY)) {
			return new CellWords.Read(FeelCell.ANY, null);
		}
		if (said.startsWith(ListMapping.FIXED)) {
			return input.read(SheetCell.text(said.substring(ListMapping.FIXED.length())));
		}
		String text = cell(row, said.substring(ListMapping.COLUMN.length())).strip();
		if (text.isEmpty()) {
			return new CellWords.Read(null, Texts.of("studio", "studio.list.blank"));
		}
		return switch (input.column().name()) {
			case CATEGORY -> category(row, text);
			case CONDITION -> condition(known.get(CATEGORY), text);
			default -> input.value(text);
		};
	}

	/** A category by its code, or by its name if only one has it. */
	private CellWords.Read category(int row, String text) {
		String className = this.mapping.classColumn().isEmpty() ? "" : cell(row, this.mapping.classColumn()).strip();
		List<Category> all = (this.place != null) ? this.catalogue.categories(this.place, this.at)
				: this.catalogue.shared(this.at);
		List<Category> found = all.stream().filter((category) -> category.code().equals(text)).toList();
		if (found.isEmpty()) {
			found = all.stream()
				.filter((category) -> category.name().equals(text))
				.filter((category) -> className.isEmpty() || category.className().equals(className)
						|| category.classCode().equals(className))
				.toList();
		}
		if (found.size() == 1) {
			return new CellWords.Read(Literal.text(found.get(0).code()).feel(), null);
		}
		return new CellWords.Read(null, found.isEmpty()
				? Texts.of("studio", className.isEmpty() ? "studio.list.category" : "studio.list.category.class", text,
						className)
				: Texts.of("studio", "studio.list.category.several", text, String.join("、",
						found.stream().map((category) -> category.className() + " " + category.code()).toList())));
	}

	/** A filing condition by its number or by its words. */
	private CellWords.Read condition(String category, String text) {
		if (category == null) {
			return new CellWords.Read(null, Texts.of("studio", "studio.list.condition.category"));
		}
		List<CategoryCondition> all = this.catalogue.conditions(this.place, category, this.at);
		List<CategoryCondition> found = all.stream()
			.filter((condition) -> condition.number().equals(text)
					|| squeezed(condition.filingCondition()).equals(squeezed(text)))
			.toList();
		return (found.size() == 1) ? new CellWords.Read(Literal.text(found.get(0).number()).feel(), null)
				: new CellWords.Read(null, Texts.of("studio", "studio.list.condition", text, category));
	}

	private static String squeezed(String text) {
		return (text != null) ? text.replaceAll("\\s", "") : "";
	}

	private String output(TableView.Column output, LimitWords limit) {
		return switch (output.name()) {
			case VALUE -> Literal.number(limit.value()).feel();
			case UNIT -> Literal.text(limit.unit()).feel();
			case WARN -> Literal.number(new BigDecimal(this.mapping.warnPercent())).feel();
			// the limit stands here, and not in a table of a class
			default -> "\"\"";
		};
	}

	private static String words(LimitWords limit) {
		return Texts.of("clock", "clock.limit." + limit.unit(), Literal.number(limit.value()).text());
	}

	private String reason(int row, Map<String, String> known) {
		String name = Optional.ofNullable(known.get(CATEGORY))
			.flatMap((code) -> (this.place != null) ? this.catalogue.find(this.place, code, this.at)
					: this.catalogue.shared(this.at).stream().filter((each) -> each.code().equals(code)).findFirst())
			.map((category) -> category.name() + " · ")
			.orElse("");
		String note = this.mapping.note().isEmpty() ? "" : cell(row, this.mapping.note()).replace('\n', ' ');
		String original = this.mapping.limit().isEmpty()
				? cell(row, this.mapping.value()) + cell(row, this.mapping.unit()) : cell(row, this.mapping.limit());
		String source = Texts.own("studio", "studio.list.reason", original, this.file, row + 1);
		int room = REASON - name.length() - source.length() - 1;
		String said = note.isBlank() || room < 2 ? ""
				: ((note.length() > room) ? note.substring(0, room - 1) + "…" : note) + "：";
		return name + said + source;
	}

	/** Is there such a rule already? */
	private Line compare(Line line) {
		List<TableView.Row> rows = this.table.view().rows();
		for (int i = 0; i < rows.size(); i++) {
			TableView.Row rule = rows.get(i);
			if (same(rule.inputs(), line.inputs())) {
				if (same(rule.outputs(), line.outputs())) {
					return line.with(Fate.SAME, rule.id(), null);
				}
				return this.mapping.change() ? line.with(Fate.CHANGED, rule.id(), null)
						: line.with(Fate.LEFT, rule.id(), Texts.of("studio", "studio.list.exists", i + 1, said(rule)));
			}
		}
		return line;
	}

	/** What a rule answers, as in a workbook. */
	private String said(TableView.Row rule) {
		List<String> words = new ArrayList<>();
		for (int i = 0; i < rule.outputs().size(); i++) {
			words.add(this.table.outputs().get(i).column().label() + " "
					+ this.table.outputs().get(i).write(rule.outputs().get(i)));
		}
		return String.join("，", words);
	}

	static boolean same(List<String> left, List<String> right) {
		for (int i = 0; i < left.size(); i++) {
			if (!FeelCell.same(left.get(i), right.get(i))) {
				return false;
			}
		}
		return true;
	}

	/** Rows with the same conditions: which of two limits counts nobody can tell. */
	private static void twins(List<Line> lines) {
		Map<List<String>, List<Integer>> byInputs = new LinkedHashMap<>();
		for (int i = 0; i < lines.size(); i++) {
			if (lines.get(i).inputs() != null) {
				byInputs.computeIfAbsent(lines.get(i).inputs(), (any) -> new ArrayList<>()).add(i);
			}
		}
		byInputs.values().stream().filter((twins) -> twins.size() > 1).forEach((twins) -> {
			Line first = lines.get(twins.get(0));
			boolean agree = twins.stream().allMatch((each) -> same(lines.get(each).outputs(), first.outputs()));
			for (int each : twins) {
				Line line = lines.get(each);
				Line other = (line == first) ? lines.get(twins.get(1)) : first;
				if (!agree) {
					lines.set(each, line.with(Fate.LEFT, null,
							Texts.of("studio", "studio.list.contradicts", other.row(), other.limit())));
				}
				else if (line != first) {
					lines.set(each, line.with(Fate.LEFT, null, Texts.of("studio", "studio.list.repeats", other.row())));
				}
			}
		});
	}

	// --- taking over ---

	/** The table with what the rows say. */
	static byte[] applied(List<Line> lines, TableView view, TableText text) {
		Map<String, Line> changed = new HashMap<>();
		List<TableText.Row> added = new ArrayList<>();
		String like = text.rules().get(text.rules().size() - 1);
		for (Line line : lines) {
			if (line.fate() == Fate.CHANGED) {
				changed.put(line.rule(), line);
			}
			else if (line.fate() == Fate.NEW) {
				added.add(new TableText.Row(text.freeId(), like, numbered(line.inputs()), numbered(line.outputs()),
						line.reason()));
			}
		}
		List<TableText.Row> rows = new ArrayList<>();
		for (TableView.Row rule : view.rows()) {
			Line line = changed.get(rule.id());
			rows.add((line == null) ? TableText.Row.kept(rule.id()) : new TableText.Row(rule.id(), null, Map.of(),
					different(rule.outputs(), line.outputs()), line.reason()));
		}
		// where the first that fits counts, what is new must not stand behind what is
		// general
		rows.addAll(view.hitPolicy().equals("FIRST") ? 0 : rows.size(), added);
		return text.with(rows);
	}

	private static Map<Integer, String> numbered(List<String> cells) {
		Map<Integer, String> numbered = new LinkedHashMap<>();
		for (int i = 0; i < cells.size(); i++) {
			numbered.put(i, cells.get(i));
		}
		return numbered;
	}

	private static Map<Integer, String> different(List<String> before, List<String> after) {
		Map<Integer, String> different = numbered(after);
		different.entrySet().removeIf((cell) -> FeelCell.same(before.get(cell.getKey()), cell.getValue()));
		return different;
	}

}
