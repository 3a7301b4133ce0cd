package gridcase.inquiry;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import gridcase.audit.CaseTrail;
import gridcase.casework.CaseDriver;
import gridcase.casework.CaseFile;
import gridcase.casework.Cases;
import gridcase.casework.Custody;
import gridcase.casework.DemoTest;
import gridcase.casework.OfficeMornings;
import gridcase.casework.OpenTask;
import gridcase.casework.process.TimeTravel;
import gridcase.clock.PlatformClock;
import gridcase.clock.WorkingCalendars;
import gridcase.inquiry.LookBack.Share;
import gridcase.inquiry.LookBack.State;
import gridcase.inquiry.Sums.By;
import gridcase.inquiry.Sums.Figure;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.MockMvc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

/**
 * Who was answerable and where the time went: a case that was refused, suspended, handed
 * on, taken by a substitute, late and done twice; and the sums over such cases.
 */
@DemoTest
class LookBackTests {

	private static final String PLACE = "shangdi";

	private static final Map<String, Object> DONE = Map.of("handlingOutcome", "DONE", "resultText",
			"已经清理干净，恢复原状，并告知当事人");

	@Autowired
	private CaseDriver drive;

	@Autowired
	private Cases cases;

	@Autowired
	private CaseTrail trail;

	@Autowired
	private LookBacks lookBacks;

	@Autowired
	private Sums sums;

	@Autowired
	private WorkingCalendars calendars;

	@Autowired
	private PlatformClock clock;

	@Autowired
	private TimeTravel travel;

	@Autowired
	private JdbcTemplate jdbc;

	@Autowired
	private MockMvc http;

	@Test
	void tellsWhoWasAnswerableAndWhereTheTimeWent() throws Exception {
		this.travel.moveTo(OfficeMornings.next(this.clock, this.calendars, PLACE));
		Instant began = this.clock.now();
		String caseNo = eventful();
		CaseFile file = this.cases.get(caseNo);
		LookBack back = this.lookBacks.of(file);

		// the parts are the whole, without gap or overlap
		long whole = this.calendars.forPlace(PLACE).workingTimeBetween(file.reportedAt(), back.until()).toSeconds();
		assertThat(back.workingSeconds()).isEqualTo(whole).isPositive();
		Instant at = file.reportedAt();
		for (LookBack.Part part : back.parts()) {
			assertThat(part.from()).isEqualTo(at);
			at = part.to();
		}
		assertThat(at).isEqualTo(file.closedAt());
		for (List<Share> shares : List.of(back.byHolder(), back.byStage(), back.byState())) {
			assertThat(shares.stream().mapToLong(Share::seconds).sum()).isEqualTo(whole);
		}
		assertThat(back.byState()).extracting(Share::key).contains("UNSIGNED", "SUSPENDED", "HELD", "WAITING");
		assertThat(back.byState()).filteredOn((share) -> share.key().equals("SUSPENDED"))
			.singleElement()
			.satisfies((share) -> assertThat(share.seconds()).isPositive());

		// every hand-over with its reason, the rule that allowed it, and who is
		// answerable for the rule
		assertThat(back.passings()).extracting(LookBack.Passing::movement)
			.containsExactly("REFUSE", "HAND_ON", "ASSIGN");
		assertThat(back.passings()).extracting(LookBack.Passing::answer)
			.containsExactly("ALLOWED", "COORDINATOR", "FORCED");
		assertThat(back.passings().get(1).rule().rule()).isEqualTo("Rule_SecondRefusal");
		LookBack.Passing refusal = back.passings().get(0);
		assertThat(refusal.reasonText()).contains("物业");
		assertThat(this.trail.of(caseNo).get(refusal.seq() - 1).kind()).isEqualTo("RETURNED");
		assertThat(refusal.rule().table()).isEqualTo("transfer");
		assertThat(refusal.rule().words()).startsWith("如果");
		assertThat(refusal.rule().unchecked()).as("came with the program").isFalse();
		assertThat(refusal.rule().releasedBy()).isNull();

		// the substitute, and for whom
		LookBack.Part substituted = back.parts()
			.stream()
			.filter((part) -> part.holder() != null && "sd.jc.head".equals(part.holder().person()))
			.findFirst()
			.orElseThrow();
		assertThat(substituted.holder().actingFor()).isEqualTo("sd.jc.handler");
		LookBack.Moment then = this.lookBacks.at(file, substituted.from(), null);
		assertThat(then.holder().actingFor()).isEqualTo("sd.jc.handler");
		assertThat(then.holder().unit()).isEqualTo("SD-JC");
		assertThat(then.owner().person()).as("the substitute signed, so answers").isEqualTo("sd.jc.head");

		// who had it just before it was late
		LookBack.Breach late = back.breaches().get(0);
		assertThat(late.stage()).isEqualTo("handle");
		assertThat(late.holder().person()).isEqualTo("sd.jc.head");
		assertThat(late.rule().table()).startsWith("time-limit");
		LookBack.Moment before = this.lookBacks.at(file, file.reportedAt(), null);
		assertThat(before.owner().person()).isEqualTo("sd.c01.g1");
		assertThat(this.lookBacks.at(file, file.closedAt().plusSeconds(1), null).running()).isFalse();

		// the same over HTTP; a moment by its event
		this.http
			.perform(get("/api/v1/cases/" + caseNo + "/inquiry").param("seq", Integer.toString(refusal.seq()))
				.param("at", refusal.at().toString())
				.with(user("sd.auditor")))
			.andExpect(status().isOk())
			.andExpect(jsonPath("$.lookBack.workingSeconds").value(whole))
			.andExpect(jsonPath("$.moment.seq").value(refusal.seq()))
			.andExpect(jsonPath("$.moment.owner.person").value("sd.c01.g1"));
		this.http.perform(get("/cases/" + caseNo + "/inquiry").with(user("sd.auditor")))
			.andExpect(status().isOk())
			.andExpect(content().string(containsString("随平台发布的规则")));
		assertThat(this.jdbc.queryForObject(
				"select count(*) from access_log where kind = 'CASE_READ' and subject = ? and login = 'sd.auditor'",
				Integer.class, caseNo))
			.isEqualTo(2);

		sumsAreThoseOfTheCases(began);
		listsNameWhatHappened(caseNo, late, back.passings().get(2));
	}

	@Test
	void aRuleNobodyCheckedIsCalledThat() {
		String caseNo = refused();
		long release = this.jdbc.queryForObject(
				"insert into policy_release (place, from_files, released_at, effective_from, released_by, note, applies_to) "
						+ "values ('shangdi', false, now(), now(), 'sd.policy', '试', 'NEW_CASES') returning id",
				Long.class);
		// the decision as if that release had brought the table
		this.jdbc.update("update decision_record set release_id = ? where case_no = ? and table_key = 'transfer'",
				release, caseNo);

		LookBack.FiredRule rule = this.lookBacks.of(this.cases.get(caseNo)).passings().get(0).rule();

		assertThat(rule.unchecked()).isTrue();
		assertThat(rule.releasedBy()).isEqualTo("sd.policy");
	}

	/** Every figure is what the look-backs of its cases add up to. */
	private void sumsAreThoseOfTheCases(Instant began) {
		Instant end = this.clock.now().plusSeconds(1);
		Sums.Query query = new Sums.Query(PLACE, began, end, By.UNIT, "true", Map.of());
		List<String> numbers = this.jdbc.queryForList(
				"select case_no from case_file where place = ? and not internal and reported_at >= ? and reported_at < ?",
				String.class, PLACE, java.sql.Timestamp.from(began), java.sql.Timestamp.from(end));
		List<LookBack> backs = numbers.stream().map((caseNo) -> this.lookBacks.of(this.cases.get(caseNo))).toList();
		for (By by : EnumSet.of(By.UNIT, By.PERSON)) {
			List<Sums.Row> rows = this.sums
				.of(new Sums.Query(PLACE, began, end, by, query.condition(), query.parameters()));
			for (String unit : keys(rows)) {
				Sums.Row row = rows.stream()
					.filter((each) -> Objects.equals(each.key(), unit))
					.findFirst()
					.orElseThrow();
				assertThat(row.of(Figure.HELD).amount()).as("%s held by %s", by, unit)
					.isEqualTo(backs.stream()
						.flatMap((back) -> back.parts().stream())
						.filter((part) -> part.holder() != null && Objects
							.equals((by == By.UNIT) ? part.holder().unit() : part.holder().person(), unit))
						.mapToLong(LookBack.Part::seconds)
						.sum());
				assertThat(row.of(Figure.BREACHED).amount()).as("%s late, %s", by, unit)
					.isEqualTo(backs.stream()
						.flatMap((back) -> back.breaches().stream())
						.filter((breach) -> breach.holder() != null && Objects
							.equals((by == By.UNIT) ? breach.holder().unit() : breach.holder().person(), unit))
						.count());
				assertThat(row.of(Figure.REFUSED).amount()).isEqualTo(backs.stream()
					.flatMap((back) -> back.passings().stream())
					.filter((passing) -> passing.movement().equals("REFUSE")
							&& Objects.equals((by == By.UNIT) ? passing.from() : passing.person(), unit))
					.count());
			}
			assertThat(rows.stream().mapToLong((row) -> row.of(Figure.HELD).amount()).sum()).as("all held time")
				.isEqualTo(backs.stream()
					.flatMap((back) -> back.parts().stream())
					.filter((part) -> part.holder() != null)
					.mapToLong(LookBack.Part::seconds)
					.sum());
			assertThat(rows.stream().mapToLong((row) -> row.of(Figure.UNSIGNED).amount()).sum())
				.isEqualTo(backs.stream()
					.flatMap((back) -> back.limits().stream())
					.filter((limit) -> limit.stage().equals("sign") && limit.leg().isEmpty())
					.mapToLong(LookBack.LimitRun::seconds)
					.sum())
				.isPositive();
		}
		List<Sums.Row> stages = this.sums
			.of(new Sums.Query(PLACE, began, end, By.STAGE, query.condition(), query.parameters()));
		for (Sums.Row stage : stages) {
			assertThat(stage.of(Figure.HELD).amount()).as("limits of %s", stage.key())
				.isEqualTo(backs.stream()
					.flatMap((back) -> back.limits().stream())
					.filter((limit) -> limit.stage().equals(stage.key()) && limit.leg().isEmpty())
					.mapToLong(LookBack.LimitRun::seconds)
					.sum());
		}
		// a figure leads to its cases
		Sums.Row late = this.sums.of(query)
			.stream()
			.filter((row) -> "SD-JC".equals(row.key()))
			.findFirst()
			.orElseThrow();
		assertThat(late.of(Figure.BREACHED).amount()).isPositive();
		assertThat(this.sums.cases(query, Figure.BREACHED, "SD-JC", 100).stream().mapToLong(Sums.CaseSum::amount).sum())
			.isEqualTo(late.of(Figure.BREACHED).amount());
		assertThat(late.of(Figure.REWORKED).amount()).as("what did not pass was its work").isEqualTo(1);
	}

	private static List<String> keys(List<Sums.Row> rows) {
		List<String> keys = new ArrayList<>();
		rows.stream().map(Sums.Row::key).filter(Objects::nonNull).forEach(keys::add);
		assertThat(keys).isNotEmpty();
		return keys;
	}

	private void listsNameWhatHappened(String caseNo, LookBack.Breach late, LookBack.Passing forced) throws Exception {
		this.http
			.perform(get("/api/v1/samples/lists").param("from", forced.at().minusSeconds(60).toString())
				.param("until", forced.at().plusSeconds(60).toString())
				.with(user("sd.auditor")))
			.andExpect(jsonPath("$.FORCED[?(@.caseNo == '" + caseNo + "')].seq").value(forced.seq()));
		this.http
			.perform(get("/api/v1/samples/lists").param("from", late.at().minusSeconds(60).toString())
				.param("until", late.at().plusSeconds(60).toString())
				.with(user("sd.auditor")))
			.andExpect(status().isOk())
			.andExpect(jsonPath("$.BREACHES[?(@.caseNo == '" + caseNo + "')].who").value("sd.jc.head"))
			.andExpect(jsonPath("$.BREACHES[?(@.caseNo == '" + caseNo + "')].seq").value(late.seq()));
		this.http.perform(get("/samples/lists").with(user("sd.auditor"))).andExpect(status().isOk());
		this.http.perform(get("/inquiry").with(user("sd.auditor"))).andExpect(status().isOk());
		this.http
			.perform(get("/inquiry/cases").param("by", "UNIT")
				.param("figure", "BREACHED")
				.param("key", "SD-JC")
				.param("from", day(caseNo))
				.with(user("sd.auditor")))
			.andExpect(status().isOk())
			.andExpect(content().string(containsString(caseNo)));
		byte[] sheet = this.http.perform(get("/inquiry/sums.xlsx").with(user("sd.auditor")))
			.andExpect(status().isOk())
			.andReturn()
			.getResponse()
			.getContentAsByteArray();
		assertThat(sheet).startsWith('P', 'K');
	}

	/** The day a case was reported on. */
	private String day(String caseNo) {
		return this.cases.get(caseNo).reportedAt().atZone(this.clock.zone()).toLocalDate().toString();
	}

	/** Dispatched, and refused by the first unit. */
	private String refused() {
		String caseNo = this.drive.report(PLACE, "sd.c01.g1", "GRID_WORKER",
				Map.of("gridCode", "11010802200101", "category", "S0501", "severity", "GENERAL"));
		hours(3);
		this.drive.complete(caseNo, "Stage_File", Map.of("filing", "FILE"));
		hours(2);
		this.drive.complete(caseNo, "Stage_Dispatch", Map.of("leadUnit", "SD-CG"));
		hours(1);
		this.drive.complete(caseNo, "Task_SignFor",
				Map.of("signing", "REFUSE", "reasonCode", "NOT_MY_DUTY", "reasonText", "该处属物业管理范围，不在本组职责内"));
		return caseNo;
	}

	private String eventful() throws Exception {
		String caseNo = refused();
		this.drive.complete(caseNo, "Stage_Dispatch", Map.of("leadUnit", "SD-JT"));
		hours(1);
		this.drive.complete(caseNo, "Task_SignFor", Map.of("signing", "SIGN"));
		hours(1);
		LocalDate until = this.clock.now().atZone(this.clock.zone()).toLocalDate().plusDays(10);
		this.drive.begin(this.cases.get(caseNo).holder(), caseNo, "suspension",
				Map.of("suspendReason", "MATERIAL", "suspendUntil", until.toString(), "reasonText", "厂家停工，配件到货后再换"));
		this.drive.complete(caseNo, "Task_ApproveSuspension", Map.of("approved", true, "decisionText", "情况属实，同意挂账"));
		this.travel.moveTo(until.atTime(10, 0).atZone(this.clock.zone()).toInstant());
		this.drive.complete(caseNo, "Task_Handle", Map.of("handlingOutcome", "HAND_ON", "handOnUnit", "SD-JC",
				"reasonCode", "NEEDS_OTHER_UNIT", "reasonText", "需要城管到场取证，本组已做前期工作"));
		// refused once already, so somebody else has to say whose it is
		this.drive.complete(caseNo, "Task_Coordinate",
				Map.of("handOnUnit", "SD-JC", "forced", true, "reasonText", "现场属城管监察职责，由监察分队承办"));
		OpenTask sign = absentHandler(caseNo);
		this.drive.complete("sd.jc.head", sign, Map.of("signing", "SIGN"));
		Instant due = this.cases.deadlines(caseNo)
			.stream()
			.filter((deadline) -> deadline.stage().equals("handle") && deadline.leg().isEmpty()
					&& deadline.doneAt() == null)
			.findFirst()
			.orElseThrow()
			.dueAt();
		this.travel.moveTo(due.plusSeconds(1));
		this.drive.complete("sd.jc.head", this.drive.task(caseNo, "Task_Handle"), DONE);
		this.drive.helpersDo(caseNo);
		checked(caseNo, false);
		this.drive.complete(caseNo, "Task_SignFor", Map.of("signing", "SIGN"));
		hours(4);
		this.drive.complete(caseNo, "Task_Handle", DONE);
		this.drive.helpersDo(caseNo);
		checked(caseNo, true);
		hours(30);
		this.drive.complete(caseNo, "Stage_Close", Map.of("closingText", "整改完成，予以结案"));
		return caseNo;
	}

	/** The one person who signs for that unit is away for the next hours. */
	private OpenTask absentHandler(String caseNo) throws Exception {
		Instant since = this.clock.now().plus(Duration.ofMinutes(1)).truncatedTo(ChronoUnit.MINUTES);
		this.http
			.perform(post("/api/v1/absences").with(user("sd.jc.handler"))
				.contentType(MediaType.APPLICATION_JSON)
				.content(
						"""
								{"place": "shangdi", "staff": "sd.jc.handler", "since": "%s", "until": "%s", "substitute": "sd.jc.head"}"""
							.formatted(since, since.plus(Duration.ofHours(3)))))
			.andExpect(status().isNoContent());
		this.travel.moveTo(since.plus(Duration.ofMinutes(30)));
		return this.drive.task(caseNo, "Task_SignFor");
	}

	private void checked(String caseNo, boolean passed) {
		hours(2);
		OpenTask task = this.drive.task(caseNo, "Stage_Verify");
		List<String> workers = this.cases.custody(caseNo)
			.stream()
			.filter(Custody::worked)
			.map(Custody::person)
			.toList();
		String verifier = this.drive.allOf(task.pool())
			.stream()
			.filter((login) -> !workers.contains(login))
			.findFirst()
			.orElseThrow();
		this.drive.complete(verifier, task, Map.of("verified", passed, "verifyText", "到现场看过，已拍照留存"));
	}

	private void hours(int count) {
		this.travel.moveTo(this.clock.now().plus(Duration.ofHours(count)));
	}

	/** What a stretch of time can go into, all of it named. */
	@Test
	void everyStateHasItsName() {
		for (State state : State.values()) {
			assertThat(gridcase.shared.Texts.own("inquiry", "inquiry.state." + state)).isNotBlank();
		}
	}

}
