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
import java.util.stream.Stream;

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

	/** One of the rules that fit takes it all. */
	private static final Set<String> ONE_WINS = Set.of("FIRST", "PRIORITY");

	private final TableView table;

	private final Domains domains;

	private final TableView base;

	private final TableView shared;

	private final TableSpace space;

	private final List<List<Cell>> cells;

	private final List<BitSet[]> boxes;

	private final BitSet exact;

	private final BitSet[] whole;

	private final Map<String, Integer> numbers = new HashMap<>();

	private Set<String> overtaken;

	private final List<Finding> findings = new ArrayList<>();

	private TableFindings(TableView table, Domains domains, TableView base, TableView shared) {
		this.table = table;
		this.domains = domains;
		this.base = sameInputs(table, base) ? base : null;
		this.shared = table.elseShared() ? shared : null;
		this.cells = TableSpace.cells(table);
		table.rows().forEach((row) -> this.numbers.put(row.id(), this.numbers.size() + 1));
		this.space = new TableSpace(Stream.of(this.table, this.base, this.shared).filter(Objects::nonNull).toList(),
				domains);
		this.whole = this.space.whole();
		this.boxes = this.space.boxes(table);
		this.exact = TableSpace.exact(this.cells);
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
		return look(table, domains, base, shared).findings();
	}

	/**
	 * Looks at a table beside others, as
	 * {@link #of(TableView, Domains, TableView, TableView)} does.
	 */
	public static Look look(TableView table, Domains domains, TableView base, TableView shared) {
		TableFindings look = new TableFindings(table, domains, base, shared);
		return new Look(look.look(), look.dead());
	}

	/**
	 * What a look at a table brought up.
	 *
	 * @param findings what was found, the worst first, then in the order of the rows
	 * @param dead ids of all rules that answer nothing that can be asked, however many
	 * are among the findings
	 */
	public record Look(List<Finding> findings, Set<String> dead) {

	}

	private static boolean sameInputs(TableView table, TableView base) {
		return base != null && names(base).equals(names(table));
	}

	private static List<String> names(TableView table) {
		return table.inputs().stream().map(TableView.Column::name).toList();
	}

	// --- looking ---

	private List<Finding> look() {
		lookAtCells();
		lookAtOutputs();
		switch (this.table.hitPolicy()) {
			case "UNIQUE", "ANY" -> lookForOverlaps();
			case "COLLECT", "RULE ORDER", "OUTPUT ORDER" -> lookForTwins();
			default -> lookForDead();
		}
		if (!ONE_WINS.contains(this.table.hitPolicy())) {
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
		Axis axis = this.space.axis(input.name());
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
		Domain domain = this.space.domain(input);
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
		Domain domain = this.space.domain(output);
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
				if (both == null || this.space.isImpossible(both)) {
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
		Set<String> before = (this.base != null && ONE_WINS.contains(this.base.hitPolicy()))
				? new TableFindings(this.base, this.domains, null, null).overtaken() : Set.of();
		int found = 0;
		Precedence order = Precedence.of(this.table);
		for (int row = 0; row < this.boxes.size(); row++) {
			if (overtaken().contains(id(row))) {
				found++;
				if (found <= MOST) {
					addDead(row, order,
							(this.base == null || before.contains(id(row))) ? Severity.WARNING : Severity.ERROR);
				}
			}
		}
		more(Kind.DEAD, Severity.WARNING, found);
	}

	/** Rules others leave nothing for, as far as that could be told. */
	private Set<String> overtaken() {
		if (this.overtaken != null) {
			return this.overtaken;
		}
		this.overtaken = new LinkedHashSet<>();
		Precedence order = Precedence.of(this.table);
		List<BitSet[]> all = new ArrayList<>(this.space.impossible());
		order.rows().forEach((row) -> all.add(this.boxes.get(row)));
		int first = this.space.impossible().size();
		BitSet sure = new BitSet();
		sure.set(0, first);
		for (int place = 0; place < order.rows().size(); place++) {
			int row = order.rows().get(place);
			sure.set(first + place, this.exact.get(row) && order.ranked().get(row));
		}
		try {
			BitSet reached = new Cover(this.whole, all, sure).reached();
			for (int place = 0; place < order.rows().size(); place++) {
				if (!reached.get(first + place)) {
					this.overtaken.add(id(order.rows().get(place)));
				}
			}
		}
		catch (Cover.TooLarge ex) {
			add(Kind.NOTE, Severity.NOTE, List.of(), List.of(), List.of(), text("large.title"), text("large.dead"),
					List.of());
		}
		return this.overtaken;
	}

	/** Rules that answer nothing that can be asked. */
	private Set<String> dead() {
		Set<String> dead = new HashSet<>(ONE_WINS.contains(this.table.hitPolicy()) ? overtaken() : Set.of());
		for (int row = 0; row < this.boxes.size(); row++) {
			if (isNever(row)) {
				dead.add(id(row));
			}
		}
		return dead;
	}

	private void addDead(int row, Precedence order, Severity severity) {
		if (isNever(row)) {
			addNever(row);
			return;
		}
		String policy = this.table.hitPolicy().equals("PRIORITY") ? ".priority" : "";
		List<Integer> earlier = new ArrayList<>();
		for (int before : order.rows().subList(0, order.rows().indexOf(row))) {
			if (this.exact.get(before) && order.ranked().get(before) && contained(row, before)) {
				add(Kind.SUBSUMED, severity, List.of(id(row), id(before)), List.of(), List.of(),
						text("dead.title", row + 1), text("subsumed" + policy, before + 1), List.of(delete(row)));
				return;
			}
			if (both(this.boxes.get(row), this.boxes.get(before)) != null) {
				earlier.add(before);
			}
		}
		List<String> rules = new ArrayList<>(List.of(id(row)));
		earlier.forEach((before) -> rules.add(id(before)));
		String text = earlier.isEmpty() ? text("never.together")
				: text("dead" + policy, rows(rules.subList(1, rules.size())));
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
		return this.space.isImpossible(this.boxes.get(row));
	}

	private void addNever(int row) {
		List<String> empty = new ArrayList<>();
		List<Axis> all = this.space.axes();
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
		if (this.table.elseShared() && this.shared == null) {
			return;
		}
		BitSet[] asked = this.space.asked();
		List<BitSet[]> answered = new ArrayList<>(this.boxes);
		if (this.shared != null) {
			answered.addAll(this.space.boxes(this.shared));
		}
		try {
			Cover now = cover(asked, answered, this.space.impossible());
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
				List<BitSet[]> before = this.space.boxes(this.base);
				// a region may have been widened over what cannot be; what opened must be
				// possible
				addGaps(distinct(meets(open, before).stream()
					.filter((opened) -> parts.size() == MOST_REGIONS
							|| parts.stream().anyMatch((part) -> both(part, opened) != null))
					.toList()), asked, true);
				List<BitSet[]> ever = new ArrayList<>(answered);
				ever.addAll(before);
				Cover old = cover(asked, ever, this.space.impossible());
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
		return distinct(
				regions.stream().map((region) -> cover.widened(region, this.space.impossible().size())).toList());
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
		// a list may be empty: then nobody is told, nothing is added up
		boolean silent = this.table.hitPolicy().equals("COLLECT");
		Severity severity = opened ? (silent ? Severity.WARNING : Severity.ERROR)
				: (silent ? Severity.NOTE : Severity.WARNING);
		String words = (opened ? "gap.opened" : "gap") + (silent ? ".silent" : "");
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
				add(Kind.GAP, severity, near, List.of(), region, text("gap.title", shortWords(region)),
						text(words, words(region)), fixes);
			}
		}
		more(Kind.GAP, severity, found);
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
		List<BitSet[]> before = this.space.boxes(this.base);
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
		List<String> labels = this.space.axes().stream().filter(Axis::restricted).map(Axis::label).toList();
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
		List<Axis> all = this.space.axes();
		List<Part> region = new ArrayList<>();
		for (TableView.Column input : this.table.inputs()) {
			int axis = all.indexOf(this.space.axis(input.name()));
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
