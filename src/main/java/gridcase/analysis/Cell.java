package gridcase.analysis;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an input cell asks, if it is of the forms table editors write: literals and lists
 * of them, comparisons, ranges, {@code not(…)}.
 *
 * @param form how far it could be read
 * @param negated whether it holds for everything but its items
 * @param items its alternatives, empty unless {@code PLAIN}
 * @param text the cell as written
 */
public record Cell(Form form, boolean negated, List<Item> items, String text) {

	/** How far a cell could be read. */
	public enum Form {

		/** Holds always. */
		ANY,
		/** Of the forms above. */
		PLAIN,
		/** Any other expression. */
		OTHER

	}

	/** The literal {@code null}. */
	public static final Object NULL = new Object() {

		@Override
		public String toString() {
			return "null";
		}

	};

	private static final String LITERAL = "(\"[^\"\\\\]*\"|-?\\d+(?:\\.\\d+)?|true|false|null|date\\(\\s*\"\\d{4}-\\d{2}-\\d{2}\"\\s*\\))";

	private static final Pattern ALONE = Pattern.compile(LITERAL);

	private static final Pattern ITEM = Pattern.compile("\\s*(?:(<=|>=|<|>)?\\s*" + LITERAL + "|([\\[\\](])\\s*"
			+ LITERAL + "\\s*\\.\\.\\s*" + LITERAL + "\\s*([\\])\\[]))\\s*");

	private static final Pattern NOT = Pattern.compile("not\\s*\\((.*)\\)", Pattern.DOTALL);

	/**
	 * One alternative of a cell: everything from one value to another. A literal is both.
	 *
	 * @param from lower end, null for none; {@link #NULL} for the literal null
	 * @param fromIn whether the lower end belongs to it
	 * @param to upper end, null for none
	 * @param toIn whether the upper end belongs to it
	 */
	public record Item(Object from, boolean fromIn, Object to, boolean toIn) {

		/** Whether it is one value. */
		public boolean isValue() {
			return this.fromIn && this.toIn && this.from != null && this.from.equals(this.to);
		}

		/** Some value it names. */
		Object sample() {
			return (this.from != null) ? this.from : this.to;
		}

		/** Whether it ends before it begins. */
		boolean isTurned() {
			return !isValue() && this.from != null && this.to != null && compare(this.from, this.to) > 0;
		}

	}

	/**
	 * Reads a cell.
	 * @param text the cell as written
	 */
	public static Cell of(String text) {
		String stripped = (text != null) ? text.strip() : "";
		if (stripped.isEmpty() || stripped.equals("-")) {
			return new Cell(Form.ANY, false, List.of(), "-");
		}
		Matcher not = NOT.matcher(stripped);
		boolean negated = not.matches();
		return items(negated ? not.group(1) : stripped).map((items) -> new Cell(Form.PLAIN, negated, items, stripped))
			.orElseGet(() -> new Cell(Form.OTHER, false, List.of(), stripped));
	}

	/**
	 * The value of a text that is nothing but a literal.
	 * @param text a cell
	 * @return {@link #NULL} for null; empty if it is more than a literal
	 */
	public static Optional<Object> literal(String text) {
		String stripped = (text != null) ? text.strip() : "";
		return ALONE.matcher(stripped).matches() ? Optional.ofNullable(value(stripped)) : Optional.empty();
	}

	/**
	 * A value as a cell would have it.
	 * @param value a text, number, date or truth value, or {@link #NULL}
	 */
	public static String written(Object value) {
		if (value instanceof String text) {
			return '"' + text + '"';
		}
		return (value instanceof LocalDate date) ? "date(\"" + date + "\")"
				: (value instanceof BigDecimal number) ? number.toPlainString() : String.valueOf(value);
	}

	private static Optional<List<Item>> items(String text) {
		List<Item> items = new ArrayList<>();
		Matcher item = ITEM.matcher(text);
		int from = 0;
		while (from <= text.length()) {
			item.region(from, text.length());
			if (!item.lookingAt()) {
				return Optional.empty();
			}
			Optional<Item> read = item(item);
			if (read.isEmpty()) {
				return Optional.empty();
			}
			items.add(read.get());
			if (item.end() == text.length()) {
				return Optional.of(List.copyOf(items));
			}
			if (text.charAt(item.end()) != ',') {
				return Optional.empty();
			}
			from = item.end() + 1;
		}
		return Optional.empty();
	}

	private static Optional<Item> item(Matcher item) {
		if (item.group(3) != null) {
			Object from = value(item.group(4));
			Object to = value(item.group(5));
			boolean ordered = isOrdered(from) && isOrdered(to) && from.getClass() == to.getClass();
			return ordered ? Optional.of(new Item(from, item.group(3).equals("["), to, item.group(6).equals("]")))
					: Optional.empty();
		}
		Object value = value(item.group(2));
		if (value == null) {
			return Optional.empty();
		}
		if (item.group(1) == null) {
			return Optional.of(new Item(value, true, value, true));
		}
		if (!isOrdered(value)) {
			return Optional.empty();
		}
		return Optional.of(switch (item.group(1)) {
			case "<" -> new Item(null, false, value, false);
			case "<=" -> new Item(null, false, value, true);
			case ">" -> new Item(value, false, null, false);
			default -> new Item(value, true, null, false);
		});
	}

	private static boolean isOrdered(Object value) {
		return value instanceof BigDecimal || value instanceof LocalDate;
	}

	static int compare(Object left, Object right) {
		return (left instanceof BigDecimal number) ? number.compareTo((BigDecimal) right)
				: ((LocalDate) left).compareTo((LocalDate) right);
	}

	/** Null for a date that does not exist. */
	private static Object value(String literal) {
		return switch (literal.charAt(0)) {
			case '"' -> literal.substring(1, literal.length() - 1);
			case 't' -> Boolean.TRUE;
			case 'f' -> Boolean.FALSE;
			case 'n' -> NULL;
			case 'd' -> date(literal.substring(literal.indexOf('"') + 1, literal.lastIndexOf('"')));
			default -> number(literal);
		};
	}

	/** 5 and 5.00 are one value. */
	private static BigDecimal number(String literal) {
		BigDecimal number = new BigDecimal(literal).stripTrailingZeros();
		return (number.scale() < 0) ? number.setScale(0) : number;
	}

	private static LocalDate date(String text) {
		try {
			return LocalDate.parse(text);
		}
		catch (DateTimeException ex) {
			return null;
		}
	}

	/** Whether its items are nothing but values. */
	public boolean isList() {
		return this.form == Form.PLAIN && this.items.stream().allMatch(Item::isValue);
	}

	/** The values it lists. */
	public List<Object> values() {
		return this.items.stream().filter(Item::isValue).map(Item::from).toList();
	}

	boolean namesNull() {
		return values().contains(NULL);
	}

	/**
	 * The same without some of its values.
	 * @return the cell as it would be written; empty if nothing would be left or it is no
	 * list
	 */
	Optional<String> without(List<Object> dropped) {
		if (!isList() || this.negated) {
			return Optional.empty();
		}
		List<String> left = values().stream().filter((value) -> !dropped.contains(value)).map(Cell::written).toList();
		return (left.isEmpty() || left.size() == this.items.size()) ? Optional.empty()
				: Optional.of(String.join(",", left));
	}

}
