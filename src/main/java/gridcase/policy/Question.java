package gridcase.policy;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * What is asked of a table.
 *
 * @param key key of the table, such as {@code routing}
 * @param place place whose own table wins over the shared one; null asks the shared one
 * @param caseNo the case concerned; null if somebody only tries out, which leaves no
 * record
 * @param element id of the diagram element that asks, or null
 * @param reportedAt when the case concerned was reported, which decides whether a release
 * for new cases applies; {@code at} if none is concerned
 * @param at the moment that counts for what is in force
 * @param version version of the table that must answer; null for the one in force
 * @param inputs answers a name with its value, null if unknown; only the names the table
 * declares are asked for
 */
public record Question(String key, String place, String caseNo, String element, Instant reportedAt, Instant at,
		Integer version, Function<String, Object> inputs) {

	/** Asks what is in force, without a case. */
	public static Question of(String key, String place, Instant at, Map<String, ?> inputs) {
		return of(key, place, at, new HashMap<String, Object>(inputs)::get);
	}

	/** Asks what is in force, without a case. */
	public static Question of(String key, String place, Instant at, Function<String, Object> inputs) {
		return new Question(key, place, null, null, at, at, null, inputs);
	}

	/** The same for a case: the decision goes on record. */
	public Question forCase(String caseNo, Instant reportedAt, String element) {
		return new Question(this.key, this.place, caseNo, element, reportedAt, this.at, this.version, this.inputs);
	}

	/** The same for a case reported then, which leaves no record. */
	public Question reportedAt(Instant reported) {
		return new Question(this.key, this.place, this.caseNo, this.element, reported, this.at, this.version,
				this.inputs);
	}

	/** The same asked of exactly that version. */
	public Question atVersion(int version) {
		return new Question(this.key, this.place, this.caseNo, this.element, this.reportedAt, this.at, version,
				this.inputs);
	}

	RuleScope sharedScope() {
		return new RuleScope(null, this.reportedAt, this.at);
	}

	RuleScope scope() {
		return new RuleScope(this.place, this.reportedAt, this.at);
	}

}
