package gridcase.replay;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

import gridcase.casework.CaseWays;
import gridcase.casework.CaseWords;
import gridcase.casework.Custody;
import gridcase.casework.RuleWords;
import gridcase.clock.Limit;
import gridcase.clock.LimitUnit;
import gridcase.clock.WorkingCalendar;
import gridcase.clock.WorkingCalendars;
import gridcase.clock.WorkingTimeText;
import gridcase.notice.Deliveries;
import gridcase.policy.DecisionRecord;
import gridcase.policy.Decisions;
import gridcase.policy.TableView;
import gridcase.shared.Acting;
import gridcase.shared.Texts;
import gridcase.web.Light;
import gridcase.web.Times;

import org.springframework.stereotype.Component;

/** Steps of a replay in words: what page, text and API show alike. */
@Component
class StepViews {

	private static final String BUNDLE = "replay";

	private static final String BODY = "#multiInstanceBody";

	/** What alone makes no headline. */
	private static final Set<String> DETAILS = Set.of("DECIDED", "DEADLINE_SET", "HANDED", "CLAIMED", "UNITS_ASSIGNED",
			"TIER_CHANGED", "ARCHIVED", "SCORED", "FACTS_CHANGED");

	private final People people;

	private final FactWords facts;

	private final CaseWords words;

	private final RuleWords rules;

	private final Decisions decisions;

	private final WorkingCalendars calendars;

	private final WorkingTimeText texts;

	private final Times times;

	StepViews(People people, FactWords facts, CaseWords words, RuleWords rules, Decisions decisions,
			WorkingCalendars calendars, WorkingTimeText texts, Times times) {
		this.people = people;
		this.facts = facts;
		this.words = words;
		this.rules = rules;
		this.decisions = decisions;
		this.calendars = calendars;
		this.texts = texts;
		this.times = times;
	}

	/**
	 * A step in words.
	 *
	 * @param number its number, from 1
	 * @param at when
	 * @param look {@code info}, {@code warn}, {@code over}, or an empty text
	 * @param headline the most important of what happened
	 * @param happened all that happened, in order
	 * @param actor who acted
	 * @param actedFor for which absent person, or null
	 * @param duty what the actor was on duty as, or null
	 * @param stage name of the stage after it, or null before the first
	 * @param state the case's state after it, in words
	 * @param owner who was answerable after it, or null
	 * @param ownerMoved whether that was somebody else before
	 * @param holders who had the work after it, the lead first
	 * @param holderMoved whether that was somebody else before
	 * @param watchers who supervised after it
	 * @param clocks limits that run or stand still after it, the next one first
	 * @param met limits that it ended
	 * @param core where the case stood and with whom, before and after
	 * @param facts what is known, changed first
	 * @param decisions tables that were asked
	 * @param messages what people were told
	 * @param files what was attached
	 * @param places where the case is in its diagrams
	 * @param firstSeq number of its first event, 0 if it has none
	 * @param lastSeq number of its last
	 * @param hash hash of its last event, hexadecimal, or null
	 */
	record View(int number, Instant at, String look, String headline, List<Line> happened, People.Who actor,
			People.Who actedFor, String duty, String stage, String state, People.Who owner, boolean ownerMoved,
			List<People.Who> holders, boolean holderMoved, List<People.Who> watchers, List<ClockLine> clocks,
			List<ClockLine> met, List<FactWords.Line> core, List<FactWords.Line> facts, List<Decided> decisions,
			List<Message> messages, List<File> files, List<Place> places, int firstSeq, int lastSeq, String hash) {

		/** Facts that changed. */
		public List<FactWords.Line> changed() {
			return this.facts.stream().filter(FactWords.Line::changed).toList();
		}

		/** Facts that stayed as they were. */
		public List<FactWords.Line> same() {
			return this.facts.stream().filter((line) -> !line.changed()).toList();
		}

		/** The hash as people compare it: both ends. */
		public String hashShort() {
			return (this.hash == null) ? null : this.hash.substring(0, 4) + "…" + this.hash.substring(60);
		}

	}

	/**
	 * One thing that happened.
	 *
	 * @param kind kind of the event
	 * @param look {@code info}, {@code warn}, {@code over}, or an empty text
	 * @param text it as a sentence
	 * @param why the reason given, or null
	 * @param rule the rule that decided, or null
	 * @param detail whether it only says more about another
	 */
	record Line(int seq, String kind, String look, String text, String why, CaseWords.Chip rule, boolean detail) {

	}

	/**
	 * A limit at a moment.
	 *
	 * @param step what it is for
	 * @param unit the helper unit it is for, or null
	 * @param limit the limit, e.g. 2 工作日
	 * @param due when it runs out, null while it stands still
	 * @param pausedAt since when it stands still, or null
	 * @param used time used up
	 * @param light where it stands
	 * @param rule the rule that set it
	 * @param ended when it was met, or null while it is open
	 */
	record ClockLine(int no, String step, String unit, String limit, Instant due, Instant pausedAt, String used,
			Light light, CaseWords.Chip rule, Instant ended) {

	}

	/**
	 * A table that was asked.
	 *
	 * @param table its name
	 * @param key its key
	 * @param version its version then
	 * @param place place whose own it is, or null for a shared one
	 * @param element name of the diagram element that asked, or null
	 * @param answer what it said, in words
	 * @param rows the rows that fired
	 * @param asked what it was asked with, by label
	 */
	record Decided(String table, String key, int version, String place, String element, String answer, List<Row> rows,
			Map<String, String> asked) {

	}

	/** A row that fired, as a sentence. */
	record Row(int number, String id, String sentence, String reason) {

	}

	/** A message and what became of it. */
	record Message(String to, String audience, String channel, String subject, String text, String state, String look) {

	}

	/** A file that was attached. */
	record File(String id, String name, String by, boolean image) {

	}

	/**
	 * Where the case is in one diagram.
	 *
	 * @param run id of the run
	 * @param diagram name of the diagram
	 * @param version its version
	 * @param unit unit whose work it is, or null
	 * @param helper whether that unit helps
	 * @param at names of the elements
	 */
	record Place(String run, String diagram, int version, String unit, boolean helper, List<String> at) {

	}

	/** All steps in words. */
	List<View> all(Replay replay) {
		FactWords.Book book = this.facts.of(replay);
		List<List<Place>> places = places(replay);
		return replay.steps().stream().map((step) -> view(replay, step, book, places)).toList();
	}

	/** One step in words. */
	View one(Replay replay, int number) {
		Replay.Step step = replay.step(number);
		return view(replay, step, this.facts.of(replay), places(replay));
	}

	private View view(Replay replay, Replay.Step step, FactWords.Book book, List<List<Place>> places) {
		Instant at = step.at();
		List<Line> happened = step.facts().stream().map((fact) -> line(replay, fact)).toList();
		List<Place> here = places.get(step.number() - 1);
		Line head = headline(happened);
		Custody ownerBefore = (step.before() != null) ? step.before().owner() : null;
		Custody holderBefore = (step.before() != null) ? step.before().holder() : null;
		return new View(step.number(), at, (head != null) ? head.look() : "",
				(head != null) ? head.text() : silent(replay, step), happened, this.people.person(step.actor(), at),
				(step.actedFor() != null) ? this.people.person(step.actedFor(), at) : null,
				step.actor().equals(Acting.SYSTEM) ? null : this.people.onDuty(step.actor(), at).orElse(null),
				step.after().stageName(), this.words.word("state", step.after().state()),
				(step.after().owner() != null) ? this.people.link(step.after().owner(), at) : null,
				!Replay.same(ownerBefore, step.after().owner()), who(step.after().holders(), at),
				!Replay.same(holderBefore, step.after().holder()), who(step.after().watchers(), at),
				clocks(replay, step), met(replay, step), core(replay, step), book.lines(step),
				step.decisions().stream().map((decision) -> decided(replay, decision)).toList(),
				step.messages().stream().map((message) -> message(message, at)).toList(),
				step.files()
					.stream()
					.map((info) -> new File(info.id().toString(), info.name(),
							this.people.person(info.uploadedBy(), at).name(), info.image()))
					.toList(),
				here, step.facts().isEmpty() ? 0 : step.facts().get(0).seq(),
				step.facts().isEmpty() ? 0 : step.facts().get(step.facts().size() - 1).seq(),
				step.facts().isEmpty() ? null : step.facts().get(step.facts().size() - 1).hash());
	}

	/** Where the case stood and with whom. */
	private List<FactWords.Line> core(Replay replay, Replay.Step step) {
		List<FactWords.Line> lines = new ArrayList<>();
		Replay.State before = step.before();
		Replay.State after = step.after();
		Instant at = step.at();
		core("stage", (before != null) ? before.stageName() : null, after.stageName(), lines);
		core("state", (before != null) ? this.words.word("state", before.state()) : null,
				this.words.word("state", after.state()), lines);
		core("owner", (before != null) ? name(before.owner(), at) : null, name(after.owner(), at), lines);
		core("holder", (before != null) ? name(before.holder(), at) : null, name(after.holder(), at), lines);
		core("due", (before != null) ? due(before) : null, due(after), lines);
		return lines;
	}

	private static void core(String name, String before, String after, List<FactWords.Line> lines) {
		String was = Objects.toString(before, "");
		String is = Objects.toString(after, "");
		lines.add(new FactWords.Line(name, Texts.of(BUNDLE, "replay.core." + name), was, is, !was.equals(is)));
	}

	private String name(Custody link, Instant at) {
		return (link != null) ? this.people.link(link, at).name() : null;
	}

	private String due(Replay.State state) {
		return state.next()
			.map((clock) -> (clock.pausedAt() != null) ? Texts.of(BUNDLE, "replay.core.paused")
					: this.times.brief(clock.dueAt()))
			.orElse(null);
	}

	private Line line(Replay replay, Replay.Told fact) {
		CaseWords.Sentence said = this.words.sentence(replay.file(), fact.event());
		return new Line(fact.seq(), fact.kind(), said.state(), said.text(), said.why(), said.chip(),
				DETAILS.contains(fact.kind()));
	}

	/** What weighs most; of equals what happened first. */
	static Line headline(List<Line> happened) {
		List<String> weights = List.of("", "info", "warn", "over");
		Line best = null;
		for (Line line : happened) {
			if (best == null || weight(line, weights) > weight(best, weights)) {
				best = line;
			}
		}
		return best;
	}

	private static int weight(Line line, List<String> weights) {
		int weight = 2 * weights.indexOf(line.look());
		return line.detail() ? weight - 9 : line.kind().equals("BREACHED") ? weight + 1 : weight;
	}

	/** A diagram went on, and there is nothing else to say of it. */
	private static String silent(Replay replay, Replay.Step step) {
		List<String> names = new ArrayList<>();
		for (CaseWays.Change change : step.changes()) {
			replay.runs().stream().filter((run) -> run.id().equals(change.run())).forEach((run) -> {
				Map<String, CaseWays.Node> nodes = run.at(step.number()).diagram().nodes();
				change.entered()
					.stream()
					.map(nodes::get)
					.filter((node) -> node != null && !node.name().isEmpty())
					.forEach((node) -> names.add(node.name()));
			});
		}
		return names.isEmpty() ? Texts.of(BUNDLE, "replay.silent")
				: Texts.of(BUNDLE, "replay.silent.at", String.join(Texts.of(BUNDLE, "replay.list"), names));
	}

	private List<People.Who> who(List<Custody> links, Instant at) {
		return links.stream().map((link) -> this.people.link(link, at)).toList();
	}

	private List<ClockLine> clocks(Replay replay, Replay.Step step) {
		Replay.Clock next = step.after().next().orElse(null);
		return step.after()
			.clocks()
			.stream()
			.sorted(java.util.Comparator.comparing((Replay.Clock clock) -> clock != next)
				.thenComparing(Replay.Clock::dueAt))
			.map((clock) -> clock(replay, clock, step.at(), null))
			.toList();
	}

	/** Limits that ran before the step and do not after it. */
	private List<ClockLine> met(Replay replay, Replay.Step step) {
		if (step.before() == null) {
			return List.of();
		}
		Set<Integer> open = new java.util.HashSet<>();
		step.after().clocks().forEach((clock) -> open.add(clock.no()));
		WorkingCalendar calendar = this.calendars.forPlace(replay.file().place());
		return step.before().clocks().stream().filter((clock) -> !open.contains(clock.no())).map((clock) -> {
			long left = (clock.pausedAt() != null) ? clock.leftSeconds()
					: calendar.timeBetween(LimitUnit.valueOf(clock.limitUnit()), step.at(), clock.dueAt()).toSeconds();
			return clock(replay,
					new Replay.Clock(clock.no(), clock.stage(), clock.leg(), clock.limitValue(), clock.limitUnit(),
							clock.rule(), clock.startedAt(), clock.dueAt(), clock.pausedAt(), clock.budgetSeconds(),
							left, clock.warnPercent(), clock.light()),
					step.at(), step.at());
		}).toList();
	}

	private ClockLine clock(Replay replay, Replay.Clock clock, Instant at, Instant ended) {
		String place = replay.file().place();
		WorkingCalendar calendar = this.calendars.forPlace(place);
		LimitUnit unit = LimitUnit.valueOf(clock.limitUnit());
		String left = this.texts.remaining(calendar, unit, at, Duration.ofSeconds(clock.leftSeconds()),
				clock.light().equals("OVER"));
		Duration day = unit.countsOfficeTime() ? calendar.officeDay(at) : Duration.ofDays(1);
		String used = this.texts.length(Duration.ofSeconds(Math.max(0, clock.budgetSeconds() - clock.leftSeconds())),
				day);
		return new ClockLine(clock.no(), this.words.word("step", clock.stage()),
				clock.leg().isEmpty() ? null : this.people.unit(clock.leg(), at),
				this.texts.limit(new Limit(clock.limitValue(), unit)),
				(clock.pausedAt() != null) ? null : clock.dueAt(), clock.pausedAt(), used,
				Light.of(clock.light(), left, clock.usedPercent(), clock.warnPercent()),
				this.words.rule(place, clock.rule(), clock.startedAt()), ended);
	}

	private Decided decided(Replay replay, DecisionRecord decision) {
		String place = replay.file().place();
		TableView table = this.decisions.table(decision);
		List<Row> rows = decision.rules()
			.stream()
			.flatMap((rule) -> this.rules.row(table, place, rule).stream())
			.map((row) -> new Row(row.row(), row.id(), row.sentence(), row.reason()))
			.toList();
		Map<String, String> asked = new LinkedHashMap<>();
		table.inputs()
			.forEach((input) -> asked.put(input.label(),
					this.rules.value(place, input.name(), decision.inputs().get(input.name()))));
		String answer = decision.outputs().isEmpty() ? "" : this.rules.answer(table, place, decision.outputs().get(0));
		return new Decided(table.name(), table.key(), table.version(), table.place(),
				element(replay, decision.element()), answer, rows, asked);
	}

	/** Name of an element in whichever diagram has it. */
	static String element(Replay replay, String id) {
		return (id == null) ? null
				: replay.runs()
					.stream()
					.flatMap((run) -> run.versions().stream())
					.map((drawn) -> drawn.diagram().nodes().get(id.replace(BODY, "")))
					.filter((node) -> node != null && !node.name().isEmpty())
					.map(CaseWays.Node::name)
					.findFirst()
					.orElse(null);
	}

	private Message message(Deliveries.Delivery message, Instant at) {
		String to = switch (message.kind()) {
			case PERSON -> this.people.person(message.recipient(), at).name();
			case POOL -> this.words.pool(message.recipient());
			case ADDRESS -> message.recipient();
		};
		String look = switch (message.state()) {
			case "SENT" -> "ok";
			case "FAILED" -> "over";
			case "FAILING" -> "warn";
			default -> "hold";
		};
		return new Message(to, this.words.word("audience", message.audience()),
				this.words.word("noticeChannel", message.channel()), message.subject(), message.text(),
				this.words.word("delivery", message.state()), look);
	}

	/** Where the case is after each step, in every diagram that runs then. */
	private List<List<Place>> places(Replay replay) {
		Map<String, Map<String, Integer>> open = new HashMap<>();
		List<List<Place>> places = new ArrayList<>();
		for (Replay.Step step : replay.steps()) {
			for (CaseWays.Change change : step.changes()) {
				Map<String, Integer> tokens = open.computeIfAbsent(change.run(), (any) -> new TreeMap<>());
				change.entered().forEach((id) -> tokens.merge(id.replace(BODY, ""), 1, Integer::sum));
				change.ended().forEach((id) -> tokens.merge(id.replace(BODY, ""), -1, Integer::sum));
			}
			List<Place> here = new ArrayList<>();
			for (Replay.Run run : replay.runs()) {
				CaseWays.Diagram diagram = run.at(step.number()).diagram();
				List<String> names = new ArrayList<>();
				open.getOrDefault(run.id(), Map.of()).forEach((id, count) -> {
					CaseWays.Node node = diagram.nodes().get(id);
					if (count > 0 && node != null && !node.name().isEmpty()) {
						names.add(node.name());
					}
				});
				if (!names.isEmpty()) {
					here.add(new Place(run.id(), diagram.name(), diagram.version(),
							this.people.unit(run.unit(), step.at()), run.helper(), names));
				}
			}
			places.add(here);
		}
		return places;
	}

}
