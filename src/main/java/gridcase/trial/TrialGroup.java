package gridcase.trial;

import java.util.List;
import java.util.Map;

/**
 * Decisions that would have been others in the same way.
 *
 * @param no number within the trial
 * @param failing whether there would have been no answer
 * @param place place of the first of their cases, for names
 * @param oldTable key of the table that answered
 * @param oldOwner place that owned it, null for the shared one
 * @param oldVersion its version
 * @param oldRules rules that fired
 * @param oldOutputs what it said
 * @param newTable key of the table that would have answered, or failed
 * @param newOwner place that owns it, null for the shared one
 * @param newRules rules that would have fired
 * @param newOutputs what it would have said
 * @param fault {@code NO_MATCH}, {@code OVERLAP} or another reason; null unless failing
 * @param message the fault in words
 * @param samples what was asked most often, the most frequent first
 * @param decisions how many decisions
 * @param counts what became of their deadlines
 * @param newly how many of those would have been breached that were not
 */
public record TrialGroup(int no, boolean failing, String place, String oldTable, String oldOwner, int oldVersion,
		List<String> oldRules, List<Map<String, Object>> oldOutputs, String newTable, String newOwner,
		List<String> newRules, List<Map<String, Object>> newOutputs, String fault, String message, List<Sample> samples,
		int decisions, Counts counts, int newly) {

	/**
	 * What was asked.
	 *
	 * @param inputs value by name
	 * @param decisions how often
	 */
	public record Sample(Map<String, Object> inputs, int decisions) {

	}

}
