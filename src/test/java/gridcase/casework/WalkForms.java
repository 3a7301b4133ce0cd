package gridcase.casework;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

import gridcase.form.FormView;
import gridcase.form.Option;

/**
 * Fills in forms like somebody who reads only what the form itself says: every value fits
 * its field, whatever it means.
 */
final class WalkForms {

	/** Choices that bring a case on, so that walks get far; the rest is as likely. */
	private static final Set<String> ONWARD = Set.of("FILE", "SIGN", "DONE", "true", "GENERAL", "MINOR", "ROUTINE");

	private static final List<String> WORDS = List.of("现场核实", "情况属实", "联系物业", "等待配件", "居民要求", "按规定办理", "\"引号\"", "两 处",
			"éx");

	private final Random random;

	/** Whether the last form asked for a choice and offered none. */
	private boolean unanswerable;

	WalkForms(Random random) {
		this.random = random;
	}

	/**
	 * Values that fit.
	 * @param view the form as it is shown with what is filled in so far
	 * @param onward out of ten, how often a choice that brings the case on is made; 10:
	 * always, and nothing optional is filled in
	 */
	Map<String, Object> fill(Function<Map<String, Object>, FormView> view, int onward, Instant now, ZoneId zone) {
		this.unanswerable = false;
		Map<String, Object> values = new TreeMap<>();
		Set<String> seen = new HashSet<>();
		while (true) {
			FormView form = view.apply(values);
			FormView.Field next = form.fields()
				.stream()
				.filter((field) -> field.key() != null && !field.readonly() && !seen.contains(field.key()))
				.findFirst()
				.orElse(null);
			if (next == null) {
				Set<String> shown = new HashSet<>();
				form.fields().forEach((field) -> shown.add(field.key()));
				values.keySet().retainAll(shown);
				return values;
			}
			seen.add(next.key());
			Object value = value(next, onward, LocalDate.ofInstant(now, zone));
			if (value != null) {
				values.put(next.key(), value);
			}
		}
	}

	private Object value(FormView.Field field, int onward, LocalDate today) {
		boolean needed = field.required() || (onward < 10 && this.random.nextInt(3) > 0);
		return switch (field.type()) {
			case "select", "radio" -> choice(field, onward, needed);
			case "checkbox" -> field.required() || this.random.nextBoolean();
			case "checklist", "taglist" ->
				(needed && !field.options().isEmpty()) ? List.of(this.pick(field.options()).value()) : null;
			case "number" -> needed ? number(field) : null;
			case "datetime" ->
				today.plusDays(1 + this.random.nextInt(this.random.nextInt(8) == 0 ? 60 : 12)).toString();
			case "filepicker" -> null;
			default -> needed ? text(field) : null;
		};
	}

	private Object choice(FormView.Field field, int onward, boolean needed) {
		if (field.options().isEmpty()) {
			this.unanswerable |= field.required();
			return null;
		}
		List<Option> good = field.options()
			.stream()
			.filter((option) -> ONWARD.contains(String.valueOf(option.value())))
			.toList();
		if (!good.isEmpty() && this.random.nextInt(10) < onward) {
			return pick(good).value();
		}
		return needed ? pick(field.options()).value() : null;
	}

	private Object number(FormView.Field field) {
		int least = (field.min() != null) ? (int) Math.ceil(Double.parseDouble(field.min())) : 0;
		int most = (field.max() != null) ? (int) Math.floor(Double.parseDouble(field.max())) : 1000;
		int reach = Math.max(1, (this.random.nextInt(10) == 0) ? most - least : Math.min(6, most - least));
		return least + this.random.nextInt(reach + 1);
	}

	private String text(FormView.Field field) {
		if (field.key().endsWith("Phone")) {
			return "139" + (10_000_000 + this.random.nextInt(90_000_000));
		}
		StringBuilder text = new StringBuilder();
		int least = Math.max(1, (field.minLength() != null) ? field.minLength() : 1);
		do {
			text.append(pick(WORDS));
		}
		while (text.length() < least);
		int most = (field.maxLength() != null) ? field.maxLength() : 2000;
		return text.substring(0, Math.min(most, text.length())).strip();
	}

	boolean unanswerable() {
		return this.unanswerable;
	}

	<T> T pick(List<T> list) {
		return list.get(this.random.nextInt(list.size()));
	}

	/** Something that does not fit: a field left out, a foreign one, a wrong choice. */
	Map<String, Object> spoil(Map<String, Object> values) {
		Map<String, Object> spoilt = new HashMap<>(values);
		spoilt.put("noSuchField", "x");
		return spoilt;
	}

}
