package gridcase.registry;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A row of a registry, from a file or from the table.
 *
 * @param line line it begins on in the file; 0 for a stored row
 * @param cells canonical text per column; no entry where the cell is empty
 */
record FileRow(int line, Map<String, String> cells) {

	String get(String column) {
		return this.cells.get(column);
	}

	/** What tells this row apart from the others of its registry and place. */
	String key(RegistryKind kind) {
		List<Column> keys = kind.keys();
		return keys.stream()
			.map((column) -> String.valueOf(this.cells.getOrDefault(column.name(), "")))
			.collect(Collectors.joining(" "));
	}

}
