package gridcase.trial;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A question that was asked about a case, with every table that had a say: a place's own
 * that left it to the shared one, and that one; a table of limits, and the one it
 * referred to.
 */
final class Asked {

	private final String caseNo;

	private final String place;

	private final Instant at;

	private final List<Recorded> answers = new ArrayList<>();

	Asked(String caseNo, String place, Instant at, Recorded first) {
		this.caseNo = caseNo;
		this.place = place;
		this.at = at;
		this.answers.add(first);
	}

	/**
	 * What one table said.
	 *
	 * @param id number of the record
	 * @param table key of the table
	 * @param owner place whose own table it was, null for the shared one
	 * @param version its version
	 * @param inputs JSON object
	 * @param outputs JSON list of rows
	 * @param rules ids of the rules that fired, separated by commas
	 */
	record Recorded(long id, String table, String owner, int version, String inputs, String outputs, String rules) {

	}

	String caseNo() {
		return this.caseNo;
	}

	String place() {
		return this.place;
	}

	Instant at() {
		return this.at;
	}

	List<Recorded> answers() {
		return this.answers;
	}

	void add(Recorded answer) {
		this.answers.add(answer);
	}

	Recorded last() {
		return this.answers.get(this.answers.size() - 1);
	}

	/** The record that ends the question at its first table. */
	long id() {
		String table = this.answers.get(0).table();
		return this.answers.stream().filter((answer) -> answer.table().equals(table)).reduce((a, b) -> b).get().id();
	}

	/** Everything that was known then. */
	Map<String, Object> inputs() {
		Map<String, Object> inputs = new HashMap<>();
		this.answers.forEach((answer) -> inputs.putAll(Plain.values(answer.inputs())));
		return inputs;
	}

	/** Two questions with the same text get the same answer. */
	String text() {
		StringBuilder text = new StringBuilder(this.place);
		for (Recorded answer : this.answers) {
			text.append('\n')
				.append(answer.table())
				.append('\n')
				.append((answer.owner() != null) ? answer.owner() : "")
				.append(' ')
				.append(answer.version())
				.append('\n')
				.append(answer.rules())
				.append('\n')
				.append(answer.inputs())
				.append('\n')
				.append(answer.outputs());
		}
		return text.toString();
	}

}
