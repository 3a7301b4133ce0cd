package gridcase.web;

import gridcase.security.CurrentPerson;

/** How many messages a person has not read; shown by the bell on every page. */
@FunctionalInterface
public interface UnreadCount {

	/** No more than this are counted. */
	int MANY = 100;

	/**
	 * Counts a person's unread messages.
	 * @return 0 to {@value #MANY}
	 */
	int unreadOf(CurrentPerson person);

}
