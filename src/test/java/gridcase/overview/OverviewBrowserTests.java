package gridcase.overview;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import gridcase.web.BrowserTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** Map and board in a browser. */
class OverviewBrowserTests extends BrowserTest {

	private static final List<String> LIGHTS = List.of("OVER", "WARN", "OK", "OK", "PAUSED");

	@Autowired
	private JdbcTemplate jdbc;

	private String last;

	@BeforeEach
	void cases() {
		if (this.jdbc.queryForObject("select count(*) from case_file", Integer.class) == 0) {
			List<String> titles = List.of("楼道堆放电动车电池、纸箱，邻居多次反映", "井盖破损翘起", "路灯整排不亮", "油烟扰民", "消防通道被占用");
			List<String> categories = List.of("S0501", "S0102", "S0301", "S0102", "S0501");
			for (int i = 0; i < 40; i++) {
				int community = 1 + i * i % 12;
				report(community, Map.of("title", titles.get(i % 5), "category", categories.get(i % 5)),
						LIGHTS.get((i / 2) % 5));
			}
		}
		this.last = report(1,
				Map.of("title", "变压器箱门敞开", "longitude",
						116.2932 + 0.0012 * this.jdbc.queryForObject(
								"select count(*) from case_file where longitude is not null", Integer.class),
						"latitude", 40.0351),
				"OVER");
	}

	private String report(int community, Map<String, Object> more, String light) {
		Map<String, Object> values = new java.util.HashMap<>(
				Map.of("gridCode", "110108022%03d01".formatted(community)));
		values.putAll(more);
		String caseNo = this.drive.report("shangdi", "sd.c%02d.g1".formatted(community), "GRID_WORKER", values);
		this.jdbc.update("update case_file set light = ? where case_no = ?", light, caseNo);
		return caseNo;
	}

	private void ready() {
		this.page.waitForSelector("#map[data-ready]");
	}

	@Test
	void dispatcherSeesWhereCasesAreAndWhoAnswersThere() {
		signIn("sd.dispatcher");
		this.page.click("nav a[href='/map']");
		ready();
		assertThat(this.page.locator(".mp-cell").count()).isGreaterThanOrEqualTo(12);
		assertThat(this.page.locator(".mp-sign").count()).isPositive();
		assertThat(this.page.locator("#list")).containsText("件");
		this.page.locator(".mp")
			.screenshot(new Locator.ScreenshotOptions().setPath(Path.of("target", "screenshots", "map-part.png")));
		look("map");

		this.page.locator(".mp-cell").nth(4).click(new Locator.ClickOptions().setForce(true));
		assertThat(this.page.locator("#panel h2")).isVisible();
		assertThat(this.page.locator("#panel .mp-people a[href^='tel:']").first()).isVisible();
		assertThat(this.page.locator("#panel")).containsText("相邻网格");
		assertThat(this.page.locator(".mp-cell.chosen")).hasCount(1);
		assertThat(this.page.url()).contains("grid=");
		ready();
		this.page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target", "screenshots", "map-grid.png")));
		look("map-grid");
	}

	@Test
	void caseIsFoundAmongItsNeighbours() {
		signIn("sd.dispatcher");
		open("/map?case=" + this.last);
		ready();
		assertThat(this.page.locator("#panel h2")).hasText("变压器箱门敞开");
		assertThat(this.page.locator("#panel .mp-cases")).containsText(" 米");
		assertThat(this.page.locator(".mp-ring")).hasCount(1);
		look("map-case");
		this.page.click("#panel a.btn-primary");
		assertThat(this.page.locator("h1")).hasText("变压器箱门敞开");
	}

	@Test
	void listIsTheMapForTheKeyboard() {
		signIn("sd.dispatcher");
		open("/map");
		ready();
		this.page.locator("#list .mp-cases a").first().focus();
		this.page.keyboard().press("Enter");
		assertThat(this.page.locator("#panel h2")).isFocused();
		assertThat(this.page.locator("#panel a.btn-primary")).isVisible();
		String before = this.page.locator("#list header .muted").textContent();
		this.page.selectOption("#m1", "OVER");
		assertThat(this.page.locator("#list header .muted")).not().hasText(before);
		assertThat(this.page.locator(".mp-sign.is-ok")).hasCount(0);
		assertThat(this.page.url()).contains("light=OVER");
	}

	@Test
	void gridWorkerSeesTheOwnGridOnly() {
		signIn("sd.c02.g1");
		open("/map");
		ready();
		assertThat(this.page.locator("nav a[href='/board']")).hasCount(0);
		assertThat(this.page.locator("#list")).not().containsText("变压器箱门敞开");
		look("map-worker");
	}

	@Test
	void manyGridsAreDrawnAsFewAsCanBeHit() {
		signIn("qd.dispatcher");
		open("/map");
		ready();
		assertThat(this.page.locator(".mp-cell").count()).isBetween(12, 500);
		this.page
			.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target", "screenshots", "map-district.png")));
	}

	@Test
	void boardFollowsWhatHappensWithoutAReload() {
		signIn("sd.leader");
		this.page.click("nav a[href='/board']");
		assertThat(this.page.locator("#data-time")).containsText(":");
		int open = Integer.parseInt(this.page.locator("#k-open").textContent());
		int in = Integer.parseInt(this.page.locator("#k-in").textContent());
		this.page.evaluate("() => window.sameLoad = true");
		assertThat(this.page.locator("#flow canvas")).isVisible();
		look("board");
		picture("board-1920", 1920, 1080);
		accessible("page");

		String caseNo = report(3, Map.of("title", "新到的一件"), "OK");
		assertThat(this.page.locator("#k-open")).hasText(String.valueOf(open + 1));
		assertThat(this.page.locator("#k-in")).hasText(String.valueOf(in + 1));
		int closed = Integer.parseInt(this.page.locator("#k-closed").textContent());
		this.drive.complete(caseNo, "Stage_File", Map.of("filing", "REJECT", "filingReason", "不属于受理范围，已当面说明"));
		assertThat(this.page.locator("#k-open")).hasText(String.valueOf(open));
		assertThat(this.page.locator("#k-closed")).hasText(String.valueOf(closed));
		assertThat((Boolean) this.page.evaluate("() => window.sameLoad")).isTrue();
		assertThat(this.page.locator(".bd-out")).containsText("结束");
	}

	@Test
	void boardOfACommunityAndOfADistrict() {
		signIn("sd.c01.dispatcher");
		open("/board");
		assertThat(this.page.locator("h1")).containsText("上地东里第一社区网格");
		assertThat(this.page.locator("#flow canvas")).isVisible();
		look("board-community");
		signIn("qd.leader");
		open("/board");
		assertThat(this.page.locator("#flow canvas")).isVisible();
		picture("board-district", 1440, 900);
	}

	private void picture(String name, int width, int height) {
		this.page.setViewportSize(width, height);
		this.page.waitForTimeout(400);
		this.page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target", "screenshots", name + ".png")));
		assertThat(((Number) this.page.evaluate("document.documentElement.scrollHeight")).intValue())
			.isLessThanOrEqualTo(height);
	}

}
