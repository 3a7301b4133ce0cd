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

	private final TaskForms forms;

	private final Names names;

	private final ObjectMapper json = new ObjectMapper();

	TurnPages(Turns turns, TaskForms forms, Names names) {
		this.turns = turns;
		this.forms = forms;
		this.names = names;
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
				.forEach((field) -> lines.put(field.label(), value(field))));
		return new Asked(String.valueOf(begun.data().get("name")), this.names.person(begun.event().actor()),
				begun.event().at(), lines);
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
