package gridcase.mining;

import java.util.regex.Pattern;

/** Text for XML 1.0, which has no words for most control characters. */
final class XmlText {

	private static final Pattern UNSAYABLE = Pattern
		.compile("[^\\t\\n\\r\\u0020-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]");

	private XmlText() {
	}

	/** The text with a mark in place of what cannot be written. */
	static String clean(String text) {
		return UNSAYABLE.matcher(text).replaceAll("\uFFFD");
	}

}
