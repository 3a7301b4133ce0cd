package gridcase.analysis;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import gridcase.analysis.TableDiff.Change;
import gridcase.shared.Texts;

/**
 * How two versions of a form differ, field by field: labels, kinds, options, conditions,
 * limits, order.
 *
 * @param fields all fields of the new version in their order, fields that are gone
 * between them where they stood
 * @param form what of the form itself is another, its heading or button
 */
public record FormDiff(List<Field> fields, List<Detail> form) {

	private static final ObjectMapper JSON = new ObjectMapper();

	/** Told apart by other means, or nobody's business. */
	private static final Set<String> PASSED_OVER = Set.of("id", "key", "path", "components", "values", "layout");

	private static final int LONGEST_NAME = 40;

	/**
	 * A field.
	 *
	 * @param change what became of it
	 * @param key its key, or for what holds no value something to tell it by
	 * @param name what people call it, within what it stands
	 * @param type what it is, in words
	 * @param details what of it is another
	 * @param moved whether it stands elsewhere among the others, also if it changed
	 */
	public record Field(Change change, String key, String name, String type, List<Detail> details, boolean moved) {

	}

	/**
	 * Something of a field.
	 *
	 * @param what in words if there are any
	 * @param before what was there, "" for nothing
	 * @param after what is there now, "" for nothing
	 */
	public record Detail(String what, String before, String after) {

	}

	/** A component with the names of what it stands in. */
	private record Part(String name, JsonNode node) {
	}

	/**
	 * Compares.
	 * @param old the old file
	 * @param now the new file
	 * @throws IllegalArgumentException if one cannot be read
	 */
	public static FormDiff of(byte[] old, byte[] now) {
		JsonNode before = parsed(old);
		JsonNode after = parsed(now);
		Map<String, Part> was = parts(before);
		Map<String, Part> is = parts(after);
		List<String> oldKeys = List.copyOf(was.keySet());
		List<String> keys = List.copyOf(is.keySet());
		Map<Integer, Integer> oldOf = new HashMap<>();
		for (int field = 0; field < keys.size(); field++) {
			if (was.containsKey(keys.get(field))) {
				oldOf.put(field, oldKeys.indexOf(keys.get(field)));
			}
		}
		Set<Integer> moved = TableDiff.moved(oldOf, keys.size());
		List<Field> fields = new ArrayList<>();
		int next = 0;
		for (int field = 0; field < keys.size(); field++) {
			Integer stood = oldOf.get(field);
			if (stood != null && !moved.contains(field)) {
				next = gone(stood, next, oldKeys, was, is, fields);
			}
			String key = keys.get(field);
			Part part = is.get(key);
			if (stood == null) {
				fields.add(new Field(Change.ADDED, key, part.name(), type(part.node()), List.of(), false));
				continue;
			}
			List<Detail> details = details(was.get(key).node(), part.node());
			fields
				.add(new Field(!details.isEmpty() ? Change.CHANGED : moved.contains(field) ? Change.MOVED : Change.SAME,
						key, part.name(), type(part.node()), details, moved.contains(field)));
		}
		gone(oldKeys.size(), next, oldKeys, was, is, fields);
		return new FormDiff(List.copyOf(fields), heads(before.path("gridcase"), after.path("gridcase")));
	}

	private static int gone(int until, int from, List<String> oldKeys, Map<String, Part> was, Map<String, Part> is,
			List<Field> fields) {
		for (int field = from; field < until; field++) {
			String key = oldKeys.get(field);
			if (!is.containsKey(key)) {
				Part part = was.get(key);
				fields.add(new Field(Change.REMOVED, key, part.name(), type(part.node()), List.of(), false));
			}
		}
		return Math.max(until, from);
	}

	/** Whether both say the same. */
	public boolean isEmpty() {
		return changes() == 0;
	}

	/** Number of things that are another. */
	public long changes() {
		return this.fields.stream().filter((field) -> field.change() != Change.SAME).count() + this.form.size();
	}

	private static JsonNode parsed(byte[] content) {
		try {
			JsonNode form = JSON.readTree(content);
			if (form == null || !form.path("components").isArray()) {
				throw new IllegalArgumentException("no form");
			}
			return form;
		}
		catch (IOException ex) {
			throw new IllegalArgumentException("a form cannot be read", ex);
		}
	}

	// --- fields ---

	private static Map<String, Part> parts(JsonNode form) {
		Map<String, Part> parts = new LinkedHashMap<>();
		collect(form.path("components"), "", "", parts);
		return parts;
	}

	private static void collect(JsonNode components, String within, String name, Map<String, Part> parts) {
		for (JsonNode node : components) {
			String key = within + key(node);
			for (int twin = 2; parts.containsKey(key); twin++) {
				key = within + key(node) + "-" + twin;
			}
			String called = name + name(node);
			parts.put(key, new Part(called, node));
			collect(node.path("components"), key + ".", called + " › ", parts);
		}
	}

	private static String key(JsonNode node) {
		for (String name : List.of("key", "path", "id")) {
			if (!node.path(name).asText().isBlank()) {
				return node.path(name).asText();
			}
		}
		return node.path("type").asText();
	}

	private static String name(JsonNode node) {
		String label = node.path("label").asText(node.path("text").asText()).strip();
		if (label.isEmpty()) {
			return type(node);
		}
		return (label.length() > LONGEST_NAME) ? label.substring(0, LONGEST_NAME) + "…" : label;
	}

	private static String type(JsonNode node) {
		String type = node.path("type").asText();
		return Words.has("analysis.form.type." + type) ? text("form.type." + type) : type;
	}

	// --- what of them is another ---

	private static List<Detail> heads(JsonNode before, JsonNode after) {
		Map<String, String> was = new LinkedHashMap<>();
		Map<String, String> is = new LinkedHashMap<>();
		flatten("", before, was);
		flatten("", after, is);
		return differing("form.head.", was, is);
	}

	private static List<Detail> details(JsonNode before, JsonNode after) {
		Map<String, String> was = new LinkedHashMap<>();
		Map<String, String> is = new LinkedHashMap<>();
		flatten("", before, was);
		flatten("", after, is);
		List<Detail> details = new ArrayList<>(differing("form.part.", was, is));
		options(before.path("values"), after.path("values"), details);
		return List.copyOf(details);
	}

	private static List<Detail> differing(String words, Map<String, String> was, Map<String, String> is) {
		Set<String> names = new LinkedHashSet<>(is.keySet());
		names.addAll(was.keySet());
		return names.stream()
			.filter((name) -> !Objects.equals(was.get(name), is.get(name)))
			.map((name) -> new Detail(Words.has("analysis." + words + name) ? text(words + name) : name,
					was.getOrDefault(name, ""), is.getOrDefault(name, "")))
			.toList();
	}

	private static void flatten(String at, JsonNode node, Map<String, String> values) {
		node.fields().forEachRemaining((field) -> {
			String name = at + field.getKey();
			if (at.isEmpty() && PASSED_OVER.contains(name)) {
				return;
			}
			if (field.getValue().isObject()) {
				flatten(name + ".", field.getValue(), values);
			}
			else {
				values.put(name, value(name, field.getValue()));
			}
		});
	}

	private static String value(String name, JsonNode value) {
		if (value.isBoolean()) {
			return text(value.asBoolean() ? "yes" : "no");
		}
		String said = value.isValueNode() ? value.asText() : value.toString();
		String word = "form.value." + name + "." + said;
		if (name.equals("type")) {
			word = "form.type." + said;
		}
		return Words.has("analysis." + word) ? text(word) : said;
	}

	private static void options(JsonNode before, JsonNode after, List<Detail> details) {
		Map<String, String> was = options(before);
		Map<String, String> is = options(after);
		was.forEach((value, label) -> {
			if (!is.containsKey(value)) {
				details.add(new Detail(text("form.option.gone"), option(value, label), ""));
			}
		});
		is.forEach((value, label) -> {
			if (!was.containsKey(value)) {
				details.add(new Detail(text("form.option.new"), "", option(value, label)));
			}
			else if (!was.get(value).equals(label)) {
				details.add(new Detail(text("form.option.label", value), was.get(value), label));
			}
		});
		List<String> order = was.keySet().stream().filter(is::containsKey).toList();
		List<String> now = is.keySet().stream().filter(was::containsKey).toList();
		if (!order.equals(now)) {
			details.add(new Detail(text("form.option.order"), labels(order, was), labels(now, is)));
		}
	}

	private static Map<String, String> options(JsonNode values) {
		Map<String, String> options = new LinkedHashMap<>();
		values.forEach((each) -> options.putIfAbsent(each.path("value").asText(), each.path("label").asText()));
		return options;
	}

	private static String option(String value, String label) {
		return text("form.option", label, value);
	}

	private static String labels(List<String> values, Map<String, String> labels) {
		return String.join(text("list"), values.stream().map(labels::get).toList());
	}

	private static String text(String key, Object... values) {
		return Texts.of("analysis", "analysis." + key, values);
	}

}
