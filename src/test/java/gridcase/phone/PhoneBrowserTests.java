package gridcase.phone;

import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.Geolocation;
import com.microsoft.playwright.options.ServiceWorkerPolicy;
import gridcase.casework.CaseFile;
import gridcase.casework.Cases;
import gridcase.casework.OpenTask;
import gridcase.clock.PlatformClock;
import gridcase.registry.GridShape;
import gridcase.registry.GridShapes;
import gridcase.web.BrowserTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** A grid worker's day with a phone: 390 px, bad network, embedded browser. */
class PhoneBrowserTests extends BrowserTest {

	private static final Path SHOTS = Path.of("target", "screenshots");

	private static final String WORKER = "sd.c03.g1";

	private static final String GRID = "11010802200301";

	private static final String WECHAT = "Mozilla/5.0 (Linux; Android 14; PJD110) AppleWebKit/537.36 (KHTML, like Gecko) "
			+ "Version/4.0 Chrome/126.0.0.0 Mobile Safari/537.36 XWEB/1260117 MMWEBSDK/20240404 MicroMessenger/8.0.49.2600";

	@Autowired
	private Cases cases;

	@Autowired
	private JdbcTemplate jdbc;

	@Autowired
	private GridShapes shapes;

	@Autowired
	private PlatformClock clock;

	@LocalServerPort
	private int port;

	private final List<String> faults = new ArrayList<>();

	private final List<BrowserContext> phones = new ArrayList<>();

	@AfterEach
	void closePhones() {
		this.phones.forEach(BrowserContext::close);
		assertThat(this.faults).isEmpty();
	}

	private static Browser.NewContextOptions usual() {
		return new Browser.NewContextOptions().setLocale("zh-CN")
			.setViewportSize(390, 844)
			.setHasTouch(true)
			.setIsMobile(true);
	}

	private void takePhone(String login, Browser.NewContextOptions options) {
		BrowserContext phone = this.page.context().browser().newContext(options);
		this.phones.add(phone);
		this.page = phone.newPage();
		this.page.setDefaultTimeout(20_000);
		watch(this.page);
		go("/m");
		this.page.fill("#u", login);
		this.page.fill("#p", "gridcase");
		this.page.click("button[type=submit]");
		this.page.waitForURL((url) -> url.endsWith("/m") || url.contains("/m?"));
		ready();
	}

	private void watch(Page watched) {
		watched.onPageError((error) -> this.faults.add("script: " + error));
		watched.onConsoleMessage((message) -> {
			boolean answer = message.text().startsWith("Failed to load resource");
			if (!answer && ("error".equals(message.type()) || message.text().contains("Content Security Policy"))) {
				this.faults.add("console: " + message.text());
			}
		});
	}

	private void go(String path) {
		this.page.navigate("http://localhost:" + this.port + path);
	}

	private void ready() {
		this.page.waitForSelector("#ph[data-ready]");
	}

	private void openReport() {
		go("/m/report");
		this.page.waitForSelector("#report[data-ready]");
	}

	private void write(String title) {
		this.page.fill("#f-title", title);
		this.page.fill("#f-description", "纸箱和旧家具堆在二层平台，占了一半通道");
		this.page.selectOption("#f-category", "S0501");
		this.page.waitForFunction("() => !document.querySelector('.htmx-request')");
		this.page.selectOption("#f-gridCode", GRID);
		this.page.fill("#f-address", "上地佳园 6 号楼 2 单元");
	}

	private void photo(FilePayload... photos) {
		int before = this.page.locator("#photos figure").count();
		this.page.locator("#photos label:nth-of-type(2) input").setInputFiles(photos);
		assertThat(this.page.locator("#photos figure")).hasCount(before + photos.length);
	}

	private String reportedAs(String title) {
		List<String> found = this.jdbc.queryForList("select case_no from case_file where title = ?", String.class,
				title);
		assertThat(found).hasSize(1);
		return found.get(0);
	}

	private int filesOf(String caseNo) {
		return this.jdbc.queryForObject("select count(*) from attachment where case_no = ?", Integer.class, caseNo);
	}

	private void snap(String name) {
		this.page.screenshot(new Page.ScreenshotOptions().setPath(SHOTS.resolve("phone-" + name + ".png")));
		this.page.screenshot(
				new Page.ScreenshotOptions().setPath(SHOTS.resolve("phone-" + name + "-full.png")).setFullPage(true));
		assertThat(((Number) this.page.evaluate("document.documentElement.scrollWidth")).intValue()).as(name)
			.isLessThanOrEqualTo(390);
		assertThat(small()).as("touch targets of " + name).isEmpty();
		accessible(name);
	}

	/**
	 * What a thumb has to hit and is less than 44 px high; links within text excepted.
	 */
	@SuppressWarnings("unchecked")
	private List<String> small() {
		return (List<String>) this.page.evaluate(
				"""
						() => [...document.querySelectorAll('.btn, .ph-bar a, .gc-tabs a, .form-control, .form-select, .seg span, .add, .form-check')]
							.filter((target) => target.offsetParent && target.getBoundingClientRect().height < 43.5)
							.map((target) => target.outerHTML.slice(0, 120))""");
	}

	@Test
	void aPhotoSaysWhereItIs() {
		takePhone(WORKER, usual());
		openReport();
		snap("report-empty");
		photo(Photos.positioned("IMG_0417.JPG", 40.032110, 116.308125, "2026:03:18 10:21:05", ByteOrder.LITTLE_ENDIAN));
		assertThat(this.page.locator("#where")).hasText("位置来自照片");
		assertThat(this.page.locator("#where-more")).containsText("03-18 10:21 拍摄");
		write("二层平台堆放纸箱和旧家具");
		snap("report");
		this.page.click("#send");
		assertThat(said()).containsText("已上报，案号");
		snap("reported");
		CaseFile file = this.cases.get(reportedAs("二层平台堆放纸箱和旧家具"));
		assertThat(Double.parseDouble(file.fact("latitude"))).isEqualTo(40.03211);
		assertThat(Double.parseDouble(file.fact("longitude"))).isEqualTo(116.308125);
		Map<String, Object> kept = this.jdbc
			.queryForMap("select name, size, content_type from attachment where case_no = ?", file.caseNo());
		assertThat(kept.get("name")).isEqualTo("2026-03-18 10.21.jpg");
		assertThat((Integer) kept.get("size")).isBetween(20_000, 300_000);
	}

	@Test
	void withoutAPositionInThePhotoThePhoneIsAsked() {
		takePhone(WORKER, usual().setGeolocation(new Geolocation(40.0401, 116.3102).setAccuracy(8))
			.setPermissions(List.of("geolocation")));
		String title = "井盖缺失，已放路锥";
		openReport();
		photo(Photos.plain("a.jpg", 1));
		assertThat(this.page.locator("#where")).hasText("位置来自手机");
		assertThat(this.page.locator("#where-more")).containsText("精度约 8 米");
		write(title);
		this.page.click("#send");
		assertThat(said()).containsText("已上报");
		String caseNo = reportedAs(title);
		assertThat(Double.parseDouble(this.cases.get(caseNo).fact("longitude"))).isEqualTo(116.3102);
		go("/m?view=OWNED");
		ready();
		assertThat(this.page.locator(".pc", new Page.LocatorOptions().setHasText(title)).locator(".ph-far"))
			.hasText("距您 10 米");
	}

	@Test
	void theGridAroundThePositionIsProposedUntilOneIsChosen() {
		GridShape other = this.shapes.neighbours(GRID, this.clock.now())
			.stream()
			.map((grid) -> this.shapes.find(grid.code(), this.clock.now()).orElseThrow())
			.findFirst()
			.orElseThrow();
		takePhone(WORKER, usual());
		openReport();
		assertThat(this.page.locator("#f-gridCode")).hasValue(GRID);
		photo(Photos.positioned("a.jpg", other.latitude(), other.longitude(), "2026:03:18 10:21:05",
				ByteOrder.LITTLE_ENDIAN));
		assertThat(this.page.locator("#f-gridCode")).hasValue(Pattern.compile("^" + other.grid() + "\\d*$"));
		assertThat(this.page.locator("#where-more")).containsText("，属");
		snap("grid-proposed");
		this.page.selectOption("#f-gridCode", GRID);
		photo(Photos.positioned("b.jpg", other.latitude(), other.longitude(), "2026:03:18 10:22:05",
				ByteOrder.LITTLE_ENDIAN));
		assertThat(this.page.locator("#f-gridCode")).hasValue(GRID);
	}

	@Test
	void headersOfCamerasAreRead() {
		takePhone(WORKER, usual());
		FilePayload south = Photos.positioned("s.jpg", -33.8568, -70.6483, "2025:12:31 23:59:59", ByteOrder.BIG_ENDIAN);
		Map<?, ?> read = exif(south.buffer);
		assertThat(((Number) read.get("latitude")).doubleValue()).isBetween(-33.856801, -33.856799);
		assertThat(((Number) read.get("longitude")).doubleValue()).isBetween(-70.648301, -70.648299);
		assertThat(read.get("taken")).isEqualTo("2025-12-31T23:59:59");
		assertThat(exif(Photos.plain("p.jpg", 2).buffer)).isEmpty();
		byte[] cut = java.util.Arrays.copyOf(south.buffer, 150);
		assertThat(exif(cut).containsKey("latitude")).isFalse();
		assertThat(exif("not a photo".getBytes(java.nio.charset.StandardCharsets.US_ASCII))).isEmpty();
		FilePayload nowhere = Photos.positioned("n.jpg", 0, 0, "0000:00:00 00:00:00", ByteOrder.LITTLE_ENDIAN);
		assertThat(exif(nowhere.buffer)).isEmpty();
	}

	private Map<?, ?> exif(byte[] photo) {
		return (Map<?, ?>) this.page.evaluate(
				"(text) => gridcaseExif.read(Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)).buffer)",
				java.util.Base64.getEncoder().encodeToString(photo));
	}

	@Test
	void whatIsReportedWithoutANetworkGoesUpOnce() {
		takePhone(WORKER, usual());
		this.page.waitForSelector("#ph[data-kept]");
		this.page.context().setOffline(true);
		go("/m");
		ready();
		assertThat(this.page.locator("#net")).containsText("读到的任务");
		snap("tasks-offline");
		openReport();
		assertThat(this.page.locator("#send")).hasText("保存，联网后上报");
		String title = "消防栓前堆放砖块";
		write(title);
		photo(Photos.plain("a.jpg", 3), Photos.plain("b.jpg", 4));
		snap("report-offline");
		this.page.click("#send");
		assertThat(this.page.locator("#queue-items .pq")).hasCount(1);
		assertThat(this.page.locator("#queue-items")).containsText("网络");
		this.page.reload();
		this.page.waitForSelector("#report[data-ready]");
		assertThat(this.page.locator("#queue-items .pq")).hasCount(1);
		this.page.locator("#queue").scrollIntoViewIfNeeded();
		snap("queue-offline");
		this.page.context().setOffline(false);
		assertThat(this.page.locator("#queue-items [data-state]")).hasText("已上报");
		snap("queue-sent");
		assertThat(filesOf(reportedAs(title))).isEqualTo(2);
		this.page.reload();
		this.page.waitForSelector("#report[data-ready]");
		assertThat(filesOf(reportedAs(title))).isEqualTo(2);
	}

	@Test
	void aLostAnswerMakesNoSecondCaseAndNoSecondPhoto() {
		takePhone(WORKER, usual().setServiceWorkers(ServiceWorkerPolicy.BLOCK));
		AtomicInteger photosSeen = new AtomicInteger();
		AtomicInteger reportsSeen = new AtomicInteger();
		// the server gets it, the phone never hears so
		this.page.route("**/m/photos", (route) -> {
			if (photosSeen.incrementAndGet() == 1) {
				route.fetch();
				route.abort();
			}
			else {
				route.resume();
			}
		});
		this.page.route("**/m/reports", (route) -> {
			if (reportsSeen.incrementAndGet() == 1) {
				route.fetch();
				route.abort();
			}
			else {
				route.resume();
			}
		});
		openReport();
		String title = "单元门口私拉电线充电";
		write(title);
		photo(Photos.plain("a.jpg", 5), Photos.plain("b.jpg", 6));
		this.page.click("#send");
		Locator state = this.page.locator("#queue-items [data-state]");
		assertThat(state).hasText("上次失败");
		snap("queue-failed");
		this.page.locator("#queue-items [data-retry]").click();
		assertThat(state).hasText(Pattern.compile("上次失败|已上报"));
		this.page.waitForCondition(() -> reportsSeen.get() >= 1);
		assertThat(state).hasText("上次失败");
		this.page.locator("#queue-items [data-retry]").click();
		assertThat(state).hasText("已上报");
		assertThat(photosSeen.get()).isEqualTo(3);
		assertThat(reportsSeen.get()).isEqualTo(2);
		assertThat(filesOf(reportedAs(title))).isEqualTo(2);
		assertThat(this.jdbc.queryForObject("select count(*) from attachment where case_no is null and uploaded_by = ?",
				Integer.class, WORKER))
			.isZero();
	}

	@Test
	void anEndedSessionKeepsTheQueueAndAsksToSignIn() {
		takePhone("sd.c02.g1", usual());
		openReport();
		String title = "树枝断裂悬在路面上方";
		write(title.substring(0, 10));
		this.page.fill("#f-title", title);
		this.page.locator("#f-gridCode").selectOption(new com.microsoft.playwright.options.SelectOption().setIndex(1));
		photo(Photos.plain("a.jpg", 8));
		this.page.context().clearCookies();
		this.page.click("#send");
		assertThat(this.page.locator("#net")).containsText("登录已过期");
		assertThat(said()).containsText("重新登录后自动上报");
		snap("signed-out");
		this.page.click("#net a");
		this.page.fill("#u", "sd.c02.g1");
		this.page.fill("#p", "gridcase");
		this.page.click("button[type=submit]");
		this.page.waitForSelector("#report[data-ready]");
		assertThat(this.page.locator("#queue-items [data-state]")).hasText("已上报");
		assertThat(filesOf(reportedAs(title))).isOne();
	}

	@Test
	void twoTabsSendOnceAndASignedOutPhoneForgetsTheTasks() {
		takePhone(WORKER, usual());
		this.page.waitForSelector("#ph[data-kept]");
		Page first = this.page;
		openReport();
		String title = "下水道堵塞，污水外溢";
		write(title);
		photo(Photos.plain("a.jpg", 9));
		first.context().setOffline(true);
		first.click("#send");
		assertThat(first.locator("#queue-items .pq")).hasCount(1);
		Page second = first.context().newPage();
		watch(second);
		second.navigate("http://localhost:" + this.port + "/m/report");
		second.waitForSelector("#report[data-ready]");
		assertThat(second.locator("#queue-items .pq")).hasCount(1);
		first.context().setOffline(false);
		assertThat(first.locator("#queue-items [data-state]")).hasText("已上报");
		assertThat(second.locator("#queue-items [data-state]")).hasText("已上报");
		assertThat(filesOf(reportedAs(title))).isOne();
		second.close();
		go("/m/me");
		ready();
		assertThat(this.page.locator("#me-offline")).containsText("没有网络也能打开");
		snap("me");
		this.page.click("#sign-out button");
		this.page.waitForURL((url) -> url.contains("/sign-in"));
		assertThat((Boolean) this.page.evaluate("() => caches.has('gridcase-pages')")).isFalse();
		this.page.context().setOffline(true);
		go("/m");
		assertThat(this.page.locator("h1")).hasText("没有网络");
		this.page.context().setOffline(false);
	}

	@Test
	void signForHandleAndVerifyOnThePhone() {
		String title = "楼道堆放电动车电池，堵塞疏散通道";
		String caseNo = this.drive.report("shangdi", WORKER, "GRID_WORKER", Map.of("gridCode", GRID, "category",
				"S0501", "title", title, "urgency", "URGENT", "address", "上地佳园 6 号楼 2 单元"));
		this.drive.complete(caseNo, "Stage_File", Map.of("filing", "FILE"));
		this.drive.complete(caseNo, "Stage_Dispatch", Map.of());
		String handler = this.drive.anyOf(this.drive.task(caseNo, "Task_SignFor").pool());
		takePhone(handler, usual());
		go("/m?view=POOL");
		ready();
		snap("tasks-pool");
		card(title).locator(".btn-primary").click();
		pick("signing", "签收");
		snap("sign-for");
		this.page.click(".ph-submit .btn");
		assertThat(said()).containsText("已提交");
		go("/m");
		ready();
		snap("tasks");
		card(title).locator(".btn-primary").click();
		this.page.click(".ph-submit .btn");
		assertThat(this.page.locator("#form-problems")).containsText("需要改正");
		snap("handle-problems");
		pick("handlingOutcome", "已办成");
		this.page.waitForSelector("#f-resultText");
		this.page.fill("#f-resultText", "电池已搬离，通道清空，已告知住户不得在楼道充电");
		this.page.locator("[data-name=resultPhotos] input[type=file]")
			.setInputFiles(new FilePayload[] { Photos.plain("处置前.jpg", 11), Photos.plain("处置后.jpg", 12) });
		assertThat(this.page.locator(".gc-uploads li")).hasCount(2);
		snap("handle");
		this.page.click(".ph-submit .btn");
		assertThat(said()).containsText("已提交");
		assertThat(filesOf(caseNo)).isEqualTo(2);
		this.drive.helpersDo(caseNo);
		OpenTask verify = this.drive.task(caseNo, "Stage_Verify");
		String verifier = this.drive.anyOf(verify.pool());
		assertThat(verifier).isNotEqualTo(handler);
		takePhone(verifier, usual());
		go("/m?view=POOL");
		ready();
		card(title).locator(".btn-primary").click();
		assertThat(this.page.locator(".ph-photos img")).hasCount(2);
		pick("verified", "通过");
		this.page.fill("#f-verifyText", "现场复核，通道已清空，没有再堆放");
		this.page.locator("[data-name=photos] input[type=file]").setInputFiles(Photos.plain("核查.jpg", 13));
		assertThat(this.page.locator(".gc-uploads li")).hasCount(1);
		snap("verify");
		this.page.click(".ph-submit .btn");
		assertThat(said()).containsText("已提交");
		assertThat(filesOf(caseNo)).isEqualTo(3);
		assertThat(this.cases.get(caseNo).fact("verified")).isEqualTo("true");
	}

	private Locator card(String title) {
		return this.page.locator(".pc", new Page.LocatorOptions().setHasText(title));
	}

	private void pick(String field, String label) {
		this.page.locator("#f-" + field + " label", new Page.LocatorOptions().setHasText(label)).first().click();
		this.page.waitForFunction("() => !document.querySelector('.htmx-request')");
	}

	@Test
	void selfHandlingOnTheSpot() {
		takePhone(WORKER, usual());
		openReport();
		String title = "电线杆上张贴小广告三处";
		write(title);
		this.page.check("#f-wantsSelfHandling");
		photo(Photos.plain("前.jpg", 14));
		this.page.click("#send");
		assertThat(said()).containsText("已上报");
		String caseNo = reportedAs(title);
		go("/m/cases/" + caseNo);
		ready();
		pick("selfHandlingDone", "已办成");
		this.page.fill("#f-resultText", "三处小广告已全部铲除，墙面擦净");
		this.page.locator("[data-name=proofPhotos] input[type=file]").setInputFiles(Photos.plain("后.jpg", 15));
		assertThat(this.page.locator(".gc-uploads li")).hasCount(1);
		snap("self-handle");
		this.page.click(".ph-submit .btn");
		assertThat(said()).containsText("已提交");
		assertThat(filesOf(caseNo)).isEqualTo(2);
		assertThat(this.cases.get(caseNo).fact("selfHandled")).isEqualTo("true");
	}

	@Test
	void largeTypeIsKeptForThePersonAndCutsNothing() {
		this.drive.report("shangdi", WORKER, "GRID_WORKER", Map.of("gridCode", GRID, "category", "S0501", "title",
				"楼道堆放电动车电池、纸箱和废旧家具，堵塞疏散通道，住户多次劝阻无效", "address", "上地佳园 6 号楼 2 单元 1 至 3 层公共平台"));
		takePhone(WORKER, usual());
		openReport();
		this.page.fill("#f-title", "正在写的标题");
		this.page.click("#type-form button");
		this.page.waitForSelector("#ph.large[data-type=large]");
		assertThat(this.page.locator("#f-title")).hasValue("正在写的标题");
		snap("report-large");
		for (String path : List.of("/m?view=OWNED", "/m/me", "/m")) {
			go(path);
			ready();
			assertThat(this.page.locator("#ph.large")).hasCount(1);
			snap("large" + path.replaceAll("[^a-zA-Z]+", "-"));
		}
		go("/m?view=OWNED");
		this.page.locator(".pc .btn").first().click();
		ready();
		snap("case-large");
		assertThat(((Number) this.page
			.evaluate("() => parseFloat(getComputedStyle(document.querySelector('#matter p')).fontSize)"))
			.doubleValue()).isGreaterThanOrEqualTo(20);
		this.page.click("#type-form button");
		this.page.waitForSelector("#ph[data-type=usual]:not(.large)");
	}

	@Test
	void worksInAnEmbeddedBrowser() {
		takePhone(WORKER, usual().setUserAgent(WECHAT).setServiceWorkers(ServiceWorkerPolicy.BLOCK));
		assertThat(this.page.locator("#ph[data-kept]")).hasCount(0);
		openReport();
		String title = "路灯不亮，夜间行人摔倒";
		write(title);
		photo(Photos.plain("a.jpg", 16));
		this.page.click("#send");
		assertThat(said()).containsText("已上报");
		assertThat(filesOf(reportedAs(title))).isOne();
		go("/m/me");
		ready();
		assertThat(this.page.locator("#me-offline")).containsText("不能离线打开");
		assertThat(this.page.locator("a[target], a[download]")).hasCount(0);
	}

	@Test
	void saysKindlyWhenNothingCanBeKeptOnThePhone() {
		takePhone(WORKER, usual().setUserAgent(WECHAT).setServiceWorkers(ServiceWorkerPolicy.BLOCK));
		this.page.context()
			.addInitScript("Object.defineProperty(window, 'indexedDB', { value: undefined });"
					+ "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } });");
		openReport();
		assertThat(said()).containsText("不能把报告存在手机里");
		snap("not-lasting");
		String title = "人行道地砖松动翘起";
		write(title);
		photo(Photos.plain("a.jpg", 17));
		this.page.click("#send");
		assertThat(said()).containsText("已上报");
		assertThat(filesOf(reportedAs(title))).isOne();
	}

	@Test
	void whatTheServerRefusesIsMendedInPlace() {
		takePhone(WORKER, usual());
		openReport();
		this.page.click("#send");
		assertThat(this.page.locator("#form-problems")).containsText("标题");
		snap("report-problems");
		String title = "垃圾桶满溢，周边散落";
		write(title);
		this.page.fill("#f-reporterPhone", "没有电话");
		this.page.click("#send");
		assertThat(this.page.locator("#form-problems")).containsText("联系电话");
		assertThat(this.page.locator("#f-title")).hasValue(title);
		this.page.fill("#f-reporterPhone", "13800001234");
		this.page.click("#send");
		assertThat(said()).containsText("已上报");
		assertThat(reportedAs(title)).isNotBlank();
	}

}
