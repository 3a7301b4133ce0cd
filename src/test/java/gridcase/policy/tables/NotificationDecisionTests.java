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
					event           | audience     | noticeChannel | template                     | rule
					REPORTED        | REPORTER     | IN_APP        | reporter-reported            | Rule_ReportedReporter
					SIGNED          | REPORTER     | SMS           | reporter-signed              | Rule_SignedReporter
					HANDLED         | REPORTER     | SMS           | reporter-handled             | Rule_HandledReporter
					CLOSED          | REPORTER     | SMS           | reporter-closed              | Rule_ClosedReporter
					REJECTED        | REPORTER     | SMS           | reporter-rejected            | Rule_RejectedReporter
					ASSIGNED        | HOLDER       | IN_APP        | holder-assigned              | Rule_AssignedHolder
					SIGNED          | OWNER        | IN_APP        | owner-signed                 | Rule_SignedOwner
					HANDLED         | OWNER        | IN_APP        | owner-handled                | Rule_HandledOwner
					CLOSED          | OWNER        | IN_APP        | owner-closed                 | Rule_ClosedOwner
					REJECTED        | OWNER        | IN_APP        | owner-rejected               | Rule_RejectedOwner
					WARNED          | HOLDER       | IN_APP        | holder-warned                | Rule_WarnedHolder
					WARNED          | OWNER        | IN_APP        | owner-warned                 | Rule_WarnedOwner
					BREACHED        | HOLDER       | IN_APP        | holder-breached              | Rule_BreachedHolder
					BREACHED        | OWNER        | IN_APP        | owner-breached               | Rule_BreachedOwner
					BREACHED        | SUPERIOR     | IN_APP        | superior-breached            | Rule_BreachedSuperior
					ESCALATED       | SUPERIOR     | IN_APP        | superior-escalated           | Rule_EscalatedSuperior
					ESCALATED       | HOLDER       | IN_APP        | holder-escalated             | Rule_EscalatedHolder
					ESCALATED       | OWNER        | IN_APP        | owner-escalated              | Rule_EscalatedOwner
					ESCALATED       | TOLD         | IN_APP        | told-escalated               | Rule_EscalatedTold
					DIRECT_REPORTED | SUPERIOR     | IN_APP        | superior-direct-reported     | Rule_DirectReportedSuperior
					DIRECT_REPORTED | SKIPPED_TIER | IN_APP        | skipped-tier-direct-reported | Rule_DirectReportedSkippedTier
					VACANCY         | OPERATOR     | IN_APP        | operator-vacancy             | Rule_VacancyOperator
					URGED           | HOLDER       | IN_APP        | holder-urged                 | Rule_UrgedHolder
					EXTENDED        | HOLDER       | IN_APP        | holder-extended              | Rule_ExtendedHolder
					EXTENDED        | OWNER        | IN_APP        | owner-extended               | Rule_ExtendedOwner
					SUSPENDED       | REPORTER     | IN_APP        | reporter-suspended           | Rule_SuspendedReporter
					SUSPENDED       | OWNER        | IN_APP        | owner-suspended              | Rule_SuspendedOwner
					SUSPENSION_ENDED | HOLDER      | IN_APP        | holder-suspension-ended      | Rule_SuspensionEndedHolder
					NOT_GRANTED     | REQUESTER    | IN_APP        | requester-not-granted        | Rule_NotGrantedRequester
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
					"HELPER_REFUSED")
			.mapToLong((event) -> ask(event).rules().size())
			.sum();
		assertThat(fired).isEqualTo(31);
		assertThat(TableFile.of("", "notification").ruleIds()).hasSize(31);
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
