package gridcase.evidence;

import java.nio.charset.StandardCharsets;

/**
 * One leaf of a day's tree: the state of something at the end of that day.
 *
 * @param kind {@code CASE} a case's chain, {@code FILE} a file of a case, {@code RULES} a
 * release, {@code LOG} rows of the access log, {@code REMOVED} a case that was archived
 * and deleted
 * @param subject case number, id of the file, number of the release, {@code access_log}
 * @param seq {@code CASE}, {@code REMOVED}: number of the last event; {@code LOG}: first
 * row
 * @param hash {@code CASE}, {@code REMOVED}: hash of that event; else what it says of the
 * whole
 * @param number {@code CASE}: how many decisions; {@code LOG}: last row
 * @param secondHash {@code CASE}: hash of the last decision; {@code REMOVED}: of the
 * archived package
 * @param detail {@code FILE}: case number
 */
record Leaf(String kind, String subject, Long seq, byte[] hash, Long number, byte[] secondHash, String detail) {

	static final String CASE = "CASE";

	static final String FILE = "FILE";

	static final String RULES = "RULES";

	static final String LOG = "LOG";

	static final String REMOVED = "REMOVED";

	Leaf {
		if (subject.isEmpty() || subject.chars().anyMatch(Character::isWhitespace)) {
			throw new IllegalArgumentException("A leaf's subject is one word, not \"" + subject + '"');
		}
	}

	/** The leaf as it is hashed: seven words, {@code -} for what it has not. */
	String line() {
		return String.join(" ", this.kind, this.subject, word(this.seq), Digests.hex(this.hash), word(this.number),
				(this.secondHash != null) ? Digests.hex(this.secondHash) : "-", word(this.detail));
	}

	private static String word(Object value) {
		return (value != null) ? value.toString() : "-";
	}

	/**
	 * Reads {@link #line}.
	 * @throws IllegalArgumentException if it is no leaf
	 */
	static Leaf parse(String line) {
		String[] words = line.split(" ", -1);
		if (words.length != 7) {
			throw new IllegalArgumentException("A leaf has seven words, not " + words.length);
		}
		return new Leaf(words[0], words[1], number(words[2]), Digests.bytes(words[3]), number(words[4]),
				words[5].equals("-") ? null : Digests.bytes(words[5]), words[6].equals("-") ? null : words[6]);
	}

	private static Long number(String word) {
		return word.equals("-") ? null : Long.valueOf(word);
	}

	byte[] merkleHash() {
		return Merkle.leaf(line().getBytes(StandardCharsets.UTF_8));
	}

}
