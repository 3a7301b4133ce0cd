package gridcase.policy;

/**
 * What is wrong with one element of a rule file, or with the file as a whole.
 *
 * @param file name of the file
 * @param key key of the table, diagram or form, null if none was found
 * @param rule id of the rule of a table, null if no rule is meant
 * @param element id of the cell, diagram element or field, null if none is meant
 * @param name what people call that element, null if it has no name
 * @param text what stands there, null if nothing is meant
 * @param message what is wrong and what would be right
 */
public record RuleProblem(String file, String key, String rule, String element, String name, String text,
		String message) {

	/** Something wrong with the file as a whole. */
	public static RuleProblem file(String file, String key, String message) {
		return new RuleProblem(file, key, null, null, null, null, message);
	}

	/** Something wrong with one element. */
	public static RuleProblem element(String file, String key, String element, String name, String message) {
		return new RuleProblem(file, key, null, element, name, null, message);
	}

	@Override
	public String toString() {
		StringBuilder shown = new StringBuilder(this.file);
		if (this.rule != null) {
			shown.append(", ").append(this.rule);
		}
		if (this.element != null) {
			shown.append(", ").append(this.element);
		}
		if (this.name != null) {
			shown.append(" “").append(this.name).append('”');
		}
		if (this.text != null) {
			shown.append(" [").append(this.text).append(']');
		}
		return shown.append(": ").append(this.message).toString();
	}

}
