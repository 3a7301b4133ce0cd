package gridcase.form;

import java.util.List;

import gridcase.shared.FieldProblem;

/**
 * A form as a page or an API client needs it: the fields that are to be seen with the
 * values known so far.
 *
 * @param id id of the form
 * @param title heading, or null
 * @param submit words on the button, or null
 * @param fields fields that are visible with these values, in order
 * @param problems what has to be mended, empty at first
 */
public record FormView(String id, String title, String submit, List<Field> fields, List<FieldProblem> problems) {

	/**
	 * One field to be seen.
	 *
	 * @param key its key, also the fact it becomes; null for text between fields
	 * @param type form-js type, e.g. {@code select}
	 * @param subtype {@code date}, {@code time} or {@code datetime} of a
	 * {@code datetime}, or null
	 * @param label what people call it
	 * @param help one line of help, or null
	 * @param required whether it must be filled in
	 * @param readonly whether it is only shown
	 * @param minLength least number of characters, or null
	 * @param maxLength greatest number of characters, or null
	 * @param min least number as text, or null
	 * @param max greatest number as text, or null
	 * @param options the choices, empty if it is no choice
	 * @param values what is filled in, as texts; more than one only for lists
	 * @param decidesOthers whether other fields appear or vanish when it changes
	 * @param multiple whether more than one value may be given
	 * @param accept kinds of files, or null
	 * @param error what is wrong with it, or null
	 * @param rows rows of a repeating list, each with its fields, whose keys are
	 * {@code list[0].field}; empty for anything else
	 */
	public record Field(String key, String type, String subtype, String label, String help, boolean required,
			boolean readonly, Integer minLength, Integer maxLength, String min, String max, List<Option> options,
			List<String> values, boolean decidesOthers, boolean multiple, String accept, String error,
			List<List<Field>> rows) {

		public String value() {
			return this.values.isEmpty() ? "" : this.values.get(0);
		}

		public boolean has(Object value) {
			return this.values.contains(String.valueOf(value));
		}

		/** Id of its element in a page; brackets and dots would have to be escaped. */
		public String id() {
			return "f-" + FormView.id(this.key);
		}

		/** Whether a repeating list may get another row. */
		public boolean growing() {
			return this.maxLength == null || this.rows.size() < this.maxLength;
		}

		/** Whether a repeating list may lose a row. */
		public boolean shrinking() {
			return this.rows.size() > ((this.minLength != null) ? this.minLength : 0);
		}

		/** Whether it deserves the full width of the form. */
		public boolean wide() {
			return switch (this.type) {
				case "textarea", "filepicker", "checklist", "dynamiclist", "text", "separator" -> true;
				default -> false;
			};
		}

	}

	/** Id of the element of a field that has to be mended. */
	public String anchor(String key) {
		return "f-" + id(key);
	}

	/** The part of an element's id that a key becomes. */
	static String id(String key) {
		return (key == null) ? "" : key.replaceAll("[^A-Za-z0-9]+", "-");
	}

}
