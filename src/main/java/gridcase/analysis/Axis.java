package gridcase.analysis;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import gridcase.analysis.Cell.Item;
import gridcase.analysis.Finding.Part;
import gridcase.shared.Texts;

/**
 * What one input can be, cut into pieces none of its cells tells apart: values of a list
 * and all others, points and what lies between them, and unknown.
 */
final class Axis {

	/** A list longer than this is not written out. */
	private static final int LONGEST_LIST = 8;

	private final String name;

	private final String label;

	private final Domains domains;

	private final Kind kind;

	/** Texts and truth values in their order; points of an ordered axis. */
	private final List<Object> values;

	private final int unknown;

	private final boolean closed;

	private final boolean dates;

	private final Domain domain;

	/** All it can be. */
	private final BitSet whole = new BitSet();

	/** All a table has to answer. */
	private final BitSet asked = new BitSet();

	private boolean restricted;

	private enum Kind {

		TEXT, ORDERED, TRUTH

	}

	private Axis(String name, String label, Kind kind, List<Object> values, boolean closed, boolean dates,
			Domain domain, Domains domains) {
		this.name = name;
		this.label = label;
		this.kind = kind;
		this.values = values;
		this.closed = closed;
		this.dates = dates;
		this.domain = domain;
		this.domains = domains;
		this.unknown = switch (kind) {
			case TEXT -> values.size() + 1;
			case ORDERED -> 2 * values.size() + 1;
			case TRUTH -> 2;
		};
	}

	/**
	 * Cuts an input into pieces.
	 * @param name the input's expression
	 * @param label what people call it
	 * @param type declared type, null if none
	 * @param cells all its cells
	 * @param domain what it can be
	 * @param domains for words
	 */
	static Axis of(String name, String label, String type, Collection<Cell> cells, Domain domain, Domains domains) {
		Kind kind = kind(type, cells);
		List<Object> named = new ArrayList<>(named(kind, cells));
		boolean closed = kind == Kind.TEXT && domain.values() != null;
		if (kind == Kind.TEXT) {
			Set<Object> all = new LinkedHashSet<>();
			if (closed) {
				all.addAll(domain.values());
			}
			all.addAll(named);
			named = new ArrayList<>(all);
		}
		Axis axis = new Axis(name, label, kind, List.copyOf(named), closed, "date".equals(type), domain, domains);
		axis.limit(cells, domain);
		return axis;
	}

	private static Kind kind(String type, Collection<Cell> cells) {
		if ("boolean".equals(type)) {
			return Kind.TRUTH;
		}
		if ("number".equals(type) || "date".equals(type)) {
			return Kind.ORDERED;
		}
		if ("string".equals(type)) {
			return Kind.TEXT;
		}
		Object sample = cells.stream()
			.flatMap((cell) -> cell.items().stream())
			.map(Item::sample)
			.filter((value) -> value != Cell.NULL)
			.findFirst()
			.orElse("");
		return (sample instanceof Boolean) ? Kind.TRUTH : (sample instanceof String) ? Kind.TEXT : Kind.ORDERED;
	}

	private static Collection<Object> named(Kind kind, Collection<Cell> cells) {
		List<Object> named = cells.stream()
			.flatMap((cell) -> cell.items().stream())
			.flatMap((item) -> Stream.of(item.from(), item.to()))
			.filter((value) -> value != null && value != Cell.NULL)
			.toList();
		return switch (kind) {
			case TRUTH -> List.of(true, false);
			case TEXT -> new LinkedHashSet<>(named.stream().filter(String.class::isInstance).toList());
			case ORDERED -> {
				Class<?> type = named.stream()
					.filter((value) -> value instanceof BigDecimal || value instanceof LocalDate)
					.findFirst()
					.<Class<?>>map(Object::getClass)
					.orElse(BigDecimal.class);
				Set<Object> points = new TreeSet<>(Cell::compare);
				named.stream().filter(type::isInstance).forEach(points::add);
				yield points;
			}
		};
	}

	private void limit(Collection<Cell> cells, Domain domain) {
		switch (this.kind) {
			case TRUTH -> this.whole.set(0, 2);
			case ORDERED -> limitNumbers(domain);
			case TEXT -> {
				if (this.closed) {
					domain.values().forEach((value) -> this.whole.set(this.values.indexOf(value)));
					// a field left empty, if the table reckons with it
					if (this.values.contains("")) {
						this.whole.set(this.values.indexOf(""));
					}
				}
				else {
					this.whole.set(0, this.values.size() + 1);
				}
			}
		}
		this.asked.or(this.whole);
		if (this.kind == Kind.TEXT) {
			limitAsked(cells, domain);
		}
		this.whole.set(this.unknown);
		if (domain.optional() || cells.stream().anyMatch(Cell::namesNull)) {
			this.asked.set(this.unknown);
		}
	}

	/**
	 * A column that only ever lists values is not asked about values it does not know,
	 * nor about groups it says nothing of.
	 */
	private void limitAsked(Collection<Cell> cells, Domain domain) {
		if (cells.stream().anyMatch((cell) -> cell.form() != Cell.Form.PLAIN || cell.negated())) {
			return;
		}
		if (!this.closed) {
			this.asked.clear(this.values.size());
			this.restricted = true;
			return;
		}
		Set<String> groups = new HashSet<>();
		cells.forEach((cell) -> cell.values().forEach((value) -> groups.add(domain.groups().get(value))));
		groups.remove(null);
		if (!groups.isEmpty()) {
			for (int i = 0; i < this.values.size(); i++) {
				if (!groups.contains(domain.groups().get(this.values.get(i)))) {
					this.asked.clear(i);
					this.restricted = true;
				}
			}
		}
	}

	private void limitNumbers(Domain domain) {
		for (int atom = 0; atom < this.unknown; atom++) {
			BigDecimal from = point(atom, -1);
			BigDecimal to = point(atom, 0);
			boolean inside = atom % 2 == 1;
			if (inside && ((from != null && domain.least() != null && to.compareTo(domain.least()) < 0)
					|| (to != null && domain.most() != null && to.compareTo(domain.most()) > 0)
					|| (to != null && domain.whole() && to.stripTrailingZeros().scale() > 0))) {
				continue;
			}
			if (!inside && isEmpty(from, to, domain)) {
				continue;
			}
			this.whole.set(atom);
		}
	}

	/** The point an atom begins or ends with; an atom that is a point does both. */
	private BigDecimal point(int atom, int side) {
		int index = (atom % 2 == 1) ? atom / 2 : atom / 2 + side;
		return (index < 0 || index >= this.values.size() || !(this.values.get(index) instanceof BigDecimal number))
				? null : number;
	}

	/** Whether nothing that can be lies strictly between two points. */
	private boolean isEmpty(BigDecimal from, BigDecimal to, Domain domain) {
		BigDecimal least = domain.least();
		BigDecimal most = domain.most();
		if ((to != null && least != null && to.compareTo(least) <= 0)
				|| (from != null && most != null && from.compareTo(most) >= 0)) {
			return true;
		}
		if (!domain.whole()) {
			return false;
		}
		BigDecimal low = (from == null || (least != null && least.compareTo(from) > 0)) ? least
				: from.setScale(0, RoundingMode.FLOOR).add(BigDecimal.ONE);
		BigDecimal high = (to == null || (most != null && most.compareTo(to) < 0)) ? most
				: to.setScale(0, RoundingMode.CEILING).subtract(BigDecimal.ONE);
		return low != null && high != null && low.compareTo(high) > 0;
	}

	String name() {
		return this.name;
	}

	String label() {
		return this.label;
	}

	/** All it can be, unknown included. */
	BitSet whole() {
		return this.whole;
	}

	/** All a table has to answer. */
	BitSet asked() {
		return this.asked;
	}

	/** Whether some of what it can be was left out of what is asked. */
	boolean restricted() {
		return this.restricted;
	}

	/** Number of the piece a text is, -1 if it has none of its own. */
	int pieceOf(String text) {
		return (this.kind == Kind.TEXT) ? this.values.indexOf(text) : -1;
	}

	/** Whether a value is of the kind the input is. */
	boolean fits(Object value) {
		return value == null || value == Cell.NULL || switch (this.kind) {
			case TEXT -> value instanceof String;
			case TRUTH -> value instanceof Boolean;
			case ORDERED -> (value instanceof BigDecimal || value instanceof LocalDate)
					&& this.values.stream().allMatch((point) -> point.getClass() == value.getClass());
		};
	}

	/** The pieces a cell holds for. */
	BitSet pieces(Cell cell) {
		BitSet pieces = new BitSet();
		if (cell.form() != Cell.Form.PLAIN) {
			pieces.set(0, this.unknown + 1);
			pieces.and(this.whole);
			return pieces;
		}
		cell.items().stream().filter((item) -> fits(item.sample())).forEach((item) -> add(item, pieces));
		if (cell.negated()) {
			pieces.flip(0, this.unknown);
			boolean compares = cell.items().stream().anyMatch((item) -> !item.isValue());
			pieces.set(this.unknown, !compares && !cell.namesNull());
		}
		pieces.and(this.whole);
		return pieces;
	}

	private void add(Item item, BitSet pieces) {
		if (item.isValue() && item.from() == Cell.NULL) {
			pieces.set(this.unknown);
		}
		else if (this.kind != Kind.ORDERED) {
			pieces.set(this.values.indexOf(item.from()));
		}
		else {
			int from = (item.from() == null) ? 0 : 2 * this.values.indexOf(item.from()) + (item.fromIn() ? 1 : 2);
			int to = (item.to() == null) ? this.unknown : 2 * this.values.indexOf(item.to()) + (item.toIn() ? 2 : 1);
			if (from < to) {
				pieces.set(from, to);
			}
		}
	}

	/**
	 * A value of some pieces: rather one that is named than one between, rather any than
	 * none.
	 * @return null for unknown
	 */
	Object sample(BitSet pieces) {
		return value(pieces.stream()
			.boxed()
			.min(Comparator.comparing(this::strangeness))
			.orElseThrow(() -> new IllegalArgumentException("nothing of " + this.name)));
	}

	/** Whether {@link #sample} has to make a text up. */
	boolean madeUp(BitSet pieces) {
		return this.kind == Kind.TEXT && pieces.get(this.values.size())
				&& pieces.stream().allMatch((piece) -> strangeness(piece) >= strangeness(this.values.size()));
	}

	private int strangeness(int piece) {
		if (piece == this.unknown) {
			return 2;
		}
		return switch (this.kind) {
			case TRUTH -> 0;
			case ORDERED -> (piece % 2 == 1) ? 0 : 1;
			// of a text nothing is known of, nothing need be made up
			case TEXT -> (piece == this.values.size()) ? 3 : this.values.get(piece).equals("") ? 1 : 0;
		};
	}

	private Object value(int piece) {
		if (piece == this.unknown) {
			return null;
		}
		return switch (this.kind) {
			case TRUTH -> piece == 0;
			case TEXT -> (piece < this.values.size()) ? this.values.get(piece) : other();
			case ORDERED -> (piece % 2 == 1) ? this.values.get(piece / 2) : between(piece);
		};
	}

	private String other() {
		String other = Texts.of("analysis", "analysis.other");
		while (this.values.contains(other)) {
			other += Texts.of("analysis", "analysis.other");
		}
		return other;
	}

	/** Something strictly between two points, null if nothing is known of the kind. */
	private Object between(int piece) {
		int index = piece / 2;
		Object from = (index > 0) ? this.values.get(index - 1) : null;
		Object to = (index < this.values.size()) ? this.values.get(index) : null;
		if (from instanceof LocalDate || to instanceof LocalDate) {
			return (from != null) ? ((LocalDate) from).plusDays(1) : ((LocalDate) to).minusDays(1);
		}
		BigDecimal least = this.domain.least();
		BigDecimal most = this.domain.most();
		if (from == null && least != null) {
			return least;
		}
		if (to == null && most != null) {
			return most;
		}
		if (from == null && to == null) {
			return this.dates ? null : BigDecimal.ZERO;
		}
		if (from == null) {
			return ((BigDecimal) to).setScale(0, RoundingMode.CEILING).subtract(BigDecimal.ONE);
		}
		BigDecimal next = ((BigDecimal) from).setScale(0, RoundingMode.FLOOR).add(BigDecimal.ONE);
		return (to == null || next.compareTo((BigDecimal) to) < 0) ? next
				: ((BigDecimal) from).add((BigDecimal) to).divide(BigDecimal.valueOf(2));
	}

	/** What some pieces are, as a cell and in words. */
	Part part(BitSet pieces, BitSet of) {
		BitSet missing = (BitSet) of.clone();
		missing.andNot(pieces);
		if (missing.isEmpty()) {
			return new Part("-", Texts.of("analysis", "analysis.any"), List.of());
		}
		return switch (this.kind) {
			case TRUTH, TEXT -> listed(pieces, missing);
			case ORDERED -> ranges(pieces);
		};
	}

	private Part listed(BitSet pieces, BitSet missing) {
		boolean others = this.kind == Kind.TEXT && !this.closed && pieces.get(this.values.size());
		List<Object> here = values(others ? missing : pieces);
		List<String> cells = new ArrayList<>(here.stream().map(Cell::written).toList());
		List<String> words = new ArrayList<>(here.stream().map(this::word).toList());
		boolean unknownHere = others ? missing.get(this.unknown) : pieces.get(this.unknown);
		if (unknownHere) {
			cells.add("null");
			words.add(Texts.of("analysis", "analysis.unknown"));
		}
		String cell = String.join(",", cells);
		String word = shortened(words);
		if (!others && !unknownHere && here.size() > LONGEST_LIST && missing.cardinality() < here.size()
				&& !missing.get(this.unknown)) {
			word = Texts.of("analysis", "analysis.except",
					shortened(values(missing).stream().map(this::word).toList()));
		}
		return others ? new Part("not(" + cell + ")", Texts.of("analysis", "analysis.except", word), List.of())
				: new Part(cell, word, here.stream().map(String::valueOf).toList());
	}

	private List<Object> values(BitSet pieces) {
		List<Object> values = new ArrayList<>();
		for (int i = pieces.nextSetBit(0); i >= 0 && i < this.values.size(); i = pieces.nextSetBit(i + 1)) {
			values.add(this.values.get(i));
		}
		return values;
	}

	private String word(Object value) {
		if (value instanceof Boolean yes) {
			return Texts.of("analysis", yes ? "analysis.yes" : "analysis.no");
		}
		return value.equals("") ? Texts.of("analysis", "analysis.blank") : this.domains.word(this.name, value);
	}

	private static String shortened(List<String> words) {
		String and = Texts.of("analysis", "analysis.list");
		return (words.size() <= LONGEST_LIST) ? String.join(and, words)
				: Texts.of("analysis", "analysis.many", String.join(and, words.subList(0, LONGEST_LIST)), words.size());
	}

	private Part ranges(BitSet pieces) {
		List<String> cells = new ArrayList<>();
		List<String> words = new ArrayList<>();
		for (int from = pieces.nextSetBit(0); from >= 0 && from < this.unknown;) {
			int to = Math.min(pieces.nextClearBit(from), this.unknown) - 1;
			Object low = (from == 0) ? null : this.values.get((from - 1) / 2);
			Object high = (to == this.unknown - 1) ? null : this.values.get(to / 2);
			boolean lowIn = from % 2 == 1;
			boolean highIn = to % 2 == 1;
			cells.add(range(low, lowIn, high, highIn));
			words.add(rangeWords(low, lowIn, high, highIn));
			from = pieces.nextSetBit(to + 1);
		}
		if (pieces.get(this.unknown)) {
			cells.add("null");
			words.add(Texts.of("analysis", "analysis.unknown"));
		}
		return new Part(String.join(",", cells), shortened(words), List.of());
	}

	private static String range(Object low, boolean lowIn, Object high, boolean highIn) {
		if (low != null && Objects.equals(low, high)) {
			return Cell.written(low);
		}
		if (low == null && high == null) {
			return "not(null)";
		}
		if (low == null) {
			return (highIn ? "<= " : "< ") + Cell.written(high);
		}
		if (high == null) {
			return (lowIn ? ">= " : "> ") + Cell.written(low);
		}
		return (lowIn ? "[" : "(") + Cell.written(low) + ".." + Cell.written(high) + (highIn ? "]" : ")");
	}

	private static String rangeWords(Object low, boolean lowIn, Object high, boolean highIn) {
		if (low != null && Objects.equals(low, high)) {
			return plain(low);
		}
		if (low == null && high == null) {
			return Texts.of("analysis", "analysis.known");
		}
		if (low == null) {
			return (highIn ? "≤ " : "< ") + plain(high);
		}
		if (high == null) {
			return (lowIn ? "≥ " : "> ") + plain(low);
		}
		return Texts.of("analysis", "analysis.between", (lowIn ? "≥ " : "> ") + plain(low),
				(highIn ? "≤ " : "< ") + plain(high));
	}

	private static String plain(Object value) {
		return (value instanceof BigDecimal number) ? number.toPlainString() : value.toString();
	}

}
