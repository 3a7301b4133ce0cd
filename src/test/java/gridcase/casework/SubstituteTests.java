package gridcase.casework;

import java.util.List;
import java.util.Map;

import gridcase.audit.CaseTrail;
import gridcase.casework.process.TimeTravel;
import gridcase.registry.Duties;
import gridcase.shared.Acting;
import gridcase.shared.Refusal;
import gridcase.platform.RestoreAfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Somebody stands in for an absent person; a night shift follows the day's. */
@DemoTest
@Import(RosterDriver.class)
@RestoreAfterEach
class SubstituteTests {

	private static final Map<String, Object> HANDLED = Map.of("handlingOutcome", "DONE", "resultText",
			"已约谈店主，加装油烟净化装置，气味已消除");

	@Autowired
	private CaseDriver drive;

	@Autowired
	private RosterDriver roster;

	@Autowired
	private Cases cases;

	@Autowired
	private CaseTrail trail;

	@Autowired
	private CaseActions actions;

	@Autowired
	private Inbox inbox;

	@Autowired
	private OpenTasks tasks;

	@Autowired
	private Duties duties;

	@Autowired
	private TimeTravel travel;

	@Test
	void signsForAnAbsentPersonAndTheRecordSaysSo() {
		String caseNo = dispatched();
		this.roster.absent("sd.cg.handler", 48, "sd.auditor");
		OpenTask sign = this.drive.task(caseNo, "Task_SignFor");

		InboxRow row = row("sd.auditor", "POOL", caseNo);
		assertThat(row.actingFor()).isEqualTo("sd.cg.handler");
		assertThat(row("sd.cg.handler2", "POOL", caseNo).actingFor()).isNull();
		this.drive.complete("sd.auditor", sign, Map.of("signing", "SIGN"));

		assertThat(open(caseNo, CaseRecord.HOLDER)).satisfies((link) -> {
			assertThat(link.person()).isEqualTo("sd.auditor");
			assertThat(link.actingFor()).isEqualTo("sd.cg.handler");
			assertThat(link.worked()).isTrue();
		});
		assertThat(open(caseNo, CaseRecord.OWNER)).satisfies((link) -> {
			assertThat(link.person()).isEqualTo("sd.auditor");
			assertThat(link.actingFor()).isEqualTo("sd.cg.handler");
		});
		assertThat(this.trail.of(caseNo)).filteredOn((event) -> event.kind().equals("SIGNED"))
			.singleElement()
			.satisfies((event) -> {
				assertThat(event.actor()).isEqualTo("sd.auditor");
				assertThat(event.data()).contains("\"actedFor\":\"sd.cg.handler\"");
			});
		assertThat(row("sd.auditor", "MINE", caseNo).actingFor()).isEqualTo("sd.cg.handler");
		assertThat(this.trail.firstFault(caseNo)).isEmpty();
	}

	@Test
	void finishesWhatTheAbsentPersonHadBegun() {
		String caseNo = dispatched();
		this.drive.complete("sd.cg.handler", this.drive.task(caseNo, "Task_SignFor"), Map.of("signing", "SIGN"));
		OpenTask handle = this.drive.task(caseNo, "Task_Handle");
		assertThatExceptionOfType(Refusal.class).isThrownBy(() -> this.drive.complete("sd.verifier", handle, HANDLED))
			.matches((refusal) -> refusal.kind() == Refusal.Kind.CONFLICT);
		this.roster.absent("sd.cg.handler", 48, "sd.verifier");

		assertThat(row("sd.verifier", "MINE", caseNo).actingFor()).isEqualTo("sd.cg.handler");
		assertThat(this.cases.get(caseNo, "sd.verifier").caseNo()).isEqualTo(caseNo);
		this.drive.complete("sd.verifier", handle, HANDLED);

		assertThat(this.cases.custody(caseNo)).filteredOn((link) -> "sd.verifier".equals(link.person()))
			.anySatisfy((link) -> {
				assertThat(link.actingFor()).isEqualTo("sd.cg.handler");
				assertThat(link.worked()).isTrue();
			});
		// whoever did the work, for whomever, does not check it
		this.drive.helpersDo(caseNo);
		OpenTask verify = this.drive.task(caseNo, "Stage_Verify");
		assertThatExceptionOfType(Refusal.class).isThrownBy(() -> Acting.as("sd.verifier", () -> {
			this.actions.claim(verify.taskId());
			return null;
		})).matches((refusal) -> refusal.kind() != Refusal.Kind.CONFLICT);
	}

	@Test
	void standsInNoLongerThanTheAbsenceLasts() {
		String caseNo = dispatched();
		this.roster.absent("sd.cg.handler", 4, "sd.auditor");
		assertThat(this.duties.actingFor("sd.auditor", this.roster.in(0))).containsExactly("sd.cg.handler");

		this.travel.moveTo(this.roster.in(5));

		assertThat(rows("sd.auditor", "POOL", caseNo)).isEmpty();
		assertThat(row("sd.cg.handler", "POOL", caseNo).actingFor()).isNull();
		OpenTask sign = this.drive.task(caseNo, "Task_SignFor");
		assertThatExceptionOfType(Refusal.class)
			.isThrownBy(() -> this.drive.complete("sd.auditor", sign, Map.of("signing", "SIGN")))
			.matches((refusal) -> refusal.kind() == Refusal.Kind.FORBIDDEN);
	}

	@Test
	void handsOverFromTheDayToTheNight() {
		this.roster.load("shifts", """
				role,grid,unit,staff,starts,ends
				handler,,SD-CG,sd.cg.handler,%s,%s
				handler,,SD-CG,sd.cg.handler2,%s,%s
				""".formatted(this.roster.cell(-1), this.roster.cell(6), this.roster.cell(6), this.roster.cell(18)));
		String caseNo = dispatched();
		assertThat(rows("sd.cg.handler", "POOL", caseNo)).hasSize(1);
		assertThat(rows("sd.cg.handler2", "POOL", caseNo)).isEmpty();
		String pool = this.drive.task(caseNo, "Task_SignFor").pool();

		this.travel.moveTo(this.roster.in(7));

		assertThat(rows("sd.cg.handler", "POOL", caseNo)).isEmpty();
		assertThat(rows("sd.cg.handler2", "POOL", caseNo)).hasSize(1);
		assertThat(this.drive.task(caseNo, "Task_SignFor").pool()).isEqualTo(pool);
		assertThat(this.trail.of(caseNo)).noneMatch((event) -> event.kind().equals("TASK_MOVED"));
	}

	private String dispatched() {
		String caseNo = this.drive.report("shangdi", "sd.hotline", "HOTLINE",
				Map.of("gridCode", "11010802200101", "reporterName", "王女士", "reporterPhone", "13800000001"));
		this.drive.complete(caseNo, "Stage_File", Map.of("filing", "FILE"));
		this.drive.complete(caseNo, "Stage_Dispatch", Map.of("leadUnit", "SD-CG"));
		return caseNo;
	}

	private Custody open(String caseNo, String kind) {
		return this.cases.custody(caseNo)
			.stream()
			.filter((link) -> link.to() == null && link.kind().equals(kind) && link.leg().isEmpty())
			.findFirst()
			.orElseThrow();
	}

	private InboxRow row(String login, String view, String caseNo) {
		return rows(login, view, caseNo).stream().findFirst().orElseThrow();
	}

	private List<InboxRow> rows(String login, String view, String caseNo) {
		return this.inbox.page(new InboxQuery(login, view, caseNo, null, null, null, 10)).rows();
	}

}
