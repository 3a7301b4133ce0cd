package gridcase.policy;

/**
 * What is wrong with one cell, or with the table as a whole.
 *
 * @param file name of the DMN file
 * @param table key of the table, null if none was found
 * @param rule id of the rule, null if no rule is meant
 * @param cell id of the cell, input or output, null if none is meant
 * @param text what stands there, null if nothing is meant
 * @param message what is wrong and what would be right
 */
public record TableProblem(String file, String table, String rule, String cell, String text, String message) {

	@Override
	public String toString() {
		StringBuilder shown = new StringBuilder(this.file);
		if (this.rule != null) {
			shown.append(", ").append(this.rule);
		}
		if (this.cell != null) {
			shown.append(", ").append(this.cell);
		}
		if (this.text != null) {
			shown.append(" [").append(this.text).append(']');
		}
		return shown.append(": ").append(this.message).toString();
	}

}
