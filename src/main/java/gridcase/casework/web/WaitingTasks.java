package gridcase.casework.web;

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
		String[] pools = this.duties.poolsOf(login, this.clock.now()).toArray(String[]::new);
		Integer count = this.jdbc.queryForObject(
				"select count(*) from inbox_item where assignee = ? or (assignee is null and pool = any (?))",
				Integer.class, login, pools);
		return (count != null) ? count : 0;
	}

}
