package gridcase.replay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.Set;
import java.util.function.Function;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import gridcase.audit.CaseEvent;
import gridcase.audit.CaseTrail;
import gridcase.casework.Attachments;
import gridcase.casework.CaseFile;
import gridcase.casework.CaseWays;
import gridcase.casework.Cases;
import gridcase.casework.Custody;
import gridcase.casework.Deadline;
import gridcase.casework.FactTrail;
import gridcase.clock.WorkingCalendars;
import gridcase.notice.Deliveries;
import gridcase.policy.Decisions;
import gridcase.replay.Replay.Step;
import gridcase.replay.Replay.Told;
import gridcase.shared.Acting;

import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Tells cases again from their stored rows: a fixed number of queries by case number,
 * however many steps there are.
 */
@Component
public class Replays {

	private static final TypeReference<Map<String, Object>> VALUES = new TypeReference<>() {
	};

	private final CaseTrail trail;

	private final CaseWays ways;

	private final Cases cases;

	private final Decisions decisions;

	private final Deliveries deliveries;

	private final Attachments attachments;

	private final WorkingCalendars calendars;

	private final TransactionTemplate reading;

	private final ObjectMapper json = new ObjectMapper();

	Replays(CaseTrail trail, CaseWays ways, Cases cases, Decisions decisions, Deliveries deliveries,
			Attachments attachments, WorkingCalendars calendars, PlatformTransactionManager transactions) {
		this.trail = trail;
		this.ways = ways;
		this.cases = cases;
		this.decisions = decisions;
		this.deliveries = deliveries;
		this.attachments = attachments;
		this.calendars = calendars;
		this.reading = new TransactionTemplate(transactions);
		this.reading.setReadOnly(true);
	}

	/** A case told from its first moment to now. */
	public Replay of(CaseFile file) {
		return this.reading.execute((status) -> tell(file));
	}

	private Replay tell(CaseFile file) {
		List<Moment> moments = moments(file);
		allot(this.decisions.ofCase(file.caseNo()), (decision) -> decision.at(), moments, false,
				(moment) -> moment.decisions);
		allot(this.deliveries.ofCase(file.caseNo()), (message) -> message.at(), moments, false,
				(moment) -> moment.messages);
		allot(this.attachments.ofCase(file.caseNo()), (info) -> info.uploadedAt(), moments, true,
				(moment) -> moment.files);
		List<Custody> custody = this.cases.custody(file.caseNo());
		List<Deadline> deadlines = this.cases.deadlines(file.caseNo());
		PastClocks clocks = new PastClocks(deadlines, this.calendars.forPlace(file.place()));
		boolean older = moments.get(0).events.stream().noneMatch((event) -> event.data.containsKey(FactTrail.CHANGED));
		Map<String, Object> facts = new TreeMap<>();
		Standing standing = new Standing();
		List<Step> steps = new ArrayList<>();
		Replay.State before = null;
		int events = 0;
		for (Moment moment : moments) {
			for (Event event : moment.events) {
				apply(facts, event, older);
				clocks.tell(event.event.kind(), event.event.at(), event.data);
				standing.tell(event);
			}
			Replay.State after = new Replay.State(standing.state, standing.stageKey, standing.stageName,
					standing.suspended, Collections.unmodifiableMap(new TreeMap<>(facts)),
					links(custody, "OWNER", moment.at).stream().findFirst().orElse(null),
					links(custody, "HOLDER", moment.at), links(custody, "WATCHER", moment.at), clocks.at(moment.at));
			steps.add(step(steps.size() + 1, moment, before, after));
			events += moment.events.size();
			before = after;
		}
		return new Replay(file, List.copyOf(steps), new PastRuns(file, this.ways, steps, deadlines).read(), events,
				same(facts, file.facts()));
	}

	/** Events grouped by the action they belong to: those of one moment. */
	private List<Moment> moments(CaseFile file) {
		List<Moment> moments = new ArrayList<>();
		for (CaseEvent event : this.trail.of(file.caseNo())) {
			Moment last = moments.isEmpty() ? null : moments.get(moments.size() - 1);
			if (last == null || !last.at.equals(event.at())) {
				last = new Moment(event.at());
				moments.add(last);
			}
			last.events.add(new Event(event, read(event.data())));
		}
		if (moments.isEmpty()) {
			throw new IllegalStateException("Case " + file.caseNo() + " has no events");
		}
		Map<Instant, Moment> byTime = new HashMap<>();
		moments.forEach((moment) -> byTime.put(moment.at, moment));
		for (CaseWays.Change change : this.ways.changes(file.caseNo())) {
			byTime.computeIfAbsent(change.at(), (at) -> {
				// a diagram that went on without anything to tell
				Moment silent = new Moment(at);
				int place = moments.size();
				while (place > 0 && moments.get(place - 1).at.isAfter(at)) {
					place--;
				}
				moments.add(place, silent);
				return silent;
			}).changes.add(change);
		}
		return moments;
	}

	/** What has a time of its own goes to the action it was part of. */
	private static <T> void allot(List<T> things, Function<T, Instant> time, List<Moment> moments, boolean ahead,
			Function<Moment, List<T>> shelf) {
		for (T thing : things) {
			Instant at = time.apply(thing);
			int place = 0;
			if (ahead) {
				// files are sent before the form they belong to
				while (place < moments.size() - 1 && moments.get(place).at.isBefore(at)) {
					place++;
				}
			}
			else {
				while (place < moments.size() - 1 && !moments.get(place + 1).at.isAfter(at)) {
					place++;
				}
			}
			shelf.apply(moments.get(place)).add(thing);
		}
	}

	private static void apply(Map<String, Object> facts, Event event, boolean older) {
		FactTrail.apply(facts, event.event.kind(), event.data);
		if (older && event.event.kind().equals("DECIDED") && event.data.get("outputs") instanceof Map<?, ?> outputs) {
			// a case from before events told which answers became facts
			outputs.forEach((name, value) -> facts.put(name.toString(), value));
		}
	}

	private static List<Custody> links(List<Custody> custody, String kind, Instant at) {
		return custody.stream()
			.filter((link) -> link.kind().equals(kind) && !link.from().isAfter(at)
					&& (link.to() == null || link.to().isAfter(at)))
			.sorted(java.util.Comparator.comparing((Custody link) -> !link.leg().isEmpty()).thenComparing(Custody::no))
			.toList();
	}

	private static Step step(int number, Moment moment, Replay.State before, Replay.State after) {
		List<Told> told = moment.events.stream()
			.map((event) -> new Told(event.event.seq(), event.event.kind(), event.event.element(),
					HexFormat.of().formatHex(event.event.hash()), event.data, event.event))
			.toList();
		String actor = moment.events.stream()
			.map((event) -> event.event.actor())
			.filter((login) -> !login.equals(Acting.SYSTEM))
			.findFirst()
			.orElse(Acting.SYSTEM);
		String actedFor = moment.events.stream()
			.map((event) -> event.data.get("actedFor"))
			.filter(Objects::nonNull)
			.map(Object::toString)
			.findFirst()
			.orElse(null);
		return new Step(number, moment.at, actor, actedFor, told, before, after, List.copyOf(moment.decisions),
				List.copyOf(moment.messages), List.copyOf(moment.files), List.copyOf(moment.changes));
	}

	private static boolean same(Map<String, Object> told, Map<String, Object> stored) {
		Set<String> names = new TreeSet<>(told.keySet());
		names.addAll(stored.keySet());
		return names.stream().allMatch((name) -> FactTrail.same(told.get(name), stored.get(name)));
	}

	private Map<String, Object> read(String data) {
		try {
			return this.json.readValue(data, VALUES);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private record Event(CaseEvent event, Map<String, Object> data) {

	}

	/** What belongs to one action. */
	private static final class Moment {

		private final Instant at;

		private final List<Event> events = new ArrayList<>();

		private final List<CaseWays.Change> changes = new ArrayList<>();

		private final List<gridcase.policy.DecisionRecord> decisions = new ArrayList<>();

		private final List<Deliveries.Delivery> messages = new ArrayList<>();

		private final List<Attachments.Info> files = new ArrayList<>();

		Moment(Instant at) {
			this.at = at;
		}

	}

	/** Where the case is, as far as it has been told. */
	private static final class Standing {

		private String state = "OPEN";

		private String stageKey;

		private String stageName;

		private boolean suspended;

		void tell(Event event) {
			switch (event.event.kind()) {
				case "STAGE_ENTERED" -> {
					this.stageKey = event.data.get("stage").toString();
					this.stageName = event.data.get("name").toString();
				}
				case "CLOSED" -> {
					this.state = event.data.get("state").toString();
					this.suspended = false;
				}
				case "CASE_MOVED" -> this.stageName = Objects.toString(event.data.get("stageName"), this.stageName);
				case "REOPENED" -> this.state = "OPEN";
				case "SUSPENDED" -> this.suspended = true;
				case "SUSPENSION_ENDED" -> this.suspended = false;
				default -> {
					// says nothing of where the case is
				}
			}
		}

	}

}
