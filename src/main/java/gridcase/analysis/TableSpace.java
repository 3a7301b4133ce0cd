package gridcase.analysis;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import gridcase.policy.TableView;

/**
 * What the inputs of some tables can be, cut into pieces by all their cells, and what
 * cannot come together. A rule is a box in it.
 */
final class TableSpace {

	private final Domains domains;

	private final List<TableView> tables;

	/** By the input's expression. */
	private final Map<String, Axis> axes = new LinkedHashMap<>();

	private final BitSet[] whole;

	private final BitSet[] asked;

	private final List<BitSet[]> impossible = new ArrayList<>();

	/**
	 * The space of some tables.
	 * @param tables the tables whose inputs it has
	 * @param domains what names can be
	 */
	TableSpace(List<TableView> tables, Domains domains) {
		this.tables = List.copyOf(tables);
		this.domains = domains;
		cutAxes();
		this.whole = this.axes.values().stream().map(Axis::whole).toArray(BitSet[]::new);
		this.asked = this.axes.values().stream().map(Axis::asked).toArray(BitSet[]::new);
		findImpossible();
	}

	static List<List<Cell>> cells(TableView table) {
		return table.rows().stream().map((row) -> row.inputs().stream().map(Cell::of).toList()).toList();
	}

	/** Rules all of whose cells are understood. */
	static BitSet exact(List<List<Cell>> cells) {
		BitSet exact = new BitSet();
		for (int row = 0; row < cells.size(); row++) {
			exact.set(row, cells.get(row).stream().allMatch((cell) -> cell.form() != Cell.Form.OTHER));
		}
		return exact;
	}

	List<Axis> axes() {
		return List.copyOf(this.axes.values());
	}

	Axis axis(String name) {
		return this.axes.get(name);
	}

	/** All it can be, by axis. */
	BitSet[] whole() {
		return this.whole;
	}

	/** All a table has to answer, by axis. */
	BitSet[] asked() {
		return this.asked;
	}

	/** What cannot come together, whatever a table says. */
	List<BitSet[]> impossible() {
		return this.impossible;
	}

	private void cutAxes() {
		Map<String, List<Cell>> byName = new LinkedHashMap<>();
		Map<String, TableView.Column> columns = new LinkedHashMap<>();
		for (TableView each : this.tables) {
			List<List<Cell>> rows = cells(each);
			for (int column = 0; column < each.inputs().size(); column++) {
				TableView.Column input = each.inputs().get(column);
				columns.putIfAbsent(input.name(), input);
				List<Cell> all = byName.computeIfAbsent(input.name(), (any) -> new ArrayList<>());
				for (List<Cell> row : rows) {
					all.add(row.get(column));
				}
			}
		}
		columns.forEach((name, column) -> this.axes.put(name,
				Axis.of(name, column.label(), column.type(), byName.get(name), domain(column), this.domains)));
	}

	/** What is known of a name, else what its column allows. */
	Domain domain(TableView.Column column) {
		Domain known = this.domains.of(column.name());
		if (known != Domain.OPEN || column.values() == null || column.values().isBlank()) {
			return known;
		}
		Cell allowed = Cell.of(column.values());
		if (allowed.form() != Cell.Form.PLAIN || allowed.negated()) {
			return known;
		}
		if (allowed.isList() && allowed.values().stream().allMatch(String.class::isInstance)) {
			return Domain.of(allowed.values().stream().map(String.class::cast).toList());
		}
		Cell.Item only = allowed.items().get(0);
		boolean closed = allowed.items().size() == 1 && (only.from() == null || only.fromIn())
				&& (only.to() == null || only.toIn());
		return (closed && only.sample() instanceof BigDecimal)
				? Domain.numbers(false, (BigDecimal) only.from(), (BigDecimal) only.to()) : known;
	}

	/** Pieces by axis of every row; an input the table does not have may be anything. */
	List<BitSet[]> boxes(TableView of) {
		List<Axis> all = List.copyOf(this.axes.values());
		List<BitSet[]> boxes = new ArrayList<>();
		for (List<Cell> row : cells(of)) {
			BitSet[] box = new BitSet[all.size()];
			for (int axis = 0; axis < box.length; axis++) {
				box[axis] = (BitSet) all.get(axis).whole().clone();
				for (int column = 0; column < row.size(); column++) {
					if (of.inputs().get(column).name().equals(all.get(axis).name())) {
						box[axis].and(all.get(axis).pieces(row.get(column)));
					}
				}
			}
			boxes.add(box);
		}
		return boxes;
	}

	/** Whether all of a region cannot be. */
	boolean isImpossible(BitSet[] region) {
		return this.impossible.stream().anyMatch((box) -> {
			for (int axis = 0; axis < region.length; axis++) {
				if (!Cover.contains(box[axis], region[axis])) {
					return false;
				}
			}
			return true;
		});
	}

	private void findImpossible() {
		List<Axis> all = List.copyOf(this.axes.values());
		for (int one = 0; one < all.size(); one++) {
			for (int other = 0; other < all.size(); other++) {
				if (one != other) {
					findImpossible(all, one, other);
				}
			}
		}
	}

	private void findImpossible(List<Axis> all, int one, int other) {
		Map<Set<String>, BitSet> byCompany = new LinkedHashMap<>();
		this.domains.together(all.get(one).name(), all.get(other).name()).forEach((text, company) -> {
			int piece = all.get(one).pieceOf(text);
			if (piece >= 0) {
				byCompany.computeIfAbsent(company, (any) -> new BitSet()).set(piece);
			}
		});
		byCompany.forEach((company, pieces) -> {
			BitSet[] box = this.whole.clone();
			box[one] = pieces;
			BitSet never = (BitSet) this.whole[other].clone();
			never.andNot(all.get(other).pieces(Cell.of("null")));
			company.forEach((text) -> {
				int piece = all.get(other).pieceOf(text);
				if (piece >= 0) {
					never.clear(piece);
				}
			});
			box[other] = never;
			this.impossible.add(box);
		});
	}

}
