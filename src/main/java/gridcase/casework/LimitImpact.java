package gridcase.casework;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/**
 * What a change of limits does to open cases.
 *
 * @param cases number of cases with a deadline that moves
 * @param deadlines number of deadlines that move
 * @param unanswered number of open deadlines for which the changed tables have no rule
 * @param changes the first of them, those without an answer before the others
 */
public record LimitImpact(int cases, int deadlines, int unanswered, List<LimitChange> changes) {

	/**
	 * One deadline.
	 *
	 * @param caseNo its case
	 * @param deadline its number within the case
	 * @param stage key of the stage
	 * @param before limit that applies now, in
	 * @param unitBefore this unit
	 * @param ruleBefore table, version and rule that set it
	 * @param dueBefore the deadline as it stands
	 * @param limit limit that would apply, in
	 * @param unit this unit; null if there is no answer
	 * @param rule table, version and rule that say so
	 * @param due the new deadline
	 * @param problem why there is no answer, or null
	 */
	public record LimitChange(String caseNo, int deadline, String stage, BigDecimal before, String unitBefore,
			String ruleBefore, Instant dueBefore, BigDecimal limit, String unit, String rule, Instant due,
			String problem) {

	}

}
