package gridcase.studio;

import java.math.BigDecimal;
import java.text.Normalizer;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import gridcase.clock.Limit;
import gridcase.shared.Texts;

/**
 * A limit in the words of a list, such as 2紧急工作时. Only a number with a unit somebody has
 * given a meaning is one; whatever says more or less is told, never guessed.
 *
 * @param value the number, null if there is none for certain
 * @param unit the unit, null if there is none for certain
 * @param problem why it is none, null if it is one
 */
record LimitWords(BigDecimal value, String unit, String problem) {

	private static final Pattern LIMIT = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*个?\\s*([^\\d\\s]+)");

	private static final Pattern NUMBER = Pattern.compile("\\d+(\\.\\d+)?");

	private static final Pattern LEADING = Pattern.compile("([^\\d]+)\\d.*", Pattern.DOTALL);

	private static final Pattern WIDE_DIGIT = Pattern.compile("[０-９．]");

	/** Units that a longer word only begins with. */
	private static final Pattern UNIT = Pattern.compile("(紧急工作时|紧急工作日|工作时|工作日|自然日|小时|天)(.+)");

	/** Reads a text with number and unit. */
	static LimitWords of(String text, Map<String, String> units) {
		String plain = digits(text);
		if (plain.isBlank()) {
			return problem("empty");
		}
		if (plain.contains("\n")) {
			return problem("lines", text.replace("\n", "⏎"));
		}
		Matcher limit = LIMIT.matcher(plain);
		if (limit.matches()) {
			return of(limit.group(1), limit.group(2), text, units);
		}
		Matcher leading = LEADING.matcher(plain);
		if (leading.matches()) {
			return problem("leading", text, leading.group(1).strip());
		}
		return problem(NUMBER.matcher(plain).matches() ? "noUnit" : "irregular", text);
	}

	/** Reads number and unit that stand apart. */
	static LimitWords of(String number, String unit, Map<String, String> units) {
		String plain = digits(number);
		if (plain.isBlank()) {
			return problem("empty");
		}
		if (!NUMBER.matcher(plain).matches()) {
			return problem("irregular", number);
		}
		return unit.isBlank() ? problem("noUnit", number) : of(plain, unit, number + unit, units);
	}

	private static LimitWords of(String number, String unit, String text, Map<String, String> units) {
		String known = units.getOrDefault(unit, "");
		if (known.isEmpty()) {
			Matcher more = UNIT.matcher(unit);
			return more.matches() ? problem("trailing", text, more.group(2)) : problem("unit", text, unit);
		}
		BigDecimal value = new BigDecimal(number);
		if (value.signum() == 0 || value.compareTo(BigDecimal.valueOf(Limit.MOST)) > 0) {
			return problem("value", text, Limit.MOST);
		}
		return new LimitWords(value, known, null);
	}

	/**
	 * The word for the unit in a text that is a number and a word, to be given a meaning.
	 */
	static Optional<String> unitWord(String text) {
		Matcher limit = LIMIT.matcher(digits(text));
		return (limit.matches() && !UNIT.matcher(limit.group(2)).matches()) ? Optional.of(limit.group(2))
				: Optional.empty();
	}

	private static String digits(String text) {
		return WIDE_DIGIT.matcher(text.strip())
			.replaceAll((digit) -> Normalizer.normalize(digit.group(), Normalizer.Form.NFKC));
	}

	private static LimitWords problem(String key, Object... values) {
		return new LimitWords(null, null, Texts.of("studio", "studio.limit." + key, values));
	}

}
