package gridcase.casework.web;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;

import gridcase.casework.Ledger;
import gridcase.casework.Ledgers;
import gridcase.clock.PlatformClock;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

import org.springframework.stereotype.Component;

/** A book as an Excel file, written row by row while it is read. */
@Component
class LedgerSheet {

	/** Rows of one sheet; Excel takes 1,048,576. */
	static final int ROWS = 1_000_000;

	/** Longest text of a cell. */
	private static final int LONGEST = 32_767;

	private static final int PORTION = 500;

	private static final String MOMENT = "yyyy-mm-dd hh:mm";

	private final Ledgers ledgers;

	private final LedgerWords words;

	private final PlatformClock clock;

	LedgerSheet(Ledgers ledgers, LedgerWords words, PlatformClock clock) {
		this.ledgers = ledgers;
		this.words = words;
		this.clock = clock;
	}

	/** Writes all rows. */
	void write(Ledgers.Query query, OutputStream out) throws IOException {
		try (Workbook book = new Workbook(out, "Gridcase", "1.0")) {
			Sheets sheets = new Sheets(book, query);
			this.ledgers.each(query, Integer.MAX_VALUE, sheets::add);
			sheets.end();
		}
		catch (UncheckedIOException ex) {
			throw ex.getCause();
		}
	}

	/**
	 * A text that no spreadsheet takes for a formula, now or after it was saved as
	 * another kind of file, and that XML can hold.
	 */
	static String safe(String text) {
		StringBuilder safe = new StringBuilder(text.length() + 1);
		if (!text.isEmpty() && "=+-@\t\r\n|%".indexOf(text.charAt(0)) >= 0) {
			safe.append('\'');
		}
		text.codePoints()
			.filter((letter) -> letter == '\t' || letter == '\n'
					|| letter >= ' ' && letter != 0xFFFE && letter != 0xFFFF && !Character.isSurrogate((char) letter)
					|| letter > 0xFFFF)
			.forEach(safe::appendCodePoint);
		return (safe.length() <= LONGEST) ? safe.toString() : safe.substring(0, LONGEST - 1) + "…";
	}

	/** The sheets of one file; a full one is followed by another. */
	private final class Sheets {

		private final Workbook book;

		private final Ledgers.Query query;

		private final List<Ledger.Column> columns;

		private Worksheet sheet;

		private int row;

		private int number;

		Sheets(Workbook book, Ledgers.Query query) {
			this.book = book;
			this.query = query;
			this.columns = query.ledger().columns();
			begin();
		}

		private void begin() {
			String name = this.query.ledger().name();
			this.sheet = this.book.newWorksheet((this.number++ == 0) ? name : name + " " + this.number);
			for (int column = 0; column < this.columns.size(); column++) {
				this.sheet.value(0, column, this.columns.get(column).label());
				this.sheet.width(column, 18);
			}
			this.sheet.range(0, 0, 0, this.columns.size() - 1).style().bold().fillColor("E9F1FB").set();
			this.sheet.freezePane(0, 1);
			this.row = 1;
		}

		void add(Object[] values) {
			try {
				if (this.row > ROWS) {
					this.sheet.finish();
					begin();
				}
				for (int column = 0; column < values.length; column++) {
					put(column,
							LedgerSheet.this.words.of(this.columns.get(column), this.query.place(), values[column]));
				}
				if (this.row++ % PORTION == 0) {
					this.sheet.flush();
				}
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		private void put(int column, Object value) {
			if (value instanceof Instant moment) {
				this.sheet.value(this.row, column, moment.atZone(LedgerSheet.this.clock.zone()).toLocalDateTime());
				this.sheet.style(this.row, column).format(MOMENT).set();
			}
			else if (value instanceof Number number) {
				this.sheet.value(this.row, column, number);
			}
			else {
				this.sheet.value(this.row, column, safe(value.toString()));
			}
		}

		void end() throws IOException {
			this.sheet.finish();
		}

	}

}
