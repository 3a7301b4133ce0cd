package gridcase.mining;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A case as it ran, put together from its trail.
 *
 * @param caseNo its number
 * @param version how often it had been changed when it was read
 * @param reportedAt when it was reported
 * @param closedAt when it ended, or null
 * @param grid code of its grid
 * @param gridPath codes of the grids around it, from the root down
 * @param attributes what else is known of it, by name: codes and numbers, never texts of
 * people
 * @param steps tasks and stages, in the order they began
 * @param facts what happened beside, in the order of the trail
 */
record MinedCase(String caseNo, int version, Instant reportedAt, Instant closedAt, String grid, String gridPath,
		Map<String, Object> attributes, List<Step> steps, List<Fact> facts) {

	/**
	 * A task or a stage.
	 *
	 * @param no number within the case, from 1
	 * @param definition id of the diagram
	 * @param process key of the process
	 * @param processVersion version of its diagram
	 * @param element id of the element
	 * @param name its name in the diagram
	 * @param task whether a person does it; else it is a stage with an inside
	 * @param stage whether it is a stage of the loop
	 * @param stageName name of the stage the case was at when it began, or null
	 * @param from when the case came to it
	 * @param taken when somebody took it, or null while nobody has; for a stage when it
	 * began
	 * @param until when it was left, or null while the case is there
	 * @param outcome {@code DONE}, {@code WITHDRAWN} when something else made it
	 * needless, or {@code OPEN}
	 * @param person sign-in name of who did it or has it, or null
	 * @param actedFor sign-in name of the absent person it was done for, or null
	 * @param unit code of the unit it was done in, or null
	 * @param role role it was done in, or null
	 * @param due when it was to be done, or null if it had no limit of its own
	 * @param breachedAt when that limit was breached, or null
	 */
	record Step(int no, String definition, String process, int processVersion, String element, String name,
			boolean task, boolean stage, String stageName, Instant from, Instant taken, Instant until, String outcome,
			String person, String actedFor, String unit, String role, Instant due, Instant breachedAt) {

	}

	/**
	 * Something that happened.
	 *
	 * @param seq number of the event in the case's trail
	 * @param at when
	 * @param actor sign-in name, or the platform itself
	 * @param kind what, as the trail has it
	 * @param element id of the diagram element, or null
	 * @param unit code of the unit it was done in, or null
	 * @param role role it was done in, or null
	 * @param release number of the release of rules that answered, or null
	 * @param data its details as far as they are codes, numbers and times
	 */
	record Fact(int seq, Instant at, String actor, String kind, String element, String unit, String role, Long release,
			Map<String, Object> data) {

	}

	/** The stages in the order the case came to them. */
	List<Fact> stages() {
		return this.facts.stream().filter((fact) -> fact.kind().equals("STAGE_ENTERED")).toList();
	}

}
