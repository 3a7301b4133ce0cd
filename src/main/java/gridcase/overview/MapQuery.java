package gridcase.overview;

import java.util.List;

import gridcase.shared.FieldProblem;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;

/**
 * Which open cases a map is about.
 *
 * @param login on whose behalf; only what that person may see
 * @param place place code
 * @param light {@code OK WARN OVER} or {@code PAUSED}, or null for all
 * @param category category or class code, or null for all
 * @param stage canonical stage key, or null for all
 */
record MapQuery(String login, String place, String light, String category, String stage) {

	static final List<String> LIGHTS = List.of("OVER", "WARN", "OK", "PAUSED");

	/** As cases keep them; messages call them with a capital. */
	static final List<String> STAGES = List.of("collect", "file", "dispatch", "handle", "feedback", "verify", "close",
			"evaluate");

	/**
	 * Takes what somebody asked for; a blank is nothing.
	 * @throws Refusal when there is no such light or stage
	 */
	MapQuery {
		light = known("light", blankToNull(light), LIGHTS);
		category = blankToNull(category);
		stage = blankToNull(stage);
		stage = known("stage", (stage != null) ? stage.toLowerCase(java.util.Locale.ROOT) : null, STAGES);
	}

	private static String blankToNull(String text) {
		return (text == null || text.isBlank()) ? null : text;
	}

	private static String known(String field, String value, List<String> known) {
		if (value != null && !known.contains(value)) {
			throw Refusal.invalid(List.of(new FieldProblem(field, Texts.of("overview", "overview.label." + field),
					Texts.of("overview", "overview.refused.choice", value, String.join(", ", known)))));
		}
		return value;
	}

}
