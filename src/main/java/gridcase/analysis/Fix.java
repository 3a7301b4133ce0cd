package gridcase.analysis;

import java.util.List;

/**
 * A change of a table file that mends a finding. It touches the text of what it changes
 * and nothing else.
 *
 * @param action what is done
 * @param rule id of the rule it is done to; for a new row the one it comes before, null
 * for the end
 * @param column number of the input column, from 0; -1 if none is meant
 * @param cells new text of the cell, or of all input cells of a new row
 * @param label what a button would say
 */
public record Fix(Action action, String rule, int column, List<String> cells, String label) {

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
		DmnText file = DmnText.of(content);
		return switch (this.action) {
			case DELETE -> file.without(this.rule);
			case CELL -> file.withInput(this.rule, this.column, this.cells.get(0));
			case ADD -> file.withRow(this.rule, this.cells);
		};
	}

}
