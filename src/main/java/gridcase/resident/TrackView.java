package gridcase.resident;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A case as its reporter sees it. Names nobody but units and duties.
 *
 * @param caseNo its number
 * @param place place code
 * @param placeName name of the place
 * @param title what the reporter wrote
 * @param category what kind of case it is
 * @param address where, or null
 * @param reportedAt when it arrived
 * @param state {@code OPEN CLOSED NOT_FILED MERGED WITHDRAWN} or {@code VOIDED}
 * @param clock how its time stands
 * @param stages its stages, as the place names them
 * @param units who answers for it
 * @param breaches limits that were not kept; never taken back
 * @param events what happened, newest first
 * @param messages what the reporter was told, newest first
 * @param result what came of it, or null
 * @param photos ids of photos of the result that may be seen
 * @param satisfaction what the reporter said of the result, or null
 * @param actions what the reporter may do
 * @param phone number that is told, masked; empty without one
 */
record TrackView(String caseNo, String place, String placeName, String title, String category, String address,
		Instant reportedAt, String state, Clock clock, List<Stage> stages, List<Line> units, List<String> breaches,
		List<Entry> events, List<Told> messages, String result, List<UUID> photos, String satisfaction,
		List<Action> actions, String phone) {

	/**
	 * How the time stands.
	 *
	 * @param light {@code ok warn over hold} or {@code done}
	 * @param word the light in a word
	 * @param headline the time left or exceeded, in words
	 * @param detail by when what has to be done
	 * @param dueAt the deadline, or null
	 */
	record Clock(String light, String word, String headline, String detail, Instant dueAt) {

	}

	/**
	 * A stage.
	 *
	 * @param name as the place's diagram names it
	 * @param state {@code DONE NOW AHEAD}
	 * @param since when it was last entered, or null
	 */
	record Stage(String name, String state, Instant since) {

	}

	/**
	 * Who has to do with it.
	 *
	 * @param label in which part
	 * @param value unit, and its telephone if that is published
	 */
	record Line(String label, String value) {

	}

	/**
	 * What happened.
	 *
	 * @param at when
	 * @param state {@code info warn over} or empty
	 * @param text in words
	 * @param said what was written, or null
	 */
	record Entry(Instant at, String state, String text, String said) {

	}

	/**
	 * A message to the reporter.
	 *
	 * @param at when
	 * @param text what it says
	 * @param state whether it has left, in words
	 */
	record Told(Instant at, String text, String state) {

	}

	/**
	 * Something the reporter may do, or may not and why.
	 *
	 * @param key {@code urge comment follow-up reopening withdrawal}
	 * @param refused the rule's words, or null if it is allowed
	 */
	record Action(String key, String refused) {

	}

	/** Whether something may be done now. */
	public boolean may(String key) {
		return this.actions.stream().anyMatch((action) -> action.key().equals(key) && action.refused() == null);
	}

	/** Why something may not be done though it could be asked for; or null. */
	public String refused(String key) {
		return this.actions.stream()
			.filter((action) -> action.key().equals(key))
			.map(Action::refused)
			.filter((why) -> why != null)
			.findFirst()
			.orElse(null);
	}

}
