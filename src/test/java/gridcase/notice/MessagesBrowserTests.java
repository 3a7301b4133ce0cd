package gridcase.notice;

import java.util.Map;

import com.microsoft.playwright.Page;
import gridcase.web.BrowserTest;
import org.junit.jupiter.api.Test;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/** The bell rings for a grid worker, who reads and goes to the case. */
class MessagesBrowserTests extends BrowserTest {

	@Test
	void theBellLeadsToTheMessageAndTheMessageToTheCase() {
		String caseNo = this.drive.report("shangdi", "sd.c12.g1", "GRID_WORKER", Map.of("gridCode", "11010802200101",
				"category", "S0501", "title", "楼道堆放电动车电池、纸箱和废旧家具，堵塞疏散通道，住户多次劝阻无效", "reporterPhone", "13800001234"));
		this.drive.complete(caseNo, "Stage_File", Map.of("filing", "FILE"));
		this.drive.complete(caseNo, "Stage_Dispatch", Map.of("leadUnit", "SD-CG"));
		this.drive.complete(caseNo, "Task_SignFor", Map.of("signing", "SIGN"));
		signIn("sd.c12.g1");
		assertThat(this.page.locator(".gc-bell b")).hasText("1");
		look("messages-bell");
		this.page.click(".gc-bell");
		assertThat(this.page.locator(".ms .unread")).hasCount(1);
		look("messages");
		this.page.setViewportSize(390, 844);
		this.page.getByText("查看案件").first().click();
		this.page.waitForURL((url) -> url.endsWith("/cases/" + caseNo));
		assertThat(this.page.locator("#notices")).containsText("138****1234");
		look("case-notices");
		assertThat(this.page.locator(".gc-bell b")).hasCount(0);
		open("/messages");
		look("messages-read");
		signIn("sd.admin");
		open("/operator");
		assertThat(this.page.locator("#channels")).containsText("渠道未配置");
		look("operator-channels");
		open("/messages");
		this.page.waitForSelector("h1", new Page.WaitForSelectorOptions());
		look("messages-empty");
	}

}
