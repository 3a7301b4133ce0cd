package gridcase.studio;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import com.microsoft.playwright.Page;
import gridcase.casework.process.TimeTravel;
import gridcase.clock.PlatformClock;
import gridcase.trial.Shadows;
import gridcase.web.BrowserTest;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** A change of rules is tried in a browser, on the past and beside the rules in force. */
class TrialBrowserTests extends BrowserTest {

	@Autowired
	private Drafts drafts;

	@Autowired
	private Shadows shadows;

	@Autowired
	private TimeTravel travel;

	@Autowired
	private PlatformClock clock;

	@Autowired
	private JdbcTemplate jdbc;

	@Test
	void aTrialShowsTheCasesThatWouldChange() throws Exception {
		this.travel.moveTo(this.clock.now()
			.atZone(this.clock.zone())
			.with(java.time.temporal.TemporalAdjusters.next(java.time.DayOfWeek.TUESDAY))
			.with(java.time.LocalTime.of(9, 0))
			.toInstant());
		String quick = dispatched("楼道堆放旧家具");
		String slow = dispatched("楼道堆放电动车");
		String never = dispatched("安全出口堆货");
		this.travel.moveTo(this.clock.now().plus(Duration.ofMinutes(20)));
		this.drive.complete(quick, "Task_SignFor", Map.of("signing", "SIGN"));
		this.travel.moveTo(this.clock.now().plus(Duration.ofMinutes(130)));
		this.drive.complete(slow, "Task_SignFor", Map.of("signing", "SIGN"));
		this.travel.moveTo(this.clock.now().plus(Duration.ofHours(6)));

		Draft draft = this.drafts.begin("shangdi", "签收时限收紧", "sd.policy");
		this.drafts.save(draft.id(), "time-limit.dmn", signWithin(2), 0, "sd.policy");
		signIn("sd.policy");
		open("/studio/drafts/" + draft.id() + "/trial");
		assertThat(this.page.locator("main")).containsText("还没有试算");
		look("trial-empty");
		this.page.click(".tr-form button");
		this.page.waitForSelector(".rh");
		assertThat(this.page.locator("main")).containsText("结果改变");
		assertThat(this.page.locator(".tr-groups")).containsText("4 工作时");
		assertThat(this.page.locator(".tr-groups")).containsText("2 工作时");
		assertThat(this.page.locator("#chart canvas")).isVisible();
		look("trial");
		assertThat(this.page.locator(".tr-cases")).containsText("楼道堆放电动车");
		this.page.check("input[name=newly]");
		this.page.waitForURL((url) -> url.contains("newly=true"));
		assertThat(this.page.locator(".tr-cases tbody tr")
			.filter(new com.microsoft.playwright.Locator.FilterOptions().setHasText(slow))).hasCount(1);
		assertThat(this.page.locator(".tr-cases")).containsText("超");
		assertThat(this.page.locator(".tr-cases")).not().containsText(quick);
		assertThat(this.page.locator(".tr-cases")).not().containsText(never);
		this.page.click(".tr-by a:has-text('按类别')");
		assertThat(this.page.locator(".tr-sums")).containsText("→");
		byte[] sheet = Files.readAllBytes(this.page.waitForDownload(() -> this.page.click("a[href$='.xlsx']")).path());
		assertThat(new String(sheet, 0, 2, StandardCharsets.US_ASCII)).isEqualTo("PK");
		this.page.click(".tr-cases a:has-text('楼道堆放电动车')");
		assertThat(this.page.locator("main")).containsText(slow);

		// the draft goes on: what was tried is overtaken
		this.drafts.save(draft.id(), "time-limit.dmn", signWithin(1),
				this.drafts.file(draft.id(), "time-limit.dmn").version(), "sd.policy");
		open("/studio/drafts/" + draft.id() + "/trial");
		assertThat(this.page.locator("main")).containsText("已过期");

		// a hole: failing comes first
		byte[] hole = new String(signWithin(2), StandardCharsets.UTF_8)
			.replaceAll("(?s)<rule id=\"Rule_SignRoutine\".*?</rule>", "")
			.getBytes(StandardCharsets.UTF_8);
		this.drafts.save(draft.id(), "time-limit.dmn", hole, this.drafts.file(draft.id(), "time-limit.dmn").version(),
				"sd.policy");
		open("/studio/drafts/" + draft.id() + "/trial");
		this.page.click(".tr-form button");
		this.page.waitForSelector(".rh");
		assertThat(this.page.locator(".tr-groups a").first()).containsText("没有一行符合");
		assertThat(this.page.locator(".tr-groups a").first()).containsText("签收");
		look("trial-failing");
	}

	@Test
	void aTrialUnderWayShowsHowFarItIs() throws Exception {
		Draft draft = this.drafts.begin("shangdi", "签收时限放宽", "sd.policy");
		this.drafts.save(draft.id(), "time-limit.dmn", signWithin(6), 0, "sd.policy");
		this.jdbc
			.update("""
					insert into studio_trial (draft_id, place, table_key, from_at, to_at, state, content_hash, started_by, created_at,
					beat_at, stopped, took_millis, total, done, same, changed, failing, gap_count, overlap_count, other_rule, unknown,
					unknown_names, judged, unjudged, warned_before, warned_after, breached_before, breached_after, escalated_before,
					escalated_after)
					values (?, 'shangdi', 'time-limit', now() - interval '30 days', now(), 'RUNNING', '', 'sd.policy', now(),
					clock_timestamp(), false, 25000, 12480, 7615, 7261, 343, 11, 0, 0, 0, 0, '', 0, 0, 0, 0, 0, 0, 0, 0)""",
					draft.id());
		signIn("sd.policy");
		open("/studio/drafts/" + draft.id() + "/trial");
		assertThat(this.page.locator("#running")).containsText("7,615 / 12,480");
		assertThat(this.page.locator("#running")).containsText("约剩 15 秒");
		look("trial-running");
		this.page.click("#running form button");
		assertThat(said()).containsText("正在停止");
		assertThat(this.jdbc.queryForObject("select stopped from studio_trial where draft_id = ?", Boolean.class,
				draft.id()))
			.isTrue();
		this.jdbc.update("update studio_trial set state = 'STOPPED' where draft_id = ?", draft.id());
		assertThat(this.page.locator("main")).containsText("不能作为复核依据");
	}

	@Test
	void aShadowShowsWhereItParts() throws Exception {
		Draft draft = this.drafts.begin("shangdi", "签收改为两小时", "sd.policy");
		this.drafts.save(draft.id(), "time-limit.dmn", signWithin(2), 0, "sd.policy");
		signIn("sd.policy");
		open("/studio/drafts/" + draft.id() + "/shadow");
		this.page.fill("#sh-days", "5");
		this.page.click(".tr-form button");
		assertThat(said()).containsText("5 天后自动结束");
		this.shadows.look();
		String caseNo = dispatched("飞线充电");
		this.shadows.look();
		this.shadows.look();
		open("/studio/drafts/" + draft.id() + "/shadow");
		assertThat(this.page.locator(".tr-cases")).containsText(caseNo);
		assertThat(this.page.locator(".tr-cases")).containsText("2 工作时");
		look("shadow");
		this.page.click("form[action$='/shadow/end'] button");
		assertThat(said()).containsText("影子运行已结束");
		signIn("sd.auditor");
		open("/studio/drafts/" + draft.id() + "/shadow");
		assertThat(this.page.locator(".tr-cases")).containsText(caseNo);
		assertThat(this.page.locator(".tr-form", new Page.LocatorOptions())).hasCount(0);
	}

	private String dispatched(String title) {
		String caseNo = this.drive.report("shangdi", "sd.c01.g1", "GRID_WORKER",
				Map.of("gridCode", "11010802200101", "category", "S0501", "title", title));
		this.drive.complete(caseNo, "Stage_File", Map.of("filing", "FILE"));
		this.drive.complete(caseNo, "Stage_Dispatch", Map.of("leadUnit", "SD-CG"));
		return caseNo;
	}

	private static byte[] signWithin(int hours) throws java.io.IOException {
		return Files.readString(Path.of("decisions/time-limit.dmn"))
			.replaceAll("(<outputEntry id=\"Out_SignRoutine_LimitValue\"><text>)[^<]*", "$1" + hours)
			.getBytes(StandardCharsets.UTF_8);
	}

}
