package gridcase.replay;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import gridcase.casework.CaseWays;
import gridcase.casework.CaseWays.Change;
import gridcase.clock.WorkingCalendar;

/**
 * How far a run had come in its diagram at a step.
 *
 * @param nodes what it had come to, by element, in the order it first did
 * @param flows ids of the sequence flows it had taken
 */
public record Way(Map<String, Visit> nodes, Set<String> flows) {

	private static final String BODY = "#multiInstanceBody";

	/**
	 * How an element was visited up to a step.
	 *
	 * @param times how often it was entered
	 * @param now whether the case is there
	 * @param hot whether it was entered or left in this very step
	 * @param worked office time spent there, all visits together
	 */
	public record Visit(int times, boolean now, boolean hot, Duration worked) {

	}

	/**
	 * Looks at a run as it was after a step.
	 * @param replay the case
	 * @param run one of its runs
	 * @param step number of the step
	 * @param calendar counts the office time
	 */
	public static Way of(Replay replay, Replay.Run run, int step, WorkingCalendar calendar) {
		Map<String, Count> counts = new LinkedHashMap<>();
		Set<String> flows = new LinkedHashSet<>();
		Set<String> waiting = new HashSet<>();
		Instant end = replay.step(step).at();
		for (Replay.Step each : replay.steps().subList(0, Math.min(step, replay.steps().size()))) {
			for (Change change : each.changes()) {
				if (change.run().equals(run.id())) {
					count(change, counts, calendar, each.number() == step);
					follow(change, run.at(each.number()).diagram(), waiting, flows);
				}
			}
		}
		// each instance of a repeated element would count beside the whole
		List.copyOf(counts.keySet()).stream().filter((id) -> id.endsWith(BODY)).forEach((body) -> {
			String id = body.replace(BODY, "");
			Count one = counts.get(id);
			Count whole = counts.remove(body);
			if (one != null) {
				whole.hot |= one.hot;
			}
			counts.put(id, whole);
		});
		Map<String, Visit> nodes = new LinkedHashMap<>();
		counts.forEach((id, count) -> nodes.put(id,
				new Visit(count.times, count.open() > 0, count.hot, count.worked(end, calendar))));
		return new Way(nodes, flows);
	}

	private static void count(Change change, Map<String, Count> counts, WorkingCalendar calendar, boolean hot) {
		change.entered().forEach((id) -> {
			Count count = counts.computeIfAbsent(id, (any) -> new Count());
			count.times++;
			count.since.add(change.at());
			count.hot |= hot;
		});
		change.ended().forEach((id) -> {
			Count count = counts.computeIfAbsent(id, (any) -> new Count());
			if (!count.since.isEmpty()) {
				count.worked = count.worked.plus(calendar.workingTimeBetween(count.since.remove(0), change.at()));
			}
			count.hot |= hot;
		});
	}

	/**
	 * The engine keeps no record of flows. One was taken if the element it leaves was
	 * done and the one it leads to was begun in one change, or the latter was the next
	 * that followed upon the former.
	 */
	private static void follow(Change change, CaseWays.Diagram diagram, Set<String> waiting, Set<String> flows) {
		Set<String> entered = plain(change.entered());
		Set<String> left = new LinkedHashSet<>(waiting);
		plain(change.ended()).stream().filter((id) -> !stillOpen(change, id)).forEach(left::add);
		Set<String> used = new HashSet<>();
		for (CaseWays.Flow flow : diagram.flows()) {
			if (left.contains(flow.from()) && entered.contains(flow.to())) {
				flows.add(flow.id());
				used.add(flow.from());
			}
		}
		Set<String> cancelled = new TreeSet<>();
		entered.stream()
			.map((id) -> diagram.nodes().get(id))
			.filter((node) -> node != null && node.attachedTo() != null)
			.forEach((node) -> cancelled.add(node.attachedTo()));
		waiting.clear();
		left.stream().filter((id) -> !used.contains(id) && !cancelled.contains(id)).forEach(waiting::add);
	}

	/** Of a repeated element one instance ended, not the whole. */
	private static boolean stillOpen(Change change, String id) {
		boolean repeated = Stream.concat(change.entered().stream(), change.ended().stream())
			.anyMatch((each) -> each.equals(id + BODY));
		return repeated && !change.ended().contains(id + BODY);
	}

	private static Set<String> plain(List<String> ids) {
		Set<String> plain = new LinkedHashSet<>();
		ids.forEach((id) -> plain.add(id.replace(BODY, "")));
		return plain;
	}

	private static final class Count {

		private int times;

		private boolean hot;

		private Duration worked = Duration.ZERO;

		private final List<Instant> since = new ArrayList<>();

		int open() {
			return this.since.size();
		}

		Duration worked(Instant end, WorkingCalendar calendar) {
			Duration sum = this.worked;
			for (Instant from : this.since) {
				sum = sum.plus(calendar.workingTimeBetween(from, end));
			}
			return sum;
		}

	}

}
