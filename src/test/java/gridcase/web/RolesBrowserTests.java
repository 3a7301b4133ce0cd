package gridcase.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

import gridcase.casework.OpenTask;
import gridcase.policy.AppliesTo;
import gridcase.policy.ReleaseOrder;
import gridcase.policy.Releases;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.ClassPathResource;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/** A working day of each role, in the browser. */
class RolesBrowserTests extends BrowserTest {

	private static final String GRID = "11010802200101";

	@Autowired
	private Releases releases;

	private String aCase(Map<String, Object> values) {
		Map<String, Object> all = new HashMap<>(Map.of("gridCode", GRID, "title", "楼道堆放电动车电池、纸箱", "category", "S0501"));
		all.putAll(values);
		return this.drive.report("shangdi", "sd.c01.g1", "GRID_WORKER", all);
	}

	private OpenTask first(String caseNo, String key) {
		return this.drive.task(caseNo, key);
	}

	@Test
	void gridWorkerReportsAndHandlesOnTheSpot() {
		signIn("sd.c01.g1");
		look("inbox-empty");
		this.page.click("nav a[href='/report']");
		this.page.click("main .btn-primary");
		assertThat(this.page.locator("#form-problems")).containsText("需要改正，尚未提交");
		look("report-problems");
		this.page.fill("#f-title", "楼道小广告成片");
		this.page.fill("#f-description", "2 单元一层墙面小广告约 10 处");
		this.page.selectOption("#f-category", "S0501");
		this.page.waitForFunction("() => !document.querySelector('.htmx-request')");
		assertThat(this.page.locator("#f-title")).hasValue("楼道小广告成片");
		choose("severity", "轻微");
		this.page.selectOption("#f-gridCode", GRID);
		this.page.fill("#f-address", "上地东里 2 号楼 2 单元");
		this.page.check("#f-wantsSelfHandling");
		look("report");
		this.page.click("main .btn-primary");

		assertThat(said()).containsText("已上报，案号 SD");
		assertThat(this.page.locator("#task h2")).hasText("自行处置");
		choose("selfHandlingDone", "已办成");
		this.page.fill("#f-resultText", "已铲除并粉刷墙面");
		look("self-handle");
		send();
		assertThat(said()).containsText("已提交");
	}

	@Test
	void dispatcherFilesAndDispatches() {
		String caseNo = aCase(Map.of());
		signIn("sd.c01.dispatcher");
		assertThat(this.page.locator("#preview h2")).isVisible();
		look("inbox");
		open("/inbox?view=POOL&text=" + caseNo);
		this.page.keyboard().press("Enter");
		assertThat(this.page.locator("h1")).hasText("楼道堆放电动车电池、纸箱");
		assertThat(this.page.locator("#diagram .bjs-powered-by")).isVisible();
		assertThat(this.page.locator("#diagram .rp-now").first()).isVisible();
		choose("filing", "并入已有案件");
		send();
		assertThat(this.page.locator("#form-problems a")).hasAttribute("href", "#f-mergeInto");
		look("case-problems");
		choose("filing", "立案");
		send();
		assertThat(said()).containsText("“立案受理”已提交");
		look("case-dispatch");
		send();
		assertThat(said()).containsText("“分类派遣”已提交");
	}

	@Test
	void handlerSignsAndHandlesAndVerifierVerifies() {
		String caseNo = aCase(Map.of());
		this.drive.complete(caseNo, "Stage_File", Map.of("filing", "FILE"));
		this.drive.complete(caseNo, "Stage_Dispatch", Map.of());
		OpenTask sign = first(caseNo, "Task_SignFor");
		signIn(this.drive.anyOf(sign.pool()));
		open("/cases/" + caseNo + "?task=" + sign.taskId());
		choose("signing", "签收");
		send();
		assertThat(this.page.locator("#task h2")).hasText("办理案件");
		choose("handlingOutcome", "转办其他单位");
		assertThat(this.page.locator("#f-handOnUnit")).isVisible();
		choose("handlingOutcome", "已办成");
		assertThat(this.page.locator("#f-handOnUnit")).hasCount(0);
		this.page.fill("#f-resultText", "电池已移走，通道净宽 1.2 米");
		look("case-handle");
		send();
		assertThat(said()).containsText("已提交");
		this.drive.helpersDo(caseNo);

		OpenTask verify = first(caseNo, "Stage_Verify");
		signIn(this.drive.anyOf(verify.pool()));
		open("/cases/" + caseNo + "?task=" + verify.taskId());
		choose("verified", "不通过");
		choose("verified", "通过");
		this.page.fill("#f-verifyText", "现场查看，通道畅通");
		look("case-verify");
		send();
		assertThat(said()).containsText("已提交");
		open("/cases/" + caseNo);
		assertThat(this.page.locator("#events")).containsText("签收");
		look("case-closing");
	}

	@Test
	void administratorRetriesAnIncidentAndMovesTheClock() throws IOException {
		String good = new ClassPathResource("models/decisions/filing.dmn").getContentAsString(StandardCharsets.UTF_8);
		release(good.replaceAll("(?s)<rule id=\"(?!Rule_Incomplete).*?</rule>", ""));
		String caseNo = aCase(Map.of());
		signIn("sd.admin");
		open("/operator");
		assertThat(this.page.locator(".op-table").first()).containsText(caseNo);
		assertThat(this.page.locator(".op-table").first()).containsText("Stage_File");
		look("operator");
		this.page.click("text=重试案件");
		assertThat(this.page.locator("main")).containsText("重试仍未成功");
		release(good);
		this.page.click("text=重试案件");
		assertThat(said()).containsText("重试成功");
		assertThat(this.page.locator("main")).containsText("没有停住的案件");

		open("/rehearsal");
		look("rehearsal");
		this.page.click("text=前移 1 天");
		assertThat(said()).containsText("时钟已移到");
		open("/cases/" + caseNo);
		this.page.fill("#why", "核对重试后的案件");
		this.page.click("form[action$='/oversight/reason'] button");
		assertThat(this.page.locator(".cs-time")).containsText("超时");
		look("case-overdue");
		open("/tables/time-limit?place=shangdi");
		look("table");
		open("/cases");
		this.page.fill("#why", "核对重试后的案件");
		this.page.click("form[action$='/oversight/reason'] button");
		look("cases");
		open("/reports");
		assertThat(this.page.locator("main")).containsText("自处置率");
		look("reports");
	}

	private void release(String filing) {
		this.releases.release(new ReleaseOrder("shangdi", Map.of("filing.dmn", filing.getBytes(StandardCharsets.UTF_8)),
				"tester", "try", AppliesTo.ALL, null));
	}

}
