package gridcase.casework.web;

import java.util.Map;

import gridcase.casework.InboxCounts;
import gridcase.web.InboxCount;

import org.springframework.stereotype.Component;

/** The number in the navigation: tasks a person has or could take. */
@Component
class WaitingTasks implements InboxCount {

	private final InboxCounts counts;

	WaitingTasks(InboxCounts counts) {
		this.counts = counts;
	}

	@Override
	public int waitingFor(String login) {
		Map<String, Integer> counts = this.counts.of(login);
		return counts.get("MINE") + counts.get("POOL");
	}

}
