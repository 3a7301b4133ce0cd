package gridcase.policy.tables;

import java.util.stream.Stream;

import gridcase.platform.GridcaseTest;
import gridcase.policy.Decisions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import org.springframework.beans.factory.annotation.Autowired;

/** Who sees personal data in clear, for a reason, or never. */
@GridcaseTest
class PersonalSightDecisionTests {

	@Autowired
	private Decisions decisions;

	@TestFactory
	Stream<DynamicTest> personalSight() {
		return DecisionCases.everyRule(this.decisions, "personal-sight", """
				standing | role          | personalKind | severity || sight     | sightLog | rule
				NONE     | auditor       | phone        | GENERAL  || ON_REASON | true     | Rule_Audit
				HOLDER   | handler       | identity     | GENERAL  || ON_REASON | false    | Rule_IdentityNumber
				HOLDER   | handler       | phone        | GENERAL  || CLEAR     | false    | Rule_Holder
				REPORTER | grid-worker   | name         | GENERAL  || CLEAR     | false    | Rule_Reporter
				NONE     | hotline-clerk | phone        | GENERAL  || CLEAR     | false    | Rule_HotlineClerk
				OWNER    | dispatcher    | phone        | GENERAL  || ON_REASON | false    | Rule_CaseWorker
				NONE     | administrator | phone        | MAJOR    || MASKED    | false    | Rule_Otherwise
				""");
	}

}
