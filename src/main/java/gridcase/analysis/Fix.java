package gridcase.analysis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import gridcase.policy.TableText;

/**
 * A change of a table file that mends a finding. It touches the text of what it changes
 * and nothing else.
 *
 * @param action what is done
 * @param rule id of the rule it is done to; for a new row the one it comes before, null
 * for the end
 * @param column number of the input column, from 0; -1 if none is meant
 * @param cells new text of the cell, or of all input cells of a new row
 * @param outputs how many outputs a new row has
 * @param label what a button would say
 */
public record Fix(Action action, String rule, int column, List<String> cells, int outputs, String label) {

	/** What a fix does. */
	public enum Action {

		/** Takes a row out. */
		DELETE,
		/** Writes an input cell anew. */
		CELL,
		/** Adds a row whose outputs are still to be filled in. */
		ADD

	}

	/**
	 * Does it.
	 * @param content the file
	 * @return the file with it done
	 * @throws IllegalArgumentException if the file has no such rule, or is not written in
	 * UTF-8
	 */
	public byte[] apply(byte[] content) {
		TableText file = TableText.of(content);
		if (this.rule != null && !file.rules().contains(this.rule)) {
			throw new IllegalArgumentException("no rule " + this.rule);
		}
		List<TableText.Row> rows = new ArrayList<>();
		for (String id : file.rules()) {
			boolean here = id.equals(this.rule);
			if (here && this.action == Action.ADD) {
				rows.add(added(file, id));
			}
			if (here && this.action == Action.CELL) {
				rows.add(new TableText.Row(id, null, Map.of(this.column, this.cells.get(0)), Map.of(), null));
			}
			else if (!here || this.action != Action.DELETE) {
				rows.add(TableText.Row.kept(id));
			}
		}
		if (this.rule == null && this.action == Action.ADD) {
			rows.add(added(file, file.rules().get(file.rules().size() - 1)));
		}
		return file.with(rows);
	}

	private TableText.Row added(TableText file, String like) {
		Map<Integer, String> inputs = new HashMap<>();
		for (int column = 0; column < this.cells.size(); column++) {
			inputs.put(column, this.cells.get(column));
		}
		Map<Integer, String> outputs = new HashMap<>();
		for (int column = 0; column < this.outputs; column++) {
			outputs.put(column, "");
		}
		return new TableText.Row(file.freeId(), like, inputs, outputs, "");
	}

}
