package gridcase.form;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import gridcase.form.FormView.Field;
import gridcase.policy.Feel;
import gridcase.policy.RuleScope;
import gridcase.privacy.PersonalKind;
import gridcase.shared.FieldProblem;
import gridcase.shared.Refusal;

import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/**
 * The forms of user tasks. What is shown and what is checked comes from the same
 * {@code .form} file; a place's own file wins over the shared one.
 */
@Component
public class Forms {

	/** Registry lists a field may take its options from. */
	public static final Set<String> SOURCES = Set.of("units", "offered-units", "other-units", "categories",
			"conditions", "grids", "breaches", "lower-tiers", "duplicates", "cases");

	/** Longest text of one field, in bytes of UTF-8. */
	public static final int LONGEST_TEXT = 1024 * 1024;

	/** Most rows of a repeating list that does not say otherwise. */
	public static final int MOST_ROWS = 50;

	private static final Set<String> WRITTEN = Set.of("textfield", "textarea", "filepicker", "dynamiclist");

	/** Tells that there is a row even if nothing in it is filled in. */
	static final String ROW = "row";

	private static final Pattern CELL = Pattern.compile("([A-Za-z0-9]+)\\[(\\d{1,4})]\\.([A-Za-z0-9]+)");

	private final FormFiles files;

	private final Feel feel;

	private final MessageSource messages;

	Forms(FormFiles files, Feel feel, MessageSource messages) {
		this.files = files;
		this.feel = feel;
		this.messages = messages;
	}

	/**
	 * Makes a form ready to be shown.
	 * @param id id of the form
	 * @param scope place, whose own form wins, and when the case was reported
	 * @param values what is filled in so far: texts, lists of texts or typed values
	 * @param facts what is known of the case, for conditions and as first values
	 * @param options choices of fields that name a source, by that name
	 * @param problems what a check found, empty at first
	 * @return the fields to be seen
	 * @throws Refusal if there is no such form
	 */
	public FormView view(String id, RuleScope scope, Map<String, ?> values, Map<String, ?> facts,
			Map<String, List<Option>> options, List<FieldProblem> problems) {
		FormFile form = file(id, scope);
		Map<String, Object> known = new HashMap<>();
		for (FormComponent component : form.components()) {
			if (component.holdsValue()) {
				Object value = values.containsKey(component.key()) ? given(component, values)
						: component.prefilled() ? facts.get(component.key()) : null;
				known.put(component.key(), (value != null) ? value : component.preset());
			}
		}
		List<Field> fields = new ArrayList<>();
		Map<String, Object> context = context(form, facts);
		for (FormComponent component : form.components()) {
			if (hidden(component, context)) {
				continue;
			}
			Object value = component.holdsValue() ? known.get(component.key()) : null;
			if (component.repeats()) {
				fields.add(list(form, component, rows(component, value), context, options, problems));
				continue;
			}
			if (component.holdsValue()) {
				context.put(component.key(), forCondition(component, value, choices(component, options)));
			}
			fields.add(field(form, component, component.key(), value, choices(component, options), problems));
		}
		return new FormView(form.id(), form.title(), form.submit(), List.copyOf(fields), List.copyOf(problems));
	}

	/**
	 * Checks what was filled in against the form.
	 * @param id id of the form
	 * @param scope place, whose own form wins, and when the case was reported
	 * @param values texts, lists of texts or typed values by field key
	 * @param facts what is known of the case, for conditions
	 * @param options choices of fields that name a source, by that name
	 * @return typed values of all visible fields that hold something; booleans always
	 * @throws Refusal naming every field to be mended, or if there is no such form
	 */
	public Map<String, Object> validate(String id, RuleScope scope, Map<String, ?> values, Map<String, ?> facts,
			Map<String, List<Option>> options) {
		FormFile form = file(id, scope);
		refuseTooLong(values.values());
		List<FieldProblem> problems = new ArrayList<>();
		Map<String, Object> answers = new LinkedHashMap<>();
		Map<String, Object> context = context(form, facts);
		for (FormComponent component : form.components()) {
			if (!component.holdsValue() || component.readonly() || hidden(component, context)) {
				continue;
			}
			if (component.repeats()) {
				List<Map<String, Object>> rows = checkRows(component, given(component, values), context, options,
						problems);
				if (!rows.isEmpty()) {
					answers.put(component.key(), rows);
				}
				context.put(component.key(), rows);
				continue;
			}
			List<Option> choices = choices(component, options);
			try {
				Object value = check(component, values.get(component.key()), choices);
				if (value != null) {
					answers.put(component.key(), value);
				}
				context.put(component.key(), forCondition(component, value, choices));
			}
			catch (Unfit unfit) {
				problems.add(new FieldProblem(component.key(), component.label(), unfit.getMessage()));
				context.put(component.key(), forCondition(component, values.get(component.key()), choices));
			}
		}
		for (String name : values.keySet()) {
			if (form.components().stream().noneMatch((component) -> names(component, name))) {
				problems.add(new FieldProblem(name, name, message("form.unknown")));
			}
		}
		if (!problems.isEmpty()) {
			throw new Refusal(Refusal.Kind.INVALID, message("form.invalid", problems.size()), problems);
		}
		return answers;
	}

	/** Names of the registry lists the form takes its options from. */
	public List<String> sources(String id, RuleScope scope) {
		return everything(file(id, scope)).map(FormComponent::source).filter(Objects::nonNull).distinct().toList();
	}

	/** Keys of all fields. */
	public Set<String> keys(String id, RuleScope scope) {
		return file(id, scope).components()
			.stream()
			.map(FormComponent::key)
			.filter(Objects::nonNull)
			.collect(Collectors.toSet());
	}

	/**
	 * Keys of the fields people write in or attach to, as opposed to choices and numbers.
	 */
	public Set<String> written(String id, RuleScope scope) {
		return file(id, scope).components()
			.stream()
			.filter((component) -> WRITTEN.contains(component.type()))
			.map(FormComponent::key)
			.collect(Collectors.toSet());
	}

	// --- repeating lists ---

	/**
	 * What was filled in, with a row more or less in one of its repeating lists.
	 * @param values what is filled in, the cells of lists by names like list[0].field
	 * @param more key of the list that gets a row at its end, or null
	 * @param less key of a list and number of its row that goes, like list.0, or null
	 * @return the values as they are then
	 */
	public static Map<String, Object> changeRows(Map<String, ?> values, String more, String less) {
		Map<String, Object> changed = new LinkedHashMap<>();
		String from = (less != null) ? less.substring(0, Math.max(0, less.lastIndexOf('.'))) : null;
		int gone = (less != null && less.matches("[A-Za-z0-9]+\\.\\d{1,4}"))
				? Integer.parseInt(less.substring(less.lastIndexOf('.') + 1)) : Integer.MAX_VALUE;
		int next = 0;
		for (Map.Entry<String, ?> value : values.entrySet()) {
			Matcher cell = CELL.matcher(value.getKey());
			if (!cell.matches()) {
				changed.put(value.getKey(), value.getValue());
				continue;
			}
			int row = Integer.parseInt(cell.group(2));
			if (cell.group(1).equals(from) && row >= gone) {
				if (row > gone) {
					changed.put(from + "[" + (row - 1) + "]." + cell.group(3), value.getValue());
				}
				continue;
			}
			if (cell.group(1).equals(more)) {
				next = Math.max(next, row + 1);
			}
			changed.put(value.getKey(), value.getValue());
		}
		if (more != null) {
			changed.put(more + "[" + next + "]." + ROW, "");
		}
		return changed;
	}

	/**
	 * Whether a name among the values is that of the component or of one of its cells.
	 */
	private static boolean names(FormComponent component, String name) {
		if (name.equals(component.key())) {
			return true;
		}
		Matcher cell = CELL.matcher(name);
		return component.repeats() && cell.matches() && cell.group(1).equals(component.key())
				&& (cell.group(3).equals(ROW)
						|| component.components().stream().anyMatch((inner) -> cell.group(3).equals(inner.key())));
	}

	/** What was filled in; the rows of a list come as names like list[0].field. */
	private static Object given(FormComponent component, Map<String, ?> values) {
		Object given = values.get(component.key());
		if (!component.repeats() || (given != null && !given.equals(""))) {
			return given;
		}
		TreeMap<Integer, Map<String, Object>> rows = new TreeMap<>();
		values.forEach((name, value) -> {
			Matcher cell = CELL.matcher(name);
			if (cell.matches() && cell.group(1).equals(component.key())) {
				Map<String, Object> row = rows.computeIfAbsent(Integer.valueOf(cell.group(2)),
						(number) -> new LinkedHashMap<>());
				if (!cell.group(3).equals(ROW)) {
					row.put(cell.group(3), value);
				}
			}
		});
		return (rows.isEmpty() && given == null) ? null : List.copyOf(rows.values());
	}

	private List<Map<?, ?>> rows(FormComponent component, Object value) {
		List<Map<?, ?>> rows = new ArrayList<>();
		if (value instanceof Collection<?> many) {
			many.forEach((row) -> rows.add((row instanceof Map<?, ?> cells) ? cells : Map.of()));
		}
		while (value == null && rows.size() < Math.max(1, (component.least() != null) ? component.least() : 0)) {
			rows.add(Map.of());
		}
		return rows;
	}

	private Field list(FormFile form, FormComponent component, List<Map<?, ?>> given, Map<String, Object> context,
			Map<String, List<Option>> options, List<FieldProblem> problems) {
		List<List<Field>> rows = new ArrayList<>();
		for (int row = 0; row < given.size(); row++) {
			Map<String, Object> inRow = inRow(component, context);
			List<Field> fields = new ArrayList<>();
			for (FormComponent inner : component.components()) {
				if (hidden(inner, inRow)) {
					continue;
				}
				Object value = inner.holdsValue() ? given.get(row).get(inner.key()) : null;
				if (value == null && !given.get(row).containsKey(inner.key())) {
					value = inner.preset();
				}
				if (inner.holdsValue()) {
					inRow.put(inner.key(), forCondition(inner, value, choices(inner, options)));
				}
				fields.add(field(form, inner, cell(component, row, inner), value, choices(inner, options), problems));
			}
			rows.add(List.copyOf(fields));
		}
		context.put(component.key(), given);
		return new Field(component.key(), component.type(), null, component.label(), component.help(), false,
				component.readonly(), component.least(), most(component), null, null, List.of(), List.of(), false, true,
				null, error(component.key(), problems), List.copyOf(rows));
	}

	/** The rows that hold something, checked cell by cell. */
	private List<Map<String, Object>> checkRows(FormComponent component, Object given, Map<String, Object> context,
			Map<String, List<Option>> options, List<FieldProblem> problems) {
		List<Map<String, Object>> kept = new ArrayList<>();
		if (given != null && !(given instanceof Collection<?>)) {
			problems.add(new FieldProblem(component.key(), component.label(), message("form.rows")));
			return kept;
		}
		int number = 0;
		for (Object row : (given != null) ? (Collection<?>) given : List.of()) {
			if (!(row instanceof Map<?, ?> cells)) {
				problems.add(new FieldProblem(component.key(), component.label(), message("form.rows")));
				return kept;
			}
			Map<String, Object> answers = new LinkedHashMap<>();
			if (!blank(cells)) {
				checkRow(component, number, cells, inRow(component, context), options, answers, problems);
				kept.add(answers);
			}
			number++;
		}
		if (component.least() != null && kept.size() < component.least()) {
			problems.add(new FieldProblem(component.key(), component.label(),
					message("form.fewRows", component.least(), kept.size())));
		}
		if (kept.size() > most(component)) {
			problems.add(new FieldProblem(component.key(), component.label(),
					message("form.manyRows", most(component), kept.size())));
		}
		return kept;
	}

	private void checkRow(FormComponent component, int row, Map<?, ?> cells, Map<String, Object> inRow,
			Map<String, List<Option>> options, Map<String, Object> answers, List<FieldProblem> problems) {
		for (FormComponent inner : component.components()) {
			if (!inner.holdsValue() || inner.readonly() || hidden(inner, inRow)) {
				continue;
			}
			List<Option> choices = choices(inner, options);
			try {
				Object value = check(inner, cells.get(inner.key()), choices);
				if (value != null) {
					answers.put(inner.key(), value);
				}
				inRow.put(inner.key(), forCondition(inner, value, choices));
			}
			catch (Unfit unfit) {
				problems.add(new FieldProblem(cell(component, row, inner),
						message("form.cell", component.label(), row + 1, inner.label()), unfit.getMessage()));
				inRow.put(inner.key(), forCondition(inner, cells.get(inner.key()), choices));
			}
		}
		for (Object name : cells.keySet()) {
			if (component.components().stream().noneMatch((inner) -> name.equals(inner.key()))) {
				problems.add(new FieldProblem(component.key() + "[" + row + "]." + name, String.valueOf(name),
						message("form.unknown")));
			}
		}
	}

	private static boolean blank(Map<?, ?> cells) {
		return cells.values()
			.stream()
			.allMatch((value) -> value == null || value.equals(false) || value.toString().isBlank()
					|| (value instanceof Collection<?> many && many.isEmpty()));
	}

	private static Map<String, Object> inRow(FormComponent component, Map<String, Object> context) {
		Map<String, Object> inRow = new HashMap<>(context);
		component.components()
			.stream()
			.filter(FormComponent::holdsValue)
			.forEach((inner) -> inRow.put(inner.key(), empty(inner)));
		return inRow;
	}

	private static String cell(FormComponent list, int row, FormComponent inner) {
		return (inner.key() != null) ? list.key() + "[" + row + "]." + inner.key() : null;
	}

	private static int most(FormComponent component) {
		return (component.most() != null) ? component.most() : MOST_ROWS;
	}

	/** Fields that ask for personal data, with what they ask for. */
	public Map<String, PersonalKind> personal(String id, RuleScope scope) {
		return file(id, scope).components()
			.stream()
			.filter((component) -> component.holdsValue() && component.personal() != null)
			.collect(Collectors.toMap(FormComponent::key, FormComponent::personal));
	}

	// --- reading ---

	private FormFile file(String id, RuleScope scope) {
		return this.files.find(id, scope).orElseThrow(() -> Refusal.notFound(message("form.missing", id)));
	}

	// --- conditions ---

	/** What conditions may name: fields of the form, null until filled in, and facts. */
	private static Map<String, Object> context(FormFile form, Map<String, ?> facts) {
		Map<String, Object> context = new HashMap<>(facts);
		form.components()
			.stream()
			.filter(FormComponent::holdsValue)
			.forEach((component) -> context.put(component.key(), empty(component)));
		return context;
	}

	private boolean hidden(FormComponent component, Map<String, Object> context) {
		return component.hide().stream().anyMatch((condition) -> {
			this.feel.names(condition).forEach((name) -> context.putIfAbsent(name, null));
			return this.feel.isTrue(condition, context);
		});
	}

	/** The components and those of the rows of its lists. */
	private static Stream<FormComponent> everything(FormFile form) {
		return form.components()
			.stream()
			.flatMap((component) -> Stream.concat(Stream.of(component), component.components().stream()));
	}

	/** Whether fields appear, vanish or offer other choices when this one changes. */
	private boolean decidesOthers(FormFile form, FormComponent changed) {
		String key = changed.key();
		if ("categories".equals(changed.source())) {
			return form.components().stream().anyMatch((component) -> "conditions".equals(component.source()));
		}
		return everything(form).flatMap((component) -> component.hide().stream())
			.anyMatch((condition) -> this.feel.names(condition).contains(key));
	}

	private static Object empty(FormComponent component) {
		return switch (component.type()) {
			case "checkbox" -> false;
			case "checklist", "taglist", "filepicker", "dynamiclist" -> List.of();
			default -> null;
		};
	}

	/** A value that does not fit its field counts as none. */
	private Object forCondition(FormComponent component, Object value, List<Option> choices) {
		try {
			Object checked = typed(component, value, choices);
			return (checked != null) ? checked : empty(component);
		}
		catch (Unfit unfit) {
			return empty(component);
		}
	}

	// --- checking ---

	private Object check(FormComponent component, Object raw, List<Option> choices) {
		Object value = typed(component, raw, choices);
		boolean missing = value == null || "".equals(value) || (value instanceof List<?> list && list.isEmpty());
		if (missing && component.required()) {
			throw new Unfit(message(component.isChoice() ? "form.choose"
					: component.type().equals("filepicker") ? "form.photo" : "form.required"));
		}
		if (component.required() && component.type().equals("checkbox") && Boolean.FALSE.equals(value)) {
			throw new Unfit(message("form.tick"));
		}
		if (missing) {
			return null;
		}
		if (value instanceof String text && !component.isChoice()) {
			checkText(component, text);
		}
		if (value instanceof Number && component.type().equals("number")) {
			checkNumber(component, new BigDecimal(value.toString()));
		}
		return value;
	}

	private void checkText(FormComponent component, String text) {
		int length = text.codePointCount(0, text.length());
		if (component.minLength() != null && length < component.minLength()) {
			throw new Unfit(message("form.tooShort", component.minLength(), length));
		}
		if (component.maxLength() != null && length > component.maxLength()) {
			throw new Unfit(message("form.tooLong", component.maxLength(), length));
		}
		if (component.pattern() != null && !Pattern.matches(component.pattern(), text)) {
			throw new Unfit((component.patternMessage() != null) ? component.patternMessage()
					: message("form.pattern", component.pattern()));
		}
	}

	private void checkNumber(FormComponent component, BigDecimal number) {
		if (component.min() != null && number.compareTo(component.min()) < 0) {
			throw new Unfit(message("form.tooSmall", plain(component.min()), plain(number)));
		}
		if (component.max() != null && number.compareTo(component.max()) > 0) {
			throw new Unfit(message("form.tooBig", plain(component.max()), plain(number)));
		}
	}

	private Object typed(FormComponent component, Object raw, List<Option> choices) {
		if (component.isList()) {
			List<Object> list = new ArrayList<>();
			for (Object item : items(component, raw)) {
				Object one = component.isChoice() ? chosen(item, choices) : file(item);
				if (one != null) {
					list.add(one);
				}
			}
			return list;
		}
		if (raw instanceof Collection<?> many) {
			if (many.size() > 1) {
				throw new Unfit(message("form.onlyOne"));
			}
			return typed(component, many.stream().findFirst().orElse(null), choices);
		}
		return switch (component.type()) {
			case "select", "radio" -> chosen(raw, choices);
			case "checkbox" -> bool(raw);
			case "number" -> number(component, raw);
			case "datetime" -> moment(component, raw);
			default -> text(raw);
		};
	}

	/** A list may also come as one text with commas, the way facts keep it. */
	private static Collection<?> items(FormComponent component, Object raw) {
		if (raw == null || "".equals(raw)) {
			return List.of();
		}
		if (component.isList() && raw instanceof String text) {
			return List.of(text.split(","));
		}
		return (raw instanceof Collection<?> many) ? many : List.of(raw);
	}

	private String text(Object raw) {
		if (raw == null) {
			return null;
		}
		if (!(raw instanceof String text)) {
			throw new Unfit(message("form.text"));
		}
		return text.strip();
	}

	private Object chosen(Object raw, List<Option> choices) {
		if (raw == null || "".equals(raw)) {
			return null;
		}
		return choices.stream()
			.filter((option) -> String.valueOf(option.value()).equals(String.valueOf(raw)))
			.findFirst()
			.map(Option::value)
			.orElseThrow(() -> new Unfit(message("form.notOffered", shortened(String.valueOf(raw)))));
	}

	private Boolean bool(Object raw) {
		if (raw == null || "".equals(raw)) {
			return false;
		}
		return switch (String.valueOf(raw).toLowerCase(Locale.ROOT)) {
			case "true", "on" -> true;
			case "false" -> false;
			default -> throw new Unfit(message("form.boolean"));
		};
	}

	private Number number(FormComponent component, Object raw) {
		if (raw == null || String.valueOf(raw).isBlank()) {
			return null;
		}
		BigDecimal number;
		try {
			number = new BigDecimal(String.valueOf(raw).strip());
		}
		catch (NumberFormatException ex) {
			throw new Unfit(message("form.number", shortened(String.valueOf(raw))));
		}
		if (number.precision() > 30 || Math.abs(number.scale()) > 30) {
			throw new Unfit(message("form.number", shortened(String.valueOf(raw))));
		}
		int decimals = (component.decimals() != null) ? component.decimals() : 0;
		if (number.stripTrailingZeros().scale() > decimals) {
			throw new Unfit(message("form.decimals", decimals));
		}
		BigDecimal plain = number.stripTrailingZeros();
		return (plain.scale() <= 0 && plain.abs().compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) <= 0)
				? (Number) plain.intValueExact() : plain;
	}

	private String moment(FormComponent component, Object raw) {
		String text = text(raw);
		if (text == null || text.isEmpty()) {
			return null;
		}
		try {
			if ("time".equals(component.subtype())) {
				return LocalTime.parse(text).toString();
			}
			if (!"datetime".equals(component.subtype())) {
				return LocalDate.parse(text).toString();
			}
			return text.matches(".*(Z|[+-]\\d\\d:\\d\\d)$") ? OffsetDateTime.parse(text).toString()
					: LocalDateTime.parse(text).toString();
		}
		catch (DateTimeException ex) {
			throw new Unfit(message("form.moment." + ((component.subtype() != null) ? component.subtype() : "date"),
					shortened(text)));
		}
	}

	private String file(Object raw) {
		if (raw == null || "".equals(raw)) {
			return null;
		}
		try {
			return UUID.fromString(String.valueOf(raw)).toString();
		}
		catch (IllegalArgumentException ex) {
			throw new Unfit(message("form.file", shortened(String.valueOf(raw))));
		}
	}

	private void refuseTooLong(Collection<?> values) {
		for (Object value : values) {
			if (value instanceof Collection<?> many) {
				refuseTooLong(many);
			}
			else if (value instanceof Map<?, ?> cells) {
				refuseTooLong(cells.values());
			}
			else if (value instanceof String text && text.length() > LONGEST_TEXT / 4
					&& text.getBytes(StandardCharsets.UTF_8).length > LONGEST_TEXT) {
				throw new Refusal(Refusal.Kind.TOO_LARGE, message("form.oneMegabyte"));
			}
		}
	}

	// --- showing ---

	private static List<Option> choices(FormComponent component, Map<String, List<Option>> options) {
		if (component.source() == null) {
			return component.values();
		}
		List<Option> offered = options.get(component.source());
		if (offered == null) {
			throw new IllegalArgumentException("The field " + component.key() + " takes its options from \""
					+ component.source() + "\", which were not given");
		}
		return offered;
	}

	private Field field(FormFile form, FormComponent component, String key, Object value, List<Option> choices,
			List<FieldProblem> problems) {
		List<String> texts = new ArrayList<>();
		for (Object item : items(component, value)) {
			texts.add((item instanceof BigDecimal number) ? plain(number) : String.valueOf(item));
		}
		return new Field(key, component.type(), component.subtype(), component.label(), component.help(),
				component.required(), component.readonly(), component.minLength(), component.maxLength(),
				(component.min() != null) ? plain(component.min()) : null,
				(component.max() != null) ? plain(component.max()) : null, choices, List.copyOf(texts),
				component.holdsValue() && decidesOthers(form, component), component.multiple() || component.isList(),
				component.accept(), error(key, problems), List.of());
	}

	private static String error(String key, List<FieldProblem> problems) {
		return problems.stream()
			.filter((problem) -> problem.field().equals(key))
			.map(FieldProblem::message)
			.findFirst()
			.orElse(null);
	}

	private static String plain(BigDecimal number) {
		return number.stripTrailingZeros().toPlainString();
	}

	private static String shortened(String text) {
		return (text.length() <= 40) ? text : text.substring(0, 40) + "…";
	}

	private String message(String key, Object... arguments) {
		return this.messages.getMessage(key, arguments, LocaleContextHolder.getLocale());
	}

	/** A value does not fit its field; the message tells people what would. */
	private static final class Unfit extends RuntimeException {

		Unfit(String message) {
			super(message, null, false, false);
		}

	}

}
