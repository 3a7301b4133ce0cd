package gridcase.analysis;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Boxes in a space of pieces: what none of them covers, and which of them are reached if
 * the first one that fits takes it. The space is walked axis by axis; pieces that the
 * same boxes cover go together, and what was looked at with the same boxes left is not
 * looked at again.
 */
final class Cover {

	/** Steps after which a space counts as too large to be walked. */
	static final int MOST_STEPS = 1_500_000;

	private static final int COVERED = 0;

	private static final int OPEN = 1;

	private final BitSet[] space;

	private final List<BitSet[]> boxes;

	/** Boxes that surely hold for all they say. */
	private final BitSet exact;

	/** Axes, the most telling first. */
	private final int[] order;

	private final List<List<Piece>> pieces = new ArrayList<>();

	/** By depth: boxes that hold for all of this axis and those after it. */
	private final BitSet[] openFrom;

	private int steps;

	/** Pieces of an axis that the same boxes cover. */
	private record Piece(BitSet atoms, BitSet boxes) {
	}

	/** What remains open from an axis on. */
	private record Node(int depth, Map<Integer, BitSet> children) {
	}

	/**
	 * Boxes in a space.
	 * @param space pieces of each axis that count
	 * @param boxes pieces of each axis a box covers; one that is empty on some axis
	 * covers nothing
	 * @param exact boxes that cover all they say
	 */
	Cover(BitSet[] space, List<BitSet[]> boxes, BitSet exact) {
		this.space = space;
		this.boxes = boxes;
		this.exact = exact;
		this.order = IntStream.range(0, space.length)
			.boxed()
			.sorted(Comparator.comparing((Integer axis) -> -restricting(axis)))
			.mapToInt(Integer::intValue)
			.toArray();
		for (int axis : this.order) {
			this.pieces.add(cut(axis));
		}
		this.openFrom = new BitSet[space.length + 1];
		this.openFrom[space.length] = new BitSet();
		this.openFrom[space.length].set(0, boxes.size());
		for (int depth = space.length - 1; depth >= 0; depth--) {
			BitSet open = (BitSet) this.openFrom[depth + 1].clone();
			for (int box = open.nextSetBit(0); box >= 0; box = open.nextSetBit(box + 1)) {
				if (!contains(boxes.get(box)[this.order[depth]], space[this.order[depth]])) {
					open.clear(box);
				}
			}
			this.openFrom[depth] = open;
		}
	}

	private long restricting(int axis) {
		return this.boxes.stream().filter((box) -> !contains(box[axis], this.space[axis])).count();
	}

	private List<Piece> cut(int axis) {
		Map<BitSet, BitSet> atomsByBoxes = new LinkedHashMap<>();
		BitSet atoms = this.space[axis];
		for (int atom = atoms.nextSetBit(0); atom >= 0; atom = atoms.nextSetBit(atom + 1)) {
			BitSet covering = new BitSet();
			for (int box = 0; box < this.boxes.size(); box++) {
				covering.set(box, this.boxes.get(box)[axis].get(atom));
			}
			atomsByBoxes.computeIfAbsent(covering, (any) -> new BitSet()).set(atom);
		}
		List<Piece> cut = new ArrayList<>();
		atomsByBoxes.forEach((covering, here) -> cut.add(new Piece(here, covering)));
		return cut;
	}

	static boolean contains(BitSet outer, BitSet inner) {
		BitSet left = (BitSet) inner.clone();
		left.andNot(outer);
		return left.isEmpty();
	}

	private BitSet all() {
		BitSet all = new BitSet();
		all.set(0, this.boxes.size());
		return all;
	}

	private void step(int by) {
		this.steps += by;
		if (this.steps > MOST_STEPS) {
			throw new TooLarge();
		}
	}

	// --- which boxes are reached ---

	/**
	 * Boxes something is left for by those before them.
	 * @throws TooLarge if that would take too long
	 */
	BitSet reached() {
		BitSet reached = new BitSet();
		witnesses().keySet().forEach(reached::set);
		return reached;
	}

	/**
	 * For every box something is left for by those before them: some of that.
	 * @return by number of the box, pieces by axis, any of which will do
	 * @throws TooLarge if that would take too long
	 */
	Map<Integer, BitSet[]> witnesses() {
		Map<Integer, BitSet[]> witnesses = new LinkedHashMap<>();
		BitSet reached = new BitSet();
		List<Set<BitSet>> seen = new ArrayList<>();
		for (int depth = 0; depth <= this.space.length; depth++) {
			seen.add(new HashSet<>());
		}
		this.steps = 0;
		reach(0, all(), reached, seen, this.space.clone(), witnesses);
		return witnesses;
	}

	private void reach(int depth, BitSet left, BitSet reached, List<Set<BitSet>> seen, BitSet[] here,
			Map<Integer, BitSet[]> witnesses) {
		BitSet taking = (BitSet) left.clone();
		taking.and(this.openFrom[depth]);
		taking.and(this.exact);
		int taker = taking.nextSetBit(0);
		BitSet active = left;
		if (taker >= 0) {
			active = left.get(0, taker + 1);
			if (active.nextSetBit(0) == taker) {
				reached.set(taker);
				witnesses.putIfAbsent(taker, here.clone());
				return;
			}
		}
		if (contains(reached, active)) {
			return;
		}
		if (depth == this.space.length) {
			reached.or(active);
			active.stream().forEach((box) -> witnesses.putIfAbsent(box, here.clone()));
			return;
		}
		if (!seen.get(depth).add(active)) {
			return;
		}
		List<Piece> pieces = this.pieces.get(depth);
		step(pieces.size());
		for (Piece piece : pieces) {
			BitSet next = (BitSet) active.clone();
			next.and(piece.boxes());
			if (!next.isEmpty()) {
				here[this.order[depth]] = piece.atoms();
				reach(depth + 1, next, reached, seen, here, witnesses);
			}
		}
		here[this.order[depth]] = this.space[this.order[depth]];
	}

	// --- what is left open ---

	/**
	 * What no box covers.
	 * @param most how many regions at most
	 * @return disjoint regions, pieces by axis; as many as there are, up to that number
	 * @throws TooLarge if that would take too long
	 */
	List<BitSet[]> open(int most) {
		this.steps = 0;
		List<Node> nodes = new ArrayList<>(List.of(new Node(-1, Map.of()), new Node(-1, Map.of())));
		List<Map<BitSet, Integer>> seen = new ArrayList<>();
		for (int depth = 0; depth <= this.space.length; depth++) {
			seen.add(new HashMap<>());
		}
		int root = open(0, all(), nodes, seen, new HashMap<>());
		List<BitSet[]> regions = new ArrayList<>();
		collect(root, nodes, this.space.clone(), most, regions);
		return regions;
	}

	private int open(int depth, BitSet left, List<Node> nodes, List<Map<BitSet, Integer>> seen,
			Map<Node, Integer> known) {
		if (left.isEmpty()) {
			return OPEN;
		}
		if (left.intersects(this.openFrom[depth])) {
			return COVERED;
		}
		Integer before = seen.get(depth).get(left);
		if (before != null) {
			return before;
		}
		List<Piece> here = this.pieces.get(depth);
		step(here.size());
		Map<Integer, BitSet> children = new LinkedHashMap<>();
		for (Piece piece : here) {
			BitSet next = (BitSet) left.clone();
			next.and(piece.boxes());
			int child = open(depth + 1, next, nodes, seen, known);
			if (child != COVERED) {
				children.computeIfAbsent(child, (any) -> new BitSet()).or(piece.atoms());
			}
		}
		int result = node(depth, children, nodes, known);
		seen.get(depth).put(left, result);
		return result;
	}

	private int node(int depth, Map<Integer, BitSet> children, List<Node> nodes, Map<Node, Integer> known) {
		if (children.isEmpty()) {
			return COVERED;
		}
		if (children.size() == 1 && children.values().iterator().next().equals(this.space[this.order[depth]])) {
			return children.keySet().iterator().next();
		}
		return known.computeIfAbsent(new Node(depth, children), (node) -> {
			nodes.add(node);
			return nodes.size() - 1;
		});
	}

	private void collect(int node, List<Node> nodes, BitSet[] region, int most, List<BitSet[]> regions) {
		if (node == COVERED || regions.size() >= most) {
			return;
		}
		if (node == OPEN) {
			regions.add(region.clone());
			return;
		}
		int axis = this.order[nodes.get(node).depth()];
		nodes.get(node).children().forEach((child, atoms) -> {
			BitSet[] narrower = region.clone();
			narrower[axis] = atoms;
			collect(child, nodes, narrower, most, regions);
		});
	}

	/**
	 * The same region as wide as it can be without meeting a box.
	 * @param region a region no box meets
	 * @param soft number of boxes at the end that the region may take in if it then takes
	 * in all of an axis
	 */
	BitSet[] widened(BitSet[] region, int soft) {
		BitSet[] wide = region.clone();
		for (int axis = 0; axis < wide.length; axis++) {
			BitSet hard = free(wide, axis, this.boxes.size() - soft);
			wide[axis] = hard.equals(this.space[axis]) ? hard : free(wide, axis, this.boxes.size());
		}
		return wide;
	}

	private BitSet free(BitSet[] region, int axis, int count) {
		BitSet free = (BitSet) this.space[axis].clone();
		for (BitSet[] box : this.boxes.subList(0, count)) {
			if (meets(box, region, axis)) {
				free.andNot(box[axis]);
			}
		}
		// what it was stays, even where soft boxes lie
		free.or(region[axis]);
		return free;
	}

	private static boolean meets(BitSet[] box, BitSet[] region, int but) {
		for (int axis = 0; axis < region.length; axis++) {
			if (axis != but && !box[axis].intersects(region[axis])) {
				return false;
			}
		}
		return true;
	}

	/** The space has too many parts. */
	static final class TooLarge extends RuntimeException {

		TooLarge() {
			super("too many parts");
		}

	}

}
