package gridcase.evaluation;

/**
 * How many cases were closed in which loop (微循环、小循环、大循环): the loop of the tier that a
 * case was at when it was closed, within the period.
 *
 * @param place place code
 * @param micro closed in the micro loop
 * @param small closed in the small loop
 * @param large closed in the large loop
 * @param without closed at a tier that belongs to no loop
 * @param total all of them
 */
public record LoopReport(String place, int micro, int small, int large, int without, int total) {

}
