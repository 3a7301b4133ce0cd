package gridcase.security;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

import gridcase.clock.PlatformClock;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** When people signed in last. */
@Component
class SignIns {

	private final JdbcTemplate jdbc;

	private final PlatformClock clock;

	SignIns(JdbcTemplate jdbc, PlatformClock clock) {
		this.jdbc = jdbc;
		this.clock = clock;
	}

	/**
	 * Notes that a person has signed in.
	 * @param login sign-in name
	 * @param way {@code PASSWORD} or {@code OIDC}
	 */
	void add(String login, String way) {
		this.jdbc.update(
				"insert into sign_in (login, at, way) values (?, ?, ?) "
						+ "on conflict (login) do update set at = excluded.at, way = excluded.way",
				login, Timestamp.from(this.clock.now()), way);
	}

	/** Last sign-ins by sign-in name; who never did is missing. */
	Map<String, Instant> last(Collection<String> logins) {
		Map<String, Instant> last = new HashMap<>();
		this.jdbc.query("select login, at from sign_in where login = any (?)", (row) -> {
			last.put(row.getString("login"), row.getTimestamp("at").toInstant());
		}, (Object) logins.toArray(String[]::new));
		return last;
	}

}
