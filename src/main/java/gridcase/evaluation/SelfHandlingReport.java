package gridcase.evaluation;

import java.math.BigDecimal;

/**
 * How many of the cases registered in the period the grid workers dealt with on the spot.
 * {@code registered} is the sum of {@code selfHandled}, {@code dispatched},
 * {@code waiting}, {@code notFiled} and {@code merged}, and also of {@code closed},
 * {@code open}, {@code notFiled} and {@code merged}.
 *
 * @param place place code
 * @param registered all cases
 * @param selfHandled dealt with on the spot
 * @param dispatched sent to a unit, or about to be
 * @param waiting not yet filed
 * @param notFiled refused
 * @param merged part of another case
 * @param closed closed by now, on the spot or by a unit
 * @param open not closed by now
 * @param ratePercent share of {@code selfHandled} in {@code registered}, rounded half up
 * to 0.1; null without any case
 * @param requiredPercent what the place requires by table {@code self-handling-rate}, or
 * null if it requires nothing
 * @param missed whether the rate is below what is required
 */
public record SelfHandlingReport(String place, int registered, int selfHandled, int dispatched, int waiting,
		int notFiled, int merged, int closed, int open, BigDecimal ratePercent, BigDecimal requiredPercent,
		boolean missed) {

}
