package gridcase.casework;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import gridcase.audit.CaseTrail;
import gridcase.clock.PlatformClock;
import gridcase.shared.Acting;
import gridcase.shared.Refusal;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What the tables of a case promise, on a real PostgreSQL. */
@DemoTest
class CaseRepositoryTests {

	@Autowired
	private CaseDriver drive;

	@Autowired
	private Cases cases;

	@Autowired
	private CaseActions actions;

	@Autowired
	private OpenTasks tasks;

	@Autowired
	private Inbox inbox;

	@Autowired
	private InboxCounts counts;

	@Autowired
	private CaseTrail trail;

	@Autowired
	private PlatformClock clock;

	@Autowired
	private JdbcTemplate jdbc;

	@Test
	void databaseItselfRefusesToChangeOrDeleteAnEvent() {
		String caseNo = reported();
		assertThatThrownBy(() -> this.jdbc.update("update case_event set actor = 'x' where case_no = ?", caseNo))
			.isInstanceOf(DataAccessException.class)
			.hasMessageContaining("append-only");
		assertThatThrownBy(() -> this.jdbc.update("delete from case_event where case_no = ?", caseNo))
			.isInstanceOf(DataAccessException.class)
			.hasMessageContaining("append-only");
		assertThatThrownBy(() -> this.jdbc.execute("truncate case_event")).isInstanceOf(DataAccessException.class)
			.hasMessageContaining("append-only");
	}

	@Test
	void chainNamesTheEventThatWasAlteredByTheOwnerOfTheDatabase() {
		String caseNo = reported();
		assertThat(this.trail.firstFault(caseNo)).isEmpty();
		this.jdbc.execute("alter table case_event disable trigger user");
		try {
			this.jdbc.update("update case_event set actor = 'x' where case_no = ? and seq = 2", caseNo);
			assertThat(this.trail.firstFault(caseNo).orElseThrow()).contains("event 2").contains("altered");
			this.jdbc.update("delete from case_event where case_no = ? and seq = 2", caseNo);
			assertThat(this.trail.firstFault(caseNo).orElseThrow()).contains("event 2 is missing");
		}
		finally {
			this.jdbc.execute("alter table case_event enable trigger user");
		}
	}

	@Test
	void chainOfResponsibilityHasNoGapAndNoOverlap() {
		String caseNo = reported();
		this.drive.complete(caseNo, "Stage_File", Map.of("filing", "FILE"));
		this.drive.complete(caseNo, "Stage_Dispatch", Map.of("leadUnit", "SD-CG"));
		this.drive.complete(caseNo, "Task_SignFor", Map.of("signing", "SIGN"));
		for (String kind : List.of("OWNER", "HOLDER")) {
			List<Custody> links = this.cases.custody(caseNo)
				.stream()
				.filter((link) -> link.kind().equals(kind) && link.leg().isEmpty())
				.toList();
			assertThat(links).isNotEmpty();
			assertThat(links.get(0).from()).isEqualTo(this.cases.get(caseNo).reportedAt())
				.as(kind + " begins with the case");
			for (int i = 1; i < links.size(); i++) {
				assertThat(links.get(i).from()).isEqualTo(links.get(i - 1).to());
			}
			assertThat(links.get(links.size() - 1).to()).isNull();
		}
	}

	@Test
	void firstReceiverStaysAnswerableUntilTheOtherSideSigns() {
		String caseNo = reported();
		assertThat(this.cases.get(caseNo).owner()).isEqualTo("sd.c01.g1");
		this.drive.complete(caseNo, "Stage_File", Map.of("filing", "FILE"));
		this.drive.complete(caseNo, "Stage_Dispatch", Map.of("leadUnit", "SD-CG"));
		assertThat(this.cases.get(caseNo).owner()).isEqualTo("sd.c01.g1");
		String signer = this.drive.complete(caseNo, "Task_SignFor", Map.of("signing", "SIGN"));
		assertThat(this.cases.get(caseNo).owner()).isEqualTo(signer);
	}

	@Test
	void inboxHoldsExactlyTheOpenTasksOfTheEngine() {
		String caseNo = reported();
		this.drive.complete(caseNo, "Stage_File", Map.of("filing", "FILE"));
		assertThat(this.jdbc.queryForList("select task_id from inbox_item order by 1", String.class))
			.isEqualTo(this.jdbc.queryForList("select id_ from act_ru_task order by 1", String.class));
	}

	@Test
	void pagesOfTheInboxFollowOneAnotherWithoutLossOrRepeat() {
		for (int i = 0; i < 7; i++) {
			reported();
		}
		String dispatcher = this.drive.anyOf(this.drive.task(reported(), "Stage_File").pool());
		int all = this.counts.of(dispatcher).get("POOL");
		List<String> seen = new java.util.ArrayList<>();
		String cursor = null;
		do {
			Page<InboxRow> page = this.inbox.page(new InboxQuery(dispatcher, "POOL", null, null, null, cursor, 3));
			page.rows().forEach((row) -> seen.add(row.taskId()));
			cursor = page.next();
		}
		while (cursor != null);
		assertThat(seen).hasSize(all).doesNotHaveDuplicates();
	}

	@Test
	void secondPersonIsToldWhoTookTheTask() {
		OpenTask task = this.drive.task(reported(), "Stage_File");
		String first = this.drive.anyOf(task.pool());
		Acting.as(first, () -> {
			this.actions.claim(task.taskId());
			return null;
		});
		assertThatExceptionOfType(Refusal.class).isThrownBy(() -> this.drive.complete("sd.dispatcher2", task, Map.of()))
			.satisfies((refusal) -> assertThat(refusal.kind()).isEqualTo(Refusal.Kind.CONFLICT))
			.withMessageContaining("已签收");
	}

	@Test
	void whoDidTheWorkMayNotVerifyIt() {
		String caseNo = reported();
		this.drive.complete(caseNo, "Stage_File", Map.of("filing", "FILE"));
		this.drive.complete(caseNo, "Stage_Dispatch", Map.of("leadUnit", "SD-CG"));
		String worker = this.drive.complete(caseNo, "Task_SignFor", Map.of("signing", "SIGN"));
		this.drive.complete(caseNo, "Task_Handle", Map.of("handlingOutcome", "DONE", "resultText", "已清理完毕，现场照片已留存备查"));
		this.drive.helpersDo(caseNo);
		OpenTask verify = this.drive.task(caseNo, "Stage_Verify");
		this.jdbc.update("update inbox_item set assignee = ? where task_id = ?", worker, verify.taskId());
		assertThatExceptionOfType(Refusal.class)
			.isThrownBy(() -> this.drive.complete(worker, this.tasks.get(verify.taskId()), Map.of("verified", true)))
			.satisfies((refusal) -> assertThat(refusal.kind()).isEqualTo(Refusal.Kind.RULE));
	}

	@Test
	void refusingWithoutAReasonChangesNothingAndSaysWhatTheRuleWants() {
		String caseNo = reported();
		this.drive.complete(caseNo, "Stage_File", Map.of("filing", "FILE"));
		this.drive.complete(caseNo, "Stage_Dispatch", Map.of("leadUnit", "SD-CG"));
		int events = this.trail.of(caseNo).size();
		assertThatExceptionOfType(Refusal.class)
			.isThrownBy(() -> this.drive.complete(caseNo, "Task_SignFor", Map.of("signing", "REFUSE")));
		assertThat(this.trail.of(caseNo)).hasSize(events);
	}

	@Test
	void commentTouchesNeitherClockNorCustody() {
		String caseNo = reported();
		List<Deadline> deadlines = this.cases.deadlines(caseNo);
		List<Custody> custody = this.cases.custody(caseNo);
		Acting.as("sd.c01.g1", () -> {
			this.actions.comment(caseNo, "已电话告知居民");
			return null;
		});
		assertThat(this.cases.deadlines(caseNo)).isEqualTo(deadlines);
		assertThat(this.cases.custody(caseNo)).isEqualTo(custody);
	}

	@Test
	void personSeesOnlyCasesOfTheirDuties() {
		String caseNo = reported();
		assertThat(this.cases.get(caseNo, "sd.c01.g1").caseNo()).isEqualTo(caseNo);
		assertThatExceptionOfType(Refusal.class).isThrownBy(() -> this.cases.get(caseNo, "ft.g1"))
			.satisfies((refusal) -> assertThat(refusal.kind()).isEqualTo(Refusal.Kind.NOT_FOUND));
	}

	@Test
	void deadlineOfAStageStartsWithTheStage() {
		String caseNo = reported();
		Deadline filing = this.cases.deadlines(caseNo).get(0);
		assertThat(Duration.between(filing.startedAt(), this.clock.now())).isLessThan(Duration.ofMinutes(1));
		assertThat(filing.warnAt()).isBetween(filing.startedAt(), filing.dueAt());
		assertThat(filing.rule()).startsWith("time-limit v");
	}

	private String reported() {
		return this.drive.report("shangdi", "sd.c01.g1", "GRID_WORKER",
				Map.of("gridCode", "11010802200101", "category", "S0501", "address", "上地佳园 " + System.nanoTime()));
	}

}
