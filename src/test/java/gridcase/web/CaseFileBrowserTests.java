package gridcase.web;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import javax.imageio.ImageIO;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import gridcase.casework.Cases;
import gridcase.casework.OpenTask;
import gridcase.policy.AppliesTo;
import gridcase.policy.ReleaseOrder;
import gridcase.policy.Releases;
import gridcase.shared.Acting;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/** The case page in a browser: conflicts, drafts, forms that grow, photos, ledgers. */
class CaseFileBrowserTests extends BrowserTest {

	private static final String GRID = "11010802200101";

	@Autowired
	private Cases cases;

	@Autowired
	private Releases releases;

	private String inHand(String title) {
		String caseNo = signing(title);
		this.drive.complete(caseNo, "Task_SignFor", Map.of("signing", "SIGN"));
		return caseNo;
	}

	private String signing(String title) {
		String caseNo = this.drive.report("shangdi", "sd.c01.g1", "GRID_WORKER", Map.of("gridCode", GRID, "category",
				"S0501", "severity", "GENERAL", "title", title, "address", "上地佳园 6 号楼 2 单元"));
		this.drive.complete(caseNo, "Stage_File", Map.of("filing", "FILE"));
		this.drive.complete(caseNo, "Stage_Dispatch", Map.of());
		return caseNo;
	}

	@Test
	void theSecondPersonIsToldAtOnceAndLosesNothing() {
		String caseNo = signing("楼道堆放电动车电池、纸箱，堵塞疏散通道");
		OpenTask task = this.drive.task(caseNo, "Task_SignFor");
		List<String> both = this.drive.allOf(task.pool());
		signIn(both.get(0));
		open("/cases/" + caseNo + "?task=" + task.taskId());
		choose("signing", "退回");
		this.page.selectOption("#f-reasonCode", "NOT_MY_DUTY");
		this.page.fill("#f-reasonText", "电池属于物业管理范围，建议转物业");
		// the other one, in another browser
		try (BrowserContext elsewhere = another()) {
			Page other = elsewhere.newPage();
			signIn(other, both.get(1));
			open(other, "/cases/" + caseNo + "?task=" + task.taskId());
			other.click(".acts-list form[action$='/claim'] button");
			assertThat(other.locator("#flash")).containsText("已签收");
		}
		assertThat(this.page.locator("#case-news")).containsText("刚刚签收了该任务");
		assertThat(this.page.locator("#f-reasonText")).hasValue("电池属于物业管理范围，建议转物业");
		look("case-news");
		send();
		assertThat(this.page.locator("#entered")).containsText("电池属于物业管理范围，建议转物业");
		assertThat(this.page.locator(".refused").first()).containsText("已签收本任务");
		look("case-conflict");
	}

	@Test
	void aDraftSurvivesClosingThePage() {
		String caseNo = inHand("绿化带堆放建筑垃圾");
		signIn(this.cases.get(caseNo).holder());
		open("/cases/" + caseNo);
		choose("handlingOutcome", "已办成");
		this.page.fill("#f-resultText", "已联系施工方，正在装车");
		assertThat(this.page.locator("#draft-note")).containsText("草稿 已保存");
		this.page.fill("#f-resultText", "已联系施工方，正在装车，预计下午清完");
		// leaving at once: what was typed last goes with the page
		this.page.evaluate("sessionStorage.clear()");
		open("/inbox");
		this.page.evaluate("sessionStorage.clear()");
		open("/cases/" + caseNo);
		assertThat(this.page.locator("#f-resultText")).hasValue("已联系施工方，正在装车，预计下午清完");
		assertThat(this.page.locator("#task .gc-note")).containsText("已恢复您在");
		look("case-draft");
		this.page.click("text=丢弃草稿");
		assertThat(said()).containsText("草稿已丢弃");
		assertThat(this.page.locator("#f-resultText")).hasCount(0);
	}

	@Test
	void whatWasTypedAMomentAgoIsThereAfterAReload() {
		String caseNo = inHand("店外堆放货物");
		signIn(this.cases.get(caseNo).holder());
		open("/cases/" + caseNo);
		choose("handlingOutcome", "已办成");
		this.page.fill("#f-resultText", "货物已搬回店内");
		this.page.reload();
		assertThat(this.page.locator("#f-resultText")).hasValue("货物已搬回店内");
		assertThat(this.page.locator("#f-handlingOutcome input:checked")).hasValue("DONE");
	}

	/** What is filled in when somebody handles a case of the place from now on. */
	private void form(byte[] form) {
		Acting.as("sd.admin", () -> this.releases.release(new ReleaseOrder("shangdi", Map.of("handle-case.form", form),
				"sd.admin", "办理时登记暂存物品", AppliesTo.ALL, null)));
	}

	/** The tests that share the platform find it as it was. */
	@AfterEach
	void theFormThatWas() throws IOException {
		form(Files.readAllBytes(Path.of("forms/handle-case.form")));
	}

	@Test
	void aFormGrowsAndFollowsItsConditions() {
		String form = """
				{"type":"default","schemaVersion":18,"id":"handle-case","gridcase":{"title":"办理案件","submit":"提交处置结果"},
				"components":[
				{"type":"radio","key":"handlingOutcome","label":"处置结果","validate":{"required":true},"values":[
				{"label":"已办成","value":"DONE"},{"label":"解决不了，上报","value":"CANNOT_SOLVE"}]},
				{"type":"group","label":"办成","conditional":{"hide":"=handlingOutcome != \\"DONE\\""},"components":[
				{"type":"textarea","key":"resultText","label":"处置经过","validate":{"required":true,"minLength":4}},
				{"type":"dynamiclist","path":"seized","label":"暂存物品","description":"一件一项，没有就留空","components":[
				{"type":"textfield","key":"what","label":"物品","validate":{"required":true}},
				{"type":"number","key":"pieces","label":"数量","validate":{"min":1}},
				{"type":"checkbox","key":"dangerous","label":"危险品"},
				{"type":"textfield","key":"danger","label":"危险性质","validate":{"required":true},"conditional":{"hide":"=dangerous != true"}}
				],"properties":{"most":"5"}},
				{"type":"filepicker","key":"papers","label":"材料","accept":"application/pdf","multiple":true}]},
				{"type":"textarea","key":"reasonText","label":"理由说明（必须写）","conditional":{"hide":"=handlingOutcome != \\"CANNOT_SOLVE\\""}}
				]}""";
		form(form.getBytes(StandardCharsets.UTF_8));
		String caseNo = inHand("仓库违规存放物品");
		signIn(this.cases.get(caseNo).holder());
		open("/cases/" + caseNo);
		assertThat(this.page.locator("#f-seized")).hasCount(0);
		choose("handlingOutcome", "已办成");
		assertThat(this.page.locator(".fm-row")).hasCount(1);
		this.page.fill("#f-resultText", "已全部搬离，现场清理完毕");
		this.page.fill("#f-seized-0-what", "汽油");
		this.page.fill("#f-seized-0-pieces", "0");
		this.page.click("button[name=_more]");
		assertThat(this.page.locator(".fm-row")).hasCount(2);
		assertThat(this.page.locator("#f-seized-0-what")).hasValue("汽油");
		assertThat(this.page.locator("#f-seized-1-what")).isFocused();
		this.page.check("#f-seized-0-dangerous");
		assertThat(this.page.locator("#f-seized-0-danger")).isVisible();
		assertThat(this.page.locator("#f-seized-1-danger")).hasCount(0);
		this.page.locator("input[type=file]")
			.setInputFiles(new FilePayload("清单.pdf", "application/pdf", "%PDF-1.4\n%%EOF".getBytes()));
		assertThat(this.page.locator(".gc-uploads input[name=papers]")).hasCount(1);
		send();
		assertThat(this.page.locator("#form-problems")).containsText("暂存物品第 1 项 · 危险性质");
		assertThat(this.page.locator("#form-problems")).containsText("不能小于 1，现为 0");
		assertThat(this.page.locator("#f-seized-0-what")).hasValue("汽油");
		look("case-list-problems");
		this.page.click("button[name=_less][value='seized.1']");
		assertThat(this.page.locator(".fm-row")).hasCount(1);
		this.page.fill("#f-seized-0-danger", "易燃液体");
		this.page.fill("#f-seized-0-pieces", "3");
		send();
		assertThat(said()).containsText("已提交");
		org.assertj.core.api.Assertions.assertThat(this.cases.get(caseNo).facts().get("seized").toString())
			.contains("汽油", "易燃液体", "3");
	}

	@Test
	void thePageShowsWhyAndPhotosLarge() throws IOException {
		String caseNo = inHand("楼道堆放杂物，邻居多次反映，疏散通道被堵");
		String holder = this.cases.get(caseNo).holder();
		signIn(holder);
		open("/cases/" + caseNo);
		choose("handlingOutcome", "已办成");
		for (int i = 1; i <= 3; i++) {
			this.page.locator("input[type=file]")
				.setInputFiles(new FilePayload("现场" + i + ".jpg", "image/jpeg", photo(i)));
			assertThat(this.page.locator("#task .gc-uploads li")).hasCount(i);
		}
		open("/cases/" + caseNo);
		assertThat(this.page.locator("#decisions")).containsText("如果");
		assertThat(this.page.locator(".cs-path li")).not().hasCount(0);
		assertThat(this.page.locator("#diagram .rp-badge").first()).isVisible();
		this.page.click("[data-lightbox] a >> nth=0");
		assertThat(this.page.locator("#lightbox")).isVisible();
		assertThat(this.page.locator("#lightbox-no")).hasText("1 / 3");
		this.page.keyboard().press("ArrowRight");
		assertThat(this.page.locator("#lightbox-no")).hasText("2 / 3");
		accessible("lightbox");
		this.page.keyboard().press("Escape");
		assertThat(this.page.locator("#lightbox")).isHidden();
		this.page.click(".cs-path summary");
		look("case-why");
		signIn("sd.c01.dispatcher");
		open("/cases/" + caseNo);
		look("case-dispatcher");
	}

	private static byte[] photo(int number) throws IOException {
		BufferedImage photo = new BufferedImage(1600, 1200, BufferedImage.TYPE_INT_RGB);
		Graphics2D graphics = photo.createGraphics();
		graphics.setColor(new Color(120 + 30 * number, 150, 170));
		graphics.fillRect(0, 0, 1600, 1200);
		graphics.setColor(Color.WHITE);
		graphics.fillOval(300 * number, 300, 400, 400);
		graphics.dispose();
		ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
		ImageIO.write(photo, "jpg", jpeg);
		return jpeg.toByteArray();
	}

	@Test
	void ledgersAreReadAndTakenAlong() {
		inHand("占道经营");
		signIn("sd.c01.dispatcher");
		open("/ledgers");
		assertThat(this.page.locator(".lg-books")).containsText("接案登记册");
		assertThat(this.page.locator(".gc-empty")).hasCount(0);
		look("ledgers");
		this.page.click("text=承办工作台帐");
		assertThat(this.page.locator(".lg-table")).containsText("占道经营");
		look("ledger");
		var download = this.page.waitForDownload(() -> this.page.click("text=导出 Excel"));
		org.assertj.core.api.Assertions.assertThat(download.suggestedFilename()).contains("承办工作台帐").endsWith(".xlsx");
		this.page.navigate(this.page.url().replaceAll("from=[0-9-]+&to=[0-9-]+", "from=2020-01-01&to=2020-01-02"));
		assertThat(this.page.locator(".gc-empty")).containsText("这段时间没有记录");
		look("ledger-empty");
	}

}
