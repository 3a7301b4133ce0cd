package gridcase.policy.tables;

import java.util.stream.Stream;

import gridcase.platform.GridcaseTest;
import gridcase.policy.Decisions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import org.springframework.beans.factory.annotation.Autowired;

/** Who is watched, what is unusual, and how long cases are kept. */
@GridcaseTest
class OversightDecisionTests {

	@Autowired
	private Decisions decisions;

	@TestFactory
	Stream<DynamicTest> caseSight() {
		return DecisionCases.everyRule(this.decisions, "case-sight", """
				standing | role           | subjectKind || caseSight | watched | reasonMinutes | rule
				HOLDER   | administrator  | case        || OPEN      | true    | 0             | Rule_OwnCase
				REPORTER | policy-officer | case-entry  || OPEN      | true    | 0             | Rule_OwnCase
				NONE     | auditor        | case-entry  || REFUSED   | true    | 0             | Rule_ReadersDoNotWrite
				WATCHER  | administrator  | case-entry  || REFUSED   | true    | 0             | Rule_ReadersDoNotWrite
				NONE     | administrator  | case        || ON_REASON | true    | 30            | Rule_AdministratorCase
				NONE     | administrator  | case-list   || ON_REASON | true    | 30            | Rule_AdministratorCase
				NONE     | auditor        | case        || OPEN      | true    | 0             | Rule_Watched
				NONE     | administrator  | platform    || OPEN      | true    | 0             | Rule_Watched
				NONE     | policy-approver | case-entry || OPEN      | true    | 0             | Rule_Watched
				NONE     | handler        | case        || OPEN      | false   | 0             | Rule_Otherwise
				NONE     | dispatcher     | case-entry  || OPEN      | false   | 0             | Rule_Otherwise
				""");
	}

	@TestFactory
	Stream<DynamicTest> unusualReading() {
		return DecisionCases.everyRule(this.decisions, "unusual-reading",
				"""
						role           | casesRead | outsideReads | refusedReads | personalShown | casesLeft || unusual | unusualReason | rule
						auditor        | 1         | 0            | 3            | 0             | 1         || true    | 多次去看不让看的内容    | Rule_Refused
						auditor        | 6         | 5            | 0            | 0             | 6         || true    | 多次看本辖区以外的案件   | Rule_Outside
						auditor        | 10        | 0            | 0            | 10            | 10        || true    | 集中查看个人信息      | Rule_Personal
						administrator  | 5         | 0            | 0            | 0             | 5         || true    | 看了多件案件，没有后续处理 | Rule_AdministratorLooksAround
						policy-officer | 30        | 0            | 0            | 0             | 30        || true    | 一小时内翻看大量案件    | Rule_PolicyLooksAround
						auditor        | 100       | 0            | 0            | 0             | 100       || true    | 一小时内翻看大量案件    | Rule_AuditorMany
						auditor        | 99        | 4            | 2            | 9             | 99        || false   | ""            | Rule_Otherwise
						administrator  | 9         | 0            | 0            | 0             | 4         || false   | ""            | Rule_Otherwise
						""");
	}

	@TestFactory
	Stream<DynamicTest> retention() {
		return DecisionCases.everyRule(this.decisions, "retention",
				"""
						category | categoryClass | severity | outcome     | internalMatter || retentionYears | retentionAction | rule
						P0101    | P01           | GENERAL  | RELEASED    | true           || 0              | KEEP            | Rule_HouseMatter
						S0501    | S05           | MAJOR    | HANDLED     | false          || 0              | KEEP            | Rule_Major
						S0501    | S05           | SERIOUS  | WITHDRAWN   | false          || 30             | ARCHIVE_DELETE  | Rule_Serious
						S0501    | S05           | GENERAL  | REJECTED    | false          || 3              | ARCHIVE_DELETE  | Rule_NotHandled
						S0501    | S05           | GENERAL  | HANDLED     | false          || 10             | ARCHIVE_DELETE  | Rule_Otherwise
						S0501    | S05           | MINOR    | null        | false          || 10             | ARCHIVE_DELETE  | Rule_Otherwise
						""");
	}

	@TestFactory
	Stream<DynamicTest> retentionApproval() {
		return DecisionCases.everyRule(this.decisions, "retention-approval", """
				listedCases | listerAudits || listApproval | approverRole    | approverTier | rule
				0           | true         || REFUSED      | ""              | ""           | Rule_Empty
				3           | true         || APPROVAL     | policy-approver | ""           | Rule_ByAuditor
				3           | false        || APPROVAL     | auditor         | ""           | Rule_Otherwise
				""");
	}

}
