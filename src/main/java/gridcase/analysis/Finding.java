package gridcase.analysis;

import java.util.List;

/**
 * Something a check found in a table.
 *
 * @param kind what
 * @param severity how bad it is
 * @param rules ids of the rules concerned, in the order of the table
 * @param cells cells concerned
 * @param region what the finding is about, one part per input column; empty if it is
 * about rules or cells as a whole
 * @param title what it is, in a few words
 * @param text the same in sentences, and what would be right
 * @param fixes changes that mend it
 */
public record Finding(Kind kind, Severity severity, List<String> rules, List<CellAt> cells, List<Part> region,
		String title, String text, List<Fix> fixes) {

	/** What can be found. */
	public enum Kind {

		/** A combination no rule answers. */
		GAP,
		/** Rules that fit together where they must not, or say the same twice. */
		OVERLAP,
		/** A rule that never fires. */
		DEAD,
		/** A rule that never fires because one earlier rule takes all it would. */
		SUBSUMED,
		/** A value that does not exist. */
		VALUE,
		/** A cell that cannot be right. */
		TYPE,
		/** Something that was not looked at. */
		NOTE

	}

	/** How bad it is. */
	public enum Severity {

		/** Keeps a draft from being submitted. */
		ERROR,
		/** Wants a look. */
		WARNING,
		/** Wants to be known. */
		NOTE

	}

	/**
	 * A cell.
	 *
	 * @param rule id of its rule
	 * @param output whether it is an output cell
	 * @param column number of the column among inputs or outputs, from 0
	 */
	public record CellAt(String rule, boolean output, int column) {

	}

	/**
	 * What a region has of one input column.
	 *
	 * @param cell as a cell would have it, {@code -} for everything
	 * @param words the same in words
	 * @param values the texts it consists of, empty if it is anything else
	 */
	public record Part(String cell, String words, List<String> values) {

		/** Whether it is everything. */
		public boolean any() {
			return this.cell.equals("-");
		}

	}

	/** Something to tell it by, the same as long as the rules concerned are. */
	public String key() {
		return Integer.toHexString((this.kind + "|" + this.rules + "|" + this.cells + "|"
				+ this.region.stream().map(Part::cell).toList() + "|" + this.title)
			.hashCode());
	}

}
