package gridcase.policy.tables;

import java.util.stream.Stream;

import gridcase.platform.GridcaseTest;
import gridcase.policy.Decisions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import org.springframework.beans.factory.annotation.Autowired;

/** Points of a closed case. */
@GridcaseTest
class CaseScoreDecisionTests {

	@Autowired
	private Decisions decisions;

	@TestFactory
	Stream<DynamicTest> pointsFollowPunctualityAndSatisfaction() {
		return DecisionCases.everyRule(this.decisions, "case-score",
				"""
						breaches | excused | reworkCount | selfHandled | satisfaction || workerPoints | unitPoints | scoreReason | rule
						0        | 0       | 0           | true        | DISSATISFIED || 0            | 0          | 自处置，当事人不满意  | Rule_SelfHandledDissatisfied
						0        | 0       | 1           | true        | NOT_REACHED  || 1            | 0          | 自处置后返工      | Rule_SelfHandledReworked
						0        | 0       | 0           | true        | NOT_REACHED  || 3            | 0          | 自处置办结       | Rule_SelfHandled
						0        | 0       | 2           | false       | NOT_REACHED  || 1            | -2         | 多次返工        | Rule_ReworkRepeated
						0        | 0       | 0           | false       | DISSATISFIED || 2            | -1         | 办结，当事人不满意   | Rule_Dissatisfied
						1        | 1       | 0           | false       | NOT_REACHED  || 2            | 2          | 超时已免责       | Rule_OneBreachExcused
						2        | 2       | 0           | false       | NOT_REACHED  || 2            | 2          | 超时已免责       | Rule_TwoBreachesExcused
						3        | 0       | 0           | false       | NOT_REACHED  || 1            | -3         | 多次超时        | Rule_ManyBreaches
						2        | 0       | 0           | false       | NOT_REACHED  || 1            | -2         | 两次超时        | Rule_TwoBreaches
						1        | 0       | 0           | false       | NOT_REACHED  || 2            | -1         | 一次超时        | Rule_OneBreach
						0        | 0       | 1           | false       | NOT_REACHED  || 2            | 1          | 按时办结，返工一次   | Rule_ReworkedOnce
						0        | 0       | 0           | false       | SATISFIED    || 2            | 3          | 按时办结，当事人满意  | Rule_Satisfied
						0        | 0       | 0           | false       | NOT_REACHED  || 2            | 2          | 按时办结        | Rule_Otherwise
						""");
	}

}
