package gridcase.inquiry;

import java.time.Duration;
import java.util.Map;

import gridcase.casework.Cases;
import gridcase.casework.process.TimeTravel;
import gridcase.clock.PlatformClock;
import gridcase.web.BrowserTest;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/**
 * An auditor draws a sample, looks back, writes a finding and follows it, in a browser.
 */
class InquiryBrowserTests extends BrowserTest {

	@Autowired
	private Cases cases;

	@Autowired
	private PlatformClock clock;

	@Autowired
	private TimeTravel travel;

	@Test
	void fromASampleToARectification() {
		String caseNo = late();
		String day = this.cases.get(caseNo).reportedAt().atZone(this.clock.zone()).toLocalDate().toString();
		signIn("sd.auditor");
		open("/samples");
		this.page.fill("#f-title", "一季度城管类案件抽查");
		this.page.fill("#f-from", day);
		this.page.selectOption("#f-strata", "CATEGORY");
		this.page.fill("#f-size", "");
		this.page.fill("#f-percent", "100");
		this.page.fill("#f-seed", "2026 年 1 号");
		look("inquiry-samples");
		this.page.click("button:has-text('抽取样本')");
		assertThat(said()).containsText("样本已抽取");
		this.page.click("a:has-text('重抽核对')");
		assertThat(this.page.locator("main")).containsText("结果一致");
		look("inquiry-sample");

		this.page.click("table a:has-text('" + caseNo + "')");
		assertThat(this.page.locator("h2:has-text('时间花在哪里')")).isVisible();
		this.page.locator(".iq-steps li", new com.microsoft.playwright.Page.LocatorOptions().setHasText("退回"))
			.last()
			.locator("time a")
			.click();
		assertThat(this.page.locator(".iq-steps li.cur")).containsText("退回");
		assertThat(this.page.locator("#moment")).containsText("首问责任人");
		look("inquiry-case");
		this.page.locator(".iq-steps li", new com.microsoft.playwright.Page.LocatorOptions().setHasText("超时"))
			.first()
			.locator("input")
			.check();
		this.page.selectOption("#f-unit", "SD-JT");
		this.page.click("button:has-text('提交问题')");
		assertThat(this.page.locator("#form-problems")).containsText("写 4 至 2000 字");
		this.page.fill("#f-text", "派到单位后一直没有签收，时限已过");
		this.page.fill("#f-demand", "三日内补签并说明原因，约谈责任人");
		this.page.click("button:has-text('提交问题')");
		assertThat(said()).containsText("已交责任单位整改");
		assertThat(this.page.locator("main")).containsText("有问题");

		open("/inquiry/findings");
		assertThat(this.page.locator("table")).containsText("单位整改");
		look("inquiry-findings");
		this.page.locator("table td a").first().click();
		assertThat(this.page.locator("h1")).containsText("办理超时");
		look("inquiry-finding");

		open("/inquiry?by=UNIT&from=" + day);
		look("inquiry-sums");
		this.page.click("th a:has-text('拒签')");
		this.page.click("tr:has-text('上地交通支队') a[href*='figure=BREACHED']");
		assertThat(this.page.locator("table")).containsText(caseNo);
		look("inquiry-figure");
		open("/samples/lists?from=" + day);
		assertThat(this.page.locator("#l-BREACHES")).containsText(caseNo);
		look("inquiry-lists");
	}

	/** Refused by one unit, not signed for by the next until it was late. */
	private String late() {
		String caseNo = this.drive.report("shangdi", "sd.c01.g1", "GRID_WORKER",
				Map.of("gridCode", "11010802200101", "category", "S0501", "severity", "GENERAL"));
		minutes(50);
		this.drive.complete(caseNo, "Stage_File", Map.of("filing", "FILE"));
		minutes(30);
		this.drive.complete(caseNo, "Stage_Dispatch", Map.of("leadUnit", "SD-CG"));
		minutes(40);
		this.drive.complete(caseNo, "Task_SignFor",
				Map.of("signing", "REFUSE", "reasonCode", "NOT_MY_DUTY", "reasonText", "该处属交通支队管理范围，不在本组职责内"));
		this.drive.complete(caseNo, "Stage_Dispatch", Map.of("leadUnit", "SD-JT"));
		this.travel.moveTo(this.drive.task(caseNo, "Task_SignFor").dueAt().plusSeconds(1));
		minutes(20);
		this.drive.complete(caseNo, "Task_SignFor", Map.of("signing", "SIGN"));
		minutes(90);
		return caseNo;
	}

	private void minutes(int count) {
		this.travel.moveTo(this.clock.now().plus(Duration.ofMinutes(count)));
	}

}
