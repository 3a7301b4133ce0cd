package gridcase.mining;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which cases are looked at: those reported in a period at a place, within the grids of
 * whoever looks. Matters of the house are never among them.
 *
 * @param place place code
 * @param gridPaths beginnings of the paths of the grids
 * @param from first moment of the period
 * @param to first moment after it
 * @param category code of a category or of a class of categories, or null for all
 */
record MiningScope(String place, List<String> gridPaths, Instant from, Instant to, String category) {

	/** Condition on a case {@code c}; its parameters are {@link #parameters}. */
	static final String CONDITION = "c.place = :place and c.reported_at >= :from and c.reported_at < :to and c.grid_path like any (:gridPaths) "
			+ "and (cast(:category as text) is null or c.category = :category or c.category_class = :category)";

	Map<String, Object> parameters() {
		Map<String, Object> parameters = new HashMap<>();
		parameters.put("place", this.place);
		parameters.put("from", Timestamp.from(this.from));
		parameters.put("to", Timestamp.from(this.to));
		parameters.put("gridPaths", this.gridPaths.stream().map((path) -> path + "%").toArray(String[]::new));
		parameters.put("category", this.category);
		return parameters;
	}

}
