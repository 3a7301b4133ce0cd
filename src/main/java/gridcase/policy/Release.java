package gridcase.policy;

import java.time.Instant;
import java.util.List;

/**
 * Rules that were changed together.
 *
 * @param id its number; a later release has a greater one
 * @param place place it is for, null for the shared rules
 * @param fromFiles whether it came with the program, and not from the running product
 * @param appliesTo whom it touches
 * @param releasedAt when it was made
 * @param effectiveFrom from when it is in force
 * @param by sign-in name of the person who released it
 * @param note what changed, in a sentence
 * @param rules what it changes; all other rules stay as they are
 */
public record Release(long id, String place, boolean fromFiles, AppliesTo appliesTo, Instant releasedAt,
		Instant effectiveFrom, String by, String note, List<ReleasedRule> rules) {

}
