package gridcase.casework;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import gridcase.audit.CaseEvent;
import gridcase.audit.EventChain;
import gridcase.clock.Limit;
import gridcase.clock.WorkingCalendar;
import gridcase.notice.Notice;
import gridcase.policy.RuleScope;
import gridcase.shared.Acting;

/**
 * A case within one transaction: what was read, what has been changed, what is to be
 * written when the transaction commits. Obtained from {@link CaseRecords}.
 */
public final class CaseRecord {

	/** How the owner, holder and watchers of a case are told apart in custody. */
	public static final String OWNER = "OWNER";

	public static final String HOLDER = "HOLDER";

	public static final String WATCHER = "WATCHER";

	final String caseNo;

	final String place;

	final Instant reportedAt;

	final String reporter;

	final String gridPath;

	final String process;

	final boolean internal;

	final boolean fresh;

	final int version;

	final Map<String, Object> facts;

	final Map<Integer, Deadline> deadlines = new TreeMap<>();

	final Map<Integer, Deadline> changedDeadlines = new TreeMap<>();

	final Map<Integer, String[]> excuses = new TreeMap<>();

	final List<Deadline> replacedLimits = new ArrayList<>();

	final Map<Integer, Custody> custody = new TreeMap<>();

	final Map<Integer, Custody> changedCustody = new TreeMap<>();

	final Map<String, OpenTask> tasks = new LinkedHashMap<>();

	final Map<String, InboxItem> newItems = new LinkedHashMap<>();

	final Map<String, String> assigned = new LinkedHashMap<>();

	final Map<String, String> repooled = new LinkedHashMap<>();

	final List<String> removedItems = new ArrayList<>();

	/** Who completed which task, for that person's list of what is done. */
	final Map<String, String> doneBy = new LinkedHashMap<>();

	final List<CaseEvent> events = new ArrayList<>();

	final List<Notice> notices = new ArrayList<>();

	final List<Object[]> handOvers = new ArrayList<>();

	final List<String[]> alerts = new ArrayList<>();

	final Map<String, PathStep> path = new LinkedHashMap<>();

	/** The facts as the events up to now tell them. */
	private final Map<String, Object> factsTold;

	private Map<String, Object> lastTold = Map.of();

	private byte[] hashBeforeLast = EventChain.START;

	private final Instant now;

	private final Supplier<WorkingCalendar> calendar;

	private final java.util.function.Function<Object, String> json;

	/** Whom the acting person stands in for in this action, or null. */
	String actingFor;

	String processInstance;

	String ownerBefore;

	String severityBefore;

	private String[] order = new String[2];

	String state = "OPEN";

	String outcome;

	Instant closedAt;

	String stageKey;

	String stageName;

	Instant stageSince;

	int eventSeq;

	byte[] eventHash = EventChain.START;

	final Map<String, String> turns = new TreeMap<>();

	/** Reason of the hand-over in this transaction, for the link it leads to. */
	private String[] passedOn = new String[2];

	Instant suspendedAt;

	Instant difficultSince;

	int deadlineSeq;

	int custodySeq;

	CaseRecord(String caseNo, String place, Instant reportedAt, String reporter, String gridPath, String process,
			boolean internal, boolean fresh, int version, Map<String, Object> facts, Instant now,
			Supplier<WorkingCalendar> calendar, java.util.function.Function<Object, String> json) {
		this.caseNo = caseNo;
		this.place = place;
		this.reportedAt = reportedAt;
		this.reporter = reporter;
		this.gridPath = gridPath;
		this.process = process;
		this.internal = internal;
		this.fresh = fresh;
		this.version = version;
		this.facts = new TreeMap<>(facts);
		this.factsTold = fresh ? new TreeMap<>() : new TreeMap<>(facts);
		this.now = now;
		this.calendar = calendar;
		this.json = json;
	}

	public String caseNo() {
		return this.caseNo;
	}

	public String place() {
		return this.place;
	}

	/** Codes of the grids around the place of the matter, from the root down. */
	public String gridPath() {
		return this.gridPath;
	}

	/** Key of the process it runs through, as its category says. */
	public String process() {
		return this.process;
	}

	/** When it was reported, which decides what releases apply to it. */
	public Instant reportedAt() {
		return this.reportedAt;
	}

	/** Sign-in name of the person who reported, or null for residents. */
	public String reporter() {
		return this.reporter;
	}

	/** For whom rules are looked up in this action. */
	public RuleScope scope() {
		return new RuleScope(this.place, this.reportedAt, this.now);
	}

	/** The moment of this action: one for all that it writes. */
	public Instant now() {
		return this.now;
	}

	/** What is known of the case; to change it use {@link #set}. */
	public Map<String, Object> facts() {
		return Collections.unmodifiableMap(this.facts);
	}

	/**
	 * A fact as text.
	 * @return the text, or empty if unknown
	 */
	public Optional<String> text(String name) {
		return Optional.ofNullable(this.facts.get(name)).map(Object::toString).filter((text) -> !text.isEmpty());
	}

	/**
	 * A count among the facts.
	 * @return the number, 0 if never counted
	 */
	public int count(String name) {
		return (this.facts.get(name) instanceof Number number) ? number.intValue() : 0;
	}

	public void set(String name, Object value) {
		this.facts.put(name, value);
	}

	public void increase(String name) {
		set(name, count(name) + 1);
	}

	public String stageName() {
		return this.stageName;
	}

	/**
	 * The person who acts does so for an absent one: whatever this action records says
	 * so.
	 * @param login sign-in name of the absent person
	 */
	public void actFor(String login) {
		this.actingFor = login;
	}

	/**
	 * Records that something happened.
	 * @param kind what, e.g. {@code STAGE_ENTERED}
	 * @param element id of the diagram element, or null
	 * @param data details; values of JSON types
	 */
	public void event(String kind, String element, Map<String, ?> data) {
		Map<String, Object> told = new TreeMap<>(data);
		putIfKnown(told, "actedFor", this.actingFor);
		FactTrail.apply(this.factsTold, kind, told);
		CaseEvent event = EventChain.next(this.eventHash, this.caseNo, ++this.eventSeq, now(), Acting.current(), kind,
				element, this.json.apply(told));
		this.lastTold = told;
		this.hashBeforeLast = this.eventHash;
		this.eventHash = event.hash();
		this.events.add(event);
	}

	/** The last event of the action tells what no other does of the facts it changed. */
	void tellFacts() {
		Map<String, Object> changed = FactTrail.difference(this.factsTold, this.facts);
		if (changed.isEmpty()) {
			return;
		}
		if (this.events.isEmpty()) {
			event("FACTS_CHANGED", null, Map.of());
		}
		this.lastTold.put(FactTrail.CHANGED, changed);
		FactTrail.apply(this.factsTold, "", this.lastTold);
		CaseEvent last = this.events.get(this.events.size() - 1);
		CaseEvent whole = EventChain.next(this.hashBeforeLast, this.caseNo, last.seq(), last.at(), last.actor(),
				last.kind(), last.element(), this.json.apply(this.lastTold));
		this.eventHash = whole.hash();
		this.events.set(this.events.size() - 1, whole);
	}

	/** The engine's id of the process instance the case runs in. */
	public void startedAs(String processInstanceId) {
		this.processInstance = processInstanceId;
	}

	/**
	 * The engine's id of the process instance the case runs in, or null before it has.
	 */
	public String processInstance() {
		return this.processInstance;
	}

	/** Canonical key of the present stage, or null before the first. */
	public String stageKey() {
		return this.stageKey;
	}

	/** When the case ended, or empty. */
	public Optional<Instant> closedAt() {
		return Optional.ofNullable(this.closedAt);
	}

	/** Whoever is answerable or, once the case has ended, was so last. */
	public Optional<String> lastOwner() {
		return owner().map(Custody::person).or(() -> Optional.ofNullable(this.ownerBefore));
	}

	/** The case's state: {@code OPEN}, or how it ended. */
	public String state() {
		return this.state;
	}

	/** An element of a diagram begins. */
	public void entered(String processInstanceId, String element) {
		pathIn(processInstanceId).entered().add(element);
	}

	/** An element of a diagram is done, or was cancelled. */
	public void ended(String processInstanceId, String element) {
		pathIn(processInstanceId).ended().add(element);
	}

	private PathStep pathIn(String processInstanceId) {
		return this.path.computeIfAbsent(processInstanceId,
				(instance) -> new PathStep(now(), new ArrayList<>(), new ArrayList<>()));
	}

	/** The case is now at this stage of its diagram. */
	public void enterStage(String key, String name, String element) {
		this.stageKey = key;
		this.stageName = name;
		this.stageSince = now();
		event("STAGE_ENTERED", element, Map.of("stage", key, "name", name));
	}

	/** The present stage is called something else in the diagram the case moved to. */
	void stageCalled(String element, String name) {
		if (element.startsWith("Stage_") && name != null) {
			this.stageName = name;
		}
	}

	// --- custody ---

	public Optional<Custody> current(String kind, String leg) {
		return this.custody.values()
			.stream()
			.filter((link) -> link.to() == null && link.kind().equals(kind) && link.leg().equals(leg))
			.reduce((first, second) -> second);
	}

	public Optional<Custody> owner() {
		return current(OWNER, "");
	}

	public Optional<Custody> holder() {
		return current(HOLDER, "");
	}

	/** Open links of every kind, in the order they began. */
	public List<Custody> openCustody() {
		return this.custody.values().stream().filter((link) -> link.to() == null).toList();
	}

	/**
	 * A superior's order moves the case: every hand-over until the commit that has no
	 * reason of its own has this one.
	 * @param reasonCode why, e.g. {@code HANDED_DOWN}
	 * @param reasonText the same in words
	 */
	public void order(String reasonCode, String reasonText) {
		this.order = new String[] { reasonCode, reasonText };
	}

	/**
	 * Hands the work or the answerability on: ends the open link of that kind and leg and
	 * begins a new one. The same person or pool again changes nothing.
	 */
	public void hand(String kind, String leg, String person, String pool, String unit, String role, String reasonCode,
			String reasonText) {
		Optional<Custody> before = current(kind, leg);
		if (before.isPresent() && Objects.equals(before.get().person(), person)
				&& Objects.equals(before.get().pool(), pool) && Objects.equals(before.get().unit(), unit)) {
			return;
		}
		before.ifPresent(this::end);
		boolean reasoned = reasonCode != null || reasonText != null;
		Custody link = new Custody(++this.custodySeq, kind, leg, person, pool, unit, role, false, now(), null, null,
				reasoned ? reasonCode : this.order[0], reasoned ? reasonText : this.order[1], Acting.current(),
				standsInFor(person));
		put(link);
		Map<String, Object> data = new TreeMap<>();
		data.put("kind", kind);
		data.put("leg", leg);
		putIfKnown(data, "person", person);
		putIfKnown(data, "pool", pool);
		putIfKnown(data, "unit", unit);
		putIfKnown(data, "role", role);
		putIfKnown(data, "reasonCode", link.reasonCode());
		putIfKnown(data, "reasonText", link.reasonText());
		event("HANDED", null, data);
	}

	String standsInFor(String person) {
		return Acting.current().equals(person) ? this.actingFor : null;
	}

	/** Adds a watcher (督办) beside those there are. */
	public void watch(String person, String unit, String role, String reason) {
		boolean watches = openCustody().stream()
			.anyMatch((link) -> link.kind().equals(WATCHER) && person.equals(link.person()));
		if (!watches) {
			put(new Custody(++this.custodySeq, WATCHER, "", person, null, unit, role, false, now(), null, null, null,
					reason, Acting.current(), null));
		}
	}

	/**
	 * A unit passes the case on, or wants to.
	 * @param movement {@code REFUSE RETURNED HAND_ON ASSIGN}
	 * @param answer what the rule, or the coordinator, said
	 * @param from the unit
	 * @param to where it goes, or null
	 * @param code reason code, or null
	 * @param text reason in words, or null
	 * @param rule the rule's own words, or null
	 */
	public void handOver(String movement, String answer, String from, String to, String code, String text,
			String rule) {
		this.handOvers.add(new Object[] { this.caseNo, this.eventSeq, this.place, Timestamp.from(now()), movement,
				answer, from, to, Acting.current(), code, text, rule });
		this.passedOn = new String[] { code, text };
	}

	/** Marks the present holder as somebody who worked on the matter itself. */
	public void holderWorks(String leg) {
		current(HOLDER, leg).ifPresent((link) -> put(link.working()));
	}

	void end(Custody link) {
		put(link.ended(now(), workedUntil(now()) - workedUntil(link.from())));
	}

	/**
	 * Office time from the report to a moment, in whole seconds: differences of it add up
	 * without a rest.
	 */
	private long workedUntil(Instant moment) {
		return calendar().workingTimeBetween(this.reportedAt, moment).toSeconds();
	}

	void endCustody(String kind, String leg) {
		current(kind, leg).ifPresent(this::end);
	}

	private void put(Custody link) {
		this.custody.put(link.no(), link);
		this.changedCustody.put(link.no(), link);
	}

	// --- deadlines ---

	/** The open deadline of a stage in a process instance, if there is one. */
	public Optional<Deadline> openDeadline(String stage, String instance) {
		return this.deadlines.values()
			.stream()
			.filter((deadline) -> deadline.doneAt() == null && deadline.stage().equals(stage)
					&& (deadline.scope().equals(instance) || deadline.scope().startsWith(instance + ":")))
			.findFirst();
	}

	/** Deadlines that run, breached ones included. */
	public List<Deadline> openDeadlines() {
		return this.deadlines.values().stream().filter((deadline) -> deadline.doneAt() == null).toList();
	}

	/** The calendar the case's place works by. */
	public WorkingCalendar calendar() {
		return this.calendar.get();
	}

	/**
	 * Starts a deadline now.
	 * @param leg empty for the lead, the unit code for a helper
	 * @param used what earlier deadlines of the same stage have used up of the limit
	 */
	public Deadline open(String stage, String scope, String leg, Limit limit, int warnPercent, String rule,
			Duration used) {
		Deadline deadline = Deadline.start(++this.deadlineSeq, stage, scope, text("tier").orElse(null), leg, limit,
				warnPercent, rule, used, now(), calendar());
		put(deadline);
		event("DEADLINE_SET", null, Map.of("stage", stage, "due", deadline.dueAt().toString(), "value", limit.value(),
				"unit", limit.unit().name(), "warn", deadline.warnAt().toString(), "rule", rule));
		return deadline;
	}

	/** All running deadlines stand still (挂账). */
	public void pauseDeadlines() {
		openDeadlines().stream()
			.filter(Deadline::running)
			.forEach((deadline) -> move(deadline, "SUSPENDED", (each) -> each.paused(now(), calendar())));
	}

	/** Deadlines that stand still run again, each with what it had left. */
	public void resumeDeadlines() {
		openDeadlines().stream()
			.filter((deadline) -> deadline.pausedAt() != null)
			.forEach((deadline) -> move(deadline, "RESUMED", (each) -> each.resumed(now(), calendar())));
	}

	/**
	 * Grants more time (延期).
	 * @param deadline a deadline that is not breached
	 * @param more time as the deadline's unit counts it
	 */
	public void extend(Deadline deadline, Duration more) {
		move(deadline, "EXTENDED", (each) -> each.extended(more, now(), calendar()));
	}

	/**
	 * Counts the same budget on the calendar as it is now.
	 * @return whether the due moment moved
	 */
	public boolean replan(Deadline deadline) {
		if (deadline.replanned(now(), calendar()).dueAt().equals(deadline.dueAt())) {
			return false;
		}
		move(deadline, "CALENDAR_CHANGED", (each) -> each.replanned(now(), calendar()));
		return true;
	}

	/**
	 * Another limit applies from now on; what applied before stays on record.
	 * @param deadline a deadline that is not breached
	 * @param limit the new limit
	 * @param warnPercent its warning share
	 * @param rule table, version and rule that say so
	 */
	public void reset(Deadline deadline, Limit limit, int warnPercent, String rule) {
		this.replacedLimits.add(deadline);
		move(deadline, "LIMIT_CHANGED", (each) -> each.reset(limit, warnPercent, rule, now(), calendar()));
	}

	/** The breach of a deadline is excused; that it happened stays. */
	public void excuse(Deadline deadline, String reason, String reviewers) {
		put(deadline.excused(now()));
		this.excuses.put(deadline.no(), new String[] { reason, reviewers });
		increase("excused");
		event("BREACH_EXCUSED", null, Map.of("no", deadline.no(), "stage", deadline.stage(), "breached",
				deadline.breachedAt().toString(), "reason", reason, "reviewers", reviewers));
	}

	private void move(Deadline before, String why, UnaryOperator<Deadline> change) {
		Deadline after = change.apply(before);
		put(after);
		Map<String, Object> data = new TreeMap<>(Map.of("no", before.no(), "stage", before.stage(), "why", why,
				"dueBefore", before.dueAt().toString(), "due", after.dueAt().toString(), "leftSeconds",
				after.leftSeconds(), "ruleBefore", before.rule(), "rule", after.rule()));
		data.put("limitBefore", before.limitValue().toPlainString() + " " + before.limitUnit());
		data.put("limit", after.limitValue().toPlainString() + " " + after.limitUnit());
		event("DEADLINE_MOVED", null, data);
	}

	/** What the deadlines of that scope were for is done. */
	public void finish(String scope) {
		List<Deadline> open = this.deadlines.values()
			.stream()
			.filter((deadline) -> deadline.doneAt() == null && deadline.scope().equals(scope))
			.toList();
		open.forEach((deadline) -> put(deadline.done(now())));
	}

	/**
	 * The deadline of that scope has run out.
	 * @return the deadline, or empty if it was known before
	 */
	public Optional<Deadline> breach(String scope) {
		Optional<Deadline> due = this.deadlines.values()
			.stream()
			.filter((deadline) -> deadline.doneAt() == null && deadline.breachedAt() == null
					&& deadline.scope().equals(scope))
			.findFirst();
		due.ifPresent((deadline) -> {
			put(deadline.breached(now()));
			increase("breaches");
			event("BREACHED", null,
					Map.of("stage", deadline.stage(), "due", deadline.dueAt().toString(), "rule", deadline.rule()));
		});
		return due;
	}

	/** The warning of that deadline has been given. */
	public void warn(Deadline deadline) {
		put(deadline.warned(now()));
		event("WARNED", null, Map.of("stage", deadline.stage(), "due", deadline.dueAt().toString()));
	}

	private void put(Deadline deadline) {
		this.deadlines.put(deadline.no(), deadline);
		this.changedDeadlines.put(deadline.no(), deadline);
	}

	/** The deadline that runs out first, the supervision's own not counted. */
	Optional<Deadline> nextDeadline() {
		return Deadline.next(openDeadlines());
	}

	// --- turns: processes beside the loop ---

	/** A turn has begun. */
	public void turnBegan(String instance, String key) {
		this.turns.put(instance, key);
	}

	/** A turn is over. */
	public void turnEnded(String instance) {
		this.turns.remove(instance);
	}

	/** The turns that are open: key by process instance. */
	public Map<String, String> openTurns() {
		return Map.copyOf(this.turns);
	}

	/** Since when the case is suspended (挂账), or empty. */
	public Optional<Instant> suspendedAt() {
		return Optional.ofNullable(this.suspendedAt);
	}

	/** The case rests: its deadlines stand still and no step of the loop may be done. */
	public void suspend() {
		this.suspendedAt = now();
		set("suspended", true);
		increase("suspensionCount");
		pauseDeadlines();
	}

	/** The case goes on with what its deadlines had left. */
	public void resume() {
		this.suspendedAt = null;
		set("suspended", false);
		resumeDeadlines();
	}

	/** Puts the case on the list of difficult cases (疑难案卷), or takes it off. */
	public void difficult(boolean on) {
		this.difficultSince = on ? now() : null;
		set("difficult", on);
	}

	// --- the end ---

	/**
	 * Ends the case: nobody holds it any longer and no deadline runs.
	 * @param newState {@code CLOSED}, {@code NOT_FILED}, {@code MERGED},
	 * {@code WITHDRAWN} or {@code VOIDED}
	 * @param newOutcome how it ended, a word for reports
	 */
	public void close(String newState, String newOutcome) {
		this.state = newState;
		this.outcome = newOutcome;
		this.closedAt = now();
		this.suspendedAt = null;
		this.difficultSince = null;
		set("suspended", false);
		set("difficult", false);
		event("CLOSED", null, Map.of("state", newState, "outcome", newOutcome));
	}

	/**
	 * The case is open again (复开) and about to begin anew in its diagram. Whoever was
	 * answerable last is so again.
	 * @param owner sign-in name of that person, or null
	 */
	public void reopen(String owner) {
		this.state = "OPEN";
		this.outcome = null;
		this.closedAt = null;
		this.processInstance = null;
		increase("reopenCount");
		set("reopenedAt", now().toString());
		event("REOPENED", null, Map.of("count", count("reopenCount")));
		if (owner != null) {
			hand(OWNER, "", owner, null, null, null, null, null);
		}
	}

	// --- open tasks ---

	/**
	 * A task waits for somebody: it appears in the inbox and, on the lead's way, the work
	 * is in that pool's or person's hands.
	 */
	public void openTask(InboxItem item) {
		this.newItems.put(item.taskId(), item);
		if (item.leg().isEmpty() && item.turn() == null) {
			hand(HOLDER, "", item.assignee(), (item.assignee() != null) ? null : item.pool(), item.unit(), null,
					this.passedOn[0], this.passedOn[1]);
			this.passedOn = new String[2];
		}
	}

	/** Somebody took a task, or gave it back to its pool. */
	public void assignTask(String taskId, String login) {
		if (this.newItems.containsKey(taskId)) {
			this.newItems.put(taskId, this.newItems.get(taskId).assigned(login, now()));
		}
		else {
			this.assigned.put(taskId, login);
		}
	}

	/** A superior's people may take the task from now on, whoever had it before. */
	public void moveTask(OpenTask task, String pool) {
		if (this.newItems.computeIfPresent(task.taskId(), (id, item) -> item.moved(pool)) == null) {
			this.repooled.put(task.taskId(), pool);
		}
		if (task.leg().isEmpty()) {
			hand(HOLDER, "", null, pool, task.unit(), null, null, null);
		}
	}

	/**
	 * A task goes back to a pool, with the reason; work that was begun stays such work
	 * for whoever takes it up.
	 */
	void returnTask(OpenTask task, String pool, String reasonCode, String reasonText) {
		this.repooled.put(task.taskId(), pool);
		if (task.turn() == null && (task.leg().isEmpty() || current(HOLDER, task.leg()).isPresent())) {
			handBack(task.leg(), pool, task.unit(), reasonCode, reasonText);
		}
	}

	/** The work waits in a pool again, as far as it was done. */
	void handBack(String leg, String pool, String unit, String reasonCode, String reasonText) {
		boolean begun = current(HOLDER, leg).map(Custody::worked).orElse(false);
		hand(HOLDER, leg, null, pool, unit, null, reasonCode, reasonText);
		if (begun) {
			holderWorks(leg);
		}
	}

	/** Tasks that are open now, those opened in this transaction included. */
	public List<OpenTask> openTasks() {
		List<OpenTask> open = new ArrayList<>();
		this.tasks.values().stream().filter((task) -> !this.removedItems.contains(task.taskId())).forEach(open::add);
		this.newItems.values()
			.forEach((item) -> open
				.add(new OpenTask(item.taskId(), this.caseNo, this.place, item.taskKey(), item.name(), item.form(),
						item.pool(), item.assignee(), item.unit(), item.leg(), item.excludesWorkers(), item.excluded(),
						this.processInstance != null && !item.processInstance().equals(this.processInstance),
						item.turn(), item.turnName(), item.createdAt(), null, null, null, item.deadlineNo(),
						standsInFor(item.assignee()))));
		return open;
	}

	/** A task that was open when the case was read. */
	OpenTask task(String taskId) {
		return this.tasks.get(taskId);
	}

	/** Somebody completes a task. */
	void completedBy(String login, String taskId) {
		this.doneBy.put(taskId, login);
	}

	/** A task is done or no longer wanted. */
	public void removeTask(String taskId) {
		if (this.newItems.remove(taskId) == null) {
			this.removedItems.add(taskId);
		}
	}

	void endEverything() {
		openCustody().forEach(this::end);
		openDeadlines().forEach((deadline) -> put(deadline.done(now())));
	}

	public void tell(Notice notice) {
		this.notices.add(notice);
	}

	/** Puts something on the operator's page. */
	public void alert(String kind, String message) {
		this.alerts.add(new String[] { kind, message });
		event("OPERATOR_ALERTED", null, Map.of("kind", kind, "message", message));
	}

	private static void putIfKnown(Map<String, Object> data, String key, Object value) {
		if (value != null) {
			data.put(key, value);
		}
	}

}
