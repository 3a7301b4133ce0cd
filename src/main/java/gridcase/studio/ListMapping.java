package gridcase.studio;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * How a list of other people is to be read. Columns are named by their heads, so that the
 * next list may have them in another order.
 *
 * @param sheet name of the sheet
 * @param header number of the row with the heads, from 1
 * @param table key of the table its rows go into
 * @param inputs what stands in an input, by its name: {@value #ANY}, a column
 * ({@code col:…}) or always the same ({@code fix:…}, as in a workbook); missing if nobody
 * has said yet
 * @param classColumn column with the class of a category, to tell categories of one name
 * apart; "" for none
 * @param limit column with limit and unit in one text; "" if they are apart
 * @param value column with the number of the limit
 * @param unit column with its unit
 * @param units unit by the word the list has for it; a word that is not here is not taken
 * over
 * @param warnPercent share of the limit to warn at, as entered
 * @param note column with a text for the reason, "" for none
 * @param change whether a rule with the same conditions gets the limit of the list
 */
record ListMapping(String sheet, int header, String table, Map<String, String> inputs, String classColumn, String limit,
		String value, String unit, Map<String, String> units, String warnPercent, String note, boolean change) {

	static final String ANY = "any";

	static final String COLUMN = "col:";

	static final String FIXED = "fix:";

	/**
	 * Words that mean exactly one unit. Whatever else a list says, somebody must say what
	 * it means.
	 */
	static final Map<String, String> STANDARD = Map.of("紧急工作时", "URGENT_HOUR", "工作时", "WORK_HOUR", "工作日", "WORK_DAY",
			"自然日", "CALENDAR_DAY");

	ListMapping {
		inputs = known(inputs);
		units = known(units);
		classColumn = Objects.requireNonNullElse(classColumn, "");
		limit = Objects.requireNonNullElse(limit, "");
		value = Objects.requireNonNullElse(value, "");
		unit = Objects.requireNonNullElse(unit, "");
		warnPercent = Objects.requireNonNullElse(warnPercent, "");
		note = Objects.requireNonNullElse(note, "");
	}

	private static Map<String, String> known(Map<String, String> said) {
		Map<String, String> known = new HashMap<>((said != null) ? said : Map.of());
		known.values().removeIf((value) -> value == null || value.isBlank());
		return Map.copyOf(known);
	}

	/** What nobody has said anything about yet. */
	static ListMapping begin(String sheet, int header, String table) {
		return new ListMapping(sheet, header, table, Map.of(), "", "", "", "", STANDARD, "", "", false);
	}

}
