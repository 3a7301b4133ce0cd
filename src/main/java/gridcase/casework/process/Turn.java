package gridcase.casework.process;

import java.util.List;

/**
 * A process beside the loop that people may begin on a case: an extension, a suspension,
 * a withdrawal. Whatever diagram says so on its start event is one.
 *
 * @param key key of the diagram
 * @param name what it is called in the diagram's start event, e.g. 申请延期
 * @param hint one sentence for whom it is, from the diagram's documentation, or null
 * @param form form that is filled in to begin it, or null
 * @param by who may begin it: {@code holder owner reporter watcher} and roles
 * @param states states of a case in which it may be begun
 * @param when further condition over the facts of the case in FEEL, or null
 * @param beside key of the process whose cases can take it
 */
public record Turn(String key, String name, String hint, String form, List<String> by, List<String> states, String when,
		String beside) {

}
