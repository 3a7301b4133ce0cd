package gridcase.notice;

import java.time.Instant;

/**
 * A message to one person.
 *
 * @param caseNo the case it tells of
 * @param place the case's place
 * @param event what happened, e.g. {@code SIGNED}
 * @param audience in which part the person is told, e.g. {@code REPORTER}
 * @param channel {@code IN_APP}, {@code SMS} or {@code EMAIL}
 * @param recipient sign-in name for {@code IN_APP}, else a phone number or address
 * @param template name of the text
 * @param params what the text names, as JSON
 * @param createdAt when, by the platform's clock
 */
public record Notice(String caseNo, String place, String event, String audience, String channel, String recipient,
		String template, String params, Instant createdAt) {

}
