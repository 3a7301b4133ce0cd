package gridcase.casework.web;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import gridcase.audit.CaseEvent;
import gridcase.audit.CaseTrail;
import gridcase.casework.Attachments;
import gridcase.casework.CaseFile;
import gridcase.casework.Cases;
import gridcase.casework.Clocks;
import gridcase.casework.Custody;
import gridcase.casework.Deadline;
import gridcase.casework.OpenTask;
import gridcase.casework.OpenTasks;
import gridcase.casework.PersonalSight;
import gridcase.casework.Remaining;
import gridcase.casework.StageView;
import gridcase.casework.process.CaseDiagrams;
import gridcase.clock.Limit;
import gridcase.clock.LimitUnit;
import gridcase.clock.PlatformClock;
import gridcase.clock.WorkingTimeText;
import gridcase.notice.Deliveries;
import gridcase.registry.Duties;
import gridcase.security.CurrentPerson;
import gridcase.web.Light;
import gridcase.web.WorkingTimes;

import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** Puts together what the case page shows. */
@Component
class CasePages {

	/** Width of the custody bar in its own units; 40 of it are labels. */
	private static final int BAR = 780;

	private final Cases cases;

	private final OpenTasks tasks;

	private final CaseDiagrams diagrams;

	private final CaseTrail trail;

	private final Attachments attachments;

	private final Deliveries deliveries;

	private final Timeline timeline;

	private final Names names;

	private final Rules rules;

	private final Clocks clocks;

	private final TurnPages turns;

	private final WorkingTimes times;

	private final WorkingTimeText texts;

	private final PlatformClock clock;

	private final Duties duties;

	private final PersonalSight sight;

	CasePages(Cases cases, OpenTasks tasks, CaseDiagrams diagrams, CaseTrail trail, Attachments attachments,
			Deliveries deliveries, Timeline timeline, Names names, Rules rules, Clocks clocks, TurnPages turns,
			WorkingTimes times, WorkingTimeText texts, PlatformClock clock, Duties duties, PersonalSight sight) {
		this.cases = cases;
		this.tasks = tasks;
		this.diagrams = diagrams;
		this.trail = trail;
		this.attachments = attachments;
		this.deliveries = deliveries;
		this.timeline = timeline;
		this.names = names;
		this.rules = rules;
		this.clocks = clocks;
		this.turns = turns;
		this.times = times;
		this.texts = texts;
		this.clock = clock;
		this.duties = duties;
		this.sight = sight;
	}

	/**
	 * The case as this person may see it; the platform's administrator may see every
	 * case.
	 */
	CaseFile file(String caseNo, CurrentPerson person) {
		return (person.place() == null) ? this.cases.get(caseNo) : this.cases.get(caseNo, person.login());
	}

	String limit(Deadline deadline) {
		return this.texts.limit(new Limit(deadline.limitValue(), LimitUnit.valueOf(deadline.limitUnit())));
	}

	List<Attachments.Info> photos(String caseNo) {
		return this.attachments.ofCase(caseNo).stream().filter(Attachments.Info::image).limit(6).toList();
	}

	/** Fills the model of the page, all but the task's form. */
	void fill(CaseFile file, CurrentPerson person, boolean all, Model model) {
		List<Deadline> deadlines = this.cases.deadlines(file.caseNo());
		Deadline deadline = Deadline.next(deadlines).orElse(null);
		model.addAttribute("file", file);
		model.addAttribute("names", this.names);
		model.addAttribute("me", person);
		if (deadline != null) {
			model.addAttribute("deadline", deadline);
			model.addAttribute("light", light(this.clocks.of(file.place(), deadline)));
			model.addAttribute("limit", limit(deadline));
			model.addAttribute("rule", this.rules.of(file.place(), deadline.rule(), deadline.startedAt()));
		}
		model.addAttribute("category", this.names.category(file.place(), file.fact("category")));
		model.addAttribute("owner", (file.owner() != null) ? this.names.person(file.owner()) : null);
		model.addAttribute("holder", this.names.holder(file.holder(), file.holderPool()));
		model.addAttribute("holderUsed", (file.open() && file.holderSince() != null)
				? minutes(file, file.holderSince(), this.clock.now()) : null);
		model.addAttribute("stages", stages(file));
		List<CaseEvent> events = this.trail.of(file.caseNo());
		Map<Integer, List<String>> notes = this.timeline.limits(events);
		model.addAttribute("deadlines",
				deadlines.stream().map((each) -> line(file, each, notes.getOrDefault(each.no(), List.of()))).toList());
		List<Custody> custody = this.cases.custody(file.caseNo());
		model.addAttribute("links", custody.stream().map((link) -> link(file, link)).toList());
		model.addAttribute("bar", bar(file, custody));
		model.addAttribute("events", this.timeline.of(file, events, all, this.sight.seesLog(file, person)));
		model.addAttribute("personal", this.sight.of(file, person));
		model.addAttribute("all", all);
		model.addAttribute("turns", this.turns.offered(file, person));
		model.addAttribute("facts", facts(file));
		model.addAttribute("attachments", this.attachments.ofCase(file.caseNo()));
		model.addAttribute("notices", this.deliveries.ofCase(file.caseNo()).stream().map(this::told).toList());
	}

	private String pool(String pool) {
		Names.Label label = this.names.pool(pool);
		return (label.duty() != null) ? label.duty() + " " + label.name() : label.name();
	}

	private ToldLine told(Deliveries.Delivery delivery) {
		String who = switch (delivery.kind()) {
			case PERSON -> this.names.person(delivery.recipient()).name();
			case POOL -> pool(delivery.recipient());
			case ADDRESS -> delivery.recipient();
		};
		String state = delivery.state().equals("SENT") ? "ok"
				: delivery.state().equals("FAILED") ? "over" : delivery.state().equals("FAILING") ? "warn" : "hold";
		return new ToldLine(delivery, this.names.word("audience", delivery.audience()), who,
				this.names.word("noticeChannel", delivery.channel()), this.names.word("delivery", delivery.state()),
				state);
	}

	/** A light for pages; null without a limit. */
	static Light light(Remaining remaining) {
		return (remaining != null)
				? Light.of(remaining.light(), remaining.text(), remaining.usedPercent(), remaining.warnPercent())
				: null;
	}

	private DeadlineLine line(CaseFile file, Deadline deadline, List<String> notes) {
		boolean done = deadline.doneAt() != null;
		String used = done ? minutes(file, deadline.startedAt(), deadline.doneAt()) : null;
		return new DeadlineLine(deadline, this.names.word("step", deadline.stage()), limit(deadline),
				this.rules.of(file.place(), deadline.rule(), deadline.startedAt()),
				done ? null : light(this.clocks.of(file.place(), deadline)), used, notes);
	}

	private List<StageLine> stages(CaseFile file) {
		List<StageLine> lines = new ArrayList<>();
		for (StageView stage : this.diagrams.stages(file)) {
			String used = switch (stage.state()) {
				case "DONE" ->
					(stage.since() != null && stage.until() != null) ? minutes(file, stage.since(), stage.until()) : "";
				case "NOW" -> this.names.text("casework.stage.used",
						minutes(file, (stage.since() != null) ? stage.since() : file.stageSince(), this.clock.now()));
				default -> this.names.text("casework.stage.todo");
			};
			lines.add(new StageLine(stage.name(), stage.state(), used));
		}
		return lines;
	}

	private CustodyLine link(CaseFile file, Custody link) {
		// what the platform writes there itself is the trigger of an escalation
		String reason = (link.reasonText() != null) ? this.names.word("trigger", link.reasonText())
				: this.names.word("reason", link.reasonCode());
		String orderedBy = (link.reasonCode() != null && link.orderedBy() != null)
				? this.names.person(link.orderedBy()).name() : null;
		String used = (link.workingSeconds() != null) ? this.times.minutes(file.place(), link.workingSeconds() / 60)
				: file.open() ? minutes(file, link.from(), this.clock.now()) : "";
		return new CustodyLine(link, who(link),
				(link.unit() != null && !link.unit().isEmpty()) ? this.names.unit(link.unit()) : null,
				this.names.word("custody", link.kind()), used, reason, orderedBy);
	}

	private Names.Label who(Custody link) {
		Names.Label who = this.names.holder(link.person(), link.pool());
		return (link.actingFor() == null) ? who : new Names.Label(
				this.names.text("casework.event.actedFor", who.name(), this.names.person(link.actingFor()).name()),
				who.duty());
	}

	/**
	 * The bar: who was answerable above, who had the work below, width by working time.
	 */
	private Bar bar(CaseFile file, List<Custody> custody) {
		Instant end = (file.closedAt() != null) ? file.closedAt() : this.clock.now();
		long whole = Math.max(1, this.times.minutesBetween(file.place(), file.reportedAt(), end));
		return new Bar(segments(file, custody, "OWNER", end, whole), segments(file, custody, "HOLDER", end, whole),
				file.reportedAt(), end, this.times.minutes(file.place(), whole));
	}

	private List<Segment> segments(CaseFile file, List<Custody> custody, String kind, Instant end, long whole) {
		List<Segment> segments = new ArrayList<>();
		boolean even = false;
		for (Custody link : custody) {
			if (!link.kind().equals(kind) || !link.leg().isEmpty()) {
				continue;
			}
			Instant to = (link.to() != null) ? link.to() : end;
			double from = 40
					+ BAR * (double) this.times.minutesBetween(file.place(), file.reportedAt(), link.from()) / whole;
			long minutes = this.times.minutesBetween(file.place(), link.from(), to);
			double width = Math.max(2, BAR * (double) minutes / whole - 1.5);
			Names.Label who = this.names.holder(link.person(), link.pool());
			String label = who.name() + "　" + this.times.minutes(file.place(), minutes);
			String fits = (width > 15 * label.length()) ? label : (width > 15 * who.name().length()) ? who.name() : "";
			String look = kind.equals("OWNER") ? "o" : (link.person() == null) ? "wait" : even ? "b" : "a";
			even = !even;
			segments.add(new Segment(round(from), round(width), round(from + 8), look, fits, label));
		}
		return segments;
	}

	private static double round(double value) {
		return Math.round(value * 10) / 10.0;
	}

	private Map<String, String> facts(CaseFile file) {
		Map<String, String> facts = new LinkedHashMap<>();
		put(facts, "category", this.names.category(file.place(), file.fact("category")));
		put(facts, "grid", this.names.grid(file.fact("gridCode")));
		put(facts, "address", file.fact("address"));
		put(facts, "tier", this.names.tier(file.place(), file.facts().get("tier")));
		put(facts, "loop", this.names.word("loop", file.facts().get("loop")));
		put(facts, "channel", this.names.word("channel", file.fact("channel")));
		put(facts, "units", this.names.unit(file.facts().get("leadUnit")));
		put(facts, "handDown", file.fact("handDownText"));
		put(facts, "dispatchNote", file.fact("dispatchNote"));
		put(facts, "result", file.fact("resultText"));
		put(facts, "verify", file.fact("verifyText"));
		put(facts, "closing", file.fact("closingText"));
		put(facts, "satisfaction", this.names.word("satisfaction", file.fact("satisfaction")));
		put(facts, "followUp", file.fact("followUpText"));
		put(facts, "mergeInto", file.fact("mergeInto"));
		return facts;
	}

	private void put(Map<String, String> facts, String name, String value) {
		if (value != null && !value.isBlank()) {
			facts.put(this.names.text("casework.fact." + name), value);
		}
	}

	private String minutes(CaseFile file, Instant from, Instant to) {
		return this.times.minutes(file.place(), this.times.minutesBetween(file.place(), from, to));
	}

	/** What was asked for in the turn a task belongs to, or empty. */
	Optional<TurnPages.Asked> asked(CaseFile file, OpenTask task) {
		return (task == null || task.turn() == null) ? Optional.empty()
				: this.turns.asked(file, task, this.trail.of(file.caseNo()));
	}

	/** Tasks of the case a person has or may take, own ones first. */
	List<OpenTask> mine(CaseFile file, CurrentPerson person) {
		List<String> absent = this.duties.actingFor(person.login(), this.clock.now());
		return this.tasks.ofCase(file.caseNo())
			.stream()
			.filter((task) -> person.login().equals(task.assignee())
					|| (task.assignee() != null && absent.contains(task.assignee()))
					|| (task.assignee() == null && person.pools().contains(task.pool())))
			.sorted(java.util.Comparator.comparing((OpenTask task) -> task.assignee() == null))
			.toList();
	}

	/** Tasks of the case others have or may take. */
	List<TaskLine> others(CaseFile file, CurrentPerson person) {
		List<OpenTask> mine = mine(file, person);
		return this.tasks.ofCase(file.caseNo())
			.stream()
			.filter((task) -> !mine.contains(task))
			.map((task) -> new TaskLine(task, this.names.holder(task.assignee(), task.pool())))
			.toList();
	}

	/** A task somebody else has to do. */
	record TaskLine(OpenTask task, Names.Label who) {

	}

	/** A step of the ribbon. */
	record StageLine(String name, String state, String used) {

	}

	/** A line of the table of limits. */
	record DeadlineLine(Deadline deadline, String step, String limit, Rules.Chip rule, Light light, String used,
			List<String> notes) {

		public String state() {
			return (this.light != null) ? this.light.state() : (this.deadline.breachedAt() != null) ? "over" : "ok";
		}

	}

	/** A message that was told. */
	record ToldLine(Deliveries.Delivery told, String as, String who, String channel, String state, String light) {

	}

	/** A line of the chain of responsibility. */
	record CustodyLine(Custody link, Names.Label who, String unit, String kind, String used, String reason,
			String orderedBy) {

	}

	/** The chain of responsibility as a bar. */
	record Bar(List<Segment> owners, List<Segment> holders, Instant from, Instant to, String whole) {

	}

	/** A piece of the bar. */
	record Segment(double x, double width, double textX, String look, String fits, String label) {

	}

}
