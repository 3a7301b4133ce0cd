package gridcase.studio;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a table is expected to answer.
 *
 * @param id its number
 * @param place place whose table it is, null for a shared one
 * @param table key of the table
 * @param draftId draft it was written in and counts for until that is released; null if
 * it counts anyway
 * @param inputs value by name
 * @param outputs rows of the expected answer; none if the table is to say nothing, or to
 * leave it to the shared one
 * @param rule id of the rule expected to fire, null if any may
 * @param note what it is about, "" if nothing was said
 * @param origin where it comes from
 * @param by sign-in name of who wrote it
 * @param at when
 */
public record Example(long id, String place, String table, Long draftId, Map<String, Object> inputs,
		List<Map<String, Object>> outputs, String rule, String note, ExampleOrigin origin, String by, Instant at) {

}
