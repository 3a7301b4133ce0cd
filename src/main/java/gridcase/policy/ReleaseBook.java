package gridcase.policy;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import gridcase.shared.Epoch;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * All released rules in memory. One look at a counter tells whether another transaction,
 * here or on another node, has released since.
 */
@Component
class ReleaseBook {

	private static final Comparator<ReleasedRule> LATEST_FIRST = Comparator.comparing(ReleasedRule::effectiveFrom)
		.thenComparing(ReleasedRule::releaseId)
		.reversed();

	private final JdbcTemplate jdbc;

	private static final String WATCHED = "releases";

	private static final String EFFECTS = "release effects";

	private final Epoch epoch;

	private static final Pages BLANK = new Pages(0, 0, Map.of(), Set.of());

	private volatile Pages pages = BLANK;

	ReleaseBook(JdbcTemplate jdbc, Epoch epoch) {
		this.jdbc = jdbc;
		this.epoch = epoch;
		epoch.watch(WATCHED, "(select last_release from policy_release_counter)");
		epoch.watch(EFFECTS, "(select last_effect from policy_release_counter)");
	}

	/** What this transaction sees; asked of the database once per transaction. */
	Pages pages() {
		DecisionsInTransaction here = DecisionsInTransaction.current();
		if (here == null) {
			return upToDate();
		}
		if (here.pages() == null) {
			here.seen(upToDate());
		}
		return here.pages();
	}

	/** This transaction has released: it sees that at once, others when it commits. */
	void releasedHere() {
		DecisionsInTransaction here = DecisionsInTransaction.current();
		Objects.requireNonNull(here, "a release needs a transaction");
		this.jdbc.query("select last_release, last_effect from policy_release_counter", (row) -> {
			here.seen(read(row.getLong(1), row.getLong(2), this.pages));
		});
	}

	private Pages upToDate() {
		Pages known = this.pages;
		long counter = this.epoch.exact(WATCHED);
		long effects = this.epoch.number(EFFECTS);
		if (counter <= known.counter() && effects <= known.effects()) {
			return known;
		}
		Pages now = read(counter, effects, known);
		this.pages = now;
		return now;
	}

	private Pages read(long counter, long effects, Pages known) {
		Map<Name, List<ReleasedRule>> rules = new HashMap<>();
		known.rules().forEach((name, versions) -> rules.put(name, new ArrayList<>(versions)));
		this.jdbc.query("""
				select r.id, r.place, r.effective_from, r.applies_to, u.type, u.key, u.version, u.definition_id
				from policy_release r
				join policy_release_rule u on u.release_id = r.id
				where r.id > ? and r.id <= ?""", (row, number) -> rule(row), known.counter(), counter)
			.forEach((rule) -> rules.computeIfAbsent(Name.of(rule), (name) -> new ArrayList<>()).add(rule));
		rules.values().forEach((versions) -> versions.sort(LATEST_FIRST));
		// its catalogue or holidays are loaded at its moment, and its rules with them
		Set<Long> waiting = Set.copyOf(this.jdbc.queryForList("""
				select id from policy_release r where effects_pending and exists
				(select 1 from policy_release_rule u where u.release_id = r.id and u.type = 'REGISTRY')""",
				Long.class));
		return new Pages(counter, effects, rules, waiting);
	}

	static ReleasedRule rule(ResultSet row) throws SQLException {
		return new ReleasedRule(RuleType.valueOf(row.getString("type")), row.getString("key"), row.getString("place"),
				row.getInt("version"), row.getString("definition_id"), row.getLong("id"),
				row.getString("definition_id") == null, row.getTimestamp("effective_from").toInstant(),
				AppliesTo.valueOf(row.getString("applies_to")));
	}

	/** What a rule is known by through all its versions. */
	private record Name(RuleType type, String place, String key) {

		static Name of(ReleasedRule rule) {
			return new Name(rule.type(), rule.place(), rule.key());
		}

	}

	/**
	 * The rules as of one look.
	 *
	 * @param counter number of the newest release
	 * @param effects how often releases have taken effect at a later moment
	 * @param rules versions of every rule, the one that came into force last first; never
	 * changed
	 * @param waiting releases that have not taken effect, whatever the time is
	 */
	record Pages(long counter, long effects, Map<Name, List<ReleasedRule>> rules, Set<Long> waiting) {

		/** The rule that applies: the place's own, else the shared one. */
		Optional<ReleasedRule> find(RuleType type, String key, RuleScope scope) {
			if (scope.place() != null) {
				ReleasedRule own = applying(new Name(type, scope.place(), key), scope);
				if (own != null) {
					return Optional.of(own);
				}
			}
			return Optional.ofNullable(applying(new Name(type, null, key), scope));
		}

		private ReleasedRule applying(Name name, RuleScope scope) {
			for (ReleasedRule rule : this.rules.getOrDefault(name, List.of())) {
				if (rule.appliesTo(scope) && !this.waiting.contains(rule.releaseId())) {
					return rule.removed() ? null : rule;
				}
			}
			return null;
		}

		/** All rules of a kind that apply, by key. */
		Map<String, ReleasedRule> all(RuleType type, RuleScope scope) {
			Map<String, ReleasedRule> all = new TreeMap<>();
			for (Name name : this.rules.keySet()) {
				if (name.type() == type && (name.place() == null || name.place().equals(scope.place()))
						&& !all.containsKey(name.key())) {
					find(type, name.key(), scope).ifPresent((rule) -> all.put(rule.key(), rule));
				}
			}
			return all;
		}

		/** Every version of exactly that place's rule, the one in force last first. */
		List<ReleasedRule> versions(RuleType type, String key, String place) {
			return this.rules.getOrDefault(new Name(type, place, key), List.of());
		}

		/** That version of exactly that place's table. */
		Optional<ReleasedRule> version(String key, String place, int version) {
			return this.rules.getOrDefault(new Name(RuleType.TABLE, place, key), List.of())
				.stream()
				.filter((table) -> !table.removed() && table.version() == version)
				.findFirst();
		}

	}

}
