package gridcase.studio;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import gridcase.casework.DemoTest;
import gridcase.clock.PlatformClock;
import gridcase.policy.ReleasedRule;
import gridcase.policy.ReleasedRules;
import gridcase.policy.RuleScope;
import gridcase.policy.RuleType;
import gridcase.policy.TableFiles;
import gridcase.policy.TableView;
import gridcase.shared.Refusal;
import gridcase.studio.ListImport.Fate;
import gridcase.studio.ListImport.Line;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.MockMvc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.hamcrest.Matchers.containsString;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.flash;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

/**
 * Lists of limits of other people: every row becomes a rule or is left out with its
 * reason.
 */
@DemoTest
class ListImportTests {

	private static final String TABLE = "time-limit-e01";

	private static final String HEAD = "大类,小类,立案条件,时限,备注\n";

	@Autowired
	private ListImports imports;

	@Autowired
	private Drafts drafts;

	@Autowired
	private TableFiles tables;

	@Autowired
	private ReleasedRules rules;

	@Autowired
	private PlatformClock clock;

	@Autowired
	private MockMvc mvc;

	/** A draft with the table as it is shipped, whatever has been released since. */
	private Draft draft() throws IOException {
		Draft draft = this.drafts.begin("shangdi", "清单", "sd.policy");
		this.drafts.save(draft.id(), TABLE + ".dmn", shipped(), 0, "sd.policy");
		return draft;
	}

	private static byte[] shipped() throws IOException {
		return Files.readAllBytes(Path.of("decisions", TABLE + ".dmn"));
	}

	private long version(Draft draft) {
		return this.drafts.file(draft.id(), TABLE + ".dmn").version();
	}

	private static ListMapping mapping(Map<String, String> units, boolean change) {
		Map<String, String> all = new HashMap<>(ListMapping.STANDARD);
		all.putAll(units);
		return new ListMapping("CSV", 1, TABLE, Map.of("category", "col:小类", "condition", "col:立案条件"), "大类", "时限", "",
				"", all, "80", "备注", change);
	}

	private List<Line> look(Draft draft, String rows, ListMapping mapping) {
		ForeignList list = ForeignList.read((HEAD + rows).getBytes(StandardCharsets.UTF_8));
		ListImport.Outcome outcome = this.imports.look(draft, "清单.csv", list, mapping,
				this.imports.target(draft, TABLE));
		assertThat(outcome.problems()).isEmpty();
		return outcome.lines();
	}

	@Test
	void aRealListOfAWholeCityIsReadRowByRow() throws IOException {
		Draft draft = draft();
		byte[] city = Files.readAllBytes(Path.of("src/main/resources/registry/shared/conditions-items.csv"));
		ListMapping mapping = new ListMapping("CSV", 1, TABLE,
				Map.of("category", "col:category", "condition", "col:condition_no"), "", "limit_text", "", "",
				ListMapping.STANDARD, "80", "filing_condition", false);
		ForeignList list = ForeignList.read(city);

		ListImport.Outcome outcome = this.imports.look(draft, "city.csv", list, mapping,
				this.imports.target(draft, TABLE));

		assertThat(outcome.lines()).hasSize(519);
		assertThat(outcome.unitWords()).contains("天", "小时", "紧急工作日", "工作日").doesNotContain("紧急工作时制止");
		// 天, 小时 and 紧急工作日 nobody has explained
		assertThat(outcome.lines()
			.stream()
			.filter((line) -> line.fate() == Fate.LEFT)
			.filter((line) -> line.reasons().get(0).contains("没有说明")))
			.hasSize(64 + 45 + 35 + 26 + 20 + 19 + 4 + 4 + 1 + 3 + 1);
		assertThat(left(outcome, "种植季节15工作日")).contains("有条件的");
		assertThat(left(outcome, "1紧急工作时制止")).contains("后面还有“制止”");
		assertThat(left(outcome, "2紧急工作日")).contains("没有说明");
		assertThat(outcome.count(Fate.NEW) + outcome.count(Fate.SAME) + outcome.count(Fate.CHANGED)
				+ outcome.count(Fate.LEFT))
			.isEqualTo(519);

		ListImports.Taken taken = this.imports.take(draft, "city.csv", list, mapping, version(draft), "sd.policy");

		TableView before = this.tables.read("t.dmn", shipped()).view();
		TableView after = this.tables.read("t.dmn", taken.file().content()).view();
		assertThat(after.rows()).hasSize(before.rows().size() + (int) outcome.count(Fate.NEW));
		assertThat(after.rows().subList(0, before.rows().size())).isEqualTo(before.rows());
		Line first = outcome.lines().get(0);
		assertThat(first.fate()).isEqualTo(Fate.NEW);
		TableView.Row added = after.rows().get(before.rows().size());
		assertThat(added.inputs()).containsExactly("\"C0101\"", "\"1\"");
		assertThat(added.outputs()).containsExactly("2", "\"URGENT_HOUR\"", "80");
		assertThat(added.reason()).isEqualTo("上水井盖 · 缺失、移位、开裂，存在安全隐患的：原文“2紧急工作时”（city.csv 第 2 行）");
	}

	private static String left(ListImport.Outcome outcome, String text) {
		Line line = outcome.lines()
			.stream()
			.filter((each) -> each.text().contains(" | " + text + " "))
			.findFirst()
			.orElseThrow();
		assertThat(line.fate()).isEqualTo(Fate.LEFT);
		assertThat(line.rule()).isNull();
		return String.join("；", line.reasons());
	}

	@Test
	void categoriesAreFoundByCodeOrNameAndConditionsByNumberOrWords() throws IOException {
		List<Line> lines = look(draft(), """
				市容环境,E0102,1,2工作时,
				市容环境,店面无证装修,未经审批擅自进行 店面装修,2工作时,
				,店面无证装修,1,2工作时,
				市容环境,没有这一类,1,2工作时,
				市容环境,E0102,9,2工作时,
				市容环境,,1,2工作时,
				市容环境,E0102,,2工作时,
				""", mapping(Map.of(), true));
		assertThat(lines.get(0).fate()).isEqualTo(Fate.CHANGED);
		assertThat(lines.get(0).inputs()).containsExactly("\"E0102\"", "\"1\"");
		assertThat(lines.get(1).reasons()).containsExactly("与第 2 行相同");
		assertThat(lines.get(1).inputs()).isEqualTo(lines.get(0).inputs());
		assertThat(lines.get(3).reasons()).containsExactly("案件类别：目录的“市容环境”里没有代码或名称是“没有这一类”的类别", "立案条件序号：类别定了才能找立案条件");
		assertThat(lines.get(4).reasons()).containsExactly("立案条件序号：目录里 E0102 没有序号或文字是“9”的立案条件");
		assertThat(lines.get(5).reasons()).contains("案件类别：这一格是空的");
		assertThat(lines.get(6).reasons()).containsExactly("立案条件序号：这一格是空的");
	}

	@Test
	void aNameThatSeveralCategoriesHaveIsNotGuessed() throws IOException {
		List<Line> lines = look(draft(), ",私搭乱建,1,2工作时,\n市容环境,私搭乱建,1,2工作时,\n", mapping(Map.of(), true));
		assertThat(lines.get(0).fate()).isEqualTo(Fate.LEFT);
		assertThat(lines.get(0).reasons().get(0)).contains("不止一个").contains("E0101").contains("请指明大类所在的列");
		assertThat(lines.get(1).fate()).isEqualTo(Fate.CHANGED);
		assertThat(lines.get(1).inputs()).containsExactly("\"E0101\"", "\"1\"");
	}

	@Test
	void rowsThatContradictEachOtherAreAllLeftOut() throws IOException {
		List<Line> lines = look(draft(), ",E0102,1,2工作时,\n,E0102,1,3工作时,\n", mapping(Map.of(), true));
		assertThat(lines).extracting(Line::fate).containsOnly(Fate.LEFT);
		assertThat(lines.get(0).reasons()).containsExactly("与第 3 行条件相同而时限不同（3 工作时），说不清以哪个为准");
		assertThat(lines.get(1).reasons()).containsExactly("与第 2 行条件相同而时限不同（2 工作时），说不清以哪个为准");
	}

	@Test
	void aRuleThereIsChangesOnlyWhenSomebodySaysSo() throws IOException {
		Draft draft = draft();
		String row = ",E0102,1,3工作日,\n";
		assertThat(look(draft, row, mapping(Map.of(), false)).get(0).reasons().get(0)).startsWith("表中第 3 行条件相同");
		ForeignList list = ForeignList.read((HEAD + row).getBytes(StandardCharsets.UTF_8));

		long version = version(draft);

		ListImports.Taken taken = this.imports.take(draft, "清单.csv", list, mapping(Map.of(), true), version,
				"sd.policy");

		String expected = new String(shipped(), StandardCharsets.UTF_8)
			.replace("<description>店面无证装修 · 未经审批擅自进行店面装修：1紧急工作日</description>",
					"<description>店面无证装修 · 原文“3工作日”（清单.csv 第 2 行）</description>")
			.replace("<outputEntry id=\"Out_E0102_1_LimitValue\"><text>1</text>",
					"<outputEntry id=\"Out_E0102_1_LimitValue\"><text>3</text>")
			.replace("<outputEntry id=\"Out_E0102_1_LimitUnit\"><text>\"URGENT_DAY\"</text>",
					"<outputEntry id=\"Out_E0102_1_LimitUnit\"><text>\"WORK_DAY\"</text>");
		assertThat(new String(taken.file().content(), StandardCharsets.UTF_8)).isEqualTo(expected);
		assertThat(catchThrowableOfType(Refusal.class,
				() -> this.imports.take(draft, "清单.csv", list, mapping(Map.of(), true), version, "sd.policy"))
			.kind()).isEqualTo(Refusal.Kind.CONFLICT);
	}

	@Test
	void listsAreReadInTheEncodingsAndFormsPeopleHave() throws IOException {
		String text = "类别;时限\n井盖;\"2\n工作日\"\n";
		assertThat(ForeignList.read(text.getBytes(StandardCharsets.UTF_8)).pages().get(0).rows())
			.isEqualTo(ForeignList.read(text.getBytes(Charset.forName("GBK"))).pages().get(0).rows())
			.isEqualTo(ForeignList.read(("\uFEFF" + text).getBytes(StandardCharsets.UTF_16LE)).pages().get(0).rows())
			.isEqualTo(List.of(List.of("类别", "时限"), List.of("井盖", "2\n工作日")));
		try (XSSFWorkbook book = new XSSFWorkbook()) {
			XSSFSheet sheet = book.createSheet("时限");
			String[][] cells = { { "城市时限清单", "", "" }, { "大类", "小类", "时限" }, { "公用设施", "上水井盖", "2工作日" },
					{ "", "路灯井盖", "" } };
			for (int row = 0; row < cells.length; row++) {
				var line = sheet.createRow(row);
				for (int column = 0; column < 3; column++) {
					line.createCell(column).setCellValue(cells[row][column]);
				}
			}
			sheet.getRow(3).getCell(2).setCellFormula("C3");
			book.getCreationHelper().createFormulaEvaluator().evaluateFormulaCell(sheet.getRow(3).getCell(2));
			sheet.addMergedRegion(CellRangeAddress.valueOf("A3:A4"));
			ByteArrayOutputStream out = new ByteArrayOutputStream();
			book.write(out);
			ForeignList.Page page = ForeignList.read(out.toByteArray()).pages().get(0);
			assertThat(page.likelyHeader()).isEqualTo(2);
			assertThat(page.columns(2)).containsExactly("大类", "小类", "时限");
			assertThat(page.rows().get(3)).as("merged cells and results of formulas")
				.containsExactly("公用设施", "路灯井盖", "2工作日");
		}
		assertThat(catchThrowableOfType(Refusal.class, () -> ForeignList.read(new byte[] { (byte) 0xFF, 0, 1 })))
			.hasMessageContaining("编码");
		assertThat(catchThrowableOfType(Refusal.class, () -> ForeignList.read("类别".getBytes(StandardCharsets.UTF_8))))
			.hasMessageContaining("至少一行");
	}

	@Test
	void theWholeWayGoesByPages() throws Exception {
		Draft draft = draft();
		String page = "/studio/drafts/" + draft.id() + "/import";
		this.mvc.perform(get(page).with(user("sd.policy"))).andExpect(status().isOk());
		this.mvc
			.perform(multipart(page).file(new MockMultipartFile("file", "a.xlsx", null, new byte[] { 'P', 'K', 3, 4 }))
				.with(user("sd.policy"))
				.with(csrf()))
			.andExpect(status().isUnprocessableEntity())
			.andExpect(content().string(containsString("这个工作簿打不开")));
		String list = this.mvc.perform(multipart(page)
			.file(new MockMultipartFile("file", "区清单.csv", "text/csv",
					(HEAD + "市容环境,E0103,1,2天,急\n市容环境,E0103,2,种植季节15工作日,\n").getBytes("GBK")))
			.with(user("sd.policy"))
			.with(csrf())).andExpect(status().is3xxRedirection()).andReturn().getResponse().getRedirectedUrl();
		this.mvc.perform(get(list).with(user("sd.policy")))
			.andExpect(status().isOk())
			.andExpect(content().string(containsString("还需要说明：")))
			.andExpect(content().string(containsString("“案件类别”取哪一列，或不限")));
		this.mvc
			.perform(post(list).with(user("sd.policy"))
				.with(csrf())
				.param("sheet", "CSV")
				.param("header", "1")
				.param("table", TABLE)
				.param("in.category", "col:小类")
				.param("in.condition", "col:立案条件")
				.param("limit", "时限")
				.param("unit.天", "WORK_DAY")
				.param("unit.工作日", "WORK_DAY")
				.param("warnPercent", "75")
				.param("change", "true")
				.param("keepAs", "区里的"))
			.andExpect(status().is3xxRedirection());
		this.mvc.perform(get(list).with(user("sd.policy")))
			.andExpect(content().string(containsString("改时限 1 条")))
			.andExpect(content().string(containsString("不收 1 行")))
			.andExpect(content().string(containsString("种植季节")))
			.andExpect(content().string(containsString("区里的")));
		this.mvc
			.perform(post(list + "/take").with(user("sd.policy")).with(csrf()).param("version", "" + version(draft)))
			.andExpect(status().is3xxRedirection())
			.andExpect(flash().attribute("flash", "已收进草稿：新规则 0 条，改时限 1 条；已有相同的 0 行，没有收的 1 行"));
		TableView after = this.tables.read("t.dmn", this.drafts.file(draft.id(), TABLE + ".dmn").content()).view();
		assertThat(after.rows()
			.stream()
			.filter((row) -> row.id().equals("Rule_E0103_1"))
			.findFirst()
			.orElseThrow()
			.outputs()).containsExactly("2", "\"WORK_DAY\"", "75");
		this.mvc.perform(get(list).with(user("sd.policy"))).andExpect(status().isNotFound());
	}

	@Test
	void theApiLooksFirstAndThenTakesOver() throws Exception {
		Draft draft = draft();
		String mapping = "{\"sheet\":\"CSV\",\"header\":1,\"table\":\"" + TABLE
				+ "\",\"inputs\":{\"category\":\"col:小类\",\"condition\":\"col:立案条件\"},\"limit\":\"时限\",\"units\":{\"工作日\":\"WORK_DAY\"},\"warnPercent\":\"80\",\"change\":true}";
		MockMultipartFile file = new MockMultipartFile("file", "清单.csv", "text/csv",
				(HEAD + ",E0102,1,9工作日,\n").getBytes(StandardCharsets.UTF_8));
		String path = "/api/v1/studio/drafts/" + draft.id() + "/imports";
		long before = version(draft);
		this.mvc.perform(multipart(path).file(file).param("mapping", mapping).with(httpBasic("sd.policy", "gridcase")))
			.andExpect(status().isOk())
			.andExpect(jsonPath("$.version").value(version(draft)))
			.andExpect(jsonPath("$.lines[0].fate").value("CHANGED"));
		this.mvc
			.perform(multipart(path).file(file)
				.param("mapping", mapping)
				.param("take", "true")
				.param("version", "" + version(draft))
				.with(httpBasic("sd.policy", "gridcase")))
			.andExpect(status().isOk())
			.andExpect(jsonPath("$.file.version").value(before + 1));
		this.mvc.perform(multipart(path).file(file).param("mapping", "{").with(httpBasic("sd.policy", "gridcase")))
			.andExpect(status().isBadRequest())
			.andExpect(jsonPath("$.errors[0].field").value("mapping"));
		this.mvc.perform(multipart(path).file(file).param("mapping", mapping).with(httpBasic("ft.policy", "gridcase")))
			.andExpect(status().isNotFound());
	}

	@Test
	void workbooksGoByPagesAndApi() throws Exception {
		Draft draft = draft();
		String path = "/studio/drafts/" + draft.id() + "/files/" + TABLE + ".xlsx";
		long before = version(draft);
		byte[] workbook = this.mvc.perform(get(path).with(user("sd.policy")))
			.andExpect(status().isOk())
			.andExpect(content().contentType(ExcelController.WORKBOOK))
			.andReturn()
			.getResponse()
			.getContentAsByteArray();
		MockMultipartFile unchanged = new MockMultipartFile("file", "a.xlsx", null, workbook);
		this.mvc.perform(multipart(path).file(unchanged).with(user("sd.policy")).with(csrf()))
			.andExpect(flash().attribute("flash", "工作簿与草稿相同，没有改动"));
		byte[] faulty = TableWorkbookTests.edited(workbook,
				(book) -> TableWorkbookTests.cell(book, "D4").setCellValue("三"));
		MockMultipartFile wrong = new MockMultipartFile("file", "a.xlsx", null, faulty);
		this.mvc.perform(multipart(path).file(wrong).with(user("sd.policy")).with(csrf()))
			.andExpect(status().isUnprocessableEntity())
			.andExpect(content().string(containsString("规则!D4")))
			.andExpect(content().string(containsString("草稿一点没有变")));
		this.mvc.perform(multipart("/api/v1" + path).file(wrong).with(httpBasic("sd.policy", "gridcase")))
			.andExpect(status().isUnprocessableEntity())
			.andExpect(jsonPath("$.errors[0].field").value("规则!D4"));
		byte[] better = TableWorkbookTests.edited(workbook,
				(book) -> TableWorkbookTests.cell(book, "D4").setCellValue(7));
		this.mvc
			.perform(multipart("/api/v1" + path).file(new MockMultipartFile("file", "a.xlsx", null, better))
				.with(httpBasic("sd.policy", "gridcase")))
			.andExpect(status().isOk())
			.andExpect(jsonPath("$.changed").value(1))
			.andExpect(jsonPath("$.file.version").value(before + 1));
		this.mvc.perform(multipart(path).file(unchanged).with(user("sd.policy")).with(csrf()))
			.andExpect(status().isConflict())
			.andExpect(content().string(containsString("请重新导出")));
		this.mvc.perform(get(path).with(user("sd.auditor"))).andExpect(status().isOk());
		this.mvc.perform(get(path).with(user("sd.dispatcher"))).andExpect(status().isForbidden());
	}

	@Test
	void whatIsInForceIsExportedByteForByte() throws Exception {
		byte[] zip = this.mvc
			.perform(get("/api/v1/studio/rules.zip?place=futian").with(httpBasic("ft.policy", "gridcase")))
			.andExpect(status().isOk())
			.andReturn()
			.getResponse()
			.getContentAsByteArray();
		Map<String, byte[]> files = new HashMap<>();
		try (var entries = new java.util.zip.ZipInputStream(new java.io.ByteArrayInputStream(zip))) {
			for (var entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
				files.put(entry.getName(), entries.readAllBytes());
			}
		}
		assertThat(files).containsKeys("decisions/futian/time-limit.dmn", "decisions/futian/routing.dmn");
		assertThat(files).hasSizeGreaterThan(3);
		for (RuleType type : RuleType.values()) {
			for (ReleasedRule rule : this.rules.all(type, RuleScope.newCase("futian", this.clock.now()))) {
				String path = RuleFolder.of(type) + "/futian/" + rule.key() + type.ending();
				if ("futian".equals(rule.place())) {
					assertThat(files.remove(path)).as(path).isEqualTo(this.rules.content(rule));
				}
			}
		}
		assertThat(files).isEmpty();
	}

}
