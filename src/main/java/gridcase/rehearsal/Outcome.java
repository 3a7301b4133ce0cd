package gridcase.rehearsal;

import java.util.List;

/**
 * How a rehearsal ended.
 *
 * @param name name of the story
 * @param text its report for people: the figures as computed from the stored cases, and
 * how they compare with what was expected
 * @param differences figures that came out otherwise, empty if all match
 */
public record Outcome(String name, String text, List<Difference> differences) {

	/** Whether every expected figure came out. */
	public boolean matches() {
		return this.differences.isEmpty();
	}

	/**
	 * A figure that came out otherwise.
	 *
	 * @param figure which
	 * @param expected what the story expects
	 * @param actual what the stored cases say
	 */
	public record Difference(String figure, Object expected, Object actual) {

	}

}
