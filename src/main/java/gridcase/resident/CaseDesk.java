package gridcase.resident;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import gridcase.casework.CaseFile;
import gridcase.casework.ReporterActions;
import gridcase.shared.FieldProblem;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;

import org.springframework.stereotype.Component;

/** What a reporter does to the own case, for page and API alike. */
@Component
class CaseDesk {

	private static final int LONGEST = 500;

	private static final Set<String> ANSWERS = Set.of("SATISFIED", "DISSATISFIED");

	private final ReporterActions actions;

	private final Visits visits;

	CaseDesk(ReporterActions actions, Visits visits) {
		this.actions = actions;
		this.visits = visits;
	}

	/**
	 * Does it.
	 * @param file the case, opened by its reporter
	 * @param action {@code urge}, {@code comment}, {@code follow-up}, {@code reopening}
	 * or {@code withdrawal}
	 * @param text what the reporter says
	 * @param satisfaction {@code SATISFIED} or {@code DISSATISFIED}, for a follow-up
	 * @throws Refusal if something is missing or the rules say no; nothing was changed
	 * then
	 */
	void act(CaseFile file, String action, String text, String satisfaction) {
		String words = (text != null) ? text.strip() : "";
		if (words.length() > LONGEST) {
			throw Refusal.invalid(List.of(problem("text", "resident.refused.long", LONGEST, words.length())));
		}
		switch (action) {
			case "urge" -> {
				this.visits.check(Visits.URGE, file.caseNo());
				this.actions.urge(file.caseNo(), words);
			}
			case "comment" -> this.actions.comment(file.caseNo(), words);
			case "follow-up" -> followUp(file, words, satisfaction);
			case "reopening" -> this.actions.begin(file.caseNo(), action, Map.of("reasonText", words));
			case "withdrawal" ->
				this.actions.begin(file.caseNo(), action, Map.of("reasonText", words, "residentAsked", true));
			default -> throw Refusal.notFound(Texts.of("resident", "resident.refused.action"));
		}
	}

	private void followUp(CaseFile file, String words, String satisfaction) {
		if (satisfaction == null || !ANSWERS.contains(satisfaction)) {
			throw Refusal.invalid(List.of(problem("satisfaction", "resident.refused.satisfaction")));
		}
		Map<String, Object> values = new HashMap<>();
		values.put("satisfaction", satisfaction);
		if (!words.isEmpty()) {
			values.put("followUpText", words);
		}
		this.actions.begin(file.caseNo(), "follow-up", values);
	}

	private static FieldProblem problem(String field, String key, Object... values) {
		return new FieldProblem(field, Texts.of("resident", "resident.act." + field),
				Texts.of("resident", key, values));
	}

}
