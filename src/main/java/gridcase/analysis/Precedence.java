package gridcase.analysis;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

import gridcase.policy.TableView;

/**
 * Which of the rules that fit answers, under a hit policy by which one takes it all.
 *
 * @param rows numbers of the rules from 0, the one that wins over all others first
 * @param ranked rules whose place is sure; the others stand in front and win for sure
 * over none
 */
record Precedence(List<Integer> rows, BitSet ranked) {

	/** The order of the rows, or under PRIORITY that of the values they answer. */
	static Precedence of(TableView table) {
		int count = table.rows().size();
		BitSet ranked = new BitSet();
		if (!table.hitPolicy().equals("PRIORITY")) {
			ranked.set(0, count);
			return new Precedence(IntStream.range(0, count).boxed().toList(), ranked);
		}
		List<List<Integer>> ranks = new ArrayList<>();
		for (TableView.Row row : table.rows()) {
			ranks.add(ranks(table, row));
			ranked.set(ranks.size() - 1, !ranks.get(ranks.size() - 1).contains(-1));
		}
		Comparator<Integer> order = Comparator.comparing((Integer row) -> ranked.get(row));
		for (int column = 0; column < table.outputs().size(); column++) {
			int at = column;
			order = order.thenComparing((row) -> ranked.get(row) ? ranks.get(row).get(at) : 0);
		}
		return new Precedence(IntStream.range(0, count).boxed().sorted(order).toList(), ranked);
	}

	/** By column, -1 where that cannot be told from the cell. */
	private static List<Integer> ranks(TableView table, TableView.Row row) {
		List<Integer> ranks = new ArrayList<>();
		for (int column = 0; column < table.outputs().size(); column++) {
			Cell listed = Cell.of(table.outputs().get(column).values());
			ranks
				.add(Cell.literal(row.outputs().get(column)).map((value) -> listed.values().indexOf(value)).orElse(-1));
		}
		return ranks;
	}

}
