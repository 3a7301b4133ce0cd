package gridcase.rehearsal;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A story as its file tells it. Times are written {@code "3 09:30"}: half past nine on
 * the third working day, the day of the start being the first.
 *
 * @param title what people call it
 * @param place place code for cases that name none
 * @param until where the clock stands at the end, or null to leave it where the last
 * action put it
 * @param answers what a task's form is filled in with unless a step says more, by id of
 * the diagram element, or {@code place/id} where a place's form differs
 * @param cases the cases, in any order
 * @param expect figures that must come out, or null
 */
record Script(String title, String place, String until, Map<String, Map<String, Object>> answers, List<Story> cases,
		Figures expect) {

	Script {
		answers = (answers != null) ? answers : Map.of();
	}

	/**
	 * One case, or several of a kind.
	 *
	 * @param at when it is reported
	 * @param count how many of the kind; null for one
	 * @param every office time from one of the kind to the next
	 * @param place place code, or null for the script's
	 * @param channel how it arrives
	 * @param reporter sign-in name, or a role: its nearest holder to the grid
	 * @param grids grids taken in turn, or null if the report names its grid
	 * @param report fields of the report form
	 * @param steps what is done with it, in order
	 * @param until element id of the task at which to stop, {@code CLOSED} to go on to
	 * the end, or null to do the steps only
	 * @param pace office time from one task to the next on the way there
	 */
	record Story(String at, Integer count, Duration every, String place, String channel, String reporter,
			List<String> grids, Map<String, Object> report, List<Step> steps, String until, Duration pace) {

		Story {
			count = (count != null) ? count : Integer.valueOf(1);
			every = (every != null) ? every : Duration.ZERO;
			pace = (pace != null) ? pace : Duration.ZERO;
			steps = (steps != null) ? steps : List.of();
		}

	}

	/**
	 * Something a person does.
	 *
	 * @param at when
	 * @param task element id of the task to complete, or null
	 * @param helpers whether the tasks of the helping units are meant, not the lead's
	 * @param claim whether the task is only taken out of its pool
	 * @param by sign-in name; null for the assignee or the first of the pool who may
	 * @param with fields of the task's form, added to the script's answers; null takes
	 * one away
	 * @param urge a nudge (催办) in these words, or null
	 * @param comment a remark in these words, or null
	 */
	record Step(String at, String task, boolean helpers, boolean claim, String by, Map<String, Object> with,
			String urge, String comment) {

		Step {
			with = (with != null) ? with : Map.of();
		}

	}

	/**
	 * Figures of the place at the end; null where nothing is expected.
	 *
	 * @param registered cases
	 * @param closed closed
	 * @param followUp handled and being checked
	 * @param open neither
	 * @param categories cases by code of their class
	 * @param micro closed in the micro loop
	 * @param small closed in the small loop
	 * @param large closed in the large loop
	 * @param selfHandled dealt with on the spot
	 * @param dispatched sent to a unit
	 * @param ratePercent share of the self-handled
	 * @param missed whether that is below what the place requires
	 */
	record Figures(Integer registered, Integer closed, Integer followUp, Integer open, Map<String, Integer> categories,
			Integer micro, Integer small, Integer large, Integer selfHandled, Integer dispatched,
			BigDecimal ratePercent, Boolean missed) {

	}

}
