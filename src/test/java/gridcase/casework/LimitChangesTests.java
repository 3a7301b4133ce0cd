package gridcase.casework;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.jayway.jsonpath.JsonPath;
import gridcase.audit.CaseEvent;
import gridcase.audit.CaseTrail;
import gridcase.casework.process.TimeTravel;
import gridcase.clock.PlatformClock;
import gridcase.policy.Decisions;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.request.MockMultipartHttpServletRequestBuilder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasItem;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

/** A limit is changed while deadlines run on it. */
@DemoTest
class LimitChangesTests {

	@Autowired
	private MockMvc http;

	@Autowired
	private CaseDriver drive;

	@Autowired
	private Cases cases;

	@Autowired
	private CaseTrail trail;

	@Autowired
	private Decisions decisions;

	@Autowired
	private OpenTasks tasks;

	@Autowired
	private RuntimeService runtime;

	@Autowired
	private ManagementService management;

	@Autowired
	private PlatformClock clock;

	@Autowired
	private TimeTravel travel;

	@Autowired
	private JdbcTemplate jdbc;

	private int hours;

	@BeforeEach
	void onAMorningOfItsOwn() {
		// every test changes the limit of its place to another one
		this.hours = 20 + this.jdbc.queryForObject("select count(*) from policy_release", Integer.class);
		this.travel.moveTo(this.clock.now().plus(Duration.ofSeconds(2)));
	}

	@Test
	void previewSaysWhatIsThenMovedAndWhatAppliedBeforeStaysReadable() throws Exception {
		String late = dispatched();
		this.travel.moveTo(sign(late).dueAt().plusSeconds(1));
		Deadline breached = sign(late);
		assertThat(breached.breachedAt()).isNotNull();
		List<String> open = List.of(dispatched(), dispatched(), dispatched());
		String elsewhere = this.drive.report("xiangtan", "xt.sm01.g1", "GRID_WORKER",
				Map.of("gridCode", "43037100200101"));
		Map<String, Deadline> before = new TreeMap<>();
		open.forEach((caseNo) -> before.put(caseNo, sign(caseNo)));
		this.travel.moveTo(this.clock.now().plus(Duration.ofMinutes(30)));

		String table = limits(this.hours);
		send("/preview", "NEW_CASES", table, null).andExpect(status().isOk())
			.andExpect(jsonPath("$.deadlines").value(0));
		String preview = body(send("/preview", "ALL", table, null).andExpect(status().isOk()));
		List<Map<String, Object>> changes = JsonPath.read(preview, "$.changes[*]");
		int running = this.jdbc
			.queryForObject("select count(*) from deadline d join case_file c using (case_no) where d.stage = 'sign' "
					+ "and d.done_at is null and d.breached_at is null and c.place = 'shangdi'", Integer.class);
		assertThat(JsonPath.<Integer>read(preview, "$.deadlines")).isEqualTo(running).isEqualTo(changes.size());
		assertThat(JsonPath.<Integer>read(preview, "$.unanswered")).isZero();
		assertThat(moved()).as("a preview moves nothing").isZero();
		assertThat(sign(open.get(0))).isEqualTo(before.get(open.get(0)));

		send("", "ALL", table, null).andExpect(status().isCreated());

		assertThat(moved()).isEqualTo(running);
		for (String caseNo : open) {
			Deadline now = sign(caseNo);
			Deadline old = before.get(caseNo);
			Map<String, Object> foretold = changes.stream()
				.filter((change) -> change.get("caseNo").equals(caseNo) && change.get("deadline").equals(now.no()))
				.findFirst()
				.orElseThrow();
			assertThat(now.limitValue()).isEqualByComparingTo(String.valueOf(this.hours));
			assertThat(Instant.parse(foretold.get("due").toString())).isEqualTo(now.dueAt()).isAfter(old.dueAt());
			assertThat(Instant.parse(foretold.get("dueBefore").toString())).isEqualTo(old.dueAt());
			assertThat(this.jdbc
				.queryForObject(
						"select due_at from inbox_item where case_no = ? and task_key = 'Task_SignFor' and leg = ''",
						java.sql.Timestamp.class, caseNo)
				.toInstant()).isEqualTo(now.dueAt());
			assertThat(timers(caseNo)).contains(now.dueAt().toEpochMilli()).doesNotContain(old.dueAt().toEpochMilli());
			assertThat(this.cases.norms(caseNo)).filteredOn((norm) -> norm.deadline() == now.no())
				.satisfiesExactly((first) -> {
					assertThat(first.limitValue()).isEqualByComparingTo(old.limitValue());
					assertThat(first.rule()).isEqualTo(old.rule());
					assertThat(first.due()).isEqualTo(old.dueAt());
					assertThat(first.from()).isEqualTo(old.startedAt());
					assertThat(first.until()).isNotNull();
				}, (second) -> {
					assertThat(second.limitValue()).isEqualByComparingTo(now.limitValue());
					assertThat(second.rule()).isEqualTo(now.rule()).isNotEqualTo(old.rule());
					assertThat(second.until()).isNull();
				});
			assertThat(this.decisions.ofCase(caseNo)).filteredOn((decision) -> decision.table().equals("time-limit"))
				.last()
				.satisfies((decision) -> assertThat("time-limit v" + decision.version() + " " + decision.rules().get(0))
					.isEqualTo(now.rule()));
			assertThat(this.trail.firstFault(caseNo)).isEmpty();
		}
		assertThat(sign(late)).as("a breach stays what it is").isEqualTo(breached);
		assertThat(this.trail.of(elsewhere)).extracting(CaseEvent::kind).doesNotContain("DEADLINE_MOVED");
		this.http.perform(get("/api/v1/cases/{caseNo}/norms", open.get(0)).with(httpBasic("sd.dispatcher", "gridcase")))
			.andExpect(status().isOk())
			.andExpect(jsonPath("$[?(@.stage == 'sign' && @.until)].limitValue").isNotEmpty());

		this.travel.moveTo(before.get(open.get(0)).dueAt().plusSeconds(1));
		assertThat(sign(open.get(0)).breachedAt()).as("the old moment passes without a breach").isNull();
		this.travel.moveTo(sign(open.get(0)).dueAt().plusSeconds(1));
		assertThat(sign(open.get(0)).breachedAt()).as("the new one does not").isNotNull();
	}

	@Test
	void newCasesAloneGetALimitThatIsForThem() throws Exception {
		String old = dispatched();
		this.travel.moveTo(this.clock.now().plus(Duration.ofSeconds(2)));
		Deadline before = sign(old);
		send("", "NEW_CASES", limits(this.hours), null).andExpect(status().isCreated());
		assertThat(sign(old)).isEqualTo(before);
		assertThat(sign(dispatched()).limitValue()).isEqualByComparingTo(String.valueOf(this.hours));
	}

	@Test
	void aLimitOfTomorrowMovesDeadlinesTomorrow() throws Exception {
		String caseNo = dispatched();
		Deadline before = sign(caseNo);
		Instant start = this.clock.now().plus(Duration.ofMinutes(10));
		assertThat(start).isBefore(before.dueAt());
		send("", "ALL", limits(this.hours), start).andExpect(status().isCreated());
		assertThat(sign(caseNo)).isEqualTo(before);
		this.travel.moveTo(start.minusSeconds(1));
		assertThat(sign(caseNo)).isEqualTo(before);
		this.travel.moveTo(start.plusSeconds(1));
		assertThat(sign(caseNo).limitValue()).isEqualByComparingTo(String.valueOf(this.hours));
		assertThat(this.cases.norms(caseNo)).filteredOn((norm) -> norm.deadline() == before.no()).hasSize(2);
	}

	@Test
	void tablesThatLeaveOpenCasesWithoutAnAnswerAreRefused() throws Exception {
		String caseNo = dispatched();
		Deadline before = sign(caseNo);
		String hole = limits(this.hours).replaceAll("(?s)<rule id=\"Rule_SignRoutine\".*?</rule>", "");
		send("/preview", "ALL", hole, null).andExpect(status().isOk())
			.andExpect(jsonPath("$.changes[?(@.problem)].caseNo").value(hasItem(caseNo)));
		int releases = this.jdbc.queryForObject("select count(*) from policy_release", Integer.class);
		send("", "ALL", hole, null).andExpect(status().isUnprocessableEntity())
			.andExpect(jsonPath("$.errors[*].field").value(hasItem(caseNo)));
		assertThat(this.jdbc.queryForObject("select count(*) from policy_release", Integer.class)).isEqualTo(releases);
		assertThat(sign(caseNo)).isEqualTo(before);
	}

	// --- steps ---

	private String dispatched() {
		String caseNo = this.drive.report("shangdi", "sd.c01.g1", "GRID_WORKER", Map.of("gridCode", "11010802200101"));
		this.drive.complete(caseNo, "Stage_File", Map.of("filing", "FILE"));
		this.drive.complete(caseNo, "Stage_Dispatch", Map.of("leadUnit", "SD-CG"));
		return caseNo;
	}

	private Deadline sign(String caseNo) {
		OpenTask task = this.drive.task(caseNo, "Task_SignFor");
		return this.cases.deadlines(caseNo)
			.stream()
			.filter((deadline) -> task.deadlineNo() != null && deadline.no() == task.deadlineNo())
			.findFirst()
			.orElseThrow();
	}

	private int moved() {
		return this.jdbc.queryForObject(
				"select count(*) from case_event where kind = 'DEADLINE_MOVED' "
						+ "and data::text like '%LIMIT_CHANGED%' and data::text like ?",
				Integer.class, "%" + this.hours + " WORK_HOUR%");
	}

	private List<Long> timers(String caseNo) {
		List<Long> due = new ArrayList<>();
		this.runtime.createProcessInstanceQuery()
			.processInstanceBusinessKey(caseNo)
			.list()
			.forEach((instance) -> this.management.createJobQuery()
				.processInstanceId(instance.getId())
				.timers()
				.list()
				.forEach((timer) -> due.add(timer.getDuedate().getTime())));
		return due;
	}

	private static String limits(int hours) throws IOException {
		String table = Files.readString(Path.of("decisions/time-limit.dmn"));
		return table.replaceAll("(<outputEntry id=\"Out_SignRoutine_LimitValue\"><text>)[^<]*", "$1" + hours)
			.replaceAll("(<outputEntry id=\"Out_SignRoutine_LimitUnit\"><text>)[^<]*", "$1\"WORK_HOUR\"");
	}

	private ResultActions send(String path, String appliesTo, String table, Instant effectiveFrom) throws Exception {
		MockMultipartHttpServletRequestBuilder request = multipart("/api/v1/releases" + path)
			.file(new MockMultipartFile("files", "time-limit.dmn", "application/xml",
					table.getBytes(StandardCharsets.UTF_8)));
		request.param("place", "shangdi").param("note", "签收时限调整").param("appliesTo", appliesTo);
		if (effectiveFrom != null) {
			request.param("effectiveFrom", effectiveFrom.toString());
		}
		return this.http.perform(request.with(httpBasic("sd.policy", "gridcase")));
	}

	private static String body(ResultActions answer) throws Exception {
		return answer.andReturn().getResponse().getContentAsString(StandardCharsets.UTF_8);
	}

}
