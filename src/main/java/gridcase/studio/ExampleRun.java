package gridcase.studio;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

import gridcase.policy.TableFile;

/**
 * An example asked of a table.
 *
 * @param example the example
 * @param said what the table says
 * @param passes whether that is what was expected
 */
public record ExampleRun(Example example, TableFile.Said said, boolean passes) {

	static ExampleRun of(TableFile table, Example example) {
		TableFile.Said said = table.ask(example.inputs());
		boolean passes = !said.failed() && same(said.rows(), example.outputs())
				&& (example.rule() == null || said.rules().contains(example.rule()));
		return new ExampleRun(example, said, passes);
	}

	/**
	 * Whether an answer is what was expected; what nobody expects anything of may be
	 * anything.
	 */
	static boolean same(List<Map<String, Object>> said, List<Map<String, Object>> expected) {
		if (said.size() != expected.size()) {
			return false;
		}
		for (int row = 0; row < said.size(); row++) {
			Map<String, Object> answer = said.get(row);
			for (Map.Entry<String, Object> each : expected.get(row).entrySet()) {
				if (!same(answer.get(each.getKey()), each.getValue())) {
					return false;
				}
			}
		}
		return true;
	}

	/** 5 and 5.0 are the same; dates come back from the database as text. */
	private static boolean same(Object said, Object expected) {
		if (said instanceof Number one && expected instanceof Number other) {
			return new BigDecimal(one.toString()).compareTo(new BigDecimal(other.toString())) == 0;
		}
		return text(said).equals(text(expected));
	}

	/** An empty cell and an empty text say the same. */
	private static String text(Object value) {
		return (value != null) ? value.toString() : "";
	}

}
