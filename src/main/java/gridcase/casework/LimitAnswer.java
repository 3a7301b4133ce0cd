package gridcase.casework;

import java.math.BigDecimal;
import java.util.function.Function;

import gridcase.clock.Limit;
import gridcase.clock.LimitUnit;
import gridcase.policy.Answer;

/**
 * What the tables of limits say for a stage.
 *
 * @param limit the limit
 * @param warnPercent share of it after which a warning is due
 * @param rule table, version and rule that say so, e.g. {@code time-limit-e01 v3
 * Rule_E0102_1}
 */
public record LimitAnswer(Limit limit, int warnPercent, String rule) {

	/** Key of the table that is asked first; keys of all tables of limits begin so. */
	public static final String TABLE = "time-limit";

	/**
	 * Asks {@code time-limit} and, if that refers to it, the table of a class.
	 * @param tables answers the table of a key
	 */
	public static LimitAnswer from(Function<String, Answer> tables) {
		Answer answer = tables.apply(TABLE);
		String classTable = (String) answer.outputs().get("limitTable");
		if (classTable != null && !classTable.isEmpty()) {
			answer = tables.apply(classTable);
		}
		return new LimitAnswer(
				new Limit((BigDecimal) answer.outputs().get("limitValue"),
						LimitUnit.valueOf((String) answer.outputs().get("limitUnit"))),
				((Number) answer.outputs().get("warnPercent")).intValue(),
				answer.key() + " v" + answer.version() + " " + answer.rules().get(0));
	}

	/** Whether the deadline already runs on this limit. */
	boolean isOf(Deadline deadline) {
		return this.limit.value().compareTo(deadline.limitValue()) == 0
				&& this.limit.unit().name().equals(deadline.limitUnit()) && this.warnPercent == deadline.warnPercent();
	}

}
