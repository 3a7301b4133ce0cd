package gridcase.policy.tables;

import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;

import gridcase.platform.GridcaseTest;
import gridcase.policy.Answer;
import gridcase.policy.Decisions;
import gridcase.policy.Question;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/** Whom a fact is told to, and how. */
@GridcaseTest
class NotificationDecisionTests {

	@Autowired
	private Decisions decisions;

	private static final Instant AT = Instant.parse("2026-03-16T01:00:00Z");

	@ParameterizedTest(name = "{0} tells {1} by {2}")
	@CsvSource(delimiter = '|', useHeadersInDisplayName = true,
			textBlock = """
					event              | audience     | noticeChannel | template                     | rule
					REPORTED           | REPORTER     | IN_APP        | reporter-reported            | Rule_ReportedReporter
					SIGNED             | REPORTER     | SMS           | reporter-signed              | Rule_SignedReporter
					HANDLED            | REPORTER     | SMS           | reporter-handled             | Rule_HandledReporter
					CLOSED             | REPORTER     | SMS           | reporter-closed              | Rule_ClosedReporter
					REJECTED           | REPORTER     | SMS           | reporter-rejected            | Rule_RejectedReporter
					ASSIGNED           | HOLDER       | IN_APP        | holder-assigned              | Rule_AssignedHolder
					SIGNED             | OWNER        | IN_APP        | owner-signed                 | Rule_SignedOwner
					HANDLED            | OWNER        | IN_APP        | owner-handled                | Rule_HandledOwner
					CLOSED             | OWNER        | IN_APP        | owner-closed                 | Rule_ClosedOwner
					REJECTED           | OWNER        | IN_APP        | owner-rejected               | Rule_RejectedOwner
					WARNED             | HOLDER       | IN_APP        | holder-warned                | Rule_WarnedHolder
					WARNED             | OWNER        | IN_APP        | owner-warned                 | Rule_WarnedOwner
					BREACHED           | HOLDER       | IN_APP        | holder-breached              | Rule_BreachedHolder
					BREACHED           | OWNER        | IN_APP        | owner-breached               | Rule_BreachedOwner
					BREACHED           | SUPERIOR     | IN_APP        | superior-breached            | Rule_BreachedSuperior
					ESCALATED          | SUPERIOR     | IN_APP        | superior-escalated           | Rule_EscalatedSuperior
					ESCALATED          | HOLDER       | IN_APP        | holder-escalated             | Rule_EscalatedHolder
					ESCALATED          | OWNER        | IN_APP        | owner-escalated              | Rule_EscalatedOwner
					ESCALATED       | TOLD         | IN_APP        | told-escalated               | Rule_EscalatedTold
					DIRECT_REPORTED    | SUPERIOR     | IN_APP        | superior-direct-reported     | Rule_DirectReportedSuperior
					DIRECT_REPORTED    | SKIPPED_TIER | IN_APP        | skipped-tier-direct-reported | Rule_DirectReportedSkippedTier
					VACANCY            | OPERATOR     | IN_APP        | operator-vacancy             | Rule_VacancyOperator
					URGED              | HOLDER       | IN_APP        | holder-urged                 | Rule_UrgedHolder
					EXTENDED           | HOLDER       | IN_APP        | holder-extended              | Rule_ExtendedHolder
					EXTENDED           | OWNER        | IN_APP        | owner-extended               | Rule_ExtendedOwner
					SUSPENDED          | REPORTER     | IN_APP        | reporter-suspended           | Rule_SuspendedReporter
					SUSPENDED          | OWNER        | IN_APP        | owner-suspended              | Rule_SuspendedOwner
					SUSPENSION_ENDED   | HOLDER       | IN_APP        | holder-suspension-ended      | Rule_SuspensionEndedHolder
					NOT_GRANTED        | REQUESTER    | IN_APP        | requester-not-granted        | Rule_NotGrantedRequester
					EXCUSED            | REQUESTER    | IN_APP        | requester-excused            | Rule_ExcusedRequester
					WITHDRAWN          | REPORTER     | SMS           | reporter-withdrawn           | Rule_WithdrawnReporter
					WITHDRAWN          | HOLDER       | IN_APP        | holder-withdrawn             | Rule_WithdrawnHolder
					WITHDRAWN          | OWNER        | IN_APP        | owner-withdrawn              | Rule_WithdrawnOwner
					VOIDED             | REPORTER     | SMS           | reporter-voided              | Rule_VoidedReporter
					VOIDED             | HOLDER       | IN_APP        | holder-voided                | Rule_VoidedHolder
					VOIDED             | OWNER        | IN_APP        | owner-voided                 | Rule_VoidedOwner
					SEVERITY_CHANGED   | HOLDER       | IN_APP        | holder-severity-changed      | Rule_SeverityChangedHolder
					SEVERITY_CHANGED   | OWNER        | IN_APP        | owner-severity-changed       | Rule_SeverityChangedOwner
					HANDED_DOWN        | HOLDER       | IN_APP        | holder-handed-down           | Rule_HandedDownHolder
					HANDED_DOWN        | OWNER        | IN_APP        | owner-handed-down            | Rule_HandedDownOwner
					REOPENED           | REPORTER     | SMS           | reporter-reopened            | Rule_ReopenedReporter
					REOPENED           | OWNER        | IN_APP        | owner-reopened               | Rule_ReopenedOwner
					UPHELD             | REPORTER     | SMS           | reporter-upheld              | Rule_UpheldReporter
					DIFFICULT_LISTED   | OWNER        | IN_APP        | owner-difficult-listed       | Rule_DifficultListedOwner
					DIFFICULT_DELISTED | OWNER        | IN_APP        | owner-difficult-delisted     | Rule_DifficultDelistedOwner
					MERGED             | REPORTER     | SMS           | reporter-merged              | Rule_MergedReporter
					MERGED             | OWNER        | IN_APP        | owner-merged                 | Rule_MergedOwner
					MERGED_ENDED       | REPORTER     | SMS           | reporter-merged-ended        | Rule_MergedEndedReporter
					HELPER_REFUSED  | OWNER        | IN_APP        | owner-helper-refused         | Rule_HelperRefusedOwner
					HELPER_REFUSED  | HOLDER       | IN_APP        | holder-helper-refused        | Rule_HelperRefusedHolder
					""")
	void everyFactReachesItsAudience(String event, String audience, String channel, String template, String rule) {
		Answer answer = ask(event);
		int at = answer.rules().indexOf(rule);
		assertThat(at).as("rule among " + answer.rules()).isNotNegative();
		assertThat(answer.rows().get(at))
			.isEqualTo(Map.of("audience", audience, "noticeChannel", channel, "template", template));
	}

	@Test
	void everyRuleHasACaseAbove() {
		long fired = Stream
			.of("REPORTED", "SIGNED", "HANDLED", "CLOSED", "REJECTED", "ASSIGNED", "WARNED", "BREACHED", "ESCALATED",
					"DIRECT_REPORTED", "VACANCY", "URGED", "EXTENDED", "SUSPENDED", "SUSPENSION_ENDED", "NOT_GRANTED",
					"EXCUSED", "WITHDRAWN", "VOIDED", "SEVERITY_CHANGED", "HANDED_DOWN", "REOPENED", "UPHELD",
					"DIFFICULT_LISTED", "DIFFICULT_DELISTED", "MERGED", "MERGED_ENDED", "HELPER_REFUSED")
			.mapToLong((event) -> ask(event).rules().size())
			.sum();
		assertThat(fired).isEqualTo(50);
		assertThat(TableFile.of("", "notification").ruleIds()).hasSize(50);
	}

	@Test
	void aCaseThatIsSignedHandledAndClosedSendsThreeMessagesToItsReporter() {
		long messages = Stream.of("REPORTED", "ASSIGNED", "SIGNED", "HANDLED", "CLOSED")
			.flatMap((event) -> ask(event).rows().stream())
			.filter((row) -> "SMS".equals(row.get("noticeChannel")) && "REPORTER".equals(row.get("audience")))
			.count();
		assertThat(messages).isEqualTo(3);
	}

	@Test
	void whatIsNotListedTellsNobody() {
		assertThat(ask("COMMENTED").rows()).isEmpty();
	}

	private Answer ask(String event) {
		return this.decisions.decide(Question.of("notification", null, AT, Map.of("event", event)));
	}

}
