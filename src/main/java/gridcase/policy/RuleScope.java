package gridcase.policy;

import java.time.Instant;

/**
 * For whom a rule is looked up.
 *
 * @param place place whose own rule wins over the shared one; null asks for the shared
 * one
 * @param reportedAt when the case was reported, which decides whether a release for new
 * cases applies
 * @param at the moment that counts for what is in force
 */
public record RuleScope(String place, Instant reportedAt, Instant at) {

	/** A case that would be reported at that moment. */
	public static RuleScope newCase(String place, Instant at) {
		return new RuleScope(place, at, at);
	}

}
