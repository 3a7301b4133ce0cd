package gridcase.trial;

import java.time.Instant;
import java.util.Map;

/**
 * What is to be tried.
 *
 * @param draftId draft the tables are of, null if they are of none
 * @param place place the tables are for, null for those of all places
 * @param table key of the table whose past decisions are asked again
 * @param files tables as they would be, by file name; those a decision leads on to are
 * taken from here as well
 * @param from beginning of the period
 * @param to its end, exclusive
 * @param by sign-in name of who wants to know
 */
public record TrialOrder(Long draftId, String place, String table, Map<String, byte[]> files, Instant from, Instant to,
		String by) {

}
