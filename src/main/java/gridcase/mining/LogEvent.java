package gridcase.mining;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * One event of a log as both standards know it.
 *
 * @param id its id, unique in the platform
 * @param at when
 * @param activity what was done, in words
 * @param transition of the standard life cycle: {@code schedule start complete withdraw}
 * @param task id of the task or stage it belongs to, or null
 * @param resource who did it: a pseudonym, a sign-in name, or the platform itself
 * @param attributes what else is known, by the names of {@link LogTypes#EVENT}
 * @param links the things it concerns
 */
record LogEvent(String id, Instant at, String activity, String transition, String task, String resource,
		Map<String, Object> attributes, List<Link> links) {

	/** The type of the event where there are no life cycles. */
	String type() {
		return switch (this.transition) {
			case "schedule" -> this.activity + "（待领取）";
			case "start" -> this.activity + "（开始）";
			case "withdraw" -> this.activity + "（撤销）";
			default -> this.activity;
		};
	}

	/**
	 * Concerns a thing.
	 *
	 * @param object id of the thing
	 * @param qualifier as what
	 */
	record Link(String object, String qualifier) {

	}

}
