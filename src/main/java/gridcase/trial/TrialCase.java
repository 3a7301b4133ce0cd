package gridcase.trial;

import java.time.Instant;

/**
 * One decision that would have been another.
 *
 * @param no number within the trial
 * @param group number of its group
 * @param caseNo the case
 * @param place place of the case
 * @param title title of the case
 * @param address its address, null if it has none
 * @param at when it was decided
 * @param unknown whether something was asked that was not known then
 * @param limitUnit unit of the limit there would have been, null without a deadline
 * @param usedSeconds time used of it
 * @param leftSeconds what would have been left, negative if exceeded
 * @param stillOpen whether it has not ended
 * @param breachedBefore whether it was breached
 * @param breachedAfter whether it would have been
 */
public record TrialCase(int no, int group, String caseNo, String place, String title, String address, Instant at,
		boolean unknown, String limitUnit, Long usedSeconds, Long leftSeconds, Boolean stillOpen,
		Boolean breachedBefore, Boolean breachedAfter) {

}
