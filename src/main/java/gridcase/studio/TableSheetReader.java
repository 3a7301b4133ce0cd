package gridcase.studio;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import gridcase.policy.TableText;
import gridcase.policy.TableView;
import gridcase.shared.FieldProblem;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;

/**
 * Reads a workbook of a table that somebody edited, and tells what has changed. Whatever
 * is wrong is told by cell, all of it at once; then nothing is taken over.
 */
final class TableSheetReader {

	/** More problems than this are not told one by one. */
	static final int MOST = 200;

	private final TableSheet table;

	private final TableText text;

	private final SheetFile book;

	private final List<FieldProblem> problems = new ArrayList<>();

	private final List<TableText.Row> rows = new ArrayList<>();

	/** Row of the sheet by id of the rule. */
	private final Map<String, Integer> lines = new HashMap<>();

	private int changedCells;

	private int added;

	private SheetFile.Page sheet;

	private int[] at;

	private int idAt;

	private int reasonAt;

	private TableSheetReader(TableSheet table, TableText text, SheetFile book) {
		this.table = table;
		this.text = text;
		this.book = book;
	}

	/**
	 * What a workbook changes.
	 *
	 * @param rows the rows as they are to be
	 * @param lines row of the sheet, from 0, by id of the rule
	 * @param columns column of the sheet by number of the table's column, inputs first
	 * @param changed cells and reasons that say something else
	 * @param added new rules
	 * @param removed rules that are no longer there
	 * @param moved whether rules stand in another order
	 */
	record Changes(List<TableText.Row> rows, Map<String, Integer> lines, List<Integer> columns, int changed, int added,
			int removed, boolean moved) {

	}

	/** Of what a workbook is; empty if it is no workbook of a table. */
	static Optional<TableSheet.Origin> origin(SheetFile book) {
		Map<String, String> entries = new LinkedHashMap<>();
		book.sheet(TableSheet.ORIGIN)
			.ifPresent((sheet) -> sheet.rows()
				.stream()
				.filter((row) -> row.size() > 1)
				.forEach((row) -> entries.put(row.get(0).text(), row.get(1).text())));
		return TableSheet.Origin.of(entries);
	}

	/**
	 * Reads a workbook of exactly this table.
	 * @param table the table as it was when the workbook was written
	 * @param text its file
	 * @param book the workbook
	 * @throws Refusal with everything that is wrong, cell by cell
	 */
	static Changes read(TableSheet table, TableText text, SheetFile book) {
		return new TableSheetReader(table, text, book).read();
	}

	private Changes read() {
		this.sheet = this.book.sheet(TableSheet.RULES)
			.orElseThrow(() -> Refusal.rule(Texts.of("studio", "studio.sheet.noRules", TableSheet.RULES)));
		heads();
		refuse();
		this.sheet.merged()
			.stream()
			.filter((range) -> Integer.parseInt(range.replaceAll(".*\\D", "")) > TableSheet.FIRST_ROW)
			.forEach((range) -> problem(TableSheet.RULES + "!" + range, "", "merged"));
		knowWords();
		for (int line = TableSheet.FIRST_ROW; line < this.sheet.rows().size(); line++) {
			if (!isBlank(line)) {
				row(line);
			}
		}
		if (this.rows.isEmpty()) {
			problem(TableSheet.RULES, "", "noRows");
		}
		refuse();
		List<String> before = this.text.rules();
		List<String> after = this.rows.stream().map(TableText.Row::id).toList();
		List<String> kept = before.stream().filter(after::contains).toList();
		List<Integer> columns = new ArrayList<>();
		for (int column : this.at) {
			columns.add(column);
		}
		columns.add(this.reasonAt);
		return new Changes(this.rows, this.lines, columns, this.changedCells, this.added, before.size() - kept.size(),
				!kept.equals(after.stream().filter(before::contains).toList()));
	}

	/** Finds the columns by their technical names; labels may have been mended. */
	private void heads() {
		List<String> names = this.table.names();
		this.at = new int[names.size()];
		this.idAt = find(TableSheet.ID);
		for (int i = 0; i < names.size(); i++) {
			this.at[i] = find(names.get(i));
			if (this.at[i] < 0) {
				problem(TableSheet.RULES + "!" + (TableSheet.NAME_ROW + 1),
						this.table.columns().get(i).column().label(), "noColumn",
						this.table.columns().get(i).column().label());
			}
		}
		this.reasonAt = find(TableSheet.REASON);
		if (this.idAt < 0 || this.reasonAt < 0) {
			problem(TableSheet.RULES + "!" + (TableSheet.NAME_ROW + 1), "", "noHeads");
		}
	}

	private int find(String name) {
		List<SheetCell> heads = (TableSheet.NAME_ROW < this.sheet.rows().size())
				? this.sheet.rows().get(TableSheet.NAME_ROW) : List.of();
		for (int column = 0; column < heads.size(); column++) {
			if (heads.get(column).text().equals(name)) {
				return column;
			}
		}
		return -1;
	}

	/** Names of codes may have changed since the workbook was written. */
	private void knowWords() {
		List<String> names = this.table.names();
		this.book.sheet(TableSheet.CODES).ifPresent((codes) -> {
			for (int column = 0; column < names.size() * 2; column += 2) {
				int position = names.indexOf(codes.cell(0, column).text());
				if (position >= 0) {
					Map<String, String> codeByWord = new LinkedHashMap<>();
					for (int line = 1; line < codes.rows().size(); line++) {
						codeByWord.putIfAbsent(codes.cell(line, column).text(), codes.cell(line, column + 1).text());
					}
					this.table.columns().get(position).alsoKnow(codeByWord);
				}
			}
		});
	}

	/** A line nothing of which people see. */
	private boolean isBlank(int line) {
		for (int column : this.at) {
			if (!this.sheet.cell(line, column).isBlank()) {
				return false;
			}
		}
		return this.sheet.cell(line, this.reasonAt).isBlank();
	}

	private void row(int line) {
		String id = this.sheet.cell(line, this.idAt).text();
		Optional<TableView.Row> rule = this.table.row(id).filter((known) -> !this.lines.containsKey(id));
		if (rule.isPresent()) {
			this.lines.put(id, line);
			this.rows.add(changed(line, rule.get()));
		}
		else {
			// a row without an id is new, and so is the copy of one
			String free = this.text.freeId();
			this.lines.put(free, line);
			this.rows.add(added(line, free, this.table.row(id).isPresent() ? id : null));
			this.added++;
		}
	}

	private TableText.Row changed(int line, TableView.Row rule) {
		int inputs = this.table.inputs().size();
		Map<Integer, String> changedInputs = new LinkedHashMap<>();
		Map<Integer, String> changedOutputs = new LinkedHashMap<>();
		for (int i = 0; i < this.at.length; i++) {
			boolean input = i < inputs;
			int column = i;
			String before = input ? rule.inputs().get(i) : rule.outputs().get(i - inputs);
			cell(line, i, before).ifPresent((feel) -> {
				this.changedCells++;
				if (input) {
					changedInputs.put(column, feel);
				}
				else {
					changedOutputs.put(column - inputs, feel);
				}
			});
		}
		String reason = this.sheet.cell(line, this.reasonAt).text();
		boolean same = reason.equals(SheetCell.text(rule.reason()).text());
		if (!same && reason(line)) {
			this.changedCells++;
			return new TableText.Row(rule.id(), null, changedInputs, changedOutputs, reason);
		}
		return new TableText.Row(rule.id(), null, changedInputs, changedOutputs, null);
	}

	/** What a cell has become; empty if it says what it said, or is wrong. */
	private Optional<String> cell(int line, int column, String before) {
		CellWords words = this.table.columns().get(column);
		SheetCell cell = this.sheet.cell(line, this.at[column]);
		if (before != null && (cell.kind() == SheetCell.Kind.TEXT || cell.isBlank())
				&& cell.text().equals(SheetCell.text(words.write(before)).text())) {
			return Optional.empty();
		}
		CellWords.Read read = words.read(cell);
		if (read.problem() != null) {
			this.problems.add(new FieldProblem(TableSheet.address(TableSheet.RULES, line, this.at[column]),
					words.column().label(), read.problem()));
			return Optional.empty();
		}
		return (before != null && FeelCell.same(before, read.feel())) ? Optional.empty() : Optional.of(read.feel());
	}

	private boolean reason(int line) {
		SheetCell reason = this.sheet.cell(line, this.reasonAt);
		boolean right = reason.kind() == SheetCell.Kind.TEXT;
		if (!right) {
			problem(TableSheet.address(TableSheet.RULES, line, this.reasonAt),
					Texts.of("studio", "studio.sheet.reason"), reason.isBlank() ? "noReason" : "reasonText");
		}
		return right;
	}

	private TableText.Row added(int line, String id, String copied) {
		int inputs = this.table.inputs().size();
		Map<Integer, String> newInputs = new LinkedHashMap<>();
		Map<Integer, String> newOutputs = new LinkedHashMap<>();
		for (int i = 0; i < this.at.length; i++) {
			String feel = cell(line, i, null).orElse("");
			if (i < inputs) {
				newInputs.put(i, feel);
			}
			else {
				newOutputs.put(i - inputs, feel);
			}
		}
		reason(line);
		String like = (copied != null) ? copied : this.text.rules().get(this.text.rules().size() - 1);
		return new TableText.Row(id, like, newInputs, newOutputs, this.sheet.cell(line, this.reasonAt).text());
	}

	private void problem(String where, String label, String key, Object... values) {
		this.problems.add(new FieldProblem(where, label, Texts.of("studio", "studio.sheet." + key, values)));
	}

	private void refuse() {
		if (!this.problems.isEmpty()) {
			throw refused(this.problems);
		}
	}

	/** A workbook of which nothing was taken over. */
	static Refusal refused(List<FieldProblem> problems) {
		Set<FieldProblem> all = new LinkedHashSet<>(problems);
		List<FieldProblem> told = new ArrayList<>(all.stream().limit(MOST).toList());
		return new Refusal(
				Refusal.Kind.RULE, Texts.of("studio",
						(all.size() > MOST) ? "studio.sheet.refused.many" : "studio.sheet.refused", all.size(), MOST),
				told);
	}

}
