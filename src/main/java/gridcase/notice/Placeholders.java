package gridcase.notice;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Texts with names in braces, such as <code>{caseNo}</code>. */
public final class Placeholders {

	private static final Pattern NAME = Pattern.compile("\\{([A-Za-z][A-Za-z0-9]*)}");

	private Placeholders() {
	}

	/** The names a text asks for. */
	public static Set<String> in(String text) {
		Set<String> names = new TreeSet<>();
		Matcher matcher = NAME.matcher(text);
		while (matcher.find()) {
			names.add(matcher.group(1));
		}
		return names;
	}

	/**
	 * Puts values where their names stand. A value's own braces stay as they are, and so
	 * does a name without a value: the message still reaches its reader.
	 * @param text the text
	 * @param values value by name
	 * @param written how a value is written there
	 */
	public static String fill(String text, Map<String, String> values, UnaryOperator<String> written) {
		return NAME.matcher(text).replaceAll((match) -> {
			String value = values.get(match.group(1));
			return Matcher.quoteReplacement((value != null) ? written.apply(value) : match.group());
		});
	}

}
