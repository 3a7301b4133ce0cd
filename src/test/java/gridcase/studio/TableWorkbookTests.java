package gridcase.studio;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import gridcase.casework.DemoTest;
import gridcase.policy.TableFiles;
import gridcase.policy.TableView;
import gridcase.shared.FieldProblem;
import gridcase.shared.Refusal;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.DataValidation;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Tables as workbooks, edited by another library, as Excel would. */
@DemoTest
class TableWorkbookTests {

	private static final String BY = "policy";

	@Autowired
	private TableWorkbooks workbooks;

	@Autowired
	private Drafts drafts;

	@Autowired
	private TableFiles tables;

	@Autowired
	private TableSheet.Words words;

	/** Every table that is shipped, with its place. */
	static List<String> shipped() throws IOException {
		try (Stream<Path> files = Files.walk(Path.of("decisions"))) {
			return files.filter((file) -> file.toString().endsWith(".dmn"))
				.map((file) -> Path.of("decisions").relativize(file).toString())
				.sorted()
				.toList();
		}
	}

	private static String place(String file) {
		return file.contains("/") ? file.substring(0, file.indexOf('/')) : null;
	}

	private static String key(String file) {
		return file.substring(file.indexOf('/') + 1, file.length() - 4);
	}

	/** A draft with the table as it is shipped, whatever has been released since. */
	private Draft draft(String place, String key) {
		Draft draft = this.drafts.begin(place, "Excel " + key, BY);
		this.drafts.save(draft.id(), key + ".dmn", content(((place != null) ? place + "/" : "") + key + ".dmn"), 0, BY);
		return draft;
	}

	private static byte[] content(String file) {
		try {
			return Files.readAllBytes(Path.of("decisions", file));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private DraftFile file(Draft draft, String key) {
		return this.drafts.file(draft.id(), key + ".dmn");
	}

	static byte[] edited(byte[] workbook, Consumer<XSSFWorkbook> edit) {
		try (XSSFWorkbook book = new XSSFWorkbook(new ByteArrayInputStream(workbook))) {
			edit.accept(book);
			ByteArrayOutputStream out = new ByteArrayOutputStream();
			book.write(out);
			return out.toByteArray();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** A cell of the rules by its address, made if it is not there. */
	static Cell cell(XSSFWorkbook book, String address) {
		var at = new org.apache.poi.ss.util.CellAddress(address);
		Sheet sheet = book.getSheet(TableSheet.RULES);
		Row row = (sheet.getRow(at.getRow()) != null) ? sheet.getRow(at.getRow()) : sheet.createRow(at.getRow());
		return (row.getCell(at.getColumn()) != null) ? row.getCell(at.getColumn()) : row.createCell(at.getColumn());
	}

	private TableWorkbooks.Taken in(Draft draft, String key, Consumer<XSSFWorkbook> edit) {
		return this.workbooks.in(draft, key, edited(this.workbooks.out(draft, key).content(), edit), BY);
	}

	/** What is told when a workbook is refused, and that nothing was taken over. */
	private List<String> refused(Draft draft, String key, Consumer<XSSFWorkbook> edit) {
		DraftFile before = file(draft, key);
		Refusal refusal = catchThrowableOfType(Refusal.class, () -> in(draft, key, edit));
		assertThat(refusal).as("refused").isNotNull();
		DraftFile after = file(draft, key);
		assertThat(after.content()).isEqualTo(before.content());
		assertThat(after.version()).isEqualTo(before.version());
		return refusal.fields().stream().map((problem) -> problem.field() + "：" + problem.message()).toList();
	}

	private static String text(byte[] content) {
		return new String(content, StandardCharsets.UTF_8);
	}

	// --- out and in ---

	@ParameterizedTest
	@MethodSource("shipped")
	void anUnchangedWorkbookChangesNotAByte(String file) {
		Draft draft = draft(place(file), key(file));
		byte[] before = content(file);
		long version = file(draft, key(file)).version();
		byte[] workbook = this.workbooks.out(draft, key(file)).content();

		assertThat(this.workbooks.in(draft, key(file), workbook, BY).nothing()).isTrue();
		// as Excel does: all of it written anew
		assertThat(this.workbooks.in(draft, key(file), edited(workbook, (book) -> {
		}), BY).nothing()).isTrue();

		assertThat(file(draft, key(file)).content()).isEqualTo(before);
		assertThat(file(draft, key(file)).version()).isEqualTo(version);
	}

	@ParameterizedTest
	@MethodSource("shipped")
	void everyCellHasPlainWordsThatMeanTheSame(String file) {
		TableView view = this.tables.read(file, content(file)).view();
		TableSheet sheet = this.words.of(view, place(file));
		List<String> strange = new ArrayList<>();
		for (TableView.Row row : view.rows()) {
			List<String> cells = new ArrayList<>(row.inputs());
			cells.addAll(row.outputs());
			for (int i = 0; i < cells.size(); i++) {
				CellWords column = sheet.columns().get(i);
				String words = column.write(cells.get(i));
				CellWords.Read read = column.read(SheetCell.text(words));
				assertThat(read.problem()).as(row.id() + ": " + words).isNull();
				assertThat(FeelCell.same(read.feel(), cells.get(i))).as(row.id() + ": " + words).isTrue();
				// a limit that somebody enters with the case
				if (words.startsWith(CellWords.FEEL) && !words.equals("FEEL rectifyDays")) {
					strange.add(row.id() + ": " + words);
				}
			}
		}
		assertThat(strange).as("cells without plain words").isEmpty();
	}

	@Test
	void theWorkbookIsMadeToBeEdited() throws IOException {
		Draft draft = draft(null, "time-limit");
		try (XSSFWorkbook book = new XSSFWorkbook(
				new ByteArrayInputStream(this.workbooks.out(draft, "time-limit").content()))) {
			XSSFSheet rules = book.getSheet(TableSheet.RULES);
			TableView view = this.tables.read("time-limit.dmn", file(draft, "time-limit").content()).view();
			assertThat(rules.getProtect()).isTrue();
			assertThat(rules.isInsertRowsLocked()).as("rows may be inserted").isFalse();
			assertThat(rules.isDeleteRowsLocked()).as("rows may be deleted").isFalse();
			assertThat(rules.isInsertColumnsLocked()).as("columns may be inserted").isTrue();
			assertThat(rules.isDeleteColumnsLocked()).as("columns may be deleted").isTrue();
			assertThat(rules.isColumnHidden(0)).as("ids hidden").isTrue();
			assertThat(rules.getRow(TableSheet.NAME_ROW).getZeroHeight()).as("technical names hidden").isTrue();
			assertThat(rules.getRow(TableSheet.LABEL_ROW).getCell(1).getCellStyle().getLocked()).isTrue();
			Row first = rules.getRow(TableSheet.FIRST_ROW);
			assertThat(first.getCell(0).getStringCellValue()).isEqualTo(view.rows().get(0).id());
			int reason = view.inputs().size() + view.outputs().size() + 1;
			for (int column = 0; column <= reason; column++) {
				assertThat(first.getCell(column).getCellStyle().getLocked()).as("column " + column).isFalse();
			}
			assertThat(first.getCell(reason).getStringCellValue()).isEqualTo(view.rows().get(0).reason());
			assertThat(book.isSheetHidden(book.getSheetIndex(TableSheet.CODES))).isTrue();
			assertThat(book.isSheetVeryHidden(book.getSheetIndex(TableSheet.ORIGIN))).isTrue();
			assertThat(book.isSheetHidden(book.getSheetIndex(TableSheet.HELP))).isFalse();
			List<? extends DataValidation> lists = rules.getDataValidations();
			int severity = view.inputs().stream().map(TableView.Column::name).toList().indexOf("severity") + 1;
			DataValidation list = lists.stream()
				.filter((each) -> each.getRegions().getCellRangeAddresses()[0].isInRange(TableSheet.FIRST_ROW,
						severity))
				.findFirst()
				.orElseThrow();
			assertThat(list.getRegions().getCellRangeAddresses()[0].getLastRow())
				.isGreaterThan(TableSheet.FIRST_ROW + view.rows().size() + 100);
			assertThat(list.getShowErrorBox()).as("several names may be joined").isFalse();
			assertThat(values(book, list)).containsExactly("-", "轻微", "一般", "较大", "重大");
		}
	}

	private static List<String> values(XSSFWorkbook book, DataValidation list) {
		var area = new org.apache.poi.ss.util.AreaReference(list.getValidationConstraint().getFormula1(),
				book.getSpreadsheetVersion());
		List<String> values = new ArrayList<>();
		for (var each : area.getAllReferencedCells()) {
			values.add(book.getSheet(each.getSheetName())
				.getRow(each.getRow())
				.getCell(each.getCol())
				.getStringCellValue());
		}
		return values;
	}

	@Test
	void namesStandForCodes() throws IOException {
		Draft draft = draft(null, "time-limit-e01");
		try (XSSFWorkbook book = new XSSFWorkbook(
				new ByteArrayInputStream(this.workbooks.out(draft, "time-limit-e01").content()))) {
			// the national catalogue has one of that name too
			assertThat(cell(book, "B4").getStringCellValue()).isEqualTo("私搭乱建（E0101）");
			assertThat(cell(book, "D4").getNumericCellValue()).isEqualTo(2);
			assertThat(cell(book, "E4").getStringCellValue()).isEqualTo("紧急工作日");
		}
	}

	// --- changes ---

	@Test
	void oneChangedCellChangesItsTextAlone() {
		Draft draft = draft(null, "time-limit-e01");
		String before = text(file(draft, "time-limit-e01").content());
		long version = file(draft, "time-limit-e01").version();

		TableWorkbooks.Taken taken = in(draft, "time-limit-e01", (book) -> cell(book, "E5").setCellValue("自然日"));

		assertThat(taken.changed()).isOne();
		assertThat(text(taken.file().content())).isEqualTo(
				before.replace("<outputEntry id=\"Out_E0101_2_LimitUnit\"><text>\"WORK_DAY\"</text></outputEntry>",
						"<outputEntry id=\"Out_E0101_2_LimitUnit\"><text>\"CALENDAR_DAY\"</text></outputEntry>"));
		assertThat(taken.file().version()).isEqualTo(version + 1);
	}

	@Test
	void conditionsAreWrittenAsPeopleSayThem() {
		Draft draft = draft(null, "verification");
		TableView view = this.tables.read("verification.dmn", file(draft, "verification").content()).view();
		List<String> names = view.inputs().stream().map(TableView.Column::name).toList();
		String severity = TableSheet.letters(names.indexOf("severity") + 1) + "4";
		String rework = TableSheet.letters(names.indexOf("reworkCount") + 1) + "4";
		String handled = TableSheet.letters(names.indexOf("selfHandled") + 1) + "4";

		TableWorkbooks.Taken taken = in(draft, "verification", (book) -> {
			cell(book, severity).setCellValue("不是 重大、较大");
			cell(book, rework).setCellValue("2～<5");
			cell(book, handled).setCellValue("是");
		});

		TableView.Row row = this.tables.read("verification.dmn", taken.file().content()).view().rows().get(0);
		assertThat(row.inputs().get(names.indexOf("severity"))).isEqualTo("not(\"MAJOR\",\"SERIOUS\")");
		assertThat(row.inputs().get(names.indexOf("reworkCount"))).isEqualTo("[2..5)");
		assertThat(row.inputs().get(names.indexOf("selfHandled"))).isEqualTo("true");
	}

	@Test
	void rowsAreAddedRemovedAndMoved() {
		Draft draft = draft(null, "time-limit-e02");
		List<TableView.Row> before = this.tables.read("e.dmn", file(draft, "time-limit-e02").content()).view().rows();

		TableWorkbooks.Taken taken = in(draft, "time-limit-e02", (book) -> {
			Sheet sheet = book.getSheet(TableSheet.RULES);
			// the second row goes, the first moves behind the third, a new one comes last
			String[] first = texts(sheet, 3);
			String[] third = texts(sheet, 5);
			put(sheet, 3, third);
			put(sheet, 4, first);
			for (int column = 0; column < third.length; column++) {
				sheet.getRow(5).getCell(column).setBlank();
			}
			int last = TableSheet.FIRST_ROW + before.size();
			put(sheet, last, new String[] { "", first[1], "88", "3", "工作时", "80", "新的一条，给特别的情形" });
		});

		List<TableView.Row> after = this.tables.read("e.dmn", taken.file().content()).view().rows();
		assertThat(taken.added()).isOne();
		assertThat(taken.removed()).isOne();
		assertThat(taken.moved()).isTrue();
		assertThat(taken.changed()).isZero();
		assertThat(after).hasSize(before.size());
		assertThat(after.get(0)).isEqualTo(before.get(2));
		assertThat(after.get(1)).isEqualTo(before.get(0));
		assertThat(after.subList(2, after.size() - 1)).isEqualTo(before.subList(3, before.size()));
		TableView.Row added = after.get(after.size() - 1);
		assertThat(added.id()).startsWith("Rule_N").isNotIn(before.stream().map(TableView.Row::id).toList());
		assertThat(added.inputs()).containsExactly(before.get(0).inputs().get(0), "\"88\"");
		assertThat(added.outputs()).containsExactly("3", "\"WORK_HOUR\"", "80");
		assertThat(added.reason()).isEqualTo("新的一条，给特别的情形");
		assertThat(text(taken.file().content()))
			.contains("\n      <rule id=\"" + added.id() + "\">\n        <description>");
	}

	@Test
	void aCopiedRowIsANewRule() {
		Draft draft = draft(null, "time-limit-e02");
		TableWorkbooks.Taken taken = in(draft, "time-limit-e02", (book) -> {
			Sheet sheet = book.getSheet(TableSheet.RULES);
			String[] copy = texts(sheet, 3);
			copy[2] = "77";
			put(sheet, sheet.getLastRowNum() + 1, copy);
		});
		assertThat(taken.added()).isOne();
		assertThat(taken.changed()).isZero();
		assertThat(taken.removed()).isZero();
	}

	private static String[] texts(Sheet sheet, int row) {
		String[] texts = new String[7];
		for (int column = 0; column < texts.length; column++) {
			Cell cell = sheet.getRow(row).getCell(column);
			texts[column] = switch (cell.getCellType()) {
				case NUMERIC -> Integer.toString((int) cell.getNumericCellValue());
				case STRING -> cell.getStringCellValue();
				default -> "";
			};
		}
		return texts;
	}

	/** Numbers as text, as many people have them. */
	private static void put(Sheet sheet, int row, String[] texts) {
		Row at = (sheet.getRow(row) != null) ? sheet.getRow(row) : sheet.createRow(row);
		for (int column = 0; column < texts.length; column++) {
			Cell cell = (at.getCell(column) != null) ? at.getCell(column) : at.createCell(column);
			cell.setCellValue(texts[column]);
		}
	}

	// --- what is wrong ---

	@Test
	void everyProblemIsToldByItsCell() {
		Draft draft = draft(null, "time-limit-e01");
		assertThat(refused(draft, "time-limit-e01", (book) -> {
			cell(book, "B4").setCellValue("没有这一类");
			cell(book, "D5").setCellValue("五天");
			cell(book, "E6").setCellValue("工作日,工作时");
			cell(book, "F7").setBlank();
			cell(book, "G8").setCellValue("");
			cell(book, "D9").setCellValue("３");
			cell(book, "D10").setCellValue("1,000");
			cell(book, "C11").setCellValue("1，2");
			cell(book, "E12").setCellValue("工作");
			cell(book, "D13").setCellFormula("1+1");
			CellStyle date = book.createCellStyle();
			date.setDataFormat(book.createDataFormat().getFormat("yyyy-mm-dd"));
			cell(book, "C14").setCellValue(LocalDate.of(2026, 3, 1));
			cell(book, "C14").setCellStyle(date);
			cell(book, "E15").setCellValue(true);
			cell(book, "D16").setCellValue("-");
		})).containsExactly("规则!B4：没有叫“没有这一类”的案件类别；请从下拉列表里选", "规则!D5：“五天”不是数值；请写 3 这样",
				"规则!E6：“工作日,工作时”：几个值之间用顿号；请写 工作日、工作时", "规则!F7：这一格是空的；没有内容请写（无），没有值请写 为空", "规则!G8：没有写说明；每条规则都要写明为什么",
				"规则!D9：“３”是全角；请写 3", "规则!D10：“1,000”里有千位分隔；请写 1000", "规则!C11：“1，2”：几个值之间用顿号；请写 1、2",
				"规则!E12：没有叫“工作”的时限单位；可以是：紧急工作时、紧急工作日、工作时、工作日、自然日", "规则!D13：这是公式 =1+1；请写成值",
				"规则!C14：Excel 把它变成了日期 2026-03-01；请把单元格格式改为文本后重写", "规则!E15：这是逻辑值 true；请写名称或文字",
				"规则!D16：结果不能是“不限”；没有内容请写（无）");
	}

	@Test
	void whatTheTableCannotHoldIsToldByItsCellToo() {
		Draft draft = draft(null, "time-limit-e01");
		assertThat(refused(draft, "time-limit-e01", (book) -> {
			cell(book, "C4").setCellValue("FEEL contains(");
			cell(book, "D5").setCellValue("FEEL \"五\"");
		})).hasSize(2)
			.satisfies((messages) -> assertThat(messages.get(0)).startsWith("规则!C4：“contains(”"),
					(messages) -> assertThat(messages.get(1)).startsWith("规则!D5："));
	}

	@Test
	void mergedCellsSayNotWhichRowIsWhat() {
		Draft draft = draft(null, "time-limit-e01");
		assertThat(refused(draft, "time-limit-e01",
				(book) -> book.getSheet(TableSheet.RULES).addMergedRegion(CellRangeAddress.valueOf("B4:B5"))))
			.contains("规则!B4:B5：合并的单元格说不清哪一行是什么；请取消合并，逐行填写");
	}

	@Test
	void aTableKeepsItsColumnsAndAtLeastOneRule() {
		Draft draft = draft(null, "time-limit-e01");
		assertThat(refused(draft, "time-limit-e01",
				(book) -> book.getSheet(TableSheet.RULES).getRow(TableSheet.NAME_ROW).getCell(3).setBlank()))
			.singleElement()
			.asString()
			.contains("缺少“时限数值”这一列");
		assertThat(refused(draft, "time-limit-e01", (book) -> {
			Sheet sheet = book.getSheet(TableSheet.RULES);
			for (int row = sheet.getLastRowNum(); row >= TableSheet.FIRST_ROW; row--) {
				sheet.removeRow(sheet.getRow(row));
			}
		})).singleElement().asString().contains("至少要有一条规则");
		assertThat(refused(draft, "time-limit-e01",
				(book) -> book.setSheetName(book.getSheetIndex(TableSheet.RULES), "Sheet1")))
			.isEmpty();
	}

	@Test
	void whatSomebodyElseChangedMeanwhileIsNotOverwritten() {
		Draft draft = draft(null, "time-limit-e01");
		byte[] workbook = this.workbooks.out(draft, "time-limit-e01").content();
		in(draft, "time-limit-e01", (book) -> cell(book, "D4").setCellValue(4));

		Refusal refusal = catchThrowableOfType(Refusal.class,
				() -> this.workbooks.in(draft, "time-limit-e01", workbook, BY));

		assertThat(refusal.kind()).isEqualTo(Refusal.Kind.CONFLICT);
		assertThat(refusal).hasMessageContaining("policy").hasMessageContaining("重新导出");
	}

	@Test
	void theWorkbookOfAnotherTableIsRefused() {
		Draft draft = draft(null, "time-limit-e01");
		Draft other = draft(null, "time-limit-e02");
		byte[] workbook = this.workbooks.out(other, "time-limit-e02").content();
		assertThat(catchThrowableOfType(Refusal.class, () -> this.workbooks.in(draft, "time-limit-e01", workbook, BY)))
			.hasMessageContaining("另一张表");
	}

	@Test
	void noWorkbookIsToldWhatItIs() throws IOException {
		Draft draft = draft(null, "time-limit-e01");
		assertThat(message(draft, "a,b\n1,2\n".getBytes(StandardCharsets.UTF_8))).contains("不是 Excel 工作簿");
		assertThat(message(draft, new byte[0])).contains("不是 Excel 工作簿");
		assertThat(message(draft, new byte[] { (byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, 0, 0 })).contains(".xls）");
		byte[] whole = this.workbooks.out(draft, "time-limit-e01").content();
		assertThat(message(draft, java.util.Arrays.copyOf(whole, whole.length / 2))).contains("打不开");
		assertThat(message(draft, zip("readme.txt", new byte[10]))).contains("不是 Excel 工作簿");
		try (XSSFWorkbook book = new XSSFWorkbook()) {
			book.createSheet("Sheet1");
			ByteArrayOutputStream out = new ByteArrayOutputStream();
			book.write(out);
			assertThat(message(draft, out.toByteArray())).contains("不是从这里导出的工作簿");
		}
	}

	@Test
	void aZipBombIsNotUnpacked() throws IOException {
		Draft draft = draft(null, "time-limit-e01");
		byte[] bomb = zip("xl/workbook.xml", new byte[(int) SheetFile.UNPACKED + 1]);
		assertThat(bomb.length).isLessThan(100_000);
		assertThat(message(draft, bomb)).contains("太大");
	}

	private static byte[] zip(String name, byte[] content) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
			zip.putNextEntry(new ZipEntry(name));
			zip.write(content);
			zip.closeEntry();
		}
		return bytes.toByteArray();
	}

	private String message(Draft draft, byte[] workbook) {
		return catchThrowableOfType(Refusal.class, () -> this.workbooks.in(draft, "time-limit-e01", workbook, BY))
			.getMessage();
	}

}
