package gridcase.resident;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Media;
import gridcase.casework.Cases;
import gridcase.casework.OpenTask;
import gridcase.casework.OpenTasks;
import gridcase.clock.PlatformClock;
import gridcase.shared.Acting;
import gridcase.web.BrowserTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/** A resident with a phone, from the card at the door to a satisfied answer. */
class ResidentBrowserTests extends BrowserTest {

	private static final Path PHOTO = Path.of("target", "resident-photo.png");

	@Autowired
	private Cases cases;

	@Autowired
	private OpenTasks tasks;

	@Autowired
	private PlatformClock clock;

	@Autowired
	private JdbcTemplate jdbc;

	@Autowired
	private gridcase.casework.Attachments attachments;

	@BeforeEach
	void phone() {
		this.page.setViewportSize(390, 844);
	}

	@Test
	void fromTheCardToASatisfiedAnswer() throws Exception {
		open("/card/11010802200101");
		assertThat(this.page.locator(".dc-qr img")).isVisible();
		accessible("card");
		look("resident-card");
		this.page.setViewportSize(390, 844);
		this.page.click("text=反映问题 >> visible=true >> nth=-1");
		this.page.waitForURL(Pattern.compile(".*/r/shangdi\\?grid=11010802200101"));
		assertThat(this.page.locator("#grids input")).isChecked();

		this.page.click("button[value=send]");
		assertThat(this.page.locator("#refused")).isFocused();
		assertThat(this.page.locator("#refused")).containsText("项需要改正，尚未提交");
		accessible("report with faults");
		look("resident-report-problems");
		this.page.setViewportSize(390, 844);

		this.page.fill("#f-title", "3 号楼 2 单元的门关不上");
		this.page.fill("#f-description", "从上周起关不上，夜里有陌生人进出，老人和孩子都不放心");
		this.page.selectOption("#f-category", "S0501");
		this.page.setInputFiles("#files", photo());
		assertThat(this.page.locator("#photos img")).hasCount(1);
		this.page.fill("#f-address", "上地东里 3 号楼 2 单元");
		assertThat(this.page.locator("#grids li")).not().hasCount(1);
		this.page.fill("#f-reporterName", "陈女士");
		this.page.fill("#f-reporterPhone", "13800002046");
		accessible("report");
		look("resident-report");
		this.page.setViewportSize(390, 844);
		this.page.click("button[value=send]");
		assertThat(this.page.locator("#refused")).containsText("同意使用个人信息");
		assertThat(this.page.locator("#photos img")).hasCount(1);
		assertThat(this.page.locator("#f-title")).hasValue("3 号楼 2 单元的门关不上");
		this.page.check("#f-consent");
		this.page.click("button[value=send]");
		this.page.waitForURL(Pattern.compile(".*/track/SD.*"));
		String caseNo = this.page.url().replaceAll(".*/track/([^/]+)/.*", "$1");
		assertThat(this.page.locator("[role=status]")).containsText(caseNo);
		org.assertj.core.api.Assertions.assertThat(this.attachments.ofCase(caseNo)).hasSize(1);
		accessible("fresh case");
		look("resident-case-fresh");
		this.page.setViewportSize(390, 844);

		this.drive.complete(caseNo, "Stage_File", Map.of("filing", "FILE"));
		this.drive.complete(caseNo, "Stage_Dispatch", Map.of());
		this.drive.complete(caseNo, "Task_SignFor", Map.of("signing", "SIGN"));
		open("/track");
		this.page.fill("#caseNo", caseNo);
		this.page.fill("#phone", "13911112222");
		accessible("ask");
		this.page.click("button[type=submit]");
		assertThat(this.page.locator("#refused")).containsText("案号与手机号对不上");
		look("resident-ask-refused");
		this.page.setViewportSize(390, 844);
		this.page.fill("#phone", "138 0000 2046");
		this.page.click("button[type=submit]");
		this.page.waitForURL(Pattern.compile(".*/track/SD.*"));
		assertThat(this.page.locator("#clock .big")).containsText("还有");
		assertThat(this.page.locator("#events")).containsText("已签收");
		this.page.click("#act-urge summary");
		this.page.fill("#t-urge", "老人出不了门");
		accessible("case in hand");
		look("resident-case-in-hand");
		this.page.setViewportSize(390, 844);
		this.page.click("#act-urge button");
		assertThat(this.page.locator("[role=status]")).containsText("已催办");
		assertThat(this.page.locator("#events li").first()).containsText("您催办了一次");

		close(caseNo);
		this.page.reload();
		assertThat(this.page.locator("#clock .big")).containsText("办结");
		assertThat(this.page.locator("#result img")).hasCount(1);
		this.page.click("#answer button[type=submit]");
		assertThat(this.page.locator("#refused")).containsText("请选择满意或不满意");
		this.page.click("#answer label:has-text('满意') >> nth=0");
		accessible("closed case");
		look("resident-case-closed");
		this.page.setViewportSize(390, 844);
		this.page.click("#answer button[type=submit]");
		assertThat(this.page.locator("[role=status]")).containsText("谢谢您的评价");
		assertThat(this.page.locator("#result")).containsText("您的评价：满意");
		look("resident-case-answered");
		org.assertj.core.api.Assertions.assertThat(this.cases.get(caseNo).fact("satisfaction")).isEqualTo("SATISFIED");
	}

	@Test
	void anOverdueCaseSaysSoFirst() {
		String caseNo = this.drive.report("shangdi", "sd.c01.g1", "HOTLINE", Map.of("gridCode", "11010802200101",
				"category", "S0501", "title", "楼道堆放杂物，邻居多次反映", "reporterPhone", "13800003057"));
		this.drive.complete(caseNo, "Stage_File", Map.of("filing", "FILE"));
		this.drive.complete(caseNo, "Stage_Dispatch", Map.of());
		this.drive.complete(caseNo, "Task_SignFor", Map.of("signing", "SIGN"));
		this.jdbc.update("update deadline set breached_at = due_at where case_no = ? and done_at is null", caseNo);
		this.clock.moveTo(this.clock.now().plus(Duration.ofDays(21)));
		open("/track?caseNo=" + caseNo);
		this.page.fill("#phone", "13800003057");
		this.page.click("button[type=submit]");
		assertThat(this.page.locator("#clock .gc-light")).containsText("超时");
		assertThat(this.page.locator("#clock .big")).containsText("已超时");
		accessible("overdue case");
		look("resident-case-overdue");
	}

	@Test
	void reportingWorksWithoutScripts() {
		this.page.route(Pattern.compile("resident[^/]*\\.js"), (route) -> route.abort());
		open("/r/shangdi");
		this.page.fill("#f-address", "上地东里");
		this.page.waitForNavigation(() -> this.page.click("button[value=find]"));
		assertThat(this.page.locator("#f-address")).hasValue("上地东里");
		Locator first = this.page.locator("#grids input").first();
		assertThat(first).isVisible();
		first.check();
		this.page.fill("#f-title", "路灯坏了一个月");
		this.page.fill("#f-description", "晚上看不见路");
		this.page.selectOption("#f-category", "C0106");
		this.page.fill("#f-reporterPhone", "13800004068");
		this.page.check("#f-consent");
		this.page.click("button[value=send]");
		this.page.waitForURL(Pattern.compile(".*/track/SD.*"));
	}

	@Test
	void whatIsNotThereIsSaidOnAPageOfTheirs() {
		open("/track/SD20260316-000000/none");
		assertThat(this.page.locator("[role=alert]")).containsText("没有这件案件，或链接不完整");
		assertThat(this.page.locator(".gc-nav")).hasCount(0);
		accessible("problem");
		look("resident-problem");
	}

	@Test
	void aCardIsPrintedOnA6() {
		open("/card/11010802200101");
		this.page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
		assertThat(this.page.locator(".tk-top")).isHidden();
		assertThat(this.page.locator(".dc-acts")).isHidden();
		byte[] pdf = this.page.pdf(new Page.PdfOptions().setPath(Path.of("target", "screenshots", "resident-card.pdf"))
			.setPreferCSSPageSize(true)
			.setPrintBackground(true));
		String text = new String(pdf, java.nio.charset.StandardCharsets.ISO_8859_1);
		org.assertj.core.api.Assertions.assertThat(text)
			.contains("/Count 1")
			.containsPattern("MediaBox \\[0 0 (419|420)");
	}

	private void close(String caseNo) {
		OpenTask task = this.drive.task(caseNo, "Task_Handle");
		String after = Acting.as(task.assignee(), () -> {
			try {
				return this.attachments.add(caseNo, "shangdi", "after.png", "image/png", Files.readAllBytes(photo()))
					.id()
					.toString();
			}
			catch (java.io.IOException ex) {
				throw new java.io.UncheckedIOException(ex);
			}
		});
		this.drive.complete(caseNo, "Task_Handle", Map.of("handlingOutcome", "DONE", "resultText",
				"门锁和闭门器已经修好，试了十次都能关上；物业每周巡查一次", "resultPhotos", List.of(after)));
		this.drive.helpersDo(caseNo);
		if (this.tasks.ofCase(caseNo).stream().anyMatch((open) -> open.taskKey().equals("Stage_Verify"))) {
			this.drive.complete(caseNo, "Stage_Verify", Map.of("verified", true, "verifyText", "现场复核，确已办好"));
		}
		this.drive.complete(caseNo, "Stage_Close", Map.of("closingText", "予以结案", "photosReleased", true));
	}

	private static Path photo() throws java.io.IOException {
		java.awt.image.BufferedImage image = new java.awt.image.BufferedImage(2400, 1800,
				java.awt.image.BufferedImage.TYPE_INT_RGB);
		java.awt.Graphics2D drawing = image.createGraphics();
		drawing.setPaint(new java.awt.GradientPaint(0, 0, new java.awt.Color(0x8FA6BC), 2400, 1800,
				new java.awt.Color(0xC8B68A)));
		drawing.fillRect(0, 0, 2400, 1800);
		drawing.setColor(new java.awt.Color(0x5A4A3A));
		drawing.fillRect(800, 300, 800, 1500);
		drawing.dispose();
		javax.imageio.ImageIO.write(image, "png", PHOTO.toFile());
		return PHOTO;
	}

}
