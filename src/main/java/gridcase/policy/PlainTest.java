package gridcase.policy;

import gridcase.shared.Texts;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The forms table editors write (literals and lists of them, comparisons, ranges,
 * {@code not(…)}), tested without the FEEL engine: the same answers, a hundred times
 * faster. A value of another type is left to the engine, which says what is wrong.
 */
final class PlainTest extends UnaryTest {

	private static final String LITERAL = "(\"[^\"\\\\]*\"|-?\\d+(?:\\.\\d+)?|true|false|null|date\\(\\s*\"\\d{4}-\\d{2}-\\d{2}\"\\s*\\))";

	private static final Pattern ALONE = Pattern.compile(LITERAL);

	private static final Pattern ITEM = Pattern.compile("\\s*(?:(<=|>=|<|>)?\\s*" + LITERAL + "|([\\[\\](])\\s*"
			+ LITERAL + "\\s*\\.\\.\\s*" + LITERAL + "\\s*([\\])\\[]))\\s*");

	private static final Pattern NOT = Pattern.compile("not\\s*\\((.*)\\)", Pattern.DOTALL);

	private static final Object NULL = new Object();

	private final UnaryTest full;

	private final boolean negated;

	private Class<?> type;

	private boolean matchesNull;

	private final Set<Object> equals = new HashSet<>();

	private final List<Predicate<Object>> compared = new ArrayList<>();

	private PlainTest(UnaryTest full, boolean negated) {
		super(Set.of());
		this.full = full;
		this.negated = negated;
	}

	/**
	 * The short way for a cell.
	 * @param text the cell
	 * @param full the same cell by the engine
	 * @return empty if it is not of the plain forms
	 */
	static Optional<UnaryTest> of(String text, UnaryTest full) {
		Matcher not = NOT.matcher(text);
		boolean negated = not.matches();
		PlainTest test = new PlainTest(full, negated);
		return test.reads(negated ? not.group(1) : text) ? Optional.of(test) : Optional.empty();
	}

	/** The value of a text that is nothing but a literal, null excepted. */
	static Optional<Object> literal(String text) {
		return ALONE.matcher(text).matches() ? Optional.ofNullable(value(text)).filter((value) -> value != NULL)
				: Optional.empty();
	}

	private boolean reads(String items) {
		Matcher item = ITEM.matcher(items);
		int from = 0;
		while (from <= items.length()) {
			item.region(from, items.length());
			if (!item.lookingAt() || !add(item)) {
				return false;
			}
			if (item.end() == items.length()) {
				return this.type != null || this.matchesNull;
			}
			if (items.charAt(item.end()) != ',') {
				return false;
			}
			from = item.end() + 1;
		}
		return false;
	}

	private boolean add(Matcher item) {
		if (item.group(3) != null) {
			return addRange(item.group(3), value(item.group(4)), value(item.group(5)), item.group(6));
		}
		Object value = value(item.group(2));
		if (value == NULL && item.group(1) == null) {
			this.matchesNull = true;
			return true;
		}
		if (!fits(value)) {
			return false;
		}
		if (item.group(1) == null) {
			this.equals.add(comparable(value));
			return true;
		}
		return isOrdered(value) && this.compared.add(comparison(item.group(1), value));
	}

	private boolean addRange(String opening, Object from, Object to, String closing) {
		if (!fits(from) || !fits(to) || !isOrdered(from) || compare(from, to) > 0) {
			return false;
		}
		Predicate<Object> lower = comparison("[".equals(opening) ? ">=" : ">", from);
		Predicate<Object> upper = comparison("]".equals(closing) ? "<=" : "<", to);
		return this.compared.add(lower.and(upper));
	}

	private boolean fits(Object value) {
		if (value == null || value == NULL || (this.type != null && this.type != value.getClass())) {
			return false;
		}
		this.type = value.getClass();
		return true;
	}

	private static boolean isOrdered(Object value) {
		return value instanceof BigDecimal || value instanceof LocalDate;
	}

	private static Predicate<Object> comparison(String operator, Object limit) {
		return switch (operator) {
			case "<" -> (value) -> compare(value, limit) < 0;
			case "<=" -> (value) -> compare(value, limit) <= 0;
			case ">" -> (value) -> compare(value, limit) > 0;
			default -> (value) -> compare(value, limit) >= 0;
		};
	}

	private static int compare(Object left, Object right) {
		return (left instanceof BigDecimal number) ? number.compareTo((BigDecimal) right)
				: ((LocalDate) left).compareTo((LocalDate) right);
	}

	/** 5 and 5.00 are the same number but not equal to Java. */
	private static Object comparable(Object value) {
		return (value instanceof BigDecimal number) ? number.stripTrailingZeros() : value;
	}

	/** {@link #NULL} for null; null for a date that does not exist. */
	private static Object value(String literal) {
		return switch (literal.charAt(0)) {
			case '"' -> literal.substring(1, literal.length() - 1);
			case 't' -> Boolean.TRUE;
			case 'f' -> Boolean.FALSE;
			case 'n' -> NULL;
			case 'd' -> date(literal.substring(literal.indexOf('"') + 1, literal.lastIndexOf('"')));
			default -> new BigDecimal(literal);
		};
	}

	private static LocalDate date(String text) {
		try {
			return LocalDate.parse(text);
		}
		catch (DateTimeException ex) {
			throw new FeelFault(Texts.of("policy", "feel.noSuchDate", text));
		}
	}

	@Override
	boolean matches(Object input, Map<String, Object> variables) {
		if (input == null) {
			return this.negated ? this.compared.isEmpty() && !this.matchesNull : this.matchesNull;
		}
		if (this.type != null && input.getClass() != this.type) {
			if (this.type == Boolean.class) {
				// the engine takes a true in a list for "always"
				throw new FeelFault(Texts.of("policy", "feel.type", FeelValues.shown(input), "boolean"));
			}
			return this.full.matches(input, variables);
		}
		return this.negated != passes(input);
	}

	private boolean passes(Object input) {
		if (!this.equals.isEmpty() && this.equals.contains(comparable(input))) {
			return true;
		}
		for (Predicate<Object> each : this.compared) {
			if (each.test(input)) {
				return true;
			}
		}
		return false;
	}

}
