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
import java.util.TreeMap;

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

	private volatile Pages pages = new Pages(0, Map.of());

	ReleaseBook(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
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
		here.seen(read(counter(), this.pages));
	}

	private Pages upToDate() {
		Pages known = this.pages;
		long counter = counter();
		if (counter == known.counter()) {
			return known;
		}
		Pages now = read(counter, known);
		this.pages = now;
		return now;
	}

	private long counter() {
		return this.jdbc.queryForObject("select last_release from policy_release_counter", Long.class);
	}

	private Pages read(long counter, Pages known) {
		Map<Name, List<ReleasedRule>> rules = new HashMap<>();
		known.rules().forEach((name, versions) -> rules.put(name, new ArrayList<>(versions)));
		this.jdbc.query("""
				select r.id, r.place, r.effective_from, r.applies_to, u.type, u.key, u.version, u.definition_id
				from policy_release r
				join policy_release_rule u on u.release_id = r.id
				where r.id > ? and r.id <= ?""", (row, number) -> rule(row), known.counter(), counter)
			.forEach((rule) -> rules.computeIfAbsent(Name.of(rule), (name) -> new ArrayList<>()).add(rule));
		rules.values().forEach((versions) -> versions.sort(LATEST_FIRST));
		return new Pages(counter, rules);
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
	 * @param rules versions of every rule, the one that came into force last first; never
	 * changed
	 */
	record Pages(long counter, Map<Name, List<ReleasedRule>> rules) {

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
				if (rule.appliesTo(scope)) {
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
