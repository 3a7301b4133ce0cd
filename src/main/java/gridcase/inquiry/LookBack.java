package gridcase.inquiry;

import java.time.Instant;
import java.util.List;

/**
 * Who was answerable for a case and where its time went (责任倒查). Times are office time by
 * the calendar of the place, in seconds; the parts of the life of a case add up to the
 * whole without a rest, and so do its shares by holder, by stage and by state.
 *
 * @param caseNo the case
 * @param place place code
 * @param reportedAt when it arrived
 * @param until when it ended, or the present moment while it runs
 * @param open whether it runs
 * @param workingSeconds its whole working life; what lies between an end and a reopening
 * is no part of it
 * @param parts its life on the lead's way, one after another
 * @param byHolder shares of it by who had the work
 * @param byStage shares of it by stage of its diagram
 * @param byState shares of it by {@link State}
 * @param helpers times of helping units, which run beside
 * @param limits limits with the working time each has run
 * @param passings refusals, returns and hand-overs with reason, rule and who approved the
 * rule
 * @param breaches limits that ran out, with who had the work and who answered then
 */
public record LookBack(String caseNo, String place, Instant reportedAt, Instant until, boolean open,
		long workingSeconds, List<Part> parts, List<Share> byHolder, List<Share> byStage, List<Share> byState,
		List<Share> helpers, List<LimitRun> limits, List<Passing> passings, List<Breach> breaches) {

	/** What a stretch of time went into. */
	public enum State {

		/** A unit had not signed for it. */
		UNSIGNED,
		/** It waited in a pool for somebody to take it. */
		WAITING,
		/** Somebody had it in hand. */
		HELD,
		/** Its clock stood still (挂账). */
		SUSPENDED,
		/** Nobody had it. */
		NOBODY

	}

	/**
	 * Who has something.
	 *
	 * @param person sign-in name, or null while it waits in a pool
	 * @param pool {@code role@scope}, or null
	 * @param unit unit code, or null
	 * @param role role in which the person acts, or null
	 * @param actingFor sign-in name of the absent person, or null
	 * @param since from when
	 */
	public record Hand(String person, String pool, String unit, String role, String actingFor, Instant since) {

	}

	/**
	 * A stretch of the life of a case in which nothing of this changed.
	 *
	 * @param from its beginning
	 * @param to its end
	 * @param seconds office time of it
	 * @param state what it went into
	 * @param stage canonical key of the stage, or null
	 * @param stageName its name in the place's diagram, or null
	 * @param holder who had the work, or null
	 */
	public record Part(Instant from, Instant to, long seconds, State state, String stage, String stageName,
			Hand holder) {

	}

	/**
	 * What one holder, stage or state had of the whole.
	 *
	 * @param key person, pool, stage or state
	 * @param name the same in words
	 * @param unit unit code, or null
	 * @param seconds office time
	 * @param times how many stretches
	 */
	public record Share(String key, String name, String unit, long seconds, int times) {

	}

	/**
	 * A limit and how long it ran.
	 *
	 * @param no number of the limit
	 * @param stage key of the stage or step
	 * @param leg empty for the lead, the unit code for a helper
	 * @param unit unit that had the work when it began, or null
	 * @param person sign-in name of who had it then, or null
	 * @param seconds office time from its start to its end
	 * @param breached whether it was breached
	 */
	public record LimitRun(int no, String stage, String leg, String unit, String person, long seconds,
			boolean breached) {

	}

	/**
	 * A refusal, return or hand-over.
	 *
	 * @param seq number of the event that tells of it
	 * @param at when
	 * @param movement {@code REFUSE RETURNED HAND_ON} or {@code ASSIGN}
	 * @param answer {@code ALLOWED COORDINATOR} or {@code FORCED}
	 * @param from unit that had it
	 * @param to unit it went to, or null
	 * @param person sign-in name of who did it
	 * @param reasonCode why, or null
	 * @param reasonText the same in words, or null
	 * @param rule the rule that allowed it, or null if no table was asked
	 */
	public record Passing(int seq, Instant at, String movement, String answer, String from, String to, String person,
			String reasonCode, String reasonText, FiredRule rule) {

	}

	/**
	 * A limit that ran out.
	 *
	 * @param seq number of the event that tells of it, or null
	 * @param stage key of the stage or step
	 * @param due when it was due
	 * @param at when the breach was found
	 * @param holder who had the work just before, or null
	 * @param owner who answered for the case then, or null
	 * @param excused whether it was excused
	 * @param rule the rule that set the limit, or null if it is not known any more
	 */
	public record Breach(Integer seq, String stage, Instant due, Instant at, Hand holder, Hand owner, boolean excused,
			FiredRule rule) {

	}

	/**
	 * A row of a table as it was, and who is answerable for the row.
	 *
	 * @param table key of the table
	 * @param name its name
	 * @param place place whose own table it is, or null for the shared one
	 * @param version its version
	 * @param row number of the row, from 1
	 * @param rule id of the row
	 * @param words the row as a sentence
	 * @param reason why the row is there, or an empty text
	 * @param shipped whether it came with the program
	 * @param releasedBy sign-in name of who released it, or null if it came with the
	 * program
	 * @param releasedAt when
	 * @param author sign-in name of who wrote it in the studio, or null
	 * @param approvedBy sign-in name of who approved it, or null if nobody has
	 * @param approvedAt when, or null
	 * @param afterFact whether it was in force before anybody approved
	 * @param changeCase case that was its way into force, or null
	 */
	public record FiredRule(String table, String name, String place, int version, int row, String rule, String words,
			String reason, boolean shipped, String releasedBy, Instant releasedAt, String author, String approvedBy,
			Instant approvedAt, boolean afterFact, String changeCase) {

		/** Whether somebody released it whom nobody else has checked. */
		public boolean unchecked() {
			return !this.shipped && this.approvedBy == null;
		}

	}

	/**
	 * How it stood at a moment.
	 *
	 * @param at the moment
	 * @param seq number of the event it was asked for by, else of the last one up to it;
	 * 0 before the first
	 * @param running whether the case ran then
	 * @param owner who answered for it, or null
	 * @param holder who had the work, or null
	 * @param helpers who had the work of helping units
	 * @param watchers who watched
	 * @param stage key of the stage, or null
	 * @param stageName its name, or null
	 * @param state what its time went into, or null when it did not run
	 * @param limits limits that ran then
	 */
	public record Moment(Instant at, int seq, boolean running, Hand owner, Hand holder, List<Hand> helpers,
			List<Hand> watchers, String stage, String stageName, State state, List<Running> limits) {

	}

	/**
	 * A limit that ran at a moment.
	 *
	 * @param stage key of the stage or step
	 * @param due when it is or was due
	 * @param breached whether it was breached by then
	 */
	public record Running(String stage, Instant due, boolean breached) {

	}

}
