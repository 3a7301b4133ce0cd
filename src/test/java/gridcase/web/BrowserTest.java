package gridcase.web;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import gridcase.casework.CaseDriver;
import gridcase.platform.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.ContextConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A test in a real browser on the running application with the demo places. Any script
 * error, content policy violation or unexpected answer fails it. Needs a Chromium,
 * {@code CHROMIUM} names it; without one the test is skipped.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "gridcase.demo.enabled=true", "gridcase.demo.cases=false" })
@ActiveProfiles("test")
@ContextConfiguration(initializers = TestDatabase.Initializer.class)
@ExtendWith(TestDatabase.ClassRestorer.class)
@Import(CaseDriver.class)
public abstract class BrowserTest {

	private static final Path SHOTS = Path.of("target", "screenshots");

	private static final List<String> ARGUMENTS = List.of("--no-sandbox", "--disable-gpu", "--disable-quic",
			"--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync");

	private static Browser browser;

	private final List<String> faults = new ArrayList<>();

	private BrowserContext context;

	protected Page page;

	@Autowired
	protected CaseDriver drive;

	@LocalServerPort
	private int port;

	/** One browser serves all tests of a process; it ends with it. */
	@BeforeAll
	static synchronized void startBrowser() {
		if (browser != null) {
			return;
		}
		Path chromium = Path.of(System.getenv().getOrDefault("CHROMIUM", "/usr/bin/chromium"));
		assertThat(Files.isExecutable(chromium))
			.as("No browser at " + chromium + ": run scripts/test.sh, or set CHROMIUM")
			.isTrue();
		// a machine that runs other tests beside may take its time
		PlaywrightAssertions.setDefaultAssertionTimeout(15_000);
		Playwright playwright = Playwright
			.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
		browser = playwright.chromium()
			.launch(new BrowserType.LaunchOptions().setExecutablePath(chromium).setArgs(ARGUMENTS));
	}

	@BeforeEach
	void openPage() {
		this.context = browser
			.newContext(new Browser.NewContextOptions().setLocale("zh-CN").setViewportSize(1440, 900));
		this.page = this.context.newPage();
		this.page.setDefaultTimeout(15_000);
		this.page.onPageError((error) -> this.faults.add("script: " + error));
		this.page.onConsoleMessage((message) -> {
			boolean answer = message.text().startsWith("Failed to load resource");
			// the editor of tables brings a library that says so of itself
			boolean known = message.text().startsWith("It looks like you're using a minified copy of the development");
			if (!answer && !known
					&& ("error".equals(message.type()) || message.text().contains("Content Security Policy"))) {
				this.faults.add("console: " + message.text());
			}
		});
		this.page.onResponse((response) -> {
			if (response.status() >= 500) {
				this.faults.add("answer " + response.status() + ": " + response.url());
			}
		});
	}

	@AfterEach
	void closePage() {
		if (this.context != null) {
			this.context.close();
		}
		assertThat(this.faults).isEmpty();
	}

	/** Signs somebody in, whoever was before. */
	protected void signIn(String login) {
		// a live page asks by itself: unknown suddenly, it would go to the sign-in alone
		this.page.navigate("about:blank");
		this.context.clearCookies();
		signIn(this.page, login);
	}

	/** Signs somebody in, in another browser. */
	protected void signIn(Page where, String login) {
		open(where, "/sign-in");
		where.fill("#u", login);
		where.fill("#p", "gridcase");
		where.click("button[type=submit]");
		where.waitForURL((url) -> !url.contains("/sign-in"));
	}

	protected void open(String path) {
		open(this.page, path);
	}

	protected void open(Page where, String path) {
		String address = "http://localhost:" + this.port + path;
		try {
			where.navigate(address);
		}
		catch (PlaywrightException ex) {
			if (!ex.getMessage().contains("ERR_ABORTED") && !ex.getMessage().contains("interrupted by another")) {
				throw ex;
			}
			// the live page before it went somewhere by itself at the same moment
			where.navigate(address);
		}
	}

	/** Another person's browser, to be closed by the test. */
	protected BrowserContext another() {
		return browser.newContext(new Browser.NewContextOptions().setLocale("zh-CN").setViewportSize(1440, 900));
	}

	/** Chooses in a row of buttons or boxes, and waits for the fields to follow. */
	protected void choose(String field, String label) {
		this.page.locator("#f-" + field + " label", new Page.LocatorOptions().setHasText(label)).first().click();
		this.page.waitForFunction("() => !document.querySelector('.htmx-request')");
	}

	/** Sends the form of the task on the page. */
	protected void send() {
		this.page.click("#task .fm-acts .btn-primary");
	}

	/** What the platform said after the last action. */
	protected Locator said() {
		return this.page.locator("#flash");
	}

	/**
	 * Takes a picture at desk and phone width; neither may scroll sideways, and nobody
	 * may be kept from reading or using the page.
	 */
	protected void look(String name) {
		for (int width : new int[] { 390, 1440 }) {
			this.page.setViewportSize(width, (width == 390) ? 844 : 900);
			this.page.screenshot(
					new Page.ScreenshotOptions().setPath(SHOTS.resolve(name + "-" + width + ".png")).setFullPage(true));
			assertThat(((Number) this.page.evaluate("document.documentElement.scrollWidth")).intValue())
				.as(name + " at " + width)
				.isLessThanOrEqualTo(width);
		}
		accessible(name);
	}

	/** Meets WCAG 2.1 AA as far as a program can tell. */
	protected void accessible(String name) {
		// by itself, the builder also collects everything that is in order and opens
		// another page
		this.page.evaluate(AxeBuilder.getAxeScript());
		assertThat((List<?>) this.page.evaluate("""
				() => axe.run(document, {
				  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'],
				  resultTypes: ['violations']
				}).then((found) => found.violations.map((rule) => rule.id + ': ' + rule.nodes.map((node) => node.html)))
				""")).as("barriers on " + name).isEmpty();
	}

}
