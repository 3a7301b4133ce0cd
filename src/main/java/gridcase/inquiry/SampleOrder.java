package gridcase.inquiry;

import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * A sample as an auditor orders it.
 *
 * @param title what it is for
 * @param from first day the cases were reported on; null: first of this month
 * @param to last day; null: today
 * @param scope which of them; null: all
 * @param strata by what it is stratified; null: not at all
 * @param size how many, or null if a share is given
 * @param percent share of the cases, rounded up, or null if a number is given
 * @param seed what the draw is mixed with; empty: chosen by lot
 */
public record SampleOrder(String title, LocalDate from, LocalDate to, String scope, String strata, Integer size,
		BigDecimal percent, String seed) {

}
