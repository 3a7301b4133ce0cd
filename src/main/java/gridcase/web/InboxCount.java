package gridcase.web;

/** How many tasks wait for a person; shown in the navigation of every page. */
@FunctionalInterface
public interface InboxCount {

	int waitingFor(String login);

}
