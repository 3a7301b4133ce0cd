package gridcase.evidence;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is signed of a day.
 *
 * @param no number of the root, from 1 without gaps
 * @param day the day it is of
 * @param takenAt when it was taken, by the platform's clock
 * @param leaves how many leaves its tree has
 * @param root root of the tree
 * @param previous SHA-256 of the statement before; zeros for the first
 * @param keyId name of the key it is signed with
 */
record RootStatement(long no, LocalDate day, Instant takenAt, long leaves, byte[] root, byte[] previous, String keyId) {

	private static final Pattern TEXT = Pattern.compile("""
			gridcase-root 1
			no (\\d{1,18})
			day (\\d{4}-\\d\\d-\\d\\d)
			taken (\\S+)
			leaves (\\d{1,10})
			root ([0-9a-f]{64})
			previous ([0-9a-f]{64})
			key ([a-z0-9]{1,16})
			""");

	String text() {
		return """
				gridcase-root 1
				no %d
				day %s
				taken %s
				leaves %d
				root %s
				previous %s
				key %s
				""".formatted(this.no, this.day, this.takenAt, this.leaves, Digests.hex(this.root),
				Digests.hex(this.previous), this.keyId);
	}

	/**
	 * Reads {@link #text}.
	 * @throws IllegalArgumentException if it is no statement of a root
	 */
	static RootStatement parse(String text) {
		Matcher matcher = TEXT.matcher(text);
		if (!matcher.matches()) {
			throw new IllegalArgumentException("No statement of a daily root");
		}
		try {
			return new RootStatement(Long.parseLong(matcher.group(1)), LocalDate.parse(matcher.group(2)),
					Instant.parse(matcher.group(3)), Long.parseLong(matcher.group(4)), Digests.bytes(matcher.group(5)),
					Digests.bytes(matcher.group(6)), matcher.group(7));
		}
		catch (java.time.format.DateTimeParseException ex) {
			throw new IllegalArgumentException("No statement of a daily root", ex);
		}
	}

	/** What the next statement names as the one before it. */
	static byte[] hash(String text) {
		return Digests.sha256(text.getBytes(StandardCharsets.UTF_8));
	}

}
