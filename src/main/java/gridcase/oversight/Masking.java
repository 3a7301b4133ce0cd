package gridcase.oversight;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes numbers of telephones and papers out of what somebody has typed. */
final class Masking {

	/**
	 * Numbers of cases and days, which stay, or six digits and more, however they are
	 * grouped.
	 */
	private static final Pattern NUMBERS = Pattern
		.compile("[A-Za-z]{2}\\d{8}-\\d{4,6}|\\b\\d{4}-\\d{2}-\\d{2}\\b|(?<number>\\d(?:[ -]?\\d){5,}[Xx]?)");

	private static final int SHOWN = 2;

	private Masking() {
	}

	/** The text with every such number masked but for its first and last two digits. */
	static String text(String text) {
		Matcher found = NUMBERS.matcher(text);
		StringBuilder masked = new StringBuilder();
		while (found.find()) {
			String number = found.group("number");
			found.appendReplacement(masked, Matcher.quoteReplacement((number == null) ? found.group()
					: number.substring(0, SHOWN) + "****" + number.substring(number.length() - SHOWN)));
		}
		return found.appendTail(masked).toString();
	}

}
