package gridcase.policy;

import java.time.Instant;

/**
 * One rule of one release.
 *
 * @param type what it is
 * @param key key of the table or diagram, id of the form
 * @param place place that owns it, null for a shared one
 * @param version its version
 * @param definitionId id of exactly that version, the engine's own for tables and
 * diagrams
 * @param releaseId release it belongs to
 * @param removed whether this release takes the rule out of force
 * @param effectiveFrom from when
 * @param appliesTo for whom
 */
public record ReleasedRule(RuleType type, String key, String place, int version, String definitionId, long releaseId,
		boolean removed, Instant effectiveFrom, AppliesTo appliesTo) {

	boolean appliesTo(RuleScope scope) {
		return !this.effectiveFrom.isAfter(scope.at())
				&& (this.appliesTo == AppliesTo.ALL || !this.effectiveFrom.isAfter(scope.reportedAt()));
	}

}
