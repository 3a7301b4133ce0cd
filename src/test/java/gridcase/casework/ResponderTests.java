package gridcase.casework;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import gridcase.audit.CaseEvent;
import gridcase.audit.CaseTrail;
import gridcase.casework.process.TimeTravel;
import gridcase.clock.PlatformClock;
import gridcase.clock.WorkingCalendars;
import gridcase.evaluation.Period;
import gridcase.evaluation.Reports;
import gridcase.shared.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** 签收必须办理、首办必须负责、转办必须阐明理由. */
@DemoTest
class ResponderTests {

	private static final String REPORTER = "sd.c01.g1";

	private static final Map<String, Object> REFUSE = Map.of("signing", "REFUSE", "reasonCode", "NOT_MY_DUTY",
			"reasonText", "道路属交通支队管养，不属本组职责");

	@Autowired
	private CaseDriver drive;

	@Autowired
	private Cases cases;

	@Autowired
	private CaseTrail trail;

	@Autowired
	private OpenTasks tasks;

	@Autowired
	private TimeTravel travel;

	@Autowired
	private PlatformClock clock;

	@Autowired
	private WorkingCalendars calendars;

	@Autowired
	private Reports reports;

	@Autowired
	private JdbcTemplate jdbc;

	@ParameterizedTest(name = "{0} with {1} {2}: {3}")
	@CsvSource({ "HAND_ON, , , 转办必须阐明理由", "HAND_ON, NEEDS_OTHER_UNIT, , 转办必须阐明理由：请写明事实和依据",
			"RETURNED, , 不归我们管, 转办必须阐明理由" })
	void noHandOverWithoutAReasonInTheRulesWords(String outcome, String code, String text, String words) {
		String caseNo = signed();
		java.util.Map<String, Object> values = new java.util.HashMap<>(Map.of("handlingOutcome", outcome));
		if (outcome.equals("HAND_ON")) {
			values.put("handOnUnit", otherUnit(caseNo));
		}
		if (code != null) {
			values.put("reasonCode", code);
		}
		if (text != null) {
			values.put("reasonText", text);
		}

		assertThatExceptionOfType(Refusal.class).isThrownBy(() -> this.drive.complete(caseNo, "Task_Handle", values))
			.withMessage(words)
			.satisfies((refusal) -> assertThat(refusal.kind()).isEqualTo(Refusal.Kind.RULE));
		assertThat(this.drive.task(caseNo, "Task_Handle").assignee()).isEqualTo(this.cases.get(caseNo).holder());
	}

	@Test
	void theOwnerStaysAnswerableUntilTheOtherSideHasSigned() {
		String caseNo = dispatched();
		assertThat(this.cases.get(caseNo).owner()).isEqualTo(REPORTER);
		String first = this.drive.complete(caseNo, "Task_SignFor", Map.of("signing", "SIGN"));
		assertThat(this.cases.get(caseNo).owner()).isEqualTo(first);

		this.drive.complete(caseNo, "Task_Handle", Map.of("handlingOutcome", "HAND_ON", "handOnUnit", otherUnit(caseNo),
				"reasonCode", "NEEDS_OTHER_UNIT", "reasonText", "须由产权单位关闭阀门"));

		assertThat(this.cases.get(caseNo).owner()).isEqualTo(first);
		assertThat(this.cases.get(caseNo).holder()).isNull();
		Custody waiting = last(caseNo, "HOLDER");
		assertThat(waiting.reasonCode()).isEqualTo("NEEDS_OTHER_UNIT");
		assertThat(waiting.reasonText()).isEqualTo("须由产权单位关闭阀门");
		assertThat(waiting.orderedBy()).isEqualTo(first);
		String second = this.drive.complete(caseNo, "Task_SignFor", Map.of("signing", "SIGN"));
		assertThat(this.cases.get(caseNo).owner()).isEqualTo(second).isNotEqualTo(first);
	}

	@Test
	void aCaseRefusedTwiceLandsWithACoordinatorAndTheSuperiorWatches() {
		String caseNo = dispatched();
		String firstUnit = this.drive.task(caseNo, "Task_SignFor").unit();
		this.drive.complete(caseNo, "Task_SignFor", REFUSE);
		assertThat(this.cases.get(caseNo).stageKey()).isEqualTo("dispatch");
		this.drive.complete(caseNo, "Stage_Dispatch", Map.of());
		String secondUnit = this.drive.task(caseNo, "Task_SignFor").unit();
		assertThat(secondUnit).as("a unit that refused for an accepted reason is not offered the case again")
			.isNotEqualTo(firstUnit);

		this.drive.complete(caseNo, "Task_SignFor", REFUSE);

		OpenTask task = this.drive.task(caseNo, "Task_Coordinate");
		assertThat(task.role()).isEqualTo("duty-leader");
		assertThat(kinds(caseNo)).containsSubsequence("RETURNED", "DISPUTED", "SUPERVISED");
		assertThat(this.cases.get(caseNo).owner()).isEqualTo(REPORTER);

		String coordinator = this.drive.complete(caseNo, "Task_Coordinate",
				Map.of("handOnUnit", firstUnit, "forced", true, "reasonText", "按职责清单第三条由该组承办，不得再退"));
		assertThat(this.drive.task(caseNo, "Task_SignFor").unit()).isEqualTo(firstUnit);
		assertThat(last(caseNo, "HOLDER").orderedBy()).isEqualTo(coordinator);
		assertThatExceptionOfType(Refusal.class).isThrownBy(() -> this.drive.complete(caseNo, "Task_SignFor", REFUSE))
			.withMessage("协调人已强制指派本单位，签收必须办理");
		this.drive.complete(caseNo, "Task_SignFor", Map.of("signing", "SIGN"));

		assertThat(this.jdbc.queryForList(
				"select movement || ' ' || answer || ' ' || from_unit from hand_over where case_no = ? order by seq",
				String.class, caseNo))
			.containsExactly("REFUSE ALLOWED " + firstUnit, "REFUSE COORDINATOR " + secondUnit,
					"ASSIGN FORCED " + secondUnit);
		assertThat(this.reports.units("shangdi", new Period(null, null)).rows()).as("refusals are counted per unit")
			.filteredOn((row) -> row.unit().equals(firstUnit) || row.unit().equals(secondUnit))
			.hasSize(2)
			.allSatisfy((row) -> assertThat(row.refused()).isEqualTo(this.jdbc.queryForObject(
					"select count(*) from hand_over where from_unit = ? and movement = 'REFUSE'", Integer.class,
					row.unit())));
	}

	@Test
	void backAndForthBetweenTwoUnitsIsNoticedAndGoesUp() {
		String caseNo = signed();
		String first = this.drive.task(caseNo, "Task_Handle").unit();
		String second = otherUnit(caseNo);
		this.drive.complete(caseNo, "Task_Handle", Map.of("handlingOutcome", "HAND_ON", "handOnUnit", second,
				"reasonCode", "NEEDS_OTHER_UNIT", "reasonText", "须由产权单位关闭阀门"));
		this.drive.complete(caseNo, "Task_SignFor", Map.of("signing", "SIGN"));

		this.drive.complete(caseNo, "Task_Handle", Map.of("handlingOutcome", "HAND_ON", "handOnUnit", first,
				"reasonCode", "NEEDS_OTHER_UNIT", "reasonText", "阀门已关，余下归原单位"));

		assertThat(this.drive.task(caseNo, "Task_Coordinate").pool()).isNotNull();
		assertThat(kinds(caseNo)).containsSubsequence("HANDED_ON", "DISPUTED", "SUPERVISED");
	}

	@Test
	void returnReworkAndANewDispatchGiveNoNewTime() {
		String caseNo = signed();
		Deadline first = last(caseNo);
		this.travel.moveTo(this.clock.now().plus(Duration.ofHours(2)));
		Duration left = first.left(this.clock.now(), this.calendars.forPlace("shangdi"));
		this.drive.complete(caseNo, "Task_Handle",
				Map.of("handlingOutcome", "RETURNED", "reasonCode", "NOT_MY_DUTY", "reasonText", "现场核对，属另一组职责"));
		this.drive.complete(caseNo, "Stage_Dispatch", Map.of());

		Deadline second = last(caseNo);
		assertThat(second.no()).isNotEqualTo(first.no());
		assertThat(Duration.ofSeconds(second.leftSeconds())).isBetween(left.minusSeconds(2), left.plusSeconds(2));
		assertThat(second.leftSeconds()).isLessThan(second.budgetSeconds());
	}

	@Test
	void custodyAddsUpToTheLifeOfTheCaseToTheSecond() {
		String caseNo = dispatched();
		this.travel.moveTo(this.clock.now().plus(Duration.ofMinutes(7)));
		this.drive.complete(caseNo, "Task_SignFor", REFUSE);
		this.travel.moveTo(this.clock.now().plus(Duration.ofMinutes(23)));
		this.drive.complete(caseNo, "Stage_Dispatch", Map.of());
		this.drive.complete(caseNo, "Task_SignFor", Map.of("signing", "SIGN"));
		this.travel.moveTo(this.clock.now().plus(Duration.ofMinutes(61)));
		this.drive.complete(caseNo, "Task_Handle", Map.of("handlingOutcome", "DONE", "resultText", "现场已经清理完毕"));
		this.drive.helpersDo(caseNo);
		this.drive.complete(caseNo, "Stage_Verify", Map.of("verified", true, "verifyText", "现场核查属实"));
		this.drive.complete(caseNo, "Stage_Close", Map.of("closingText", "达到结案条件"));

		CaseFile file = this.cases.get(caseNo);
		long life = this.calendars.forPlace("shangdi")
			.workingTimeBetween(file.reportedAt(), file.closedAt())
			.toSeconds();
		for (String kind : List.of("OWNER", "HOLDER")) {
			List<Custody> chain = this.cases.custody(caseNo)
				.stream()
				.filter((link) -> link.kind().equals(kind) && link.leg().isEmpty())
				.toList();
			assertThat(chain.stream().mapToLong(Custody::workingSeconds).sum()).as(kind).isEqualTo(life);
			assertThat(chain.get(0).from()).isEqualTo(file.reportedAt());
			assertThat(chain.get(chain.size() - 1).to()).isEqualTo(file.closedAt());
			for (int i = 1; i < chain.size(); i++) {
				assertThat(chain.get(i).from()).as("%s without gap or overlap", kind).isEqualTo(chain.get(i - 1).to());
			}
		}
	}

	@Test
	void notSignedInTimeIsTheReceiversBreachAndAnswerabilityHasNotMoved() {
		String caseNo = dispatched();
		Deadline sign = this.cases.deadlines(caseNo)
			.stream()
			.filter((deadline) -> deadline.stage().equals("sign"))
			.findFirst()
			.orElseThrow();

		this.travel.moveTo(sign.dueAt());

		assertThat(kinds(caseNo)).contains("BREACHED", "SUPERVISED");
		assertThat(this.cases.get(caseNo).owner()).isEqualTo(REPORTER);
		assertThat(last(caseNo, "HOLDER").unit()).isEqualTo(this.drive.task(caseNo, "Task_SignFor").unit());
	}

	@Test
	void aUnitDoesNotHandOnToItself() {
		String caseNo = signed();
		OpenTask task = this.drive.task(caseNo, "Task_Handle");
		Map<String, Object> values = Map.of("handlingOutcome", "HAND_ON", "handOnUnit", task.unit(), "reasonCode",
				"NEEDS_OTHER_UNIT", "reasonText", "须由其他单位办理");
		assertThatExceptionOfType(Refusal.class).isThrownBy(() -> this.drive.complete(caseNo, "Task_Handle", values));
		assertThat(this.drive.task(caseNo, "Task_Handle").taskId()).isEqualTo(task.taskId());
	}

	private String otherUnit(String caseNo) {
		String own = this.drive.task(caseNo, "Task_Handle").unit();
		return this.jdbc.queryForObject("select min(d.unit) from duty d join unit u on u.code = d.unit "
				+ "where d.place = 'shangdi' and d.role = 'handler' and d.unit <> ? and d.valid_to is null and u.active",
				String.class, own);
	}

	private Custody last(String caseNo, String kind) {
		List<Custody> links = this.cases.custody(caseNo)
			.stream()
			.filter((link) -> link.kind().equals(kind) && link.leg().isEmpty())
			.toList();
		return links.get(links.size() - 1);
	}

	private Deadline last(String caseNo) {
		List<Deadline> handling = this.cases.deadlines(caseNo)
			.stream()
			.filter((deadline) -> deadline.stage().equals("handle"))
			.toList();
		return handling.get(handling.size() - 1);
	}

	private String signed() {
		String caseNo = dispatched();
		this.drive.complete(caseNo, "Task_SignFor", Map.of("signing", "SIGN"));
		return caseNo;
	}

	private String dispatched() {
		String caseNo = this.drive.report("shangdi", REPORTER, "GRID_WORKER",
				Map.of("gridCode", "11010802200101", "category", "S0501", "severity", "MINOR"));
		this.drive.complete(caseNo, "Stage_File", Map.of("filing", "FILE"));
		this.drive.complete(caseNo, "Stage_Dispatch", Map.of());
		return caseNo;
	}

	private List<String> kinds(String caseNo) {
		return this.trail.of(caseNo).stream().map(CaseEvent::kind).toList();
	}

}
