package gridcase.replay;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import gridcase.casework.CaseFile;
import gridcase.casework.CaseWays;
import gridcase.casework.CaseWays.Change;
import gridcase.casework.Deadline;
import gridcase.replay.Replay.Drawn;
import gridcase.replay.Replay.Run;
import gridcase.replay.Replay.Step;

/** Which diagrams a case ran through, who called them, in which versions. */
final class PastRuns {

	private static final String BODY = "#multiInstanceBody";

	private final CaseFile file;

	private final CaseWays ways;

	private final List<Step> steps;

	private final List<Deadline> deadlines;

	/** The first and last change of a run. */
	private final Map<String, Change> first = new HashMap<>();

	private final Map<String, Integer> firstStep = new HashMap<>();

	private final Map<String, Integer> lastStep = new HashMap<>();

	PastRuns(CaseFile file, CaseWays ways, List<Step> steps, List<Deadline> deadlines) {
		this.file = file;
		this.ways = ways;
		this.steps = steps;
		this.deadlines = deadlines;
	}

	List<Run> read() {
		for (Step step : this.steps) {
			for (Change change : step.changes()) {
				this.first.putIfAbsent(change.run(), change);
				this.firstStep.putIfAbsent(change.run(), step.number());
				this.lastStep.put(change.run(), step.number());
			}
		}
		List<CaseWays.Run> stored = this.ways.runs(this.file.caseNo())
			.stream()
			.filter((run) -> this.first.containsKey(run.id()))
			.toList();
		Map<String, CaseWays.Run> byId = new HashMap<>();
		stored.forEach((run) -> byId.put(run.id(), run));
		List<Run> runs = new ArrayList<>();
		for (CaseWays.Run run : stored) {
			CaseWays.Run caller = (run.calledBy() != null) ? byId.get(run.calledBy()) : null;
			List<Deadline> limits = this.deadlines.stream().filter((deadline) -> limits(deadline, run)).toList();
			String helper = limits.stream().map(Deadline::leg).filter((leg) -> !leg.isEmpty()).findFirst().orElse(null);
			String unit = (helper != null) ? helper : (limits.isEmpty() || caller == null) ? null : leadUnit(run);
			runs.add(new Run(run.id(), run.key(), unit, helper != null, run.calledBy(),
					(caller != null) ? callElement(run, caller).orElse(null) : null, this.firstStep.get(run.id()),
					(run.to() != null) ? this.lastStep.get(run.id()) : null, versions(run)));
		}
		runs.sort(java.util.Comparator.comparing(Run::first).thenComparing((run) -> run.calledBy() != null));
		return List.copyOf(runs);
	}

	private static boolean limits(Deadline deadline, CaseWays.Run run) {
		// a supervision's own limit is no unit's work
		return !deadline.stage().equals("supervise")
				&& (deadline.scope().equals(run.id()) || deadline.scope().startsWith(run.id() + ":"));
	}

	/** The unit that had the work on the lead's way when the run began. */
	private String leadUnit(CaseWays.Run run) {
		return this.steps.subList(this.firstStep.get(run.id()) - 1, this.steps.size())
			.stream()
			.map((step) -> step.after().holder())
			.filter(Objects::nonNull)
			.map((link) -> link.unit())
			.filter(Objects::nonNull)
			.findFirst()
			.orElse(null);
	}

	/** The element of the caller that was entered in the change in which a run began. */
	private Optional<String> callElement(CaseWays.Run run, CaseWays.Run caller) {
		CaseWays.Diagram diagram = versions(caller).get(0).diagram();
		Change began = this.first.get(run.id());
		return this.steps.get(this.firstStep.get(run.id()) - 1)
			.changes()
			.stream()
			.filter((change) -> change.run().equals(caller.id()) && change.version() == began.version())
			.flatMap((change) -> change.entered().stream())
			.map((id) -> id.replace(BODY, ""))
			.filter((id) -> diagram.nodes().containsKey(id) && run.key().equals(diagram.nodes().get(id).calls()))
			.findFirst();
	}

	/** The versions a run had, by the moves of the case to other versions. */
	private List<Drawn> versions(CaseWays.Run run) {
		List<Drawn> versions = new ArrayList<>();
		int from = this.firstStep.get(run.id());
		for (Step step : this.steps) {
			for (Replay.Told fact : step.facts()) {
				if (fact.kind().equals("CASE_MOVED") && concerns(fact, run, step)) {
					Optional<CaseWays.Diagram> before = before(fact);
					if (before.isPresent()) {
						versions.add(new Drawn(from, before.get()));
						from = step.number();
					}
				}
			}
		}
		versions.add(new Drawn(from, this.ways.diagram(run.definitionId())));
		return versions;
	}

	private boolean concerns(Replay.Told moved, CaseWays.Run run, Step step) {
		Object instance = moved.data().get("instance");
		return (instance != null) ? instance.equals(run.id()) : run.key().equals(moved.data().get("diagram"))
				&& this.firstStep.get(run.id()) <= step.number() && (run.to() == null || !run.to().isBefore(step.at()));
	}

	/** Moves from before events named the version by its id say its number only. */
	private Optional<CaseWays.Diagram> before(Replay.Told moved) {
		Object definition = moved.data().get("definitionBefore");
		if (definition != null) {
			return Optional.of(this.ways.diagram(definition.toString()));
		}
		String key = moved.data().get("diagram").toString();
		int version = ((Number) moved.data().get("from")).intValue();
		return this.ways.diagram(key, this.file.place(), version).or(() -> this.ways.diagram(key, null, version));
	}

}
