package gridcase.policy.tables;

import java.util.stream.Stream;

import gridcase.platform.GridcaseTest;
import gridcase.policy.Decisions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import org.springframework.beans.factory.annotation.Autowired;

/** Who checks a result, and how closely. */
@GridcaseTest
class VerificationDecisionTests {

	@Autowired
	private Decisions decisions;

	@TestFactory
	Stream<DynamicTest> nobodyClosesDispatchedWorkUnchecked() {
		return DecisionCases.everyRule(this.decisions, "verification",
				"""
						categoryClass | severity | selfHandled | reworkCount | sampleDraw || checkNeeded | verifierRole | photosNeeded | rule
						E01           | GENERAL  | false       | 2           | 50         || true        | duty-leader  | 3            | Rule_ReworkRepeated
						E01           | MAJOR    | false       | 0           | 50         || true        | duty-leader  | 3            | Rule_Major
						E01           | SERIOUS  | false       | 0           | 50         || true        | verifier     | 2            | Rule_Serious
						S03           | GENERAL  | true        | 0           | 50         || true        | verifier     | 1            | Rule_SelfHandledFire
						E01           | GENERAL  | true        | 0           | 19         || true        | verifier     | 1            | Rule_SelfHandledSampled
						E01           | GENERAL  | true        | 0           | 50         || false       | verifier     | 0            | Rule_SelfHandled
						S01           | GENERAL  | false       | 0           | 50         || true        | verifier     | 0            | Rule_Dispute
						S03           | GENERAL  | false       | 0           | 50         || true        | verifier     | 2            | Rule_Fire
						E01           | GENERAL  | false       | 0           | 50         || true        | verifier     | 1            | Rule_Otherwise
						""");
	}

}
