package gridcase.studio;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.jayway.jsonpath.JsonPath;
import gridcase.analysis.Finding;
import gridcase.analysis.Finding.Severity;
import gridcase.casework.CaseDriver;
import gridcase.casework.DemoTest;
import gridcase.policy.AppliesTo;
import gridcase.policy.DecisionRecord;
import gridcase.policy.Decisions;
import gridcase.policy.Dmn;
import gridcase.policy.Release;
import gridcase.policy.ReleaseOrder;
import gridcase.policy.Releases;
import gridcase.policy.RuleProblem;
import gridcase.policy.RuleType;
import gridcase.shared.Refusal;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.MockMvc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

/** A table of a draft: findings mended, examples kept, versions compared. */
@DemoTest
@Import(CaseDriver.class)
class DraftTableTests {

	private static final String LIMITS = "time-limit-e06";

	@Autowired
	private MockMvc http;

	@Autowired
	private Drafts drafts;

	@Autowired
	private Examples examples;

	@Autowired
	private ExampleFill fill;

	@Autowired
	private DraftChecks checks;

	@Autowired
	private Decisions decisions;

	@Autowired
	private Releases releases;

	@Autowired
	private CaseDriver drive;

	private static String shipped(String file) throws Exception {
		return Files.readString(Path.of("decisions", file));
	}

	private Draft draft(String file, String content) {
		Draft draft = this.drafts.begin("shangdi", "试改", "sd.policy");
		this.drafts.save(draft.id(), file, content.getBytes(StandardCharsets.UTF_8), 0, "sd.policy");
		return draft;
	}

	private FileCheck check(Draft draft, String file) {
		return this.checks.of(draft.id())
			.stream()
			.filter((each) -> each.file().name().equals(file))
			.findFirst()
			.orElseThrow();
	}

	@Test
	void anOverlapIsShownAndMendedInOneClick() throws Exception {
		// row 2 takes what is row 1's as well
		String overlapping = shipped(LIMITS + ".dmn").replaceFirst("\"E0604\"", "\"E0602\",\"E0604\"");
		Draft draft = draft(LIMITS + ".dmn", overlapping);
		String page = "/studio/drafts/" + draft.id() + "/tables/" + LIMITS;
		DraftFile file = this.drafts.file(draft.id(), LIMITS + ".dmn");
		Finding overlap = check(draft, LIMITS + ".dmn").findings().get(0);
		assertThat(overlap.kind()).isEqualTo(Finding.Kind.OVERLAP);
		assertThat(overlap.severity()).isEqualTo(Severity.ERROR);

		this.http.perform(get(page).with(user("sd.policy")))
			.andExpect(status().isOk())
			.andExpect(content().string(containsString("重叠：第 1 行与第 2 行")))
			.andExpect(content().string(containsString("从第 2 行去掉临街屠宰")))
			.andExpect(content().string(containsString("<mark>临街屠宰</mark>")))
			.andExpect(content().string(containsString("门前四包")))
			.andExpect(content().string(not(containsString("提交复核，0"))));
		this.http
			.perform(post(page + "/fix").with(user("sd.policy"))
				.with(csrf())
				.param("finding", overlap.key())
				.param("fix", "0")
				.param("version", String.valueOf(file.version() + 1)))
			.andExpect(status().isConflict());
		this.http
			.perform(post(page + "/fix").with(user("sd.policy"))
				.with(csrf())
				.param("finding", overlap.key())
				.param("fix", String.valueOf(overlap.fixes().size() - 1))
				.param("version", String.valueOf(file.version())))
			.andExpect(redirectedUrl(page));

		assertThat(new String(this.drafts.file(draft.id(), LIMITS + ".dmn").content(), StandardCharsets.UTF_8))
			.isEqualTo(shipped(LIMITS + ".dmn"));
		assertThat(check(draft, LIMITS + ".dmn").blocking()).isZero();
		assertThat(this.checks.objections(draft, this.drafts.files(draft.id()))).isEmpty();
	}

	@Test
	void everyRowOfAChangedTableNeedsAnExampleThatPasses() throws Exception {
		Draft draft = draft(LIMITS + ".dmn",
				shipped(LIMITS + ".dmn").replaceFirst("(Out_E0602_1_LimitValue\"><text>)2", "$11"));
		FileCheck before = check(draft, LIMITS + ".dmn");
		assertThat(before.unproven()).hasSize(before.view().rows().size()).contains("Rule_E0602_1");
		assertThat(before.bare()).isEmpty();
		assertThat(this.checks.objections(draft, this.drafts.files(draft.id()))).extracting(RuleProblem::message)
			.singleElement()
			.asString()
			.startsWith("第 1 行、第 2 行")
			.contains("每行至少要有一个");

		Example wrong = this.examples.add(draft.id(), LIMITS, null, Map.of("category", "E0602", "condition", "1"),
				List.of(Map.of("limitValue", new BigDecimal("2.0"), "limitUnit", "WORK_HOUR", "warnPercent", 80)), null,
				"", "sd.policy");
		assertThat(check(draft, LIMITS + ".dmn").failing()).hasSize(1);
		this.examples.add(draft.id(), LIMITS, wrong.id(), wrong.inputs(),
				List.of(Map.of("limitValue", 1, "limitUnit", "WORK_HOUR", "warnPercent", 80)), "Rule_E0602_1", "",
				"sd.policy");
		assertThat(check(draft, LIMITS + ".dmn").unproven()).hasSize(before.view().rows().size() - 1)
			.doesNotContain("Rule_E0602_1");

		// all others at once, on the page
		String page = "/studio/drafts/" + draft.id() + "/tables/" + LIMITS;
		this.http.perform(get(page).with(user("sd.policy"))).andExpect(content().string(containsString("补齐样例")));
		String shown = this.http.perform(get(page + "/examples/fill").with(user("sd.policy")))
			.andExpect(status().isOk())
			.andExpect(content().string(containsString("系统编写")))
			.andReturn()
			.getResponse()
			.getContentAsString(StandardCharsets.UTF_8);
		this.http
			.perform(post(page + "/examples/fill").with(user("sd.policy"))
				.with(csrf())
				.param("mark", "1-ffff")
				.param("rule", before.unproven().toArray(String[]::new)))
			.andExpect(status().isConflict());
		this.http
			.perform(post(page + "/examples/fill").with(user("sd.policy"))
				.with(csrf())
				.param("mark", shown.replaceAll("(?s).*name=\"mark\" value=\"([^\"]+)\".*", "$1"))
				.param("rule", before.unproven().toArray(String[]::new)))
			.andExpect(redirectedUrl(page + "#examples"));
		this.http.perform(get(page + "/examples/fill").with(user("sd.policy")))
			.andExpect(content().string(containsString("没有可以补的样例")));

		FileCheck after = check(draft, LIMITS + ".dmn");
		assertThat(after.blocking()).isZero();
		assertThat(after.examples()).hasSize(before.view().rows().size())
			.filteredOn((run) -> run.example().origin() == ExampleOrigin.COMPOSED)
			.hasSize(before.view().rows().size() - 1);
		assertThat(this.checks.objections(draft, this.drafts.files(draft.id()))).isEmpty();
		// until the draft is released its examples are its own
		assertThat(this.examples.of("shangdi", LIMITS, null)).isEmpty();
	}

	@Test
	void realDecisionsComeFirstAndDeadRowsNeedNone() throws Exception {
		String caseNo = this.drive.report("shangdi", "sd.c01.g1", "GRID_WORKER", Map.of("gridCode", "11010802200101"));
		DecisionRecord decided = this.decisions.ofCase(caseNo)
			.stream()
			.filter((decision) -> decision.table().equals("time-limit"))
			.findFirst()
			.orElseThrow();
		Draft draft = this.drafts.begin("shangdi", "试改", "sd.policy");
		DraftFile taken = this.drafts.take(draft.id(), RuleType.TABLE, "time-limit", "sd.policy");
		String content = new String(taken.content(), StandardCharsets.UTF_8);
		// the last row once more, and never reached
		int row = content.lastIndexOf("<rule ");
		String twin = content.substring(row, content.indexOf("</rule>", row) + "</rule>".length())
			.replaceAll(" id=\"([^\"]+)\"", " id=\"$1_Again\"");
		this.drafts.save(draft.id(), taken.name(),
				content.replace("</decisionTable>", twin + "</decisionTable>").getBytes(StandardCharsets.UTF_8),
				taken.version(), "sd.policy");

		String root = "/api/v1/studio/drafts/" + draft.id() + "/tables/time-limit/examples/missing";
		String answer = this.http.perform(get(root).with(httpBasic("sd.policy", "gridcase")))
			.andExpect(status().isOk())
			.andReturn()
			.getResponse()
			.getContentAsString(StandardCharsets.UTF_8);
		List<String> dead = JsonPath.read(answer, "$.dead");
		assertThat(dead).singleElement().asString().endsWith("_Again");
		assertThat(JsonPath.<List<Object>>read(answer, "$.unfound")).isEmpty();
		List<String> cases = JsonPath.read(answer, "$.proposals[?(@.rule == '" + decided.rules().get(0) + "')].caseNo");
		assertThat(cases).singleElement().satisfies((no) -> assertThat(no).isNotNull());
		this.http
			.perform(post(root).with(httpBasic("sd.auditor", "gridcase"))
				.contentType(MediaType.APPLICATION_JSON)
				.content("{}"))
			.andExpect(status().isForbidden());
		this.http
			.perform(post(root).with(httpBasic("sd.policy", "gridcase"))
				.contentType(MediaType.APPLICATION_JSON)
				.content("{\"mark\":\"" + JsonPath.read(answer, "$.mark") + "\"}"))
			.andExpect(status().isCreated())
			.andExpect(jsonPath("$[?(@.origin == 'DECISION')]").isNotEmpty())
			.andExpect(jsonPath("$[?(@.origin == 'COMPOSED')]").isNotEmpty());

		FileCheck check = check(draft, "time-limit.dmn");
		assertThat(check.unproven()).isEmpty();
		assertThat(check.failing()).isEmpty();
		assertThat(check.dead()).isEqualTo(dead);
	}

	@Test
	void aListHasExamplesWithAllItsRows() throws Exception {
		Draft draft = draft("notification.dmn", shipped("notification.dmn"));
		FileCheck before = check(draft, "notification.dmn");
		assertThat(before.view().hitPolicy()).isEqualTo("COLLECT");
		fill(draft, "notification");
		FileCheck after = check(draft, "notification.dmn");
		assertThat(after.unproven()).isEmpty();
		assertThat(after.examples()).hasSizeLessThan(before.view().rows().size())
			.allSatisfy((run) -> assertThat(run.passes()).isTrue())
			.anySatisfy((run) -> assertThat(run.example().outputs()).hasSizeGreaterThan(1));
	}

	@Test
	void fiveHundredRowsAreFilledInAtOnce() {
		Dmn many = Dmn.table("probe").hit("hitPolicy=\"FIRST\"").in("closedDays", "number").in("title", "string");
		many.out("days", "number");
		for (int row = 0; row < 500; row++) {
			many.rule("R" + row, "[%d..%d]".formatted(row, row + 9), (row % 2 == 0) ? "-" : "not(\"A\")", "" + row);
		}
		Draft draft = draft("probe.dmn", many.xml());
		long from = System.nanoTime();
		assertThat(fill(draft, "probe")).isEqualTo(500);
		FileCheck check = check(draft, "probe.dmn");
		assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofSeconds(30));
		assertThat(check.unproven()).isEmpty();
		assertThat(check.examples()).hasSize(500).allSatisfy((run) -> assertThat(run.passes()).isTrue());
	}

	private int fill(Draft draft, String key) {
		ExampleFill.Filling filling = this.fill.of(draft, check(draft, key + ".dmn"));
		assertThat(filling.unfound()).isEmpty();
		return this.examples.keep(draft.id(), key, filling.proposals(), "sd.policy").size();
	}

	@Test
	void aFormIsComparedFieldByField() throws Exception {
		byte[] before = Files.readAllBytes(Path.of("forms/take-command.form"));
		byte[] after = new String(before, StandardCharsets.UTF_8)
			.replaceFirst("\"components\": \\[",
					"\"components\": [{\"type\": \"textfield\", \"key\": \"newOne\", \"label\": \"新的一项\"},")
			.getBytes(StandardCharsets.UTF_8);
		release(Map.of("take-command.form", before));
		release(Map.of("take-command.form", after));
		this.http.perform(get("/studio/compare?type=FORM&key=take-command&place=shangdi").with(user("sd.policy")))
			.andExpect(status().isOk())
			.andExpect(content().string(containsString("新的一项")))
			.andExpect(content().string(containsString("1 处")));
		this.http
			.perform(get("/api/v1/studio/compare?type=FORM&key=take-command&place=shangdi")
				.with(httpBasic("sd.policy", "gridcase")))
			.andExpect(jsonPath("$.form.fields[0].change").value("ADDED"));

		Draft draft = this.drafts.begin("shangdi", "改表单", "sd.policy");
		DraftFile file = this.drafts.take(draft.id(), RuleType.FORM, "take-command", "sd.policy");
		this.drafts.save(draft.id(), file.name(), before, file.version(), "sd.policy");
		this.http.perform(get("/studio/drafts/" + draft.id() + "/forms/take-command").with(user("sd.policy")))
			.andExpect(status().isOk())
			.andExpect(content().string(containsString("<s>新的一项</s>")));
		this.http
			.perform(get("/api/v1/studio/drafts/" + draft.id() + "/forms/take-command/diff")
				.with(httpBasic("sd.auditor", "gridcase")))
			.andExpect(jsonPath("$.fields[0].change").value("REMOVED"));
	}

	@Test
	void examplesOfAReleasedDraftCountForEverybody() throws Exception {
		String key = "voiding";
		Draft first = draft(key + ".dmn", shipped(key + ".dmn"));
		Example kept = this.examples.add(first.id(), key, null, Map.of("stage", "handle"), List.of(), null, "一",
				"sd.policy");
		this.examples.add(first.id(), key, null, Map.of("stage", "close"), List.of(), null, "二", "sd.policy");
		Release released = this.releases.release(new ReleaseOrder("shangdi",
				Map.of(key + ".dmn", shipped(key + ".dmn").getBytes(StandardCharsets.UTF_8)), "sd.policy", "试",
				AppliesTo.NEW_CASES, null));
		this.drafts.released(first.id(), released.id());
		assertThat(this.examples.of("shangdi", key, null)).extracting(Example::note).containsExactly("一", "二");
		assertThatThrownBy(() -> this.examples.remove(first.id(), key, kept.id(), "sd.policy"))
			.isInstanceOf(Refusal.class);

		Draft second = this.drafts.begin("shangdi", "再改", "sd.policy");
		this.drafts.take(second.id(), RuleType.TABLE, key, "sd.policy");
		this.examples.remove(second.id(), key, kept.id(), "sd.policy");
		assertThat(this.examples.of("shangdi", key, second.id())).extracting(Example::note).containsExactly("二");
		assertThat(this.examples.of("shangdi", key, null)).hasSize(2);
		assertThat(this.examples.of("futian", key, null)).isEmpty();
	}

	@Test
	void aRealDecisionBecomesAnExampleByOneClick() throws Exception {
		String caseNo = this.drive.report("shangdi", "sd.c01.g1", "GRID_WORKER", Map.of("gridCode", "11010802200101"));
		DecisionRecord decided = this.decisions.ofCase(caseNo)
			.stream()
			.filter((decision) -> decision.table().equals("time-limit"))
			.findFirst()
			.orElseThrow();
		Draft draft = this.drafts.begin("shangdi", "试改", "sd.policy");
		this.drafts.take(draft.id(), RuleType.TABLE, "time-limit", "sd.policy");
		String page = "/studio/drafts/" + draft.id() + "/tables/time-limit";

		this.http.perform(get(page).with(user("sd.policy")))
			.andExpect(content().string(containsString("收为样例")))
			.andExpect(content().string(containsString(caseNo)));
		this.http
			.perform(post(page + "/examples/taken").with(user("sd.policy"))
				.with(csrf())
				.param("caseNo", caseNo)
				.param("at", decided.at().toString())
				.param("rule", decided.rules().get(0)))
			.andExpect(redirectedUrl(page + "#examples"));

		FileCheck check = check(draft, "time-limit.dmn");
		assertThat(check.examples()).singleElement().satisfies((run) -> {
			assertThat(run.passes()).as(run.toString()).isTrue();
			assertThat(run.example().rule()).isEqualTo(decided.rules().get(0));
		});
		assertThat(check.bare()).doesNotContain(decided.rules().get(0));
	}

	@Test
	void theFormSaysWhatIsWrongAndTriesTheDraft() throws Exception {
		Draft draft = draft("suspension.dmn", shipped("suspension.dmn"));
		String page = "/studio/drafts/" + draft.id() + "/tables/suspension";
		this.http.perform(
				post(page + "/examples/try").with(user("sd.policy")).with(csrf()).param("in0", "一次").param("rows", "1"))
			.andExpect(status().isOk())
			.andExpect(content().string(containsString("“一次”不是数字")));
		this.http.perform(
				post(page + "/examples/try").with(user("sd.policy")).with(csrf()).param("in0", "0").param("rows", "1"))
			.andExpect(status().isOk())
			.andExpect(content().string(containsString("草稿这样回答")));
		this.http.perform(post(page + "/examples").with(user("sd.auditor")).with(csrf()))
			.andExpect(status().isForbidden());
		this.http.perform(get(page).with(user("sd.auditor")))
			.andExpect(status().isOk())
			.andExpect(content().string(not(containsString("保存样例"))));
		this.http.perform(get(page).with(user("ft.policy"))).andExpect(status().isNotFound());
	}

	@Test
	void theSameOverRest() throws Exception {
		Draft draft = draft(LIMITS + ".dmn", shipped(LIMITS + ".dmn").replaceFirst("\"E0604\"", "\"E0602\",\"E0604\""));
		String root = "/api/v1/studio/drafts/" + draft.id();
		String found = this.http
			.perform(get(root + "/tables/" + LIMITS + "/check").with(httpBasic("sd.policy", "gridcase")))
			.andExpect(status().isOk())
			.andExpect(jsonPath("$.findings[0].finding.kind").value("OVERLAP"))
			.andReturn()
			.getResponse()
			.getContentAsString(StandardCharsets.UTF_8);
		String key = JsonPath.read(found, "$.findings[0].key");
		int version = JsonPath.read(found, "$.version");
		this.http
			.perform(post(root + "/tables/" + LIMITS + "/fixes").with(httpBasic("sd.policy", "gridcase"))
				.contentType(MediaType.APPLICATION_JSON)
				.content("{\"finding\":\"%s\",\"fix\":0,\"version\":%d}".formatted(key, version)))
			.andExpect(status().isOk())
			.andExpect(jsonPath("$.findings[?(@.finding.kind == 'OVERLAP')]").isEmpty());
		this.http.perform(post(root + "/tables/" + LIMITS + "/examples").with(httpBasic("sd.policy", "gridcase"))
			.contentType(MediaType.APPLICATION_JSON)
			.content(
					"{\"inputs\":{\"category\":\"E0698\",\"condition\":\"2\"},\"outputs\":[{\"limitValue\":1}],\"rule\":\"Rule_E0698_2\"}"))
			.andExpect(status().isCreated());
		this.http
			.perform(post(root + "/tables/" + LIMITS + "/answers").with(httpBasic("sd.policy", "gridcase"))
				.contentType(MediaType.APPLICATION_JSON)
				.content("{\"category\":\"E0698\",\"condition\":\"2\"}"))
			.andExpect(jsonPath("$.rules[0]").value("Rule_E0698_2"));
		this.http.perform(get(root + "/checks").with(httpBasic("sd.policy", "gridcase")))
			.andExpect(jsonPath("$[0].examples[0].passes").value(true));
	}

	@Test
	void aTableThatCannotBeReadSaysSo() throws Exception {
		Draft draft = draft("voiding.dmn", "<definitions>");
		this.http.perform(get("/studio/drafts/" + draft.id() + "/tables/voiding").with(user("sd.policy")))
			.andExpect(status().isOk())
			.andExpect(content().string(containsString("读不出来")));
		assertThat(check(draft, "voiding.dmn").blocking()).isPositive();
		Draft faulty = draft("voiding.dmn", shipped("voiding.dmn").replaceFirst("<text>\"", "<text>住院,\""));
		this.http.perform(get("/studio/drafts/" + faulty.id() + "/tables/voiding").with(user("sd.policy")))
			.andExpect(status().isOk())
			.andExpect(content().string(containsString("住院 不是本表的输入")));
	}

	@Test
	void twoVersionsAreSeenSideBySide() throws Exception {
		byte[] before = shipped("hand-down.dmn").getBytes(StandardCharsets.UTF_8);
		byte[] after = shipped("hand-down.dmn").replaceFirst("\"REFUSED\"", "\"ALLOWED\"")
			.getBytes(StandardCharsets.UTF_8);
		byte[] diagram = Files.readAllBytes(Path.of("processes/direct-report.bpmn"));
		byte[] renamed = new String(diagram, StandardCharsets.UTF_8)
			.replaceFirst("(<bpmn:userTask [^>]*name=\")[^\"]*", "$1换个名字")
			.getBytes(StandardCharsets.UTF_8);
		release(Map.of("hand-down.dmn", before, "direct-report.bpmn", diagram));
		release(Map.of("hand-down.dmn", after, "direct-report.bpmn", renamed));

		this.http.perform(get("/studio/compare?type=TABLE&key=hand-down&place=shangdi").with(user("sd.policy")))
			.andExpect(status().isOk())
			.andExpect(content().string(containsString("改 1 行")))
			.andExpect(content().string(containsString("<s>不允许</s>")));
		this.http.perform(get("/studio/compare?type=DIAGRAM&key=direct-report&place=shangdi").with(user("sd.policy")))
			.andExpect(status().isOk())
			.andExpect(content().string(containsString("人工任务“换个名字”")));
		this.http
			.perform(get("/api/v1/studio/compare?type=DIAGRAM&key=direct-report&place=shangdi")
				.with(httpBasic("sd.policy", "gridcase")))
			.andExpect(jsonPath("$.diagram.changes.length()").value(1))
			.andExpect(jsonPath("$.diagram.changes[0].kind").value("CHANGED"));
		this.http.perform(get("/studio/compare?type=TABLE&key=hand-down&place=futian").with(user("sd.policy")))
			.andExpect(status().isForbidden());
	}

	private void release(Map<String, byte[]> files) {
		this.releases.release(new ReleaseOrder("shangdi", files, "sd.policy", "试", AppliesTo.NEW_CASES, null));
	}

	@Test
	void theTableInForceReadsInWords() throws Exception {
		this.http.perform(get("/tables/" + LIMITS + "?place=shangdi&rule=Rule_E0602_1").with(user("sd.dispatcher")))
			.andExpect(status().isOk())
			.andExpect(content().string(containsString("临街屠宰")))
			.andExpect(content().string(containsString("fired")))
			.andExpect(content().string(containsString("工作时")))
			.andExpect(content().string(not(containsString("WORK_HOUR"))));
	}

}
