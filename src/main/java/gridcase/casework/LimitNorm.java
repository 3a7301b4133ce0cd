package gridcase.casework;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * A limit that applies or applied to a deadline.
 *
 * @param deadline number of the deadline within the case
 * @param stage key of the stage
 * @param limitValue the limit, in
 * @param limitUnit this unit
 * @param rule table, version and rule that set it
 * @param due the deadline it led to, when it ceased to apply or now
 * @param from since when it applied
 * @param until until when, null if it still does
 */
public record LimitNorm(int deadline, String stage, BigDecimal limitValue, String limitUnit, String rule, Instant due,
		Instant from, Instant until) {

}
