package gridcase.trial;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * A change that is asked beside the rules in force, deciding nothing (影子运行).
 *
 * @param id its number
 * @param draftId draft the tables are of
 * @param place place they are for, null for those of all places
 * @param contentHash hash of the tables that are asked
 * @param by sign-in name of who began it
 * @param begunAt from when
 * @param untilAt until when
 * @param endedAt when it ended, null while it runs
 * @param same decisions with the same answer
 * @param changed those with another answer
 * @param failing those without an answer
 */
public record Shadow(long id, long draftId, String place, @JsonIgnore String contentHash, String by, Instant begunAt,
		Instant untilAt, Instant endedAt, int same, int changed, int failing) {

	/** Decisions asked. */
	public int asked() {
		return this.same + this.changed + this.failing;
	}

	public boolean running() {
		return this.endedAt == null;
	}

}
