package gridcase.web;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;

import javax.imageio.ImageIO;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.SelectOption;
import gridcase.casework.Cases;
import gridcase.casework.OpenTask;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/**
 * One matter through the whole loop, everybody at their own page: a resident reports, it
 * is filed, dispatched, signed for, handed on with a reason, handled, verified and
 * closed, and the resident is satisfied.
 */
class LoopBrowserTests extends BrowserTest {

	private static final String RESULT = "垃圾已清走，地面已冲洗，物业每天早晚各巡查一次";

	@Autowired
	private Cases cases;

	private String caseNo;

	private String track;

	private Page resident;

	@Test
	void fromAResidentsReportToASatisfiedAnswer() throws IOException {
		BrowserContext phone = another();
		this.resident = phone.newPage();
		this.resident.setViewportSize(390, 844);
		residentReports();
		dispatcherFilesAndDispatches();
		OpenTask first = this.drive.task(this.caseNo, "Task_SignFor");
		unitSignsFor(first);
		unitHandsOnWithAReason();
		OpenTask second = this.drive.task(this.caseNo, "Task_SignFor");
		org.assertj.core.api.Assertions.assertThat(second.unit()).isNotEqualTo(first.unit());
		unitSignsFor(second);
		unitHandles();
		this.drive.helpersDo(this.caseNo);
		verifierChecks();
		dispatcherCloses();
		residentIsSatisfied();
		phone.close();
		anyoneMayReadItAll();
	}

	private void residentReports() {
		open(this.resident, "/r/shangdi?grid=11010802200101");
		this.resident.fill("#f-title", "2 号楼门前垃圾三天没清");
		this.resident.fill("#f-description", "垃圾桶满了，袋子堆到路边，天热有味");
		this.resident.selectOption("#f-category", "S0501");
		this.resident.fill("#f-reporterName", "林女士");
		this.resident.fill("#f-reporterPhone", "13800007788");
		this.resident.check("#f-consent");
		this.resident.click("button[value=send]");
		this.resident.waitForURL(Pattern.compile(".*/track/SD.*"));
		this.track = this.resident.url().replaceAll("^https?://[^/]+", "");
		this.caseNo = this.track.replaceAll(".*/track/([^/]+)/.*", "$1");
		assertThat(this.resident.locator("[role=status]")).containsText(this.caseNo);
	}

	private void dispatcherFilesAndDispatches() {
		desk("sd.c01.dispatcher");
		open("/inbox?view=POOL&text=" + this.caseNo);
		this.page.keyboard().press("Enter");
		assertThat(this.page.locator("h1")).hasText("2 号楼门前垃圾三天没清");
		choose("filing", "立案");
		send();
		assertThat(said()).containsText("“立案受理”已提交");
		this.page.fill("#f-dispatchNote", "请今天内先清走");
		send();
		assertThat(said()).containsText("“分类派遣”已提交");
	}

	private void unitSignsFor(OpenTask task) {
		desk(this.drive.anyOf(task.pool()));
		open("/cases/" + this.caseNo + "?task=" + task.taskId());
		choose("signing", "签收");
		send();
		assertThat(this.page.locator("#task h2")).hasText("办理案件");
	}

	private void unitHandsOnWithAReason() {
		choose("handlingOutcome", "转办其他单位");
		send();
		// nobody hands on without a reason; what was chosen stays
		assertThat(this.page.locator("#form-problems")).isVisible();
		assertThat(this.page.locator("#f-handOnUnit")).isVisible();
		this.page.selectOption("#f-handOnUnit", new SelectOption().setLabel("安全检查工作组"));
		this.page.selectOption("#f-reasonCode", "NEEDS_OTHER_UNIT");
		this.page.fill("#f-reasonText", "垃圾堵住了消防通道，先由安全检查清通道");
		look("loop-hand-on");
		send();
		assertThat(said()).containsText("已提交");
	}

	private void unitHandles() throws IOException {
		choose("handlingOutcome", "已办成");
		this.page.fill("#f-resultText", RESULT);
		add("resultPhotos");
		send();
		assertThat(said()).containsText("已提交");
	}

	private void verifierChecks() throws IOException {
		OpenTask verify = this.drive.task(this.caseNo, "Stage_Verify");
		desk(this.drive.anyOf(verify.pool()));
		open("/cases/" + this.caseNo + "?task=" + verify.taskId());
		assertThat(this.page.locator("main")).containsText(RESULT);
		choose("verified", "通过");
		this.page.fill("#f-verifyText", "现场查看，已经清干净");
		if (this.page.locator("[data-name=photos]").count() > 0) {
			add("photos");
		}
		send();
		assertThat(said()).containsText("已提交");
	}

	private void dispatcherCloses() {
		OpenTask close = this.drive.task(this.caseNo, "Stage_Close");
		desk(this.drive.anyOf(close.pool()));
		open("/cases/" + this.caseNo + "?task=" + close.taskId());
		this.page.fill("#f-closingText", "清运到位，已告知居民");
		this.page.check("#f-photosReleased");
		send();
		assertThat(said()).containsText("已提交");
		org.assertj.core.api.Assertions.assertThat(this.cases.get(this.caseNo).state()).isEqualTo("CLOSED");
	}

	private void residentIsSatisfied() {
		open(this.resident, this.track);
		assertThat(this.resident.locator("#result")).containsText(RESULT);
		assertThat(this.resident.locator("#result img")).hasCount(1);
		this.resident.click("#answer label:has-text('满意') >> nth=0");
		this.resident.click("#answer button[type=submit]");
		assertThat(this.resident.locator("[role=status]")).containsText("谢谢您的评价");
		org.assertj.core.api.Assertions.assertThat(this.cases.get(this.caseNo).fact("satisfaction"))
			.isEqualTo("SATISFIED");
	}

	private void anyoneMayReadItAll() {
		desk("sd.auditor");
		open("/cases/" + this.caseNo);
		for (String step : new String[] { "上报", "立案", "派遣", "签收", "转办", "垃圾堵住了消防通道", "办理", "核查", "结案", "满意" }) {
			assertThat(this.page.locator("#events")).containsText(step);
		}
		look("loop-closed");
	}

	private void add(String field) throws IOException {
		Locator files = this.page.locator("[data-name=" + field + "]");
		files.locator("input[type=file]").setInputFiles(photo());
		assertThat(files.locator("img")).hasCount(1);
	}

	private void desk(String login) {
		signIn(login);
	}

	private static Path photo() throws IOException {
		Path file = Path.of("target", "loop-photo.png");
		BufferedImage image = new BufferedImage(1200, 900, BufferedImage.TYPE_INT_RGB);
		var drawing = image.createGraphics();
		drawing.setColor(new Color(0x8FA6BC));
		drawing.fillRect(0, 0, 1200, 900);
		drawing.setColor(new Color(0x2E6E4E));
		drawing.fillRect(380, 320, 420, 420);
		drawing.dispose();
		ImageIO.write(image, "png", file.toFile());
		return file;
	}

}
