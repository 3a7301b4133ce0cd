package gridcase.mining;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import gridcase.audit.Access;
import gridcase.audit.AccessLog;
import gridcase.casework.DrawnProcesses;
import gridcase.mining.Mining.Cases;
import gridcase.mining.Mining.Diagram;
import gridcase.mining.Mining.Figure;
import gridcase.mining.MiningAccess.Asked;
import gridcase.registry.Roles;
import gridcase.security.CurrentPerson;
import gridcase.shared.FieldProblem;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;

import org.springframework.stereotype.Component;

/** What pages and API both do: ask for a selection, bring it up to date, count. */
@Component
class MiningDesk {

	private final MiningAccess access;

	private final Collector collector;

	private final Mining mining;

	private final DrawnProcesses processes;

	private final AccessLog log;

	MiningDesk(MiningAccess access, Collector collector, Mining mining, DrawnProcesses processes, AccessLog log) {
		this.access = access;
		this.collector = collector;
		this.mining = mining;
		this.processes = processes;
		this.log = log;
	}

	/** A selection, brought up to date as far as that takes no time. */
	Chosen choose(CurrentPerson person, Selection selection) {
		Asked asked = this.access.asked(person, selection.place(), selection.from(), selection.to(),
				selection.category());
		return new Chosen(asked, this.collector.bring(asked.scope()));
	}

	/**
	 * The selection another is compared with: as asked for, else the time just before at
	 * the same place.
	 */
	Chosen other(CurrentPerson person, Asked one, Selection selection) {
		boolean elsewhere = selection.place() != null && !selection.place().isBlank()
				&& !selection.place().equals(one.place().code());
		long days = one.to().toEpochDay() - one.from().toEpochDay();
		LocalDate to = (selection.to() != null) ? selection.to() : elsewhere ? one.to() : one.from().minusDays(1);
		LocalDate from = (selection.from() != null) ? selection.from() : to.minusDays(days);
		String category = (selection.category() != null) ? selection.category() : one.category();
		return choose(person, new Selection(elsewhere ? selection.place() : one.place().code(), from, to, category));
	}

	/**
	 * The diagram that is shown.
	 * @param diagrams the diagrams of the selection
	 * @param asked id of one of them, or null for the most used
	 * @throws Refusal if it is none of them
	 */
	Diagram diagram(List<Diagram> diagrams, String asked) {
		return diagrams.stream()
			.filter((each) -> asked == null || asked.isBlank() || each.id().equals(asked))
			.findFirst()
			.orElseThrow(() -> Refusal.invalid(List.of(new FieldProblem("diagram", Texts.of("mining", "mining.diagram"),
					Texts.of("mining", "mining.refused.diagram")))));
	}

	/** A diagram with what happened at its elements, for the viewer. */
	Map<String, Object> drawn(MiningScope scope, Diagram diagram) {
		Map<String, Object> drawn = new LinkedHashMap<>();
		drawn.put("bpmn", this.processes.bpmn(diagram.id()));
		drawn.put("diagram", diagram);
		drawn.put("elements", this.mining.heat(scope, diagram.id()));
		return drawn;
	}

	/** The cases behind a figure; that somebody looked at them is on record. */
	Cases cases(CurrentPerson person, Asked asked, Figure figure, int page) {
		Map<String, Object> details = new TreeMap<>(
				Map.of("from", asked.from().toString(), "to", asked.to().toString()));
		Map<String, Object> known = new HashMap<>();
		known.put("category", asked.category());
		known.put("variant", figure.variant());
		known.put("loop", figure.loop());
		known.put("measure", figure.measure());
		known.put("element", figure.element());
		known.put("fromUnit", figure.fromUnit());
		known.put("toUnit", figure.toUnit());
		known.put("stage", figure.stage());
		known.put("week", (figure.week() != null) ? figure.week().toString() : null);
		known.forEach((name, value) -> {
			if (value != null) {
				details.put(name, value);
			}
		});
		this.log.record(new Access(person.login(), asked.place().code(), "CASES_SEARCHED", "mining",
				asked.place().code(), details, null));
		Cases found = this.mining.cases(asked.scope(), figure, page);
		// what a case is about is not an administrator's business
		return person.has(Roles.AUDITOR) ? found
				: new Cases(found.total(), found.lines().stream().map(Mining.Line::withoutTitle).toList());
	}

	/**
	 * What somebody wants to look at; null where anything will do.
	 *
	 * @param place place code
	 * @param from first day
	 * @param to last day
	 * @param category code of a category or class
	 */
	record Selection(String place, LocalDate from, LocalDate to, String category) {

	}

	/**
	 * A selection that may be looked at.
	 *
	 * @param asked the selection
	 * @param behind how many of its cases are not put together as they are now
	 */
	record Chosen(Asked asked, int behind) {

	}

}
