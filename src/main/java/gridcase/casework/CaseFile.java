package gridcase.casework;

import java.time.Instant;
import java.util.Map;

import com.fasterxml.jackson.databind.annotation.JsonSerialize;

/**
 * A case as it stands.
 *
 * @param caseNo its number
 * @param place place code
 * @param state {@code OPEN CLOSED NOT_FILED MERGED WITHDRAWN} or {@code VOIDED}
 * @param outcome how it ended, or null
 * @param title one line that names the matter
 * @param reportedAt when it arrived
 * @param closedAt when it ended, or null
 * @param reporter sign-in name of who reported it, or null for residents
 * @param gridPath codes of the grids around the place of the matter, from the root down
 * @param stageKey canonical key of the present stage
 * @param stageName its name in the place's diagram
 * @param stageSince since when it is there
 * @param owner sign-in name of who is answerable (首问责任人), or null
 * @param ownerSince since when
 * @param holder sign-in name of who has the work in hand, or null
 * @param holderPool the pool it waits in, or null
 * @param holderUnit unit of the holder, or null
 * @param holderSince since when
 * @param warnAt when the next warning is due, or null
 * @param dueAt the deadline that runs out first, or null
 * @param light {@code OK WARN OVER PAUSED}, or null without a deadline
 * @param suspendedAt since when it is suspended (挂账), or null
 * @param difficultSince since when it is on the list of difficult cases (疑难案卷), or null
 * @param openTurns keys of the turns (processes beside the loop) that are open, by
 * process instance
 * @param version number of the change it is at
 * @param process key of the diagram it runs through
 * @param processInstance engine's id of its process instance
 * @param facts all that is known of it; personal data among it are sealed
 */
public record CaseFile(String caseNo, String place, String state, String outcome, String title, Instant reportedAt,
		Instant closedAt, String reporter, String gridPath, String stageKey, String stageName, Instant stageSince,
		String owner, Instant ownerSince, String holder, String holderPool, String holderUnit, Instant holderSince,
		Instant warnAt, Instant dueAt, String light, Instant suspendedAt, Instant difficultSince,
		Map<String, String> openTurns, int version, String process, String processInstance,
		@JsonSerialize(using = MaskedFacts.class) Map<String, Object> facts) {

	/** A fact as text, empty if unknown. */
	public String fact(String name) {
		Object value = this.facts.get(name);
		return (value != null) ? value.toString() : "";
	}

	public boolean open() {
		return this.state.equals("OPEN");
	}

}
