package gridcase.form;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import gridcase.policy.Feel;
import gridcase.policy.FeelFault;
import gridcase.policy.RuleProblem;
import gridcase.shared.Texts;

/** What a form file has to be before it is put in front of people. */
public final class FormCheck {

	private static final Pattern ID = Pattern.compile("[a-z0-9-]{1,64}");

	private static final Pattern KEY = Pattern.compile("[a-z][A-Za-z0-9]*");

	private static final Pattern CHINESE = Pattern.compile("(?s).*\\p{IsHan}.*");

	private static final Set<String> EMPTY_WORDS = Set.of("确定", "提交", "操作");

	private static final Set<String> CHOICES = Set.of("select", "radio", "checklist", "taglist");

	private static final Set<String> SHOWN_ONLY = Set.of("text", "separator", "spacer");

	private static final String LIST = "dynamiclist";

	private static final int SCHEMA = 18;

	private final Feel feel;

	private final ObjectMapper json = new ObjectMapper();

	/** A check that reads conditions as the platform will. */
	public FormCheck(Feel feel) {
		this.feel = feel;
	}

	Optional<String> id(String file, byte[] content, Consumer<RuleProblem> problems) {
		try {
			JsonNode form = this.json.readTree(content);
			String id = form.path("id").asText();
			if (form.isObject() && ID.matcher(id).matches()) {
				return Optional.of(id);
			}
			problems.accept(RuleProblem.file(file, null, text("form.check.id")));
		}
		catch (IOException ex) {
			problems.accept(RuleProblem.file(file, null, text("form.check.json", ex.getMessage())));
		}
		return Optional.empty();
	}

	/**
	 * Checks a form.
	 * @param file name of the file
	 * @param content what is in it
	 * @param facts names its conditions may use beside its own fields
	 * @param problems told everything that is wrong
	 */
	public void check(String file, byte[] content, Set<String> facts, Consumer<RuleProblem> problems) {
		Optional<String> id = id(file, content, problems);
		if (id.isEmpty()) {
			return;
		}
		JsonNode form = read(content);
		String name = file.substring(file.lastIndexOf('/') + 1);
		whole(form, id.get(), name, (message) -> problems.accept(RuleProblem.file(file, id.get(), message)));
		List<JsonNode> fields = new ArrayList<>();
		collect(form.path("components"), fields);
		Set<String> known = new HashSet<>(facts);
		fields.forEach((field) -> known.add(key(field).asText()));
		Set<String> keys = new HashSet<>();
		for (JsonNode field : fields) {
			if (LIST.equals(field.path("type").asText())) {
				rows(file, id.get(), field, known, problems);
			}
			String key = key(field).asText(field.path("id").asText(field.path("type").asText()));
			String label = field.hasNonNull("label") ? field.path("label").asText() : null;
			field(field, keys, known,
					(message) -> problems.accept(RuleProblem.element(file, id.get(), key, label, message)));
		}
		if (keys.isEmpty()) {
			problems.accept(RuleProblem.file(file, id.get(), text("form.check.noFields")));
		}
	}

	private static JsonNode key(JsonNode field) {
		return field.path(LIST.equals(field.path("type").asText()) ? "path" : "key");
	}

	private JsonNode read(byte[] content) {
		try {
			return this.json.readTree(content);
		}
		catch (IOException ex) {
			throw new IllegalStateException("was read a moment ago", ex);
		}
	}

	private void whole(JsonNode form, String id, String file, Consumer<String> problems) {
		if (!file.equals(id + ".form")) {
			problems.accept(text("form.check.file", id + ".form"));
		}
		if (!"default".equals(form.path("type").asText())) {
			problems.accept(text("form.check.formType"));
		}
		if (form.path("schemaVersion").asInt() != SCHEMA) {
			problems.accept(text("form.check.schema", SCHEMA));
		}
		if (!CHINESE.matcher(form.path("gridcase").path("title").asText()).matches()) {
			problems.accept(text("form.check.title"));
		}
		String submit = form.path("gridcase").path("submit").asText();
		if (!CHINESE.matcher(submit).matches() || EMPTY_WORDS.contains(submit)) {
			problems.accept(text("form.check.submit"));
		}
	}

	private static void collect(JsonNode components, List<JsonNode> into) {
		for (JsonNode component : components) {
			into.add(component);
			if (!LIST.equals(component.path("type").asText())) {
				collect(component.path("components"), into);
			}
		}
	}

	/** Fields of the rows of a list; their keys are names within a row. */
	private void rows(String file, String id, JsonNode list, Set<String> known, Consumer<RuleProblem> problems) {
		List<JsonNode> fields = new ArrayList<>();
		collect(list.path("components"), fields);
		Set<String> inRow = new HashSet<>(known);
		fields.forEach((field) -> inRow.add(field.path("key").asText()));
		Set<String> keys = new HashSet<>();
		for (JsonNode field : fields) {
			String label = field.hasNonNull("label") ? field.path("label").asText() : null;
			Consumer<String> problem = (message) -> problems.accept(RuleProblem.element(file, id,
					list.path("path").asText() + "." + field.path("key").asText(), label, message));
			if (LIST.equals(field.path("type").asText())) {
				problem.accept(text("form.check.listInList"));
			}
			else if (Forms.ROW.equals(field.path("key").asText())) {
				problem.accept(text("form.check.reserved", Forms.ROW));
			}
			else {
				field(field, keys, inRow, problem);
			}
		}
		if (keys.isEmpty()) {
			problems.accept(RuleProblem.element(file, id, list.path("path").asText(), list.path("label").asText(),
					text("form.check.noFields")));
		}
	}

	private void field(JsonNode field, Set<String> keys, Set<String> known, Consumer<String> problems) {
		String type = field.path("type").asText();
		condition(field, known, problems);
		if (Set.of("group", "default", "button").contains(type)) {
			return;
		}
		if (!FormFile.TYPES.contains(type)) {
			problems.accept(text("form.check.type", type, String.join(" ", new TreeSet<>(FormFile.TYPES))));
			return;
		}
		if (SHOWN_ONLY.contains(type)) {
			return;
		}
		String key = key(field).asText();
		if (!KEY.matcher(key).matches()) {
			problems.accept(text("form.check.key"));
		}
		else if (!keys.add(key)) {
			problems.accept(text("form.check.twice", key));
		}
		if (!CHINESE.matcher(field.path("label").asText()).matches()) {
			problems.accept(text("form.check.label"));
		}
		if (CHOICES.contains(type)) {
			String source = field.path("properties").path("source").asText();
			if (field.path("values").size() > 0 == !source.isEmpty()) {
				problems.accept(text("form.check.choices"));
			}
			if (!source.isEmpty() && !Forms.SOURCES.contains(source)) {
				problems.accept(text("form.check.source", source, String.join(" ", new TreeSet<>(Forms.SOURCES))));
			}
		}
		validation(field.path("validate"), problems);
	}

	private void condition(JsonNode field, Set<String> known, Consumer<String> problems) {
		String hide = field.path("conditional").path("hide").asText();
		if (hide.isEmpty()) {
			if (field.has("conditional")) {
				problems.accept(text("form.check.condition"));
			}
			return;
		}
		if (!hide.startsWith("=")) {
			problems.accept(text("form.check.condition"));
			return;
		}
		try {
			for (String name : this.feel.names(hide.substring(1).strip())) {
				if (!known.contains(name)) {
					problems.accept(text("form.check.name", name));
				}
			}
		}
		catch (FeelFault fault) {
			problems.accept(text("form.check.feel", fault.getMessage()));
		}
	}

	private static void validation(JsonNode validate, Consumer<String> problems) {
		for (String number : List.of("minLength", "maxLength", "min", "max")) {
			if (validate.hasNonNull(number)) {
				try {
					BigDecimal value = new BigDecimal(validate.get(number).asText());
					if (number.endsWith("Length")) {
						value.intValueExact();
					}
				}
				catch (ArithmeticException | NumberFormatException ex) {
					problems.accept(text("form.check.number", number));
				}
			}
		}
		if (validate.hasNonNull("pattern")) {
			try {
				Pattern.compile(validate.get("pattern").asText());
			}
			catch (PatternSyntaxException ex) {
				problems.accept(text("form.check.pattern", ex.getDescription()));
			}
		}
	}

	private static String text(String key, Object... values) {
		return Texts.of("form", key, values);
	}

}
