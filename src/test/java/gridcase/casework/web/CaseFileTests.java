package gridcase.casework.web;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.imageio.ImageIO;

import gridcase.casework.Attachments;
import gridcase.casework.CaseDriver;
import gridcase.casework.Cases;
import gridcase.casework.DemoTest;
import gridcase.casework.Ledger;
import gridcase.casework.Ledgers;
import gridcase.casework.OpenTask;
import gridcase.casework.RuleWords;
import gridcase.clock.PlatformClock;
import gridcase.policy.Decisions;
import gridcase.policy.TableInfo;
import gridcase.policy.TableView;
import gridcase.registry.Places;
import gridcase.shared.Acting;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.MvcResult;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

/**
 * What the case page says of rules, drafts and others, and what is printed and exported.
 */
@DemoTest
class CaseFileTests {

	private static final String GRID = "11010802200101";

	private static final String DISPATCHER = "sd.c01.dispatcher";

	private static final Pattern CODE = Pattern.compile("[A-Z]{3,}(_[A-Z]+)*|[a-z]+-[a-z]+");

	@Autowired
	private MockMvc mvc;

	@Autowired
	private CaseDriver drive;

	@Autowired
	private Cases cases;

	@Autowired
	private Decisions decisions;

	@Autowired
	private RuleWords words;

	@Autowired
	private Places places;

	@Autowired
	private Ledgers ledgers;

	@Autowired
	private LedgerSheet sheet;

	@Autowired
	private Attachments attachments;

	@Autowired
	private PlatformClock clock;

	@Autowired
	private JdbcTemplate jdbc;

	private String aCase(String title) {
		return this.drive.report("shangdi", "sd.c01.g1", "GRID_WORKER",
				Map.of("gridCode", GRID, "category", "S0501", "title", title));
	}

	private String inHand(String title) {
		String caseNo = aCase(title);
		this.drive.complete(caseNo, "Stage_File", Map.of("filing", "FILE"));
		this.drive.complete(caseNo, "Stage_Dispatch", Map.of());
		this.drive.complete(caseNo, "Task_SignFor", Map.of("signing", "SIGN"));
		return caseNo;
	}

	private String page(String caseNo, String login) throws Exception {
		return this.mvc.perform(get("/cases/" + caseNo).with(user(login)))
			.andExpect(status().isOk())
			.andReturn()
			.getResponse()
			.getContentAsString();
	}

	private static String section(String page, String id) {
		int from = page.indexOf("id=\"" + id + "\"");
		return page.substring(from, page.indexOf("</section>", from));
	}

	private static String text(String html) {
		return html.replaceAll("<[^>]*>", " ").replaceAll("\\s+", " ");
	}

	// --- rules in words ---

	@Test
	void everyRuleOfEveryTableHasWords() {
		Instant now = this.clock.now();
		List<String> raw = new ArrayList<>();
		int rules = 0;
		List<String> owners = new ArrayList<>(this.places.all(now).stream().map((place) -> place.code()).toList());
		for (String place : owners) {
			for (TableInfo info : this.decisions.tables(place, now)) {
				TableView table = this.decisions.table(info.key(), place, now).orElseThrow();
				for (int row = 0; row < table.rows().size(); row++) {
					RuleWords.Row said = this.words.row(table, place, row);
					rules++;
					// templates are names of texts, placeholders stand in braces
					String sentence = said.sentence()
						.replaceAll("模板\\s?(是)?\\s?[a-z-]+", "")
						.replaceAll("\\{\\w+}", "");
					if (CODE.matcher(sentence).find() || sentence.contains("符合 ")) {
						raw.add(place + " " + table.key() + " " + said.id() + ": " + said.sentence());
					}
				}
			}
		}
		assertThat(rules).isGreaterThan(500);
		assertThat(raw).isEmpty();
	}

	@Test
	void thePageSaysByWhichRowOfWhichTable() throws Exception {
		String caseNo = inHand("楼道堆放纸箱三处");
		String decided = text(section(page(caseNo, DISPATCHER), "decisions"));
		assertThat(decided).contains("派遣").containsPattern("v\\d+ · 第 \\d+ 行").contains("如果").contains("那么");
		assertThat(decided).doesNotContainPattern("[A-Z]{3,}_[A-Z]{3,}").doesNotContain("null");
		// the row a chip leads to is there, in that version
		Matcher link = Pattern.compile("href=\"(/tables/routing\\?[^\"#]*)").matcher(page(caseNo, DISPATCHER));
		assertThat(link.find()).isTrue();
		String rule = link.group(1).replaceAll(".*rule=", "");
		this.mvc.perform(get(link.group(1).replace("&amp;", "&")).with(user(DISPATCHER)))
			.andExpect(status().isOk())
			.andExpect(content().string(containsString("id=\"" + rule + "\"")));
	}

	@Test
	void whatARuleRefusesForSureIsShownWithTheRow() throws Exception {
		String caseNo = inHand("围墙边堆土");
		String holder = this.cases.get(caseNo).holder();
		assertThat(text(page(caseNo, holder))).contains("申请延期");
		this.jdbc.update("update case_file set facts = facts || '{\"extensionCount\": 2}' where case_no = ?", caseNo);
		String page = page(caseNo, holder);
		assertThat(page).doesNotContain("/turns/extension\"");
		assertThat(text(page)).contains("现在不允许").contains("已延期两次，不能再延").contains("如果已延次数不少于 2，那么能否申请 不允许");
		this.mvc.perform(get("/api/v1/cases/" + caseNo + "/turns").with(httpBasic(holder, "gridcase")))
			.andExpect(jsonPath("$.refused[0].reason", is("已延期两次，不能再延")))
			.andExpect(jsonPath("$.refused[0].rule.table", is("extension")))
			.andExpect(jsonPath("$.refused[0].rule.row", is(2)));
	}

	@Test
	void aRefusedActionNamesTheRowOnPageAndApi() throws Exception {
		String caseNo = inHand("井盖松动有响声");
		String holder = this.cases.get(caseNo).holder();
		this.mvc
			.perform(post("/cases/" + caseNo + "/turns/extension").param("extensionValue", "11")
				.param("extensionUnit", "WORK_DAY")
				.param("reasonText", "材料要从外地调来")
				.with(csrf())
				.with(user(holder)))
			.andExpect(status().isUnprocessableEntity())
			.andExpect(content()
				.string(allOf(containsString("每次最多延 10 日"), containsString("第 "), containsString("申请时长超过 10"))));
		this.mvc
			.perform(post("/api/v1/cases/" + caseNo + "/turns/extension").with(httpBasic(holder, "gridcase"))
				.contentType(MediaType.APPLICATION_JSON)
				.content("{\"extensionValue\":11,\"extensionUnit\":\"WORK_DAY\",\"reasonText\":\"材料要从外地调来\"}"))
			.andExpect(status().isUnprocessableEntity())
			.andExpect(content().contentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON))
			.andExpect(jsonPath("$.detail", is("每次最多延 10 日")))
			.andExpect(jsonPath("$.rule.table", is("extension")))
			.andExpect(jsonPath("$.rule.version", notNullValue()))
			.andExpect(jsonPath("$.rule.words", containsString("申请时长超过 10")));
	}

	// --- two people ---

	@Test
	void whoComesSecondIsToldAndLosesNothing() throws Exception {
		String caseNo = aCase("绿地堆放砖块");
		this.drive.complete(caseNo, "Stage_File", Map.of("filing", "FILE"));
		this.drive.complete(caseNo, "Stage_Dispatch", Map.of());
		OpenTask signing = this.drive.task(caseNo, "Task_SignFor");
		List<String> both = this.drive.allOf(signing.pool());
		String late = both.get(0);
		String first = both.get(1);
		Matcher news = Pattern.compile("data-news=\"([^\"]*)\"").matcher(page(caseNo, late));
		assertThat(news.find()).isTrue();
		String address = news.group(1).replace("&amp;", "&");
		this.mvc.perform(get(address).with(user(late))).andExpect(status().isNoContent());
		this.drive.claim(first, signing);
		this.mvc.perform(get(address).with(user(late)))
			.andExpect(status().isOk())
			.andExpect(content().string(allOf(containsString("刚刚签收了该任务"), containsString("没有丢失"))));
		this.mvc
			.perform(post("/cases/" + caseNo + "/tasks/" + signing.taskId()).param("signing", "REFUSE")
				.param("reasonCode", "NOT_MY_DUTY")
				.param("reasonText", "砖块属于在建工地，归住建")
				.param("_form", "sign-for")
				.with(csrf())
				.with(user(late)))
			.andExpect(status().isConflict())
			.andExpect(content()
				.string(allOf(containsString("已签收本任务"), containsString("您填写的内容"), containsString("砖块属于在建工地，归住建"))));
		this.drive.complete(first, signing, Map.of("signing", "SIGN"));
		this.mvc.perform(get(address).with(user(late))).andExpect(content().string(containsString("刚刚办完了该任务")));
	}

	@Test
	void nothingIsOverwrittenUnseen() throws Exception {
		String caseNo = inHand("雨篷破损");
		OpenTask task = this.drive.task(caseNo, "Task_Handle");
		String holder = this.cases.get(caseNo).holder();
		Matcher stamp = Pattern.compile("name=\"_stamp\" value=\"([0-9a-f]+)\"").matcher(page(caseNo, holder));
		assertThat(stamp.find()).isTrue();
		String etag = this.mvc
			.perform(get("/api/v1/tasks/" + task.taskId() + "/form").with(httpBasic(holder, "gridcase")))
			.andExpect(status().isOk())
			.andReturn()
			.getResponse()
			.getHeader("ETag");
		assertThat(etag).isEqualTo("\"" + stamp.group(1) + "\"");
		// a remark changes nothing the form is about
		this.mvc
			.perform(post("/cases/" + caseNo + "/comments").param("text", "已电话联系").with(csrf()).with(user(DISPATCHER)));
		assertThat(page(caseNo, holder)).contains(stamp.group(1));
		this.jdbc.update("update case_file set facts = facts || '{\"resultText\": \"别人写的\"}', version = version + 1 "
				+ "where case_no = ?", caseNo);
		this.mvc
			.perform(post("/cases/" + caseNo + "/tasks/" + task.taskId()).param("handlingOutcome", "DONE")
				.param("resultText", "已换上新的雨篷")
				.param("_stamp", stamp.group(1))
				.with(csrf())
				.with(user(holder)))
			.andExpect(status().isConflict())
			.andExpect(content().string(allOf(containsString("被别人更新了"), containsString("已换上新的雨篷"))));
		this.mvc
			.perform(post("/api/v1/tasks/" + task.taskId() + "/complete").with(httpBasic(holder, "gridcase"))
				.header("If-Match", etag)
				.contentType(MediaType.APPLICATION_JSON)
				.content("{\"handlingOutcome\":\"DONE\",\"resultText\":\"已换上新的雨篷\"}"))
			.andExpect(status().isConflict())
			.andExpect(content().contentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON));
		assertThat(this.drive.task(caseNo, "Task_Handle")).isNotNull();
	}

	// --- drafts ---

	@Test
	void aDraftIsKeptShownAndForgottenWhenSent() throws Exception {
		String caseNo = aCase("路灯不亮");
		OpenTask task = this.drive.task(caseNo, "Stage_File");
		this.mvc
			.perform(post("/cases/" + caseNo + "/tasks/" + task.taskId() + "/draft").param("filing", "REJECT")
				.param("filingReason", "先写一半")
				.with(csrf())
				.with(user(DISPATCHER)))
			.andExpect(status().isOk())
			.andExpect(jsonPath("$.text", containsString("草稿 已保存 ")));
		assertThat(page(caseNo, DISPATCHER)).contains("已恢复您在").contains("先写一半");
		assertThat(page(caseNo, "sd.c01.g1")).doesNotContain("先写一半");
		this.mvc
			.perform(post("/cases/" + caseNo + "/tasks/" + task.taskId()).param("filing", "FILE")
				.with(csrf())
				.with(user(DISPATCHER)))
			.andExpect(status().is3xxRedirection());
		assertThat(
				this.jdbc.queryForObject("select count(*) from draft where subject = ?", Integer.class, task.taskId()))
			.isZero();
	}

	@Test
	void othersCannotKeepDraftsInACase() throws Exception {
		String caseNo = aCase("窨井冒水");
		String task = this.drive.task(caseNo, "Stage_File").taskId();
		this.mvc
			.perform(post("/cases/" + caseNo + "/tasks/" + task + "/draft").param("filing", "FILE")
				.with(csrf())
				.with(user("sx.admin")))
			.andExpect(status().isNotFound());
		for (String path : new String[] { "/news?version=1&seq=1", "/file.pdf" }) {
			this.mvc.perform(get("/cases/" + caseNo + path).with(user("sx.admin"))).andExpect(status().isNotFound());
		}
	}

	// --- files ---

	@Test
	void filesOpenWithoutDoingAnything() throws Exception {
		String caseNo = aCase("墙面开裂");
		BufferedImage photo = new BufferedImage(2000, 1500, BufferedImage.TYPE_INT_RGB);
		ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
		ImageIO.write(photo, "jpg", jpeg);
		UUID picture = add(caseNo, "现场.jpg", "image/jpeg", jpeg.toByteArray());
		UUID paper = add(caseNo, "鉴定书.pdf", "application/pdf", "%PDF-1.4\n%%EOF".getBytes());
		this.mvc.perform(get("/attachments/" + paper).with(user(DISPATCHER)))
			.andExpect(header().string("Content-Disposition", containsString("inline")))
			.andExpect(header().string("Content-Security-Policy", containsString("default-src 'none'")))
			.andExpect(header().string("X-Content-Type-Options", "nosniff"));
		this.mvc.perform(get("/attachments/" + picture).with(user(DISPATCHER)))
			.andExpect(header().string("Content-Security-Policy", containsString("sandbox")));
		byte[] small = this.mvc.perform(get("/attachments/" + picture + "/thumb").with(user(DISPATCHER)))
			.andExpect(content().contentType("image/jpeg"))
			.andReturn()
			.getResponse()
			.getContentAsByteArray();
		assertThat(ImageIO.read(new ByteArrayInputStream(small)).getWidth()).isEqualTo(320);
		this.mvc.perform(get("/attachments/" + paper + "/thumb").with(user(DISPATCHER)))
			.andExpect(content().contentType("image/svg+xml"))
			.andExpect(content().string(containsString("PDF")));
		this.mvc.perform(get("/attachments/" + picture + "/thumb").with(user("sx.admin")))
			.andExpect(status().isNotFound());
	}

	private UUID add(String caseNo, String name, String type, byte[] bytes) {
		return Acting.as("sd.c01.g1", () -> this.attachments.add(caseNo, "shangdi", name, type, bytes)).id();
	}

	@Test
	void neighboursAreOpenCasesOfTheSameGrid() throws Exception {
		String first = aCase("电动车进楼道");
		String second = aCase("消防通道停车");
		assertThat(section(page(first, DISPATCHER), "near")).contains(second)
			.contains("消防通道停车")
			.contains("/map?case=" + first)
			.doesNotContain("/cases/" + first);
	}

	// --- print ---

	@Test
	void theCaseFileIsPrintedInChinese() throws Exception {
		String caseNo = this.drive.report("shangdi", "sd.c01.g1", "GRID_WORKER", Map.of("gridCode", GRID, "category",
				"S0501", "title", "楼道堆放电动车电池", "reporterName", "张小燕", "reporterPhone", "13800138000"));
		this.drive.complete(caseNo, "Stage_File", Map.of("filing", "FILE"));
		ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
		ImageIO.write(new BufferedImage(600, 400, BufferedImage.TYPE_INT_RGB), "jpg", jpeg);
		add(caseNo, "现场.jpg", "image/jpeg", jpeg.toByteArray());
		for (String path : new String[] { "/cases/" + caseNo + "/file.pdf", "/api/v1/cases/" + caseNo + "/file.pdf" }) {
			MvcResult printed = this.mvc
				.perform(get(path).with(httpBasic(DISPATCHER, "gridcase")).with(user(DISPATCHER)))
				.andExpect(status().isOk())
				.andExpect(content().contentType(MediaType.APPLICATION_PDF))
				.andReturn();
			Files.write(Path.of("target", "case-file.pdf"), printed.getResponse().getContentAsByteArray());
			try (PDDocument pdf = Loader.loadPDF(printed.getResponse().getContentAsByteArray())) {
				String text = new PDFTextStripper().getText(pdf).replaceAll("\\s+", "");
				assertThat(text).contains("楼道堆放电动车电池", caseNo, "责任链", "承办用时合计", "时限", "如果", "经过", "现场.jpg", "张*",
						"138****8000");
				assertThat(text).doesNotContain("张小燕").doesNotContain("13800138000");
				assertThat(pdf.getDocumentInformation().getTitle()).contains("楼道堆放电动车电池");
			}
		}
	}

	// --- ledgers ---

	@Test
	void ledgersAreReadableExcel() throws Exception {
		String caseNo = this.drive.report("shangdi", "sd.c01.g1", "GRID_WORKER", Map.of("gridCode", GRID, "category",
				"S0501", "title", "=HYPERLINK(\"http://x\")", "reporterName", "李大山", "reporterPhone", "13912345678"));
		this.mvc.perform(get("/ledgers").with(user(DISPATCHER)))
			.andExpect(status().isOk())
			.andExpect(content().string(allOf(containsString("接案登记册"), containsString("退回转办台帐"))));
		this.mvc.perform(get("/ledgers/case-register").with(user(DISPATCHER)))
			.andExpect(content().string(allOf(containsString("接案登记册"), not(containsString("13912345678")))));
		byte[] excel = this.mvc.perform(get("/ledgers/case-register.xlsx").with(user(DISPATCHER)))
			.andExpect(status().isOk())
			.andExpect(header().string("Content-Disposition", containsString("attachment")))
			.andReturn()
			.getResponse()
			.getContentAsByteArray();
		List<Row> rows = rows(excel);
		assertThat(rows.get(0).getCell(0).getStringCellValue()).isEqualTo("案号");
		Row row = rows.stream()
			.filter((each) -> each.getCell(0).getStringCellValue().equals(caseNo))
			.findFirst()
			.orElseThrow();
		assertThat(row.getCell(2).getStringCellValue()).isEqualTo("网格员上报");
		assertThat(row.getCell(3).getStringCellValue()).isEqualTo("李*");
		assertThat(row.getCell(4).getStringCellValue()).isEqualTo("139****5678");
		assertThat(row.getCell(5).getStringCellValue()).isEqualTo("'=HYPERLINK(\"http://x\")");
		assertThat(row.getCell(5).getCellType()).isEqualTo(CellType.STRING);
		assertThat(row.getCell(1).getLocalDateTimeCellValue()).isNotNull();
	}

	@Test
	void everyBookOfEveryPlaceCanBeExported() throws IOException {
		Instant now = this.clock.now();
		int books = 0;
		for (var place : this.places.all(now)) {
			for (Ledger ledger : this.ledgers.of(place.code())) {
				ByteArrayOutputStream out = new ByteArrayOutputStream();
				this.sheet.write(new Ledgers.Query(ledger, place.code(), null, Instant.EPOCH, now.plusSeconds(86_400)),
						out);
				assertThat((int) rows(out.toByteArray()).get(0).getLastCellNum()).isEqualTo(ledger.columns().size());
				books++;
			}
		}
		assertThat(books).isGreaterThanOrEqualTo(7 * this.places.all(now).size());
		assertThat(this.ledgers.get("xiling", "case-register").name()).isEqualTo("综治维稳中心接访接案登记册");
		assertThat(this.ledgers.get("xiaofang", "fire-hazards").name()).isEqualTo("火灾隐患整改台帐");
	}

	@Test
	void aBookShowsOnlyWhatThePersonMaySee() throws Exception {
		String caseNo = aCase("广告牌松动");
		this.mvc.perform(get("/ledgers/case-register").with(user("sd.c02.dispatcher")))
			.andExpect(content().string(not(containsString(caseNo))));
		this.mvc.perform(get("/ledgers").param("place", "shangdi").with(user("sx.dispatcher")))
			.andExpect(status().isForbidden());
		this.mvc.perform(get("/ledgers/no-such-book").with(user(DISPATCHER))).andExpect(status().isNotFound());
		this.mvc.perform(get("/ledgers").param("from", "2026-03-02").param("to", "2026-03-01").with(user(DISPATCHER)))
			.andExpect(status().isBadRequest());
	}

	@Test
	void aHundredThousandRowsGoThroughLittleMemory() throws IOException {
		// neither words to find them by nor counts nor what belongs to them is asked for
		// here
		this.jdbc.execute("alter table case_file disable trigger all");
		this.jdbc
			.update("""
					insert into case_file (case_no, place, state, reported_at, grid_path, version, event_seq, event_hash, deadline_seq,
					custody_seq, facts, open_turns)
					select 'BULK' || n, 'bulk', 'OPEN', now() - n * interval '1 minute', 'x/', 1, 1, ''::bytea, 0, 0,
					jsonb_build_object('title', '第' || n || '件', 'description', repeat('长', 300), 'channel', 'GRID_WORKER'), '{}'
					from generate_series(1, 100000) n""");
		try {
			System.gc();
			long before = used();
			Counter out = new Counter();
			this.sheet.write(new Ledgers.Query(this.ledgers.get("shangdi", "case-register"), "bulk", null,
					Instant.EPOCH, Instant.now().plusSeconds(86_400)), out);
			assertThat(out.bytes).isGreaterThan(1_000_000);
			assertThat(out.most - before).as("memory in use half way").isLessThan(96L * 1024 * 1024);
		}
		finally {
			this.jdbc.update("delete from case_file where place = 'bulk'");
			this.jdbc.execute("alter table case_file enable trigger all");
		}
	}

	private static long used() {
		return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
	}

	/** Counts, and looks at the memory in use a few times on the way. */
	private static final class Counter extends java.io.OutputStream {

		private long bytes;

		private long looked;

		private long most;

		@Override
		public void write(int letter) {
			write(new byte[1], 0, 1);
		}

		@Override
		public void write(byte[] letters, int from, int length) {
			this.bytes += length;
			if (this.bytes - this.looked > 500_000) {
				this.looked = this.bytes;
				System.gc();
				this.most = Math.max(this.most, used());
			}
		}

	}

	private static List<Row> rows(byte[] excel) throws IOException {
		List<Row> rows = new ArrayList<>();
		try (XSSFWorkbook book = new XSSFWorkbook(new ByteArrayInputStream(excel))) {
			book.getSheetAt(0).forEach(rows::add);
		}
		return rows;
	}

}
