package gridcase.casework.web;

import java.time.Instant;
import java.util.stream.Stream;

import gridcase.clock.PlatformClock;
import gridcase.registry.Duties;
import gridcase.web.InboxCount;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The number in the navigation: tasks a person has or could take. */
@Component
class WaitingTasks implements InboxCount {

	private final JdbcTemplate jdbc;

	private final Duties duties;

	private final PlatformClock clock;

	WaitingTasks(JdbcTemplate jdbc, Duties duties, PlatformClock clock) {
		this.jdbc = jdbc;
		this.duties = duties;
		this.clock = clock;
	}

	@Override
	public int waitingFor(String login) {
		Instant now = this.clock.now();
		String[] people = Stream.concat(Stream.of(login), this.duties.actingFor(login, now).stream())
			.toArray(String[]::new);
		String[] pools = this.duties.poolsOf(login, now).toArray(String[]::new);
		Integer count = this.jdbc.queryForObject(
				"select count(*) from inbox_item where assignee = any (?) or (assignee is null and pool = any (?))",
				Integer.class, people, pools);
		return (count != null) ? count : 0;
	}

}
