package gridcase.roster;

import java.util.Map;

import com.microsoft.playwright.Locator;
import gridcase.web.BrowserTest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A head of a unit enters an absence; the substitute sees whose work it is. */
class AbsenceBrowserTests extends BrowserTest {

	@Test
	void entersAnAbsenceAndTheSubstituteSeesForWhom() {
		String caseNo = this.drive.report("shangdi", "sd.c01.g1", "GRID_WORKER", Map.of("gridCode", "11010802200101"));
		this.drive.complete(caseNo, "Stage_File", Map.of("filing", "FILE"));
		this.drive.complete(caseNo, "Stage_Dispatch", Map.of("leadUnit", "SD-CG"));
		this.drive.complete("sd.cg.handler", this.drive.task(caseNo, "Task_SignFor"), Map.of("signing", "SIGN"));

		signIn("ft.st.head");
		open("/absences");
		look("absences-futian");
		signIn("sd.cg.head");
		open("/absences");
		look("absences-none");
		this.page.selectOption("#f-staff", "sd.cg.handler");
		this.page.selectOption("#f-substitute", "sd.hotline");
		this.page.fill("#f-until", "2036-04-01T08:00");
		this.page.click(".fm-acts .btn-primary");
		assertThat(said().textContent()).contains("苏子慧", "代理");
		look("absences-entered");

		signIn("sd.hotline");
		open("/inbox?view=MINE");
		assertThat(this.page.locator("#rows tr", new com.microsoft.playwright.Page.LocatorOptions().setHasText(caseNo))
			.textContent()).contains("代 苏子慧");
		look("inbox-substitute");
		open("/cases/" + caseNo);
		look("case-substitute");
		assertThat(this.page.locator("#task").isVisible()).isTrue();

		signIn("sd.cg.head");
		open("/absences");
		Locator end = this.page.getByText("提前销假");
		end.click();
		assertThat(said().textContent()).contains("已结束");
	}

}
