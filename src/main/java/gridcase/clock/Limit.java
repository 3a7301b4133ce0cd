package gridcase.clock;

import java.math.BigDecimal;
import java.util.Objects;

/**
 * A time limit as a rule states it, for example 2 紧急工作时.
 *
 * @param value how many of the unit, from 0 to {@value #MOST}; fractions are allowed
 * @param unit what is counted
 */
public record Limit(BigDecimal value, LimitUnit unit) {

	/** The largest value; anything above is a slip of the pen. */
	public static final int MOST = 10_000;

	public Limit {
		Objects.requireNonNull(unit, "unit");
		if (value.signum() < 0 || value.compareTo(BigDecimal.valueOf(MOST)) > 0) {
			throw new IllegalArgumentException("A limit is from 0 to " + MOST + ", not " + value + " " + unit);
		}
	}

	/**
	 * A limit of whole units.
	 * @param value how many
	 * @param unit what is counted
	 * @return the limit
	 */
	public static Limit of(long value, LimitUnit unit) {
		return new Limit(BigDecimal.valueOf(value), unit);
	}

	/**
	 * A share of this limit, for the moment to warn at.
	 * @param percent from 0 to 100
	 * @return that share of the value, in the same unit
	 * @throws IllegalArgumentException if the percentage is outside 0 to 100
	 */
	public Limit share(int percent) {
		if (percent < 0 || percent > 100) {
			throw new IllegalArgumentException("A share is from 0 to 100 percent, not " + percent);
		}
		return new Limit(this.value.multiply(BigDecimal.valueOf(percent)).movePointLeft(2), this.unit);
	}

}
