package gridcase.audit;

import java.util.Map;

/**
 * Something a person read or did that is watched (查阅记录): a case opened, a log taken out,
 * a rule changed, a right given.
 *
 * @param login who, by sign-in name
 * @param place the place it concerns, or null for the whole platform
 * @param kind what was done, e.g. {@code CASE_READ}
 * @param subjectKind kind of thing it was done to, e.g. {@code case}
 * @param subject which one, e.g. a case number
 * @param details more about it; values of JSON types, never personal data
 * @param reason why, in the person's own words, or null where none is asked for
 */
public record Access(String login, String place, String kind, String subjectKind, String subject,
		Map<String, ?> details, String reason) {

}
