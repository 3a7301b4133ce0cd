package gridcase.analysis;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * What a name can be.
 *
 * @param values all texts it can be, in the order people know them; null if that is not
 * known
 * @param registered whether the values come from a registry that changes from day to day,
 * rather than from the platform itself
 * @param groups group of a value, such as the class of a category; a table that lists
 * only values of some groups is not asked about others
 * @param whole whether a number is a whole one
 * @param least least number, null for none
 * @param most greatest number, null for none
 * @param optional whether it may be unknown when the table is asked
 */
public record Domain(List<String> values, boolean registered, Map<String, String> groups, boolean whole,
		BigDecimal least, BigDecimal most, boolean optional) {

	/** Nothing is known of it. */
	public static final Domain OPEN = new Domain(null, false, Map.of(), false, null, null, false);

	/** Words of the platform. */
	public static Domain of(List<String> values) {
		return new Domain(List.copyOf(values), false, Map.of(), false, null, null, false);
	}

	/** Entries of a registry, perhaps in groups. */
	public static Domain registered(List<String> values, Map<String, String> groups) {
		return new Domain(List.copyOf(values), true, Map.copyOf(groups), false, null, null, false);
	}

	/** Numbers within bounds, null for none. */
	public static Domain numbers(boolean whole, BigDecimal least, BigDecimal most) {
		return new Domain(null, false, Map.of(), whole, least, most, false);
	}

	/** The same, but it may be unknown. */
	public Domain orUnknown() {
		return new Domain(this.values, this.registered, this.groups, this.whole, this.least, this.most, true);
	}

}
