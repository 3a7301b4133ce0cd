package gridcase.replay;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import gridcase.policy.DecisionRecord;
import gridcase.policy.Decisions;
import gridcase.policy.RuleTrace;
import gridcase.policy.TableView;
import gridcase.studio.ReadTable;
import gridcase.studio.TableReading;

import org.springframework.stereotype.Component;

/**
 * A decision as it was taken: the table as it was, what it was asked, the row that fired,
 * and of every row before it the cell that was not true.
 */
@Component
class DecisionReader {

	/** Tables that say whom to tell and how, not where the case goes. */
	private static final Set<String> TELLING = Set.of("notification", "notice-text");

	/** A table of this many rows is shown whole. */
	private static final int WHOLE = 14;

	private static final int BEFORE = 6;

	private static final int AFTER = 2;

	private final Decisions decisions;

	private final TableReading tables;

	DecisionReader(Decisions decisions, TableReading tables) {
		this.decisions = decisions;
		this.tables = tables;
	}

	/**
	 * A decision to be shown.
	 *
	 * @param no its number within the step, from 1
	 * @param record the decision
	 * @param table the table as it was, in words
	 * @param given what each input column was asked with, in words
	 * @param rows rows to be shown, in their order
	 * @param fired numbers of the rows that fired
	 * @param total number of rows of the table
	 * @param telling whether it only says whom to tell
	 */
	record Reading(int no, DecisionRecord record, ReadTable table, List<String> given, List<Row> rows,
			List<Integer> fired, int total, boolean telling) {

		public boolean cut() {
			return this.rows.size() < this.total;
		}

		/** Rows before the one that fired are told where the order of rows counts. */
		public boolean ordered() {
			return this.table.table().hitPolicy().equals("FIRST");
		}

	}

	/**
	 * A row.
	 *
	 * @param line the row in words
	 * @param look {@code fired}, {@code before} or {@code after}
	 * @param cells of each input cell {@code hit}, {@code miss} or an empty text
	 * @param skipped whether rows before it are left out
	 */
	record Row(ReadTable.Line line, String look, List<String> cells, boolean skipped) {

	}

	/**
	 * Reads the decisions of a step.
	 * @param place place of the case
	 * @param records the decisions
	 * @param all whether every row is shown, however many
	 */
	List<Reading> read(String place, List<DecisionRecord> records, boolean all) {
		List<Reading> readings = new ArrayList<>();
		for (DecisionRecord record : records) {
			readings.add(read(readings.size() + 1, place, record, all));
		}
		return readings;
	}

	private Reading read(int no, String place, DecisionRecord record, boolean all) {
		TableView view = this.decisions.table(record);
		ReadTable table = this.tables.read(view, place);
		Map<String, RuleTrace> traces = new HashMap<>();
		this.decisions.explain(record).forEach((trace) -> traces.put(trace.rule(), trace));
		List<Integer> fired = new ArrayList<>();
		for (ReadTable.Line line : table.lines()) {
			if (record.rules().contains(line.id())) {
				fired.add(line.number());
			}
		}
		int last = fired.isEmpty() ? view.rows().size() + 1 : fired.get(fired.size() - 1);
		boolean collects = !view.hitPolicy().equals("FIRST");
		Set<Integer> shown = shown(view.rows().size(), fired, all);
		List<Row> rows = new ArrayList<>();
		int before = 0;
		for (ReadTable.Line line : table.lines()) {
			if (!shown.contains(line.number())) {
				continue;
			}
			boolean hit = fired.contains(line.number());
			boolean asked = hit || collects || line.number() < last;
			rows.add(new Row(line, hit ? "fired" : asked ? "before" : "after",
					asked ? cells(line, traces.get(line.id())) : blank(line), line.number() > before + 1));
			before = line.number();
		}
		List<String> given = view.inputs()
			.stream()
			.map((input) -> this.tables.value(place, input.name(), record.inputs().get(input.name())))
			.toList();
		return new Reading(no, record, table, given, rows, fired, view.rows().size(), TELLING.contains(record.table()));
	}

	/** All of a small table; of a large one what is near a row that fired. */
	private static Set<Integer> shown(int rows, List<Integer> fired, boolean all) {
		Set<Integer> shown = new TreeSet<>();
		for (int row = 1; row <= rows; row++) {
			int number = row;
			boolean near = fired.stream().anyMatch((hit) -> number >= hit - BEFORE && number <= hit + AFTER);
			if (all || rows <= WHOLE || near || (fired.isEmpty() && row <= BEFORE)) {
				shown.add(row);
			}
		}
		return shown;
	}

	/** Up to the first cell that was not true; those behind it did not matter. */
	private static List<String> cells(ReadTable.Line line, RuleTrace trace) {
		List<String> cells = new ArrayList<>();
		boolean missed = false;
		for (int column = 0; column < line.inputs().size(); column++) {
			boolean holds = trace != null && trace.cells().get(column);
			cells.add((missed || trace == null || (holds && line.inputs().get(column).any())) ? ""
					: holds ? "hit" : "miss");
			missed |= !holds;
		}
		return cells;
	}

	private static List<String> blank(ReadTable.Line line) {
		return line.inputs().stream().map((cell) -> "").toList();
	}

}
