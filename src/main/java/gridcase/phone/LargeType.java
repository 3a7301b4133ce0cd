package gridcase.phone;

import java.sql.Timestamp;

import gridcase.clock.PlatformClock;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Who reads the phone pages in large type. */
@Component
class LargeType {

	private final JdbcTemplate jdbc;

	private final PlatformClock clock;

	LargeType(JdbcTemplate jdbc, PlatformClock clock) {
		this.jdbc = jdbc;
		this.clock = clock;
	}

	boolean of(String login) {
		return this.jdbc.queryForList("select large_type from phone_setting where login = ?", Boolean.class, login)
			.contains(true);
	}

	void set(String login, boolean large) {
		this.jdbc.update(
				"insert into phone_setting (login, large_type, changed_at) values (?, ?, ?) on conflict (login) do update "
						+ "set large_type = excluded.large_type, changed_at = excluded.changed_at",
				login, large, Timestamp.from(this.clock.now()));
	}

}
