package gridcase;

import java.io.File;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import gridcase.platform.TestDatabase;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Every way through the diagrams, on the real engine. Rules and service tasks are stubs
 * that answer what the test says, so that only the drawing is under test.
 */
class DiagramPathsTests {

	private static ProcessEngine engine;

	private static final Rules RULES = new Rules();

	private static final List<String> DONE = new ArrayList<>();

	private ProcessInstance root;

	@BeforeAll
	static void startEngine() {
		Map<Object, Object> beans = new HashMap<>();
		beans.put("decisions", RULES);
		beans.put("deadlines", new Deadlines());
		beans.put("duty", new Duty());
		beans.put("units", new Units());
		beans.put("models", new Models());
		beans.put("turns", new Turns());
		for (String name : ModelConventionsTests.DELEGATES) {
			beans.put(name, (JavaDelegate) (execution) -> DONE.add(name));
		}
		beans.put("findSuperior", (JavaDelegate) (execution) -> execution.setVariable("superiorFound",
				RULES.answers.getOrDefault("superiorFound", Map.of("superiorFound", true)).get("superiorFound")));
		beans.put("alertVacancy", (JavaDelegate) (execution) -> {
			DONE.add("alertVacancy");
			RULES.answers.remove("superiorFound");
		});
		beans.put("releaseDraft", (JavaDelegate) (execution) -> {
			DONE.add("releaseDraft");
			RULES.answers.get("release").forEach(execution::setVariable);
		});
		beans.put("handOn", (JavaDelegate) (execution) -> execution.setVariable("unit", "other"));
		StandaloneProcessEngineConfiguration configuration = new StandaloneProcessEngineConfiguration();
		configuration.setProcessEngineName("diagrams");
		configuration.setDataSource(TestDatabase.createDataSource());
		configuration.setDatabaseSchemaUpdate("true");
		configuration.setHistory("activity");
		configuration.setJobExecutorActivate(false);
		configuration.setEnableExceptionsAfterUnhandledBpmnError(true);
		configuration.setBeans(beans);
		engine = configuration.buildProcessEngine();
		Map<String, DeploymentBuilder> deployments = new TreeMap<>();
		for (File file : ModelConventionsTests.files("processes", ".bpmn")) {
			String place = ModelConventionsTests.place("processes", file);
			deployments
				.computeIfAbsent(place,
						(tenant) -> tenant.isEmpty() ? engine.getRepositoryService().createDeployment()
								: engine.getRepositoryService().createDeployment().tenantId(tenant))
				.addInputStream(file.getName(), ModelConventionsTests.open(file));
		}
		deployments.values().forEach(DeploymentBuilder::deploy);
	}

	@AfterAll
	static void stopEngine() {
		engine.close();
	}

	@BeforeEach
	void forget() {
		RULES.answers.clear();
		RULES.asked.clear();
		DONE.clear();
	}

	// --- the shared loop ---

	@Test
	void closesTheGoodCase() {
		start("", Map.of());
		complete("Stage_File", Map.of("filing", "FILE"));
		complete("Stage_Dispatch", Map.of());
		handle("DONE");
		complete("Stage_Verify", Map.of("verified", true));
		complete("Stage_Close", Map.of());
		assertThat(end()).isEqualTo("EndEvent_CaseClosed");
		assertThat(DONE).containsExactly("collectReport", "assignUnits", "acceptCustody", "recordFeedback", "closeCase",
				"scoreCase");
		assertThat(RULES.asked).containsExactly("self-handling", "direct-report", "filing", "routing",
				"first-responder", "verification", "case-score");
	}

	@Test
	void closesWithoutCheckWhereTheRuleAsksForNone() {
		dispatched("");
		RULES.answers.put("verification", Map.of("checkNeeded", false));
		handle("DONE");
		assertThat(tasks()).containsExactly("Stage_Close");
	}

	@Test
	void feedsBackWhatWasHandledOnTheSpot() {
		RULES.answers.put("verification", Map.of("checkNeeded", false));
		start("", Map.of("selfHandling", "YES", "wantsSelfHandling", true));
		complete("Task_SelfHandle", Map.of("selfHandlingDone", true));
		assertThat(tasks()).containsExactly("Stage_Close");
		assertThat(DONE).containsSubsequence("recordSelfHandling", "recordFeedback");
	}

	@Test
	void filesWhatCouldNotBeHandledOnTheSpot() {
		start("", Map.of("selfHandling", "YES", "wantsSelfHandling", true));
		complete("Task_SelfHandle", Map.of("selfHandlingDone", false));
		assertThat(tasks()).containsExactly("Stage_File");
	}

	@Test
	void reportsDirectlyAndDispatches() {
		start("", Map.of("directReport", true));
		assertThat(DONE).endsWith("raiseTier", "tellSkippedTiers");
		complete("Task_TakeCommand", Map.of());
		assertThat(tasks()).containsExactly("Stage_Dispatch");
	}

	@ParameterizedTest
	@CsvSource({ "REJECT, EndEvent_NotFiled, recordRejection", "MERGE, EndEvent_Merged, mergeCase" })
	void endsUnfiled(String filing, String end, String did) {
		start("", Map.of());
		complete("Stage_File", Map.of("filing", filing));
		assertThat(end()).isEqualTo(end);
		assertThat(DONE).endsWith(did);
	}

	@Test
	void asksForMoreAndScoresAgain() {
		start("", Map.of());
		complete("Stage_File", Map.of("filing", "SUPPLEMENT"));
		complete("Task_SupplementReport", Map.of());
		assertThat(tasks()).containsExactly("Stage_File");
		assertThat(DONE).containsExactly("collectReport", "collectReport");
	}

	@Test
	void reworksWithTheSameUnits() {
		dispatched("");
		handle("DONE");
		complete("Stage_Verify", Map.of("verified", false));
		assertThat(tasks()).containsExactly("Task_SignFor");
		assertThat(DONE).contains("countRework");
	}

	@Test
	void dispatchesTheReworkOfASelfHandledCase() {
		start("", Map.of("selfHandling", "YES", "wantsSelfHandling", true, "selfHandled", true));
		complete("Task_SelfHandle", Map.of("selfHandlingDone", true));
		complete("Stage_Verify", Map.of("verified", false));
		assertThat(tasks()).containsExactly("Stage_Dispatch");
	}

	// --- one unit ---

	@Test
	void refusesOnlyWithAReasonTheRuleAccepts() {
		dispatched("");
		RULES.answers.put("transfer", Map.of("transfer", "REFUSED"));
		assertThatExceptionOfType(RuntimeException.class)
			.isThrownBy(() -> complete("Task_SignFor", Map.of("signing", "REFUSE")))
			.havingRootCause()
			.isInstanceOf(Refused.class);
		assertThat(tasks()).containsExactly("Task_SignFor");
		RULES.answers.put("transfer", Map.of("transfer", "ALLOWED"));
		complete("Task_SignFor", Map.of("signing", "REFUSE"));
		assertThat(tasks()).containsExactly("Stage_Dispatch");
		assertThat(DONE).endsWith("returnToDispatch");
	}

	@Test
	void handsOnWhereTheRuleAllowsIt() {
		signed();
		RULES.answers.put("transfer", Map.of("transfer", "ALLOWED"));
		complete("Task_Handle", Map.of("handlingOutcome", "HAND_ON"));
		assertThat(tasks()).containsExactly("Task_SignFor");
	}

	@Test
	void handsNothingOnThatTheRuleRefuses() {
		signed();
		RULES.answers.put("transfer", Map.of("transfer", "REFUSED"));
		assertThatExceptionOfType(RuntimeException.class)
			.isThrownBy(() -> complete("Task_Handle", Map.of("handlingOutcome", "HAND_ON")))
			.havingRootCause()
			.isInstanceOf(Refused.class);
		assertThat(tasks()).containsExactly("Task_Handle");
	}

	@ParameterizedTest
	@CsvSource({ "REFUSE, REFUSED_TWICE", "HAND_ON, HANDED_AROUND", "RETURNED, REFUSED_TWICE" })
	void aCoordinatorSaysWhoseItIsWhileTheSuperiorIsTold(String movement, String trigger) {
		if (movement.equals("REFUSE")) {
			dispatched("");
		}
		else {
			signed();
		}
		RULES.answers.put("transfer", Map.of("transfer", "COORDINATOR", "coordinatorRole", "duty-leader"));
		if (movement.equals("REFUSE")) {
			complete("Task_SignFor", Map.of("signing", "REFUSE"));
		}
		else {
			complete("Task_Handle", Map.of("handlingOutcome", movement));
		}
		assertThat(tasks()).containsExactly("Task_Coordinate");
		assertThat(DONE).endsWith("recordDispute", "escalate " + trigger);
		complete("Task_Coordinate", Map.of("handOnUnit", "other", "forced", true));
		assertThat(tasks()).containsExactly("Task_SignFor");
	}

	@Test
	void dispatchesAgainWhatTheUnitReturned() {
		dispatched("");
		RULES.answers.put("transfer", Map.of("transfer", "ALLOWED"));
		handle("RETURNED");
		assertThat(tasks()).containsExactly("Stage_Dispatch");
		assertThat(DONE).endsWith("returnToDispatch");
	}

	@Test
	void raisesWhatTheUnitCannotSolve() {
		dispatched("");
		RULES.answers.put("escalation-tier", Map.of("escalationMode", "TAKE_OVER"));
		handle("CANNOT_SOLVE");
		assertThat(tasks()).containsExactly("Stage_Dispatch");
		assertThat(DONE).endsWith("takeOver", "recallUnits");
	}

	@Test
	void theLeadUnitDecidesAndTheHelpersFollow() {
		this.assigned = List.of("lead", "helper");
		dispatched("");
		sign("helper");
		RULES.answers.put("transfer", Map.of("transfer", "ALLOWED"));
		complete("helper", "Task_Handle", Map.of("handlingOutcome", "RETURNED"));
		assertThat(tasks()).containsExactly("Task_SignFor");
		handle("DONE");
		assertThat(tasks()).containsExactly("Stage_Verify");
	}

	@Test
	void helpersDoNotOverruleTheLeadUnit() {
		this.assigned = List.of("lead", "helper");
		dispatched("");
		sign("lead");
		complete("lead", "Task_Handle", Map.of("handlingOutcome", "DONE"));
		sign("helper");
		complete("helper", "Task_Handle", Map.of("handlingOutcome", "CANNOT_SOLVE"));
		assertThat(tasks()).containsExactly("Stage_Verify");
	}

	@Test
	void helpersStopWhenTheLeadUnitGivesUp() {
		this.assigned = List.of("lead", "helper");
		dispatched("");
		sign("lead");
		RULES.answers.put("transfer", Map.of("transfer", "ALLOWED"));
		complete("lead", "Task_Handle", Map.of("handlingOutcome", "RETURNED"));
		assertThat(tasks()).containsExactly("Stage_Dispatch");
	}

	// --- overdue ---

	@ParameterizedTest
	@ValueSource(strings = { "StartEvent_HandlingOverdue", "BoundaryEvent_SigningOverdue" })
	void leavesTheUnitWhenTheSuperiorTakesOver(String timer) {
		this.assigned = List.of("lead", "helper");
		dispatched("");
		RULES.answers.put("escalation-tier", Map.of("escalationMode", "TAKE_OVER"));
		fire(timer);
		assertThat(tasks()).containsExactly("Stage_Dispatch");
		assertThat(DONE).endsWith("takeOver", "recallUnits");
	}

	@Test
	void staysWithTheUnitUnderSupervisionAndClimbsWhileItIsOpen() {
		dispatched("");
		RULES.answers.put("escalation-tier", Map.of("escalationMode", "SUPERVISE"));
		fire("StartEvent_HandlingOverdue");
		assertThat(tasks()).containsExactly("Task_SignFor");
		assertThat(DONE).endsWith("supervise");
		RULES.answers.put("escalation-tier", Map.of("escalationMode", "STOP"));
		fire("IntermediateEvent_SupervisionElapsed");
		assertThat(tasks()).containsExactly("Task_SignFor");
		handle("DONE");
		complete("Stage_Verify", Map.of("verified", true));
		complete("Stage_Close", Map.of());
		assertThat(end()).isEqualTo("EndEvent_CaseClosed");
	}

	@Test
	void supervisionEndsWithTheWork() {
		dispatched("");
		RULES.answers.put("escalation-tier", Map.of("escalationMode", "SUPERVISE"));
		fire("StartEvent_HandlingOverdue");
		handle("DONE");
		assertThat(engine.getRuntimeService().createProcessInstanceQuery().processDefinitionKey("escalation").count())
			.isZero();
	}

	@ParameterizedTest
	@CsvSource({ "FilingOverdue, file", "DispatchOverdue, dispatch", "VerificationOverdue, verify" })
	void callsTheSuperiorWhenAStageIsLate(String timer, String stage) {
		RULES.answers.put("escalation-tier", Map.of("escalationMode", "SUPERVISE"));
		start("", Map.of());
		if (!stage.equals("file")) {
			complete("Stage_File", Map.of("filing", "FILE"));
		}
		if (stage.equals("verify")) {
			complete("Stage_Dispatch", Map.of());
			handle("DONE");
		}
		List<String> before = tasks();
		fire("BoundaryEvent_" + timer);
		// which stage it was is told by the platform's listener; see EscalationTests
		assertThat(RULES.breached).startsWith("STAGE_OVERDUE");
		assertThat(tasks()).isEqualTo(before);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "shangdi", "xiangtan", "shanxi", "futian" })
	void theWholeCaseHasALimitToo(String place) {
		RULES.answers.put("escalation-tier", Map.of("escalationMode", "TAKE_OVER"));
		start(place, Map.of());
		List<String> before = tasks();
		fire("StartEvent_TotalOverdue");
		assertThat(RULES.breached).isEqualTo("TOTAL_OVERDUE total");
		assertThat(DONE).endsWith("takeOver", "recallUnits");
		assertThat(tasks()).isEqualTo(before);
	}

	@Test
	void nothingComesOfWhatTheTableDoesNotCallRepeated() {
		RULES.answers.put("escalation-tier", Map.of("escalationMode", "NONE"));
		start("", Map.of());
		fire("BoundaryEvent_FilingOverdue");
		assertThat(DONE).containsExactly("collectReport");
		assertThat(tasks()).containsExactly("Stage_File");
	}

	@ParameterizedTest
	@CsvSource({ "'', Stage_Dispatch", "shangdi, Stage_Dispatch", "xiangtan, Stage_Dispatch", "shanxi, Stage_Dispatch",
			"futian, Task_SignFor" })
	void aReopenedCaseGoesOnWhereItsDiagramSays(String place, String next) {
		Map<String, Object> facts = new HashMap<>(FACTS);
		facts.put("assigned", this.assigned);
		var message = engine.getRuntimeService()
			.createMessageCorrelation("case-reopened")
			.processInstanceBusinessKey("X-1")
			.setVariables(facts);
		this.root = (place.isEmpty() ? message.withoutTenantId() : message.tenantId(place)).correlateStartMessage();
		assertThat(tasks()).containsExactly(next);
	}

	@Test
	void repeatedReworkIsToldToTheEscalation() {
		dispatched("");
		handle("DONE");
		complete("Stage_Verify", Map.of("verified", false));
		assertThat(DONE).endsWith("countRework", "escalate REWORK_REPEATED");
	}

	@Test
	void climbsPastATierWhereNobodyIsOnDuty() {
		start("", Map.of());
		RULES.answers.put("escalation-tier", Map.of("escalationMode", "TAKE_OVER"));
		RULES.answers.put("superiorFound", Map.of("superiorFound", false));
		fire("BoundaryEvent_FilingOverdue");
		assertThat(DONE).endsWith("alertVacancy", "takeOver", "recallUnits");
		assertThat(tasks()).containsExactly("Stage_File");
	}

	// --- the places' own loops ---

	@ParameterizedTest
	@CsvSource({ "shangdi, Stage_Verify, true", "xiangtan, Stage_Feedback, false", "shanxi, Stage_Feedback, true" })
	void closesTheGoodCaseInItsPlace(String place, String check, boolean closedByHand) {
		dispatched(place);
		handle("DONE");
		complete(check, Map.of("verified", false));
		handle("DONE");
		complete(check, Map.of("verified", true));
		if (closedByHand) {
			complete("Stage_Close", Map.of());
		}
		assertThat(end()).isEqualTo("EndEvent_CaseClosed");
		assertThat(DONE).endsWith("recordFeedback", "closeCase", "scoreCase");
	}

	@ParameterizedTest
	@CsvSource({ "shangdi, true, Stage_Verify", "shangdi, false, Stage_Close", "xiangtan, true, Stage_Feedback",
			"xiangtan, false, ''", "shanxi, true, Stage_Feedback", "shanxi, false, Stage_Close",
			"futian, true, Stage_Verify", "futian, false, Stage_Close" })
	void checksTheSampleOfSelfHandledCases(String place, boolean drawn, String next) {
		RULES.answers.put("verification", Map.of("checkNeeded", drawn, "verifierRole", "verifier"));
		start(place, Map.of("selfHandling", "YES", "wantsSelfHandling", true, "selfHandled", true));
		complete("Task_SelfHandle", Map.of("selfHandlingDone", true));
		assertThat(String.join(",", tasks())).isEqualTo(next);
	}

	@ParameterizedTest
	@CsvSource({ "shangdi, loop, MICRO, Task_RaiseToSmallLoop", "shangdi, loop, SMALL, Task_RaiseToLargeLoop",
			"shangdi, loop, LARGE, Task_EscalateUnsolved", "shanxi, tier, GRID, Task_RaiseToVillage",
			"shanxi, tier, VILLAGE, Task_RaiseToTown", "shanxi, tier, TOWN, Task_RaiseToCounty",
			"shanxi, tier, COUNTY, Task_EscalateUnsolved" })
	void handsUpOneStepOfTheLadder(String place, String fact, String value, String task) {
		RULES.answers.put("escalation-tier", Map.of("escalationMode", "STOP"));
		dispatched(place);
		engine.getRuntimeService().setVariable(this.root.getId(), fact, value);
		handle("CANNOT_SOLVE");
		assertThat(tasks()).containsExactly("Stage_Dispatch");
		assertThat(engine.getHistoryService()
			.createHistoricActivityInstanceQuery()
			.processInstanceId(this.root.getId())
			.activityId(task)
			.count()).isOne();
	}

	@Test
	void theStationHandlesFirstAndSummonsDepartmentsForWhatItCannotSolve() {
		start("futian", Map.of());
		complete("Stage_File", Map.of("filing", "FILE"));
		handle("CANNOT_SOLVE");
		assertThat(DONE).endsWith("raiseTier");
		complete("Stage_Dispatch", Map.of());
		RULES.answers.put("escalation-tier", Map.of("escalationMode", "STOP"));
		handle("CANNOT_SOLVE");
		complete("Stage_Dispatch", Map.of());
		RULES.answers.put("transfer", Map.of("transfer", "ALLOWED"));
		handle("RETURNED");
		complete("Stage_Dispatch", Map.of());
		handle("DONE");
		complete("Stage_Verify", Map.of("verified", false));
		complete("Stage_Dispatch", Map.of());
		handle("DONE");
		complete("Stage_Verify", Map.of("verified", true));
		complete("Stage_Close", Map.of());
		assertThat(end()).isEqualTo("EndEvent_CaseClosed");
	}

	@ParameterizedTest
	@ValueSource(strings = { "shanxi", "futian" })
	void reportsDirectlyInItsPlace(String place) {
		start(place, Map.of("directReport", true));
		complete("Task_TakeCommand", Map.of());
		assertThat(tasks()).containsExactly("Stage_Dispatch");
	}

	@ParameterizedTest
	@ValueSource(strings = { "qindu", "chengguan", "xiaofang" })
	void closesReworksAndEndsUnfiledInItsPlace(String place) {
		start(place, Map.of("tier", "STREET"));
		complete("Stage_File", Map.of("filing", "SUPPLEMENT"));
		complete("Task_SupplementReport", Map.of());
		complete("Stage_File", Map.of("filing", "FILE"));
		RULES.answers.put("transfer", Map.of("transfer", "ALLOWED"));
		complete("Stage_Dispatch", Map.of());
		handle("RETURNED");
		complete("Stage_Dispatch", Map.of());
		handle("DONE");
		assertThat(DONE).endsWith("recordFeedback");
		complete("Stage_Verify", Map.of("verified", false));
		assertThat(DONE).contains("countRework");
		handle("DONE");
		complete("Stage_Verify", Map.of("verified", true));
		if (!place.equals("qindu")) {
			complete("Stage_Close", Map.of());
		}
		assertThat(end()).isEqualTo("EndEvent_CaseClosed");
		assertThat(DONE).endsWith("closeCase", "scoreCase");
	}

	@ParameterizedTest
	@CsvSource({ "REJECT, EndEvent_NotFiled, recordRejection", "MERGE, EndEvent_Merged, mergeCase" })
	void endsUnfiledInEveryPlace(String filing, String end, String did) {
		for (String place : List.of("xiling", "xiaofang", "qindu", "chengguan")) {
			start(place, Map.of());
			complete("Stage_File", Map.of("filing", filing));
			assertThat(end()).as(place).isEqualTo(end);
			assertThat(DONE).endsWith(did);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "xiling", "xiaofang", "qindu", "chengguan" })
	void callsTheSuperiorWhenAStageIsLateInItsPlace(String place) {
		RULES.answers.put("escalation-tier", Map.of("escalationMode", "SUPERVISE"));
		start(place, Map.of("tier", "COMMUNITY"));
		fire("BoundaryEvent_FilingOverdue");
		assertThat(RULES.breached).startsWith("STAGE_OVERDUE");
		complete("Stage_File", Map.of("filing", "FILE"));
		if (place.equals("xiling")) {
			handle("CANNOT_SOLVE");
		}
		fire("BoundaryEvent_DispatchOverdue");
		complete("Stage_Dispatch", Map.of());
		handle("DONE");
		RULES.breached = null;
		fire("BoundaryEvent_VerificationOverdue");
		assertThat(RULES.breached).isEqualTo("STAGE_OVERDUE verify");
	}

	@ParameterizedTest
	@ValueSource(strings = { "xiaofang", "qindu", "chengguan" })
	void goesUpWhenTakenOverOrUnsolvedInItsPlace(String place) {
		RULES.answers.put("escalation-tier", Map.of("escalationMode", "TAKE_OVER"));
		start(place, Map.of("tier", "STREET"));
		complete("Stage_File", Map.of("filing", "FILE"));
		complete("Stage_Dispatch", Map.of());
		fire("StartEvent_HandlingOverdue");
		assertThat(tasks()).containsExactly("Stage_Dispatch");
		complete("Stage_Dispatch", Map.of());
		handle("CANNOT_SOLVE");
		assertThat(tasks()).containsExactly("Stage_Dispatch");
		assertThat(DONE).filteredOn("takeOver"::equals).hasSize(2);
	}

	@ParameterizedTest
	@CsvSource({ "COMMUNITY, 1", "STREET, 0" })
	void theCommunityReportsItsHazardsToTheStreet(String tier, int raised) {
		start("xiaofang", Map.of("tier", tier));
		complete("Stage_File", Map.of("filing", "FILE"));
		assertThat(tasks()).containsExactly("Stage_Dispatch");
		assertThat(DONE).filteredOn("raiseTier"::equals).hasSize(raised);
	}

	@Test
	void theDistrictClosesWithTheCheckAndReportsDirectly() {
		start("qindu", Map.of("directReport", true));
		complete("Task_TakeCommand", Map.of());
		assertThat(tasks()).containsExactly("Stage_Dispatch");
		start("qindu", Map.of("selfHandling", "YES", "wantsSelfHandling", true, "selfHandled", true));
		complete("Task_SelfHandle", Map.of("selfHandlingDone", false));
		assertThat(tasks()).containsExactly("Stage_File");
		start("qindu", Map.of("selfHandling", "YES", "wantsSelfHandling", true, "selfHandled", true));
		complete("Task_SelfHandle", Map.of("selfHandlingDone", true));
		complete("Stage_Verify", Map.of("verified", false));
		assertThat(tasks()).containsExactly("Stage_Dispatch");
		RULES.answers.put("verification", Map.of("checkNeeded", false));
		complete("Stage_Dispatch", Map.of());
		handle("DONE");
		assertThat(end()).isEqualTo("EndEvent_CaseClosed");
		assertThat(DONE).endsWith("closeCase", "scoreCase");
	}

	@ParameterizedTest
	@ValueSource(strings = { "CANNOT_SOLVE", "RETURNED" })
	void theFirstUnitPassesOnAndTheNextOnesReply(String outcome) {
		start("xiling", Map.of());
		complete("Stage_File", Map.of("filing", "SUPPLEMENT"));
		complete("Task_SupplementReport", Map.of());
		complete("Stage_File", Map.of("filing", "FILE"));
		assertThat(tasks()).containsExactly("Task_SignFor");
		assertThat(DONE).endsWith("assignUnits");
		RULES.answers.put("transfer", Map.of("transfer", "ALLOWED"));
		handle(outcome);
		assertThat(DONE).endsWith("releaseUnits");
		complete("Stage_Dispatch", Map.of());
		handle("RETURNED");
		RULES.answers.put("escalation-tier", Map.of("escalationMode", "STOP"));
		complete("Stage_Dispatch", Map.of());
		handle("CANNOT_SOLVE");
		complete("Stage_Dispatch", Map.of());
		handle("DONE");
		complete("Stage_Feedback", Map.of("verified", false));
		assertThat(DONE).contains("countRework");
		complete("Stage_Dispatch", Map.of());
		handle("DONE");
		complete("Stage_Feedback", Map.of("verified", true));
		assertThat(end()).isEqualTo("EndEvent_CaseClosed");
		assertThat(DONE).endsWith("closeCase", "scoreCase");
	}

	@Test
	void theFirstUnitRepliesWhatItSolvedAndTheSuperiorPassesOnWhatItLeft() {
		start("xiling", Map.of());
		complete("Stage_File", Map.of("filing", "FILE"));
		handle("DONE");
		complete("Stage_Feedback", Map.of("verified", true));
		assertThat(end()).isEqualTo("EndEvent_CaseClosed");
		start("xiling", Map.of());
		complete("Stage_File", Map.of("filing", "FILE"));
		RULES.answers.put("escalation-tier", Map.of("escalationMode", "TAKE_OVER"));
		fire("StartEvent_HandlingOverdue");
		assertThat(tasks()).containsExactly("Stage_Dispatch");
		complete("Stage_Dispatch", Map.of());
		fire("StartEvent_HandlingOverdue");
		assertThat(tasks()).containsExactly("Stage_Dispatch");
	}

	// --- turns: what is asked for beside the loop ---

	@ParameterizedTest(name = "{0}: {1} {2} → {3}")
	@CsvSource(delimiter = '|', useHeadersInDisplayName = true,
			textBlock = """
					turn            | answer                        | tasks                                                      | end                           | did
					extension       | extension=REFUSED             |                                                            | EndEvent_ExtensionImpossible  | refused for extensionReason
					extension       | extension=APPROVAL            | Task_ApproveExtension approved=true                        | EndEvent_DeadlinesExtended    | extendDeadlines
					extension       | extension=APPROVAL            | Task_ApproveExtension approved=false                       | EndEvent_ExtensionRefused     | tellDecision
					suspension      | suspension=REFUSED            |                                                            | EndEvent_SuspensionImpossible | refused for suspensionReason
					suspension      | suspension=APPROVAL           | Task_ApproveSuspension approved=false                      | EndEvent_SuspensionRefused    | tellDecision
					suspension      | suspension=APPROVAL           | Task_ApproveSuspension approved=true; Task_ResumeEarly     | EndEvent_CaseResumed          | suspendCase resumeCase
					suspension      | suspension=APPROVAL           | Task_ApproveSuspension approved=true; BoundaryEvent_SuspensionOver | EndEvent_CaseResumed  | suspendCase resumeCase
					breach-appeal   | appeal=REFUSED                |                                                            | EndEvent_AppealImpossible     | refused for appealReason
					breach-appeal   | appeal=REVIEW                 | Task_ReviewFirst approved=false                            | EndEvent_AppealRefused        | counted tellDecision
					breach-appeal   | appeal=REVIEW                 | Task_ReviewFirst approved=true; Task_ReviewSecond approved=false | EndEvent_AppealRefused  | counted tellDecision
					breach-appeal   | appeal=REVIEW                 | Task_ReviewFirst approved=true; Task_ReviewSecond approved=true  | EndEvent_BreachExcused  | counted excuseBreach
					withdrawal      | withdrawal=REFUSED            |                                                            | EndEvent_WithdrawalImpossible | refused for withdrawalReason
					withdrawal      | withdrawal=ALLOWED            |                                                            | EndEvent_CaseWithdrawn        | endCase
					voiding         | voiding=REFUSED               |                                                            | EndEvent_VoidingImpossible    | refused for voidingReason
					voiding         | voiding=APPROVAL              | Task_ApproveVoiding approved=false                         | EndEvent_VoidingRefused       | tellDecision
					voiding         | voiding=APPROVAL              | Task_ApproveVoiding approved=true                          | EndEvent_CaseVoided           | endCase
					severity-change | severityChange=SAME           |                                                            | EndEvent_SeveritySame         | refused for severityChangeReason
					severity-change | severityChange=RAISED         |                                                            | EndEvent_SeverityRaised       | counted changeSeverity escalate SEVERITY_RAISED
					severity-change | severityChange=LOWERED        | Task_ApproveSeverity approved=false                        | EndEvent_LoweringRefused      | tellDecision
					severity-change | severityChange=LOWERED        | Task_ApproveSeverity approved=true                         | EndEvent_SeverityLowered      | changeSeverity
					hand-down       | handDown=REFUSED              |                                                            | EndEvent_HandDownImpossible   | refused for handDownReason
					hand-down       | handDown=ALLOWED              |                                                            | EndEvent_HandedDown           | lowerTier recallUnits
					reopening       | reopen=REFUSED                |                                                            | EndEvent_ReopeningImpossible  | refused for reopenReason
					reopening       | reopen=ALLOWED                |                                                            | EndEvent_CaseReopened         | reopenCase escalate REOPENED_TWICE
					follow-up       | secondLook=NO                 |                                                            | EndEvent_FollowedUp           | recordSatisfaction
					follow-up       | secondLook=YES                | Task_SecondLook secondLookResult=UPHELD                    | EndEvent_Upheld               | recordSatisfaction counted tellUpheld
					follow-up       | secondLook=YES                | Task_SecondLook secondLookResult=REOPEN                    | EndEvent_CaseReopened         | recordSatisfaction counted reopenCase escalate REOPENED_TWICE
					difficult-case  | listing=REFUSED               |                                                            | EndEvent_ListingImpossible    | refused for listingReason
					difficult-case  | listing=APPROVAL              | Task_ApproveListing approved=false                         | EndEvent_ListingRefused       | tellDecision
					difficult-case  | listing=APPROVAL              | Task_ApproveListing approved=true; Task_Deliberate deliberation=KEEP; Task_Deliberate deliberation=DELIST | EndEvent_Delisted | listDifficult delistDifficult
					""")
	void turnEndsAsItsTableAndPeopleSay(String turn, String answer, String tasks, String end, String did) {
		String table = switch (turn) {
			case "reopening" -> "reopen";
			case "follow-up" -> "second-look";
			default -> turn;
		};
		Map<String, Object> answers = new HashMap<>(values(answer));
		Stream.of("approverRole", "reviewerRole", "secondRole", "secondLookRole")
			.forEach((role) -> answers.put(role, "duty-leader"));
		Stream.of("approverTier", "reviewerTier", "secondTier", "secondLookTier")
			.forEach((tier) -> answers.put(tier, ""));
		RULES.answers.put(table, answers);
		if (did.startsWith("refused")) {
			assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> begin(turn))
				.havingRootCause()
				.isInstanceOf(Refused.class)
				.withMessage(did.replace("refused for ", ""));
			return;
		}
		begin(turn);
		for (String step : (tasks != null) ? tasks.split("; ") : new String[0]) {
			if (step.startsWith("BoundaryEvent_")) {
				fire(step);
			}
			else {
				String[] words = step.split(" ");
				complete(words[0], (words.length > 1) ? values(words[1]) : Map.of());
			}
		}
		assertThat(end()).isEqualTo(end);
		assertThat(String.join(" ", DONE)).isEqualTo(did);
		assertThat(RULES.asked).startsWith(table);
	}

	// --- a change of rules ---

	@ParameterizedTest(name = "{0}, {1}: {2} → {3}")
	@CsvSource(delimiter = '|', useHeadersInDisplayName = true,
			textBlock = """
					review | release   | steps                                                                                             | end                       | did
					BEFORE | RELEASED  | Stage_VerifyReview reviewApproved=true                                                            | EndEvent_ChangeInForce    | submitDraft approveDraft releaseDraft finishChange
					BEFORE | RELEASED  | Stage_VerifyReview reviewApproved=true; IntermediateEvent_EffectiveDate                           | EndEvent_ChangeInForce    | submitDraft approveDraft releaseDraft finishChange
					BEFORE | RELEASED  | BoundaryEvent_ReviewOverdue; Stage_VerifyReview reviewApproved=true                               | EndEvent_ChangeInForce    | submitDraft approveDraft releaseDraft finishChange
					BEFORE | RELEASED  | Stage_VerifyReview reviewApproved=false; Task_MendDraft; Stage_VerifyReview reviewApproved=true | EndEvent_ChangeInForce    | submitDraft reopenDraft submitDraft approveDraft releaseDraft finishChange
					BEFORE | OVERTAKEN | Stage_VerifyReview reviewApproved=true; Task_MendDraft                                          |                           | submitDraft approveDraft releaseDraft reopenDraft submitDraft
					AFTER  | RELEASED  | Stage_EvaluateRatify ratified=true                                                                | EndEvent_ChangeInForce    | submitDraft releaseDraft finishChange
					AFTER  | RELEASED  | Stage_EvaluateRatify ratified=false                                                               | EndEvent_ChangeRolledBack | submitDraft releaseDraft rollBackDraft
					AFTER  | RELEASED  | ROLL_BACK BoundaryEvent_RatifyOverdue                                                             | EndEvent_ChangeRolledBack | submitDraft releaseDraft rollBackDraft
					AFTER  | RELEASED  | TELL BoundaryEvent_RatifyOverdue; Stage_EvaluateRatify ratified=true                              | EndEvent_ChangeInForce    | submitDraft releaseDraft finishChange
					AFTER  | OVERTAKEN | Task_MendDraft                                                                                  |                           | submitDraft releaseDraft reopenDraft submitDraft releaseDraft reopenDraft
					""")
	void aChangeOfRulesComesIntoForceOrGoesBack(String review, String release, String steps, String end, String did) {
		boolean later = steps.contains("EffectiveDate");
		String overdue = steps.startsWith("TELL") ? "TELL" : "ROLL_BACK";
		RULES.answers.put("policy-review", Map.of("reviewMode", review, "reviewerRole", "policy-approver",
				"reviewerTier", "", "overdueMode", overdue));
		RULES.answers.put("release", Map.of("releaseOutcome", release));
		change(Map.of("effectiveNow", !later, "effectiveAt", "2026-04-01T00:00:00Z"));
		for (String step : steps.replaceFirst("^(TELL|ROLL_BACK) ", "").split("; ")) {
			if (step.startsWith("BoundaryEvent_") || step.startsWith("IntermediateEvent_")) {
				fire(step);
			}
			else {
				String[] words = step.split(" ");
				complete(words[0], (words.length > 1) ? values(words[1]) : Map.of());
			}
		}
		assertThat(end()).isEqualTo(end);
		assertThat(String.join(" ", DONE)).isEqualTo(did);
	}

	@Test
	void aChangeTheTableRefusesDoesNotBegin() {
		RULES.answers.put("policy-review", Map.of("reviewMode", "REFUSED"));
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> change(Map.of()))
			.havingRootCause()
			.isInstanceOf(Refused.class)
			.withMessage("reviewReason");
	}

	@Test
	void aChangeIsWithdrawnAndItsDraftGoesBack() {
		begin("policy-withdrawal");
		assertThat(end()).isEqualTo("EndEvent_ChangeWithdrawn");
		assertThat(DONE).containsExactly("reopenDraft", "endCase");
	}

	// --- a rectification ---

	@ParameterizedTest(name = "{0} → {1}")
	@CsvSource(delimiter = '|', useHeadersInDisplayName = true,
			textBlock = """
					steps                                                                                     | end                     | did
					DONE; Stage_Verify verified=true                                                          | EndEvent_Rectified      | assignUnits acceptCustody closeFinding
					DONE; BoundaryEvent_VerificationOverdue; Stage_Verify verified=true                       | EndEvent_Rectified      | assignUnits acceptCustody supervise closeFinding
					DONE; Stage_Verify verified=false; DONE; Stage_Verify verified=true                       | EndEvent_Rectified      | assignUnits acceptCustody countRework acceptCustody closeFinding
					CANNOT_SOLVE; Task_Redirect redirect=REASSIGN; DONE; Stage_Verify verified=true           | EndEvent_Rectified      | assignUnits acceptCustody assignUnits acceptCustody closeFinding
					CANNOT_SOLVE; BoundaryEvent_RedirectOverdue; Task_Redirect redirect=REVOKE                | EndEvent_FindingRevoked | assignUnits acceptCustody supervise revokeFinding
					RETURNED; Task_Redirect redirect=REVOKE                                                   | EndEvent_FindingRevoked | assignUnits acceptCustody returnToDispatch revokeFinding
					""")
	void aFindingIsRectifiedOrRevoked(String steps, String end, String did) {
		RULES.answers.put("escalation-tier", Map.of("escalationMode", "SUPERVISE"));
		RULES.answers.put("transfer", Map.of("transfer", "ALLOWED"));
		rectification();
		for (String step : steps.split("; ")) {
			if (step.startsWith("BoundaryEvent_")) {
				fire(step);
			}
			else if (step.contains(" ")) {
				String[] words = step.split(" ");
				complete(words[0], values(words[1]));
			}
			else {
				handle(step);
			}
		}
		assertThat(end()).isEqualTo(end);
		assertThat(String.join(" ", DONE.stream().filter((done) -> !done.equals("findSuperior")).toList()))
			.isEqualTo(did);
	}

	@Test
	void aRectificationTakenOverIsSentElsewhere() {
		RULES.answers.put("escalation-tier", Map.of("escalationMode", "TAKE_OVER"));
		rectification();
		sign("lead");
		fire("StartEvent_HandlingOverdue");
		assertThat(tasks()).containsExactly("Task_Redirect");
		assertThat(DONE).endsWith("takeOver", "recallUnits");
	}

	private void rectification() {
		this.root = engine.getRuntimeService()
			.createProcessInstanceByKey("rectification")
			.processDefinitionWithoutTenantId()
			.businessKey("X-1")
			.setVariables(Map.of("leadUnit", "lead", "reporter", "zhao"))
			.execute();
	}

	// --- a list of cases to be deleted ---

	@ParameterizedTest(name = "{0} → {1}")
	@CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
			approved | end                      | did
			true     | EndEvent_CasesDestroyed  | drawUpList approveList archiveCases destroyCases
			false    | EndEvent_ListRefused     | drawUpList dropList
			""")
	void aListIsApprovedOrDropped(boolean approved, String end, String did) {
		RULES.answers.put("retention-approval",
				Map.of("listApproval", "APPROVAL", "approverRole", "auditor", "approverTier", ""));
		retention();
		complete("Stage_VerifyList", Map.of("listApproved", approved));
		if (approved) {
			fire("Task_ArchiveCases");
			fire("Stage_CloseDestruction");
		}
		assertThat(end()).isEqualTo(end);
		assertThat(String.join(" ", DONE)).isEqualTo(did);
	}

	@Test
	void aListThatWaitsTooLongIsToldOfAndWaitsOn() {
		RULES.answers.put("retention-approval",
				Map.of("listApproval", "APPROVAL", "approverRole", "auditor", "approverTier", ""));
		retention();
		fire("BoundaryEvent_ApprovalOverdue");
		assertThat(tasks()).containsExactly("Stage_VerifyList");
		complete("Stage_VerifyList", Map.of("listApproved", false));
		assertThat(end()).isEqualTo("EndEvent_ListRefused");
	}

	@Test
	void aListWithNothingOnItIsNone() {
		RULES.answers.put("retention-approval", Map.of("listApproval", "REFUSED"));
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(this::retention)
			.havingRootCause()
			.isInstanceOf(Refused.class)
			.withMessage("listReason");
	}

	private void retention() {
		this.root = engine.getRuntimeService()
			.createProcessInstanceByKey("retention")
			.processDefinitionWithoutTenantId()
			.businessKey("X-1")
			.setVariable("reporter", "zhao")
			.execute();
	}

	private void change(Map<String, Object> facts) {
		Map<String, Object> all = new HashMap<>(facts);
		all.put("reporter", "zhao");
		this.root = engine.getRuntimeService()
			.createProcessInstanceByKey("policy-change")
			.processDefinitionWithoutTenantId()
			.businessKey("X-1")
			.setVariables(all)
			.execute();
	}

	private void begin(String turn) {
		this.root = engine.getRuntimeService()
			.createProcessInstanceByKey(turn)
			.processDefinitionWithoutTenantId()
			.businessKey("X-1")
			.setVariables(Map.of("requester", "li", "reporter", "wang", "handDownTier", "GRID"))
			.execute();
	}

	@Test
	void everyTurnIsWalkedAbove() {
		assertThat(ModelConventionsTests.diagrams()
			.filter((file) -> ModelConventionsTests.isTurn(file))
			.map((file) -> file.getName().replace(".bpmn", ""))).containsExactlyInAnyOrder("extension", "suspension",
					"breach-appeal", "withdrawal", "voiding", "severity-change", "hand-down", "reopening", "follow-up",
					"difficult-case", "policy-withdrawal");
	}

	private static Map<String, Object> values(String answer) {
		String[] words = answer.strip().split("=");
		return Map.of(words[0], words[1].matches("true|false") ? Boolean.valueOf(words[1]) : words[1]);
	}

	// --- what the tests say ---

	private static final Map<String, Object> FACTS = Map.of("selfHandling", "NO", "wantsSelfHandling", false,
			"directReport", false, "selfHandled", false, "checkNeeded", true, "verifierRole", "verifier", "reporter",
			"wang", "leadUnit", "lead");

	private List<String> assigned = List.of("lead");

	private void signed() {
		dispatched("");
		complete("Task_SignFor", Map.of("signing", "SIGN"));
	}

	private void start(String place, Map<String, Object> facts) {
		Map<String, Object> all = new HashMap<>(FACTS);
		all.put("assigned", this.assigned);
		all.putAll(facts);
		var start = engine.getRuntimeService().createProcessInstanceByKey("case-handling").businessKey("X-1");
		this.root = (place.isEmpty() ? start.processDefinitionWithoutTenantId()
				: start.processDefinitionTenantId(place))
			.setVariables(all)
			.execute();
	}

	private void dispatched(String place) {
		start(place, Map.of());
		complete("Stage_File", Map.of("filing", "FILE"));
		complete("Stage_Dispatch", Map.of());
	}

	private void sign(String unit) {
		complete(unit, "Task_SignFor", Map.of("signing", "SIGN", "signer", "li"));
	}

	private void handle(String outcome) {
		sign("lead");
		complete("lead", "Task_Handle", Map.of("handlingOutcome", outcome));
	}

	private void complete(String task, Map<String, Object> variables) {
		Map<String, Object> all = new HashMap<>(variables);
		if (task.equals("Task_SignFor")) {
			all.put("signer", "li");
		}
		engine.getTaskService().complete(open().taskDefinitionKey(task).singleResult().getId(), all);
	}

	private void complete(String unit, String task, Map<String, Object> variables) {
		Task open = open().taskDefinitionKey(task).processVariableValueEquals("unit", unit).singleResult();
		assertThat(open).as("%s of unit %s among %s", task, unit, tasks()).isNotNull();
		engine.getTaskService().complete(open.getId(), variables);
	}

	private void fire(String timer) {
		var job = engine.getManagementService().createJobQuery().activityId(timer).list().stream().filter(this::ofRoot);
		engine.getManagementService().executeJob(job.findFirst().orElseThrow().getId());
	}

	private boolean ofRoot(org.camunda.bpm.engine.runtime.Job job) {
		return job.getProcessInstanceId().equals(this.root.getId())
				|| this.root.getId().equals(rootOf(job.getProcessInstanceId()));
	}

	private static String rootOf(String instance) {
		return engine.getHistoryService()
			.createHistoricProcessInstanceQuery()
			.processInstanceId(instance)
			.singleResult()
			.getRootProcessInstanceId();
	}

	private org.camunda.bpm.engine.task.TaskQuery open() {
		List<String> instances = engine.getHistoryService()
			.createHistoricProcessInstanceQuery()
			.unfinished()
			.list()
			.stream()
			.filter((instance) -> instance.getRootProcessInstanceId().equals(this.root.getId()))
			.map((instance) -> instance.getId())
			.toList();
		assertThat(instances).as("open process instances of the case").isNotEmpty();
		return engine.getTaskService().createTaskQuery().processInstanceIdIn(instances.toArray(String[]::new));
	}

	private List<String> tasks() {
		return (end() != null) ? List.of() : open().list().stream().map(Task::getTaskDefinitionKey).sorted().toList();
	}

	private String end() {
		return engine.getHistoryService()
			.createHistoricProcessInstanceQuery()
			.processInstanceId(this.root.getId())
			.singleResult()
			.getEndActivityId();
	}

	/** Answers of tables, by key. */
	public static class Rules {

		final Map<String, Map<String, Object>> answers = new HashMap<>();

		final List<String> asked = new ArrayList<>();

		String breached;

		public void apply(String key, DelegateExecution execution) {
			this.asked.add(key);
			if (key.equals("escalation-tier")) {
				this.breached = execution.getVariable("trigger") + " " + execution.getVariable("breachedStage");
			}
			this.answers.getOrDefault(key, Map.of()).forEach(execution::setVariable);
		}

		public void refuse(String reason, DelegateExecution execution) {
			throw new Refused(reason);
		}

	}

	/** Everything is due in an hour and still open. */
	public static class Deadlines {

		public Date due(String stage, DelegateExecution execution) {
			return new Date(System.currentTimeMillis() + 3_600_000);
		}

		public Date supervise(DelegateExecution execution) {
			return due("", execution);
		}

		public Date goOn(String stage, DelegateExecution execution) {
			return due(stage, execution);
		}

		public Date until(String name, DelegateExecution execution) {
			return due(name, execution);
		}

		public Date at(String name, DelegateExecution execution) {
			return due(name, execution);
		}

		public int daysUntil(String name, DelegateExecution execution) {
			return 5;
		}

		public boolean breached(DelegateExecution execution) {
			return false;
		}

		public boolean stillOpen(DelegateExecution execution) {
			return true;
		}

		public int daysSinceClosed(DelegateExecution execution) {
			return 1;
		}

		public int daysSinceBreach(DelegateExecution execution) {
			return 1;
		}

		public int appeals(DelegateExecution execution) {
			return 0;
		}

		public void countAppeal(DelegateExecution execution) {
			DONE.add("counted");
		}

	}

	/** Roles as they are. */
	public static class Duty {

		public String pool(String role, DelegateExecution execution) {
			return role;
		}

		public String near(String role, DelegateExecution execution) {
			return role;
		}

		public String approver(String role, String tier, DelegateExecution execution) {
			return role;
		}

		public int level(String tier, DelegateExecution execution) {
			return 1;
		}

		public int levelOf(String login, DelegateExecution execution) {
			return 2;
		}

		public String ofUnit(String role, DelegateExecution execution) {
			return execution.getVariable("unit") + "-" + role;
		}

	}

	/** What a turn counts and calls for. */
	public static class Turns {

		public void count(String fact, DelegateExecution execution) {
			DONE.add("counted");
		}

		public void escalate(String trigger, String count, DelegateExecution execution) {
			DONE.add("escalate " + trigger);
		}

		public String stage(DelegateExecution execution) {
			return "handle";
		}

	}

	/** The units of the test. */
	public static class Units {

		public Object assigned(DelegateExecution execution) {
			return execution.getVariable("assigned");
		}

		public boolean goesBack(DelegateExecution execution) {
			return false;
		}

	}

	/** The rule said no. */
	static class Refused extends RuntimeException {

		Refused(String reason) {
			super(reason);
		}

	}

	/** Shared diagrams only below the root. */
	public static class Models {

		public String tenantOf(String key, DelegateExecution execution) {
			return null;
		}

		public int versionOf(String key, DelegateExecution execution) {
			return 1;
		}

	}

}
