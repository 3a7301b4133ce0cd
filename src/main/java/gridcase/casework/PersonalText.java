package gridcase.casework;

import org.springframework.stereotype.Component;

/** How personal data stand in what is printed and exported: masked, whoever asks. */
@Component
public class PersonalText {

	private static final int HEAD = 3;

	private static final int TAIL = 4;

	/**
	 * A value as it may leave the platform on paper or in a file.
	 * @param kind {@code phone} or {@code name}
	 * @param value the value, or null
	 * @return 138****1234, 张*; an empty text for null
	 */
	public String masked(String kind, Object value) {
		String text = (value != null) ? value.toString().strip() : "";
		if (text.isEmpty()) {
			return "";
		}
		String first = text.substring(0, text.offsetByCodePoints(0, 1));
		return switch (kind) {
			case "phone" -> (text.length() > HEAD + TAIL)
					? text.substring(0, HEAD) + "****" + text.substring(text.length() - TAIL) : first + "****";
			case "name" -> first + "*";
			default -> throw new IllegalArgumentException("No kind of personal data: " + kind);
		};
	}

}
