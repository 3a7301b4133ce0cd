package gridcase.web;

import java.util.Map;

import gridcase.casework.Cases;
import gridcase.casework.OpenTask;
import gridcase.casework.OpenTasks;
import gridcase.clock.PlatformClock;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/** What people ask for beside the loop, in a browser. */
class TurnsBrowserTests extends BrowserTest {

	private static final String GRID = "11010802200101";

	@Autowired
	private Cases cases;

	@Autowired
	private OpenTasks tasks;

	@Autowired
	private PlatformClock clock;

	private String inHand() {
		String caseNo = aCase("3 号楼 1 单元一层");
		this.drive.complete(caseNo, "Stage_File", Map.of("filing", "FILE"));
		this.drive.complete(caseNo, "Stage_Dispatch", Map.of());
		this.drive.complete(caseNo, "Task_SignFor", Map.of("signing", "SIGN"));
		return caseNo;
	}

	private String aCase(String address) {
		return this.drive.report("shangdi", "sd.c01.g1", "GRID_WORKER", Map.of("gridCode", GRID, "category", "S0501",
				"severity", "GENERAL", "title", "楼道堆放杂物，邻居多次反映", "address", address));
	}

	@Test
	void holderAsksAndTheLeaderDecides() {
		String caseNo = inHand();
		signIn(this.cases.get(caseNo).holder());
		open("/cases/" + caseNo);
		look("turns-offered");
		this.page.click("a[href$='/turns/suspension']");
		send();
		assertThat(this.page.locator("#form-problems")).containsText("需要改正");
		look("turn-problems");
		this.page.selectOption("#f-suspendReason", "MATERIAL");
		this.page.fill("#f-suspendUntil", day(0));
		this.page.fill("#f-reasonText", "货架厂家停工，拆下的隔板要等节后才能换新，物业已书面说明");
		send();
		assertThat(this.page.locator(".refused")).containsText("挂账要到明天或以后的某一天");
		look("turn-refused");
		this.page.fill("#f-suspendUntil", day(20));
		send();
		assertThat(said()).containsText("已提交“申请挂账”");

		OpenTask task = this.drive.task(caseNo, "Task_ApproveSuspension");
		signIn(this.drive.anyOf(task.pool()));
		open("/inbox?view=POOL&text=" + caseNo);
		assertThat(this.page.locator("#rows")).containsText("挂账 · 审批挂账");
		open("/cases/" + caseNo + "?task=" + task.taskId());
		assertThat(this.page.locator(".cs-asked")).containsText("等待材料或配件");
		look("turn-decide");
		choose("approved", "批准");
		this.page.fill("#f-decisionText", "情况属实，同意挂账");
		send();
		assertThat(said()).containsText("已提交");

		open("/cases?list=SUSPENDED");
		assertThat(this.page.locator(".cl-table")).containsText(caseNo);
		look("cases-suspended");
		open("/cases/" + caseNo);
		assertThat(this.page.locator(".cs-time.is-hold")).isVisible();
		look("case-suspended");
		signIn(this.cases.get(caseNo).holder());
		open("/inbox?light=PAUSED");
		look("inbox-paused");
	}

	@Test
	void theFilingFormProposesWhatItMayBeMergedInto() {
		String first = aCase("上地东里 5 号楼 2 单元");
		String second = aCase("上地东里 5 号楼 2 单元");
		signIn("sd.c01.dispatcher");
		open("/cases/" + second);
		choose("filing", "并入已有案件");
		assertThat(this.page.locator(".fm-like")).containsText("相似度 100");
		this.page.click(".fm-like button[value='" + first + "']");
		assertThat(this.page.locator("#f-mergeInto")).hasValue(first);
		look("merge-suggestions");
		send();
		assertThat(said()).containsText("已提交");
		open("/cases/" + second);
		look("case-merged");
	}

	@Test
	void theReporterReopensAndTheCaseIsHandedDown() {
		String caseNo = inHand();
		this.drive.complete(caseNo, "Task_Handle",
				Map.of("handlingOutcome", "DONE", "resultText", "已经清理干净，恢复原状，并告知当事人"));
		this.drive.helpersDo(caseNo);
		if (this.tasks.ofCase(caseNo).stream().anyMatch((task) -> task.taskKey().equals("Stage_Verify"))) {
			this.drive.complete(caseNo, "Stage_Verify", Map.of("verified", true, "verifyText", "现场复核，确已办好"));
		}
		this.drive.complete(caseNo, "Stage_Close", Map.of("closingText", "整改完成，予以结案"));
		signIn("sd.c01.g1");
		open("/cases/" + caseNo);
		look("case-closed");
		this.page.click("a[href$='/turns/reopening']");
		this.page.fill("#f-reasonText", "第二天又堆满了");
		send();
		assertThat(said()).containsText("已提交“申请复开”");

		this.drive.begin("sd.leader", caseNo, "hand-down",
				Map.of("handDownTier", "COMMUNITY", "handDownText", "社区先行清理，三日内报结果；清不动的马上报告街道"));
		signIn("sd.c01.dispatcher");
		open("/cases/" + caseNo);
		assertThat(this.page.locator("#task")).containsText("上级下交本案的要求");
		look("case-handed-down");
	}

	private String day(int ahead) {
		return this.clock.now().atZone(this.clock.zone()).toLocalDate().plusDays(ahead).toString();
	}

}
