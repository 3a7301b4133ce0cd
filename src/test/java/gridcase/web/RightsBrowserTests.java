package gridcase.web;

import java.util.Map;

import com.microsoft.playwright.Locator;
import org.junit.jupiter.api.Test;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/** People, rights and personal data, in a browser. */
class RightsBrowserTests extends BrowserTest {

	@Test
	void anAdministratorUnlocksAPersonWhoTypedTheWrongPassword() {
		open("/sign-in");
		for (int i = 0; i < 5; i++) {
			this.page.fill("#u", "sd.verifier");
			this.page.fill("#p", "wrong");
			this.page.click("button[type=submit]");
			this.page.waitForSelector("[role=alert]");
		}
		assertThat(this.page.locator("[role=alert]")).containsText("暂停登录至");
		look("sign-in-locked");

		signIn("sd.admin");
		this.page.click("nav a[href$='/operator/people']");
		assertThat(this.page.locator("main")).containsText("锁定至");
		look("people");
		this.page.fill("#r-text", "sd.verifier");
		this.page.click("form[action$='/operator/people'] button");
		this.page.click("a[href$='/operator/people/sd.verifier']");
		look("person-locked");
		this.page.click("form[action$='/unlock'] button");
		assertThat(said()).containsText("已解锁");
		signIn("sd.verifier");
		assertThat(this.page.locator("main")).isVisible();
	}

	@Test
	void aPersonMakesATokenSeesItOnceAndRevokesIt() {
		signIn("sd.dispatcher");
		open("/account");
		assertThat(this.page.locator("#tokens")).containsText("还没有令牌");
		this.page.fill("#t-name", "与 12345 热线对接");
		this.page.click("#tokens .fm-acts button");
		assertThat(this.page.locator(".rt-token")).containsText("gct_");
		look("account-token");
		open("/account");
		assertThat(this.page.locator(".rt-token")).hasCount(0);
		this.page.click("form[action$='/revocation'] button");
		assertThat(this.page.locator("#tokens")).containsText("已收回");
	}

	@Test
	void aDispatcherSaysWhyAndSeesTheNumberOnTheSpot() {
		String caseNo = this.drive.report("shangdi", "sd.hotline", "HOTLINE", Map.of("gridCode", "11010802200101",
				"category", "S0501", "reporterName", "欧阳修文", "reporterPhone", "13811112222"));
		signIn("sd.dispatcher");
		open("/cases/" + caseNo);
		Locator phone = this.page.locator("dd.personal",
				new com.microsoft.playwright.Page.LocatorOptions().setHasText("138****2222"));
		assertThat(phone).isVisible();
		phone.locator("summary").click();
		look("personal-asked");
		this.page.fill("#why-reporterPhone", "上门前联系");
		this.page.locator("form[action$='/personal-data/reporterPhone'] button").click();
		assertThat(this.page.locator("dd.personal",
				new com.microsoft.playwright.Page.LocatorOptions().setHasText("13811112222")))
			.isVisible();
		look("personal-shown");
		signIn("sd.auditor");
		open("/cases/" + caseNo);
		assertThat(this.page.locator("main")).containsText("查看了反映人电话");
		assertThat(this.page.locator("main")).containsText("上门前联系");
	}

}
