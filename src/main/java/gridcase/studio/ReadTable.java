package gridcase.studio;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import gridcase.analysis.Cell;
import gridcase.analysis.Domains;
import gridcase.analysis.Finding;
import gridcase.analysis.Finding.CellAt;
import gridcase.analysis.Finding.Kind;
import gridcase.analysis.Finding.Severity;
import gridcase.analysis.TableDiff;
import gridcase.policy.TableView;
import gridcase.shared.Texts;

/**
 * A table as a page shows it: labels and names instead of codes, what changed beside what
 * was, findings at their rows.
 *
 * @param table the table
 * @param inputs heads of the input columns
 * @param outputs heads of the output columns
 * @param lines its rows, with rows that are gone and gaps where they belong
 * @param added number of rows that are new
 * @param changed number of rows that changed
 * @param removed number of rows that are gone
 * @param moved number of rows that only stand elsewhere
 */
public record ReadTable(TableView table, List<Head> inputs, List<Head> outputs, List<Line> lines, long added,
		long changed, long removed, long moved) {

	/**
	 * Head of a column.
	 *
	 * @param label what people call it
	 * @param name its name in the table
	 * @param change {@code add}, {@code chg} or null
	 */
	public record Head(String label, String name, String change) {

	}

	/**
	 * A line.
	 *
	 * @param kind {@code row}, {@code gone} or {@code gap}
	 * @param id id of the rule, null for a gap
	 * @param number number of the row, 0 if it has none
	 * @param change {@code add}, {@code chg}, {@code del}, {@code mov} or null
	 * @param marks what was found about it
	 * @param inputs input cells
	 * @param outputs output cells
	 * @param reason why the row is there
	 * @param was the old reason if it is another now, else null
	 * @param fired how often it fired lately, null if that is not shown
	 */
	public record Line(String kind, String id, int number, String change, List<Mark> marks, List<Said> inputs,
			List<Said> outputs, String reason, String was, Long fired) {

		/** Whether nothing is new or wrong about it. */
		public boolean quiet() {
			return this.change == null && this.marks.isEmpty() && this.kind.equals("row");
		}

	}

	/**
	 * A mark at a row.
	 *
	 * @param letter one character that says what was found
	 * @param look how it looks
	 * @param finding key of the finding
	 * @param title the finding in a few words
	 */
	public record Mark(String letter, String look, String finding, String title) {

	}

	/**
	 * A cell in words.
	 *
	 * @param words its words
	 * @param before what stands before them, "" if nothing
	 * @param was the old cell if it is another now, else null
	 * @param any whether it asks nothing
	 * @param number whether it is a number
	 * @param raw whether there are no words for it and it is shown as written
	 * @param bad whether it cannot be right
	 */
	public record Said(List<Word> words, String before, String was, boolean any, boolean number, boolean raw,
			boolean bad) {

		/** All of it as one text. */
		public String text() {
			return this.before
					+ String.join(Texts.of("analysis", "analysis.list"), this.words.stream().map(Word::text).toList());
		}

	}

	/**
	 * A word of a cell.
	 *
	 * @param text the word
	 * @param marked whether a finding is about it
	 */
	public record Word(String text, boolean marked) {

	}

	/** A table as it is. */
	static ReadTable of(TableView table, Domains domains, Map<String, Long> fired) {
		return new Writer(table, domains, null, List.of(), fired).write();
	}

	/**
	 * A table beside another version and with what was found.
	 * @param diff how it differs, null if nothing is compared
	 * @param base the other version, null with that
	 * @param findings what was found
	 * @param fired times by rule, null not to show them
	 */
	static ReadTable of(TableView table, Domains domains, TableDiff diff, List<Finding> findings,
			Map<String, Long> fired) {
		return new Writer(table, domains, diff, findings, fired).write();
	}

	/**
	 * An input cell in words.
	 * @param domains for names
	 * @param name the input
	 * @param text the cell as written
	 */
	static Said input(Domains domains, String name, String text) {
		return Writer.input(domains, name, text, Set.of(), false, null, false);
	}

	/** An output in words. */
	static String output(Domains domains, String name, Object value) {
		if (value == null || value.equals("")) {
			return "";
		}
		// only codes come in lists; a sentence may have commas
		return (value instanceof String text && domains.of(name).values() != null)
				? String.join(Texts.of("analysis", "analysis.list"),
						Arrays.stream(text.split(",")).map((code) -> domains.word(name, code.strip())).toList())
				: (value instanceof String text) ? text : domains.word(name, value);
	}

	/** Writes one table. */
	private static final class Writer {

		private final TableView table;

		private final Domains domains;

		private final TableDiff diff;

		private final List<Finding> findings;

		private final Map<String, Long> fired;

		private final Map<String, List<Mark>> marks = new HashMap<>();

		private final Map<CellAt, Set<String>> marked = new HashMap<>();

		private final Set<CellAt> wholly = new HashSet<>();

		private final Set<CellAt> bad = new HashSet<>();

		Writer(TableView table, Domains domains, TableDiff diff, List<Finding> findings, Map<String, Long> fired) {
			this.table = table;
			this.domains = domains;
			this.diff = diff;
			this.findings = findings;
			this.fired = fired;
			findings.forEach(this::mark);
		}

		private void mark(Finding finding) {
			if (finding.severity() == Severity.NOTE) {
				return;
			}
			// of a dead row and what is before it, the dead row is what has to go
			List<String> rows = switch (finding.kind()) {
				case DEAD, SUBSUMED -> finding.rules().stream().limit(1).toList();
				default -> finding.rules();
			};
			rows.forEach((rule) -> this.marks.computeIfAbsent(rule, (any) -> new ArrayList<>()).add(markOf(finding)));
			if (finding.kind() == Kind.TYPE || finding.kind() == Kind.VALUE) {
				this.bad.addAll(finding.cells());
			}
			if (finding.kind() == Kind.OVERLAP && !finding.region().isEmpty()) {
				finding.cells().stream().filter((at) -> !at.output()).forEach((at) -> {
					Finding.Part part = finding.region().get(at.column());
					if (!part.any() && part.values().isEmpty()) {
						this.wholly.add(at);
					}
					else if (!part.any()) {
						this.marked.computeIfAbsent(at, (any) -> new LinkedHashSet<>()).addAll(part.values());
					}
				});
			}
		}

		private static Mark markOf(Finding finding) {
			String kind = finding.kind().name().toLowerCase(java.util.Locale.ROOT);
			return new Mark(Texts.of("studio-table", "studio.mark." + kind), look(finding), finding.key(),
					finding.title());
		}

		ReadTable write() {
			List<Line> lines = new ArrayList<>();
			if (this.diff == null) {
				for (int row = 0; row < this.table.rows().size(); row++) {
					lines.add(line(this.table.rows().get(row), row + 1, null));
				}
			}
			else {
				this.diff.rows().forEach((row) -> lines.add(line(row.row(), row.number(), row)));
			}
			addGaps(lines);
			return new ReadTable(this.table, heads(this.table.inputs(), false), heads(this.table.outputs(), true),
					List.copyOf(lines), count(TableDiff.Change.ADDED), count(TableDiff.Change.CHANGED),
					count(TableDiff.Change.REMOVED), count(TableDiff.Change.MOVED));
		}

		private long count(TableDiff.Change change) {
			return (this.diff != null) ? this.diff.count(change) : 0;
		}

		private List<Head> heads(List<TableView.Column> columns, boolean output) {
			return columns.stream()
				.map((column) -> new Head(column.label(), column.name(), change(column, output)))
				.toList();
		}

		private String change(TableView.Column column, boolean output) {
			return (this.diff == null) ? null
					: this.diff.columns()
						.stream()
						.filter((each) -> each.output() == output && each.name().equals(column.name())
								&& each.change() != TableDiff.Change.REMOVED)
						.map((each) -> (each.change() == TableDiff.Change.ADDED) ? "add" : "chg")
						.findFirst()
						.orElse(null);
		}

		private Line line(TableView.Row row, int number, TableDiff.Row change) {
			boolean gone = change != null && change.change() == TableDiff.Change.REMOVED;
			List<Said> inputs = new ArrayList<>();
			for (int column = 0; column < this.table.inputs().size(); column++) {
				String name = this.table.inputs().get(column).name();
				String cell = (column < row.inputs().size()) ? row.inputs().get(column) : "";
				CellAt at = new CellAt(row.id(), false, column);
				String was = (change != null) ? change.inputs().get(column) : null;
				inputs.add(gone ? ReadTable.input(this.domains, name, cell) : input(this.domains, name, cell,
						this.marked.getOrDefault(at, Set.of()), this.wholly.contains(at),
						(was != null) ? ReadTable.input(this.domains, name, was).text() : null, this.bad.contains(at)));
			}
			List<Said> outputs = new ArrayList<>();
			for (int column = 0; column < this.table.outputs().size(); column++) {
				String name = this.table.outputs().get(column).name();
				String cell = (column < row.outputs().size()) ? row.outputs().get(column) : "";
				String was = (change != null) ? change.outputs().get(column) : null;
				outputs.add(output(name, cell, (was != null) ? output(name, was, null, false).text() : null,
						!gone && this.bad.contains(new CellAt(row.id(), true, column))));
			}
			return new Line(gone ? "gone" : "row", row.id(), number, word(change),
					gone ? List.of() : this.marks.getOrDefault(row.id(), List.of()), inputs, outputs, row.reason(),
					(change != null) ? change.reason() : null,
					(this.fired == null || gone) ? null : this.fired.getOrDefault(row.id(), 0L));
		}

		private static String word(TableDiff.Row change) {
			return (change == null) ? null : switch (change.change()) {
				case ADDED -> "add";
				case CHANGED -> "chg";
				case REMOVED -> "del";
				case MOVED -> "mov";
				case SAME -> null;
			};
		}

		private void addGaps(List<Line> lines) {
			for (Finding finding : this.findings) {
				if (finding.kind() != Kind.GAP || finding.region().isEmpty()) {
					continue;
				}
				List<Said> inputs = finding.region()
					.stream()
					.map((part) -> new Said(List.of(new Word(part.words(), false)), "", null, part.any(), false, false,
							false))
					.toList();
				Line gap = new Line("gap", null, 0, null, List.of(markOf(finding)), inputs, List.of(), "", null, null);
				int behind = lines.size();
				for (int at = 0; at < lines.size(); at++) {
					if (!finding.rules().isEmpty()
							&& finding.rules().get(finding.rules().size() - 1).equals(lines.get(at).id())) {
						behind = at + 1;
					}
				}
				lines.add(behind, gap);
			}
		}

		private static Said input(Domains domains, String name, String text, Set<String> marked, boolean wholly,
				String was, boolean bad) {
			Cell cell = Cell.of(text);
			if (cell.form() == Cell.Form.ANY) {
				return new Said(List.of(new Word(Texts.of("analysis", "analysis.any"), false)), "", was, true, false,
						false, bad);
			}
			if (cell.form() == Cell.Form.OTHER) {
				return new Said(List.of(new Word(cell.text(), false)), "", was, false, false, true, bad);
			}
			List<Word> words = cell.items().stream().map((item) -> {
				boolean mark = wholly || (item.isValue() && marked.contains(String.valueOf(item.from())));
				return new Word(item(domains, name, item), mark && !cell.negated());
			}).toList();
			boolean number = cell.items().size() == 1 && cell.items().get(0).isValue()
					&& cell.items().get(0).from() instanceof Number;
			return new Said(words, cell.negated() ? Texts.of("studio-table", "studio.cell.not") : "", was, false,
					number, false, bad);
		}

		private static String item(Domains domains, String name, Cell.Item item) {
			if (item.isValue()) {
				return value(domains, name, item.from());
			}
			if (item.from() == null || item.to() == null) {
				Object bound = (item.from() != null) ? item.from() : item.to();
				String sign = (item.from() != null) ? (item.fromIn() ? "≥ " : "> ") : (item.toIn() ? "≤ " : "< ");
				return sign + value(domains, name, bound);
			}
			return Texts.of("studio-table",
					(item.fromIn() && item.toIn()) ? "studio.cell.range" : "studio.cell.between",
					(item.fromIn() ? "≥ " : "> ") + value(domains, name, item.from()),
					(item.toIn() ? "≤ " : "< ") + value(domains, name, item.to()), value(domains, name, item.from()),
					value(domains, name, item.to()));
		}

		private static String value(Domains domains, String name, Object value) {
			return (value == Cell.NULL) ? Texts.of("analysis", "analysis.unknown")
					: value.equals("") ? Texts.of("analysis", "analysis.blank")
							: (value instanceof java.time.LocalDate) ? value.toString() : domains.word(name, value);
		}

		private Said output(String name, String text, String was, boolean bad) {
			Object value = Cell.literal(text).orElse(null);
			if (text.isBlank() || value == Cell.NULL || "".equals(value)) {
				return new Said(List.of(), "", was, false, false, false, bad);
			}
			if (value == null) {
				return new Said(List.of(new Word(text.strip(), false)), "", was, false, false, true, bad);
			}
			return new Said(List.of(new Word(ReadTable.output(this.domains, name, value), false)), "", was, false,
					value instanceof Number, false, bad);
		}

	}

	/** How a finding looks. */
	static String look(Finding finding) {
		return switch (finding.kind()) {
			case DEAD, SUBSUMED -> "is-hold";
			case NOTE -> "is-info";
			case OVERLAP -> "is-warn";
			default -> (finding.severity() == Severity.ERROR) ? "is-over" : "is-warn";
		};
	}

	/** Codes of the rows in their order, for lists of rows. */
	Map<String, Integer> numbers() {
		Map<String, Integer> numbers = new LinkedHashMap<>();
		this.table.rows().forEach((row) -> numbers.put(row.id(), numbers.size() + 1));
		return numbers;
	}

}
