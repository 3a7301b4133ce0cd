package gridcase.casework.web;

import java.util.List;
import java.util.Map;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import gridcase.casework.Drafts;
import gridcase.casework.OpenTask;
import gridcase.casework.OpenTasks;
import gridcase.web.BrowserTest;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/** A day at the inbox, with the keyboard alone, and many tasks at once. */
class InboxBrowserTests extends BrowserTest {

	private static final String HANDLER = "sd.cg.handler";

	private static final String HEAD = "sd.cg.head";

	@Autowired
	private OpenTasks tasks;

	@Autowired
	private Drafts drafts;

	@Test
	void everythingIsDoneByKeysAlone() {
		String first = toSign("坡道口乱停三轮车与手推车");
		String second = toSign("沿街餐馆夜间油烟直排扰民");
		signIn(HANDLER);
		open("/inbox?view=POOL");
		assertThat(this.page.locator("#live")).hasText("实时更新");
		look("inbox-pool");
		// look for one of them
		press("/");
		this.page.keyboard().type("油烟");
		this.page.keyboard().press("Enter");
		assertThat(rows()).hasCount(1);
		assertThat(rows().first()).containsText("油烟直排");
		this.page.locator("#rows").press("Tab");
		// take it
		this.page.evaluate("document.activeElement.blur()");
		press("c");
		assertThat(this.page.locator("#batch-result")).containsText("已签收 1 件");
		assertThat(rows()).hasCount(0);
		// it is among one's own now; fill in its form without opening it
		press("1");
		this.page.waitForURL((url) -> url.contains("view=MINE"));
		assertThat(rows().filter(new Locator.FilterOptions().setHasText("油烟直排"))).hasCount(1);
		move("油烟直排");
		press("e");
		assertThat(this.page.locator("#batch-panel")).containsText("填写一次");
		look("inbox-batch-form");
		this.page.locator("#f-signing input").first().focus();
		this.page.keyboard().press("Space");
		this.page.waitForFunction("() => !document.querySelector('.htmx-request')");
		this.page.locator("#batch-panel button[value=COMPLETE]").focus();
		this.page.keyboard().press("Enter");
		assertThat(this.page.locator("#batch-result")).containsText("已提交 1 件");
		assertThat(rows().filter(new Locator.FilterOptions().setHasText("处置"))).not().hasCount(0);
		// open the other one
		press("2");
		this.page.waitForURL((url) -> url.contains("view=POOL"));
		move("乱停三轮车");
		press("j");
		press("k");
		press("?");
		assertThat(this.page.locator("#keys")).isVisible();
		look("inbox-keys");
		this.page.keyboard().press("Escape");
		assertThat(this.page.locator("#keys")).not().isVisible();
		move("乱停三轮车");
		press("o");
		this.page.waitForURL((url) -> url.contains("/cases/" + first));
		org.assertj.core.api.Assertions.assertThat(this.tasks.ofCase(second))
			.extracting(OpenTask::taskKey)
			.contains("Task_Handle");
	}

	@Test
	void aBatchSaysOfEachWhatBecameOfIt() {
		String one = toSign("占道经营反复出现");
		String two = toSign("井盖破损存在隐患");
		String three = toSign("绿化带内堆放渣土");
		signIn(HANDLER);
		open("/inbox?view=POOL");
		for (String caseNo : List.of(one, two, three)) {
			this.page.locator("#rows tr", new Page.LocatorOptions().setHasText(caseNo))
				.locator("input[name=_task]")
				.check();
		}
		assertThat(this.page.locator("#batch-n")).hasText("3");
		look("inbox-batch");
		// somebody else is faster with one of them; the list learns it by itself and
		// keeps the choice
		this.drive.claim("sd.cg.handler2", this.drive.task(two, "Task_SignFor"));
		assertThat(this.page.locator("#rows tr", new Page.LocatorOptions().setHasText(two))).hasCount(0);
		assertThat(this.page.locator("#batch-n")).hasText("2");
		this.page.click("[data-panel=ASSIGN]");
		this.page.selectOption("#b-to", "sd.cg.handler2");
		this.page.fill("#b-why", "本人下午外出，请接手");
		look("inbox-batch-assign");
		this.page.click("#batch-panel button[value=ASSIGN]");
		assertThat(this.page.locator("#batch-result")).containsText("已指派 2 件");
		open("/inbox?view=MINE");
		signIn("sd.cg.handler2");
		open("/inbox?view=MINE");
		for (String caseNo : List.of(one, two, three)) {
			assertThat(this.page.locator("#rows tr", new Page.LocatorOptions().setHasText(caseNo))).hasCount(1);
		}
	}

	@Test
	void whatOthersDoAppearsWithoutTakingFocusOrPlace() {
		toSign("路灯不亮");
		signIn(HANDLER);
		open("/inbox?view=POOL");
		this.page.fill("[data-find]", "尚未提交的查找");
		int before = Integer.parseInt(this.page.locator("#total").textContent());
		String fresh = toSign("新到的案件自动出现");
		assertThat(this.page.locator("#rows tr", new Page.LocatorOptions().setHasText(fresh))).hasCount(1);
		assertThat(this.page.locator("#total")).hasText(String.valueOf(before + 1));
		assertThat(this.page.locator("[data-find]")).hasValue("尚未提交的查找");
		assertThat(this.page.locator("[data-find]")).isFocused();
	}

	@Test
	void filtersAndColumnsAreSavedAndDraftsListed() {
		String caseNo = toSign("餐馆油烟异味");
		OpenTask task = this.drive.task(caseNo, "Task_SignFor");
		this.drafts.save(HANDLER, task.taskId(), caseNo, "餐馆油烟异味", Map.of("signing", "REFUSE"));
		signIn(HANDLER);
		open("/inbox?view=POOL&text=油烟&due=THREE_DAYS&sort=LIGHT");
		this.page.locator(".ib-line summary").first().click();
		this.page.fill("#f10", "三天内的油烟");
		look("inbox-save-filter");
		this.page.click(".ib-line button.btn-primary >> nth=0");
		assertThat(this.page.locator(".ib-saved a[aria-current]")).hasText("三天内的油烟");
		this.page.locator(".ib-line .push summary").click();
		this.page.locator("input[name=column][value=CATEGORY]").check();
		this.page.locator("input[name=column][value=GRID]").check();
		this.page.locator(".ib-line .push button").click();
		assertThat(this.page.locator("th.c-grid")).isVisible();
		look("inbox-columns");
		open("/inbox?view=DRAFTS");
		assertThat(rows().filter(new Locator.FilterOptions().setHasText("餐馆油烟异味"))).hasCount(1);
		look("inbox-drafts");
		open("/inbox?view=POOL&text=没有这样的词");
		assertThat(this.page.locator(".gc-empty h2").first()).hasText("没有符合条件的案件");
		look("inbox-empty");
	}

	@Test
	void theHeadSeesTheTeamAndMovesWork() {
		String caseNo = toSign("垃圾清运不及时");
		this.drive.claim(HANDLER, this.drive.task(caseNo, "Task_SignFor"));
		signIn(HEAD);
		open("/inbox");
		this.page.click("a[href='/inbox/team']");
		look("team");
		this.page.locator(".tm-table a", new Page.LocatorOptions().setHasText("苏子慧")).click();
		look("team-member");
		this.page.locator(".tm-tasks li", new Page.LocatorOptions().setHasText(caseNo)).locator("input").check();
		this.page.selectOption("#t-to", "sd.cg.handler2");
		this.page.fill("#t-why", "任务过多，分给同组");
		this.page.click("button[value=ASSIGN]");
		assertThat(this.page.locator("#team-result")).containsText("已指派 1 件");
		assertThat(this.page.locator(".tm-tasks li", new Page.LocatorOptions().setHasText(caseNo))).hasCount(0);
		open("/cases/" + caseNo);
		assertThat(this.page.locator(".tl").first()).containsText("任务过多，分给同组");
	}

	private Locator rows() {
		return this.page.locator("#rows tr[data-open]");
	}

	private void press(String key) {
		this.page.keyboard().press(key);
		this.page.waitForFunction("() => !document.querySelector('.htmx-request')");
	}

	/** With j until the row is chosen. */
	private void move(String title) {
		for (int i = 0; i < 40; i++) {
			if (this.page.locator("#rows tr[aria-selected=true]", new Page.LocatorOptions().setHasText(title))
				.count() == 1) {
				return;
			}
			press("j");
		}
		throw new AssertionError("No row " + title);
	}

	private String toSign(String title) {
		String caseNo = this.drive.report("shangdi", "sd.c01.g1", "GRID_WORKER", Map.of("gridCode", "11010802200101",
				"category", "S0501", "title", title, "address", "上地佳园 " + System.nanoTime()));
		this.drive.complete(caseNo, "Stage_File", Map.of("filing", "FILE"));
		this.drive.complete(caseNo, "Stage_Dispatch", Map.of("leadUnit", "SD-CG"));
		return caseNo;
	}

}
