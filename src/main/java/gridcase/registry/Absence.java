package gridcase.registry;

import java.time.Instant;

/**
 * A person is away and somebody stands in (请假与代理).
 *
 * @param place place code
 * @param staff sign-in name of the absent person
 * @param since from when
 * @param until first moment back
 * @param substitute sign-in name of the one who stands in
 * @param reason in words, or null
 */
public record Absence(String place, String staff, Instant since, Instant until, String substitute, String reason) {

	/** Whether the person is away at a moment. */
	public boolean covers(Instant at) {
		return !at.isBefore(this.since) && at.isBefore(this.until);
	}

}
