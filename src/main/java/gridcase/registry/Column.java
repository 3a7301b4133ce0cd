package gridcase.registry;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A column of a registry file, of the same name in the table.
 *
 * @param name its name
 * @param type what its cells hold
 * @param key whether it is part of what tells rows apart
 * @param required whether it may not be empty
 * @param target the registry whose codes it names, or null
 * @param choices the only words it may hold; empty: any
 */
record Column(String name, Type type, boolean key, boolean required, String target, List<String> choices) {

	static Column key(String name, Type type) {
		return new Column(name, type, true, true, null, List.of());
	}

	static Column required(String name, Type type) {
		return new Column(name, type, false, true, null, List.of());
	}

	static Column optional(String name, Type type) {
		return new Column(name, type, false, false, null, List.of());
	}

	Column in(String... words) {
		return new Column(this.name, this.type, this.key, this.required, this.target, List.of(words));
	}

	Column asKey() {
		return new Column(this.name, this.type, true, this.required, this.target, this.choices);
	}

	Column of(String kind) {
		return new Column(this.name, this.type, this.key, this.required, kind, this.choices);
	}

	/** What a cell holds; every value travels as text in one canonical spelling. */
	enum Type {

		TEXT("text", "[^\\u0000]*"), PLACE_CODE("text", "[a-z][a-z0-9]{0,31}"), PREFIX("text", "[A-Z]{1,6}"),
		CODE("text", "[A-Za-z0-9][A-Za-z0-9._-]{0,39}"),
		CODES("text", "[A-Za-z0-9][A-Za-z0-9._-]*( [A-Za-z0-9][A-Za-z0-9._-]*)*"),
		FUNCTIONS("text", "([a-z][a-z-]*( [a-z][a-z-]*)*( \\*)?)|\\*"), KEY("text", "[A-Z][A-Z_]*"),
		HOUSEHOLD_LIMITS("text", "[A-Z_]+:\\d+-\\d+( [A-Z_]+:\\d+-\\d+)*"), INTEGER("integer", "\\d{1,9}"),
		DECIMAL("numeric", "\\d{1,9}(\\.\\d{1,4})?"), BOOLEAN("boolean", "true|false"),
		DEGREES("numeric", "-?\\d{1,3}(\\.\\d{1,6})?"), DATE("date", "\\d{4}-\\d{2}-\\d{2}"),
		EMAIL("text", "[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+"),
		/** A plain day is its first moment. */
		DATE_TIME("timestamp", "\\d{4}-\\d{2}-\\d{2}([ T]\\d{2}:\\d{2}(:00)?)?");

		private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

		private final String sql;

		private final Pattern pattern;

		Type(String sql, String pattern) {
			this.sql = sql;
			this.pattern = Pattern.compile(pattern, Pattern.DOTALL);
		}

		String sql() {
			return this.sql;
		}

		/** The canonical spelling, or null when the text does not fit. */
		String canonical(String text) {
			if (!this.pattern.matcher(text).matches()) {
				return null;
			}
			return switch (this) {
				case INTEGER -> Integer.valueOf(text).toString();
				case DECIMAL -> canonical(new BigDecimal(text));
				case DATE -> isDate(text) ? text : null;
				case DATE_TIME -> canonicalMoment(text);
				case CODES, FUNCTIONS -> Arrays.stream(text.split(" ")).distinct().collect(Collectors.joining(" "));
				default -> text;
			};
		}

		private static String canonical(BigDecimal number) {
			return (number.signum() == 0) ? "0" : number.stripTrailingZeros().toPlainString();
		}

		/** As the database writes it, so that a stored cell and one of a file compare. */
		private static String canonicalMoment(String text) {
			try {
				return MOMENT.format((text.length() == 10) ? LocalDate.parse(text).atStartOfDay()
						: LocalDateTime.parse(text.replace(' ', 'T')));
			}
			catch (DateTimeParseException ex) {
				// the caller tells which row and column
				return null;
			}
		}

		/** The moment a canonical text means, in the platform's time zone. */
		static LocalDateTime moment(String canonical) {
			return LocalDateTime.parse(canonical, MOMENT);
		}

		private static boolean isDate(String text) {
			try {
				LocalDate.parse(text);
				return true;
			}
			catch (DateTimeParseException ex) {
				// the caller tells which row and column
				return false;
			}
		}

	}

}
