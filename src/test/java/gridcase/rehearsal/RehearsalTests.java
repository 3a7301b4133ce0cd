package gridcase.rehearsal;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

import gridcase.casework.DemoTest;
import gridcase.evaluation.LoopReport;
import gridcase.evaluation.Period;
import gridcase.evaluation.Reports;
import gridcase.evaluation.SelfHandlingReport;
import gridcase.shared.Refusal;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The figures of three sources come out of the platform when their cases have gone
 * through it.
 */
@DemoTest
@TestPropertySource(properties = "spring.application.name=rehearsals")
@DirtiesContext
class RehearsalTests {

	@Autowired
	private Rehearsals rehearsals;

	@Autowired
	private Reports reports;

	@Test
	void fiftySevenCasesOfSevenCategoriesAddUp() {
		Outcome outcome = this.rehearsals.run("futian-57");

		assertThat(outcome.differences()).isEmpty();
		assertThat(this.reports.categories("futian", Period.EVER).openCases()).hasSize(5)
			.allSatisfy((open) -> assertThat(outcome.text()).contains(open.caseNo()));
		assertThatExceptionOfType(Refusal.class).isThrownBy(() -> this.rehearsals.run("futian-57"));
	}

	@Test
	void selfHandlingBelowNinetyPercentIsFlagged() {
		Outcome outcome = this.rehearsals.run("xiangtan-388");

		assertThat(outcome.differences()).isEmpty();
		SelfHandlingReport report = this.reports.selfHandling("xiangtan", Period.EVER);
		assertThat(report.ratePercent()).isEqualByComparingTo("84.5");
		assertThat(report.requiredPercent()).isEqualByComparingTo("90");
		assertThat(report.missed()).isTrue();
		assertThat(outcome.text()).contains("未达标").contains("84.5");
	}

	@Test
	void loopsAreCountedWhereTheirCasesWereClosed() {
		assertThat(this.rehearsals.run("shangdi-276").differences()).isEmpty();

		assertThat(this.reports.loops("shangdi", Period.EVER)).isEqualTo(new LoopReport("shangdi", 262, 14, 0, 0, 276));
	}

	@Test
	void figureThatComesOutOtherwiseIsNamedAndFailsTheCommand() {
		ByteArrayOutputStream printed = new ByteArrayOutputStream();

		boolean matches = new RehearsalCommand(this.rehearsals, new String[] { "one-too-few", "no-such-story" }, null)
			.run(new PrintStream(printed, true, StandardCharsets.UTF_8));

		assertThat(matches).isFalse();
		assertThat(printed.toString(StandardCharsets.UTF_8)).contains("不一致：registered 应为 2，实为 1")
			.contains("no-such-story")
			.contains("futian-57");
	}

}
