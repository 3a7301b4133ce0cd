package gridcase.analysis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import gridcase.policy.TableView;

/**
 * How two versions of a table differ. Rows are the same if they have the same id, else if
 * they say the same.
 *
 * @param rows all rows of the new version in their order, rows that are gone between them
 * where they stood
 * @param columns columns that were added or removed, or whose label, type or values
 * changed
 * @param hitPolicy the old hit policy if it is another now, else null
 * @param name the old name if it is another now, else null
 * @param description whether the description changed
 */
public record TableDiff(List<Row> rows, List<Column> columns, String hitPolicy, String name, boolean description) {

	/** What became of a row or column. */
	public enum Change {

		/** It is new. */
		ADDED,
		/** It is gone. */
		REMOVED,
		/** It has other cells. */
		CHANGED,
		/** It has the same cells and stands elsewhere among the others. */
		MOVED,
		/** It is as it was. */
		SAME

	}

	/**
	 * A row.
	 *
	 * @param change what became of it
	 * @param id its id, in the new version if it is there
	 * @param number its number in the new version, from 1; 0 if it is gone
	 * @param oldNumber its number in the old version, from 1; 0 if it is new
	 * @param row the row; as it was if it is gone
	 * @param inputs the old cells of input columns that changed, by number of the column
	 * in the new version
	 * @param outputs the same of output columns
	 * @param reason the old reason if it is another now, else null
	 * @param moved whether it stands elsewhere among the others, also if it has other
	 * cells
	 */
	public record Row(Change change, String id, int number, int oldNumber, TableView.Row row,
			Map<Integer, String> inputs, Map<Integer, String> outputs, String reason, boolean moved) {

		/** Whether its answer may be another for somebody: not only its reason is. */
		public boolean matters() {
			return this.change == Change.ADDED || this.change == Change.REMOVED || this.moved || !this.inputs.isEmpty()
					|| !this.outputs.isEmpty();
		}

	}

	/**
	 * A column that is not as it was.
	 *
	 * @param change what became of it
	 * @param output whether it is an output
	 * @param name the input's expression or the output's name
	 * @param label what people call it
	 */
	public record Column(Change change, boolean output, String name, String label) {

	}

	/**
	 * Compares.
	 * @param old the old version
	 * @param now the new version
	 */
	public static TableDiff of(TableView old, TableView now) {
		Map<Integer, Integer> oldOf = matched(old, now);
		Set<Integer> moved = moved(oldOf, now.rows().size());
		List<Row> rows = new ArrayList<>();
		Set<Integer> kept = new HashSet<>(oldOf.values());
		int next = 0;
		for (int row = 0; row < now.rows().size(); row++) {
			Integer before = oldOf.get(row);
			if (before != null && !moved.contains(row)) {
				next = removedBefore(before, next, old, kept, rows);
			}
			rows.add((before == null) ? added(now.rows().get(row), row)
					: changed(old, now, before, row, moved.contains(row)));
		}
		removedBefore(old.rows().size(), next, old, kept, rows);
		return new TableDiff(List.copyOf(rows), columns(old, now),
				old.hitPolicy().equals(now.hitPolicy()) ? null : old.hitPolicy(),
				Objects.equals(old.name(), now.name()) ? null : old.name(),
				!Objects.equals(old.description(), now.description()));
	}

	private static int removedBefore(int until, int from, TableView old, Set<Integer> kept, List<Row> rows) {
		for (int gone = from; gone < until; gone++) {
			if (!kept.contains(gone)) {
				TableView.Row row = old.rows().get(gone);
				rows.add(new Row(Change.REMOVED, row.id(), 0, gone + 1, row, Map.of(), Map.of(), null, false));
			}
		}
		return Math.max(until, from);
	}

	private static Row added(TableView.Row row, int number) {
		return new Row(Change.ADDED, row.id(), number + 1, 0, row, Map.of(), Map.of(), null, false);
	}

	private static Row changed(TableView old, TableView now, int before, int row, boolean moved) {
		TableView.Row was = old.rows().get(before);
		TableView.Row is = now.rows().get(row);
		Map<Integer, String> inputs = cells(names(old.inputs()), was.inputs(), names(now.inputs()), is.inputs(), true);
		Map<Integer, String> outputs = cells(names(old.outputs()), was.outputs(), names(now.outputs()), is.outputs(),
				false);
		String reason = was.reason().equals(is.reason()) ? null : was.reason();
		boolean changed = !inputs.isEmpty() || !outputs.isEmpty() || reason != null;
		return new Row(changed ? Change.CHANGED : moved ? Change.MOVED : Change.SAME, is.id(), row + 1, before + 1, is,
				inputs, outputs, reason, moved);
	}

	/** New row to old row, by number from 0. */
	private static Map<Integer, Integer> matched(TableView old, TableView now) {
		Map<String, Integer> byId = new HashMap<>();
		for (int row = 0; row < old.rows().size(); row++) {
			byId.put(old.rows().get(row).id(), row);
		}
		Map<Integer, Integer> matched = new LinkedHashMap<>();
		for (int row = 0; row < now.rows().size(); row++) {
			Integer same = byId.remove(now.rows().get(row).id());
			if (same != null) {
				matched.put(row, same);
			}
		}
		for (int row = 0; row < now.rows().size(); row++) {
			TableView.Row is = now.rows().get(row);
			if (!matched.containsKey(row)) {
				int number = row;
				byId.values()
					.stream()
					.sorted()
					.filter((before) -> sameCells(old.rows().get(before), is))
					.findFirst()
					.ifPresent((before) -> {
						matched.put(number, before);
						byId.remove(old.rows().get(before).id());
					});
			}
		}
		return matched;
	}

	private static boolean sameCells(TableView.Row one, TableView.Row other) {
		return normal(one.inputs(), true).equals(normal(other.inputs(), true))
				&& normal(one.outputs(), false).equals(normal(other.outputs(), false));
	}

	private static List<String> normal(List<String> cells, boolean input) {
		return cells.stream().map((cell) -> normal(cell, input)).toList();
	}

	private static String normal(String cell, boolean input) {
		return (input && cell.isBlank()) ? "-" : cell.strip();
	}

	/** Rows that do not stand in the longest common order. */
	static Set<Integer> moved(Map<Integer, Integer> oldOf, int size) {
		List<Integer> rows = new ArrayList<>();
		for (int row = 0; row < size; row++) {
			if (oldOf.containsKey(row)) {
				rows.add(row);
			}
		}
		int[] length = new int[rows.size()];
		int[] previous = new int[rows.size()];
		int end = -1;
		for (int i = 0; i < rows.size(); i++) {
			length[i] = 1;
			previous[i] = -1;
			for (int j = 0; j < i; j++) {
				if (oldOf.get(rows.get(j)) < oldOf.get(rows.get(i)) && length[j] + 1 > length[i]) {
					length[i] = length[j] + 1;
					previous[i] = j;
				}
			}
			end = (end < 0 || length[i] > length[end]) ? i : end;
		}
		Set<Integer> moved = new HashSet<>(rows);
		for (int i = end; i >= 0; i = previous[i]) {
			moved.remove(rows.get(i));
		}
		return moved;
	}

	private static List<String> names(List<TableView.Column> columns) {
		return columns.stream().map(TableView.Column::name).toList();
	}

	/**
	 * Old cells by number of the new column; a column that was not there held nothing.
	 */
	private static Map<Integer, String> cells(List<String> oldNames, List<String> was, List<String> names,
			List<String> is, boolean input) {
		Map<Integer, String> changed = new LinkedHashMap<>();
		for (int column = 0; column < names.size(); column++) {
			int before = oldNames.indexOf(names.get(column));
			String old = normal((before < 0) ? "" : was.get(before), input);
			if (!old.equals(normal(is.get(column), input))) {
				changed.put(column, old);
			}
		}
		return Map.copyOf(changed);
	}

	private static List<Column> columns(TableView old, TableView now) {
		List<Column> columns = new ArrayList<>();
		columns(old.inputs(), now.inputs(), false, columns);
		columns(old.outputs(), now.outputs(), true, columns);
		return List.copyOf(columns);
	}

	private static void columns(List<TableView.Column> old, List<TableView.Column> now, boolean output,
			List<Column> columns) {
		for (TableView.Column column : now) {
			int before = names(old).indexOf(column.name());
			if (before < 0) {
				columns.add(new Column(Change.ADDED, output, column.name(), column.label()));
			}
			else if (!same(old.get(before), column)) {
				columns.add(new Column(Change.CHANGED, output, column.name(), column.label()));
			}
		}
		for (TableView.Column column : old) {
			if (!names(now).contains(column.name())) {
				columns.add(new Column(Change.REMOVED, output, column.name(), column.label()));
			}
		}
	}

	private static boolean same(TableView.Column one, TableView.Column other) {
		return Objects.equals(one.label(), other.label()) && Objects.equals(one.type(), other.type())
				&& Objects.equals(one.values(), other.values());
	}

	/** Number of rows something became of. */
	public long count(Change change) {
		return this.rows.stream().filter((row) -> row.change() == change).count();
	}

	/** Whether both say the same in the same way. */
	public boolean isEmpty() {
		return this.columns.isEmpty() && this.hitPolicy == null && this.name == null && !this.description
				&& this.rows.stream().allMatch((row) -> row.change() == Change.SAME);
	}

}
