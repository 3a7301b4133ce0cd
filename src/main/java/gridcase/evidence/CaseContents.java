package gridcase.evidence;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

import gridcase.audit.CaseEvent;

/**
 * What is stored of a case, as far as it can be checked.
 *
 * @param caseNo the case
 * @param file its file, or null if there is none
 * @param events its trail, in the order of their numbers
 * @param decisions decisions about it, in the order they were taken
 * @param custody its chain of responsibility
 * @param deadlines its deadlines
 */
record CaseContents(String caseNo, StoredCase file, List<CaseEvent> events, List<Decision> decisions,
		List<Link> custody, List<Limit> deadlines) {

	/**
	 * What of the case file can be checked.
	 *
	 * @param place place code
	 * @param state {@code OPEN} or how it ended
	 * @param eventSeq number of the last event
	 * @param eventHash its hash
	 */
	record StoredCase(String place, String state, int eventSeq, byte[] eventHash) {

	}

	/**
	 * A decision as it stands in the database, texts of JSON letter by letter.
	 *
	 * @param element diagram element that asked, or null
	 * @param table key of the table
	 * @param place place whose own table it is, null for the shared one
	 * @param version its version
	 * @param releaseId release it belonged to
	 * @param inputs what was known
	 * @param outputs what it answered
	 * @param rules ids of the rules that fired, with commas
	 * @param at when
	 */
	record Decision(String element, String table, String place, int version, long releaseId, String inputs,
			String outputs, String rules, Instant at) {

		/** Hash of this decision, chained to the one before of the same case. */
		byte[] hash(byte[] previous, String caseNo, int number) {
			return Digests.link(previous, caseNo, number, this.element, this.table, this.place, this.version,
					this.releaseId, this.inputs, this.outputs, this.rules, Digests.micros(this.at));
		}

	}

	/**
	 * A link of the chain of responsibility.
	 *
	 * @param no number within the case
	 * @param kind {@code OWNER HOLDER WATCHER}
	 * @param leg empty for the lead, the unit code for a helper
	 * @param person sign-in name, or null
	 * @param pool {@code role@scope}, or null
	 * @param unit unit, or null
	 * @param role role, or null
	 * @param worked whether it is work on the matter itself
	 * @param from from when
	 * @param to until when, or null
	 * @param workingSeconds office time between the two, or null
	 * @param reasonCode why, or null
	 * @param reasonText why in words, or null
	 * @param orderedBy on whose order, or null
	 * @param actingFor for whom a substitute stands in, or null
	 */
	record Link(int no, String kind, String leg, String person, String pool, String unit, String role, boolean worked,
			Instant from, Instant to, Long workingSeconds, String reasonCode, String reasonText, String orderedBy,
			String actingFor) {

	}

	/**
	 * A deadline.
	 *
	 * @param no number within the case
	 * @param stage stage it is for
	 * @param limitValue the limit, in
	 * @param limitUnit this unit
	 * @param warnPercent share after which a warning is due
	 * @param rule table, version and rule that set it
	 * @param startedAt when the clock started
	 * @param warnAt when the warning is due
	 * @param dueAt the deadline
	 * @param warnedAt when it was warned of, or null
	 * @param breachedAt when it was breached, or null
	 * @param doneAt when the stage was left, or null
	 * @param budgetSeconds all time granted
	 * @param leftSeconds what of it was left at
	 * @param countedFrom this moment
	 * @param pausedAt since when it stands still, or null
	 * @param excusedAt when the breach was excused, or null
	 * @param excuseReason why, or null
	 * @param excusedBy by whom, or null
	 * @param tier handling tier, or null
	 * @param leg empty on the lead's way
	 */
	record Limit(int no, String stage, BigDecimal limitValue, String limitUnit, int warnPercent, String rule,
			Instant startedAt, Instant warnAt, Instant dueAt, Instant warnedAt, Instant breachedAt, Instant doneAt,
			long budgetSeconds, long leftSeconds, Instant countedFrom, Instant pausedAt, Instant excusedAt,
			String excuseReason, String excusedBy, String tier, String leg) {

	}

}
