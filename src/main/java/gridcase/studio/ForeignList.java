package gridcase.studio;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import gridcase.shared.Refusal;
import gridcase.shared.Texts;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.poi.ss.util.CellRangeAddress;

/**
 * A list of other people as they see it: a workbook, or a CSV file in UTF-8, UTF-16 or
 * GBK with commas, semicolons or tabs.
 *
 * @param pages its sheets; of a CSV file the only one
 */
record ForeignList(List<ForeignList.Page> pages) {

	/** Of which names of the sheet of a CSV file. */
	private static final String CSV = "CSV";

	private static final Charset GBK = Charset.forName("GB18030");

	/**
	 * A sheet.
	 *
	 * @param name its name
	 * @param rows texts of its cells; what is merged stands in all cells it covers
	 */
	record Page(String name, List<List<String>> rows) {

		/**
		 * Names of the columns.
		 * @param header number of the row that has them, from 1
		 * @return one for each column, all different; of a column without one its letters
		 */
		List<String> columns(int header) {
			List<String> heads = (header >= 1 && header <= this.rows.size()) ? this.rows.get(header - 1) : List.of();
			int width = this.rows.stream().mapToInt(List::size).max().orElse(0);
			List<String> columns = new ArrayList<>();
			Map<String, Integer> seen = new HashMap<>();
			for (int column = 0; column < width; column++) {
				String head = (column < heads.size()) ? heads.get(column).replaceAll("\\s+", " ") : "";
				String name = head.isEmpty() ? Texts.of("studio", "studio.list.column", TableSheet.letters(column))
						: head;
				int times = seen.merge(name, 1, Integer::sum);
				columns.add((times > 1) ? name + " (" + times + ")" : name);
			}
			return columns;
		}

		String cell(int row, int column) {
			List<String> cells = this.rows.get(row);
			return (column >= 0 && column < cells.size()) ? cells.get(column) : "";
		}

		/**
		 * The first row with the names of columns, from 1: the first with two cells or
		 * more.
		 */
		int likelyHeader() {
			for (int row = 0; row < this.rows.size(); row++) {
				if (this.rows.get(row).stream().filter((cell) -> !cell.isEmpty()).count() > 1) {
					return row + 1;
				}
			}
			return 1;
		}

	}

	Optional<Page> page(String name) {
		return this.pages.stream().filter((page) -> page.name().equals(name)).findFirst();
	}

	/**
	 * Reads a list.
	 * @throws Refusal if it is neither, or too big, or empty
	 */
	static ForeignList read(byte[] content) {
		ForeignList list = SheetFile.isWorkbook(content) ? workbook(SheetFile.read(content, true))
				: new ForeignList(List.of(csv(content)));
		if (list.pages().stream().allMatch((page) -> page.rows().size() < 2)) {
			throw Refusal.rule(Texts.of("studio", "studio.list.empty"));
		}
		return list;
	}

	private static ForeignList workbook(SheetFile book) {
		List<Page> pages = new ArrayList<>();
		for (SheetFile.Page sheet : book.sheets()) {
			if (!sheet.hidden()) {
				List<List<String>> rows = new ArrayList<>();
				sheet.rows().forEach((row) -> rows.add(new ArrayList<>(row.stream().map(SheetCell::text).toList())));
				sheet.merged().forEach((range) -> fill(rows, CellRangeAddress.valueOf(range)));
				pages.add(new Page(sheet.name(), rows));
			}
		}
		return new ForeignList(pages);
	}

	private static void fill(List<List<String>> rows, CellRangeAddress range) {
		int first = range.getFirstRow();
		if (first >= rows.size() || range.getFirstColumn() >= rows.get(first).size()) {
			return;
		}
		String text = rows.get(first).get(range.getFirstColumn());
		for (int row = first; row <= Math.min(range.getLastRow(), rows.size() - 1); row++) {
			for (int column = range.getFirstColumn(); column <= Math.min(range.getLastColumn(),
					SheetFile.COLUMNS - 1); column++) {
				List<String> cells = rows.get(row);
				while (cells.size() <= column) {
					cells.add("");
				}
				cells.set(column, text);
			}
		}
	}

	private static Page csv(byte[] content) {
		String text = decoded(content);
		char delimiter = delimiter(text);
		CSVFormat format = CSVFormat.DEFAULT.builder().setDelimiter(delimiter).get();
		List<List<String>> rows = new ArrayList<>();
		try (CSVParser parser = CSVParser.parse(new StringReader(text), format)) {
			for (CSVRecord record : parser) {
				if (rows.size() >= SheetFile.ROWS) {
					throw new Refusal(Refusal.Kind.TOO_LARGE,
							Texts.of("studio", "studio.sheet.rows", CSV, SheetFile.ROWS));
				}
				rows.add(record.stream().limit(SheetFile.COLUMNS).map((cell) -> SheetCell.text(cell).text()).toList());
			}
		}
		catch (IOException | UncheckedIOException ex) {
			throw Refusal.rule(Texts.of("studio", "studio.list.broken", rows.size() + 1));
		}
		return new Page(CSV, rows);
	}

	/** Text in whichever of the usual encodings it is for certain. */
	private static String decoded(byte[] content) {
		for (Charset charset : List.of(StandardCharsets.UTF_8, GBK)) {
			boolean wide = content.length > 1 && ((content[0] == (byte) 0xFF && content[1] == (byte) 0xFE)
					|| (content[0] == (byte) 0xFE && content[1] == (byte) 0xFF));
			try {
				String text = (wide ? StandardCharsets.UTF_16 : charset).newDecoder()
					.decode(ByteBuffer.wrap(content))
					.toString();
				if (text.indexOf('\0') < 0) {
					return text.startsWith("\uFEFF") ? text.substring(1) : text;
				}
			}
			catch (CharacterCodingException ex) {
				// the next one, or none
				continue;
			}
		}
		throw Refusal.rule(Texts.of("studio", "studio.list.encoding"));
	}

	private static char delimiter(String text) {
		int end = text.indexOf('\n');
		String first = (end < 0) ? text : text.substring(0, end);
		char best = ',';
		long most = 0;
		for (char each : new char[] { ',', '\t', ';' }) {
			long count = first.chars().filter((letter) -> letter == each).count();
			if (count > most) {
				best = each;
				most = count;
			}
		}
		return best;
	}

}
