package gridcase.web;

import java.util.Map;

import com.microsoft.playwright.options.LoadState;
import org.junit.jupiter.api.Test;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** What a browser that has nothing yet fetches for a page, compressed as it is sent. */
class PageWeightTests extends BrowserTest {

	private static final int MOST = 120 * 1024;

	@Test
	void aFullInboxIsLight() {
		for (int i = 0; i < 25; i++) {
			this.drive.report("shangdi", "sd.c01.g1", "GRID_WORKER",
					Map.of("gridCode", "11010802200101", "title", "楼道堆放电动车电池、纸箱，第 " + i + " 处", "category", "S0501"));
		}
		signIn("sd.c01.dispatcher");
		open("/inbox?view=POOL");
		this.page.waitForLoadState(LoadState.LOAD);
		assertThat(this.page.locator("#preview h2")).isVisible();
		assertThat(this.page.locator("[data-task]").count()).isGreaterThanOrEqualTo(20);

		Map<String, Integer> bytes = weights();
		assertThat(bytes.values().stream().mapToInt(Integer::intValue).sum()).as("bytes of " + bytes)
			.isBetween(30 * 1024, MOST);
	}

	@SuppressWarnings("unchecked")
	private Map<String, Integer> weights() {
		return (Map<String, Integer>) this.page.evaluate("""
				() => Object.fromEntries([...performance.getEntriesByType('navigation'),
				  ...performance.getEntriesByType('resource')].map((entry) => [entry.name, entry.encodedBodySize]))""");
	}

}
