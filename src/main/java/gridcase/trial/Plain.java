package gridcase.trial;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import gridcase.shared.Texts;

/** Values of decisions as they are written down and compared. */
final class Plain {

	private static final TypeReference<Map<String, Object>> VALUES = new TypeReference<>() {
	};

	private static final TypeReference<List<Map<String, Object>>> ROWS = new TypeReference<>() {
	};

	private static final TypeReference<List<String>> TOLD = new TypeReference<>() {
	};

	private static final ObjectMapper JSON = JsonMapper.builder()
		.addModule(new JavaTimeModule())
		.disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
		.disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
		.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
		.configure(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN, true)
		.build();

	private Plain() {
	}

	static Map<String, Object> values(String json) {
		return read(json, VALUES);
	}

	static List<Map<String, Object>> rows(String json) {
		return read(json, ROWS);
	}

	static <T> T read(String json, TypeReference<T> type) {
		try {
			return JSON.readValue(json, type);
		}
		catch (JsonProcessingException ex) {
			throw new IllegalStateException("a decision record cannot be read: " + json, ex);
		}
	}

	static String json(Object value) {
		try {
			return JSON.writeValueAsString(value);
		}
		catch (JsonProcessingException ex) {
			throw new IllegalArgumentException("an answer cannot be written down: " + value, ex);
		}
	}

	/** Rows as they would be read from a record. */
	static List<Map<String, Object>> asRecorded(List<Map<String, Object>> rows) {
		return rows(json(rows));
	}

	/**
	 * Whether two answers say the same. An output one of them does not have is as good as
	 * empty.
	 * @param inOrder whether the order of the rows matters
	 */
	static boolean same(List<Map<String, Object>> one, List<Map<String, Object>> other, boolean inOrder) {
		List<String> left = texts(one);
		List<String> right = texts(other);
		if (!inOrder) {
			left.sort(null);
			right.sort(null);
		}
		return left.equals(right);
	}

	private static List<String> texts(List<Map<String, Object>> rows) {
		List<String> texts = new ArrayList<>();
		rows.forEach((row) -> {
			Map<String, String> text = new TreeMap<>();
			row.forEach((name, value) -> {
				if (value != null) {
					text.put(name, text(value));
				}
			});
			texts.add(text.toString());
		});
		return texts;
	}

	/** A value as text that is the same however a number was written. */
	static String text(Object value) {
		if (value instanceof Number number) {
			return new BigDecimal(number.toString()).stripTrailingZeros().toPlainString();
		}
		if (value instanceof Collection<?> several) {
			return several.stream().map(Plain::text).toList().toString();
		}
		return (value instanceof String) ? "\"" + value + "\"" : String.valueOf(value);
	}

	/**
	 * A fault in the words of whoever reads it.
	 * @param kept bundle, key and what the words name; older ones are the words
	 * themselves
	 */
	static String said(String kept) {
		if (kept == null || !kept.startsWith("[\"")) {
			return kept;
		}
		List<String> told = read(kept, TOLD);
		return Texts.of(told.get(0), told.get(1), told.subList(2, told.size()).toArray());
	}

	static List<String> rules(String rules) {
		return rules.isEmpty() ? List.of() : List.of(rules.split(","));
	}

}
