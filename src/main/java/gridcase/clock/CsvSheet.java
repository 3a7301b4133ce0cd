package gridcase.clock;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

import gridcase.shared.LoadRefused;
import gridcase.shared.RowProblem;
import gridcase.shared.Texts;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** A CSV file with a fixed header, which collects what is wrong with it. */
final class CsvSheet {

	private final List<String> columns;

	private final List<Row> rows = new ArrayList<>();

	private final List<RowProblem> problems = new ArrayList<>();

	private CsvSheet(List<String> columns) {
		this.columns = columns;
	}

	/**
	 * Reads a file to its end and closes it.
	 * @throws LoadRefused at once if it is no CSV, has another header or no rows; wrong
	 * cells are collected
	 */
	static CsvSheet read(Reader csv, List<String> columns) {
		CsvSheet sheet = new CsvSheet(columns);
		CSVFormat format = CSVFormat.DEFAULT.builder().setIgnoreEmptyLines(false).setTrim(true).get();
		int line = 1;
		try (CSVParser parser = format.parse(csv)) {
			for (CSVRecord record : parser) {
				sheet.accept(line, record);
				line = (int) parser.getCurrentLineNumber() + 1;
			}
		}
		catch (UncheckedIOException | IOException ex) {
			sheet.refuse(line, "", "", "clock.load.csv", ex.getMessage());
		}
		if (sheet.rows.isEmpty() && sheet.problems.isEmpty()) {
			sheet.refuse(1, "", "", "clock.load.empty");
		}
		if (sheet.rows.isEmpty()) {
			sheet.requireGood();
		}
		return sheet;
	}

	private void accept(int line, CSVRecord record) {
		List<String> cells = new ArrayList<>(record.toList());
		if (line == 1) {
			cells.set(0, cells.get(0).replace("\uFEFF", ""));
			if (!cells.equals(this.columns)) {
				refuse(1, "", String.join(",", cells), "clock.load.header", String.join(",", this.columns));
				requireGood();
			}
		}
		else if (cells.size() == this.columns.size()) {
			this.rows.add(new Row(this, line, cells));
		}
		else if (!(cells.size() == 1 && cells.get(0).isEmpty())) {
			refuse(line, "", String.join(",", cells), "clock.load.cells", Integer.toString(this.columns.size()),
					Integer.toString(cells.size()));
		}
	}

	private void refuse(int line, String column, String value, String key, Object... values) {
		this.problems.add(new RowProblem(line, column, value, Texts.of("clock", key, values)));
	}

	List<Row> rows() {
		return this.rows;
	}

	/**
	 * Ends the load if anything is wrong.
	 * @throws LoadRefused with all problems in the order of the file
	 */
	void requireGood() {
		if (!this.problems.isEmpty()) {
			throw new LoadRefused(
					this.problems.stream().sorted((one, other) -> Integer.compare(one.line(), other.line())).toList());
		}
	}

	/** A row with as many cells as there are columns. */
	static final class Row {

		private final CsvSheet sheet;

		private final int line;

		private final List<String> cells;

		private boolean refused;

		Row(CsvSheet sheet, int line, List<String> cells) {
			this.sheet = sheet;
			this.line = line;
			this.cells = cells;
		}

		int line() {
			return this.line;
		}

		boolean isRefused() {
			return this.refused;
		}

		/** What stands in a column, empty if nothing. */
		String cell(String column) {
			return this.cells.get(this.sheet.columns.indexOf(column));
		}

		/** What stands in a column; nothing is a problem and null. */
		String text(String column) {
			String cell = cell(column);
			if (cell.isEmpty()) {
				refuse(column, "clock.load.blank");
				return null;
			}
			return cell;
		}

		void refuse(String column, String key, Object... values) {
			this.refused = true;
			this.sheet.refuse(this.line, column, cell(column), key, values);
		}

	}

}
