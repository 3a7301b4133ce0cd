package gridcase.inquiry;

import java.util.List;
import java.util.Map;

import gridcase.audit.CaseEvent;
import gridcase.audit.CaseTrail;
import gridcase.casework.CaseDriver;
import gridcase.casework.Cases;
import gridcase.casework.DemoTest;
import gridcase.casework.OpenTask;
import gridcase.casework.OpenTasks;
import gridcase.notice.Outbox;
import gridcase.shared.Acting;
import gridcase.shared.FieldProblem;
import gridcase.shared.Refusal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.MockMvc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

/**
 * What an auditor finds goes to the unit, is put right, checked and closed; or does not
 * hold.
 */
@DemoTest
class FindingTests {

	private static final String AUDITOR = "sd.auditor";

	@Autowired
	private CaseDriver drive;

	@Autowired
	private Cases cases;

	@Autowired
	private OpenTasks tasks;

	@Autowired
	private CaseTrail trail;

	@Autowired
	private Findings findings;

	@Autowired
	private Outbox outbox;

	@Autowired
	private JdbcTemplate jdbc;

	@Autowired
	private MockMvc http;

	private String caseNo;

	@BeforeEach
	void aCase() {
		this.caseNo = this.drive.report("shangdi", "sd.c01.g1", "GRID_WORKER",
				Map.of("gridCode", "11010802200101", "category", "S0501", "severity", "GENERAL"));
	}

	@Test
	void goesToTheUnitIsDoneAgainAndCloses() {
		Finding finding = written(true);
		String rectification = finding.rectification();
		assertThat(finding.state()).isEqualTo(Finding.State.RECTIFYING);
		assertThat(finding.stageName()).isEqualTo("单位整改");
		assertThat(events(this.caseNo)).containsSubsequence("FINDING_WRITTEN", "FINDING_SENT");
		assertThat(this.cases.get(this.caseNo).open()).as("the audited case goes on").isTrue();
		assertThat(this.cases.get(rectification).fact("description")).contains(this.caseNo, "超时未签收", "三日内");
		assertThat(this.jdbc.queryForObject("select internal from case_file where case_no = ?", Boolean.class,
				rectification))
			.as("counted nowhere")
			.isTrue();

		OpenTask sign = this.drive.task(rectification, "Task_SignFor");
		assertThat(sign.unit()).isEqualTo("SD-CG");
		rectified(rectification);
		OpenTask verify = this.drive.task(rectification, "Stage_Verify");
		assertThat(verify.pool()).startsWith("auditor@");
		this.drive.complete(AUDITOR, verify, Map.of("verified", false, "verifyText", "台账没有补全，还差两项"));
		assertThat(this.cases.get(rectification).fact("reworkCount")).isEqualTo("1");
		rectified(rectification);
		this.drive.complete(AUDITOR, this.drive.task(rectification, "Stage_Verify"),
				Map.of("verified", true, "verifyText", "台账已补全，责任人已约谈"));

		Finding closed = this.findings.get(finding.id());
		assertThat(closed.state()).isEqualTo(Finding.State.RECTIFIED);
		assertThat(closed.endedAt()).isNotNull();
		assertThat(this.cases.get(rectification).outcome()).isEqualTo("RECTIFIED");
		assertThat(event(this.caseNo, "FINDING_CLOSED").data()).contains(rectification, "责任人已约谈");
		assertThat(this.trail.firstFault(this.caseNo)).isEmpty();
		assertThat(this.outbox.ofCase(rectification)).extracting((notice) -> notice.event() + " " + notice.audience())
			.as("the auditor and the unit are told")
			.contains("CLOSED REPORTER", "CLOSED OWNER");
	}

	@Test
	void whatTheUnitReturnsIsSentElsewhereOrRevoked() {
		Finding finding = written(true);
		String rectification = finding.rectification();
		this.drive.complete(rectification, "Task_SignFor",
				Map.of("signing", "REFUSE", "reasonCode", "NOT_MY_DUTY", "reasonText", "该环节由监察分队负责，本组没有经手"));
		OpenTask redirect = this.drive.task(rectification, "Task_Redirect");
		assertThatExceptionOfType(Refusal.class)
			.isThrownBy(() -> this.drive.complete(AUDITOR, redirect,
					Map.of("redirect", "REASSIGN", "redirectText", "情况属实，改派监察分队")))
			.as("without a unit")
			.satisfies((refusal) -> assertThat(refusal.fields()).extracting(FieldProblem::field).contains("leadUnit"));
		this.drive.complete(AUDITOR, redirect,
				Map.of("redirect", "REASSIGN", "leadUnit", "SD-JC", "redirectText", "情况属实，改派监察分队"));
		assertThat(this.drive.task(rectification, "Task_SignFor").unit()).isEqualTo("SD-JC");
		this.drive.complete(rectification, "Task_SignFor", Map.of("signing", "SIGN"));
		this.drive.complete(rectification, "Task_Handle", Map.of("handlingOutcome", "CANNOT_SOLVE", "reasonCode",
				"LACKS_POWER", "reasonText", "当时的规则如此，本单位无从整改"));

		this.drive.complete(AUDITOR, this.drive.task(rectification, "Task_Redirect"),
				Map.of("redirect", "REVOKE", "redirectText", "经核对确属规则所限，问题不成立"));

		assertThat(this.findings.get(finding.id()).state()).isEqualTo(Finding.State.REVOKED);
		assertThat(event(this.caseNo, "FINDING_REVOKED").data()).contains("问题不成立");
		assertThat(this.tasks.ofCase(rectification)).isEmpty();
	}

	@Test
	void isNotedFirstSentLaterOrTakenBack() {
		Finding noted = written(false);
		assertThat(noted.state()).isEqualTo(Finding.State.NOTED);
		assertThat(events(this.caseNo)).contains("FINDING_WRITTEN").doesNotContain("FINDING_SENT");

		Acting.as(AUDITOR, () -> this.findings.send(noted.id(), AUDITOR));
		assertThat(this.findings.get(noted.id()).state()).isEqualTo(Finding.State.RECTIFYING);
		assertThatExceptionOfType(Refusal.class)
			.isThrownBy(() -> Acting.as(AUDITOR, () -> this.findings.send(noted.id(), AUDITOR)))
			.matches((refusal) -> refusal.kind() == Refusal.Kind.CONFLICT);

		Finding other = written(false);
		Acting.as(AUDITOR, () -> {
			this.findings.revoke(other.id(), "重复记录，以前一条为准", AUDITOR);
			return null;
		});
		assertThat(this.findings.get(other.id()).state()).isEqualTo(Finding.State.REVOKED);
		assertThat(this.findings.ofCase(this.caseNo)).extracting(Finding::id).containsExactly(noted.id(), other.id());
	}

	@Test
	void nothingOfAFindingChangesAfterwards() {
		Finding finding = written(false);
		for (String change : List.of("update inquiry_finding set text = '没有问题' where id = ",
				"delete from inquiry_finding where id = ")) {
			assertThatExceptionOfType(DataAccessException.class)
				.isThrownBy(() -> this.jdbc.update(change + finding.id()))
				.withMessageContaining("append-only");
		}
	}

	@Test
	void saysWhatIsMissing() throws Exception {
		this.http.perform(post("/api/v1/cases/" + this.caseNo + "/inquiry/findings").with(user(AUDITOR))
			.contentType(MediaType.APPLICATION_JSON)
			.content(
					"""
							{"steps": [999], "kind": "NONSENSE", "severity": "GENERAL", "text": "短", "demand": "", "unit": "XL-XX"}"""))
			.andExpect(status().isBadRequest())
			.andExpect(jsonPath("$.errors[*].field")
				.value(org.hamcrest.Matchers.containsInAnyOrder("steps", "kind", "text", "demand", "unit")));
		this.http.perform(get("/api/v1/inquiry/findings").param("state", "RECTIFYING").with(user("sd.leader")))
			.andExpect(status().isOk());
		this.http.perform(get("/inquiry/findings").with(user("sd.admin"))).andExpect(status().isOk());
	}

	private void rectified(String rectification) {
		this.drive.complete(rectification, "Task_SignFor", Map.of("signing", "SIGN"));
		this.drive.complete(rectification, "Task_Handle",
				Map.of("handlingOutcome", "DONE", "resultText", "已约谈责任人并补全台账，制度已重新学习"));
	}

	private Finding written(boolean send) {
		long id = Acting.as(AUDITOR,
				() -> this.findings.write(this.cases.get(this.caseNo, AUDITOR), new FindingOrder(List.of(1, 2),
						"OVERDUE", "GENERAL", "派到单位后超时未签收", "三日内补全台账，约谈责任人", "", "sd.cg.handler", send, null),
						AUDITOR));
		return this.findings.get(id);
	}

	private List<String> events(String of) {
		return this.trail.of(of).stream().map(CaseEvent::kind).toList();
	}

	private CaseEvent event(String of, String kind) {
		return this.trail.of(of).stream().filter((event) -> event.kind().equals(kind)).findFirst().orElseThrow();
	}

}
