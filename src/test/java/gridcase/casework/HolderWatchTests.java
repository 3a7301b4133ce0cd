package gridcase.casework;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import gridcase.audit.CaseEvent;
import gridcase.audit.CaseTrail;
import gridcase.casework.process.TimeTravel;
import gridcase.platform.RestoreAfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/** People leave, duties end, units close: a case is never without a holder or watcher. */
@DemoTest
@Import(RosterDriver.class)
@RestoreAfterEach
class HolderWatchTests {

	private static final String CG = "code,name,functions,tier,grid,active\nSD-CG,城市管理工作组,city-management environment landscaping water-power land,STREET,110108022,false\n";

	@Autowired
	private CaseDriver drive;

	@Autowired
	private RosterDriver roster;

	@Autowired
	private Cases cases;

	@Autowired
	private CaseTrail trail;

	@Autowired
	private HolderWatch watch;

	@Autowired
	private Inbox inbox;

	@Autowired
	private OpenTasks tasks;

	@Autowired
	private OperatorAlerts alerts;

	@Autowired
	private TimeTravel travel;

	@Autowired
	private JdbcTemplate jdbc;

	@Test
	void givesTheTaskOfASignerWhoLeftBackToTheUnit() {
		String caseNo = signed("sd.cg.handler");
		assertThat(this.cases.get(caseNo).owner()).isEqualTo("sd.cg.handler");

		this.roster.leaves("sd.cg.handler", "苏子慧", "SD-CG");

		OpenTask handle = this.drive.task(caseNo, "Task_Handle");
		assertThat(handle.assignee()).isNull();
		assertThat(handle.pool()).isEqualTo("handler@SD-CG");
		assertThat(this.cases.get(caseNo).owner()).isEqualTo("sd.cg.head");
		assertThat(rows("sd.cg.handler2", "POOL", caseNo)).singleElement()
			.satisfies((row) -> assertThat(row.owner()).isEqualTo("sd.cg.head"));
		assertThat(links(caseNo, CaseRecord.OWNER)).last()
			.satisfies((link) -> assertThat(link.reasonCode()).isEqualTo("HOLDER_LEFT"));
		assertThat(kinds(caseNo)).containsSubsequence("SIGNED", "TASK_MOVED", "OPERATOR_ALERTED");
		assertThat(this.alerts.open("shangdi")).filteredOn((alert) -> alert.caseNo().equals(caseNo))
			.extracting(OperatorAlerts.Alert::kind)
			.contains("HOLDER_LEFT");
		assertNoGap(caseNo);

		String next = this.drive.complete(caseNo, "Task_Handle",
				Map.of("handlingOutcome", "DONE", "resultText", "已约谈店主，加装油烟净化装置，气味已消除"));
		assertThat(links(caseNo, CaseRecord.HOLDER)).filteredOn((link) -> next.equals(link.person()))
			.allSatisfy((link) -> assertThat(link.worked()).isTrue());
		assertThat(this.trail.firstFault(caseNo)).isEmpty();
	}

	@Test
	void doesNothingTheSecondTime() {
		String caseNo = signed("sd.cg.handler");
		this.roster.leaves("sd.cg.handler", "苏子慧", "SD-CG");
		int events = this.trail.of(caseNo).size();

		assertThat(this.watch.sweep()).isZero();

		assertThat(this.trail.of(caseNo)).hasSize(events);
	}

	@Test
	void findsWhatACrashLeftUndone() {
		String caseNo = signed("sd.cg.handler");
		String other = signed("sd.cg.handler");
		// the load is committed, the server dies before the event is heard
		this.jdbc.update("update staff set active = false where login = 'sd.cg.handler' and valid_to is null");
		this.jdbc.update("""
				insert into registry_load (kind, place, valid_from, loaded_by, loaded_at, added, changed, closed)
				values ('staff', 'shangdi', date '2026-03-16', 'admin', now(), 0, 1, 0)""");
		this.roster.load("tiers", "tier,level,name,loop\nCOMMUNITY,1,社区网格,MICRO\n");
		assertThat(this.drive.task(caseNo, "Task_Handle").assignee()).isEqualTo("sd.cg.handler");

		assertThat(this.watch.sweep()).isEqualTo(2);

		assertThat(this.drive.task(caseNo, "Task_Handle").pool()).isEqualTo("handler@SD-CG");
		assertThat(this.drive.task(other, "Task_Handle").pool()).isEqualTo("handler@SD-CG");
	}

	@Test
	void takesAClaimedTaskFromSomebodyWhoseDutyEnds() {
		String caseNo = this.drive.report("shangdi", "sd.c01.g1", "GRID_WORKER",
				Map.of("gridCode", "11010802200101", "category", "S0501"));
		OpenTask file = this.drive.task(caseNo, "Stage_File");
		String login = this.drive.anyOf(file.pool());
		this.drive.claim(login, file);
		String scope = file.pool().substring(file.pool().indexOf('@') + 1);

		this.roster.load("duties",
				"staff,role,grid,unit,since,until\n%s,%s,%s,,,2026-03-16\n".formatted(login, file.role(), scope));

		OpenTask moved = this.drive.task(caseNo, "Stage_File");
		assertThat(moved.assignee()).isNull();
		assertThat(links(caseNo, CaseRecord.HOLDER)).last()
			.satisfies((link) -> assertThat(link.reasonCode()).isEqualTo("DUTY_ENDED"));
		assertThat(rows(this.drive.anyOf(moved.pool()), "POOL", caseNo)).hasSize(1);
		assertNoGap(caseNo);
	}

	@Test
	void climbsPastAClosedUnitToTheSuperior() {
		String caseNo = signed("sd.cg.handler");
		String waiting = dispatched();

		this.roster.load("units", CG);

		for (String moved : List.of(caseNo, waiting)) {
			OpenTask task = this.tasks.ofCase(moved).get(0);
			assertThat(task.assignee()).isNull();
			assertThat(task.pool()).startsWith("duty-leader@");
			assertThat(rows(this.drive.anyOf(task.pool()), "POOL", moved)).hasSize(1);
			assertNoGap(moved);
		}
		assertThat(this.cases.get(caseNo).owner()).isEqualTo(this.drive.anyOf(this.tasks.ofCase(caseNo).get(0).pool()));
		assertThat(links(caseNo, CaseRecord.OWNER)).last()
			.satisfies((link) -> assertThat(link.reasonCode()).isEqualTo("UNIT_CLOSED"));
		assertThat(this.watch.sweep()).isZero();
	}

	@Test
	void offersNoCaseToAClosedUnit() {
		this.roster.load("units", CG);
		String caseNo = this.drive.report("shangdi", "sd.hotline", "HOTLINE",
				Map.of("gridCode", "11010802200101", "reporterName", "王女士", "reporterPhone", "13800000001"));
		this.drive.complete(caseNo, "Stage_File", Map.of("filing", "FILE"));
		this.drive.complete(caseNo, "Stage_Dispatch", Map.of());

		assertThat(this.cases.get(caseNo).<Object>fact("leadUnit")).isNotEqualTo("SD-CG");
		assertThat(this.drive.anyOf(this.drive.task(caseNo, "Task_SignFor").pool())).isNotNull();
	}

	@Test
	void climbsFromARosterThatHasRunOut() {
		String caseNo = this.drive.report("shangdi", "sd.c01.g1", "GRID_WORKER",
				Map.of("gridCode", "11010802200101", "category", "S0501"));
		OpenTask file = this.drive.task(caseNo, "Stage_File");
		String scope = file.pool().substring(file.pool().indexOf('@') + 1);
		this.roster.load("shifts", "role,grid,unit,staff,starts,ends\n%s,%s,,%s,%s,%s\n".formatted(file.role(), scope,
				this.drive.anyOf(file.pool()), this.roster.cell(-1), this.roster.cell(1)));
		assertThat(this.drive.task(caseNo, "Stage_File").pool()).isEqualTo(file.pool());

		this.travel.moveTo(this.roster.in(2));

		OpenTask moved = this.drive.task(caseNo, "Stage_File");
		assertThat(moved.pool()).startsWith(file.role() + "@").isNotEqualTo(file.pool());
		assertThat(kinds(caseNo)).containsSubsequence("TASK_MOVED", "OPERATOR_ALERTED");
		assertNoGap(caseNo);
	}

	@Test
	void climbsTwoVacantTiersInOneGoWithAnAlertForEach() {
		this.roster.load("duties", """
				staff,role,grid,unit,since,until
				sd.c01.dispatcher,dispatcher,110108022001,,,2026-03-16
				sd.dispatcher,dispatcher,110108022,,,2026-03-16
				sd.dispatcher2,dispatcher,110108022,,,2026-03-16
				""");

		String caseNo = this.drive.report("shangdi", "sd.c01.g1", "GRID_WORKER",
				Map.of("gridCode", "11010802200101", "category", "S0501"));

		assertThat(this.tasks.ofCase(caseNo)).extracting(OpenTask::pool).containsExactly("dispatcher@110108");
		assertThat(this.alerts.open("shangdi")).filteredOn((alert) -> alert.caseNo().equals(caseNo))
			.extracting(OperatorAlerts.Alert::message)
			.satisfiesExactlyInAnyOrder((message) -> assertThat(message).startsWith("社区网格"),
					(message) -> assertThat(message).startsWith("街道分中心"));
	}

	@Test
	void escalatesPastTwoVacantTiersInOneGo() {
		String caseNo = this.drive.report("shangdi", "sd.c01.g1", "GRID_WORKER",
				Map.of("gridCode", "11010802200101", "category", "S0501"));
		Deadline filing = this.cases.deadlines(caseNo).get(0);
		this.roster.absent("sd.leader", 24 * 30, "sd.q.leader");
		this.roster.leaves("sd.q.leader", "某某", "");

		this.travel.moveTo(filing.dueAt());

		assertThat(kinds(caseNo)).contains("BREACHED");
		assertThat(this.alerts.open("shangdi")).filteredOn((alert) -> alert.caseNo().equals(caseNo))
			.extracting(OperatorAlerts.Alert::kind)
			.contains("VACANCY", "TOP_REACHED");
		assertThat(links(caseNo, CaseRecord.HOLDER)).last().satisfies((link) -> assertThat(link.to()).isNull());
	}

	@Test
	void passesAWatchOn() {
		String caseNo = signed("sd.cg.handler");
		Deadline limit = this.cases.deadlines(caseNo)
			.stream()
			.filter((deadline) -> deadline.stage().equals("handle"))
			.findFirst()
			.orElseThrow();
		this.travel.moveTo(limit.dueAt());
		Custody watcher = links(caseNo, CaseRecord.WATCHER).get(0);

		this.roster.leaves(watcher.person(), "某某", "");

		assertThat(links(caseNo, CaseRecord.WATCHER)).filteredOn((link) -> link.to() == null)
			.extracting(Custody::person)
			.isNotEmpty()
			.doesNotContain(watcher.person());
		assertThat(kinds(caseNo)).contains("WATCH_PASSED");
	}

	private void assertNoGap(String caseNo) {
		for (String kind : List.of(CaseRecord.OWNER, CaseRecord.HOLDER)) {
			Instant end = null;
			List<Custody> chain = links(caseNo, kind);
			for (Custody link : chain) {
				assertThat(end == null || end.equals(link.from())).as("%s without a gap: %s", kind, chain).isTrue();
				end = link.to();
			}
			assertThat(end).as("somebody is %s at the end of %s", kind, chain).isNull();
		}
	}

	private List<Custody> links(String caseNo, String kind) {
		return this.cases.custody(caseNo)
			.stream()
			.filter((link) -> link.kind().equals(kind) && link.leg().isEmpty())
			.toList();
	}

	private List<InboxRow> rows(String login, String view, String caseNo) {
		return this.inbox.page(new InboxQuery(login, view, caseNo, null, null, null, 10)).rows();
	}

	private List<String> kinds(String caseNo) {
		return this.trail.of(caseNo).stream().map(CaseEvent::kind).toList();
	}

	private String dispatched() {
		String caseNo = this.drive.report("shangdi", "sd.hotline", "HOTLINE",
				Map.of("gridCode", "11010802200101", "reporterName", "王女士", "reporterPhone", "13800000001"));
		this.drive.complete(caseNo, "Stage_File", Map.of("filing", "FILE"));
		this.drive.complete(caseNo, "Stage_Dispatch", Map.of("leadUnit", "SD-CG"));
		return caseNo;
	}

	private String signed(String login) {
		String caseNo = dispatched();
		this.drive.complete(login, this.drive.task(caseNo, "Task_SignFor"), Map.of("signing", "SIGN"));
		return caseNo;
	}

}
