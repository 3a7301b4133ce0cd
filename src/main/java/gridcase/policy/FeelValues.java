package gridcase.policy;

import gridcase.shared.Texts;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The values FEEL knows. Numbers are exact decimals; nothing but plain values gets in, so
 * that an expression never reaches a Java object.
 */
final class FeelValues {

	/** What a column may declare. */
	static final Set<String> TYPES = Set.of("string", "number", "boolean", "date", "time", "dateTime",
			"dayTimeDuration", "yearMonthDuration", "Any");

	private FeelValues() {
	}

	/** The value as FEEL takes it, whatever its type. */
	static Object plain(Object value) {
		if (value == null || value instanceof String || value instanceof Boolean || value instanceof BigDecimal
				|| value instanceof LocalDate || value instanceof LocalDateTime || value instanceof LocalTime
				|| value instanceof OffsetTime || value instanceof Duration || value instanceof Period) {
			return value;
		}
		if (value instanceof Integer || value instanceof Long || value instanceof Short || value instanceof Byte) {
			return BigDecimal.valueOf(((Number) value).longValue());
		}
		if (value instanceof BigInteger number) {
			return new BigDecimal(number);
		}
		if (value instanceof Double || value instanceof Float) {
			return new BigDecimal(value.toString());
		}
		if (value instanceof Instant instant) {
			return instant.atZone(ZoneOffset.UTC);
		}
		if (value instanceof OffsetDateTime moment) {
			return moment.toZonedDateTime();
		}
		if (value instanceof ZonedDateTime) {
			return value;
		}
		if (value instanceof Collection<?> values) {
			List<Object> plain = new ArrayList<>(values.size());
			values.forEach((each) -> plain.add(plain(each)));
			return plain;
		}
		if (value instanceof Map<?, ?> values) {
			Map<String, Object> plain = new LinkedHashMap<>();
			values.forEach((name, each) -> plain.put(String.valueOf(name), plain(each)));
			return plain;
		}
		throw new FeelFault(Texts.of("policy", "feel.value", value.getClass().getName()));
	}

	/**
	 * The value as one of a declared type. Dates and the like may come as ISO text, since
	 * JSON knows no others; nothing else is converted.
	 */
	static Object typed(Object value, String type) {
		Object plain = plain(value);
		if (plain == null || type == null || "Any".equals(type)) {
			return plain;
		}
		Object typed = (plain instanceof String text) ? parsed(text, type) : plain;
		if (!isA(typed, type)) {
			throw new FeelFault(Texts.of("policy", "feel.type", shown(plain), type));
		}
		return typed;
	}

	private static Object parsed(String text, String type) {
		try {
			return switch (type) {
				case "date" -> LocalDate.parse(text);
				case "time" -> time(text);
				case "dateTime" -> dateTime(text);
				case "dayTimeDuration" -> Duration.parse(text);
				case "yearMonthDuration" -> Period.parse(text);
				default -> text;
			};
		}
		catch (DateTimeException ex) {
			throw new FeelFault(Texts.of("policy", "feel.type", shown(text), type));
		}
	}

	private static Object time(String text) {
		return text.matches(".*(Z|[+-]\\d\\d:\\d\\d)$") ? OffsetTime.parse(text) : LocalTime.parse(text);
	}

	private static Object dateTime(String text) {
		return text.matches(".*T.*(Z|[+-]\\d\\d:\\d\\d|])$") ? ZonedDateTime.parse(text) : LocalDateTime.parse(text);
	}

	private static boolean isA(Object value, String type) {
		return switch (type) {
			case "string" -> value instanceof String;
			case "number" -> value instanceof BigDecimal;
			case "boolean" -> value instanceof Boolean;
			case "date" -> value instanceof LocalDate;
			case "time" -> value instanceof LocalTime || value instanceof OffsetTime;
			case "dateTime" -> value instanceof LocalDateTime || value instanceof ZonedDateTime;
			case "dayTimeDuration" -> value instanceof Duration;
			case "yearMonthDuration" -> value instanceof Period;
			default -> false;
		};
	}

	/** A value to try a cell of that type with; null if any would do. */
	static Object sample(String type) {
		return switch (type) {
			case "string" -> "样本";
			case "number" -> BigDecimal.ONE;
			case "boolean" -> Boolean.TRUE;
			case "date" -> LocalDate.of(2026, 1, 1);
			case "time" -> LocalTime.NOON;
			case "dateTime" -> LocalDateTime.of(2026, 1, 1, 12, 0);
			case "dayTimeDuration" -> Duration.ofHours(1);
			case "yearMonthDuration" -> Period.ofMonths(1);
			default -> null;
		};
	}

	/** Whether two values are the same; 5 and 5.0 are. */
	static boolean same(Object left, Object right) {
		return (left instanceof BigDecimal number && right instanceof BigDecimal other) ? number.compareTo(other) == 0
				: Objects.equals(left, right);
	}

	static String shown(Object value) {
		return (value instanceof String) ? "\"" + value + "\"" : String.valueOf(value);
	}

}
