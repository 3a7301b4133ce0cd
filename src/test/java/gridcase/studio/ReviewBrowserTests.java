package gridcase.studio;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

import gridcase.casework.Cases;
import gridcase.casework.TaskForms;
import gridcase.casework.process.TimeTravel;
import gridcase.clock.PlatformClock;
import gridcase.policy.AppliesTo;
import gridcase.policy.ReleaseOrder;
import gridcase.policy.ReleasedRules;
import gridcase.policy.Releases;
import gridcase.policy.RuleScope;
import gridcase.policy.RuleType;
import gridcase.web.BrowserTest;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** A change of rules on its way into force and back, in a browser. */
class ReviewBrowserTests extends BrowserTest {

	private static final String FORM = "sign-for.form";

	@Autowired
	private Drafts drafts;

	@Autowired
	private ReleasedRules rules;

	@Autowired
	private Releases releases;

	@Autowired
	private Cases cases;

	@Autowired
	private TaskForms taskForms;

	@Autowired
	private PlatformClock clock;

	@Autowired
	private TimeTravel travel;

	@Test
	void submittedRefusedMendedApprovedInForceAndTakenBack() {
		int before = signForm();
		Draft draft = draft(before + 3);
		Instant effective = this.clock.now().plus(Duration.ofHours(30)).truncatedTo(ChronoUnit.MICROS);
		describe(draft, effective);
		signIn("sd.policy");
		open("/studio/drafts/" + draft.id() + "/submit");
		assertThat(this.page.locator("main")).containsText("检查通过");
		look("review-submit");
		this.page.click("section button:has-text('提交复核')");
		assertThat(said()).containsText("已提交");
		String caseNo = this.drafts.get(draft.id()).caseNo();
		look("review-case-author");

		signIn("sd.approver");
		open("/inbox?view=POOL&text=" + caseNo);
		assertThat(this.page.locator("#rows")).containsText("复核规则变更");
		open("/studio/drafts/" + draft.id() + "/comments");
		this.page.fill("#ce-sign-for-form", "signing");
		this.page.fill("#ct-sign-for-form", "这一项的编号不对，请按通知改小一号");
		this.page.click("form:has(#ct-sign-for-form) button");
		assertThat(this.page.locator(".rv-said")).containsText("signing");
		look("review-comments");
		open("/cases/" + caseNo);
		this.page.click(".cs-facts a:has-text('查看草稿')");
		this.page.waitForURL("**/studio/drafts/" + draft.id());
		open("/cases/" + caseNo);
		look("review-task");
		choose("reviewApproved", "退回修改");
		this.page.fill("#f-reviewText", "编号不对，批注里写了要改的那一项");
		send();
		assertThat(said()).containsText("已提交");

		signIn("sd.policy");
		assertThat(this.drafts.get(draft.id()).state()).isEqualTo(DraftState.OPEN);
		DraftFile file = this.drafts.file(draft.id(), FORM);
		this.drafts.save(draft.id(), FORM, form(before + 2), file.version(), "sd.policy");
		open("/studio/drafts/" + draft.id() + "/comments");
		this.page.click("button:has-text('已解决')");
		assertThat(this.page.locator(".is-settled")).hasCount(1);
		open("/cases/" + caseNo);
		look("review-mend");
		this.page.fill("#f-mendText", "标题里的编号改小了一号");
		send();
		assertThat(said()).containsText("已提交");

		signIn("sd.approver");
		open("/cases/" + caseNo);
		choose("reviewApproved", "通过");
		this.page.fill("#f-reviewText", "按批注改好了，同意");
		send();
		assertThat(said()).containsText("已提交");
		assertThat(signForm()).isEqualTo(before);
		this.travel.moveTo(effective.plusSeconds(1));
		assertThat(signForm()).isEqualTo(before + 2);

		open("/studio/releases");
		assertThat(this.page.locator("tbody tr").first()).containsText(draft.title());
		look("releases");
		this.page.click("tbody tr:first-child a.strong");
		assertThat(this.page.locator("main")).containsText(caseNo);
		look("release");
		this.page.fill("#rb-reason", "一线反映看不懂，先恢复原来的表单");
		this.page.click("button:has-text('立即回退')");
		assertThat(said()).containsText("已回退");
		assertThat(signForm()).isEqualTo(before);
		look("rolled-back-case");
		open("/studio/releases");
		assertThat(this.page.locator("tbody tr").first()).containsText("待事后审批");
		assertThat(this.page.locator("tbody tr").nth(1)).containsText("回退");
		look("releases-rolled-back");
	}

	@Test
	void whatIsWrongIsListedAndWhatOthersReleasedIsCompared() {
		Draft draft = draft(50);
		this.releases.release(
				new ReleaseOrder("shangdi", Map.of(FORM, form(51)), "sd.admin", "别的改动先发布了", AppliesTo.NEW_CASES, null));
		signIn("sd.policy");
		open("/studio/drafts/" + draft.id() + "/submit");
		assertThat(this.page.locator(".refused")).containsText("别的改动先发布了");
		look("review-overtaken");
		this.page.click("button:has-text('已对照')");
		assertThat(this.page.locator("main")).containsText("检查通过");
		DraftFile file = this.drafts.file(draft.id(), FORM);
		this.drafts.save(draft.id(), FORM,
				new String(file.content(), StandardCharsets.UTF_8).replace("=signing !=", "=sining !=")
					.getBytes(StandardCharsets.UTF_8),
				file.version(), "sd.policy");
		this.page.reload();
		assertThat(this.page.locator(".refused")).containsText("sining");
		look("review-refused");
	}

	@Test
	void openCasesAreMovedToANewDiagram() {
		String stays = report();
		this.drive.complete(stays, "Stage_File", Map.of("filing", "FILE"));
		String goes = report();
		String diagram = new String(this.rules
			.content(this.rules.find(RuleType.DIAGRAM, "case-handling", RuleScope.newCase("shangdi", this.clock.now()))
				.orElseThrow()), StandardCharsets.UTF_8);
		long release = this.releases
			.release(new ReleaseOrder("shangdi",
					Map.of("case-handling.bpmn",
							diagram.replace("Stage_Dispatch", "Stage_DispatchUnits").getBytes(StandardCharsets.UTF_8)),
					"sd.policy", "派遣换成新的一步", AppliesTo.NEW_CASES, null))
			.id();
		signIn("sd.policy");
		open("/studio/releases/" + release);
		this.page.click("a.btn:has-text('移动在办案件')");
		assertThat(this.page.locator("tr:has-text('" + stays + "')")).containsText("没有这一步");
		assertThat(this.page.locator("tr:has-text('" + goes + "')")).containsText("可以移动");
		look("migration");
		this.page.click("button:has-text('移动选中的案件')");
		assertThat(this.page.locator("section[role=status]")).containsText(goes);
		look("migration-done");
		this.releases.takeBack(release, AppliesTo.NEW_CASES, "sd.policy", "测试结束");
	}

	// --- steps ---

	private Draft draft(int number) {
		Draft draft = this.drafts.begin("shangdi", "签收表单的标题改为第 " + number + " 号", "sd.policy");
		DraftFile file = this.drafts.take(draft.id(), RuleType.FORM, "sign-for", "sd.policy");
		this.drafts.save(draft.id(), FORM, form(number), file.version(), "sd.policy");
		return this.drafts.get(draft.id());
	}

	private void describe(Draft draft, Instant effective) {
		Draft now = this.drafts.get(draft.id());
		this.drafts.describe(new Draft(now.id(), now.place(), now.title(), now.title(), now.author(), now.state(),
				AppliesTo.NEW_CASES, effective, false, null, null, now.createdAt(), now.changedAt(), now.version()));
	}

	private String report() {
		return this.drive.report("shangdi", "sd.c01.g1", "GRID_WORKER", Map.of("gridCode", "11010802200101"));
	}

	/**
	 * Number in the title of the form by which a new case is signed for, 0 without one.
	 */
	private int signForm() {
		String caseNo = this.drive.report("shangdi", "sd.c01.g1", "GRID_WORKER", Map.of("gridCode", "11010802200101"));
		this.drive.complete(caseNo, "Stage_File", Map.of("filing", "FILE"));
		this.drive.complete(caseNo, "Stage_Dispatch", Map.of("leadUnit", "SD-CG"));
		String title = this.taskForms
			.view(this.drive.task(caseNo, "Task_SignFor"), this.cases.get(caseNo), Map.of(), List.of())
			.orElseThrow()
			.title();
		String number = title.replaceAll("\\D", "");
		return number.isEmpty() ? 0 : Integer.parseInt(number);
	}

	/** The form in force for the place, with a number in its title. */
	private byte[] form(int number) {
		byte[] form = this.rules
			.content(this.rules.find(RuleType.FORM, "sign-for", RuleScope.newCase("shangdi", this.clock.now()))
				.orElseThrow());
		return new String(form, StandardCharsets.UTF_8).replaceFirst("(\"title\": \")[^\"]*", "$1签收案件 " + number)
			.getBytes(StandardCharsets.UTF_8);
	}

}
