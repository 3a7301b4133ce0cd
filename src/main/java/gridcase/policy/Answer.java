package gridcase.policy;

import java.util.List;
import java.util.Map;

/**
 * What a table answered.
 *
 * @param key key of the table
 * @param place place whose own table answered, null for the shared one
 * @param version version of the table
 * @param definitionId the engine's id of exactly that table
 * @param releaseId the release it belongs to
 * @param several whether the hit policy promises a list
 * @param rows the outputs of the rules that fired, in their order, numbers as exact
 * decimals; empty only if several
 * @param rules ids of the rules that fired
 * @param reasons their descriptions, in the same order, "" where a rule has none
 */
public record Answer(String key, String place, int version, String definitionId, long releaseId, boolean several,
		List<Map<String, Object>> rows, List<String> rules, List<String> reasons) {

	/**
	 * The outputs of a table that promises one answer.
	 * @return value by output name, null where the cell is empty
	 * @throws IllegalStateException if the table promises a list; read {@link #rows()}
	 */
	public Map<String, Object> outputs() {
		if (this.several) {
			throw new IllegalStateException("table " + this.key + " answers a list of rows");
		}
		return this.rows.get(0);
	}

}
