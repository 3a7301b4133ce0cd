package gridcase.oversight;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Collectors;

import gridcase.clock.PlatformClock;
import gridcase.oversight.LogReader.Line;
import gridcase.oversight.OversightController.Asked;
import gridcase.shared.Texts;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

import org.springframework.stereotype.Component;

/** The log as a file, written row by row while it is read. */
@Component
class LogSheet {

	private static final List<String> COLUMNS = List.of("at", "person", "login", "what", "kind", "place", "subject",
			"reason", "details");

	/** Rows of one sheet; Excel takes 1,048,576. */
	private static final int ROWS = 1_000_000;

	/** Longest text of a cell. */
	private static final int LONGEST = 32_767;

	private static final int PORTION = 500;

	private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

	private final LogReader log;

	private final PlatformClock clock;

	LogSheet(LogReader log, PlatformClock clock) {
		this.log = log;
		this.clock = clock;
	}

	String title() {
		return Texts.of("oversight", "oversight.title");
	}

	private static List<String> heads() {
		return COLUMNS.stream().map((column) -> Texts.of("oversight", "oversight.col." + column)).toList();
	}

	private List<String> cells(Line line) {
		return List.of(MOMENT.format(line.entry().at().atZone(this.clock.zone())), line.who(), line.entry().login(),
				line.what(), line.entry().kind(), (line.place() != null) ? line.place() : "", line.entry().subject(),
				(line.entry().reason() != null) ? line.entry().reason() : "", line.entry().details());
	}

	/** Writes it as CSV, with a mark by which spreadsheets know that it is UTF-8. */
	void csv(LogReader.Scope scope, Asked asked, OutputStream out) throws IOException {
		Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
		writer.write('\uFEFF');
		writer.write(row(heads()));
		try {
			this.log.each(scope, asked, (line) -> {
				try {
					writer.write(row(cells(line)));
				}
				catch (IOException ex) {
					throw new UncheckedIOException(ex);
				}
			});
		}
		catch (UncheckedIOException ex) {
			throw ex.getCause();
		}
		writer.flush();
	}

	private static String row(List<String> cells) {
		return cells.stream()
			.map((cell) -> "\"" + safe(cell).replace("\"", "\"\"") + "\"")
			.collect(Collectors.joining(",", "", "\r\n"));
	}

	/** Writes it as an Excel file; a full sheet is followed by another. */
	void excel(LogReader.Scope scope, Asked asked, OutputStream out) throws IOException {
		try (Workbook book = new Workbook(out, "Gridcase", "1.0")) {
			Sheets sheets = new Sheets(book, title());
			this.log.each(scope, asked, (line) -> sheets.add(cells(line)));
			sheets.sheet.finish();
		}
		catch (UncheckedIOException ex) {
			throw ex.getCause();
		}
	}

	/** A text that no spreadsheet takes for a formula, and that XML can hold. */
	private static String safe(String text) {
		StringBuilder safe = new StringBuilder(text.length() + 1);
		if (!text.isEmpty() && "=+-@\t\r\n|%".indexOf(text.charAt(0)) >= 0) {
			safe.append('\'');
		}
		text.codePoints()
			.filter((letter) -> letter == '\t' || letter == '\n'
					|| letter >= ' ' && letter != 0xFFFE && letter != 0xFFFF && !(letter >= 0xD800 && letter <= 0xDFFF))
			.forEach(safe::appendCodePoint);
		return (safe.length() <= LONGEST) ? safe.toString() : safe.substring(0, LONGEST - 1) + "…";
	}

	/** The sheets of one file. */
	private static final class Sheets {

		private final Workbook book;

		private final String name;

		private Worksheet sheet;

		private int row;

		private int number;

		Sheets(Workbook book, String name) {
			this.book = book;
			this.name = name;
			begin();
		}

		private void begin() {
			this.sheet = this.book.newWorksheet((this.number++ == 0) ? this.name : this.name + " " + this.number);
			List<String> heads = heads();
			for (int column = 0; column < heads.size(); column++) {
				this.sheet.value(0, column, heads.get(column));
				this.sheet.width(column, 18);
			}
			this.sheet.range(0, 0, 0, heads.size() - 1).style().bold().fillColor("E9F1FB").set();
			this.sheet.freezePane(0, 1);
			this.row = 1;
		}

		void add(List<String> cells) {
			try {
				if (this.row > ROWS) {
					this.sheet.finish();
					begin();
				}
				for (int column = 0; column < cells.size(); column++) {
					this.sheet.value(this.row, column, safe(cells.get(column)));
				}
				if (this.row++ % PORTION == 0) {
					this.sheet.flush();
				}
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

}
