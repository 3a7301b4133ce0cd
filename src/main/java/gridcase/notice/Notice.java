package gridcase.notice;

import java.time.Instant;

/**
 * A message to be told, in the words it is told in.
 *
 * @param caseNo the case it tells of, or empty if it is about none
 * @param place the case's place
 * @param event what happened, e.g. {@code SIGNED}
 * @param audience in which part the person is told, e.g. {@code REPORTER}
 * @param channel {@code IN_APP}, {@code SMS} or {@code EMAIL}
 * @param recipient sign-in name, pool, phone number or e-mail address
 * @param kind which of these the recipient is
 * @param template name of the text
 * @param params what the text was made from, as JSON
 * @param subject what it is about, one line
 * @param text what it says
 * @param createdAt when, by the platform's clock
 */
public record Notice(String caseNo, String place, String event, String audience, String channel, String recipient,
		Kind kind, String template, String params, String subject, String text, Instant createdAt) {

	/** Names no address: it may end up in a log. */
	@Override
	public String toString() {
		return "Notice[caseNo=" + this.caseNo + ", event=" + this.event + ", audience=" + this.audience + ", channel="
				+ this.channel + "]";
	}

	/**
	 * Parameter of a message that is about no case: the page it is about, beginning with
	 * a slash.
	 */
	public static final String PAGE = "page";

	/** Seen inside the platform; delivered by being there. */
	public static final String IN_APP = "IN_APP";

	/** A text message to a telephone. */
	public static final String SMS = "SMS";

	/** Electronic mail. */
	public static final String EMAIL = "EMAIL";

	/** Beginning of the pool of a place's administrators. */
	public static final String OPERATOR = "operator";

	/** What a recipient is. */
	public enum Kind {

		/** A sign-in name; number or address are looked up when the message is sent. */
		PERSON,
		/**
		 * Everybody on duty when the message is sent: {@code role@scope}, or
		 * {@code operator@place} for the administrators.
		 */
		POOL,
		/** A phone number or an e-mail address. */
		ADDRESS

	}

}
