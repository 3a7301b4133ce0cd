package gridcase.policy;

import java.util.List;

/**
 * A table as people read it.
 *
 * @param key key of the table
 * @param name its name
 * @param description what it is for, null if it does not say
 * @param place place that owns it, null for the shared one
 * @param version version in force
 * @param releaseId release it belongs to
 * @param hitPolicy hit policy, such as {@code FIRST}
 * @param aggregation {@code SUM}, {@code COUNT}, {@code MIN}, {@code MAX} or null
 * @param inputs input columns
 * @param outputs output columns
 * @param rows rules in their order
 * @param elseShared whether the shared table of that key answers what no rule here does
 */
public record TableView(String key, String name, String description, String place, int version, long releaseId,
		String hitPolicy, String aggregation, List<Column> inputs, List<Column> outputs, List<Row> rows,
		boolean elseShared) {

	/**
	 * A column.
	 *
	 * @param id id in the file
	 * @param label what stands above it
	 * @param name the input's expression or the output's name
	 * @param type declared type, null if none
	 * @param values allowed values as written, null if not given
	 */
	public record Column(String id, String label, String name, String type, String values) {

	}

	/**
	 * A rule.
	 *
	 * @param id id of the rule
	 * @param inputs its input cells as written
	 * @param outputs its output cells as written
	 * @param reason its description, "" if none
	 */
	public record Row(String id, List<String> inputs, List<String> outputs, String reason) {

	}

}
