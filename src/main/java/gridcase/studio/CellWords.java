package gridcase.studio;

import java.math.BigDecimal;
import java.text.Normalizer;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import gridcase.casework.RuleChoices.Choice;
import gridcase.policy.TableView;
import gridcase.shared.Texts;
import gridcase.studio.FeelCell.Item;
import gridcase.studio.FeelCell.Literal;

/**
 * How the cells of one column are written in a workbook, and read again: names instead of
 * codes, several joined by {@value #AND}; {@code -} for anything; what has no plain words
 * as FEEL, marked so. Whatever it writes it reads as the same, and it guesses nothing:
 * what it cannot read for certain it refuses, saying what would be right.
 */
final class CellWords {

	/** Joins several values. */
	static final String AND = "、";

	/** What is written when a text is FEEL. */
	static final String FEEL = "FEEL ";

	static final String NOT = "不是";

	static final String NULL = "为空";

	static final String FILLED = "不为空";

	/** An empty text. */
	static final String NOTHING = "（无）";

	static final String YES = "是";

	static final String NO = "否";

	private static final Set<String> ANY = Set.of("-", "－", "—", "不限");

	private static final Map<String, String> SIGNS = Map.of("≥", ">=", "≤", "<=", ">=", ">=", "<=", "<=", ">", ">", "<",
			"<");

	private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");

	private static final Pattern THOUSANDS = Pattern.compile("-?\\d{1,3}([,，]\\d{3})+(\\.\\d+)?");

	private static final Pattern COMPARED = Pattern.compile("(≥|≤|>=|<=|>|<)\\s*(.+)");

	private static final Pattern RANGE = Pattern.compile("(>\\s*)?([^～~<>]+?)\\s*[～~]\\s*(<\\s*)?([^～~<>]+)");

	private static final Pattern FULL_WIDTH = Pattern.compile("[０-９．－＞＜＝＋％]");

	private final TableView.Column column;

	private final boolean output;

	/** Whether an output may hold several codes, joined by commas. */
	private final boolean several;

	/** Words by code, in the order people know them. */
	private final Map<String, String> words = new LinkedHashMap<>();

	/** Codes that some word may mean. */
	private final Map<String, Set<String>> meant = new LinkedHashMap<>();

	/**
	 * The words of a column.
	 * @param column the column
	 * @param output whether it is an output
	 * @param choices what it may hold; empty if there is no list of it
	 * @param used cells of the column as they are, whose codes are known even if the list
	 * has them no longer
	 */
	CellWords(TableView.Column column, boolean output, List<Choice> choices, List<String> used) {
		this.column = column;
		this.output = output;
		Map<String, String> names = new LinkedHashMap<>();
		if (isText()) {
			choices.forEach((choice) -> names.put(choice.code(), choice.name()));
		}
		this.several = output && !names.isEmpty()
				&& used.stream().flatMap((cell) -> texts(cell).stream()).anyMatch((text) -> text.contains(","));
		if (!names.isEmpty()) {
			used.stream()
				.flatMap((cell) -> texts(cell).stream())
				.flatMap((text) -> this.several ? Stream.of(text.split(",")) : Stream.of(text))
				.map(String::strip)
				.filter((code) -> !code.isEmpty())
				.forEach((code) -> names.putIfAbsent(code, code));
		}
		Map<String, Long> count = names.values()
			.stream()
			.collect(Collectors.groupingBy((name) -> name, Collectors.counting()));
		names.forEach((code, name) -> {
			String full = name + "（" + code + "）";
			String word = (count.get(name) > 1) ? full : (isPlain(name) ? name : code);
			this.words.put(code, word);
			Stream.of(word, full, name, code).distinct().forEach((each) -> mean(each, code));
		});
	}

	/** Words a workbook brought along for codes that are still known. */
	void alsoKnow(Map<String, String> codeByWord) {
		codeByWord.forEach((word, code) -> {
			if (this.words.containsKey(code) && !this.meant.containsKey(word)) {
				mean(word, code);
			}
		});
	}

	private void mean(String word, String code) {
		this.meant.computeIfAbsent(word, (any) -> new LinkedHashSet<>()).add(code);
	}

	private static boolean isPlain(String name) {
		return !name.isBlank() && !name.startsWith(NOT) && !name.startsWith(FEEL.strip()) && !ANY.contains(name)
				&& !Set.of(NULL, FILLED, NOTHING).contains(name) && name.equals(name.strip());
	}

	private static List<String> texts(String cell) {
		return FeelCell.read(cell)
			.map((read) -> read.items()
				.stream()
				.filter((item) -> item.value().type() == FeelCell.Type.TEXT)
				.map((item) -> item.value().text())
				.toList())
			.orElse(List.of());
	}

	TableView.Column column() {
		return this.column;
	}

	boolean output() {
		return this.output;
	}

	/** What may be chosen, by code; empty if there is no list of it. */
	Map<String, String> choices() {
		return this.words;
	}

	private boolean isText() {
		return "string".equals(this.column.type());
	}

	private boolean isNumber() {
		return "number".equals(this.column.type());
	}

	private boolean isBoolean() {
		return "boolean".equals(this.column.type());
	}

	private boolean isDate() {
		return "date".equals(this.column.type());
	}

	// --- writing ---

	/** A cell in words. */
	String write(String feel) {
		if (this.output && feel.isBlank()) {
			return "";
		}
		Optional<FeelCell> cell = FeelCell.read(feel);
		Optional<String> words = this.output ? cell.flatMap(FeelCell::only).flatMap(this::answer)
				: cell.flatMap(this::condition);
		return words.filter((text) -> {
			SheetCell filled = SheetCell.text(text);
			Read again = readText(filled.text());
			return !filled.isBlank() && again.problem() == null && FeelCell.same(again.feel(), feel);
		}).orElseGet(() -> FEEL + feel.strip());
	}

	/** The number of a cell that is nothing else, so that it can be calculated with. */
	Optional<BigDecimal> number(String feel) {
		return isNumber()
				? FeelCell.read(feel)
					.flatMap(FeelCell::only)
					.filter((value) -> value.type() == FeelCell.Type.NUMBER)
					.map((value) -> new BigDecimal(value.text()))
					.filter((number) -> number.compareTo(new BigDecimal(Double.toString(number.doubleValue()))) == 0)
				: Optional.empty();
	}

	private Optional<String> answer(Literal value) {
		if (value.type() == FeelCell.Type.TEXT && this.several) {
			return Optional.of(value.text().isEmpty() ? NOTHING
					: Arrays.stream(value.text().split(","))
						.map((code) -> this.words.getOrDefault(code, code))
						.collect(Collectors.joining(AND)));
		}
		return Optional.of(word(value));
	}

	private Optional<String> condition(FeelCell cell) {
		if (cell.any()) {
			return Optional.of("-");
		}
		if (cell.negated() && cell.items().equals(List.of(Item.of(Literal.NULL)))) {
			return Optional.of(FILLED);
		}
		String list = cell.items().stream().map(this::item).collect(Collectors.joining(AND));
		return Optional.of(cell.negated() ? NOT + " " + list : list);
	}

	private String item(Item item) {
		if (item.upper() != null) {
			return (item.open().equals("[") ? "" : ">") + word(item.value()) + "～"
					+ (item.close().equals("]") ? "" : "<") + word(item.upper());
		}
		return item.open().replace(">=", "≥").replace("<=", "≤") + word(item.value());
	}

	private String word(Literal value) {
		return switch (value.type()) {
			case TEXT -> value.text().isEmpty() ? NOTHING : this.words.getOrDefault(value.text(), value.text());
			case BOOLEAN -> value.text().equals("true") ? YES : NO;
			case NULL -> NULL;
			default -> value.text();
		};
	}

	// --- reading ---

	/**
	 * What a cell means.
	 *
	 * @param feel the cell as it stands in a table, null if it cannot be told
	 * @param problem what is wrong and what would be right, null if nothing is
	 */
	record Read(String feel, String problem) {

		private static Read of(String feel) {
			return new Read(feel, null);
		}

		private static Read problem(String key, Object... values) {
			return new Read(null, Texts.of("studio", "studio.cell." + key, values));
		}

	}

	/** Reads a cell somebody filled in. */
	Read read(SheetCell cell) {
		return switch (cell.kind()) {
			case BLANK -> Read.problem(this.output ? "blank.output" : "blank.input");
			case FORMULA -> Read.problem("formula", cell.text());
			case ERROR -> Read.problem("error", cell.text());
			case DATE -> isDate() ? Read.of(Literal.date(cell.text()).feel()) : Read.problem("date", cell.text());
			case BOOLEAN -> isBoolean() ? Read.of(cell.text()) : Read.problem("boolean", cell.text());
			case NUMBER -> number(cell);
			case TEXT -> readText(cell.text());
		};
	}

	private Read number(SheetCell cell) {
		if (isNumber()) {
			return Read.of(Literal.number(cell.number()).feel());
		}
		if (isDate() || isBoolean()) {
			return Read.problem(isDate() ? "noDate" : "noBoolean", cell.text());
		}
		return readText(Literal.number(cell.number()).text());
	}

	/**
	 * Reads one value that somebody else wrote: a code, a name, a number; no conditions.
	 */
	Read value(String text) {
		Read read = item(text);
		return (read.problem() == null && FeelCell.read(read.feel()).flatMap(FeelCell::only).isEmpty())
				? Read.problem("one", text) : read;
	}

	/** Reads a cell that was written as text. */
	Read readText(String text) {
		if (text.startsWith(FEEL)) {
			String feel = text.substring(FEEL.length()).strip();
			return feel.isEmpty() ? Read.problem("noFeel") : Read.of(feel);
		}
		if (text.equals(NULL)) {
			return Read.of("null");
		}
		return this.output ? output(text) : input(text);
	}

	private Read output(String text) {
		if (ANY.contains(text)) {
			return Read.problem("any.output");
		}
		if (!isText()) {
			Read read = item(text);
			return (read.problem() == null && !FeelCell.read(read.feel()).flatMap(FeelCell::only).isPresent())
					? Read.problem("one", text) : read;
		}
		if (text.equals(NOTHING)) {
			return Read.of("\"\"");
		}
		if (this.words.isEmpty()) {
			return Read.of(Literal.text(text).feel());
		}
		List<String> codes = new ArrayList<>();
		for (String each : split(text)) {
			Read read = code(each);
			if (read.problem() != null) {
				return read;
			}
			codes.add(texts(read.feel()).get(0));
		}
		return (codes.size() > 1 && !this.several) ? Read.problem("several", text)
				: Read.of(Literal.text(String.join(",", codes)).feel());
	}

	private Read input(String text) {
		if (ANY.contains(text)) {
			return Read.of(FeelCell.ANY);
		}
		if (text.equals(FILLED)) {
			return Read.of("not(null)");
		}
		boolean not = text.startsWith(NOT) && !this.meant.containsKey(text);
		String list = not ? text.substring(NOT.length()).strip() : text;
		List<String> items = new ArrayList<>();
		for (String each : split(list)) {
			Read read = item(each);
			if (read.problem() != null) {
				return read;
			}
			items.add(read.feel());
		}
		if (not && isBoolean()) {
			return Read.problem("notBoolean");
		}
		String joined = String.join(",", items);
		return Read.of(not ? "not(" + joined + ")" : joined);
	}

	/** What a list joins; a name may have the joining mark in it. */
	private List<String> split(String list) {
		String[] parts = list.split(AND, -1);
		List<String> items = new ArrayList<>();
		int from = 0;
		while (from < parts.length) {
			int to = parts.length;
			while (to > from + 1 && !this.meant.containsKey(joined(parts, from, to))) {
				to--;
			}
			items.add(joined(parts, from, to));
			from = to;
		}
		return items;
	}

	private static String joined(String[] parts, int from, int to) {
		return String.join(AND, Arrays.copyOfRange(parts, from, to)).strip();
	}

	private Read item(String text) {
		if (text.isEmpty()) {
			return Read.problem("emptyItem");
		}
		if (text.equals(NULL)) {
			return Read.of("null");
		}
		if (!this.words.isEmpty()) {
			return text.equals(NOTHING) ? Read.of("\"\"") : code(text);
		}
		if (isText()) {
			return freeText(text);
		}
		if (isBoolean()) {
			return switch (text.toLowerCase(Locale.ROOT)) {
				case YES, "true" -> Read.of("true");
				case NO, "false" -> Read.of("false");
				default -> Read.problem("noBoolean", text);
			};
		}
		if (isNumber() || isDate()) {
			return measured(text);
		}
		// a column without a type of its own: whatever it says it says in FEEL
		return FeelCell.read(text).filter((cell) -> cell.feel().equals(text)).isPresent() ? Read.of(text)
				: Read.problem("feel", text);
	}

	private Read freeText(String text) {
		if (text.equals(NOTHING)) {
			return Read.of("\"\"");
		}
		if (FULL_WIDTH.matcher(text).find()) {
			return Read.problem("fullWidth", text, halfWidth(text));
		}
		if (text.contains(",") || text.contains("，")) {
			return Read.problem("comma", text, commas(text));
		}
		return Read.of(Literal.text(text).feel());
	}

	private Read code(String word) {
		Set<String> codes = this.meant.getOrDefault(word, Set.of());
		if (codes.size() == 1) {
			return Read.of(Literal.text(codes.iterator().next()).feel());
		}
		if (codes.size() > 1) {
			return Read.problem("ambiguous", word,
					codes.stream().map(this.words::get).distinct().collect(Collectors.joining(AND)));
		}
		String split = commas(word);
		if (!split.equals(word) && Arrays.stream(split.split(AND)).allMatch(this.meant::containsKey)) {
			return Read.problem("comma", word, split);
		}
		String half = halfWidth(word);
		if (!half.equals(word) && this.meant.containsKey(half)) {
			return Read.problem("fullWidth", word, half);
		}
		String near = this.words.values()
			.stream()
			.distinct()
			.filter((known) -> this.words.size() <= 8
					|| word.length() > 1 && (known.contains(word) || word.contains(known)))
			.limit(8)
			.collect(Collectors.joining(AND));
		return near.isEmpty() ? Read.problem("unknown", word, this.column.label())
				: Read.problem("unknownNear", word, this.column.label(), near);
	}

	private Read measured(String text) {
		String half = halfWidth(text);
		if (!half.equals(text)) {
			return Read.problem("fullWidth", text, half);
		}
		Matcher compared = COMPARED.matcher(text);
		if (compared.matches()) {
			Read value = measure(compared.group(2));
			return (value.problem() != null) ? value : Read.of(SIGNS.get(compared.group(1)) + " " + value.feel());
		}
		Matcher range = RANGE.matcher(text);
		if (range.matches()) {
			Read from = measure(range.group(2));
			Read to = measure(range.group(4));
			if (from.problem() != null || to.problem() != null) {
				return (from.problem() != null) ? from : to;
			}
			return Read.of(((range.group(1) != null) ? "(" : "[") + from.feel() + ".." + to.feel()
					+ ((range.group(3) != null) ? ")" : "]"));
		}
		return measure(text);
	}

	private Read measure(String text) {
		if (isDate()) {
			try {
				return Read.of(Literal.date(LocalDate.parse(text).toString()).feel());
			}
			catch (DateTimeParseException ex) {
				return Read.problem("noDate", text);
			}
		}
		if (NUMBER.matcher(text).matches()) {
			return Read.of(Literal.number(new BigDecimal(text)).feel());
		}
		if (THOUSANDS.matcher(text).matches()) {
			return Read.problem("thousands", text, text.replaceAll("[,，]", ""));
		}
		if (!commas(text).equals(text)) {
			return Read.problem("comma", text, commas(text));
		}
		return Read.problem(this.output ? "noNumber.output" : "noNumber", text);
	}

	private static String commas(String text) {
		return Arrays.stream(text.split("[,，;；]")).map(String::strip).collect(Collectors.joining(AND));
	}

	/** Full-width digits, letters and signs as everybody else writes them. */
	private static String halfWidth(String text) {
		return FULL_WIDTH.matcher(text)
			.replaceAll((found) -> Normalizer.normalize(found.group(), Normalizer.Form.NFKC));
	}

}
