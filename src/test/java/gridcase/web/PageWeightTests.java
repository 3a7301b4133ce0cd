package gridcase.web;

import java.util.Map;

import com.microsoft.playwright.options.LoadState;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.util.AntPathMatcher;
import org.springframework.web.servlet.resource.ResourceUrlProvider;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a browser that has nothing yet fetches for a page, compressed as it is sent, and
 * how its files are found.
 */
class PageWeightTests extends BrowserTest {

	private static final int MOST = 120 * 1024;

	@Autowired
	private ResourceUrlProvider files;

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

	/**
	 * A page has a hundred links; a search of the class path for each is most of its
	 * time.
	 */
	@Test
	void onlyLinksToFilesAreLookedForAmongFiles() {
		AntPathMatcher paths = new AntPathMatcher();
		assertThat(this.files.getHandlerMap().keySet())
			.noneMatch((pattern) -> paths.match(pattern, "/cases/SD20260316-000001"));
		assertThat(this.files.getForLookupPath("/app/gridcase.css")).matches("/app/gridcase-[0-9a-f]{32}\\.css");
		assertThat(this.files.getForLookupPath("/webjars/htmx.org/dist/htmx.min.js"))
			.matches("/webjars/htmx\\.org/[0-9.]+/dist/htmx\\.min\\.js");
	}

	@SuppressWarnings("unchecked")
	private Map<String, Integer> weights() {
		return (Map<String, Integer>) this.page.evaluate("""
				() => Object.fromEntries([...performance.getEntriesByType('navigation'),
				  ...performance.getEntriesByType('resource')].map((entry) => [entry.name, entry.encodedBodySize]))""");
	}

}
