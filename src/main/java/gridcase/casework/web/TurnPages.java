package gridcase.casework.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import gridcase.audit.CaseEvent;
import gridcase.casework.CaseFile;
import gridcase.casework.OpenTask;
import gridcase.casework.TaskForms;
import gridcase.casework.process.Turn;
import gridcase.casework.process.TurnOutlook;
import gridcase.casework.process.Turns;
import gridcase.form.FormView;
import gridcase.policy.RuleScope;
import gridcase.security.CurrentPerson;
import gridcase.shared.Refusal;

import org.springframework.stereotype.Component;

/** What pages show of the turns of a case: those to be begun, and what was asked. */
@Component
class TurnPages {

	private final Turns turns;

	private final TurnOutlook outlook;

	private final TaskForms forms;

	private final Names names;

	private final Rules rules;

	private final ObjectMapper json = new ObjectMapper();

	TurnPages(Turns turns, TurnOutlook outlook, TaskForms forms, Names names, Rules rules) {
		this.turns = turns;
		this.outlook = outlook;
		this.forms = forms;
		this.names = names;
		this.rules = rules;
	}

	/** Turns of a case: those the rules may allow now, and those they refuse. */
	Offers offers(CaseFile file, CurrentPerson person) {
		List<Turn> allowed = new ArrayList<>();
		List<No> refused = new ArrayList<>();
		for (Turn turn : offered(file, person)) {
			this.outlook.refused(turn, file, person.login())
				.ifPresentOrElse((no) -> refused.add(new No(turn, no.reason(), this.rules.of(no.rule()))),
						() -> allowed.add(turn));
		}
		return new Offers(allowed, refused);
	}

	List<Turn> offered(CaseFile file, CurrentPerson person) {
		return this.turns.offered(file, person.login());
	}

	/**
	 * A turn this person may begin on the case now.
	 * @throws Refusal if it is not offered
	 */
	Turn offered(CaseFile file, CurrentPerson person, String key) {
		return offered(file, person).stream()
			.filter((turn) -> turn.key().equals(key))
			.findFirst()
			.orElseThrow(() -> Refusal.forbidden(this.names.text("casework.refused.turn")));
	}

	/**
	 * What was asked for in the turn a task belongs to, or empty if it is not on record.
	 */
	Optional<Asked> asked(CaseFile file, OpenTask task, List<CaseEvent> events) {
		List<CaseEvent> latestFirst = new ArrayList<>(events);
		Collections.reverse(latestFirst);
		return latestFirst.stream()
			.filter((event) -> event.kind().equals("TURN_BEGUN"))
			.map((event) -> new Begun(event, read(event.data())))
			.filter((begun) -> task.turn().equals(begun.data().get("turn")))
			.findFirst()
			.map((begun) -> asked(file, begun));
	}

	private Asked asked(CaseFile file, Begun begun) {
		@SuppressWarnings("unchecked")
		Map<String, Object> values = (Map<String, Object>) begun.data().getOrDefault("values", Map.of());
		Map<String, String> lines = new LinkedHashMap<>();
		this.turns.of(new RuleScope(file.place(), file.reportedAt(), begun.event().at()))
			.stream()
			.filter((turn) -> turn.key().equals(begun.data().get("turn")))
			.findFirst()
			.flatMap((turn) -> this.forms.view(turn, file, values, List.of()))
			.ifPresent((form) -> form.fields()
				.stream()
				.filter((field) -> field.key() != null && values.containsKey(field.key()))
				.forEach((field) -> said(field).forEach((line) -> lines.put(line.getKey(), line.getValue()))));
		return new Asked(String.valueOf(begun.data().get("name")), this.names.person(begun.event().actor()),
				begun.event().at(), lines);
	}

	/**
	 * A filled-in field as lines of label and words; a list has one line for each row.
	 */
	List<Map.Entry<String, String>> said(FormView.Field field) {
		if (field.rows().isEmpty()) {
			return List.of(Map.entry(field.label(), value(field)));
		}
		List<Map.Entry<String, String>> lines = new ArrayList<>();
		for (int row = 0; row < field.rows().size(); row++) {
			String words = field.rows()
				.get(row)
				.stream()
				.filter((cell) -> cell.key() != null && cell.values().stream().anyMatch((text) -> !text.isBlank()))
				.map((cell) -> cell.label() + " " + value(cell))
				.collect(Collectors.joining("，"));
			if (!words.isEmpty()) {
				lines.add(Map.entry(field.label() + " " + (row + 1), words));
			}
		}
		return lines;
	}

	private String value(FormView.Field field) {
		if (field.type().equals("checkbox")) {
			return this.names.text(field.has("true") ? "casework.yes" : "casework.no");
		}
		return field.values()
			.stream()
			.map((value) -> field.options()
				.stream()
				.filter((option) -> String.valueOf(option.value()).equals(value))
				.map((option) -> option.label())
				.findFirst()
				.orElse(value))
			.collect(Collectors.joining("、"));
	}

	private Map<String, Object> read(String data) {
		try {
			return this.json.readValue(data, new TypeReference<>() {
			});
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** What may be asked for, and what a rule refuses. */
	record Offers(List<Turn> allowed, List<No> refused) {

	}

	/**
	 * A turn that a rule refuses now.
	 *
	 * @param turn the turn
	 * @param reason the rule's own words
	 * @param rule the row that says no
	 */
	record No(Turn turn, String reason, Rules.Chip rule) {

	}

	private record Begun(CaseEvent event, Map<String, Object> data) {

	}

	/**
	 * What somebody asked for.
	 *
	 * @param name of the turn, e.g. 申请延期
	 * @param who who asked
	 * @param at when
	 * @param lines labels and values of the form
	 */
	record Asked(String name, Names.Label who, Instant at, Map<String, String> lines) {

	}

}
