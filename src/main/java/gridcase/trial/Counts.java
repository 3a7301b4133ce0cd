package gridcase.trial;

import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * What became and what would have become of deadlines. Both are counted over the same
 * ones.
 *
 * @param judged deadlines counted
 * @param warnedBefore warned about
 * @param warnedAfter would have been
 * @param breachedBefore breached
 * @param breachedAfter would have been
 * @param escalatedBefore escalated
 * @param escalatedAfter would have been
 */
public record Counts(int judged, int warnedBefore, int warnedAfter, int breachedBefore, int breachedAfter,
		int escalatedBefore, int escalatedAfter) {

	static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0);

	static Counts of(ResultSet row, int judged) throws SQLException {
		return new Counts(judged, row.getInt("warned_before"), row.getInt("warned_after"),
				row.getInt("breached_before"), row.getInt("breached_after"), row.getInt("escalated_before"),
				row.getInt("escalated_after"));
	}

	/** One deadline. */
	static Counts one(boolean warnedBefore, boolean warnedAfter, boolean breachedBefore, boolean breachedAfter,
			boolean escalatedBefore, boolean escalatedAfter) {
		return new Counts(1, number(warnedBefore), number(warnedAfter), number(breachedBefore), number(breachedAfter),
				number(escalatedBefore), number(escalatedAfter));
	}

	Counts plus(Counts other) {
		return new Counts(this.judged + other.judged, this.warnedBefore + other.warnedBefore,
				this.warnedAfter + other.warnedAfter, this.breachedBefore + other.breachedBefore,
				this.breachedAfter + other.breachedAfter, this.escalatedBefore + other.escalatedBefore,
				this.escalatedAfter + other.escalatedAfter);
	}

	private static int number(boolean yes) {
		return yes ? 1 : 0;
	}

}
