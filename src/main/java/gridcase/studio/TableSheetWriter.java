package gridcase.studio;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import gridcase.policy.TableView;
import gridcase.shared.Texts;
import org.dhatim.fastexcel.ProtectionOption;
import org.dhatim.fastexcel.SheetProtectionOption;
import org.dhatim.fastexcel.VisibilityState;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/** Writes a table as a workbook people can edit. */
final class TableSheetWriter {

	/**
	 * Keeps heads and names from being typed over by accident; no secret, the workbook
	 * says it.
	 */
	static final String PASSWORD = "gridcase";

	/** Empty rows for new rules. */
	static final int SPARE = 300;

	/** What stays locked: everything else one does with rows is allowed. */
	private static final Set<SheetProtectionOption> LOCKED = EnumSet.of(SheetProtectionOption.SHEET,
			SheetProtectionOption.OBJECTS, SheetProtectionOption.SCENARIOS, SheetProtectionOption.INSERT_COLUMNS,
			SheetProtectionOption.DELETE_COLUMNS, SheetProtectionOption.INSERT_HYPERLINKS,
			SheetProtectionOption.PIVOT_TABLES);

	private final TableSheet table;

	private final TableSheet.Origin origin;

	private final String placeName;

	TableSheetWriter(TableSheet table, TableSheet.Origin origin, String placeName) {
		this.table = table;
		this.origin = origin;
		this.placeName = placeName;
	}

	void write(OutputStream out) throws IOException {
		try (Workbook book = new Workbook(out, "Gridcase", "1.0")) {
			Worksheet rules = book.newWorksheet(TableSheet.RULES);
			Worksheet help = book.newWorksheet(TableSheet.HELP);
			Worksheet codes = book.newWorksheet(TableSheet.CODES);
			Worksheet from = book.newWorksheet(TableSheet.ORIGIN);
			heads(rules);
			rows(rules);
			choices(rules, codes);
			help(help);
			origin(from);
			codes.setVisibilityState(VisibilityState.HIDDEN);
			from.setVisibilityState(VisibilityState.VERY_HIDDEN);
		}
	}

	private void heads(Worksheet sheet) {
		TableView view = this.table.view();
		sheet.value(TableSheet.TITLE_ROW, 1, own("sheet.title", view.name(), view.key(), this.placeName));
		sheet.style(TableSheet.TITLE_ROW, 1).bold().fontSize(14).set();
		sheet.value(TableSheet.NAME_ROW, 0, TableSheet.ID);
		sheet.value(TableSheet.LABEL_ROW, 0, TableSheet.ID);
		int at = 1;
		for (CellWords column : this.table.columns()) {
			head(sheet, at, this.table.names().get(at - 1),
					own(column.output() ? "sheet.then" : "sheet.if", column.column().label()),
					column.output() ? "FFF3D6" : "E9F1FB");
			sheet.width(at, width(column));
			at++;
		}
		head(sheet, at, TableSheet.REASON, own("sheet.reason"), "EEEEEE");
		sheet.width(at, 60);
		sheet.hideColumn(0);
		sheet.hideRow(TableSheet.NAME_ROW);
		sheet.freezePane(0, TableSheet.FIRST_ROW);
		sheet.protect(PASSWORD, LOCKED);
	}

	private static void head(Worksheet sheet, int column, String name, String label, String colour) {
		sheet.value(TableSheet.NAME_ROW, column, name);
		sheet.value(TableSheet.LABEL_ROW, column, label);
		sheet.style(TableSheet.LABEL_ROW, column).bold().fillColor(colour).wrapText(true).set();
	}

	private double width(CellWords column) {
		if (column.column().type() != null && !column.column().type().equals("string")) {
			return 12;
		}
		return (column.choices().isEmpty() && column.output()) ? 44 : 22;
	}

	private void rows(Worksheet sheet) {
		int reason = this.table.columns().size() + 1;
		int row = TableSheet.FIRST_ROW;
		for (TableView.Row rule : this.table.view().rows()) {
			sheet.value(row, 0, rule.id());
			int at = 1;
			at = cells(sheet, row, at, this.table.inputs(), rule.inputs());
			cells(sheet, row, at, this.table.outputs(), rule.outputs());
			sheet.value(row, reason, rule.reason());
			row++;
		}
		sheet.range(TableSheet.FIRST_ROW, 0, last(), reason)
			.style()
			.wrapText(true)
			.verticalAlignment("top")
			.protectionOption(ProtectionOption.LOCKED, false)
			.set();
	}

	private static int cells(Worksheet sheet, int row, int from, List<CellWords> columns, List<String> cells) {
		int at = from;
		for (int i = 0; i < columns.size(); i++) {
			CellWords column = columns.get(i);
			String feel = cells.get(i);
			int here = at++;
			column.number(feel)
				.ifPresentOrElse((number) -> sheet.value(row, here, number),
						() -> sheet.value(row, here, column.write(feel)));
		}
		return at;
	}

	private int last() {
		return TableSheet.FIRST_ROW + this.table.view().rows().size() + SPARE - 1;
	}

	/**
	 * Lists to choose from. They refuse nothing: a cell may hold several, and what is not
	 * in the list is told when the workbook comes back, with what would be right.
	 */
	private void choices(Worksheet sheet, Worksheet codes) {
		int at = 0;
		int column = 1;
		for (CellWords words : this.table.columns()) {
			List<String[]> entries = entries(words);
			if (!entries.isEmpty()) {
				codes.value(0, at, this.table.names().get(column - 1));
				for (int i = 0; i < entries.size(); i++) {
					codes.value(i + 1, at, entries.get(i)[0]);
					codes.value(i + 1, at + 1, entries.get(i)[1]);
				}
				sheet.range(TableSheet.FIRST_ROW, column, last(), column)
					.validateWithList(codes.range(1, at, entries.size(), at))
					.allowBlank(true)
					.showErrorMessage(false);
				at += 2;
			}
			column++;
		}
	}

	private static List<String[]> entries(CellWords words) {
		if (!words.choices().isEmpty()) {
			List<String[]> entries = new ArrayList<>();
			if (!words.output()) {
				entries.add(new String[] { FeelCell.ANY, "" });
			}
			words.choices().forEach((code, word) -> entries.add(new String[] { word, code }));
			return entries;
		}
		if ("boolean".equals(words.column().type())) {
			List<String[]> entries = new ArrayList<>();
			if (!words.output()) {
				entries.add(new String[] { FeelCell.ANY, "" });
			}
			entries.add(new String[] { CellWords.YES, "true" });
			entries.add(new String[] { CellWords.NO, "false" });
			return entries;
		}
		return List.of();
	}

	private void help(Worksheet sheet) {
		int row = 0;
		for (String line : own("sheet.help", PASSWORD).split("\n")) {
			sheet.value(row, 0, line);
			sheet.style(row, 0).wrapText(true).set();
			row++;
		}
		sheet.style(0, 0).bold().fontSize(14).set();
		sheet.width(0, 100);
	}

	private void origin(Worksheet sheet) {
		int row = 0;
		for (Map.Entry<String, String> entry : this.origin.entries().entrySet()) {
			sheet.value(row, 0, entry.getKey());
			sheet.value(row, 1, entry.getValue());
			row++;
		}
	}

	private static String own(String key, Object... values) {
		return Texts.own("studio", "studio." + key, values);
	}

}
