package gridcase.trial;

/**
 * Consequences for one unit or one category.
 *
 * @param place place code
 * @param key code of the unit or category; empty if the case has none
 * @param counts what became of their deadlines and what would have
 */
public record TrialSum(String place, String key, Counts counts) {

}
