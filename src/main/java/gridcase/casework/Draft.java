package gridcase.casework;

import java.time.Instant;
import java.util.Map;

/**
 * A form somebody began and has not sent.
 *
 * @param login whose it is; nobody else sees it
 * @param subject what it is for: the id of a task, {@link Drafts#REPORT}, or
 * {@link Drafts#turn}
 * @param caseNo the case, or null where there is none yet
 * @param title one line that names the matter
 * @param values what was entered, by key of the field, unchecked
 * @param savedAt when it was saved last
 */
public record Draft(String login, String subject, String caseNo, String title, Map<String, Object> values,
		Instant savedAt) {

}
