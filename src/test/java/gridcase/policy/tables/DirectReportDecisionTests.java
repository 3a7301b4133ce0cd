package gridcase.policy.tables;

import java.util.stream.Stream;

import gridcase.platform.GridcaseTest;
import gridcase.policy.Decisions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import org.springframework.beans.factory.annotation.Autowired;

/** What is reported to the top at once. */
@GridcaseTest
class DirectReportDecisionTests {

	@Autowired
	private Decisions decisions;

	@TestFactory
	Stream<DynamicTest> dangerSkipsTheLadder() {
		return DecisionCases.everyRule(this.decisions, "direct-report", """
				category | severity | urgency   || directReport | directTier | rule
				E0107    | GENERAL  | EMERGENCY || true         | TOP        | Rule_Emergency
				E0107    | MAJOR    | URGENT    || true         | TOP        | Rule_MajorAndUrgent
				C0149    | SERIOUS  | ROUTINE   || true         | TOP        | Rule_Gas
				S0301    | SERIOUS  | ROUTINE   || true         | TOP        | Rule_OpenFire
				E0505    | SERIOUS  | ROUTINE   || true         | TOP        | Rule_Collapse
				E0107    | GENERAL  | ROUTINE   || false        | ""         | Rule_Otherwise
				""");
	}

}
