package gridcase.analysis;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import gridcase.analysis.Finding.CellAt;
import gridcase.analysis.Finding.Kind;
import gridcase.analysis.Finding.Part;
import gridcase.analysis.Finding.Severity;
import gridcase.analysis.Fix.Action;
import gridcase.policy.TableView;
import gridcase.shared.Texts;

/**
 * Looks for what is wrong in a decision table without asking it: combinations no rule
 * answers, rules that fit together or never fire, values and cells that cannot be right.
 * Every rule is a box in the space of what its inputs can be; an unknown input is a value
 * of its own, which a table is expected to answer only if it may be unknown or some cell
 * names null.
 */
public final class TableFindings {

	/** Findings of one kind beyond this are only counted. */
	static final int MOST = 12;

	private static final int MOST_REGIONS = 200;

	private static final Set<String> SEVERAL = Set.of("COLLECT", "RULE ORDER", "OUTPUT ORDER");

	private final TableView table;

	private final Domains domains;

	private final TableView base;

	private final TableView shared;

	/** By the input's expression. */
	private final Map<String, Axis> axes = new LinkedHashMap<>();

	private final List<List<Cell>> cells;

	private final List<BitSet[]> boxes;

	private final BitSet exact = new BitSet();

	private final BitSet[] whole;

	/** What cannot come together, whatever the table says. */
	private final List<BitSet[]> impossible = new ArrayList<>();

	private final Map<String, Integer> numbers = new HashMap<>();

	private final List<Finding> findings = new ArrayList<>();

	private TableFindings(TableView table, Domains domains, TableView base, TableView shared) {
		this.table = table;
		this.domains = domains;
		this.base = sameInputs(table, base) ? base : null;
		this.shared = table.elseShared() ? shared : null;
		this.cells = cells(table);
		table.rows().forEach((row) -> this.numbers.put(row.id(), this.numbers.size() + 1));
		cutAxes();
		this.whole = this.axes.values().stream().map(Axis::whole).toArray(BitSet[]::new);
		this.boxes = boxes(table);
		for (int row = 0; row < this.cells.size(); row++) {
			this.exact.set(row, this.cells.get(row).stream().allMatch((cell) -> cell.form() != Cell.Form.OTHER));
		}
		findImpossible();
	}

	/**
	 * Looks at a table on its own.
	 * @param table the table
	 * @param domains what its names can be
	 * @return what was found, the worst first, then in the order of the rows
	 */
	public static List<Finding> of(TableView table, Domains domains) {
		return of(table, domains, null, null);
	}

	/**
	 * Looks at a table beside others.
	 * @param table the table
	 * @param domains what its names can be
	 * @param base the version it replaces, null for none: what it answered must stay
	 * answered
	 * @param shared the shared table that answers what it does not, null if that is not
	 * known; asked only if the table says so
	 * @return what was found, the worst first, then in the order of the rows
	 */
	public static List<Finding> of(TableView table, Domains domains, TableView base, TableView shared) {
		return new TableFindings(table, domains, base, shared).look();
	}

	private static boolean sameInputs(TableView table, TableView base) {
		return base != null && names(base).equals(names(table));
	}

	private static List<String> names(TableView table) {
		return table.inputs().stream().map(TableView.Column::name).toList();
	}

	private static List<List<Cell>> cells(TableView table) {
		return table.rows().stream().map((row) -> row.inputs().stream().map(Cell::of).toList()).toList();
	}

	private void cutAxes() {
		Map<String, List<Cell>> byName = new LinkedHashMap<>();
		Map<String, TableView.Column> columns = new LinkedHashMap<>();
		for (TableView each : tables()) {
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
	private Domain domain(TableView.Column column) {
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

	private List<TableView> tables() {
		List<TableView> tables = new ArrayList<>(List.of(this.table));
		if (this.base != null) {
			tables.add(this.base);
		}
		if (this.shared != null) {
			tables.add(this.shared);
		}
		return tables;
	}

	/** Pieces by axis of every row; an input the table does not have may be anything. */
	private List<BitSet[]> boxes(TableView of) {
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

	// --- looking ---

	private List<Finding> look() {
		lookAtCells();
		lookAtOutputs();
		switch (this.table.hitPolicy()) {
			case "UNIQUE", "ANY" -> lookForOverlaps();
			case "FIRST" -> lookForDead();
			case "COLLECT", "RULE ORDER", "OUTPUT ORDER" -> lookForTwins();
			default -> {
				// PRIORITY: rows may fit together, the answer's rank decides
			}
		}
		if (!this.table.hitPolicy().equals("FIRST")) {
			lookForNever();
		}
		lookForGaps();
		this.findings.sort(Comparator.comparing(Finding::severity)
			.thenComparing((finding) -> finding.rules().stream().mapToInt(this::number).min().orElse(0)));
		return List.copyOf(this.findings);
	}

	private int number(String rule) {
		return this.numbers.getOrDefault(rule, 0);
	}

	private String id(int row) {
		return this.table.rows().get(row).id();
	}

	private void add(Kind kind, Severity severity, List<String> rules, List<CellAt> at, List<Part> region, String title,
			String text, List<Fix> fixes) {
		this.findings.add(new Finding(kind, severity, List.copyOf(rules), List.copyOf(at), List.copyOf(region), title,
				text, List.copyOf(fixes)));
	}

	private static String text(String key, Object... values) {
		return Texts.of("analysis", "analysis." + key, values);
	}

	// --- cells ---

	private void lookAtCells() {
		List<CellAt> unread = new ArrayList<>();
		for (int row = 0; row < this.cells.size(); row++) {
			for (int column = 0; column < this.table.inputs().size(); column++) {
				Cell cell = this.cells.get(row).get(column);
				if (cell.form() == Cell.Form.OTHER) {
					unread.add(new CellAt(id(row), false, column));
				}
				else {
					lookAtCell(row, column, cell);
				}
			}
		}
		if (!unread.isEmpty()) {
			List<String> rules = unread.stream().map(CellAt::rule).distinct().toList();
			add(Kind.NOTE, Severity.NOTE, rules, unread, List.of(), text("unread.title", unread.size()),
					text("unread", rows(rules)), List.of());
		}
	}

	private void lookAtCell(int row, int column, Cell cell) {
		TableView.Column input = this.table.inputs().get(column);
		Axis axis = this.axes.get(input.name());
		CellAt at = new CellAt(id(row), false, column);
		for (Cell.Item item : cell.items()) {
			if (!axis.fits(item.sample())) {
				type(at, row, input.label(), text("type", Cell.written(item.sample()), typeWord(input.type())));
			}
			else if (item.isTurned()) {
				type(at, row, input.label(), text("turned", cell.text()));
			}
		}
		Set<Object> twice = new HashSet<>();
		cell.values().stream().filter((value) -> !twice.add(value)).findFirst().ifPresent((value) -> {
			add(Kind.TYPE, Severity.NOTE, List.of(id(row)), List.of(at), List.of(), title("twice", row, input.label()),
					text("twice", word(input.name(), value)), List.of());
		});
		lookAtValues(row, column, cell, at);
	}

	private void lookAtValues(int row, int column, Cell cell, CellAt at) {
		TableView.Column input = this.table.inputs().get(column);
		Domain domain = domain(input);
		if (domain.values() == null) {
			return;
		}
		List<Object> strangers = cell.values()
			.stream()
			.filter((value) -> value instanceof String text && !text.isEmpty() && !domain.values().contains(text))
			.toList();
		if (strangers.isEmpty()) {
			return;
		}
		List<Fix> fixes = new ArrayList<>();
		String named = strangers.stream().map((value) -> word(input.name(), value)).collect(list());
		cell.without(strangers)
			.ifPresentOrElse(
					(left) -> fixes
						.add(new Fix(Action.CELL, id(row), column, List.of(left), 0, text("fix.drop", row + 1, named))),
					() -> deleteIfList(cell, row).ifPresent(fixes::add));
		add(Kind.VALUE, severity(domain), List.of(id(row)), List.of(at), List.of(), title("value", row, input.label()),
				text(domain.registered() ? "value.registered" : "value", named), fixes);
	}

	private Optional<Fix> deleteIfList(Cell cell, int row) {
		return (cell.isList() && !cell.negated()) ? Optional.of(delete(row)) : Optional.empty();
	}

	private static Severity severity(Domain domain) {
		return domain.registered() ? Severity.WARNING : Severity.ERROR;
	}

	private void lookAtOutputs() {
		for (int row = 0; row < this.table.rows().size(); row++) {
			List<String> outputs = this.table.rows().get(row).outputs();
			if (outputs.stream().allMatch(String::isBlank)) {
				add(Kind.TYPE, Severity.ERROR, List.of(id(row)), List.of(new CellAt(id(row), true, 0)), List.of(),
						text("empty.title", row + 1), text("empty"), List.of());
			}
			for (int column = 0; column < outputs.size(); column++) {
				lookAtOutput(row, column, outputs.get(column));
			}
		}
	}

	private void lookAtOutput(int row, int column, String cell) {
		TableView.Column output = this.table.outputs().get(column);
		CellAt at = new CellAt(id(row), true, column);
		Object value = Cell.literal(cell).orElse(Cell.NULL);
		if (value == Cell.NULL) {
			return;
		}
		if (!isA(value, output.type())) {
			type(at, row, output.label(), text("type", Cell.written(value), typeWord(output.type())));
			return;
		}
		Domain domain = domain(output);
		if (domain.values() == null || !(value instanceof String text) || text.isEmpty()) {
			return;
		}
		List<String> strangers = List.of(text.split(","))
			.stream()
			.map(String::strip)
			.filter((code) -> !domain.values().contains(code))
			.toList();
		if (!strangers.isEmpty()) {
			add(Kind.VALUE, severity(domain), List.of(id(row)), List.of(at), List.of(),
					title("value", row, output.label()), text(domain.registered() ? "value.registered" : "value",
							strangers.stream().map((code) -> word(output.name(), code)).collect(list())),
					List.of());
		}
	}

	private static boolean isA(Object value, String type) {
		if (type == null) {
			return true;
		}
		return switch (type) {
			case "string" -> value instanceof String;
			case "number" -> value instanceof BigDecimal;
			case "boolean" -> value instanceof Boolean;
			case "date" -> value instanceof LocalDate;
			default -> true;
		};
	}

	private void type(CellAt at, int row, String label, String text) {
		add(Kind.TYPE, Severity.ERROR, List.of(at.rule()), List.of(at), List.of(), title("type", row, label), text,
				List.of());
	}

	private static String typeWord(String type) {
		return (type == null) ? text("type.other")
				: Set.of("string", "number", "boolean", "date").contains(type) ? text("type." + type) : type;
	}

	private static String title(String key, int row, String label) {
		return text(key + ".title", row + 1, label);
	}

	// --- rules that fit together ---

	private void lookForOverlaps() {
		boolean any = this.table.hitPolicy().equals("ANY");
		int found = 0;
		for (int one = 0; one < this.boxes.size(); one++) {
			for (int other = one + 1; other < this.boxes.size(); other++) {
				if (!this.exact.get(one) || !this.exact.get(other) || (any && sameOutputs(one, other))) {
					continue;
				}
				BitSet[] both = both(this.boxes.get(one), this.boxes.get(other));
				if (both == null || isImpossible(both)) {
					continue;
				}
				found++;
				if (found <= MOST) {
					addOverlap(one, other, both);
				}
			}
		}
		more(Kind.OVERLAP, Severity.ERROR, found);
	}

	private void addOverlap(int one, int other, BitSet[] both) {
		List<Part> region = region(both, this.whole);
		List<CellAt> at = new ArrayList<>();
		for (int column = 0; column < region.size(); column++) {
			at.add(new CellAt(id(one), false, column));
			at.add(new CellAt(id(other), false, column));
		}
		List<Fix> fixes = new ArrayList<>();
		if (contained(one, other)) {
			fixes.add(delete(one));
		}
		if (contained(other, one)) {
			fixes.add(delete(other));
		}
		dropRegion(one, region).ifPresent(fixes::add);
		dropRegion(other, region).ifPresent(fixes::add);
		String results = sameOutputs(one, other) ? text("overlap.same")
				: text("overlap.different", outputs(one), outputs(other));
		add(Kind.OVERLAP, Severity.ERROR, List.of(id(one), id(other)), at, region,
				text("overlap.title", one + 1, other + 1), text("overlap", words(region), results), fixes);
	}

	private boolean contained(int inner, int outer) {
		for (int axis = 0; axis < this.whole.length; axis++) {
			if (!Cover.contains(this.boxes.get(outer)[axis], this.boxes.get(inner)[axis])) {
				return false;
			}
		}
		return true;
	}

	/** Takes what is common out of a list that holds more than that. */
	private Optional<Fix> dropRegion(int row, List<Part> region) {
		for (int column = 0; column < region.size(); column++) {
			List<Object> dropped = List.copyOf(region.get(column).values());
			Optional<String> left = dropped.isEmpty() ? Optional.empty()
					: this.cells.get(row).get(column).without(dropped);
			if (left.isPresent()) {
				return Optional.of(new Fix(Action.CELL, id(row), column, List.of(left.get()), 0,
						text("fix.drop", row + 1, region.get(column).words())));
			}
		}
		return Optional.empty();
	}

	private boolean sameOutputs(int one, int other) {
		return said(one).equals(said(other));
	}

	private List<Object> said(int row) {
		return this.table.rows()
			.get(row)
			.outputs()
			.stream()
			.map((cell) -> Cell.literal(cell).orElse(cell.isBlank() ? Cell.NULL : "= " + cell.strip()))
			.toList();
	}

	private String outputs(int row) {
		List<String> words = new ArrayList<>();
		for (int column = 0; column < this.table.outputs().size(); column++) {
			String cell = this.table.rows().get(row).outputs().get(column);
			Object value = Cell.literal(cell).orElse(cell);
			if (value != Cell.NULL && !value.equals("")) {
				words.add(word(this.table.outputs().get(column).name(), value));
			}
		}
		return words.isEmpty() ? "-" : String.join(text("list"), words);
	}

	private static BitSet[] both(BitSet[] one, BitSet[] other) {
		BitSet[] both = new BitSet[one.length];
		for (int axis = 0; axis < both.length; axis++) {
			if (!one[axis].intersects(other[axis])) {
				return null;
			}
			both[axis] = (BitSet) one[axis].clone();
			both[axis].and(other[axis]);
		}
		return both;
	}

	private boolean isImpossible(BitSet[] region) {
		return this.impossible.stream().anyMatch((box) -> {
			for (int axis = 0; axis < region.length; axis++) {
				if (!Cover.contains(box[axis], region[axis])) {
					return false;
				}
			}
			return true;
		});
	}

	private void lookForTwins() {
		Map<List<Object>, Integer> first = new HashMap<>();
		int found = 0;
		for (int row = 0; row < this.boxes.size(); row++) {
			if (!this.exact.get(row)) {
				continue;
			}
			Integer twin = first.putIfAbsent(List.of(List.of(this.boxes.get(row)), said(row)), row);
			if (twin != null) {
				found++;
				if (found <= MOST) {
					add(Kind.OVERLAP, Severity.WARNING, List.of(id(twin), id(row)), List.of(), List.of(),
							text("twin.title", twin + 1, row + 1), text("twin"), List.of(delete(row)));
				}
			}
		}
		more(Kind.OVERLAP, Severity.WARNING, found);
	}

	// --- rules that never fire ---

	private void lookForDead() {
		Set<String> dead = dead();
		Set<String> before = (this.base != null && this.base.hitPolicy().equals("FIRST"))
				? new TableFindings(this.base, this.domains, null, null).dead() : Set.of();
		int found = 0;
		for (int row = 0; row < this.boxes.size(); row++) {
			if (dead.contains(id(row))) {
				found++;
				if (found <= MOST) {
					addDead(row, (this.base == null || before.contains(id(row))) ? Severity.WARNING : Severity.ERROR);
				}
			}
		}
		more(Kind.DEAD, Severity.WARNING, found);
	}

	/** Rules nothing is left for, as far as that could be told. */
	private Set<String> dead() {
		List<BitSet[]> all = new ArrayList<>(this.impossible);
		all.addAll(this.boxes);
		BitSet sure = new BitSet();
		sure.set(0, this.impossible.size());
		this.exact.stream().forEach((row) -> sure.set(this.impossible.size() + row));
		Set<String> dead = new LinkedHashSet<>();
		try {
			BitSet reached = new Cover(this.whole, all, sure).reached();
			for (int row = 0; row < this.boxes.size(); row++) {
				if (!reached.get(this.impossible.size() + row)) {
					dead.add(id(row));
				}
			}
		}
		catch (Cover.TooLarge ex) {
			add(Kind.NOTE, Severity.NOTE, List.of(), List.of(), List.of(), text("large.title"), text("large.dead"),
					List.of());
		}
		return dead;
	}

	private void addDead(int row, Severity severity) {
		if (isNever(row)) {
			addNever(row);
			return;
		}
		List<Integer> earlier = new ArrayList<>();
		for (int before = 0; before < row; before++) {
			if (this.exact.get(before) && contained(row, before)) {
				add(Kind.SUBSUMED, severity, List.of(id(row), id(before)), List.of(), List.of(),
						text("dead.title", row + 1), text("subsumed", before + 1), List.of(delete(row)));
				return;
			}
			if (both(this.boxes.get(row), this.boxes.get(before)) != null) {
				earlier.add(before);
			}
		}
		List<String> rules = new ArrayList<>(List.of(id(row)));
		earlier.forEach((before) -> rules.add(id(before)));
		String text = earlier.isEmpty() ? text("never.together") : text("dead", rows(rules.subList(1, rules.size())));
		add(Kind.DEAD, severity, rules, List.of(), List.of(), text("dead.title", row + 1), text, List.of(delete(row)));
	}

	private void lookForNever() {
		for (int row = 0; row < this.boxes.size(); row++) {
			if (isNever(row)) {
				addNever(row);
			}
		}
	}

	private boolean isNever(int row) {
		for (BitSet pieces : this.boxes.get(row)) {
			if (pieces.isEmpty()) {
				return true;
			}
		}
		return isImpossible(this.boxes.get(row));
	}

	private void addNever(int row) {
		List<String> empty = new ArrayList<>();
		List<Axis> all = List.copyOf(this.axes.values());
		for (int axis = 0; axis < all.size(); axis++) {
			if (this.boxes.get(row)[axis].isEmpty()) {
				empty.add(all.get(axis).label());
			}
		}
		add(Kind.DEAD, Severity.WARNING, List.of(id(row)), List.of(), List.of(), text("dead.title", row + 1),
				empty.isEmpty() ? text("never.together") : text("never", String.join(text("list"), empty)),
				List.of(delete(row)));
	}

	private Fix delete(int row) {
		return new Fix(Action.DELETE, id(row), -1, List.of(), 0, text("fix.delete", row + 1));
	}

	// --- combinations without a rule ---

	private void lookForGaps() {
		if (SEVERAL.contains(this.table.hitPolicy()) || (this.table.elseShared() && this.shared == null)) {
			return;
		}
		BitSet[] asked = this.axes.values().stream().map(Axis::asked).toArray(BitSet[]::new);
		List<BitSet[]> answered = new ArrayList<>(this.boxes);
		if (this.shared != null) {
			answered.addAll(boxes(this.shared));
		}
		try {
			Cover now = cover(asked, answered, this.impossible);
			List<BitSet[]> parts = now.open(MOST_REGIONS);
			List<BitSet[]> open = widest(now, parts);
			if (open.isEmpty()) {
				noteRestricted();
				return;
			}
			if (this.base == null) {
				addGaps(open, asked, false);
			}
			else {
				List<BitSet[]> before = boxes(this.base);
				// a region may have been widened over what cannot be; what opened must be
				// possible
				addGaps(distinct(meets(open, before).stream()
					.filter((opened) -> parts.size() == MOST_REGIONS
							|| parts.stream().anyMatch((part) -> both(part, opened) != null))
					.toList()), asked, true);
				List<BitSet[]> ever = new ArrayList<>(answered);
				ever.addAll(before);
				Cover old = cover(asked, ever, this.impossible);
				addGaps(widest(old, old.open(MOST_REGIONS)), asked, false);
			}
			noteRestricted();
		}
		catch (Cover.TooLarge ex) {
			add(Kind.NOTE, Severity.NOTE, List.of(), List.of(), List.of(), text("large.title"), text("large.gaps"),
					List.of());
		}
	}

	private static Cover cover(BitSet[] space, List<BitSet[]> answered, List<BitSet[]> impossible) {
		List<BitSet[]> boxes = new ArrayList<>(answered);
		boxes.addAll(impossible);
		BitSet all = new BitSet();
		all.set(0, boxes.size());
		return new Cover(space, boxes, all);
	}

	private static List<BitSet[]> meets(List<BitSet[]> regions, List<BitSet[]> boxes) {
		List<BitSet[]> meets = new ArrayList<>();
		for (BitSet[] region : regions) {
			for (BitSet[] box : boxes) {
				BitSet[] both = both(region, box);
				if (both != null) {
					meets.add(both);
				}
			}
		}
		return meets;
	}

	private List<BitSet[]> widest(Cover cover, List<BitSet[]> regions) {
		return distinct(regions.stream().map((region) -> cover.widened(region, this.impossible.size())).toList());
	}

	/** Without those that lie within another. */
	private static List<BitSet[]> distinct(Collection<BitSet[]> regions) {
		List<BitSet[]> distinct = new ArrayList<>();
		for (BitSet[] region : regions) {
			if (distinct.stream().noneMatch((other) -> within(region, other))) {
				distinct.removeIf((other) -> within(other, region));
				distinct.add(region);
			}
		}
		return distinct;
	}

	private static boolean within(BitSet[] inner, BitSet[] outer) {
		for (int axis = 0; axis < inner.length; axis++) {
			if (!Cover.contains(outer[axis], inner[axis])) {
				return false;
			}
		}
		return true;
	}

	private void addGaps(List<BitSet[]> regions, BitSet[] asked, boolean opened) {
		int found = 0;
		for (BitSet[] each : regions) {
			found++;
			if (found <= MOST) {
				List<Part> region = region(each, asked);
				List<String> near = new ArrayList<>();
				List<Fix> fixes = new ArrayList<>();
				if (opened) {
					takeBack(each, near, fixes);
				}
				fixes.add(new Fix(Action.ADD, afterwards(near), -1, region.stream().map(Part::cell).toList(),
						this.table.outputs().size(), text("fix.add")));
				add(Kind.GAP, opened ? Severity.ERROR : Severity.WARNING, near, List.of(), region,
						text("gap.title", shortWords(region)), text(opened ? "gap.opened" : "gap", words(region)),
						fixes);
			}
		}
		more(Kind.GAP, opened ? Severity.ERROR : Severity.WARNING, found);
	}

	/**
	 * Where a new row would stand: under FIRST before the last one, which takes the rest.
	 */
	private String afterwards(List<String> near) {
		if (near.isEmpty()) {
			return null;
		}
		int next = number(near.get(near.size() - 1));
		return (next < this.table.rows().size()) ? id(next) : null;
	}

	/** What answered before and would again if one of its cells were as it was. */
	private void takeBack(BitSet[] region, List<String> near, List<Fix> fixes) {
		List<BitSet[]> before = boxes(this.base);
		for (int old = 0; old < before.size(); old++) {
			Integer number = this.numbers.get(this.base.rows().get(old).id());
			if (number == null || both(region, before.get(old)) == null) {
				continue;
			}
			near.add(id(number - 1));
			List<String> was = this.base.rows().get(old).inputs();
			List<String> is = this.table.rows().get(number - 1).inputs();
			List<Integer> changed = new ArrayList<>();
			for (int column = 0; column < is.size(); column++) {
				if (!Objects.equals(was.get(column), is.get(column))) {
					changed.add(column);
				}
			}
			if (changed.size() == 1) {
				int column = changed.get(0);
				fixes.add(new Fix(Action.CELL, id(number - 1), column,
						List.of(was.get(column).isBlank() ? "-" : was.get(column)), 0,
						text("fix.back", number, this.table.inputs().get(column).label())));
			}
		}
	}

	private void noteRestricted() {
		List<String> labels = this.axes.values().stream().filter(Axis::restricted).map(Axis::label).toList();
		if (!labels.isEmpty()) {
			add(Kind.NOTE, Severity.NOTE, List.of(), List.of(), List.of(), text("restricted.title"),
					text("restricted", labels.stream().collect(list())), List.of());
		}
	}

	private void more(Kind kind, Severity severity, int found) {
		if (found > MOST) {
			String what = text("kind." + kind.name().toLowerCase(java.util.Locale.ROOT));
			add(kind, severity, List.of(), List.of(), List.of(), text("more.title", found - MOST, what),
					text("more", found, MOST, what), List.of());
		}
	}

	// --- words ---

	/** By input column of the table. */
	private List<Part> region(BitSet[] pieces, BitSet[] of) {
		List<Axis> all = List.copyOf(this.axes.values());
		List<Part> region = new ArrayList<>();
		for (TableView.Column input : this.table.inputs()) {
			int axis = all.indexOf(this.axes.get(input.name()));
			region.add(all.get(axis).part(pieces[axis], of[axis]));
		}
		return region;
	}

	private String words(List<Part> region) {
		List<String> words = new ArrayList<>();
		for (int column = 0; column < region.size(); column++) {
			if (!region.get(column).any()) {
				words.add(text("part", this.table.inputs().get(column).label(), region.get(column).words()));
			}
		}
		return words.isEmpty() ? text("everything") : String.join(text("and"), words);
	}

	private static String shortWords(List<Part> region) {
		List<String> words = region.stream().filter((part) -> !part.any()).map(Part::words).toList();
		return words.isEmpty() ? text("everything") : String.join(text("and"), words);
	}

	private String rows(Collection<String> rules) {
		TreeSet<Integer> rows = rules.stream().map(this::number).collect(Collectors.toCollection(TreeSet::new));
		List<String> named = rows.stream().limit(MOST).map((row) -> text("row", row)).toList();
		return String.join(text("list"), named) + ((rows.size() > MOST) ? text("rows.more", rows.size()) : "");
	}

	private String word(String name, Object value) {
		return this.domains.word(name, value);
	}

	private static java.util.stream.Collector<CharSequence, ?, String> list() {
		return Collectors.joining(text("list"));
	}

}
