package gridcase.oversight;

import gridcase.bench.CaseLoop;
import gridcase.web.BrowserTest;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/** The reason, the log that has it, and a case that is held, in a browser. */
class OversightBrowserTests extends BrowserTest {

	@Autowired
	private JdbcTemplate jdbc;

	@Test
	void anAdministratorSaysWhyAndAnAuditorSeesItAndHoldsTheCase() {
		String caseNo = new CaseLoop(this.drive).run();
		String old = new CaseLoop(this.drive).run();
		this.jdbc.update("update case_file set closed_at = closed_at - interval '11 years' where case_no = ?", old);

		signIn("sd.admin");
		open("/cases/" + caseNo);
		assertThat(this.page.locator("main")).containsText("系统管理员看案件内容须说明理由");
		this.page.fill("#why", "看");
		this.page.click("form[action$='/oversight/reason'] button");
		assertThat(this.page.locator("#why-error")).containsText("4 到 200 个字");
		look("oversight-reason");
		this.page.fill("#why", "核对流程故障修复后的案件");
		this.page.click("form[action$='/oversight/reason'] button");
		assertThat(this.page.locator("h1")).containsText("油烟扰民");

		signIn("sd.auditor");
		open("/cases/" + caseNo);
		this.page.click(".cs-tools a[href*='/oversight?subject=']");
		assertThat(this.page.locator(".ov-log")).containsText("核对流程故障修复后的案件");
		look("oversight-log");
		open("/oversight/unusual");
		look("oversight-unusual");

		open("/retention");
		assertThat(this.page.locator("#due")).containsText(old);
		this.page.fill("#h-case", caseNo);
		this.page.fill("#h-why", "涉及行政复议，复议结束前保留");
		this.page.click("#holds .fm-acts button");
		assertThat(said()).containsText("已封存");
		look("retention");
		this.page.click("#due .fm-acts button");
		assertThat(said()).containsText("等待审批");
		assertThat(this.page.locator("main")).containsText("待审批");
		look("retention-list");
		signIn("sd.approver");
		this.page.click("a[href*='/cases/']:has-text('归档销毁清单')");
		look("retention-approval");
	}

}
