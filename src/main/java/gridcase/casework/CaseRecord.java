package gridcase.casework;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.ToIntBiFunction;

import gridcase.audit.CaseEvent;
import gridcase.audit.EventChain;
import gridcase.notice.Notice;
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

	final boolean fresh;

	final int version;

	final Map<String, Object> facts;

	final Map<Integer, Deadline> deadlines = new TreeMap<>();

	final Map<Integer, Deadline> changedDeadlines = new TreeMap<>();

	final Map<Integer, Custody> custody = new TreeMap<>();

	final Map<Integer, Custody> changedCustody = new TreeMap<>();

	final Map<String, OpenTask> tasks = new LinkedHashMap<>();

	final Map<String, InboxItem> newItems = new LinkedHashMap<>();

	final Map<String, String> assigned = new LinkedHashMap<>();

	final Map<String, String> repooled = new LinkedHashMap<>();

	final List<String> removedItems = new ArrayList<>();

	final List<CaseEvent> events = new ArrayList<>();

	final List<Notice> notices = new ArrayList<>();

	final List<String[]> alerts = new ArrayList<>();

	final Map<String, PathStep> path = new LinkedHashMap<>();

	private final Instant now;

	private final ToIntBiFunction<Instant, Instant> workingMinutes;

	private final java.util.function.Function<Object, String> json;

	String processInstance;

	String state = "OPEN";

	String outcome;

	Instant closedAt;

	String stageKey;

	String stageName;

	Instant stageSince;

	int eventSeq;

	byte[] eventHash = EventChain.START;

	int deadlineSeq;

	int custodySeq;

	CaseRecord(String caseNo, String place, Instant reportedAt, String reporter, String gridPath, boolean fresh,
			int version, Map<String, Object> facts, Instant now, ToIntBiFunction<Instant, Instant> workingMinutes,
			java.util.function.Function<Object, String> json) {
		this.caseNo = caseNo;
		this.place = place;
		this.reportedAt = reportedAt;
		this.reporter = reporter;
		this.gridPath = gridPath;
		this.fresh = fresh;
		this.version = version;
		this.facts = new TreeMap<>(facts);
		this.now = now;
		this.workingMinutes = workingMinutes;
		this.json = json;
	}

	public String caseNo() {
		return this.caseNo;
	}

	public String place() {
		return this.place;
	}

	/** Sign-in name of the person who reported, or null for residents. */
	public String reporter() {
		return this.reporter;
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
	 * Records that something happened.
	 * @param kind what, e.g. {@code STAGE_ENTERED}
	 * @param element id of the diagram element, or null
	 * @param data details; values of JSON types
	 */
	public void event(String kind, String element, Map<String, ?> data) {
		CaseEvent event = EventChain.next(this.eventHash, this.caseNo, ++this.eventSeq, now(), Acting.current(), kind,
				element, this.json.apply(data));
		this.eventHash = event.hash();
		this.events.add(event);
	}

	/** The engine's id of the process instance the case runs in. */
	public void startedAs(String processInstanceId) {
		this.processInstance = processInstanceId;
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
		Custody link = new Custody(++this.custodySeq, kind, leg, person, pool, unit, role, false, now(), null, null,
				reasonCode, reasonText, Acting.current());
		put(link);
		Map<String, Object> data = new TreeMap<>();
		data.put("kind", kind);
		data.put("leg", leg);
		putIfKnown(data, "person", person);
		putIfKnown(data, "pool", pool);
		putIfKnown(data, "unit", unit);
		putIfKnown(data, "role", role);
		putIfKnown(data, "reasonCode", reasonCode);
		putIfKnown(data, "reasonText", reasonText);
		event("HANDED", null, data);
	}

	/** Adds a watcher (督办) beside those there are. */
	public void watch(String person, String unit, String role, String reason) {
		boolean watches = openCustody().stream()
			.anyMatch((link) -> link.kind().equals(WATCHER) && person.equals(link.person()));
		if (!watches) {
			put(new Custody(++this.custodySeq, WATCHER, "", person, null, unit, role, false, now(), null, null, null,
					reason, Acting.current()));
		}
	}

	/** Marks the present holder as somebody who worked on the matter itself. */
	public void holderWorks(String leg) {
		current(HOLDER, leg).ifPresent((link) -> put(link.working()));
	}

	void end(Custody link) {
		put(link.ended(now(), this.workingMinutes.applyAsInt(link.from(), now())));
	}

	void endCustody(String kind, String leg) {
		current(kind, leg).ifPresent(this::end);
	}

	private void put(Custody link) {
		this.custody.put(link.no(), link);
		this.changedCustody.put(link.no(), link);
	}

	// --- deadlines ---

	/** The running deadline of a stage in that scope, if there is one. */
	public Optional<Deadline> openDeadline(String stage, String scope) {
		return this.deadlines.values()
			.stream()
			.filter((deadline) -> deadline.doneAt() == null && deadline.stage().equals(stage)
					&& deadline.scope().equals(scope))
			.findFirst();
	}

	/** Deadlines that run, breached ones included. */
	public List<Deadline> openDeadlines() {
		return this.deadlines.values().stream().filter((deadline) -> deadline.doneAt() == null).toList();
	}

	/** Starts a deadline now. */
	public Deadline open(String stage, String scope, BigDecimal value, String unit, int warnPercent, String rule,
			Instant warnAt, Instant dueAt) {
		Deadline deadline = new Deadline(++this.deadlineSeq, stage, scope, value, unit, warnPercent, rule, now(),
				warnAt, dueAt, null, null, null);
		put(deadline);
		event("DEADLINE_SET", null, Map.of("stage", stage, "due", dueAt.toString(), "value", value, "unit", unit,
				"warn", warnAt.toString(), "rule", rule));
		return deadline;
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
		BinaryOperator<Deadline> earlier = (first, second) -> second.dueAt().isBefore(first.dueAt()) ? second : first;
		return openDeadlines().stream().filter((deadline) -> !deadline.stage().equals("supervise")).reduce(earlier);
	}

	// --- the end ---

	/**
	 * Ends the case: nobody holds it any longer and no deadline runs.
	 * @param newState {@code CLOSED}, {@code NOT_FILED} or {@code MERGED}
	 * @param newOutcome how it ended, a word for reports
	 */
	public void close(String newState, String newOutcome) {
		this.state = newState;
		this.outcome = newOutcome;
		this.closedAt = now();
		event("CLOSED", null, Map.of("state", newState, "outcome", newOutcome));
	}

	// --- open tasks ---

	/**
	 * A task waits for somebody: it appears in the inbox and, on the lead's way, the work
	 * is in that pool's or person's hands.
	 */
	public void openTask(InboxItem item) {
		this.newItems.put(item.taskId(), item);
		if (item.leg().isEmpty()) {
			hand(HOLDER, "", item.assignee(), (item.assignee() != null) ? null : item.pool(), item.unit(), null, null,
					null);
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
		this.repooled.put(task.taskId(), pool);
		if (task.leg().isEmpty()) {
			hand(HOLDER, "", null, pool, task.unit(), null, null, null);
		}
	}

	/** A task that was open when the case was read. */
	OpenTask task(String taskId) {
		return this.tasks.get(taskId);
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
