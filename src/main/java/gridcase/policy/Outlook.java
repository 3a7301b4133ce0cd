package gridcase.policy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a table can still say while not all of what it asks is known: rules whose known
 * cells are true, in their order, up to the first that needs nothing unknown.
 *
 * @param table the table that answers
 * @param rows numbers of these rules, from 0
 * @param certain whether the last one fires if none before does
 */
public record Outlook(TableView table, List<Integer> rows, boolean certain) {

	private static final Pattern TEXT = Pattern.compile("\"[^\"]*\"");

	/** Tries the rules one after another. */
	static Outlook of(TableView view, FeelTable table, Map<String, Object> known, Set<String> unknown) {
		if (!view.hitPolicy().equals("FIRST")) {
			throw new IllegalArgumentException("Table " + view.key() + " does not take its first rule");
		}
		Map<String, Object> inputs = new HashMap<>();
		table.names().forEach((name) -> inputs.put(name, unknown.contains(name) ? null : known.get(name)));
		List<RuleTrace> traces = table.trace(inputs);
		List<Integer> rows = new ArrayList<>();
		for (int row = 0; row < traces.size(); row++) {
			List<Boolean> cells = traces.get(row).cells();
			boolean open = false;
			boolean possible = true;
			for (int column = 0; column < cells.size(); column++) {
				String cell = view.rows().get(row).inputs().get(column).strip();
				if (!cell.equals("-") && !cell.isEmpty()
						&& (names(view.inputs().get(column).name(), unknown) || names(cell, unknown))) {
					open = true;
				}
				else {
					possible &= cells.get(column);
				}
			}
			if (possible) {
				rows.add(row);
				if (!open) {
					return new Outlook(view, List.copyOf(rows), true);
				}
			}
		}
		return new Outlook(view, List.copyOf(rows), false);
	}

	private static boolean names(String expression, Set<String> unknown) {
		String names = TEXT.matcher(expression).replaceAll("");
		return unknown.stream()
			.anyMatch((name) -> Pattern.compile("\\b" + Pattern.quote(name) + "\\b").matcher(names).find());
	}

	/** Whether every rule that can fire has this output. */
	public boolean always(String output, String value) {
		return this.rows.stream().allMatch((row) -> value.equals(text(row, output)));
	}

	/** The text in an output cell, or null if it holds no plain text. */
	public String text(int row, String output) {
		for (int column = 0; column < this.table.outputs().size(); column++) {
			String cell = this.table.rows().get(row).outputs().get(column).strip();
			if (this.table.outputs().get(column).name().equals(output) && TEXT.matcher(cell).matches()) {
				return cell.substring(1, cell.length() - 1);
			}
		}
		return null;
	}

}
