package gridcase.casework;

import java.time.Instant;
import java.util.List;

/**
 * What one change of a case entered and left in its diagram.
 *
 * @param at when
 * @param entered ids of elements, in order; as often as they were entered
 * @param ended ids of elements that are done or were cancelled
 */
public record PathStep(Instant at, List<String> entered, List<String> ended) {

}
