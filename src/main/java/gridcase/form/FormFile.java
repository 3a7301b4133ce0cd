package gridcase.form;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import gridcase.privacy.PersonalKind;

/**
 * A form file, read once.
 *
 * @param id its id, also its file name
 * @param title heading, or null
 * @param submit words on the button that sends it, or null
 * @param components components in the order of the file
 */
record FormFile(String id, String title, String submit, List<FormComponent> components) {

	static final Set<String> TYPES = Set.of("textfield", "textarea", "select", "radio", "checkbox", "checklist",
			"taglist", "number", "datetime", "filepicker", "text", "separator", "spacer");

	static FormFile read(String id, JsonNode file) {
		List<FormComponent> components = new ArrayList<>();
		collect(id, file.path("components"), List.of(), components);
		Set<String> keys = new LinkedHashSet<>();
		for (FormComponent component : components) {
			if (component.holdsValue() && !keys.add(component.key())) {
				throw new IllegalStateException("Form " + id + " has two fields with the key " + component.key());
			}
		}
		JsonNode own = file.path("gridcase");
		return new FormFile(id, text(own, "title"), text(own, "submit"), List.copyOf(components));
	}

	private static void collect(String id, JsonNode nodes, List<String> hiddenBy, List<FormComponent> into) {
		for (JsonNode node : nodes) {
			String type = node.path("type").asText();
			List<String> hide = new ArrayList<>(hiddenBy);
			String condition = text(node.path("conditional"), "hide");
			if (condition != null) {
				hide.add(condition.startsWith("=") ? condition.substring(1).strip() : condition);
			}
			if (type.equals("group") || type.equals("default")) {
				collect(id, node.path("components"), hide, into);
			}
			else if (type.equals("button")) {
				continue;
			}
			else if (TYPES.contains(type)) {
				into.add(component(id, type, node, hide));
			}
			else {
				throw new IllegalStateException("Form " + id + ": component type \"" + type + "\" is not one of "
						+ new java.util.TreeSet<>(TYPES));
			}
		}
	}

	private static FormComponent component(String id, String type, JsonNode node, List<String> hide) {
		boolean field = !Set.of("text", "separator", "spacer").contains(type);
		String key = field ? text(node, "key") : null;
		if (field && key == null) {
			throw new IllegalStateException("Form " + id + ": a " + type + " has no key");
		}
		JsonNode validate = node.path("validate");
		JsonNode properties = node.path("properties");
		String subtype = text(node, "subtype");
		String pattern = text(validate, "pattern");
		String kind = text(validate, "validationType");
		if (pattern == null && "email".equals(kind)) {
			pattern = "[^@\\s]+@[^@\\s]+\\.[^@\\s]+";
		}
		if (pattern == null && "phone".equals(kind)) {
			pattern = "\\+?[0-9][0-9 -]{2,19}";
		}
		String help = field ? text(node, "description") : text(node, "text");
		return new FormComponent(key, type, subtype, text(node, "label"), help, validate.path("required").asBoolean(),
				node.path("readonly").asBoolean() || node.path("disabled").asBoolean(), integer(validate, "minLength"),
				integer(validate, "maxLength"), number(validate, "min"), number(validate, "max"), pattern,
				text(properties, "patternMessage"), integer(node, "decimalDigits"), options(node),
				text(properties, "source"), node.path("multiple").asBoolean(), text(node, "accept"),
				scalar(node.get("defaultValue")), properties.path("prefill").asBoolean(true), List.copyOf(hide),
				personal(id, key, text(properties, "personal")));
	}

	private static PersonalKind personal(String id, String key, String kind) {
		return (kind == null) ? null
				: PersonalKind.find(kind)
					.orElseThrow(() -> new IllegalStateException(
							"Form " + id + ": field " + key + " asks for \"" + kind + "\"; personal is one of "
									+ Arrays.stream(PersonalKind.values()).map(PersonalKind::key).toList()));
	}

	private static List<Option> options(JsonNode node) {
		List<Option> options = new ArrayList<>();
		for (JsonNode value : node.path("values")) {
			options.add(new Option(scalar(value.get("value")), value.path("label").asText()));
		}
		return List.copyOf(options);
	}

	private static Object scalar(JsonNode value) {
		if (value == null || value.isNull()) {
			return null;
		}
		if (value.isBoolean()) {
			return value.booleanValue();
		}
		return value.isNumber() ? value.decimalValue() : value.asText();
	}

	private static String text(JsonNode node, String name) {
		JsonNode value = node.get(name);
		return (value == null || value.isNull() || value.asText().isEmpty()) ? null : value.asText();
	}

	private static Integer integer(JsonNode node, String name) {
		String value = text(node, name);
		return (value != null) ? Integer.valueOf(value) : null;
	}

	private static BigDecimal number(JsonNode node, String name) {
		String value = text(node, name);
		return (value != null) ? new BigDecimal(value) : null;
	}

}
