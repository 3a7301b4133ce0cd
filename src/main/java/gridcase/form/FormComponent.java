package gridcase.form;

import java.math.BigDecimal;
import java.util.List;

import gridcase.privacy.PersonalKind;

/**
 * One component of a form file, groups already flattened.
 *
 * @param hide FEEL conditions of the component and of the groups around it; one that
 * holds is enough to hide it
 * @param source name of the registry list its options come from, or null
 * @param prefilled whether it starts with the fact of its key; a reason that a table gave
 * for its own answer must not become a person's reason for another one
 * @param personal which personal data it asks for, or null
 */
record FormComponent(String key, String type, String subtype, String label, String help, boolean required,
		boolean readonly, Integer minLength, Integer maxLength, BigDecimal min, BigDecimal max, String pattern,
		String patternMessage, Integer decimals, List<Option> values, String source, boolean multiple, String accept,
		Object preset, boolean prefilled, List<String> hide, PersonalKind personal) {

	boolean holdsValue() {
		return this.key != null;
	}

	boolean isChoice() {
		return switch (this.type) {
			case "select", "radio", "checklist", "taglist" -> true;
			default -> false;
		};
	}

	boolean isList() {
		return switch (this.type) {
			case "checklist", "taglist", "filepicker" -> true;
			default -> false;
		};
	}

}
