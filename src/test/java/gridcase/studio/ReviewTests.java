package gridcase.studio;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.jayway.jsonpath.JsonPath;
import gridcase.audit.CaseEvent;
import gridcase.audit.CaseTrail;
import gridcase.casework.CaseDriver;
import gridcase.casework.CaseFile;
import gridcase.casework.Cases;
import gridcase.casework.Deadline;
import gridcase.casework.DeadlinePlans;
import gridcase.casework.DemoTest;
import gridcase.casework.OpenTask;
import gridcase.casework.OpenTasks;
import gridcase.casework.TaskForms;
import gridcase.casework.process.TimeTravel;
import gridcase.clock.CalendarLoader;
import gridcase.clock.PlatformClock;
import gridcase.clock.WorkingCalendar;
import gridcase.clock.WorkingCalendars;
import gridcase.policy.AppliesTo;
import gridcase.policy.Release;
import gridcase.policy.ReleaseOrder;
import gridcase.policy.ReleaseRefused;
import gridcase.policy.ReleasedRules;
import gridcase.policy.Releases;
import gridcase.policy.RuleScope;
import gridcase.policy.RuleType;
import gridcase.registry.Catalogue;
import gridcase.shared.Acting;
import gridcase.shared.Refusal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.MockMvc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

/** A draft goes to review, back, into force, and back again. */
@DemoTest
@Import(CaseDriver.class)
class ReviewTests {

	private static final String AUTHOR = "sd.policy";

	private static final String APPROVER = "sd.approver";

	private static final String FORM = "sign-for.form";

	@Autowired
	private Drafts drafts;

	@Autowired
	private DraftComments comments;

	@Autowired
	private Submissions submissions;

	@Autowired
	private Releases releases;

	@Autowired
	private ReleasedRules rules;

	@Autowired
	private ReleaseTrail sources;

	@Autowired
	private CaseDriver drive;

	@Autowired
	private Cases cases;

	@Autowired
	private TaskForms taskForms;

	@Autowired
	private OpenTasks tasks;

	@Autowired
	private CaseTrail trail;

	@Autowired
	private Catalogue catalogue;

	@Autowired
	private WorkingCalendars calendars;

	@Autowired
	private CalendarLoader loader;

	@Autowired
	private DeadlinePlans plans;

	@Autowired
	private PlatformClock clock;

	@Autowired
	private TimeTravel travel;

	@Autowired
	private JdbcTemplate jdbc;

	@Autowired
	private MockMvc http;

	private int number;

	@BeforeEach
	void withANumberOfItsOwn() {
		this.number = 30 + this.jdbc.queryForObject("select count(*) from policy_release", Integer.class);
		this.travel.moveTo(this.clock.now().plus(Duration.ofSeconds(2)));
	}

	@Test
	void theSecondPersonRefusesThenApprovesAndTheRuleIsInForceAtItsMoment() throws Exception {
		int before = signForm();
		Draft draft = draft(this.number);
		Instant effective = this.clock.now().plus(Duration.ofDays(1)).truncatedTo(java.time.temporal.ChronoUnit.MICROS);
		describe(draft, effective, false);
		String caseNo = submit(draft);

		CaseFile file = this.cases.get(caseNo);
		assertThat(file.process()).isEqualTo("policy-change");
		assertThat(file.reporter()).isEqualTo(AUTHOR);
		assertThat(this.drafts.get(draft.id()).state()).isEqualTo(DraftState.SUBMITTED);
		OpenTask review = this.drive.task(caseNo, "Stage_VerifyReview");
		assertThat(review.role()).isEqualTo("policy-approver");
		assertThat(review.dueAt()).isAfter(this.clock.now());
		assertThatExceptionOfType(Refusal.class)
			.isThrownBy(() -> this.drafts.save(draft.id(), FORM, form(1), file(draft).version(), AUTHOR))
			.withMessageContaining("复核");

		int row = this.jdbc.queryForObject("select count(*) from studio_comment", Integer.class);
		this.http
			.perform(post("/api/v1/studio/drafts/" + draft.id() + "/comments").with(httpBasic(APPROVER, "gridcase"))
				.contentType(MediaType.APPLICATION_JSON)
				.content("{\"file\":\"sign-for.form\",\"element\":\"signing\",\"text\":\"这一项不对\"}"))
			.andExpect(status().isCreated())
			.andExpect(jsonPath("$.element").value("signing"));
		this.drive.complete(APPROVER, review, Map.of("reviewApproved", false, "reviewText", "标题里的编号不对，请改"));
		assertThat(this.drafts.get(draft.id()).state()).isEqualTo(DraftState.OPEN);
		assertThat(this.comments.of(draft.id())).hasSize(1);
		assertThat(this.jdbc.queryForObject("select count(*) from studio_comment", Integer.class)).isEqualTo(row + 1);

		this.drafts.save(draft.id(), FORM, form(this.number + 1), file(draft).version(), AUTHOR);
		this.comments.resolve(draft.id(), this.comments.of(draft.id()).get(0).id(), AUTHOR);
		this.drive.complete(AUTHOR, this.drive.task(caseNo, "Task_MendDraft"), Map.of("mendText", "编号改好了"));
		this.drive.complete(APPROVER, this.drive.task(caseNo, "Stage_VerifyReview"),
				Map.of("reviewApproved", true, "reviewText", "同意这样改"));
		assertThat(this.drafts.get(draft.id()).state()).isEqualTo(DraftState.APPROVED);
		assertThat(signForm()).isEqualTo(before);

		this.travel.moveTo(effective.minusSeconds(1));
		assertThat(signForm()).isEqualTo(before);
		this.travel.moveTo(effective.plusSeconds(1));
		assertThat(signForm()).isEqualTo(this.number + 1);

		Draft released = this.drafts.get(draft.id());
		assertThat(released.state()).isEqualTo(DraftState.RELEASED);
		CaseFile closed = this.cases.get(caseNo);
		assertThat(closed.state()).isEqualTo("CLOSED");
		assertThat(closed.outcome()).isEqualTo("RELEASED");
		assertThat(source(released.releaseId())).satisfies((source) -> {
			assertThat(source.caseNo()).isEqualTo(caseNo);
			assertThat(source.approvedBy()).isEqualTo(APPROVER);
			assertThat(source.afterFact()).isFalse();
			assertThat(source.unapproved()).isFalse();
		});
		assertThat(kinds(caseNo)).containsSubsequence("DRAFT_SUBMITTED", "DRAFT_REOPENED", "DRAFT_SUBMITTED",
				"DRAFT_APPROVED", "RULES_RELEASED", "CLOSED");

		String back = rollBack(released.releaseId());
		assertThat(signForm()).isEqualTo(before);
		assertThat(this.drive.task(back, "Stage_EvaluateRatify").role()).isEqualTo("policy-approver");
		long rollBack = this.drafts.ofCase(back).orElseThrow().releaseId();
		assertThat(source(rollBack).takesBack()).isEqualTo(released.releaseId());
		assertThat(source(rollBack).unapproved()).isTrue();
		assertThat(source(released.releaseId()).takenBackBy()).isEqualTo(rollBack);
		this.drive.complete(APPROVER, this.drive.task(back, "Stage_EvaluateRatify"),
				Map.of("ratified", true, "ratifyText", "同意回退"));
		assertThat(source(rollBack).unapproved()).isFalse();
		assertThat(this.cases.get(back).outcome()).isEqualTo("RELEASED");
		assertThat(signForm()).isEqualTo(before);
		assertThatExceptionOfType(Refusal.class).isThrownBy(() -> rollBack(released.releaseId()))
			.withMessageContaining(Long.toString(rollBack));
	}

	@Test
	void nobodyReviewsWhatTheyWroteThemselvesAndTheAttemptIsOnRecord() {
		Draft draft = draft(this.number);
		this.drafts.save(draft.id(), FORM, form(this.number), file(draft).version(), "sd.other");
		String caseNo = submit(draft);
		OpenTask review = this.drive.task(caseNo, "Stage_VerifyReview");
		assertThat(review.excluded()).contains(AUTHOR, "sd.other").doesNotContain(APPROVER);
		this.jdbc.update("update inbox_item set excluded = excluded || ? where task_id = ?", new String[] { APPROVER },
				review.taskId());
		assertThatExceptionOfType(Refusal.class).isThrownBy(
				() -> this.drive.complete(APPROVER, review, Map.of("reviewApproved", true, "reviewText", "自己批自己的")));
		assertThat(this.trail.of(caseNo)).filteredOn((event) -> event.kind().equals("OWN_DECISION_REFUSED"))
			.singleElement()
			.satisfies((event) -> assertThat(event.actor()).isEqualTo(APPROVER));
		assertThat(this.drafts.get(draft.id()).state()).isEqualTo(DraftState.SUBMITTED);
	}

	@Test
	void anApproverCannotSubmitWhatNobodyElseCouldApprove() {
		Draft draft = begin(APPROVER, this.number);
		assertThatExceptionOfType(Refusal.class).isThrownBy(() -> submit(draft, APPROVER));
		assertThat(this.drafts.get(draft.id()).state()).isEqualTo(DraftState.OPEN);
		assertThat(this.drafts.get(draft.id()).caseNo()).isNull();
	}

	@Test
	void brokenContentIsRefusedBeforeAnyReview() {
		Draft draft = begin(AUTHOR, this.number);
		this.drafts.save(draft.id(), FORM,
				new String(form(this.number), StandardCharsets.UTF_8).replace("=signing !=", "=sining !=")
					.getBytes(StandardCharsets.UTF_8),
				file(draft).version(), AUTHOR);
		assertThatExceptionOfType(Refusal.class).isThrownBy(() -> submit(draft)).withMessageContaining("sining");
		assertThat(this.drafts.get(draft.id()).state()).isEqualTo(DraftState.OPEN);
		assertThat(this.drafts.get(draft.id()).caseNo()).isNull();
	}

	@Test
	void whatSomebodyElseReleasedMeanwhileIsNotOverwritten() {
		Draft draft = draft(this.number);
		Instant effective = this.clock.now().plus(Duration.ofHours(5));
		describe(draft, effective, false);
		String caseNo = submit(draft);
		this.drive.complete(APPROVER, this.drive.task(caseNo, "Stage_VerifyReview"),
				Map.of("reviewApproved", true, "reviewText", "同意这样改"));
		this.releases.release(new ReleaseOrder("shangdi", Map.of(FORM, form(this.number + 7)), "sd.admin", "别人先改了",
				AppliesTo.NEW_CASES, null));
		this.travel.moveTo(effective.plusSeconds(1));
		assertThat(signForm()).isEqualTo(this.number + 7);
		assertThat(this.drafts.get(draft.id()).state()).isEqualTo(DraftState.OPEN);
		assertThat(this.cases.get(caseNo).fact("releaseConflict")).contains(FORM, "别人先改了");

		OpenTask mend = this.drive.task(caseNo, "Task_MendDraft");
		assertThatExceptionOfType(Refusal.class)
			.isThrownBy(() -> this.drive.complete(AUTHOR, mend, Map.of("mendText", "没有对照就提交")))
			.withMessageContaining(FORM);
		this.drafts.rebase(draft.id(), FORM, file(draft).version());
		this.drive.complete(AUTHOR, mend, Map.of("mendText", "已对照别人的改动"));
		this.drive.complete(APPROVER, this.drive.task(caseNo, "Stage_VerifyReview"),
				Map.of("reviewApproved", true, "reviewText", "同意这样改"));
		assertThat(signForm()).isEqualTo(this.number);
	}

	@Test
	void theAuthorWithdrawsAndTheDraftCanBeSubmittedAnew() {
		Draft draft = draft(this.number);
		String caseNo = submit(draft);
		this.drive.begin(AUTHOR, caseNo, "policy-withdrawal", Map.of("reasonText", "还要再想一想"));
		assertThat(this.cases.get(caseNo).state()).isEqualTo("WITHDRAWN");
		assertThat(this.drafts.get(draft.id()).state()).isEqualTo(DraftState.OPEN);
		assertThat(this.tasks.ofCase(caseNo)).isEmpty();
		assertThat(submit(this.drafts.get(draft.id()))).isNotEqualTo(caseNo);
	}

	@Test
	void anUrgentChangeIsInForceAtOnceAndTakenBackIfNobodyApproves() {
		int before = signForm();
		Draft draft = begin(APPROVER, this.number);
		describe(draft, null, true);
		String caseNo = submit(draft, APPROVER);
		assertThat(signForm()).isEqualTo(this.number);
		assertThat(source(this.drafts.get(draft.id()).releaseId()).unapproved()).isTrue();
		OpenTask ratify = this.drive.task(caseNo, "Stage_EvaluateRatify");
		assertThat(ratify.role()).isEqualTo("duty-leader");
		this.travel.moveTo(ratify.dueAt().plusSeconds(1));
		assertThat(signForm()).isEqualTo(before);
		assertThat(this.cases.get(caseNo).outcome()).isEqualTo("ROLLED_BACK");
		assertThat(this.tasks.ofCase(caseNo)).isEmpty();
	}

	@Test
	void anUrgentChangeIsNotForThoseWhoWriteRulesOnly() {
		Draft draft = draft(this.number);
		describe(draft, null, true);
		assertThatExceptionOfType(Refusal.class).isThrownBy(() -> submit(draft)).withMessageContaining("审批人");
		assertThat(this.drafts.get(draft.id()).state()).isEqualTo(DraftState.OPEN);
	}

	@Test
	void aNewRuleIsGoneAfterItsReleaseIsTakenBack() {
		Draft draft = this.drafts.begin("shangdi", "新表单", AUTHOR);
		byte[] form = new String(form(this.number), StandardCharsets.UTF_8)
			.replace("\"id\": \"sign-for\"", "\"id\": \"form-of-ours\"")
			.getBytes(StandardCharsets.UTF_8);
		this.drafts.save(draft.id(), "form-of-ours.form", form, 0, AUTHOR);
		String caseNo = submit(draft);
		this.drive.complete(APPROVER, this.drive.task(caseNo, "Stage_VerifyReview"),
				Map.of("reviewApproved", true, "reviewText", "同意这样改"));
		assertThat(ours()).isTrue();
		rollBack(this.drafts.get(draft.id()).releaseId());
		assertThat(ours()).isFalse();
	}

	@Test
	void mattersOfTheHouseAreCountedNowhereAndReportedByNobody() throws Exception {
		String caseNo = submit(draft(this.number));
		assertThat(
				this.jdbc.queryForObject("select count(*) from ledger_case where case_no = ?", Integer.class, caseNo))
			.isZero();
		this.http.perform(get("/api/v1/map").param("place", "shangdi").with(httpBasic("sd.leader", "gridcase")))
			.andExpect((result) -> assertThat(result.getResponse().getContentAsString()).doesNotContain(caseNo));
		String code = this.cases.get(caseNo).fact("category");
		assertThatExceptionOfType(Refusal.class).isThrownBy(() -> this.drive.report("shangdi", "sd.c01.g1",
				"GRID_WORKER", Map.of("gridCode", "11010802200101", "category", code)));
	}

	@Test
	void aNewCategoryTakesEffectWithTheRulesItComesWith() {
		Draft draft = draft(this.number);
		String code = "SDX" + this.number;
		String head = "code,class_code,class_name,name,kind,filing_condition,closing_condition\n";
		this.drafts.save(draft.id(), "categories.csv", bytes(head + code + ",S01,民生服务,楼道感应灯损坏,thing,灯不亮,灯已修好\n"), 0,
				AUTHOR);
		assertThatExceptionOfType(Refusal.class).isThrownBy(() -> submit(draft))
			.withMessageContaining("第 2 行")
			.withMessageContaining("kind");
		DraftFile file = this.drafts.file(draft.id(), "categories.csv");
		this.drafts.save(draft.id(), "categories.csv", bytes(head + code + ",S01,民生服务,楼道感应灯损坏,event,灯不亮,灯已修好\n"),
				file.version(), AUTHOR);
		String conditions = "category,condition_no,filing_condition,closing_condition\n";
		this.drafts.save(draft.id(), "conditions.csv", bytes(conditions + code + "-,1,灯不亮,灯已修好\n"), 0, AUTHOR);
		assertThatExceptionOfType(Refusal.class).isThrownBy(() -> submit(draft))
			.withMessageContaining("conditions.csv")
			.withMessageContaining(code + "-");
		this.drafts.save(draft.id(), "conditions.csv", bytes(conditions + code + ",1,灯不亮,灯已修好\n"),
				this.drafts.file(draft.id(), "conditions.csv").version(), AUTHOR);
		Instant effective = this.clock.now().plus(Duration.ofHours(2));
		describe(draft, effective, false);
		String caseNo = submit(draft);
		this.drive.complete(APPROVER, this.drive.task(caseNo, "Stage_VerifyReview"),
				Map.of("reviewApproved", true, "reviewText", "同意这样改"));
		assertThat(this.catalogue.find("shangdi", code, this.clock.now())).isEmpty();
		this.travel.moveTo(effective.plusSeconds(1));
		assertThat(this.catalogue.find("shangdi", code, this.clock.now())).isPresent();
		assertThat(this.catalogue.find("xiangtan", code, this.clock.now())).isEmpty();
		assertThat(this.cases
			.get(this.drive.report("shangdi", "sd.c01.g1", "GRID_WORKER",
					Map.of("gridCode", "11010802200101", "category", code)))
			.fact("categoryName")).isEqualTo("楼道感应灯损坏");
		assertThat(this.catalogue.conditions("shangdi", code, this.clock.now())).hasSize(1);

		// all of it goes again with the release it came in
		String back = rollBack(this.drafts.get(draft.id()).releaseId());
		assertThat(this.catalogue.find("shangdi", code, this.clock.now())).isEmpty();
		assertThat(this.catalogue.conditions("shangdi", code, this.clock.now())).isEmpty();
		assertThat(signForm()).isNotEqualTo(this.number);
		long rollBack = this.drafts.ofCase(back).orElseThrow().releaseId();
		assertThat(source(rollBack).takesBack()).isEqualTo(this.drafts.get(draft.id()).releaseId());
	}

	@Test
	void aCatalogueThatWasChangedSinceIsNotTakenBack() {
		String code = "SDY" + this.number;
		Release added = catalogue(code, "楼道堆物", "");
		Release renamed = catalogue(code, "楼道杂物", "");
		assertThat(name(code)).isEqualTo("楼道杂物");
		Release back = this.releases.takeBack(renamed.id(), AppliesTo.NEW_CASES, AUTHOR, "名称不对");
		assertThat(name(code)).isEqualTo("楼道堆物");
		assertThatExceptionOfType(ReleaseRefused.class)
			.isThrownBy(() -> this.releases.takeBack(added.id(), AppliesTo.NEW_CASES, AUTHOR, "不要了"))
			.withMessageContaining("又发布过");
		catalogue(code, "楼道堆物", "true");
		assertThat(this.catalogue.find("shangdi", code, this.clock.now())).isEmpty();
		assertThatExceptionOfType(ReleaseRefused.class)
			.isThrownBy(() -> this.releases.takeBack(back.id(), AppliesTo.NEW_CASES, AUTHOR, "不要了"))
			.withMessageContaining("categories.csv");
		assertThatExceptionOfType(ReleaseRefused.class).isThrownBy(() -> catalogue(code, "楼道堆物", "true"))
			.withMessageContaining("不能撤销");
	}

	private String name(String code) {
		return this.catalogue.get("shangdi", code, this.clock.now()).name();
	}

	private Release catalogue(String code, String name, String withdrawn) {
		return this.releases.release(new ReleaseOrder("shangdi",
				Map.of("categories.csv",
						bytes("code,class_code,class_name,withdrawn,name,kind\n%s,S01,民生服务,%s,%s,event\n"
							.formatted(code, withdrawn, name))),
				AUTHOR, "目录", AppliesTo.NEW_CASES, null));
	}

	@Test
	void aReleaseWithACatalogueTakesEffectAsOneAtItsMoment() {
		int before = signForm();
		String code = "SDZ" + this.number;
		Instant moment = this.clock.now().plus(Duration.ofHours(3));
		Release release = this.releases.release(new ReleaseOrder("shangdi",
				Map.of(FORM, form(this.number), "categories.csv",
						bytes("code,class_code,class_name,name,kind\n" + code + ",S01,民生服务,楼道堆物,event\n")),
				AUTHOR, "一起生效", AppliesTo.ALL, moment));
		assertThatExceptionOfType(ReleaseRefused.class)
			.isThrownBy(() -> this.releases.takeBack(release.id(), AppliesTo.ALL, AUTHOR, "还没有生效"))
			.withMessageContaining("还没有生效");
		// its moment has come, and nobody has loaded the catalogue yet
		this.clock.moveTo(moment.plusSeconds(1));
		assertThat(this.catalogue.find("shangdi", code, this.clock.now())).isEmpty();
		assertThat(inForce()).isNotEqualTo(release.id());
		this.releases.takeEffect();
		assertThat(this.catalogue.find("shangdi", code, this.clock.now())).isPresent();
		assertThat(inForce()).isEqualTo(release.id());
		assertThat(signForm()).isEqualTo(this.number);
		this.releases.takeBack(release.id(), AppliesTo.ALL, AUTHOR, "回退");
		assertThat(signForm()).isEqualTo(before);
	}

	private long inForce() {
		return this.rules.find(RuleType.FORM, "sign-for", RuleScope.newCase("shangdi", this.clock.now()))
			.orElseThrow()
			.releaseId();
	}

	@Test
	void newHolidaysForAllPlacesAreReviewedInOneAndMoveOpenDeadlines() throws Exception {
		String shipped = Files.readString(Path.of("src/main/resources/registry/calendars/cn_holidays.csv"));
		LocalDate today = this.clock.now().atZone(this.clock.zone()).toLocalDate();
		LocalDate holiday = Stream.iterate(today.plusDays(1), (day) -> day.plusDays(1))
			.filter((day) -> day.getDayOfWeek().getValue() < 6 && !shipped.contains("," + day + ","))
			.findFirst()
			.orElseThrow();
		int year = holiday.getYear();
		String notice = shipped.lines()
			.filter((line) -> line.startsWith("notice_year") || line.startsWith(year + ","))
			.collect(Collectors.joining("\n")) + "\n";
		Draft own = this.drafts.begin("shangdi", "放假", AUTHOR);
		this.drafts.save(own.id(), "calendar.csv", bytes(notice), 0, AUTHOR);
		assertThatExceptionOfType(Refusal.class).isThrownBy(() -> submit(own)).withMessageContaining("各辖区通用");

		String open = this.drive.report("shangdi", "sd.c01.g1", "GRID_WORKER", Map.of("gridCode", "11010802200101"));
		Map<Integer, Instant> due = due(open);
		Draft draft = this.drafts.begin(null, "临时放假", "admin");
		this.drafts.save(draft.id(), "calendar.csv", bytes(notice + year + "," + holiday + ",临时放假,off\n"), 0, "admin");
		String caseNo = submit(draft, "admin");
		assertThat(works("shangdi", holiday)).isTrue();
		try {
			this.drive.complete(APPROVER, this.drive.task(caseNo, "Stage_VerifyReview"),
					Map.of("reviewApproved", true, "reviewText", "同意临时放假"));
			assertThat(this.cases.get(caseNo).outcome()).isEqualTo("RELEASED");
			assertThat(works("shangdi", holiday)).isFalse();
			assertThat(works("xiangtan", holiday)).isFalse();
			assertThat(this.plans.replanAll()).isPositive();
			assertThat(due(open)).isNotEqualTo(due);
			Acting.as("admin", () -> this.submissions.rollBack(this.drafts.get(draft.id()).releaseId(), "shangdi", null,
					"假期取消", "admin"));
			assertThat(works("shangdi", holiday)).isTrue();
			this.plans.replanAll();
			assertThat(due(open)).isEqualTo(due);
		}
		finally {
			this.loader.loadDays(CalendarLoader.text(bytes(notice)), CalendarLoader.NATIONAL_DAYS);
			this.plans.replanAll();
		}
	}

	private boolean works(String place, LocalDate day) {
		WorkingCalendar calendar = this.calendars.forPlace(place);
		return calendar.isOpen(day.atTime(10, 0).atZone(calendar.zone()).toInstant());
	}

	private Map<Integer, Instant> due(String caseNo) {
		return this.cases.deadlines(caseNo).stream().collect(Collectors.toMap(Deadline::no, Deadline::dueAt));
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	@Test
	void theApiShowsWhatStandsBehindARelease() throws Exception {
		Draft draft = draft(this.number);
		String answer = this.http
			.perform(post("/api/v1/studio/drafts/" + draft.id() + "/submit").with(httpBasic(AUTHOR, "gridcase")))
			.andExpect(status().isCreated())
			.andReturn()
			.getResponse()
			.getContentAsString(StandardCharsets.UTF_8);
		String caseNo = JsonPath.read(answer, "$.caseNo");
		this.http.perform(post("/api/v1/studio/drafts/" + draft.id() + "/submit").with(httpBasic(AUTHOR, "gridcase")))
			.andExpect(status().isConflict());
		this.drive.complete(APPROVER, this.drive.task(caseNo, "Stage_VerifyReview"),
				Map.of("reviewApproved", true, "reviewText", "同意这样改"));
		long release = this.drafts.get(draft.id()).releaseId();
		this.http.perform(get("/api/v1/studio/releases/" + release).with(httpBasic("sd.auditor", "gridcase")))
			.andExpect(status().isOk())
			.andExpect(jsonPath("$.source.approvedBy").value(APPROVER))
			.andExpect(jsonPath("$.source.caseNo").value(caseNo));
		this.http
			.perform(post("/api/v1/studio/releases/" + release + "/roll-back").with(httpBasic(AUTHOR, "gridcase"))
				.contentType(MediaType.APPLICATION_JSON)
				.content("{\"reason\":\"\"}"))
			.andExpect(status().isBadRequest());
		this.http
			.perform(post("/api/v1/studio/releases/" + release + "/roll-back").with(httpBasic("xt.policy", "gridcase"))
				.contentType(MediaType.APPLICATION_JSON)
				.content("{\"reason\":\"别人的辖区\"}"))
			.andExpect(status().isForbidden());
	}

	// --- steps ---

	private boolean ours() {
		return this.rules.find(RuleType.FORM, "form-of-ours", RuleScope.newCase("shangdi", this.clock.now()))
			.isPresent();
	}

	private Draft draft(int number) {
		return begin(AUTHOR, number);
	}

	private Draft begin(String author, int number) {
		Draft draft = this.drafts.begin("shangdi", "签收表单第 " + number + " 次修改", author);
		DraftFile file = this.drafts.take(draft.id(), RuleType.FORM, "sign-for", author);
		this.drafts.save(draft.id(), FORM, form(number), file.version(), author);
		return this.drafts.get(draft.id());
	}

	private DraftFile file(Draft draft) {
		return this.drafts.file(draft.id(), FORM);
	}

	private void describe(Draft draft, Instant effective, boolean urgent) {
		Draft now = this.drafts.get(draft.id());
		this.drafts.describe(new Draft(now.id(), now.place(), now.title(), "为了测试", now.author(), now.state(),
				AppliesTo.NEW_CASES, effective, urgent, null, null, now.createdAt(), now.changedAt(), now.version()));
	}

	private String submit(Draft draft) {
		return submit(draft, AUTHOR);
	}

	private String submit(Draft draft, String by) {
		return Acting.as(by, () -> this.submissions.submit(this.drafts.get(draft.id()), "shangdi", by));
	}

	private String rollBack(long release) {
		return Acting.as(AUTHOR, () -> this.submissions.rollBack(release, "shangdi", null, "生效后发现不合适", AUTHOR));
	}

	private ReleaseTrail.Source source(long release) {
		return this.sources.of(List.of(release)).get(release);
	}

	private List<String> kinds(String caseNo) {
		return this.trail.of(caseNo).stream().map(CaseEvent::kind).toList();
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
		Matcher number = Pattern.compile("签收案件 (\\d+)").matcher(title);
		return number.matches() ? Integer.parseInt(number.group(1)) : 0;
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
