package gridcase.policy;

import java.util.List;
import java.util.Optional;

/**
 * What could be read of a table file.
 *
 * @param table the table, null if something keeps it from being asked
 * @param view the table as people read it, null if its rows and columns do not go
 * together
 * @param problems what keeps it from being asked, empty if nothing does
 */
public record TableLook(TableFile table, TableView view, List<RuleProblem> problems) {

	static TableLook of(TableFile table, TableView view, List<RuleProblem> problems) {
		boolean whole = view.inputs().stream().allMatch((column) -> column.name() != null)
				&& view.outputs().stream().allMatch((column) -> column.name() != null)
				&& view.rows()
					.stream()
					.allMatch((row) -> row.id() != null && row.inputs().size() == view.inputs().size()
							&& row.outputs().size() == view.outputs().size());
		return new TableLook(table, whole ? view : null, List.copyOf(problems));
	}

	/** The table, if it can be asked. */
	public Optional<TableFile> asked() {
		return Optional.ofNullable(this.table);
	}

}
