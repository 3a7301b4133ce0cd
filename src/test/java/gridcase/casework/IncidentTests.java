package gridcase.casework;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import gridcase.casework.process.Incidents;
import gridcase.policy.AppliesTo;
import gridcase.policy.ReleaseOrder;
import gridcase.policy.Releases;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A rule that is missing stops the case visibly, and only there; mended, the case goes
 * on.
 */
@DemoTest
class IncidentTests {

	@Autowired
	private CaseDriver drive;

	@Autowired
	private Cases cases;

	@Autowired
	private OpenTasks tasks;

	@Autowired
	private Incidents incidents;

	@Autowired
	private Releases releases;

	@Test
	void caseStopsWhereARuleIsMissingAndGoesOnWhenItIsThere() throws IOException {
		String good = table("filing");
		release("filing", good.replaceAll("(?s)<rule id=\"(?!Rule_Incomplete).*?</rule>", ""));

		String caseNo = this.drive.report("shangdi", "sd.c01.g1", "GRID_WORKER",
				Map.of("gridCode", anyGrid(), "category", "S0501"));

		assertThat(this.cases.get(caseNo).state()).isEqualTo("OPEN");
		assertThat(this.tasks.ofCase(caseNo)).isEmpty();
		List<IncidentView> open = this.incidents.ofCase(caseNo);
		assertThat(open).hasSize(1);
		assertThat(open.get(0).element()).isEqualTo("Stage_File");
		assertThat(open.get(0).reason()).contains("filing");

		assertThat(this.incidents.retry(open.get(0).id(), null)).isPresent();

		release("filing", good);
		assertThat(this.incidents.retry(this.incidents.ofCase(caseNo).get(0).id(), null)).isEmpty();

		assertThat(this.incidents.ofCase(caseNo)).isEmpty();
		assertThat(this.drive.task(caseNo, "Stage_File").name()).isNotBlank();
	}

	@Test
	void actionOfAPersonIsKeptWhenTheStepBehindItFails() throws IOException {
		String caseNo = this.drive.report("shangdi", "sd.c01.g1", "GRID_WORKER",
				Map.of("gridCode", anyGrid(), "category", "S0501"));
		String good = table("shangdi/routing");
		release("routing", good.replaceAll("(?s)<rule id=\"(?!Rule_MicroDispute).*?</rule>", ""));

		this.drive.complete(caseNo, "Stage_File", Map.of("filing", "FILE"));

		assertThat(this.cases.get(caseNo).facts()).containsEntry("filing", "FILE");
		assertThat(this.tasks.ofCase(caseNo)).isEmpty();
		IncidentView incident = this.incidents.ofCase(caseNo).get(0);
		assertThat(incident.element()).isEqualTo("Stage_Dispatch");

		release("routing", good);
		assertThat(this.incidents.retry(incident.id(), null)).isEmpty();
		assertThat(this.drive.task(caseNo, "Stage_Dispatch").name()).isNotBlank();
	}

	private String anyGrid() {
		return "11010802200101";
	}

	private void release(String key, String dmn) {
		this.releases.release(new ReleaseOrder("shangdi", Map.of(key + ".dmn", dmn.getBytes(StandardCharsets.UTF_8)),
				"tester", "try", AppliesTo.ALL, null));
	}

	private static String table(String path) throws IOException {
		return new ClassPathResource("models/decisions/" + path + ".dmn").getContentAsString(StandardCharsets.UTF_8);
	}

}
