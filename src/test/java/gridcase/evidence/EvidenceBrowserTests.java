package gridcase.evidence;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.assertions.LocatorAssertions;
import gridcase.clock.PlatformClock;
import gridcase.web.BrowserTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.annotation.Autowired;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/**
 * An auditor checks what is stored, takes a key and a package, and verifies it elsewhere.
 */
class EvidenceBrowserTests extends BrowserTest {

	@Autowired
	private DailyRoots daily;

	@Autowired
	private PlatformClock clock;

	@TempDir
	private Path folder;

	@Test
	void auditorChecksTakesAPackageAndVerifiesItElsewhere() throws Exception {
		String caseNo = this.drive.report("shangdi", "sd.c01.g1", "GRID_WORKER",
				Map.of("gridCode", "11010802200101", "category", "S0501", "title", "楼道堆放电动车电池、纸箱，堵塞疏散通道"));
		LocalDate tomorrow = LocalDate.ofInstant(this.clock.now(), this.clock.zone()).plusDays(1);
		this.clock.moveTo(tomorrow.atTime(0, 30).atZone(this.clock.zone()).toInstant());
		this.daily.catchUp();

		signIn("sd.auditor");
		open("/cases/" + caseNo);
		this.page.click(".cs-tools a[href$='/evidence']");
		assertThat(this.page.locator(".gc-note.is-ok")).containsText("全部相符");
		look("evidence-case");
		Download zip = this.page.waitForDownload(() -> this.page.locator("form .btn-primary").click());
		Path file = this.folder.resolve("evidence.zip");
		zip.saveAs(file);

		open("/evidence");
		assertThat(this.page.locator("text=有效").first()).isVisible();
		this.page.click("form[action$='/evidence/checks'] button");
		assertThat(this.page.locator("#checks tbody tr").first()).not()
			.containsText("进行中", new LocatorAssertions.ContainsTextOptions().setTimeout(60_000));
		look("evidence");
		Download pem = this.page.waitForDownload(() -> this.page.locator("a[href$='.pem']").first().click());
		Path key = this.folder.resolve("key.pem");
		pem.saveAs(key);
		this.page.locator("a[href*='/evidence/roots/']").first().click();
		assertThat(this.page.locator("pre").first()).containsText("gridcase-root 1");
		look("evidence-root");

		ByteArrayOutputStream said = new ByteArrayOutputStream();
		int code = VerifyCommand.run(new String[] { file.toString(), "--key", key.toString() }, Locale.CHINA,
				new PrintStream(said, true, StandardCharsets.UTF_8), System.err);
		org.assertj.core.api.Assertions.assertThat(code)
			.as(said.toString(StandardCharsets.UTF_8) + Files.size(file))
			.isZero();
	}

}
