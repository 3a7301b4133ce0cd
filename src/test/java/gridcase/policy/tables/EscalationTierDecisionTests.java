package gridcase.policy.tables;

import java.util.stream.Stream;

import gridcase.platform.GridcaseTest;
import gridcase.policy.Decisions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import org.springframework.beans.factory.annotation.Autowired;

/** Supervise first, take over second, stop at the top. */
@GridcaseTest
class EscalationTierDecisionTests {

	@Autowired
	private Decisions decisions;

	@TestFactory
	Stream<DynamicTest> eachTriggerFindsItsSuperior() {
		return DecisionCases.everyRule(this.decisions, "escalation-tier",
				"""
						trigger         | topTier | severity | escalationLevel | occurrences || escalationMode | superiorRole | tell                                   | superviseValue | superviseUnit | rule
						REFUSED_TWICE   | false   | GENERAL  | 0               | 1 || NONE           | ""           | ""                                     | 0              | WORK_HOUR     | Rule_RefusedOnce
						REWORK_REPEATED | false   | GENERAL  | 0               | 1 || NONE           | ""           | ""                                     | 0              | WORK_HOUR     | Rule_ReworkedOnce
						REOPENED_TWICE  | false   | GENERAL  | 0               | 1 || NONE           | ""           | ""                                     | 0              | WORK_HOUR     | Rule_ReopenedOnce
						HANDED_AROUND   | false   | GENERAL  | 0               | 0 || SUPERVISE      | duty-leader  | dispatcher,unit-head                   | 4              | WORK_HOUR     | Rule_HandedAround
						STAGE_OVERDUE   | true    | GENERAL  | 0               | 2 || STOP           | duty-leader  | duty-leader,centre-dispatcher          | 1              | WORK_DAY      | Rule_TopTier
						CANNOT_SOLVE    | false   | GENERAL  | 0               | 2 || TAKE_OVER      | duty-leader  | dispatcher,unit-head                   | 1              | WORK_DAY      | Rule_CannotSolve
						SEVERITY_RAISED | false   | GENERAL  | 0               | 2 || TAKE_OVER      | duty-leader  | dispatcher,unit-head                   | 4              | WORK_HOUR     | Rule_SeverityRaised
						REOPENED_TWICE  | false   | GENERAL  | 0               | 2 || TAKE_OVER      | duty-leader  | dispatcher,unit-head                   | 1              | WORK_DAY      | Rule_ReopenedTwice
						TOTAL_OVERDUE   | false   | GENERAL  | 0               | 2 || TAKE_OVER      | duty-leader  | dispatcher,unit-head                   | 1              | WORK_DAY      | Rule_TotalOverdue
						STAGE_OVERDUE   | false   | MAJOR    | 0               | 2 || TAKE_OVER      | duty-leader  | dispatcher,unit-head,centre-dispatcher | 1              | URGENT_HOUR   | Rule_MajorOverdue
						STAGE_OVERDUE   | false   | GENERAL  | 1               | 2 || TAKE_OVER      | duty-leader  | dispatcher,unit-head                   | 1              | WORK_DAY      | Rule_SupervisedInVain
						SIGN_OVERDUE    | false   | GENERAL  | 0               | 2 || SUPERVISE      | duty-leader  | unit-head                              | 2              | WORK_HOUR     | Rule_SignOverdue
						REFUSED_TWICE   | false   | GENERAL  | 0               | 2 || SUPERVISE      | duty-leader  | dispatcher,unit-head                   | 4              | WORK_HOUR     | Rule_RefusedTwice
						REWORK_REPEATED | false   | GENERAL  | 0               | 2 || SUPERVISE      | duty-leader  | unit-head                              | 1              | WORK_DAY      | Rule_ReworkRepeated
						STAGE_OVERDUE   | false   | SERIOUS  | 0               | 2 || SUPERVISE      | duty-leader  | dispatcher,unit-head                   | 4              | WORK_HOUR     | Rule_SeriousOverdue
						STAGE_OVERDUE   | false   | GENERAL  | 0               | 2 || SUPERVISE      | duty-leader  | unit-head                              | 1              | WORK_DAY      | Rule_Otherwise
						""");
	}

}
