package gridcase.replay;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import com.microsoft.playwright.Locator;
import gridcase.audit.CaseEvent;
import gridcase.audit.CaseTrail;
import gridcase.casework.Cases;
import gridcase.casework.Deadline;
import gridcase.casework.process.TimeTravel;
import gridcase.clock.PlatformClock;
import gridcase.policy.AppliesTo;
import gridcase.policy.ReleaseOrder;
import gridcase.policy.Releases;
import gridcase.registry.StaffDirectory;
import gridcase.shared.Acting;
import gridcase.web.BrowserTest;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * An auditor replays a case: step, jump, play, look into what was called, read the text.
 */
class ReplayBrowserTests extends BrowserTest {

	@Autowired
	private Cases cases;

	@Autowired
	private Replays replays;

	@Autowired
	private CaseTrail trail;

	@Autowired
	private StaffDirectory staff;

	@Autowired
	private Releases releases;

	@Autowired
	private TimeTravel travel;

	@Autowired
	private PlatformClock clock;

	private String troubled() {
		String caseNo = this.drive.report("shangdi", "sd.c01.g1", "GRID_WORKER",
				Map.of("gridCode", "11010802200101", "category", "S0501", "severity", "SERIOUS", "title",
						"楼道堆放电动车电池、纸箱，堵塞疏散通道", "address", "上地佳园 6 号楼 2 单元", "reporterPhone", "13700001111"));
		this.drive.complete(caseNo, "Stage_File", Map.of("filing", "FILE"));
		this.drive.complete(caseNo, "Stage_Dispatch", Map.of());
		this.drive.complete(caseNo, "Task_SignFor",
				Map.of("signing", "REFUSE", "reasonCode", "NOT_MY_DUTY", "reasonText", "不属本组职责，请另行派遣"));
		this.drive.complete(caseNo, "Stage_Dispatch", Map.of());
		this.drive.complete(caseNo, "Task_SignFor", Map.of("signing", "SIGN"));
		LocalDate until = this.clock.now().atZone(this.clock.zone()).toLocalDate().plusDays(6);
		this.drive.begin(this.cases.get(caseNo).holder(), caseNo, "suspension",
				Map.of("suspendReason", "MATERIAL", "suspendUntil", until.toString(), "reasonText", "配件停产，等厂家发货"));
		this.drive.complete(caseNo, "Task_ApproveSuspension", Map.of("approved", true, "decisionText", "情况属实，同意挂账"));
		this.travel.moveTo(this.clock.now().plus(Duration.ofHours(30)));
		this.drive.complete(caseNo, "Task_ResumeEarly", Map.of("resumeText", "配件提前到货"));
		Deadline handle = this.cases.deadlines(caseNo)
			.stream()
			.filter((deadline) -> deadline.stage().equals("handle") && deadline.doneAt() == null
					&& deadline.leg().isEmpty())
			.findFirst()
			.orElseThrow();
		this.travel.moveTo(handle.dueAt());
		this.travel.moveTo(this.clock.now().plus(Duration.ofMinutes(50)));
		this.drive.complete(caseNo, "Task_Handle",
				Map.of("handlingOutcome", "DONE", "resultText", "已经清理干净，恢复原状，并告知当事人"));
		this.drive.helpersDo(caseNo);
		this.drive.complete(caseNo, "Stage_Verify", Map.of("verified", false, "verifyText", "仍有残留，未清理干净，请返工"));
		return caseNo;
	}

	@Test
	void anAuditorReplaysACase() {
		String caseNo = troubled();
		Replay replay = this.replays.of(this.cases.get(caseNo));
		List<Replay.Step> steps = replay.steps();
		int breach = steps.stream().filter(Replay.Step::breached).findFirst().orElseThrow().number();

		signIn("sd.auditor");
		open("/replay");
		assertThat(this.page.locator("main table")).containsText(caseNo);
		look("replay-find");
		this.page.locator("main a", new com.microsoft.playwright.Page.LocatorOptions().setHasText("楼道堆放"))
			.first()
			.click();
		assertThat(this.page.locator("#rp-now")).hasText("第 1 步，共 " + steps.size() + " 步");
		assertThat(this.page.locator(".rp-main .djs-container")).isVisible();

		// step by step, by key and by button, and back
		this.page.keyboard().press("ArrowRight");
		assertThat(this.page.locator("#rp-now")).hasText("第 2 步，共 " + steps.size() + " 步");
		this.page.click("#rp-next");
		assertThat(this.page.locator("#rp-now")).hasText("第 3 步，共 " + steps.size() + " 步");
		assertThat(this.page).hasURL(Pattern.compile(".*step=3"));
		this.page.goBack();
		assertThat(this.page.locator("#rp-now")).hasText("第 2 步，共 " + steps.size() + " 步");

		// to the breach, in the diagrams that were called
		this.page.locator("#rp-jump a", new com.microsoft.playwright.Page.LocatorOptions().setHasText("下一次超时")).click();
		assertThat(this.page.locator("#rp-now")).hasText("第 " + breach + " 步，共 " + steps.size() + " 步");
		assertThat(this.page.locator("#rp-aside .rp-headline")).containsText("超时");
		assertThat(this.page.locator(".rp-main [data-element-id=Stage_Handle].rp-now")).isVisible();
		assertThat(this.page.locator(".rp-subs .rp-box")).not().hasCount(0);
		assertThat(this.page.locator(".rp-subs [data-element-id=Task_Handle].rp-now")).isVisible();
		Locator fired = this.page.locator("#rp-judge tr.fired").first();
		assertThat(fired).containsText("命中");
		assertThat(this.page.locator("#rp-judge .rp-no").first()).hasText("不符");
		look("replay-breach");

		// what was called is closed and opened again
		Locator called = this.page.locator(".rp-subs .rp-box").first();
		String name = called.locator("h3").textContent();
		called.locator("header button").click();
		Locator again = this.page.locator(".rp-subs .rp-box h3",
				new com.microsoft.playwright.Page.LocatorOptions().setHasText(name));
		assertThat(again).hasCount(0);
		this.page.locator(".rp-main .rp-into").first().click();
		assertThat(again).hasCount(1);

		// a link to a moment
		open("/cases/" + caseNo + "/replay?step=" + breach);
		assertThat(this.page.locator("#rp-aside .rp-headline")).containsText("超时");
		assertThat(this.page.locator("#rp-aside")).not().containsText("13700001111");
		this.page.locator("#rp-pos").fill(String.valueOf(steps.size()));
		this.page.locator("#rp-pos").dispatchEvent("change");
		assertThat(this.page.locator("#rp-now")).hasText("第 " + steps.size() + " 步，共 " + steps.size() + " 步");
		assertThat(this.page.locator("#rp-aside .rp-headline")).containsText("返工");

		// it plays from the beginning and stops when asked to
		this.page.click("#rp-play");
		assertThat(this.page.locator("#rp-play")).hasAttribute("aria-pressed", "true");
		assertThat(this.page.locator("#rp-now")).hasText("第 2 步，共 " + steps.size() + " 步");
		this.page.click("#rp-play");
		assertThat(this.page.locator("#rp-play")).hasAttribute("aria-pressed", "false");

		this.page.locator(".gc-head a", new com.microsoft.playwright.Page.LocatorOptions().setHasText("文字")).click();
		assertThat(this.page.locator(".rp-text section")).hasCount(steps.size());
		assertThat(this.page.locator("#step-" + breach)).containsText("超时");
		assertThat(this.page.locator("main")).containsText("已填写（个人信息不显示）");
		look("replay-text");

		signIn("sd.c01.g1");
		open("/cases/" + caseNo + "/replay");
		assertThat(this.page.locator("main")).containsText("只对督查审计人员");
	}

	/**
	 * From the report to the reopening, nothing left out between one moment and the next.
	 */
	@Test
	void everyMomentOnThePageIsWhatWasStoredThen() {
		String caseNo = reopened();
		List<CaseEvent> events = this.trail.of(caseNo);
		assertThat(events).extracting(CaseEvent::kind)
			.contains("HANDED", "SUSPENDED", "SUSPENSION_ENDED", "BREACHED", "SUPERVISED", "REWORK_ORDERED", "CLOSED",
					"REOPENED");
		assertThat(events).anyMatch((event) -> event.data().contains("NOT_MY_DUTY"));
		DateTimeFormatter minutes = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm").withZone(this.clock.zone());

		signIn("sd.auditor");
		open("/cases/" + caseNo + "/replay?step=1");
		Locator record = this.page.locator("#rp-aside .body.small");
		int step = 1;
		int shown = 0;
		while (true) {
			int[] numbers = numbers(record.textContent());
			int last = numbers[numbers.length - 1];
			assertThat(numbers[0]).as("first record of step %d", step).isEqualTo(shown + 1);
			CaseEvent event = events.get(last - 1);
			assertThat(events.subList(shown, last)).as("step %d", step)
				.allSatisfy((each) -> assertThat(each.at()).isEqualTo(event.at()));
			assertThat(record.locator("[title]")).hasAttribute("title", HexFormat.of().formatHex(event.hash()));
			assertThat(this.page.locator("#rp-aside header time")).hasAttribute("datetime", minutes.format(event.at()));
			String who = events.get(shown).actor();
			assertThat(this.page.locator("#rp-aside .gc-dl dd").first())
				.containsText(who.equals("system") ? "到时自动发生" : this.staff.find(who, event.at()).orElseThrow().name());
			shown = last;
			if (shown == events.size()) {
				break;
			}
			step++;
			this.page.keyboard().press("ArrowRight");
			assertThat(this.page.locator("#rp-now")).containsText("第 " + step + " 步");
		}
		assertThat(this.page.locator("#rp-now")).hasText("第 " + step + " 步，共 " + step + " 步");
		assertThat(this.page.locator("#rp-aside .rp-told").first()).containsText("复开");
		assertThat(this.page.locator(".rp-main [data-element-id=Stage_Dispatch].rp-now")).isVisible();
	}

	/** Released twice since, the table reads as it did when it was asked. */
	@Test
	void theRuleThatFiredStaysInTheTableAsItWas() throws IOException {
		String routing = Files.readString(Path.of("decisions/shangdi/routing.dmn"));
		String first = "(?s)(<rule id=\"Rule_MajorToDistrict\">.*?</rule>)";
		String caseNo = this.drive.report("shangdi", "sd.c01.g1", "GRID_WORKER",
				Map.of("gridCode", "11010802200101", "category", "S0501", "severity", "GENERAL"));
		this.drive.complete(caseNo, "Stage_File", Map.of("filing", "FILE"));
		int asked = this.replays.of(this.cases.get(caseNo))
			.steps()
			.stream()
			.filter((step) -> step.decisions().stream().anyMatch((decision) -> decision.table().equals("routing")))
			.findFirst()
			.orElseThrow()
			.number();
		signIn("sd.auditor");
		open("/cases/" + caseNo + "/replay?step=" + asked);
		Locator table = this.page.locator("#rp-judge .rp-judged",
				new com.microsoft.playwright.Page.LocatorOptions().setHasText("分类派遣（三级循环"));
		assertThat(table.locator("tr.fired")).containsText("命中");
		String before = table.innerText();
		try {
			release(routing.replaceFirst(first, ReplayTests.rule("Rule_Replayed1", "\"S98\"") + "$1"));
			release(routing.replaceFirst(first, ReplayTests.rule("Rule_Replayed2", "\"S97\"") + "$1")
				.replaceFirst("(?s)<rule id=\"Rule_LandToDistrict\">.*?</rule>", ""));
			open("/cases/" + caseNo + "/replay?step=" + asked);
			assertThat(table.locator("tr.fired")).containsText("命中");
			assertThat(table.innerText()).isEqualTo(before).doesNotContain("S97", "S98");
			open("/tables/routing?place=shangdi");
			assertThat(this.page.locator("main")).containsText("回放测试加入的一行");
		}
		finally {
			release(routing);
		}
	}

	private String reopened() {
		String caseNo = troubled();
		this.drive.complete(caseNo, "Task_SignFor", Map.of("signing", "SIGN"));
		this.drive.complete(caseNo, "Task_Handle", Map.of("handlingOutcome", "DONE", "resultText", "再次清理，并加装隔挡，告知当事人"));
		this.drive.helpersDo(caseNo);
		this.drive.complete(caseNo, "Stage_Verify", Map.of("verified", true, "verifyText", "现场复核，确已办好"));
		this.drive.complete(caseNo, "Stage_Close", Map.of("closingText", "整改完成，予以结案", "satisfaction", "SATISFIED"));
		this.drive.begin("sd.c01.g1", caseNo, "reopening", Map.of("reasonText", "第二天又堆满了"));
		return caseNo;
	}

	private void release(String routing) {
		this.travel.moveTo(this.clock.now().plusSeconds(2));
		Acting.as("sd.policy",
				() -> this.releases.release(
						new ReleaseOrder("shangdi", Map.of("routing.dmn", routing.getBytes(StandardCharsets.UTF_8)),
								"sd.policy", "回放测试", AppliesTo.ALL, null)));
		this.travel.moveTo(this.clock.now().plusSeconds(2));
	}

	/** Those after the number sign: one record, or the first and the last of some. */
	private static int[] numbers(String text) {
		return Pattern.compile("#([0-9,]+)")
			.matcher(text)
			.results()
			.mapToInt((found) -> Integer.parseInt(found.group(1).replace(",", "")))
			.toArray();
	}

}
