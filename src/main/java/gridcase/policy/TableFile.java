package gridcase.policy;

import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.annotation.JsonIgnore;
import gridcase.policy.FeelTable.Verdict;

/**
 * A decision table read from a file that need not be released: a draft, an older version.
 * Asking it leaves no trace. Safe for use by several threads.
 */
public final class TableFile {

	private final FeelTable table;

	TableFile(FeelTable table) {
		this.table = table;
	}

	/** The table as people read it; it has no place, version and release. */
	public TableView view() {
		return this.table.view();
	}

	/** The variables the table reads, whichever of its inputs and cells name them. */
	public Set<String> names() {
		return this.table.names();
	}

	/**
	 * Asks the table.
	 * @param inputs value by name; a name it reads and is not given is unknown (null)
	 * @return what it says, or why it says nothing
	 */
	public Said ask(Map<String, Object> inputs) {
		try {
			Verdict verdict = this.table.answer(inputs);
			return new Said(verdict.rows(), verdict.rules(), null, null, null);
		}
		catch (TableFault fault) {
			return new Said(List.of(), List.of(), fault.reason(), fault.getMessage(), fault.told());
		}
	}

	/**
	 * Which cells are true, rule by rule, each evaluated in full.
	 * @param inputs value by name
	 */
	public List<RuleTrace> trace(Map<String, Object> inputs) {
		return this.table.trace(inputs);
	}

	/**
	 * What a table says.
	 *
	 * @param rows outputs of the rules that fired; empty if it failed, if a COLLECT table
	 * has nothing to say, or if it leaves the question to the shared table
	 * @param rules ids of the rules that fired
	 * @param fault why there is no answer, null if there is one
	 * @param message the fault in words, null if there is none
	 * @param told bundle and key of these words and what they name, for who keeps them to
	 * be read by somebody else
	 */
	public record Said(List<Map<String, Object>> rows, List<String> rules, DecisionFailed.Reason fault, String message,
			@JsonIgnore List<String> told) {

		/** Whether the table could not answer. */
		public boolean failed() {
			return this.fault != null;
		}

	}

}
