package gridcase.casework;

import java.io.StringReader;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;

import gridcase.casework.process.TimeTravel;
import gridcase.casework.process.Turn;
import gridcase.casework.process.Turns;
import gridcase.clock.CalendarLoader;
import gridcase.clock.PlatformClock;
import gridcase.form.FormView;
import gridcase.policy.RuleScope;
import gridcase.registry.Duties;
import gridcase.registry.Place;
import gridcase.registry.Places;
import gridcase.registry.Staff;
import gridcase.registry.StaffDirectory;
import gridcase.shared.Acting;
import gridcase.shared.Refusal;

import org.springframework.stereotype.Component;

/**
 * Does what people and time do to cases, at random but the same again for the same seed.
 * Every choice is made from lists in a fixed order, and every step has its own moment, so
 * that it hardly matters how fast the machine is.
 */
@Component
class Walk {

	private static final List<String> CHANNELS = List.of("GRID_WORKER", "PATROL", "RESIDENT", "HOTLINE", "PETITION",
			"DEPARTMENT", "SMS", "WECHAT", "THIRD_PARTY");

	private static final int OPEN_CASES = 12;

	private static final int REMEMBERED = 20;

	private final CaseActions actions;

	private final Cases cases;

	private final OpenTasks tasks;

	private final TaskForms taskForms;

	private final Turns turns;

	private final TimeTravel travel;

	private final DeadlinePlans plans;

	private final CalendarLoader calendars;

	private final Duties duties;

	private final StaffDirectory staff;

	private final Places places;

	private final PlatformClock clock;

	private final WalkChecks checks;

	/** What was done to each case, the last of it. */
	private final Map<String, Deque<String>> told = new HashMap<>();

	/** How often each kind of action was done, and refused for which reason. */
	private final Map<String, Integer> done = new TreeMap<>();

	private final Set<String> open = new TreeSet<>();

	private final List<String> ended = new ArrayList<>();

	private final List<OpenTask> completed = new ArrayList<>();

	private final Set<String> unchecked = new TreeSet<>();

	/** Whether to walk on after a fault and name all cases that have one. */
	private final boolean goOn = Boolean.getBoolean("walk.all");

	private final Set<String> faulty = new TreeSet<>();

	private final List<String> faults = new ArrayList<>();

	private Random random;

	private WalkForms filler;

	private WalkTime time;

	private Map<String, String> versions = Map.of();

	private long seed;

	private int step;

	private Instant moment;

	private String current;

	Walk(CaseActions actions, Cases cases, OpenTasks tasks, TaskForms taskForms, Turns turns, TimeTravel travel,
			DeadlinePlans plans, CalendarLoader calendars, Duties duties, StaffDirectory staff, Places places,
			PlatformClock clock, WalkChecks checks) {
		this.actions = actions;
		this.cases = cases;
		this.tasks = tasks;
		this.taskForms = taskForms;
		this.turns = turns;
		this.travel = travel;
		this.plans = plans;
		this.calendars = calendars;
		this.duties = duties;
		this.staff = staff;
		this.places = places;
		this.clock = clock;
		this.checks = checks;
	}

	/**
	 * Walks and checks after every step.
	 * @param every after how many steps all cases are checked
	 * @param until the walk never comes to this moment
	 */
	void run(long walkSeed, int steps, int every, Instant until) {
		this.seed = walkSeed;
		this.random = new Random(walkSeed);
		this.filler = new WalkForms(this.random);
		this.time = new WalkTime();
		this.checks.begin(this.time);
		// whatever time it took to start
		this.moment = this.clock.now().truncatedTo(ChronoUnit.HOURS).plus(1, ChronoUnit.HOURS);
		for (this.step = 1; this.step <= steps; this.step++) {
			pass(until, steps - this.step + 1);
			act();
			checkChanged();
			if (this.step % every == 0) {
				checkAll();
			}
		}
		checkAll();
	}

	Map<String, Integer> done() {
		return this.done;
	}

	int reported() {
		return this.told.size();
	}

	// --- time ---

	/** Some time goes by, mostly minutes. */
	private void pass(Instant until, int stepsLeft) {
		int kind = this.random.nextInt(100);
		long seconds = (kind < 60) ? 20 + this.random.nextInt(1_200) : (kind < 88) ? this.random.nextInt(4 * 3_600)
				: (kind < 97) ? this.random.nextInt(30 * 3_600) : this.random.nextInt(5 * 86_400);
		Instant target = this.moment.plusSeconds(seconds);
		if (this.current != null && this.random.nextInt(25) == 0) {
			// to the very end of a limit, a second before or after it
			List<Deadline> running = this.cases.deadlines(this.current).stream().filter(Deadline::running).toList();
			if (!running.isEmpty()) {
				Instant due = this.filler.pick(running).dueAt().plusSeconds(this.random.nextInt(3) - 1);
				target = due.isBefore(target.plus(Duration.ofDays(6))) ? due : target;
			}
		}
		long share = Duration.between(this.moment, until).toSeconds() * 8 / stepsLeft;
		Instant most = this.moment.plusSeconds(Math.max(1, share));
		this.moment = Stream.of(target, most)
			.min(Comparator.naturalOrder())
			.filter(this.moment::isBefore)
			.orElse(this.moment.plusSeconds(1));
		moveTo(this.moment);
	}

	private void moveTo(Instant target) {
		if (target.isAfter(this.clock.now())) {
			try {
				this.travel.moveTo(target);
			}
			catch (RuntimeException ex) {
				throw fault("nobody", List.of("the clock cannot be moved to " + target + ": " + ex), ex);
			}
		}
	}

	// --- actions ---

	private void act() {
		if (this.open.isEmpty() || this.random.nextInt(100) < ((this.open.size() < OPEN_CASES) ? 25 : 3)) {
			report();
			return;
		}
		if (this.current == null || !this.open.contains(this.current) || this.random.nextInt(100) < 35) {
			this.current = this.filler.pick(List.copyOf(this.open));
		}
		String caseNo = this.current;
		int kind = this.random.nextInt(1000);
		if (kind < 560) {
			completeSomeTask(caseNo);
		}
		else if (kind < 620) {
			claim(caseNo);
		}
		else if (kind < 660) {
			release(caseNo);
		}
		else if (kind < 700) {
			completeByStranger(caseNo);
		}
		else if (kind < 730) {
			completeAgain();
		}
		else if (kind < 760) {
			completeSpoilt(caseNo);
		}
		else if (kind < 860) {
			begin(caseNo, true);
		}
		else if (kind < 885) {
			begin(caseNo, false);
		}
		else if (kind < 925) {
			beginAfterTheEnd();
		}
		else if (kind < 955) {
			comment(caseNo);
		}
		else if (kind < 990) {
			urge(caseNo);
		}
		else {
			turnADay();
		}
	}

	private void report() {
		Place place = this.filler
			.pick(this.places.all(this.clock.now()).stream().sorted(Comparator.comparing(Place::code)).toList());
		List<Staff> people = people(place.code());
		String reporter = (this.random.nextInt(4) == 0) ? null : this.filler.pick(people).login();
		Map<String, Object> values = fill((filled) -> this.taskForms.report(place.code(), filled, List.of()), 6);
		String channel = this.filler.pick(CHANNELS);
		Map<String, String> before = this.versions;
		String[] caseNo = new String[1];
		attempt("report", null, "report by " + reporter + " of " + place.code() + " " + channel + " " + values,
				Expect.DONE, () -> caseNo[0] = Acting.as((reporter != null) ? reporter : Acting.SYSTEM,
						() -> this.actions.report(new Report(place.code(), channel, reporter, values))));
		if (caseNo[0] == null || before.containsKey(caseNo[0])) {
			wrong(null, "no new case of " + values, null);
			return;
		}
		this.current = caseNo[0];
		tell(caseNo[0], "reported by " + reporter + " of " + place.code() + " " + channel + " " + values);
	}

	private void completeSomeTask(String caseNo) {
		List<OpenTask> all = tasksOf(caseNo);
		if (all.isEmpty()) {
			return;
		}
		OpenTask task = this.filler.pick(all);
		List<String> able = able(task);
		if (able.isEmpty()) {
			return;
		}
		complete(task, this.filler.pick(able), fill(task, 7), "complete", Expect.EITHER);
	}

	private void complete(OpenTask task, String login, Map<String, Object> values, String kind, Expect expect) {
		boolean accepted = attempt(kind, task.caseNo(),
				kind + " " + task.taskKey() + leg(task) + " by " + login + " " + values, expect,
				() -> Acting.as(login, () -> {
					this.actions.complete(task.taskId(), values);
					return null;
				}));
		if (accepted) {
			this.completed.add(task);
		}
	}

	private static String leg(OpenTask task) {
		return (task.turn() != null) ? "[" + task.turn() + "]" : task.leg().isEmpty() ? "" : "[" + task.leg() + "]";
	}

	private void claim(String caseNo) {
		tasksOf(caseNo).stream().filter((task) -> task.assignee() == null).findFirst().ifPresent((task) -> {
			List<String> able = able(task);
			if (!able.isEmpty()) {
				String login = this.filler.pick(able);
				attempt("claim", caseNo, "claim " + task.taskKey() + leg(task) + " by " + login, Expect.EITHER,
						() -> Acting.as(login, () -> {
							this.actions.claim(task.taskId());
							return null;
						}));
			}
		});
	}

	private void release(String caseNo) {
		tasksOf(caseNo).stream().filter((task) -> task.assignee() != null).findFirst().ifPresent((task) -> {
			boolean own = this.random.nextInt(4) > 0;
			String login = own ? task.assignee() : stranger(task);
			attempt("release", caseNo, "release " + task.taskKey() + leg(task) + " by " + login,
					own ? Expect.EITHER : Expect.REFUSED, () -> Acting.as(login, () -> {
						this.actions.release(task.taskId());
						return null;
					}));
		});
	}

	private void completeByStranger(String caseNo) {
		List<OpenTask> all = tasksOf(caseNo);
		if (!all.isEmpty()) {
			OpenTask task = this.filler.pick(all);
			complete(task, stranger(task), fill(task, 9), "complete-stranger", Expect.REFUSED);
		}
	}

	private void completeAgain() {
		if (!this.completed.isEmpty()) {
			OpenTask task = this.filler.pick(this.completed);
			List<String> able = able(task);
			if (!able.isEmpty()) {
				complete(task, able.get(0), Map.of(), "complete-again", Expect.REFUSED);
			}
		}
	}

	private void completeSpoilt(String caseNo) {
		List<OpenTask> all = tasksOf(caseNo);
		if (!all.isEmpty()) {
			OpenTask task = this.filler.pick(all);
			List<String> able = able(task);
			if (!able.isEmpty()) {
				complete(task, this.filler.pick(able), this.filler.spoil(fill(task, 9)), "complete-spoilt",
						Expect.REFUSED);
			}
		}
	}

	/** Somebody to whom a turn is, or is not, offered begins it. */
	private void begin(String caseNo, boolean offered) {
		CaseFile file = this.cases.get(caseNo);
		List<Turn> all = this.turns.of(new RuleScope(file.place(), file.reportedAt(), this.clock.now()));
		if (all.isEmpty()) {
			return;
		}
		List<String> close = Stream
			.concat(Stream.of(file.owner(), file.holder(), file.reporter()),
					this.cases.custody(caseNo).stream().map(Custody::person))
			.filter(Objects::nonNull)
			.distinct()
			.sorted()
			.toList();
		String login = (!close.isEmpty() && this.random.nextInt(3) > 0) ? this.filler.pick(close)
				: this.filler.pick(people(file.place())).login();
		List<String> keys = this.turns.offered(file, login).stream().map(Turn::key).toList();
		List<Turn> choice = all.stream().filter((turn) -> keys.contains(turn.key()) == offered).toList();
		if (choice.isEmpty()) {
			return;
		}
		Turn turn = this.filler.pick(choice);
		Map<String, Object> values = (turn.form() == null) ? Map.of()
				: fill((filled) -> this.taskForms.view(turn, file, filled, List.of()).orElseThrow(), 6);
		attempt(offered ? "begin" : "begin-unoffered", caseNo, "begin " + turn.key() + " by " + login + " " + values,
				offered ? Expect.EITHER : Expect.REFUSED, () -> Acting.as(login, () -> {
					this.actions.begin(caseNo, turn.key(), values);
					return null;
				}));
	}

	private void beginAfterTheEnd() {
		if (!this.ended.isEmpty()) {
			begin(this.ended.get(Math.max(0, this.ended.size() - 1 - this.random.nextInt(6))), true);
		}
	}

	private void comment(String caseNo) {
		String login = this.filler.pick(people(this.cases.get(caseNo).place())).login();
		boolean blank = this.random.nextInt(5) == 0;
		attempt("comment", caseNo, "comment by " + login, blank ? Expect.REFUSED : Expect.DONE,
				() -> Acting.as(login, () -> {
					this.actions.comment(caseNo, blank ? " " : "已到现场");
					return null;
				}));
	}

	private void urge(String caseNo) {
		String over = (!this.ended.isEmpty() && this.random.nextInt(4) == 0) ? this.filler.pick(this.ended) : null;
		boolean reopened = over != null && this.cases.get(over).open();
		attempt("urge", (over != null) ? over : caseNo, "urge",
				(over == null || reopened) ? Expect.DONE : Expect.REFUSED, () -> {
					this.actions.urge((over != null) ? over : caseNo, "请抓紧");
					return null;
				});
	}

	/** A new holiday notice for a day to come. */
	private void turnADay() {
		LocalDate date = LocalDate.ofInstant(this.clock.now(), this.clock.zone()).plusDays(2 + this.random.nextInt(12));
		if (!this.time.mayTurn(date)) {
			return;
		}
		Instant known = this.clock.now();
		String file = this.time.turn(date, known);
		this.calendars.loadDays(new StringReader(file), CalendarLoader.NATIONAL_DAYS);
		int moved = this.plans.replanAll();
		count("calendar" + ((moved > 0) ? " moved" : " moved nothing"));
		this.open.forEach((caseNo) -> tell(caseNo, "another calendar for " + date));
	}

	// --- doing it ---

	private enum Expect {

		DONE, REFUSED, EITHER

	}

	/**
	 * Does it. Who is refused finds everything as it was.
	 * @return whether it was done
	 */
	private boolean attempt(String kind, String caseNo, String what, Expect expect, Supplier<?> action) {
		Map<String, String> before = this.checks.versions();
		try {
			action.get();
		}
		catch (Refusal refusal) {
			count(kind + " refused " + refusal.kind());
			String how = what + " -> " + refusal.kind() + " " + refusal.getMessage() + " " + refusal.fields();
			tell(caseNo, how);
			if (expect == Expect.DONE) {
				wrong(caseNo, "refused, but nothing speaks against it: " + how, refusal);
			}
			if (expect == Expect.EITHER && refusal.kind() == Refusal.Kind.INVALID && !this.filler.unanswerable()) {
				wrong(caseNo, "the form offers what it refuses: " + how, refusal);
			}
			Map<String, String> after = this.checks.versions();
			if (!before.equals(after)) {
				wrong(caseNo, "a refused action changed " + changed(before, after), refusal);
			}
			return false;
		}
		catch (RuntimeException ex) {
			tell(caseNo, what + " -> " + ex);
			wrong(caseNo, "failed: " + what + ": " + ex, ex);
			return false;
		}
		count(kind);
		tell(caseNo, what);
		if (expect == Expect.REFUSED) {
			wrong(caseNo, "was not refused: " + what, null);
		}
		return true;
	}

	private void wrong(String caseNo, String what, Throwable cause) {
		AssertionError fault = fault(caseNo, List.of(what), cause);
		if (!this.goOn) {
			throw fault;
		}
		this.faults.add(fault.getMessage());
	}

	private void count(String what) {
		this.done.merge(what, 1, Integer::sum);
	}

	private void tell(String caseNo, String what) {
		if (caseNo != null) {
			Deque<String> last = this.told.computeIfAbsent(caseNo, (each) -> new ArrayDeque<>());
			last.add(this.step + " " + this.clock.now() + " " + what);
			if (last.size() > REMEMBERED) {
				last.remove();
			}
		}
	}

	private Map<String, Object> fill(java.util.function.Function<Map<String, Object>, FormView> view, int onward) {
		return this.filler.fill(view, onward, this.clock.now(), this.clock.zone());
	}

	private Map<String, Object> fill(OpenTask task, int onward) {
		CaseFile file = this.cases.get(task.caseNo());
		return (task.form() == null) ? Map.of()
				: fill((filled) -> this.taskForms.view(task, file, filled, List.of()).orElseThrow(), onward);
	}

	private List<OpenTask> tasksOf(String caseNo) {
		return this.tasks.ofCase(caseNo)
			.stream()
			.sorted(Comparator.comparing(OpenTask::taskKey)
				.thenComparing(OpenTask::leg)
				.thenComparing((task) -> Objects.toString(task.turn(), ""))
				.thenComparing(OpenTask::createdAt))
			.toList();
	}

	private List<Staff> people(String place) {
		return this.staff.ofPlace(place, this.clock.now())
			.stream()
			.filter(Staff::active)
			.sorted(Comparator.comparing(Staff::login))
			.toList();
	}

	/** Who may take a task as it stands. */
	private List<String> able(OpenTask task) {
		Instant now = this.clock.now();
		Collection<String> people = new LinkedHashSet<>();
		if (task.assignee() != null) {
			people.add(task.assignee());
		}
		else {
			String[] pool = task.pool().split("@");
			this.duties.holders(pool[0], pool[1], now).forEach((person) -> people.add(person.login()));
		}
		List<String> workers = task.excludesWorkers()
				? this.cases.custody(task.caseNo()).stream().filter(Custody::worked).map(Custody::person).toList()
				: List.of();
		return people.stream()
			.filter((login) -> !task.excluded().contains(login) && !workers.contains(login))
			.sorted()
			.toList();
	}

	/** Somebody who may not touch a task, of its own place or of another. */
	private String stranger(OpenTask task) {
		Instant now = this.clock.now();
		String place = (this.random.nextInt(3) > 0) ? task.place()
				: this.filler.pick(this.places.all(now).stream().map(Place::code).sorted().toList());
		return this.filler.pick(people(place).stream()
			.map(Staff::login)
			.filter((login) -> (task.assignee() != null)
					? !login.equals(task.assignee()) && !this.duties.actingFor(login, now).contains(task.assignee())
					: !this.duties.poolsOf(login, now).contains(task.pool()))
			.toList());
	}

	// --- checking ---

	private static Set<String> changed(Map<String, String> before, Map<String, String> after) {
		Set<String> changed = new TreeSet<>();
		after.forEach((caseNo, version) -> {
			if (!version.equals(before.get(caseNo))) {
				changed.add(caseNo);
			}
		});
		return changed;
	}

	private void checkChanged() {
		Map<String, String> now = this.checks.versions();
		Set<String> touched = changed(this.versions, now);
		this.versions = now;
		check(touched);
		this.unchecked.addAll(touched);
		for (String caseNo : touched) {
			if (this.cases.get(caseNo).open()) {
				this.open.add(caseNo);
			}
			else if (this.open.remove(caseNo)) {
				this.ended.add(caseNo);
			}
		}
	}

	private void checkAll() {
		check(this.checks.versions().keySet());
		report(this.checks.checkChains(this.unchecked));
		this.unchecked.clear();
	}

	private void check(Collection<String> caseNos) {
		report(this.checks.check(caseNos));
	}

	private void report(Map<String, List<String>> faults) {
		faults.forEach((caseNo, found) -> {
			if (!this.faulty.add(caseNo)) {
				return;
			}
			AssertionError fault = fault(caseNo, found, null);
			if (!this.goOn) {
				throw fault;
			}
			this.faults.add(fault.getMessage());
		});
	}

	/** What was found on the way; empty if the walk stops at the first fault. */
	List<String> faults() {
		return this.faults;
	}

	private AssertionError fault(String caseNo, List<String> faults, Throwable cause) {
		return new AssertionError("seed " + this.seed + ", step " + this.step + ", case " + caseNo + " at "
				+ this.clock.now() + ":\n  " + String.join("\n  ", faults) + "\nThe last that was done to it:\n  "
				+ String.join("\n  ", this.told.getOrDefault(caseNo, new ArrayDeque<>())) + "\nAgain: -Dwalk.seed="
				+ this.seed + " -Dwalk.steps=" + this.step, cause);
	}

	// --- the end of every case ---

	/**
	 * Everybody does what brings the cases on; every one of them ends.
	 * @param days how long that may take
	 */
	void bringToAnEnd(int days) {
		Instant last = this.clock.now().plus(Duration.ofDays(days));
		while (!this.open.isEmpty()) {
			boolean moved = false;
			for (String caseNo : List.copyOf(this.open)) {
				this.step++;
				moved |= bringOn(caseNo);
			}
			checkChanged();
			if (!moved) {
				if (this.clock.now().isAfter(last)) {
					String caseNo = this.open.iterator().next();
					wrong(caseNo, "does not end; " + this.open.size() + " cases are stuck; it waits for "
							+ this.tasks.ofCase(caseNo), null);
					this.open.remove(caseNo);
				}
				moveTo(this.clock.now().plus(Duration.ofHours(12)));
				checkChanged();
			}
		}
		checkAll();
	}

	private boolean bringOn(String caseNo) {
		boolean moved = false;
		for (OpenTask task : tasksOf(caseNo)) {
			List<String> able = able(task);
			boolean still = this.tasks.ofCase(caseNo).stream().anyMatch((each) -> each.taskId().equals(task.taskId()));
			boolean rests = this.cases.get(caseNo).suspendedAt() != null && task.turn() == null;
			if (!able.isEmpty() && still && !rests) {
				moved |= bringOn(task, this.filler.pick(able));
			}
		}
		return moved;
	}

	/** The shortest answer first; what a rule says no to, otherwise. */
	private boolean bringOn(OpenTask task, String login) {
		for (int onward = 10; onward >= 7; onward--) {
			Map<String, Object> values = fill(task, onward);
			boolean accepted = attempt("bring on", task.caseNo(),
					"bring on " + task.taskKey() + leg(task) + " by " + login + " " + values, Expect.EITHER,
					() -> Acting.as(login, () -> {
						this.actions.complete(task.taskId(), values);
						return null;
					}));
			if (accepted) {
				return true;
			}
		}
		return false;
	}

}
