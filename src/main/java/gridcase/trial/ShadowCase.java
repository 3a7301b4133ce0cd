package gridcase.trial;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A decision where a shadow and the rules in force part.
 *
 * @param caseNo the case
 * @param place place of the case
 * @param title title of the case
 * @param table key of the table that decided
 * @param at when
 * @param oldOwner place that owned the table, null for the shared one
 * @param oldVersion its version
 * @param oldRules rules that fired
 * @param oldOutputs what was said
 * @param newOwner place that owns the table that would have answered
 * @param newRules rules that would have fired
 * @param newOutputs what would have been said
 * @param fault why there would have been no answer, null if there would
 * @param message the fault in words
 */
public record ShadowCase(String caseNo, String place, String title, String table, Instant at, String oldOwner,
		int oldVersion, List<String> oldRules, List<Map<String, Object>> oldOutputs, String newOwner,
		List<String> newRules, List<Map<String, Object>> newOutputs, String fault, String message) {

}
