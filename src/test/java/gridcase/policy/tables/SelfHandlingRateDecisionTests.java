package gridcase.policy.tables;

import java.util.stream.Stream;

import gridcase.platform.GridcaseTest;
import gridcase.policy.Decisions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import org.springframework.beans.factory.annotation.Autowired;

/** What share of its cases a place wants dealt with on the spot. */
@GridcaseTest
class SelfHandlingRateDecisionTests {

	@Autowired
	private Decisions decisions;

	@TestFactory
	Stream<DynamicTest> nothingIsRequiredUnlessAPlaceSaysSo() {
		return DecisionCases.everyRule(this.decisions, "self-handling-rate", """
				registered || requiredPercent | rule
				388        || null            | Rule_Otherwise
				""");
	}

}
