package gridcase.replay;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

import gridcase.audit.CaseEvent;
import gridcase.audit.CaseTrail;
import gridcase.casework.CaseDriver;
import gridcase.casework.CaseFile;
import gridcase.casework.Cases;
import gridcase.casework.Custody;
import gridcase.casework.Deadline;
import gridcase.casework.DemoTest;
import gridcase.casework.OpenTasks;
import gridcase.casework.process.TimeTravel;
import gridcase.clock.PlatformClock;
import gridcase.clock.WorkingCalendars;
import gridcase.policy.AppliesTo;
import gridcase.policy.DecisionRecord;
import gridcase.policy.Decisions;
import gridcase.policy.ReleaseOrder;
import gridcase.policy.Releases;
import gridcase.replay.Replay.Step;
import gridcase.shared.Acting;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.MockMvc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

/** A case told again says at every moment what was stored then. */
@DemoTest
class ReplayTests {

	private static final String PLACE = "shangdi";

	private static final String REPORTER = "sd.c01.g1";

	@Autowired
	private CaseDriver drive;

	@Autowired
	private Cases cases;

	@Autowired
	private OpenTasks tasks;

	@Autowired
	private CaseTrail trail;

	@Autowired
	private Replays replays;

	@Autowired
	private StepViews views;

	@Autowired
	private DecisionReader reader;

	@Autowired
	private DiagramStates diagrams;

	@Autowired
	private Decisions decisions;

	@Autowired
	private Releases releases;

	@Autowired
	private TimeTravel travel;

	@Autowired
	private PlatformClock clock;

	@Autowired
	private WorkingCalendars calendars;

	@Autowired
	private JdbcTemplate jdbc;

	@Autowired
	private MockMvc http;

	private String reported(String severity) {
		return this.drive.report(PLACE, REPORTER, "GRID_WORKER",
				Map.of("gridCode", "11010802200101", "category", "S0501", "severity", severity));
	}

	private Replay replay(String caseNo) {
		return this.replays.of(this.cases.get(caseNo));
	}

	/** Refused, suspended, exceeded and supervised, reworked, closed and reopened. */
	private String troubled() {
		String caseNo = reported("SERIOUS");
		this.drive.complete(caseNo, "Stage_File", Map.of("filing", "FILE"));
		this.drive.complete(caseNo, "Stage_Dispatch", Map.of());
		this.drive.complete(caseNo, "Task_SignFor",
				Map.of("signing", "REFUSE", "reasonCode", "NOT_MY_DUTY", "reasonText", "不属本组职责，请另行派遣"));
		this.drive.complete(caseNo, "Stage_Dispatch", Map.of());
		this.drive.complete(caseNo, "Task_SignFor", Map.of("signing", "SIGN"));
		this.travel.moveTo(this.clock.now().plus(Duration.ofMinutes(40)));
		LocalDate until = this.clock.now().atZone(this.clock.zone()).toLocalDate().plusDays(6);
		this.drive.begin(this.cases.get(caseNo).holder(), caseNo, "suspension",
				Map.of("suspendReason", "MATERIAL", "suspendUntil", until.toString(), "reasonText", "配件停产，等厂家发货"));
		this.drive.complete(caseNo, "Task_ApproveSuspension", Map.of("approved", true, "decisionText", "情况属实，同意挂账"));
		this.travel.moveTo(this.clock.now().plus(Duration.ofHours(30)));
		this.drive.complete(caseNo, "Task_ResumeEarly", Map.of("resumeText", "配件提前到货"));
		this.travel.moveTo(deadline(caseNo, "handle").dueAt());
		handled(caseNo);
		this.drive.complete(caseNo, "Stage_Verify", Map.of("verified", false, "verifyText", "仍有残留，未清理干净，请返工"));
		handled(caseNo);
		this.drive.complete(caseNo, "Stage_Verify", Map.of("verified", true, "verifyText", "现场复核，确已办好"));
		this.drive.complete(caseNo, "Stage_Close", Map.of("closingText", "整改完成，予以结案", "satisfaction", "SATISFIED"));
		this.drive.begin(REPORTER, caseNo, "reopening", Map.of("reasonText", "第二天又堆满了"));
		return caseNo;
	}

	private void handled(String caseNo) {
		if (this.tasks.ofCase(caseNo)
			.stream()
			.anyMatch((task) -> task.taskKey().equals("Task_SignFor") && task.leg().isEmpty())) {
			this.drive.complete(caseNo, "Task_SignFor", Map.of("signing", "SIGN"));
		}
		this.drive.complete(caseNo, "Task_Handle",
				Map.of("handlingOutcome", "DONE", "resultText", "已经清理干净，恢复原状，并告知当事人"));
		this.drive.helpersDo(caseNo);
	}

	private Deadline deadline(String caseNo, String stage) {
		return this.cases.deadlines(caseNo)
			.stream()
			.filter((deadline) -> deadline.stage().equals(stage) && deadline.leg().isEmpty()
					&& deadline.doneAt() == null)
			.findFirst()
			.orElseThrow();
	}

	private static Step step(Replay replay, String kind) {
		return replay.steps()
			.stream()
			.filter((step) -> step.has(kind))
			.findFirst()
			.orElseThrow(() -> new AssertionError("no step with " + kind));
	}

	@Test
	void everyMomentIsWhatWasStoredThen() {
		String caseNo = troubled();
		Replay replay = replay(caseNo);
		CaseFile file = this.cases.get(caseNo);

		// nothing is left out and nothing added
		List<CaseEvent> events = this.trail.of(caseNo);
		List<Replay.Told> told = replay.steps().stream().flatMap((step) -> step.facts().stream()).toList();
		assertThat(told).extracting(Replay.Told::seq).isEqualTo(events.stream().map(CaseEvent::seq).toList());
		assertThat(told).extracting(Replay.Told::kind).isEqualTo(events.stream().map(CaseEvent::kind).toList());
		replay.steps()
			.forEach((step) -> step.facts()
				.forEach((fact) -> assertThat(events.get(fact.seq() - 1).at()).isEqualTo(step.at())));
		assertThat(replay.steps().stream().mapToInt((step) -> step.decisions().size()).sum())
			.isEqualTo(this.decisions.ofCase(caseNo).size());
		assertThat(replay.steps().stream().mapToInt((step) -> step.messages().size()).sum()).isEqualTo(
				this.jdbc.queryForObject("select count(*) from outbox where case_no = ?", Integer.class, caseNo));
		assertThat(replay.complete()).isTrue();
		Step last = replay.step(replay.steps().size());
		assertThat(last.after().state()).isEqualTo("OPEN");
		assertThat(last.after().stageName()).isEqualTo(file.stageName());
		assertThat(last.after().owner().person()).isEqualTo(file.owner());
		assertThat(last.after().holder().pool()).isEqualTo(file.holderPool());

		// each moment by the rows of that moment
		List<Custody> custody = this.cases.custody(caseNo);
		for (Step step : replay.steps()) {
			Instant at = step.at();
			assertThat(step.after().holder()).as("holder after step %s", step.number())
				.isEqualTo(custody.stream()
					.filter((link) -> link.kind().equals("HOLDER") && link.leg().isEmpty() && !link.from().isAfter(at)
							&& (link.to() == null || link.to().isAfter(at)))
					.findFirst()
					.orElse(null));
			assertThat(step.after().clocks()).as("limits after step %s", step.number())
				.extracting(Replay.Clock::no)
				.containsExactlyElementsOf(this.cases.deadlines(caseNo)
					.stream()
					.filter((deadline) -> !deadline.startedAt().isAfter(at)
							&& (deadline.doneAt() == null || deadline.doneAt().isAfter(at)))
					.map(Deadline::no)
					.toList());
			step.decisions().forEach((decision) -> assertThat(decision.at()).isEqualTo(at));
		}
		last.after()
			.clocks()
			.forEach((clock) -> assertThat(this.cases.deadlines(caseNo)).filteredOn((row) -> row.no() == clock.no())
				.singleElement()
				.satisfies((row) -> {
					assertThat(clock.dueAt()).isEqualTo(row.dueAt());
					assertThat(clock.budgetSeconds()).isEqualTo(row.budgetSeconds());
					assertThat(clock.light()).isEqualTo(row.light());
				}));
	}

	@Test
	void refusalSuspensionBreachReworkAndReopeningAreMomentsOfTheirOwn() {
		String caseNo = troubled();
		Replay replay = replay(caseNo);

		Step refused = step(replay, "RETURNED");
		assertThat(refused.before().holder().unit()).isNotEqualTo(refused.after().holder().unit());
		assertThat(refused.before().stageKey()).isEqualTo("handle");
		assertThat(refused.after().stageKey()).isEqualTo("dispatch");
		assertThat(refused.before().fact("leadUnit")).isNotEmpty();
		assertThat(refused.after().fact("leadUnit")).isEmpty();
		assertThat(refused.handed()).isTrue();

		Step suspended = step(replay, "SUSPENDED");
		Replay.Clock running = clock(suspended.before(), "handle");
		Replay.Clock resting = clock(suspended.after(), "handle");
		assertThat(running.light()).isEqualTo("OK");
		assertThat(resting.light()).isEqualTo("PAUSED");
		assertThat(resting.pausedAt()).isEqualTo(suspended.at());
		Step resumed = step(replay, "SUSPENSION_ENDED");
		assertThat(clock(resumed.before(), "handle").leftSeconds()).as("what was left stays left")
			.isEqualTo(resting.leftSeconds());
		assertThat(clock(resumed.after(), "handle").leftSeconds()).isBetween(resting.leftSeconds() - 1,
				resting.leftSeconds() + 1);
		assertThat(suspended.after().suspended()).isTrue();
		assertThat(resumed.after().suspended()).isFalse();

		Step breached = step(replay, "BREACHED");
		assertThat(breached.actor()).isEqualTo(Acting.SYSTEM);
		assertThat(clock(breached.after(), "handle").light()).isEqualTo("OVER");
		assertThat(clock(breached.after(), "handle").leftSeconds()).isBetween(-2L, 0L);
		assertThat(breached.has("SUPERVISED")).isTrue();
		assertThat(breached.before().watchers()).isEmpty();
		assertThat(breached.after().watchers()).isNotEmpty();
		assertThat(breached.decisions()).extracting(DecisionRecord::table).contains("escalation-tier");
		assertThat(breached.messages()).isNotEmpty();
		assertThat(this.views.one(replay, breached.number()).look()).isEqualTo("over");

		Step rework = step(replay, "REWORK_ORDERED");
		assertThat(rework.before().facts().get("reworkCount")).isIn(null, 0);
		assertThat(rework.after().facts().get("reworkCount")).isEqualTo(1);
		assertThat(rework.after().stageKey()).isEqualTo("handle");

		Step closed = step(replay, "CLOSED");
		assertThat(closed.after().state()).isEqualTo("CLOSED");
		assertThat(closed.after().clocks()).isEmpty();
		assertThat(closed.after().owner()).isNull();
		Step reopened = step(replay, "REOPENED");
		assertThat(reopened.before().state()).isEqualTo("CLOSED");
		assertThat(reopened.after().state()).isEqualTo("OPEN");
		assertThat(reopened.after().owner().person()).isEqualTo(closed.before().owner().person());
		assertThat(replay.breaches()).isEqualTo(
				this.cases.deadlines(caseNo).stream().filter((deadline) -> deadline.breachedAt() != null).count());
	}

	private static Replay.Clock clock(Replay.State state, String stage) {
		return state.clocks()
			.stream()
			.filter((clock) -> clock.stage().equals(stage) && clock.leg().isEmpty())
			.findFirst()
			.orElseThrow(() -> new AssertionError("no limit of " + stage + " among " + state.clocks()));
	}

	@Test
	void diagramsAreFollowedIntoWhatTheyCall() {
		String caseNo = troubled();
		Replay replay = replay(caseNo);
		Step breached = step(replay, "BREACHED");

		List<DiagramStates.Picture> then = this.diagrams.of(replay, breached.number());
		DiagramStates.Picture main = then.get(0);
		assertThat(main.calledBy()).isNull();
		assertThat(main.nodes().get("Stage_Handle").now()).isTrue();
		assertThat(main.flows()).isNotEmpty();
		DiagramStates.Picture unit = then.stream()
			.filter((picture) -> main.run().equals(picture.calledBy()) && picture.running() && picture.open())
			.findFirst()
			.orElseThrow();
		assertThat(unit.callElement()).isEqualTo("Stage_Handle");
		assertThat(unit.name()).as("whose work it is").contains(" · ");
		assertThat(unit.nodes().get("Task_Handle").now()).isTrue();
		DiagramStates.Picture escalation = then.stream()
			.filter((picture) -> unit.run().equals(picture.calledBy()))
			.findFirst()
			.orElseThrow();
		assertThat(escalation.callElement()).isEqualTo("Task_EscalateHandling");
		assertThat(then.stream().flatMap((picture) -> picture.over().stream())).isNotEmpty();

		int first = 1;
		assertThat(this.diagrams.of(replay, first).get(0).nodes().get("Stage_File").now()).isTrue();
		assertThat(this.diagrams.of(replay, first)).noneMatch((picture) -> picture.calledBy() != null);

		Step reopened = step(replay, "REOPENED");
		List<DiagramStates.Picture> anew = this.diagrams.of(replay, reopened.number());
		assertThat(anew.get(0).run()).as("it begins anew in its diagram").isNotEqualTo(main.run());
		assertThat(anew).filteredOn((picture) -> picture.run().equals(main.run()))
			.singleElement()
			.satisfies((before) -> assertThat(before.running()).isFalse());
		// a flow was taken if and only if both its ends were reached, one after the other
		Map<String, DiagramStates.Mark> reached = anew.get(anew.size() - 1).nodes();
		assertThat(reached).isNotEmpty();
		for (DiagramStates.Picture picture : anew) {
			Replay.Run run = replay.runs()
				.stream()
				.filter((each) -> each.id().equals(picture.run()))
				.findFirst()
				.orElseThrow();
			run.at(reopened.number())
				.diagram()
				.flows()
				.stream()
				.filter((flow) -> picture.flows().contains(flow.id()))
				.forEach((flow) -> assertThat(picture.nodes()).containsKeys(flow.from(), flow.to()));
		}
	}

	@Test
	void aRuleThatFiredIsReadInTheTableAsItWas() throws IOException {
		String routing = Files.readString(Path.of("decisions/shangdi/routing.dmn"));
		String first = "(?s)(<rule id=\"Rule_MajorToDistrict\">.*?</rule>)";
		try {
			release(routing.replaceFirst(first, "$1" + rule("Rule_Replayed1", "\"S98\"")));
			String caseNo = reported("GENERAL");
			this.drive.complete(caseNo, "Stage_File", Map.of("filing", "FILE"));
			Step asked = replay(caseNo).steps()
				.stream()
				.filter((step) -> step.decisions().stream().anyMatch((decision) -> decision.table().equals("routing")))
				.findFirst()
				.orElseThrow();
			List<DecisionReader.Reading> before = read(asked);
			release(routing.replaceFirst(first,
					rule("Rule_Replayed2", "\"S97\"") + rule("Rule_Replayed3", "\"S96\"") + "$1"));
			release(routing.replaceFirst("(?s)<rule id=\"Rule_LandToDistrict\">.*?</rule>", ""));

			List<DecisionReader.Reading> after = read(replay(caseNo).step(asked.number()));

			assertThat(after).isEqualTo(before);
			DecisionReader.Reading read = after.get(0);
			assertThat(read.fired()).hasSize(1);
			int fired = read.fired().get(0);
			assertThat(read.record().rules()).containsExactly(read.table().table().rows().get(fired - 1).id());
			assertThat(this.decisions.table("routing", PLACE, this.clock.now()).orElseThrow().rows())
				.extracting((row) -> row.id())
				.doesNotContain("Rule_Replayed1", "Rule_LandToDistrict")
				.contains(read.record().rules().get(0));
			for (DecisionReader.Row row : read.rows()) {
				switch (row.look()) {
					case "fired" -> assertThat(row.cells()).doesNotContain("miss").contains("hit");
					case "before" -> {
						assertThat(row.line().number()).isLessThan(fired);
						assertThat(row.cells()).as("one cell speaks against row %s", row.line().number())
							.containsOnlyOnce("miss");
					}
					default -> {
						assertThat(row.line().number()).isGreaterThan(fired);
						assertThat(row.cells()).containsOnly("");
					}
				}
			}
			assertThat(read.rows().get(1).line().id()).isEqualTo("Rule_Replayed1");
			assertThat(read.rows().get(1).cells().get(1)).isEqualTo("miss");
			assertThat(read.given().get(1)).as("what was asked, in words").isNotBlank();
		}
		finally {
			release(routing);
		}
	}

	private List<DecisionReader.Reading> read(Step step) {
		return this.reader.read(PLACE,
				step.decisions().stream().filter((decision) -> decision.table().equals("routing")).toList(), true);
	}

	private void release(String table) {
		later();
		Acting.as("sd.policy",
				() -> this.releases
					.release(new ReleaseOrder(PLACE, Map.of("routing.dmn", table.getBytes(StandardCharsets.UTF_8)),
							"sd.policy", "回放测试", AppliesTo.ALL, null)));
		later();
	}

	private void later() {
		this.travel.moveTo(this.clock.now().plusSeconds(2));
	}

	static String rule(String id, String categoryClass) {
		StringBuilder rule = new StringBuilder("<rule id=\"" + id + "\"><description>回放测试加入的一行</description>");
		List<String> inputs = List.of("-", categoryClass, "-", "-", "-", "-", "-");
		List<String> outputs = List.of("\"city-management\"", "\"\"", "\"\"", "\"\"");
		for (int at = 0; at < inputs.size(); at++) {
			rule.append("<inputEntry id=\"In_%s_%d\"><text>%s</text></inputEntry>".formatted(id, at, inputs.get(at)));
		}
		for (int at = 0; at < outputs.size(); at++) {
			rule.append(
					"<outputEntry id=\"Out_%s_%d\"><text>%s</text></outputEntry>".formatted(id, at, outputs.get(at)));
		}
		return rule.append("</rule>").toString();
	}

	@Test
	void whoWatchesOverOthersReplaysAndThatGoesOnRecord() throws Exception {
		String caseNo = reported("GENERAL");
		this.drive.complete(caseNo, "Stage_File", Map.of("filing", "FILE"));
		this.http.perform(get("/api/v1/cases/" + caseNo + "/replay").with(httpBasic("sd.auditor", "gridcase")))
			.andExpect(status().isOk())
			.andExpect(jsonPath("$.complete").value(true))
			.andExpect(jsonPath("$.steps[0].number").value(1))
			.andExpect(jsonPath("$.steps[0].happened[0].kind").value("REPORTED"))
			.andExpect(jsonPath("$.steps[1].stage").isNotEmpty());
		this.http.perform(get("/api/v1/cases/" + caseNo + "/replay/2").with(httpBasic("sd.auditor", "gridcase")))
			.andExpect(status().isOk())
			.andExpect(jsonPath("$.step.number").value(2))
			.andExpect(jsonPath("$.diagrams[0].nodes.Stage_File.times").value(1));
		this.http.perform(get("/api/v1/cases/" + caseNo + "/replay").with(httpBasic(REPORTER, "gridcase")))
			.andExpect(status().isForbidden());
		assertThat(this.jdbc.queryForList("select login from access_log where kind = 'CASE_REPLAYED' and subject = ?",
				String.class, caseNo))
			.containsExactly("sd.auditor", "sd.auditor");
	}

	@Test
	void fiveHundredStepsAreToldAndDrawn() {
		String caseNo = reported("GENERAL");
		for (int at = 0; at < 499; at++) {
			String remark = "备注 " + at;
			Acting.as(REPORTER, () -> {
				this.drive.comment(caseNo, remark);
				return null;
			});
		}
		long began = System.nanoTime();
		Replay replay = replay(caseNo);
		assertThat(replay.steps()).hasSize(500);
		assertThat(this.views.one(replay, 500).headline()).contains("备注");
		TimeAxis axis = TimeAxis.draw(replay, this.calendars.forPlace(PLACE));
		assertThat(axis.marks()).hasSize(500)
			.allSatisfy((mark) -> assertThat(mark.x()).isBetween(8.0, 1172.0))
			.extracting(TimeAxis.Mark::x)
			.isSorted();
		assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
	}

}
