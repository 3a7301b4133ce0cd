package gridcase.policy.tables;

import java.util.stream.Stream;

import gridcase.platform.GridcaseTest;
import gridcase.policy.Decisions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import org.springframework.beans.factory.annotation.Autowired;

/** What may be asked for beside the loop, and who decides on it. */
@GridcaseTest
class TurnDecisionTests {

	@Autowired
	private Decisions decisions;

	@TestFactory
	Stream<DynamicTest> extension() {
		return DecisionCases.everyRule(this.decisions, "extension",
				"""
						extensionCount | extensionUnit | extensionValue | breached | category | severity | tier   || extension | approverTier | extendStages | rule
						0              | WORK_DAY      | 1              | true     | S0102    | GENERAL  | STREET || REFUSED   | ""           | ""           | Rule_Breached
						2              | WORK_DAY      | 1              | false    | S0102    | GENERAL  | STREET || REFUSED   | ""           | ""           | Rule_TwiceAlready
						0              | WORK_DAY      | 0              | false    | S0102    | GENERAL  | STREET || REFUSED   | ""           | ""           | Rule_NotPositive
						0              | URGENT_HOUR   | 25             | false    | S0102    | GENERAL  | STREET || REFUSED   | ""           | ""           | Rule_UrgentTooLong
						0              | WORK_HOUR     | 41             | false    | S0102    | GENERAL  | STREET || REFUSED   | ""           | ""           | Rule_HoursTooLong
						0              | WORK_DAY      | 11             | false    | S0102    | GENERAL  | STREET || REFUSED   | ""           | ""           | Rule_DaysTooLong
						0              | WORK_DAY      | 10             | false    | S0102    | MAJOR    | STREET || APPROVAL  | ABOVE        | handle,total | Rule_Major
						1              | WORK_HOUR     | 40             | false    | S0102    | GENERAL  | STREET || APPROVAL  | ABOVE        | handle,total | Rule_Second
						0              | URGENT_HOUR   | 24             | false    | S0102    | GENERAL  | STREET || APPROVAL  | ""           | handle,total | Rule_Otherwise
						""");
	}

	@TestFactory
	Stream<DynamicTest> suspension() {
		return DecisionCases.everyRule(this.decisions, "suspension",
				"""
						suspensionCount | suspendDays | suspendReason | category | severity | tier   || suspension | approverTier | rule
						0               | 0           | MATERIAL      | S0102    | GENERAL  | STREET || REFUSED    | ""           | Rule_Past
						0               | 5           | MATERIAL      | S0102    | MAJOR    | STREET || REFUSED    | ""           | Rule_Major
						2               | 5           | MATERIAL      | S0102    | GENERAL  | STREET || REFUSED    | ""           | Rule_TwiceAlready
						0               | 181         | WEATHER       | S0102    | GENERAL  | STREET || REFUSED    | ""           | Rule_TooLong
						0               | 31          | WEATHER       | S0102    | GENERAL  | STREET || APPROVAL   | ABOVE        | Rule_Long
						1               | 30          | WEATHER       | S0102    | GENERAL  | STREET || APPROVAL   | ABOVE        | Rule_Second
						0               | 30          | WEATHER       | S0102    | GENERAL  | STREET || APPROVAL   | ""           | Rule_Otherwise
						""");
	}

	@TestFactory
	Stream<DynamicTest> breachAppeal() {
		return DecisionCases.everyRule(this.decisions, "breach-appeal",
				"""
						appealCount | breachDays | category | severity | topTier || appeal  | reviewerRole | reviewerTier | secondRole  | secondTier | rule
						0           | 11         | S0102    | GENERAL  | false   || REFUSED | ""           | ""           | ""          | ""         | Rule_Late
						2           | 3          | S0102    | GENERAL  | false   || REFUSED | ""           | ""           | ""          | ""         | Rule_TwiceAlready
						0           | 10         | S0102    | MAJOR    | true    || REVIEW  | dispatcher   | ""           | duty-leader | ""         | Rule_TopTier
						1           | 3          | S0102    | GENERAL  | false   || REVIEW  | duty-leader  | ABOVE        | duty-leader | TOP        | Rule_Again
						0           | 3          | S0102    | MAJOR    | false   || REVIEW  | duty-leader  | ABOVE        | duty-leader | TOP        | Rule_Major
						0           | 3          | S0102    | GENERAL  | false   || REVIEW  | duty-leader  | ""           | duty-leader | ABOVE      | Rule_Otherwise
						""");
	}

	@TestFactory
	Stream<DynamicTest> withdrawal() {
		return DecisionCases.everyRule(this.decisions, "withdrawal",
				"""
						onBehalf | residentAsked | stage  | verified | severity | category | categoryClass || withdrawal | withdrawalReason | rule
						true     | false         | file   | null     | GENERAL  | S0102    | S01           || REFUSED    | 代为撤回须由上报人本人提出    | Rule_NotAsked
						false    | false         | file   | null     | MAJOR    | S0102    | S01           || REFUSED    | 重大案件不能撤回         | Rule_Major
						false    | false         | handle | true     | GENERAL  | S0102    | S01           || REFUSED    | 已核查通过，不能撤回       | Rule_Verified
						true     | true          | close  | null     | GENERAL  | S0102    | S01           || REFUSED    | 案件正在结案，不能撤回      | Rule_Closing
						false    | false         | file   | null     | MINOR    | S0302    | S03           || REFUSED    | 安全隐患必须处置到位，不能撤回  | Rule_Hazard
						false    | false         | handle | null     | SERIOUS  | S0102    | S01           || REFUSED    | 较大案件已在处置，不能撤回    | Rule_SeriousInHand
						true     | true          | handle | false    | GENERAL  | S0102    | S01           || ALLOWED    | 按上报人意愿撤回         | Rule_Otherwise
						""");
	}

	@TestFactory
	Stream<DynamicTest> voiding() {
		return DecisionCases.everyRule(this.decisions, "voiding", """
				stage  | severity | category | tier   || voiding  | approverRole | approverTier | rule
				close  | GENERAL  | S0102    | STREET || REFUSED  | ""           | ""           | Rule_Closing
				handle | MAJOR    | S0102    | STREET || APPROVAL | duty-leader  | ABOVE        | Rule_Major
				file   | GENERAL  | S0102    | STREET || APPROVAL | duty-leader  | ""           | Rule_Otherwise
				""");
	}

	@TestFactory
	Stream<DynamicTest> policyReview() {
		return DecisionCases.everyRule(this.decisions, "policy-review",
				"""
						changeRollsBack | changeUrgent | authorApproves | changeTables | trialAttached || reviewMode | reviewerRole    | overdueMode | rule
						true            | false        | true           | 1            | false         || AFTER      | duty-leader     | TELL        | Rule_RollBackByApprover
						true            | false        | false          | 1            | false         || AFTER      | policy-approver | TELL        | Rule_RollBack
						false           | true         | true           | 1            | false         || AFTER      | duty-leader     | ROLL_BACK   | Rule_UrgentByApprover
						false           | true         | false          | 0            | true          || REFUSED    | ""              | ""          | Rule_UrgentByOthers
						false           | false        | false          | 2            | false         || REFUSED    | ""              | ""          | Rule_NoTrial
						false           | false        | false          | 2            | true          || BEFORE     | policy-approver | TELL        | Rule_Otherwise
						""");
	}

	@TestFactory
	Stream<DynamicTest> severityChange() {
		return DecisionCases.everyRule(this.decisions, "severity-change",
				"""
						severity | newSeverity | tier   | category || severityChange | approverRole | approverTier | rule
						MINOR    | MINOR       | STREET | S0102    || SAME           | ""           | ""           | Rule_SameMinor
						GENERAL  | GENERAL     | STREET | S0102    || SAME           | ""           | ""           | Rule_SameGeneral
						SERIOUS  | SERIOUS     | STREET | S0102    || SAME           | ""           | ""           | Rule_SameSerious
						MAJOR    | MAJOR       | STREET | S0102    || SAME           | ""           | ""           | Rule_SameMajor
						MINOR    | GENERAL     | STREET | S0102    || RAISED         | ""           | ""           | Rule_AboveMinor
						GENERAL  | MAJOR       | STREET | S0102    || RAISED         | ""           | ""           | Rule_AboveGeneral
						SERIOUS  | MAJOR       | STREET | S0102    || RAISED         | ""           | ""           | Rule_AboveSerious
						MAJOR    | SERIOUS     | STREET | S0102    || LOWERED        | duty-leader  | ABOVE        | Rule_BelowMajor
						SERIOUS  | MINOR       | STREET | S0102    || LOWERED        | duty-leader  | ""           | Rule_Otherwise
						""");
	}

	@TestFactory
	Stream<DynamicTest> handDown() {
		return DecisionCases.everyRule(this.decisions, "hand-down",
				"""
						handDownLevel | tierLevel | requesterLevel | handDownCount | severity | category || handDown | handDownReason     | rule
						1             | 2         | 2              | 0             | MAJOR    | S0102    || REFUSED  | 重大案件不能下交           | Rule_Major
						1             | 2         | 2              | 2             | GENERAL  | S0102    || REFUSED  | 已下交两次，不能再下交        | Rule_TwiceAlready
						1             | 1         | 2              | 0             | GENERAL  | S0102    || REFUSED  | 已在最低层级，不能下交        | Rule_Lowest
						1             | 2         | 2              | 0             | GENERAL  | S0102    || ALLOWED  | 交由下级办理             | Rule_FromSecond
						2             | 3         | 3              | 1             | GENERAL  | S0102    || ALLOWED  | 交由下级办理             | Rule_ThirdDown
						3             | 4         | 4              | 0             | GENERAL  | S0102    || ALLOWED  | 交由下级办理             | Rule_FourthDown
						1             | 3         | 2              | 0             | GENERAL  | S0102    || REFUSED  | 只有案件所在层级及以上的人可以往下交 | Rule_Otherwise
						""");
	}

	@TestFactory
	Stream<DynamicTest> reopen() {
		return DecisionCases.everyRule(this.decisions, "reopen",
				"""
						closedDays | reopenCount | satisfaction | category || reopen  | reopenReason        | rule
						31         | 0           | null         | S0102    || REFUSED | 办结已超过 30 天，请另行上报    | Rule_TooLate
						1          | 3           | null         | S0102    || REFUSED | 已复开三次，请按疑难案卷上报      | Rule_OftenAlready
						1          | 0           | null         | S0301    || REFUSED | 起火险情每次单独立案，请另行上报    | Rule_OnceOnly
						8          | 0           | SATISFIED    | S0102    || REFUSED | 上报人已表示满意，超过 7 天不再复开 | Rule_SatisfiedLongAgo
						30         | 2           | DISSATISFIED | S0102    || ALLOWED | 问题未真正解决，重新办理        | Rule_Otherwise
						""");
	}

	@TestFactory
	Stream<DynamicTest> secondLook() {
		return DecisionCases.everyRule(this.decisions, "second-look",
				"""
						satisfaction | secondLookCount | severity | category || secondLook | secondLookRole | secondLookTier | rule
						DISSATISFIED | 1               | GENERAL  | S0102    || NO         | ""             | ""             | Rule_LookedAlready
						DISSATISFIED | 0               | MAJOR    | S0102    || YES        | duty-leader    | ABOVE          | Rule_DissatisfiedMajor
						DISSATISFIED | 0               | GENERAL  | S0102    || YES        | verifier       | ABOVE          | Rule_Dissatisfied
						NOT_REACHED  | 0               | GENERAL  | S0102    || NO         | ""             | ""             | Rule_Otherwise
						""");
	}

	@TestFactory
	Stream<DynamicTest> difficultCase() {
		return DecisionCases.everyRule(this.decisions, "difficult-case",
				"""
						severity | handOverCount | refusalCount | tier   | category || listing  | approverRole | approverTier | rule
						MINOR    | 0             | 0            | STREET | S0102    || REFUSED  | ""           | ""           | Rule_Minor
						MAJOR    | 0             | 0            | STREET | S0102    || APPROVAL | duty-leader  | ABOVE        | Rule_Major
						GENERAL  | 2             | 0            | STREET | S0102    || APPROVAL | duty-leader  | ABOVE        | Rule_HandedAround
						GENERAL  | 0             | 1            | STREET | S0102    || APPROVAL | duty-leader  | ""           | Rule_Otherwise
						""");
	}

}
