package gridcase.casework;

import java.util.Map;

import gridcase.audit.CaseEvent;
import gridcase.audit.CaseTrail;
import gridcase.casework.process.TimeTravel;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.web.servlet.MockMvc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

/** Nobody on duty at the next tier: one tier further up, and an alert; never silence. */
@DemoTest
@DirtiesContext
class VacancyTests {

	@Autowired
	private CaseDriver drive;

	@Autowired
	private Cases cases;

	@Autowired
	private CaseTrail trail;

	@Autowired
	private OperatorAlerts alerts;

	@Autowired
	private TimeTravel travel;

	@Autowired
	private MockMvc http;

	@Test
	void goesToTheTierAboveTheVacancyAndTellsTheOperator() throws Exception {
		this.http
			.perform(post("/api/v1/registry/duties?place=shangdi&from=2026-03-16")
				.with(httpBasic("sd.admin", "gridcase"))
				.contentType(MediaType.parseMediaType("text/csv"))
				.content("staff,role,grid,unit,since,until\nsd.leader,duty-leader,110108022,,,2026-03-16\n"))
			.andExpect(status().isOk());
		String caseNo = this.drive.report("shangdi", "sd.c01.g1", "GRID_WORKER",
				Map.of("gridCode", "11010802200101", "category", "S0501"));
		Deadline filing = this.cases.deadlines(caseNo).get(0);

		this.travel.moveTo(filing.dueAt());

		assertThat(this.trail.of(caseNo)).extracting(CaseEvent::kind)
			.containsSubsequence("BREACHED", "OPERATOR_ALERTED", "SUPERVISED");
		assertThat(this.cases.custody(caseNo)).filteredOn((link) -> link.kind().equals(CaseRecord.WATCHER))
			.extracting(Custody::person)
			.containsExactly("sd.q.leader");
		assertThat(this.alerts.open("shangdi")).extracting(OperatorAlerts.Alert::kind).contains("VACANCY");
	}

}
