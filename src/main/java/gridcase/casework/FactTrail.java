package gridcase.casework;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.Set;

import gridcase.audit.CaseEvent;
import gridcase.privacy.PersonalData;

/**
 * How the events of a case tell what is known of it. What a report, a form or a table
 * brought stands in their own events; whatever else an action changed is added to its
 * last event under {@value #CHANGED}. So the facts at any moment follow from the events
 * up to it, and are proven by their hashes.
 */
public final class FactTrail {

	/** In the last event of an action: facts as they are now that no event tells. */
	public static final String CHANGED = "changed";

	/** In an event of a table: its answer became facts of the case. */
	public static final String KEPT = "kept";

	/** In an event of a form: what it brought did not become facts by itself. */
	static final String BESIDE = "beside";

	private FactTrail() {
	}

	/**
	 * Adds what an event tells.
	 * @param facts facts before it, changed to those after it; personal data are
	 * {@link CaseEvent#PERSONAL}
	 * @param kind kind of the event
	 * @param data its data
	 */
	public static void apply(Map<String, Object> facts, String kind, Map<String, ?> data) {
		switch (kind) {
			case "REPORTED" -> putAll(facts, data.get("values"));
			case "COMPLETED" -> {
				if (!Boolean.TRUE.equals(data.get(BESIDE))) {
					putAll(facts, data.get("values"));
				}
			}
			case "DECIDED" -> {
				if (Boolean.TRUE.equals(data.get(KEPT))) {
					putAll(facts, data.get("outputs"));
				}
			}
			default -> {
				// whatever it changed stands under "changed"
			}
		}
		putAll(facts, data.get(CHANGED));
	}

	private static void putAll(Map<String, Object> facts, Object values) {
		if (values instanceof Map<?, ?> map) {
			map.forEach((name, value) -> facts.put(name.toString(), value));
		}
	}

	/** Facts that are not what was told, as they may be told; null for what is gone. */
	static Map<String, Object> difference(Map<String, Object> told, Map<String, Object> facts) {
		Set<String> names = new TreeSet<>(told.keySet());
		names.addAll(facts.keySet());
		Map<String, Object> changed = new TreeMap<>();
		for (String name : names) {
			if (!same(told.get(name), facts.get(name))) {
				changed.put(name, open(facts.get(name)));
			}
		}
		return changed;
	}

	/**
	 * Whether two values of a fact are the same, whatever types of number hold them;
	 * personal data are told as such only.
	 */
	public static boolean same(Object one, Object other) {
		return Objects.equals(comparable(one), comparable(other));
	}

	private static Object comparable(Object value) {
		if (value instanceof Number number) {
			return new BigDecimal(number.toString()).stripTrailingZeros();
		}
		if (value instanceof List<?> list) {
			return list.stream().map(FactTrail::comparable).toList();
		}
		if (value instanceof Map<?, ?> map) {
			Map<Object, Object> values = new LinkedHashMap<>();
			map.forEach((name, each) -> values.put(name, comparable(each)));
			return values;
		}
		return open(value);
	}

	/** A value as the trail may keep it. */
	private static Object open(Object value) {
		if (value instanceof List<?> list) {
			return list.stream().map(FactTrail::open).toList();
		}
		if (value instanceof Map<?, ?> map) {
			Map<Object, Object> values = new LinkedHashMap<>();
			map.forEach((name, each) -> values.put(name, open(each)));
			return values;
		}
		return PersonalData.isSealed(value) ? CaseEvent.PERSONAL : value;
	}

}
