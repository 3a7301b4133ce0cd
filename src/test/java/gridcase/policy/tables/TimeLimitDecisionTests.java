package gridcase.policy.tables;

import java.util.Map;
import java.util.stream.Stream;

import gridcase.platform.GridcaseTest;
import gridcase.policy.DecisionFailed;
import gridcase.policy.Decisions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** How long each stage may take. */
@GridcaseTest
class TimeLimitDecisionTests {

	@Autowired
	private Decisions decisions;

	@TestFactory
	Stream<DynamicTest> everyStageHasItsLimit() {
		return DecisionCases.everyRule(this.decisions, "time-limit",
				"""
						stage    | categoryClass | condition | severity | urgency   || limitTable     | limitValue | limitUnit    | warnPercent | rule
						handle   | C01           | 1         | GENERAL  | ROUTINE   || time-limit-c01 | 0          | WORK_HOUR    | 80          | Rule_HandleC01
						handle   | C02           | 1         | GENERAL  | ROUTINE   || time-limit-c02 | 0          | WORK_HOUR    | 80          | Rule_HandleC02
						handle   | C03           | 1         | GENERAL  | ROUTINE   || time-limit-c03 | 0          | WORK_HOUR    | 80          | Rule_HandleC03
						handle   | C04           | 1         | GENERAL  | ROUTINE   || time-limit-c04 | 0          | WORK_HOUR    | 80          | Rule_HandleC04
						handle   | C05           | 1         | GENERAL  | ROUTINE   || time-limit-c05 | 0          | WORK_HOUR    | 80          | Rule_HandleC05
						handle   | E01           | 1         | GENERAL  | ROUTINE   || time-limit-e01 | 0          | WORK_HOUR    | 80          | Rule_HandleE01
						handle   | E02           | 1         | GENERAL  | ROUTINE   || time-limit-e02 | 0          | WORK_HOUR    | 80          | Rule_HandleE02
						handle   | E03           | 1         | GENERAL  | ROUTINE   || time-limit-e03 | 0          | WORK_HOUR    | 80          | Rule_HandleE03
						handle   | E04           | 1         | GENERAL  | ROUTINE   || time-limit-e04 | 0          | WORK_HOUR    | 80          | Rule_HandleE04
						handle   | E05           | 1         | GENERAL  | ROUTINE   || time-limit-e05 | 0          | WORK_HOUR    | 80          | Rule_HandleE05
						handle   | E06           | 1         | GENERAL  | ROUTINE   || time-limit-e06 | 0          | WORK_HOUR    | 80          | Rule_HandleE06
						handle   | E01           | null      | GENERAL  | EMERGENCY || ""             | 4          | URGENT_HOUR  | 50          | Rule_HandleEmergency
						handle   | E01           | null      | MAJOR    | ROUTINE   || ""             | 8          | URGENT_HOUR  | 50          | Rule_HandleMajor
						handle   | E01           | null      | GENERAL  | URGENT    || ""             | 1          | WORK_DAY     | 80          | Rule_HandleUrgent
						handle   | S02           | null      | GENERAL  | ROUTINE   || ""             | 10         | WORK_DAY     | 80          | Rule_HandleDispute
						handle   | E01           | null      | SERIOUS  | ROUTINE   || ""             | 3          | WORK_DAY     | 80          | Rule_HandleSerious
						handle   | E01           | null      | MINOR    | ROUTINE   || ""             | 2          | WORK_DAY     | 80          | Rule_HandleMinor
						handle   | E01           | null      | GENERAL  | ROUTINE   || ""             | 5          | WORK_DAY     | 80          | Rule_HandleGeneral
						collect  | E01           | null      | GENERAL  | EMERGENCY || ""             | 1          | URGENT_HOUR  | 50          | Rule_CollectEmergency
						collect  | E01           | null      | MAJOR    | ROUTINE   || ""             | 1          | URGENT_HOUR  | 50          | Rule_CollectMajor
						collect  | E01           | null      | GENERAL  | URGENT    || ""             | 2          | WORK_HOUR    | 80          | Rule_CollectUrgent
						collect  | E01           | null      | SERIOUS  | ROUTINE   || ""             | 2          | WORK_HOUR    | 80          | Rule_CollectSerious
						collect  | E01           | null      | GENERAL  | ROUTINE   || ""             | 4          | WORK_HOUR    | 80          | Rule_CollectRoutine
						file     | E01           | null      | GENERAL  | EMERGENCY || ""             | 1          | URGENT_HOUR  | 50          | Rule_FileEmergency
						file     | E01           | null      | MAJOR    | ROUTINE   || ""             | 1          | URGENT_HOUR  | 50          | Rule_FileMajor
						file     | E01           | null      | GENERAL  | URGENT    || ""             | 2          | WORK_HOUR    | 80          | Rule_FileUrgent
						file     | E01           | null      | SERIOUS  | ROUTINE   || ""             | 2          | WORK_HOUR    | 80          | Rule_FileSerious
						file     | E01           | null      | GENERAL  | ROUTINE   || ""             | 4          | WORK_HOUR    | 80          | Rule_FileRoutine
						dispatch | E01           | null      | GENERAL  | EMERGENCY || ""             | 1          | URGENT_HOUR  | 50          | Rule_DispatchEmergency
						dispatch | E01           | null      | MAJOR    | ROUTINE   || ""             | 1          | URGENT_HOUR  | 50          | Rule_DispatchMajor
						dispatch | E01           | null      | GENERAL  | URGENT    || ""             | 1          | WORK_HOUR    | 80          | Rule_DispatchUrgent
						dispatch | E01           | null      | SERIOUS  | ROUTINE   || ""             | 1          | WORK_HOUR    | 80          | Rule_DispatchSerious
						dispatch | E01           | null      | GENERAL  | ROUTINE   || ""             | 2          | WORK_HOUR    | 80          | Rule_DispatchRoutine
						sign     | E01           | null      | GENERAL  | EMERGENCY || ""             | 1          | URGENT_HOUR  | 50          | Rule_SignEmergency
						sign     | E01           | null      | MAJOR    | ROUTINE   || ""             | 1          | URGENT_HOUR  | 50          | Rule_SignMajor
						sign     | E01           | null      | GENERAL  | URGENT    || ""             | 2          | WORK_HOUR    | 80          | Rule_SignUrgent
						sign     | E01           | null      | SERIOUS  | ROUTINE   || ""             | 2          | WORK_HOUR    | 80          | Rule_SignSerious
						sign     | E01           | null      | GENERAL  | ROUTINE   || ""             | 4          | WORK_HOUR    | 80          | Rule_SignRoutine
						feedback | E01           | null      | GENERAL  | EMERGENCY || ""             | 2          | URGENT_HOUR  | 50          | Rule_FeedbackEmergency
						feedback | E01           | null      | MAJOR    | ROUTINE   || ""             | 2          | URGENT_HOUR  | 50          | Rule_FeedbackMajor
						feedback | E01           | null      | GENERAL  | URGENT    || ""             | 4          | WORK_HOUR    | 80          | Rule_FeedbackUrgent
						feedback | E01           | null      | SERIOUS  | ROUTINE   || ""             | 4          | WORK_HOUR    | 80          | Rule_FeedbackSerious
						feedback | E01           | null      | GENERAL  | ROUTINE   || ""             | 1          | WORK_DAY     | 80          | Rule_FeedbackRoutine
						verify   | E01           | null      | GENERAL  | EMERGENCY || ""             | 4          | URGENT_HOUR  | 50          | Rule_VerifyEmergency
						verify   | E01           | null      | MAJOR    | ROUTINE   || ""             | 4          | URGENT_HOUR  | 50          | Rule_VerifyMajor
						verify   | E01           | null      | GENERAL  | URGENT    || ""             | 1          | WORK_DAY     | 80          | Rule_VerifyUrgent
						verify   | E01           | null      | SERIOUS  | ROUTINE   || ""             | 1          | WORK_DAY     | 80          | Rule_VerifySerious
						verify   | E01           | null      | GENERAL  | ROUTINE   || ""             | 2          | WORK_DAY     | 80          | Rule_VerifyRoutine
						close    | E01           | null      | GENERAL  | EMERGENCY || ""             | 4          | URGENT_HOUR  | 50          | Rule_CloseEmergency
						close    | E01           | null      | MAJOR    | ROUTINE   || ""             | 4          | URGENT_HOUR  | 50          | Rule_CloseMajor
						close    | E01           | null      | GENERAL  | URGENT    || ""             | 1          | WORK_DAY     | 80          | Rule_CloseUrgent
						close    | E01           | null      | SERIOUS  | ROUTINE   || ""             | 1          | WORK_DAY     | 80          | Rule_CloseSerious
						close    | E01           | null      | GENERAL  | ROUTINE   || ""             | 2          | WORK_DAY     | 80          | Rule_CloseRoutine
						total    | E01           | null      | GENERAL  | EMERGENCY || ""             | 3          | URGENT_DAY   | 80          | Rule_TotalEmergency
						total    | E01           | null      | MAJOR    | ROUTINE   || ""             | 5          | URGENT_DAY   | 80          | Rule_TotalMajor
						total    | S02           | null      | GENERAL  | ROUTINE   || ""             | 30         | CALENDAR_DAY | 80          | Rule_TotalDispute
						total    | C04           | null      | GENERAL  | ROUTINE   || ""             | 25         | WORK_DAY     | 80          | Rule_TotalGreen
						total    | E01           | null      | GENERAL  | URGENT    || ""             | 10         | WORK_DAY     | 80          | Rule_TotalUrgent
						total    | E01           | null      | GENERAL  | ROUTINE   || ""             | 20         | WORK_DAY     | 80          | Rule_TotalRoutine
						policy-review | P01      | null      | GENERAL  | ROUTINE   || ""             | 2          | WORK_DAY     | 80          | Rule_PolicyReview
						policy-ratify | P01      | null      | GENERAL  | ROUTINE   || ""             | 1          | WORK_DAY     | 80          | Rule_PolicyRatify
						handle   | P02           | null      | SERIOUS  | ROUTINE   || ""             | 5          | WORK_DAY     | 80          | Rule_RectifyGrave
						handle   | P02           | null      | GENERAL  | ROUTINE   || ""             | 15         | WORK_DAY     | 80          | Rule_Rectify
						retention     | P03      | null      | GENERAL  | ROUTINE   || ""             | 5          | WORK_DAY     | 80          | Rule_RetentionApproval
						""");
	}

	@Test
	void aStageWithoutALimitStopsTheCaseInsteadOfGuessing() {
		assertThatExceptionOfType(DecisionFailed.class).isThrownBy(
				() -> Tables.ask(this.decisions, "", "time-limit", Map.of("stage", "mediate", "severity", "GENERAL")))
			.withMessageContaining("mediate");
	}

}
