package gridcase.oversight;

import java.util.Set;

/**
 * A line of {@code oversight/watched.csv}: what is put on record of a request to an
 * address.
 *
 * @param methods methods; {@code *} is any
 * @param path the address as its controller maps it; {@code /**} at the end stands for
 * all beneath
 * @param about what the table {@code case-sight} is asked about, or null to ask nothing
 * @param kind what goes on record, or null for nothing
 * @param subject template of the thing it is about
 * @param kept parameters that go on record too
 * @param why why nothing goes on record, or null
 */
record WatchLine(Set<String> methods, String path, String about, String kind, String subject, Set<String> kept,
		String why) {

	/** Kinds of things that are one case's. */
	private static final Set<String> OF_A_CASE = Set.of("case", "case-entry", "case-task", "case-audit");

	boolean fits(String method, String pattern) {
		boolean sameMethod = this.methods.contains("*") || this.methods.contains(method);
		boolean samePath = this.path.endsWith("/**")
				? (pattern + "/").startsWith(this.path.substring(0, this.path.length() - 2))
				: this.path.equals(pattern);
		return sameMethod && samePath;
	}

	boolean ofACase() {
		return this.about != null && OF_A_CASE.contains(this.about);
	}

}
