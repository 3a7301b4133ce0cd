package gridcase.studio;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import gridcase.policy.AppliesTo;
import gridcase.policy.ReleaseOrder;
import gridcase.policy.Releases;
import gridcase.web.BrowserTest;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/** The table of a draft as a policy officer sees it, in a real browser. */
class DraftTableBrowserTests extends BrowserTest {

	@Autowired
	private Drafts drafts;

	@Autowired
	private Releases releases;

	private static String shipped(String file) throws IOException {
		return Files.readString(Path.of(file));
	}

	private long draft(String file, String content) {
		Draft draft = this.drafts.begin("shangdi", "临街屠宰时限收紧", "sd.policy");
		this.drafts.save(draft.id(), file, content.getBytes(StandardCharsets.UTF_8), 0, "sd.policy");
		return draft.id();
	}

	@Test
	void anOverlapIsFoundAndMendedAndTheChangedRowGetsItsExample() throws IOException {
		String changed = shipped("decisions/time-limit-e06.dmn").replaceFirst("\"E0604\"", "\"E0602\",\"E0604\"")
			.replaceFirst("(Out_E0602_1_LimitValue\"><text>)2", "$11");
		long id = draft("time-limit-e06.dmn", changed);
		signIn("sd.policy");
		open("/studio/drafts/" + id + "/tables/time-limit-e06");
		Locator overlap = this.page.locator(".fd", new Page.LocatorOptions().setHasText("重叠：第 1 行与第 2 行"));
		assertThat(overlap).isVisible();
		assertThat(this.page.locator("tr#Rule_E0602_1 .gc-find-mark")).hasText("叠");
		look("studio-table-findings");

		overlap.locator("button", new Locator.LocatorOptions().setHasText("从第 2 行去掉")).click();
		assertThat(said()).containsText("从第 2 行去掉临街屠宰");
		assertThat(overlap).hasCount(0);
		assertThat(this.page.locator("tr#Rule_E0602_1 td.chg s")).hasText("2");

		this.page.locator(".fd a", new Page.LocatorOptions().setHasText("第 1 行")).click();
		this.page.fill("#x-out0_0", "1");
		this.page.locator("#example-form button", new Page.LocatorOptions().setHasText("按草稿试一试")).click();
		assertThat(this.page.locator("#example-form [role=status]")).containsText("第 1 行");
		look("studio-table-example");
		this.page.locator("#example-form button", new Page.LocatorOptions().setHasText("保存样例")).click();
		assertThat(said()).containsText("样例已保存");
		assertThat(this.page.locator(".ex .gc-light.is-ok")).containsText("1");
		this.page.click("a:has-text('补齐样例')");
		this.page.click("button:has-text('确认并收下选中的')");
		assertThat(said()).containsText("已补上 6 个样例");
		assertThat(this.page.locator("#found + span")).hasText("可以提交复核");
		look("studio-table-clean");
	}

	@Test
	void aGapAndADeadRowAreMarkedWhereTheyAre() throws IOException {
		String changed = shipped("decisions/self-handling.dmn")
			.replaceFirst("(In_NotAsked_WantsSelfHandling\"><text>)false", "$1-");
		long id = draft("self-handling.dmn", changed);
		signIn("sd.policy");
		open("/studio/drafts/" + id + "/tables/self-handling");
		assertThat(this.page.locator("tr#Rule_SeriousCase .gc-find-mark")).hasText("废");
		assertThat(this.page.locator("main")).containsText("是失效行，没有任何情况能问到，不需要样例");
		look("studio-table-dead");
		this.page.locator("a", new Page.LocatorOptions().setHasText("只看改动和问题行")).click();
		assertThat(this.page.locator("tr#Rule_NotAsked")).isVisible();
	}

	@Test
	void twoVersionsOfADiagramAreColoured() throws IOException {
		String before = shipped("processes/direct-report.bpmn");
		String after = before.replaceFirst("(<bpmn:userTask [^>]*name=\")[^\"]*", "$1直报受理");
		release("direct-report.bpmn", before);
		release("direct-report.bpmn", after);
		signIn("sd.policy");
		open("/studio/compare?type=DIAGRAM&key=direct-report&place=shangdi");
		assertThat(this.page.locator("#dia-to .df-chg").first()).isVisible();
		this.page.locator("#cmp-list button").first().click();
		assertThat(this.page.locator("#dia-to .df-here").first()).isVisible();
		look("studio-compare-diagram");
		release("voiding.dmn", shipped("decisions/voiding.dmn"));
		release("voiding.dmn", shipped("decisions/voiding.dmn").replaceFirst("\"APPROVAL\"", "\"REFUSED\""));
		open("/studio/compare?type=TABLE&key=voiding&place=shangdi");
		assertThat(this.page.locator("td.chg").first()).isVisible();
		look("studio-compare-table");
		String form = shipped("forms/take-command.form");
		release("take-command.form", form);
		release("take-command.form",
				form.replaceFirst("\"components\": \\[",
						"\"components\": [{\"type\": \"number\", \"key\": \"peopleSent\", \"label\": \"派出人数\"},")
					.replace("\"label\": \"处置要求\"", "\"label\": \"处置意见\""));
		open("/studio/compare?type=FORM&key=take-command&place=shangdi");
		assertThat(this.page.locator("tr.add")).containsText("派出人数");
		assertThat(this.page.locator("tr.chgrow")).containsText("处置要求 处置意见");
		look("studio-compare-form");
		open("/tables/routing?place=shangdi");
		look("studio-table-in-force");
	}

	private void release(String file, String content) {
		this.releases.release(new ReleaseOrder("shangdi", Map.of(file, content.getBytes(StandardCharsets.UTF_8)),
				"sd.policy", "试", AppliesTo.NEW_CASES, null));
	}

}
