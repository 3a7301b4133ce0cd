package gridcase.policy;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** What a release needs to know about one kind of rules; one bean each. */
public interface RuleKind {

	RuleType type();

	/**
	 * Reads a file on its own.
	 * @param place place that will own it, null for a shared one
	 * @param file its name
	 * @param content what is in it
	 * @param problems told everything that is wrong
	 * @return key of the rule, empty if the file cannot be read
	 */
	Optional<String> read(String place, String file, byte[] content, Consumer<RuleProblem> problems);

	/**
	 * Checks a file that could be read against the rules it will work with.
	 * @param file its name
	 * @param key key of the rule
	 * @param content what is in it
	 * @param draft what will be in force with this release
	 * @param problems told everything that is wrong
	 */
	void check(String file, String key, byte[] content, RuleDraft draft, Consumer<RuleProblem> problems);

	/**
	 * Keeps checked rules as new versions, in the running transaction.
	 * @param place place that owns them, null for shared ones
	 * @param rules content by key
	 * @return for each key what it is known by
	 */
	Map<String, Kept> keep(String place, Map<String, byte[]> rules);

	/**
	 * Names that such a rule makes known to others: outputs, keys of fields.
	 * @param content a rule of this kind that was checked
	 */
	Set<String> sets(byte[] content);

	/** Names that are known whatever has been released. */
	default Set<String> alwaysSet() {
		return Set.of();
	}

	/**
	 * Whether such a rule is more than in force: it changes something when it takes
	 * effect, which the version before it need not put back.
	 */
	default boolean hasEffect() {
		return false;
	}

	/**
	 * What puts back what a rule with an effect has changed.
	 * @param rule the rule
	 * @param problems told why that cannot be done
	 * @return what to release, empty if it cannot be done
	 */
	default Optional<byte[]> undoing(ReleasedRule rule, Consumer<RuleProblem> problems) {
		throw new IllegalStateException("nothing to undo of " + rule);
	}

	/**
	 * A rule that has been kept.
	 *
	 * @param definitionId id of exactly that version
	 * @param version number of the version
	 */
	record Kept(String definitionId, int version) {

	}

}
