package gridcase.policy;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** What will be in force for a place once a release is. */
public final class RuleDraft {

	private final String place;

	private final Map<RuleType, Set<String>> keys;

	private final Map<RuleType, Map<String, byte[]>> changed;

	private final Supplier<Set<String>> names;

	private Set<String> known;

	RuleDraft(String place, Map<RuleType, Set<String>> keys, Map<RuleType, Map<String, byte[]>> changed,
			Supplier<Set<String>> names) {
		this.place = place;
		this.keys = keys;
		this.changed = changed;
		this.names = names;
	}

	/** Place the release is for, null for the shared rules. */
	public String place() {
		return this.place;
	}

	/** Whether there is such a rule, of the place or shared. */
	public boolean has(RuleType type, String key) {
		return keys(type).contains(key);
	}

	/** All keys of a kind, in their order. */
	public Set<String> keys(RuleType type) {
		return this.keys.getOrDefault(type, Set.of());
	}

	/** Content of the rules of a kind that come with the release, by key. */
	public Map<String, byte[]> changed(RuleType type) {
		return this.changed.getOrDefault(type, Map.of());
	}

	/** Every name some table or form sets. */
	public Set<String> names() {
		if (this.known == null) {
			this.known = new TreeSet<>(this.names.get());
		}
		return this.known;
	}

}
