package gridcase.policy.tables;

import java.util.stream.Stream;

import gridcase.platform.GridcaseTest;
import gridcase.policy.Decisions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import org.springframework.beans.factory.annotation.Autowired;

/** Which matters a grid worker may close on the spot. */
@GridcaseTest
class SelfHandlingDecisionTests {

	@Autowired
	private Decisions decisions;

	@TestFactory
	Stream<DynamicTest> onlySmallMattersAreClosedOnTheSpot() {
		return DecisionCases.everyRule(this.decisions, "self-handling",
				"""
						category | categoryClass | severity | urgency   | channel     | wantsSelfHandling || selfHandling | selfHandlingProof  | rule
						E0107    | E01           | GENERAL  | ROUTINE   | GRID_WORKER | false             || NO           | TEXT               | Rule_NotAsked
						E0107    | E01           | SERIOUS  | ROUTINE   | GRID_WORKER | true              || NO           | TEXT               | Rule_SeriousCase
						E0107    | E01           | GENERAL  | EMERGENCY | GRID_WORKER | true              || NO           | TEXT               | Rule_Emergency
						E0107    | E01           | GENERAL  | ROUTINE   | RESIDENT    | true              || NO           | TEXT               | Rule_NotFoundOnTheSpot
						S0301    | S03           | GENERAL  | ROUTINE   | GRID_WORKER | true              || NO           | TEXT               | Rule_FireOrGas
						S0405    | S04           | GENERAL  | ROUTINE   | GRID_WORKER | true              || NO           | TEXT               | Rule_FraudOrCrime
						S0302    | S03           | MINOR    | ROUTINE   | GRID_WORKER | true              || YES          | PHOTO_BEFORE_AFTER | Rule_MinorFireHazard
						S0302    | S03           | GENERAL  | ROUTINE   | GRID_WORKER | true              || NO           | TEXT               | Rule_FireHazard
						S0201    | S02           | MINOR    | ROUTINE   | GRID_WORKER | true              || YES          | TEXT               | Rule_Dispute
						S0101    | S01           | MINOR    | ROUTINE   | GRID_WORKER | true              || YES          | TEXT               | Rule_Livelihood
						S0401    | S04           | MINOR    | ROUTINE   | GRID_WORKER | true              || YES          | PHOTO              | Rule_SecurityTip
						S0501    | S05           | MINOR    | ROUTINE   | GRID_WORKER | true              || YES          | PHOTO_BEFORE_AFTER | Rule_StreetOrder
						C0101    | C01           | GENERAL  | ROUTINE   | GRID_WORKER | true              || NO           | TEXT               | Rule_Component
						E0305    | E03           | GENERAL  | ROUTINE   | GRID_WORKER | true              || NO           | TEXT               | Rule_Otherwise
						""");
	}

}
