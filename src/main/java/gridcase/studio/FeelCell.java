package gridcase.studio;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A cell of a table in the plain forms editors write: literals and lists of them,
 * comparisons, ranges, {@code not(…)}.
 *
 * @param negated whether it is {@code not(…)}
 * @param items what it lists; empty if it says nothing ({@code -})
 */
record FeelCell(boolean negated, List<FeelCell.Item> items) {

	/** Whether it holds for everything. */
	static final String ANY = "-";

	private static final String TEXT = "\"(?:[^\"\\\\]|\\\\[\"\\\\])*\"";

	private static final String NUMBER = "-?(?:\\d+(?:\\.\\d+)?|\\.\\d+)";

	private static final String DATE = "date\\(\\s*\"\\d{4}-\\d{2}-\\d{2}\"\\s*\\)";

	private static final String LITERAL = "(" + TEXT + "|" + NUMBER + "|true|false|null|" + DATE + ")";

	private static final Pattern ITEM = Pattern.compile("\\s*(?:(<=|>=|<|>)?\\s*" + LITERAL + "|([\\[\\](])\\s*"
			+ LITERAL + "\\s*\\.\\.\\s*" + LITERAL + "\\s*([\\])\\[]))\\s*");

	private static final Pattern NOT = Pattern.compile("not\\s*\\((.*)\\)", Pattern.DOTALL);

	/**
	 * One of what a cell lists.
	 *
	 * @param open how it begins: {@code <= >= < >} of a comparison, {@code [} or
	 * {@code (} of a range, "" for a value
	 * @param value the value, the lower one of a range
	 * @param upper upper value of a range, else null
	 * @param close {@code ]} or {@code )} of a range, else ""
	 */
	record Item(String open, Literal value, Literal upper, String close) {

		static Item of(Literal value) {
			return new Item("", value, null, "");
		}

		String feel() {
			if (this.upper != null) {
				return this.open + this.value.feel() + ".." + this.upper.feel() + this.close;
			}
			return this.open.isEmpty() ? this.value.feel() : this.open + " " + this.value.feel();
		}

		boolean isValue() {
			return this.open.isEmpty();
		}

	}

	/** What kind of value a literal is. */
	enum Type {

		TEXT, NUMBER, BOOLEAN, DATE, NULL

	}

	/**
	 * A value as it is.
	 *
	 * @param type its type
	 * @param text the value: a text without quotes, a number without needless digits, a
	 * date in ISO form
	 */
	record Literal(Type type, String text) {

		static final Literal NULL = new Literal(Type.NULL, "null");

		static Literal text(String text) {
			return new Literal(Type.TEXT, text);
		}

		static Literal number(BigDecimal number) {
			BigDecimal plain = (number.signum() == 0) ? BigDecimal.ZERO : number.stripTrailingZeros();
			return new Literal(Type.NUMBER, plain.toPlainString());
		}

		static Literal yes(boolean yes) {
			return new Literal(Type.BOOLEAN, Boolean.toString(yes));
		}

		static Literal date(String iso) {
			return new Literal(Type.DATE, iso);
		}

		String feel() {
			return switch (this.type) {
				case TEXT -> "\"" + this.text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
				case DATE -> "date(\"" + this.text + "\")";
				default -> this.text;
			};
		}

		private static Literal read(String feel) {
			if (feel.startsWith("\"")) {
				return text(feel.substring(1, feel.length() - 1).replaceAll("\\\\([\"\\\\])", "$1"));
			}
			return switch (feel) {
				case "true", "false" -> yes(feel.equals("true"));
				case "null" -> NULL;
				default ->
					feel.startsWith("date") ? date(feel.replaceAll("[^0-9-]", "")) : number(new BigDecimal(feel));
			};
		}

	}

	/** Whether the cell holds for everything. */
	boolean any() {
		return this.items.isEmpty();
	}

	/** The cell as it stands in a table. */
	String feel() {
		String list = this.items.stream().map(Item::feel).collect(Collectors.joining(","));
		return any() ? ANY : (this.negated ? "not(" + list + ")" : list);
	}

	/** The only value it holds, if it is one. */
	Optional<Literal> only() {
		return (!this.negated && this.items.size() == 1 && this.items.get(0).isValue())
				? Optional.of(this.items.get(0).value()) : Optional.empty();
	}

	/**
	 * Reads a cell.
	 * @return empty if it is not of the plain forms
	 */
	static Optional<FeelCell> read(String feel) {
		String text = feel.strip();
		if (text.isEmpty() || text.equals(ANY)) {
			return Optional.of(new FeelCell(false, List.of()));
		}
		Matcher not = NOT.matcher(text);
		boolean negated = not.matches();
		return items(negated ? not.group(1) : text).map((items) -> new FeelCell(negated, items));
	}

	private static Optional<List<Item>> items(String list) {
		List<Item> items = new ArrayList<>();
		Matcher item = ITEM.matcher(list);
		int from = 0;
		while (true) {
			item.region(from, list.length());
			if (!item.lookingAt()) {
				return Optional.empty();
			}
			items.add(item(item));
			if (item.end() == list.length()) {
				return Optional.of(items);
			}
			if (list.charAt(item.end()) != ',') {
				return Optional.empty();
			}
			from = item.end() + 1;
		}
	}

	private static Item item(Matcher item) {
		if (item.group(3) != null) {
			return new Item(item.group(3).equals("]") ? "(" : item.group(3), Literal.read(item.group(4)),
					Literal.read(item.group(5)), item.group(6).equals("[") ? ")" : item.group(6));
		}
		return new Item((item.group(1) != null) ? item.group(1) : "", Literal.read(item.group(2)), null, "");
	}

	/**
	 * Whether two cells say the same, however they are written.
	 */
	static boolean same(String left, String right) {
		if (left.strip().equals(right.strip())) {
			return true;
		}
		Optional<FeelCell> one = read(left);
		return one.isPresent() && one.equals(read(right));
	}

}
