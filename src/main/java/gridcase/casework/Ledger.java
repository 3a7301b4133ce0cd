package gridcase.casework;

import java.util.List;

/**
 * A book (台帐) as its file {@code ledgers/[<place>/]<key>.yaml} describes it.
 *
 * @param key its key, the name of the file
 * @param place place whose own it is, or null for the shared one
 * @param name what people call it
 * @param note one sentence on what is in it
 * @param rows kind of its rows; there is a view {@code ledger_<rows>}
 * @param period column the period is about
 * @param where which rows belong to it; all conditions hold
 * @param columns its columns
 */
public record Ledger(String key, String place, String name, String note, String rows, String period,
		List<Condition> where, List<Column> columns) {

	/**
	 * A condition on a row; one of {@code in}, {@code given} and {@code any} says which.
	 *
	 * @param column column of the view, or null
	 * @param in values one of which it has, or null
	 * @param given whether it holds something, or null
	 * @param any columns one of which holds something, or null
	 */
	public record Condition(String column, List<String> in, Boolean given, List<String> any) {

	}

	/**
	 * A column.
	 *
	 * @param label its heading
	 * @param column column of the view
	 * @param words name whose values are codes with words, e.g. {@code severity}, or null
	 * @param as {@code person pool unit grid category} or {@code duration}, or null for
	 * the value itself
	 * @param personal {@code phone} or {@code name} if it is personal data, or null
	 */
	public record Column(String label, String column, String words, String as, String personal) {

	}

}
