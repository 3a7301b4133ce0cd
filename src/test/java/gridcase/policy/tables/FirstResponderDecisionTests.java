package gridcase.policy.tables;

import java.util.stream.Stream;

import gridcase.platform.GridcaseTest;
import gridcase.policy.Decisions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import org.springframework.beans.factory.annotation.Autowired;

/** Who stays answerable. */
@GridcaseTest
class FirstResponderDecisionTests {

	@Autowired
	private Decisions decisions;

	@TestFactory
	Stream<DynamicTest> responsibilityMovesOnSigningOrNever() {
		return DecisionCases.everyRule(this.decisions, "first-responder", """
				channel     | category | selfHandled || ownerMoves | ownerRule         | rule
				GRID_WORKER | E0107    | true        || NEVER      | 自处置案件由网格员负责到底     | Rule_SelfHandled
				GRID_WORKER | S0102    | false       || NEVER      | 重点人群由首个发现人负责到底    | Rule_PeopleInCare
				GRID_WORKER | S0201    | false       || NEVER      | 家庭纠纷由首个发现人负责到底    | Rule_FamilyDispute
				HOTLINE     | E0107    | false       || ON_SIGN    | 首问受理人负责，承办单位签收后转移 | Rule_FrontDesk
				GRID_WORKER | E0107    | false       || ON_SIGN    | 首问人负责，对方签收后转移     | Rule_Otherwise
				""");
	}

}
