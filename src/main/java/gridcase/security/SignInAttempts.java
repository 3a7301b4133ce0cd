package gridcase.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

import gridcase.clock.PlatformClock;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Wrong passwords, counted by all nodes together: by sign-in name, in a row, and by the
 * address they come from, within a while. Names nobody has are counted like others, so
 * that nobody learns which there are. Times are the platform's.
 */
@Component
@EnableConfigurationProperties(SignInSettings.class)
class SignInAttempts {

	private static final String LOGIN = "LOGIN";

	private static final String ADDRESS = "ADDRESS";

	/** An office with a wrong password now and then never comes to rest by it. */
	private static final String COUNTS_ON = "case known.kind when 'LOGIN' then known.last_at else known.first_at end > ?";

	private final JdbcTemplate jdbc;

	private final SignInSettings settings;

	private final PlatformClock clock;

	SignInAttempts(JdbcTemplate jdbc, SignInSettings settings, PlatformClock clock) {
		this.jdbc = jdbc;
		this.settings = settings;
		this.clock = clock;
	}

	/**
	 * Until when nobody signs in by that name or from that address.
	 * @param address the address, or null for a name alone
	 * @return empty if anybody may
	 */
	Optional<Instant> lockedUntil(String login, String address) {
		return Optional.ofNullable(standing(login, address).lockedUntil());
	}

	/**
	 * What is counted against a sign-in.
	 *
	 * @param failures wrong passwords in a row by that name
	 * @param lockedUntil until when it is refused, or null
	 */
	record Standing(int failures, Instant lockedUntil) {

	}

	Standing standing(String login, String address) {
		return this.jdbc.queryForObject(
				"select coalesce(max(failures) filter (where kind = 'LOGIN'), 0) failures, max(last_at) filter "
						+ "(where failures >= case kind when 'LOGIN' then ? else ? end) locked_at from sign_in_failure "
						+ "where last_at > ? and ((kind = 'LOGIN' and key = ?) or (kind = 'ADDRESS' and key = ?))",
				(row, number) -> {
					Timestamp at = row.getTimestamp("locked_at");
					return new Standing(row.getInt("failures"),
							(at != null) ? at.toInstant().plus(this.settings.rest()) : null);
				}, this.settings.attempts(), this.settings.perAddress(), since(), key(login), key(address));
	}

	/** Counts a wrong password. */
	void failed(String login, String address) {
		count(LOGIN, key(login));
		if (address != null) {
			count(ADDRESS, key(address));
		}
		// what has been forgotten need not be kept
		this.jdbc.update("delete from sign_in_failure where last_at <= ?", since());
	}

	private void count(String kind, String key) {
		this.jdbc.update(
				"insert into sign_in_failure as known (kind, key, failures, first_at, last_at) values (?, ?, 1, ?, ?) "
						+ "on conflict (kind, key) do update set last_at = excluded.last_at, " + "failures = case when "
						+ COUNTS_ON + " then known.failures + 1 else 1 end, " + "first_at = case when " + COUNTS_ON
						+ " then known.first_at else excluded.first_at end",
				kind, key, now(), now(), since(), since());
	}

	/**
	 * A right password ends the row of wrong ones. Those of the address stay: who guesses
	 * has an account of their own, perhaps.
	 */
	void succeeded(String login) {
		forget(login);
	}

	/** Somebody in charge lets a person try again. */
	boolean forget(String login) {
		return this.jdbc.update("delete from sign_in_failure where kind = 'LOGIN' and key = ?", key(login)) > 0;
	}

	/** Until when people are kept out, by sign-in name; who is not is missing. */
	Map<String, Instant> locked(Collection<String> logins) {
		Map<String, String> byKey = new HashMap<>();
		logins.forEach((login) -> byKey.put(key(login), login));
		Map<String, Instant> locked = new HashMap<>();
		this.jdbc.query(
				"select key, last_at from sign_in_failure where kind = 'LOGIN' and key = any (?) and failures >= ? and last_at > ?",
				(row) -> {
					locked.put(byKey.get(row.getString("key")),
							row.getTimestamp("last_at").toInstant().plus(this.settings.rest()));
				}, byKey.keySet().toArray(String[]::new), this.settings.attempts(), since());
		return locked;
	}

	/** How many wrong passwords are still allowed. */
	int left(String login) {
		return Math.max(0, this.settings.attempts() - standing(login, null).failures());
	}

	private Timestamp now() {
		return Timestamp.from(this.clock.now());
	}

	private Timestamp since() {
		return Timestamp.from(this.clock.now().minus(this.settings.rest()));
	}

	private static String key(String text) {
		try {
			return HexFormat.of()
				.formatHex(MessageDigest.getInstance("SHA-256")
					.digest(String.valueOf(text).getBytes(StandardCharsets.UTF_8)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

}
