package gridcase.trial;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * A change of tables tried on past decisions.
 *
 * @param id its number
 * @param draftId draft the tables are of, null if of none
 * @param place place the tables are for, null for those of all places
 * @param table key of the table whose decisions were asked again
 * @param from beginning of the period
 * @param to its end, exclusive
 * @param state how far it is
 * @param contentHash hash of the tables that were tried
 * @param by sign-in name of who wanted to know
 * @param createdAt when it was ordered
 * @param endedAt when it ended, null before
 * @param fault why it broke, null unless it did
 * @param tookMillis how long it has been at it
 * @param total decisions of the period; counted beforehand while it runs
 * @param done decisions asked; same, changed and failing are their sum
 * @param same those with the same answer
 * @param changed those with another answer
 * @param failing those without an answer
 * @param gaps of those, how many no rule fits
 * @param overlaps of those, how many several rules fit
 * @param otherRule of those with the same answer, how many get it from another rule
 * @param unknown decisions that were asked with something unknown that was not asked then
 * @param unknownNames what that is
 * @param unjudged deadlines whose outcome cannot be told, and failing ones
 * @param counts what became of deadlines and what would have
 */
public record Trial(long id, Long draftId, String place, String table, Instant from, Instant to, TrialState state,
		@JsonIgnore String contentHash, String by, Instant createdAt, Instant endedAt, String fault, long tookMillis,
		int total, int done, int same, int changed, int failing, int gaps, int overlaps, int otherRule, int unknown,
		List<String> unknownNames, int unjudged, Counts counts) {

}
