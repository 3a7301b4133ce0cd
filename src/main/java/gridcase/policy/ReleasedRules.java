package gridcase.policy;

import java.util.List;
import java.util.Optional;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The rules that have been released: which one applies, and what is in it. */
@Component
public class ReleasedRules {

	private final JdbcTemplate jdbc;

	private final ReleaseBook book;

	ReleasedRules(JdbcTemplate jdbc, ReleaseBook book) {
		this.jdbc = jdbc;
		this.book = book;
	}

	/**
	 * The rule that applies: the place's own, else the shared one. Asked of memory; a
	 * look at the database whether there is a new release is taken once per transaction.
	 * @param type what is looked for
	 * @param key its key
	 * @param scope for whom
	 * @return empty if there is none
	 */
	public Optional<ReleasedRule> find(RuleType type, String key, RuleScope scope) {
		return this.book.pages().find(type, key, scope);
	}

	/**
	 * All rules of a kind that apply.
	 * @param type what is looked for
	 * @param scope for whom
	 * @return in the order of their keys
	 */
	public List<ReleasedRule> all(RuleType type, RuleScope scope) {
		return List.copyOf(this.book.pages().all(type, scope).values());
	}

	/**
	 * Every version of exactly that place's rule, scheduled ones included.
	 * @param place place code, null for the shared rule
	 * @return the one that comes into force last first
	 */
	public List<ReleasedRule> versions(RuleType type, String key, String place) {
		return List.copyOf(this.book.pages().versions(type, key, place));
	}

	/** The file of a rule, which never changes. */
	public byte[] content(ReleasedRule rule) {
		return this.jdbc.queryForObject(
				"select content from policy_release_rule where release_id = ? and type = ? and key = ?", byte[].class,
				rule.releaseId(), rule.type().name(), rule.key());
	}

}
