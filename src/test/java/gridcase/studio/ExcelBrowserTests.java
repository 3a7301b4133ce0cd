package gridcase.studio;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import gridcase.policy.RuleType;
import gridcase.web.BrowserTest;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** A table goes to Excel and comes back; a list of other people is taken in. */
class ExcelBrowserTests extends BrowserTest {

	private static final String TABLE = "time-limit-e01";

	@Autowired
	private Drafts drafts;

	private Draft draft() {
		Draft draft = this.drafts.begin("shangdi", "市容环境时限", "sd.policy");
		this.drafts.take(draft.id(), RuleType.TABLE, TABLE, "sd.policy");
		return draft;
	}

	private byte[] workbook() throws IOException {
		Download download = this.page.waitForDownload(
				() -> this.page.locator("a[href$='.xlsx']", new Page.LocatorOptions().setHasText("导出 Excel"))
					.first()
					.click());
		assertThat(download.suggestedFilename()).isEqualTo("处置时限：市容环境（事件）.xlsx");
		return Files.readAllBytes(download.path());
	}

	private static FilePayload file(String name, byte[] content) {
		return new FilePayload(name, "application/octet-stream", content);
	}

	@Test
	void oneCellChangedInExcelIsOneCellChangedInTheTable() throws IOException {
		signIn("sd.policy");
		Draft draft = draft();
		open("/studio/drafts/" + draft.id() + "/tables/" + TABLE);
		byte[] workbook = workbook();

		this.page.locator(".st-excel summary").click();
		this.page.setInputFiles("#st-excel-file", file("改好.xlsx", TableWorkbookTests.edited(workbook,
				(book) -> TableWorkbookTests.cell(book, "E5").setCellValue("自然日"))));
		look("studio-excel-in");
		this.page.locator(".st-excel-in button[type=submit]").click();

		assertThat(said()).containsText("已导入：改 1 格，加 0 条规则，删 0 条规则");
		assertThat(this.page.locator("td.chg")).hasCount(1);
		assertThat(this.page.locator("td.chg")).containsText("自然日");
		assertThat(this.page.locator("td.chg s")).hasText("工作日");

		// the same workbook again is older than the table now
		this.page.locator(".st-excel summary").click();
		this.page.setInputFiles("#st-excel-file", file("旧.xlsx", workbook));
		this.page.locator(".st-excel-in button[type=submit]").click();
		assertThat(this.page.locator("[role=alert]")).containsText("请重新导出");
	}

	@Test
	void aFaultyWorkbookIsToldByCellAndChangesNothing() throws IOException {
		signIn("sd.policy");
		Draft draft = draft();
		open("/studio/drafts/" + draft.id() + "/tables/" + TABLE);
		byte[] workbook = workbook();
		this.page.locator(".st-excel summary").click();
		this.page.setInputFiles("#st-excel-file", file("坏.xlsx", TableWorkbookTests.edited(workbook, (book) -> {
			TableWorkbookTests.cell(book, "B4").setCellValue("没有这一类");
			TableWorkbookTests.cell(book, "D5").setCellValue("３");
			TableWorkbookTests.cell(book, "E6").setCellValue("工作日，工作时");
		})));
		this.page.locator(".st-excel-in button[type=submit]").click();

		assertThat(this.page.locator("[role=alert]")).containsText("工作簿有 3 处要改，什么都没有导入");
		assertThat(this.page.locator(".st-cells tbody tr")).hasCount(3);
		assertThat(this.page.locator(".st-cells tbody tr").nth(1)).containsText("规则!D5");
		assertThat(this.page.locator(".st-cells tbody tr").nth(1)).containsText("请写 3");
		look("studio-excel-problems");
		DraftFile now = this.drafts.file(draft.id(), TABLE + ".dmn");
		assertThat(now.version()).isEqualTo(1);
		assertThat(now.content()).isEqualTo(now.base());
		this.page.setInputFiles("#st-again", file("好.xlsx", workbook));
		this.page.locator("form button[type=submit]", new Page.LocatorOptions().setHasText("导入工作簿")).click();
		assertThat(said()).containsText("没有改动");
	}

	@Test
	void aListOfOtherPeopleIsMappedLookedAtAndTakenIn() {
		signIn("sd.policy");
		Draft draft = draft();
		open("/studio/drafts/" + draft.id() + "/import");
		look("studio-import-begin");
		String list = "大类,小类,立案条件,时限,备注\n市容环境,私搭乱建,1,2紧急工作日,\n市容环境,店面无证装修,1,3天,急\n"
				+ "市容环境,违章接坡,2,种植季节15工作日,\n市容环境,违章接坡,1,,\n市容环境,飞碟停放,1,2工作日,\n市容环境,非法伐树,1,1紧急工作时制止,\n";
		this.page.setInputFiles("#st-list", file("区里的清单.csv", list.getBytes(Charset.forName("GBK"))));
		this.page.locator("button[type=submit]", new Page.LocatorOptions().setHasText("上传清单")).click();
		assertThat(this.page.locator(".gc-note")).containsText("“案件类别”取哪一列，或不限");

		this.page.selectOption("#l-in-0", "col:小类");
		this.page.selectOption("#l-in-1", "col:立案条件");
		this.page.selectOption("#l-class", "大类");
		this.page.selectOption("#l-limit", "时限");
		this.page.fill("#l-warn", "80");
		this.page.locator("input[name=change]").check();
		this.page.locator("button[type=submit]", new Page.LocatorOptions().setHasText("逐行查看")).click();
		assertThat(this.page.locator("#rows details").first()).containsText("不收 6 行");
		this.page.locator("label", new Page.LocatorOptions().setHasText("“天”")).first().click();
		this.page.getByLabel("“天”").selectOption("WORK_DAY");
		this.page.fill("#l-keep", "区清单");
		this.page.locator("button[type=submit]", new Page.LocatorOptions().setHasText("逐行查看")).click();
		assertThat(this.page.locator("#rows details").first()).containsText("不收 5 行");
		assertThat(this.page.locator("#rows")).containsText("是有条件的");
		assertThat(this.page.locator("#rows")).containsText("后面还有“制止”");
		assertThat(this.page.locator("#rows")).containsText("没有写时限");
		assertThat(this.page.locator("#rows")).containsText("“紧急工作日”没有说明");
		assertThat(this.page.locator("#rows")).containsText("改时限 1 条");
		look("studio-import");
		this.page.locator("button[type=submit]", new Page.LocatorOptions().setHasText("收进草稿（1 条）")).click();

		assertThat(said()).containsText("改时限 1 条");
		assertThat(said()).containsText("没有收的 5 行");
		assertThat(new String(this.drafts.file(draft.id(), TABLE + ".dmn").content(),
				java.nio.charset.StandardCharsets.UTF_8))
			.contains("原文“3天”（区里的清单.csv 第 3 行）");
	}

}
