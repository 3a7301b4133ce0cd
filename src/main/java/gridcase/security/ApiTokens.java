package gridcase.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import gridcase.clock.PlatformClock;
import gridcase.registry.Roles;
import gridcase.shared.Acting;
import gridcase.shared.FieldProblem;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Tokens for the API. Stored is their SHA-256; they are random and long enough for it.
 */
@Component
class ApiTokens {

	/** How every token begins, so that one left lying about is recognised. */
	static final String PREFIX = "gct_";

	static final int LONGEST_DAYS = 365;

	private static final int MOST = 20;

	private static final Duration USED_EVERY = Duration.ofMinutes(1);

	private final SecureRandom random = new SecureRandom();

	private final JdbcTemplate jdbc;

	private final PlatformClock clock;

	ApiTokens(JdbcTemplate jdbc, PlatformClock clock) {
		this.jdbc = jdbc;
		this.clock = clock;
	}

	/**
	 * A token just made.
	 *
	 * @param token the token itself, never to be seen again
	 * @param info what is kept of it
	 */
	record Fresh(String token, ApiToken info) {

	}

	/**
	 * Makes a token.
	 * @param person the person it acts for
	 * @param name what it is for
	 * @param days how many days it is good
	 * @param roles the only roles it acts in; empty: all the person has
	 * @throws Refusal if a value does not fit
	 */
	Fresh create(CurrentPerson person, String name, int days, Collection<String> roles) {
		List<FieldProblem> problems = new ArrayList<>();
		String said = (name != null) ? name.strip() : "";
		if (said.isEmpty() || said.length() > 60) {
			problems.add(problem("name", "security.token.badName"));
		}
		if (days < 1 || days > LONGEST_DAYS) {
			problems.add(problem("days", "security.token.badDays", LONGEST_DAYS));
		}
		if (!person.roles().containsAll(roles)) {
			problems.add(problem("roles", "security.token.badRoles", String.join(", ", person.roles())));
		}
		if (!problems.isEmpty()) {
			throw Refusal.invalid(problems);
		}
		Instant now = this.clock.now();
		if (of(person.login()).stream().filter((token) -> live(token, now)).count() >= MOST) {
			throw Refusal.conflict(Texts.of("security", "security.token.tooMany", MOST));
		}
		byte[] bytes = new byte[32];
		this.random.nextBytes(bytes);
		String token = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
		ApiToken info = new ApiToken(UUID.randomUUID(), person.login(), said, roles.stream().sorted().toList(), now,
				Acting.current(), now.plus(Duration.ofDays(days)), null, null);
		this.jdbc.update(
				"insert into api_token (id, login, name, hash, roles, created_at, created_by, expires_at) values (?, ?, ?, ?, ?, ?, ?, ?)",
				info.id(), info.login(), info.name(), hash(token),
				info.roles().isEmpty() ? null : info.roles().toArray(String[]::new), Timestamp.from(now),
				info.createdBy(), Timestamp.from(info.expiresAt()));
		return new Fresh(token, info);
	}

	private static FieldProblem problem(String field, String key, Object... values) {
		return new FieldProblem(field, Texts.of("security", "security.token." + field),
				Texts.of("security", key, values));
	}

	/** Whether it may be used at a moment. */
	static boolean live(ApiToken token, Instant at) {
		return token.revokedAt() == null && at.isBefore(token.expiresAt());
	}

	/** The token a program presents; empty if there is none, or none that is good now. */
	Optional<ApiToken> use(String presented) {
		Instant now = this.clock.now();
		Optional<ApiToken> found = this.jdbc
			.query("select * from api_token where hash = ?", (row, number) -> token(row), hash(presented))
			.stream()
			.filter((token) -> live(token, now))
			.findFirst();
		found.filter((token) -> token.usedAt() == null || token.usedAt().isBefore(now.minus(USED_EVERY)))
			.ifPresent((token) -> this.jdbc.update("update api_token set used_at = ? where id = ?", Timestamp.from(now),
					token.id()));
		return found;
	}

	/** Tokens of a person, newest first. */
	List<ApiToken> of(String login) {
		return this.jdbc.query("select * from api_token where login = ? order by created_at desc, id",
				(row, number) -> token(row), login);
	}

	/** How many good tokens people have; who has none is missing. */
	Map<String, Integer> count(Collection<String> logins) {
		Map<String, Integer> counts = new HashMap<>();
		this.jdbc.query(
				"select login, count(*) n from api_token where login = any (?) and revoked_at is null and expires_at > ? group by login",
				(row) -> {
					counts.put(row.getString("login"), row.getInt("n"));
				}, logins.toArray(String[]::new), Timestamp.from(this.clock.now()));
		return counts;
	}

	/**
	 * Calls a token back; at once, on all nodes.
	 * @throws Refusal if the person has none with this id
	 */
	void revoke(String login, UUID id) {
		int revoked = this.jdbc.update(
				"update api_token set revoked_at = coalesce(revoked_at, ?), revoked_by = coalesce(revoked_by, ?) where id = ? and login = ?",
				Timestamp.from(this.clock.now()), Acting.current(), id, login);
		if (revoked == 0) {
			throw Refusal.notFound(Texts.of("security", "security.token.none"));
		}
	}

	private static ApiToken token(ResultSet row) throws SQLException {
		Array roles = row.getArray("roles");
		return new ApiToken(row.getObject("id", UUID.class), row.getString("login"), row.getString("name"),
				(roles != null) ? List.of((String[]) roles.getArray()) : List.of(), instant(row, "created_at"),
				row.getString("created_by"), instant(row, "expires_at"), instant(row, "revoked_at"),
				instant(row, "used_at"));
	}

	private static Instant instant(ResultSet row, String column) throws SQLException {
		Timestamp at = row.getTimestamp(column);
		return (at != null) ? at.toInstant() : null;
	}

	private static byte[] hash(String token) {
		try {
			return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

	/** The roles one may choose from, in the order people know them. */
	static List<String> choices(CurrentPerson person) {
		return Roles.ALL.stream().filter(person.roles()::contains).toList();
	}

}
