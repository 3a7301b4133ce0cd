package gridcase.mining;

import com.microsoft.playwright.Page;
import gridcase.web.BrowserTest;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import gridcase.clock.PlatformClock;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/** An auditor finds out where cases get stuck, and takes the log along. */
class MiningBrowserTests extends BrowserTest {

	@Autowired
	private PlatformClock clock;

	@Test
	void fromTheHeatMapToTheCases() {
		MiningCases cases = new MiningCases(this.drive, this.clock);
		String refused = cases.refusedOnce();
		cases.handle(refused, true);
		cases.handle(cases.dispatched(), false);
		cases.dispatched();
		String chosen = "?category=" + MiningCases.CATEGORY;

		signIn("sd.auditor");
		open("/mining" + chosen);
		this.page.waitForSelector("#heat[data-drawn]");
		assertThat(this.page.locator(".mn-badge").first()).isVisible();
		assertThat(this.page.locator(".bjs-powered-by")).isVisible();
		look("mining-heat");
		this.page.setViewportSize(1440, 900);

		this.page.locator(".mn-tabs a", new Page.LocatorOptions().setHasText("走法")).click();
		assertThat(this.page.locator(".mn-variants tbody tr").first()).isVisible();
		look("mining-variants");
		this.page.locator(".mn-tabs a", new Page.LocatorOptions().setHasText("单位移交")).click();
		assertThat(this.page.locator(".mn-matrix tbody td a").first()).isVisible();
		look("mining-units");
		this.page.setViewportSize(1440, 900);
		this.page.locator(".mn-matrix tbody td a").first().click();
		assertThat(this.page.locator("tbody")).containsText(refused);
		look("mining-cases");

		open("/mining/loops" + chosen);
		look("mining-loops");
		open("/mining/time" + chosen);
		assertThat(this.page.locator("#weeks canvas")).isVisible();
		look("mining-time");
		open("/mining/compare" + chosen);
		look("mining-compare");
		open("/mining/export" + chosen);
		look("mining-export");
		this.page.setViewportSize(1440, 900);
		var taken = this.page.waitForDownload(() -> this.page.click(".mn-export .btn-primary"));
		org.assertj.core.api.Assertions.assertThat(taken.suggestedFilename()).endsWith(".xes");
	}

}
