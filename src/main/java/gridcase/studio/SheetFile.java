package gridcase.studio;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import gridcase.shared.Refusal;
import gridcase.shared.Texts;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.poi.EmptyFileException;
import org.apache.poi.UnsupportedFileFormatException;
import org.apache.poi.ooxml.POIXMLException;
import org.apache.poi.openxml4j.exceptions.OpenXML4JRuntimeException;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.DataFormatter;
import org.apache.poi.ss.usermodel.DateUtil;
import org.apache.poi.ss.usermodel.FormulaError;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.ss.usermodel.Workbook;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.ss.util.NumberToTextConverter;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

/**
 * A workbook somebody sent: what stands in its cells and nothing else. Formulas are not
 * calculated, macros and links are not touched.
 *
 * @param sheets its sheets in their order
 */
record SheetFile(List<SheetFile.Page> sheets) {

	/** Bytes a workbook may have unpacked; a table of 10,000 rows has a tenth. */
	static final long UNPACKED = 48L * 1024 * 1024;

	/** Parts it may have. */
	static final int PARTS = 1000;

	/** Rows a sheet may have. */
	static final int ROWS = 20_000;

	/** Columns a sheet may have. */
	static final int COLUMNS = 200;

	private static final byte[] OLD_EXCEL = { (byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0 };

	private static final byte[] ZIP = { 'P', 'K', 3, 4 };

	/**
	 * A sheet.
	 *
	 * @param name its name
	 * @param hidden whether people do not see it
	 * @param rows its rows from the first on; a row without cells is empty
	 * @param merged addresses of merged cells, such as {@code B4:C5}
	 */
	record Page(String name, boolean hidden, List<List<SheetCell>> rows, List<String> merged) {

		SheetCell cell(int row, int column) {
			return (row < this.rows.size() && column < this.rows.get(row).size()) ? this.rows.get(row).get(column)
					: SheetCell.BLANK;
		}

	}

	Optional<Page> sheet(String name) {
		return this.sheets.stream().filter((sheet) -> sheet.name().equals(name)).findFirst();
	}

	/** Whether a file may be a workbook, by its first bytes. */
	static boolean isWorkbook(byte[] content) {
		return begins(content, ZIP) || begins(content, OLD_EXCEL);
	}

	/**
	 * Reads a workbook.
	 * @param content the file
	 * @param results whether a formula counts as what it gave when the workbook was
	 * saved, as people saw it; else as the formula it is
	 * @throws Refusal if it is none, or too big
	 */
	static SheetFile read(byte[] content, boolean results) {
		if (begins(content, OLD_EXCEL)) {
			throw refused("old");
		}
		if (!begins(content, ZIP)) {
			throw refused("none");
		}
		unpack(content);
		try (Workbook book = new XSSFWorkbook(new ByteArrayInputStream(content))) {
			Cells cells = new Cells(results);
			List<Page> sheets = new ArrayList<>();
			for (int i = 0; i < book.getNumberOfSheets(); i++) {
				sheets.add(page(book.getSheetAt(i), book.isSheetHidden(i) || book.isSheetVeryHidden(i), cells));
			}
			return new SheetFile(sheets);
		}
		catch (IOException | POIXMLException | OpenXML4JRuntimeException | UnsupportedFileFormatException
				| EmptyFileException ex) {
			throw refused("broken");
		}
	}

	private static boolean begins(byte[] content, byte[] magic) {
		for (int i = 0; i < magic.length; i++) {
			if (content.length <= i || content[i] != magic[i]) {
				return false;
			}
		}
		return true;
	}

	/** Counts what is packed before anything is built of it. */
	private static void unpack(byte[] content) {
		byte[] buffer = new byte[64 * 1024];
		long unpacked = 0;
		int parts = 0;
		boolean workbook = false;
		try (ZipFile zip = ZipFile.builder().setByteArray(content).get()) {
			for (ZipArchiveEntry part : Collections.list(zip.getEntries())) {
				if (++parts > PARTS) {
					throw refused("big");
				}
				workbook |= part.getName().equals("xl/workbook.xml");
				try (InputStream packed = zip.getInputStream(part)) {
					unpacked += count(packed, buffer, UNPACKED - unpacked);
				}
			}
		}
		catch (IOException ex) {
			throw refused("broken");
		}
		if (!workbook) {
			throw refused("none");
		}
	}

	private static long count(InputStream part, byte[] buffer, long left) throws IOException {
		long bytes = 0;
		for (int read = part.read(buffer); read >= 0; read = part.read(buffer)) {
			bytes += read;
			if (bytes > left) {
				throw refused("big");
			}
		}
		return bytes;
	}

	private static Page page(Sheet sheet, boolean hidden, Cells reader) {
		if (sheet.getLastRowNum() >= ROWS) {
			throw new Refusal(Refusal.Kind.TOO_LARGE,
					Texts.of("studio", "studio.sheet.rows", sheet.getSheetName(), ROWS));
		}
		List<List<SheetCell>> rows = new ArrayList<>();
		for (int i = 0; i <= sheet.getLastRowNum(); i++) {
			Row row = sheet.getRow(i);
			List<SheetCell> cells = new ArrayList<>();
			for (int column = 0; row != null && column < Math.min(row.getLastCellNum(), COLUMNS); column++) {
				cells.add(reader.read(row.getCell(column)));
			}
			rows.add(cells);
		}
		return new Page(sheet.getSheetName(), hidden, rows,
				sheet.getMergedRegions().stream().map(CellRangeAddress::formatAsString).toList());
	}

	private static Refusal refused(String why) {
		Refusal.Kind kind = why.equals("big") ? Refusal.Kind.TOO_LARGE : Refusal.Kind.RULE;
		return new Refusal(kind, Texts.of("studio", "studio.sheet." + why));
	}

	/** Reads cells. */
	private static final class Cells {

		private final DataFormatter shown = new DataFormatter(Locale.ROOT);

		private final boolean results;

		Cells(boolean results) {
			this.results = results;
		}

		SheetCell read(Cell cell) {
			if (cell == null) {
				return SheetCell.BLANK;
			}
			CellType type = (this.results && cell.getCellType() == CellType.FORMULA) ? cell.getCachedFormulaResultType()
					: cell.getCellType();
			return switch (type) {
				case STRING -> SheetCell.text(cell.getStringCellValue());
				case NUMERIC -> number(cell);
				case BOOLEAN ->
					new SheetCell(SheetCell.Kind.BOOLEAN, Boolean.toString(cell.getBooleanCellValue()), null);
				case FORMULA -> new SheetCell(SheetCell.Kind.FORMULA, "=" + cell.getCellFormula(), null);
				case ERROR -> new SheetCell(SheetCell.Kind.ERROR,
						FormulaError.forInt(cell.getErrorCellValue()).getString(), null);
				default -> SheetCell.BLANK;
			};
		}

		private SheetCell number(Cell cell) {
			double value = cell.getNumericCellValue();
			CellStyle style = cell.getCellStyle();
			if (DateUtil.isADateFormat(style.getDataFormat(), style.getDataFormatString())
					&& DateUtil.isValidExcelDate(value)) {
				LocalDateTime moment = cell.getLocalDateTimeCellValue();
				boolean day = moment.toLocalTime().equals(LocalTime.MIDNIGHT);
				return new SheetCell(SheetCell.Kind.DATE, day ? moment.toLocalDate().toString() : moment.toString(),
						null);
			}
			return SheetCell.number(new BigDecimal(NumberToTextConverter.toText(value)),
					this.shown.formatRawCellContents(value, style.getDataFormat(), style.getDataFormatString())
						.strip());
		}

	}

}
