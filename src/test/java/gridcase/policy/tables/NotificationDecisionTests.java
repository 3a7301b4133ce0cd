package gridcase.policy.tables;

import java.util.Map;
import java.util.stream.Stream;

import gridcase.platform.GridcaseTest;
import gridcase.policy.Decisions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/** Whom a fact is told to, and how. */
@GridcaseTest
class NotificationDecisionTests {

	@Autowired
	private Decisions decisions;

	@TestFactory
	Stream<DynamicTest> everyFactReachesItsAudience() {
		return DecisionCases.everyRule(this.decisions, "notification",
				"""
						event           | audience     || noticeChannel | template                     | rule
						REPORTED        | REPORTER     || IN_APP        | reporter-reported            | Rule_ReportedReporter
						SIGNED          | REPORTER     || SMS           | reporter-signed              | Rule_SignedReporter
						HANDLED         | REPORTER     || SMS           | reporter-handled             | Rule_HandledReporter
						CLOSED          | REPORTER     || SMS           | reporter-closed              | Rule_ClosedReporter
						REJECTED        | REPORTER     || SMS           | reporter-rejected            | Rule_RejectedReporter
						ASSIGNED        | HOLDER       || IN_APP        | holder-assigned              | Rule_AssignedHolder
						SIGNED          | OWNER        || IN_APP        | owner-signed                 | Rule_SignedOwner
						HANDLED         | OWNER        || IN_APP        | owner-handled                | Rule_HandledOwner
						CLOSED          | OWNER        || IN_APP        | owner-closed                 | Rule_ClosedOwner
						REJECTED        | OWNER        || IN_APP        | owner-rejected               | Rule_RejectedOwner
						WARNED          | HOLDER       || IN_APP        | holder-warned                | Rule_WarnedHolder
						WARNED          | OWNER        || IN_APP        | owner-warned                 | Rule_WarnedOwner
						BREACHED        | HOLDER       || IN_APP        | holder-breached              | Rule_BreachedHolder
						BREACHED        | OWNER        || IN_APP        | owner-breached               | Rule_BreachedOwner
						BREACHED        | SUPERIOR     || IN_APP        | superior-breached            | Rule_BreachedSuperior
						ESCALATED       | SUPERIOR     || IN_APP        | superior-escalated           | Rule_EscalatedSuperior
						ESCALATED       | HOLDER       || IN_APP        | holder-escalated             | Rule_EscalatedHolder
						ESCALATED       | OWNER        || IN_APP        | owner-escalated              | Rule_EscalatedOwner
						DIRECT_REPORTED | SUPERIOR     || IN_APP        | superior-direct-reported     | Rule_DirectReportedSuperior
						DIRECT_REPORTED | SKIPPED_TIER || IN_APP        | skipped-tier-direct-reported | Rule_DirectReportedSkippedTier
						VACANCY         | OPERATOR     || IN_APP        | operator-vacancy             | Rule_VacancyOperator
						""");
	}

	@Test
	void aCaseThatIsSignedHandledAndClosedSendsThreeMessagesToItsReporter() {
		long messages = Stream.of("REPORTED", "ASSIGNED", "SIGNED", "HANDLED", "CLOSED")
			.flatMap((event) -> Tables
				.collect(this.decisions, "notification", Map.of("event", event, "audience", "REPORTER"))
				.stream())
			.filter((row) -> "SMS".equals(row.get("noticeChannel")))
			.count();
		assertThat(messages).isEqualTo(3);
	}

	@Test
	void whatIsNotListedTellsNobody() {
		assertThat(Tables.collect(this.decisions, "notification", Map.of("event", "WARNED", "audience", "REPORTER")))
			.isEmpty();
	}

}
