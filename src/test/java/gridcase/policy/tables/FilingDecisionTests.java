package gridcase.policy.tables;

import java.util.stream.Stream;

import gridcase.platform.GridcaseTest;
import gridcase.policy.Decisions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import org.springframework.beans.factory.annotation.Autowired;

/** What is filed, refused, completed or merged. */
@GridcaseTest
class FilingDecisionTests {

	@Autowired
	private Decisions decisions;

	@TestFactory
	Stream<DynamicTest> everythingInScopeIsFiled() {
		return DecisionCases.everyRule(this.decisions, "filing",
				"""
						categoryClass | severity | complete | duplicateScore | channel     || filing     | filingReason             | rule
						S09           | GENERAL  | true     | 10             | GRID_WORKER || REJECT     | 属于诉讼、仲裁、复议等法定途径，不在网格受理范围 | Rule_OutOfScope
						E01           | MAJOR    | true     | 95             | GRID_WORKER || MERGE      | 与在办的重大案件为同一事件            | Rule_SameMajorEvent
						E01           | MAJOR    | true     | 10             | GRID_WORKER || FILE       | 重大案件，先立案后补材料             | Rule_MajorFirst
						null          | GENERAL  | true     | 10             | GRID_WORKER || SUPPLEMENT | 请补充案件类别                  | Rule_NoCategory
						E01           | GENERAL  | false    | 10             | GRID_WORKER || SUPPLEMENT | 请补充地点和事由                 | Rule_Incomplete
						E01           | GENERAL  | true     | 85             | GRID_WORKER || MERGE      | 与在办案件重复                  | Rule_Duplicate
						E01           | MINOR    | true     | 70             | GRID_WORKER || MERGE      | 与近期巡查上报的轻微问题相同           | Rule_PatrolRepeated
						E01           | GENERAL  | true     | 10             | GRID_WORKER || FILE       | 属于受理范围，要素齐全              | Rule_Otherwise
						""");
	}

}
