package gridcase.replay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import gridcase.casework.CaseWays;
import gridcase.clock.WorkingCalendar;
import gridcase.clock.WorkingCalendars;
import gridcase.shared.Texts;
import gridcase.web.WorkingTimes;

import org.springframework.stereotype.Component;

/** How the diagrams of a case look after a step. */
@Component
class DiagramStates {

	private static final Pattern WORK = Pattern.compile(".*(Task|Activity|subProcess|transaction)|task");

	private static final int OPEN = 5;

	private final WorkingCalendars calendars;

	private final WorkingTimes times;

	private final People people;

	private final ObjectMapper json = new ObjectMapper();

	DiagramStates(WorkingCalendars calendars, WorkingTimes times, People people) {
		this.calendars = calendars;
		this.times = times;
		this.people = people;
	}

	/**
	 * A diagram after a step.
	 *
	 * @param run id of the run
	 * @param definition the engine's id of the version
	 * @param name name of the diagram, with the unit whose work it is
	 * @param version what is said of the version
	 * @param calledBy id of the run that called it, or null
	 * @param callElement id of the element that called it, or null
	 * @param open whether it is shown without being asked for
	 * @param running whether it still runs after the step
	 * @param nodes what it had come to, by element
	 * @param flows ids of the flows it had taken
	 * @param over ids of the elements at which a limit ran out in this step
	 */
	record Picture(String run, String definition, String name, String version, String calledBy, String callElement,
			boolean open, boolean running, Map<String, Mark> nodes, Set<String> flows, Set<String> over) {

	}

	/**
	 * A visited element.
	 *
	 * @param times how often
	 * @param now whether the case is there
	 * @param hot whether it was entered or left in this step
	 * @param text office time spent there, or null if it is none
	 */
	record Mark(int times, boolean now, boolean hot, String text) {

	}

	/** The case's own diagram first, then those it called and took beside. */
	List<Picture> of(Replay replay, int step) {
		WorkingCalendar calendar = this.calendars.forPlace(replay.file().place());
		List<Replay.Run> begun = replay.runs().stream().filter((run) -> run.first() <= step).toList();
		Replay.Run main = begun.stream()
			.filter((run) -> run.calledBy() == null && run.key().equals(replay.file().process()))
			.reduce((first, second) -> second)
			.orElse(null);
		List<Replay.Run> order = new ArrayList<>();
		if (main != null) {
			order.add(main);
		}
		begun.stream().filter((run) -> run != main && run.ran(step)).forEach(order::add);
		begun.stream().filter((run) -> run != main && !run.ran(step)).forEach(order::add);
		List<Picture> pictures = new ArrayList<>();
		for (Replay.Run run : order) {
			boolean open = run == main || (run.ran(step) && pictures.size() < OPEN);
			pictures.add(picture(replay, run, step, open, calendar));
		}
		return pictures;
	}

	private Picture picture(Replay replay, Replay.Run run, int step, boolean open, WorkingCalendar calendar) {
		Way way = Way.of(replay, run, step, calendar);
		CaseWays.Diagram diagram = run.at(step).diagram();
		boolean breached = replay.step(step).breached();
		Map<String, Mark> nodes = new LinkedHashMap<>();
		Set<String> over = new TreeSet<>();
		way.nodes().forEach((id, visit) -> {
			CaseWays.Node node = diagram.nodes().get(id);
			if (node == null) {
				return;
			}
			boolean works = WORK.matcher(node.kind()).matches() && visit.worked().compareTo(Duration.ofMinutes(1)) >= 0;
			nodes.put(id, new Mark(visit.times(), visit.now(), visit.hot(),
					works ? this.times.minutes(replay.file().place(), visit.worked().toMinutes()) : null));
			if (breached && visit.hot() && (node.kind().equals("boundaryEvent") || node.kind().equals("startEvent"))
					&& replay.step(step)
						.changes()
						.stream()
						.anyMatch((change) -> change.run().equals(run.id()) && change.entered().contains(id))
					&& replay.step(step).number() > run.first()) {
				over.add(id);
			}
		});
		String unit = this.people.unit(run.unit(), replay.step(step).at());
		String name = (unit == null) ? diagram.name()
				: Texts.of("replay", run.helper() ? "replay.run.helper" : "replay.run.lead", diagram.name(), unit);
		return new Picture(run.id(), diagram.definitionId(), name,
				Texts.of("replay", diagram.own() ? "replay.version.own" : "replay.version.shared",
						Integer.toString(diagram.version())),
				run.calledBy(), run.callElement(), open, run.last() == null || run.last() > step, nodes, way.flows(),
				over);
	}

	/** For the script that draws them. */
	String json(List<Picture> pictures) {
		try {
			return this.json.writeValueAsString(pictures);
		}
		catch (JsonProcessingException ex) {
			throw new IllegalStateException("The state of a diagram cannot be written", ex);
		}
	}

}
