package gridcase.casework;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

import gridcase.casework.process.Audience;
import gridcase.casework.process.Steps;
import gridcase.clock.PlatformClock;
import gridcase.registry.Duties;
import gridcase.registry.Duty;
import gridcase.registry.Grids;
import gridcase.registry.OnDuty;
import gridcase.registry.RegistryLoaded;
import gridcase.registry.Roles;
import gridcase.registry.Staff;
import gridcase.registry.StaffDirectory;
import gridcase.registry.Unit;
import gridcase.registry.Units;
import gridcase.shared.Acting;
import gridcase.shared.BackgroundWork;
import gridcase.shared.Texts;
import org.camunda.bpm.engine.TaskService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.stereotype.Component;

/**
 * A case is never without a holder or watcher: when people leave, their duty ends or
 * their unit closes, what they had goes to whoever is there for it. Looks after every
 * change of the registry, at the start and hourly; each case is set right in a
 * transaction of its own that looks again under the lock of the case, so that nothing is
 * lost or done twice, whoever stops in the middle and however many servers do it.
 */
@Component
public class HolderWatch extends BackgroundWork {

	private static final Logger log = LoggerFactory.getLogger(HolderWatch.class);

	private static final Set<String> KINDS = Set.of("units", "staff", "duties", "shifts", "absences");

	private static final String LEFT = "HOLDER_LEFT";

	private static final String DUTY_ENDED = "DUTY_ENDED";

	private static final String UNIT_CLOSED = "UNIT_CLOSED";

	private static final String NOBODY = "NOBODY_ON_DUTY";

	private final JdbcTemplate jdbc;

	private final CaseRecords records;

	private final Steps steps;

	private final TaskService engine;

	private final Audience audience;

	private final Duties duties;

	private final StaffDirectory staff;

	private final Units units;

	private final Grids grids;

	private final PlatformClock clock;

	HolderWatch(JdbcTemplate jdbc, CaseRecords records, Steps steps, TaskService engine, Audience audience,
			Duties duties, StaffDirectory staff, Units units, Grids grids, PlatformClock clock,
			@Value("${camunda.bpm.job-execution.enabled:true}") boolean enabled) {
		super("holders", "Could not look for cases that miss somebody; tried again in an hour", enabled);
		this.jdbc = jdbc;
		this.records = records;
		this.steps = steps;
		this.engine = engine;
		this.audience = audience;
		this.duties = duties;
		this.staff = staff;
		this.units = units;
		this.grids = grids;
		this.clock = clock;
	}

	/**
	 * Finds the cases somebody is missing from and sets each right. A case that cannot be
	 * set right is logged and tried again the next time.
	 * @return how many cases were looked into
	 */
	public int sweep() {
		Set<String> cases = missing(this.clock.now());
		for (String caseNo : cases) {
			try {
				Acting.as(Acting.SYSTEM, () -> this.steps.run(() -> {
					setRight(this.records.open(caseNo));
					return null;
				}));
			}
			catch (RuntimeException ex) {
				log.error("Case {} misses somebody and could not be set right; tried again within the hour", caseNo,
						ex);
			}
		}
		return cases.size();
	}

	/** Numbers of cases of which a task, its holder, owner or watcher needs somebody. */
	private Set<String> missing(Instant now) {
		Set<String> cases = new TreeSet<>();
		this.jdbc.query("select distinct assignee, acting_for, pool, unit from inbox_item", (row) -> {
			String assignee = row.getString(1);
			String pool = row.getString(3);
			String unit = row.getString(4);
			if (why(assignee, row.getString(2), pool, unit, now).isPresent()) {
				cases.addAll(this.jdbc.queryForList(
						"select case_no from inbox_item where assignee is not distinct from ? and pool is not distinct from ? "
								+ "and unit is not distinct from ?",
						String.class, assignee, pool, unit));
			}
		});
		this.jdbc.query(
				"select distinct person, acting_for, unit, role from custody where to_at is null and person is not null",
				(row) -> {
					String person = row.getString(1);
					if (gone(person, row.getString(2), row.getString(3), row.getString(4), now).isPresent()) {
						cases.addAll(
								this.jdbc.queryForList("select case_no from custody where to_at is null and person = ?",
										String.class, person));
					}
				});
		return cases;
	}

	// --- what is wrong ---

	private Optional<String> why(OpenTask task, Instant now) {
		return why(task.assignee(), task.actingFor(), task.pool(), task.unit(), now);
	}

	/** Why a task needs somebody else, as a reason code; empty when all is well. */
	private Optional<String> why(String assignee, String actingFor, String pool, String unit, Instant now) {
		if (assignee == null) {
			return (pool == null || this.duties.seen(pool, now)) ? Optional.empty()
					: Optional.of(closed(unit, now) ? UNIT_CLOSED : NOBODY);
		}
		String role = (pool != null) ? pool.substring(0, pool.indexOf('@')) : null;
		Optional<String> gone = gone(assignee, actingFor, unit, role, now);
		return gone.isEmpty() && actingFor == null && pool != null && lost(assignee, now, Duty::pool, pool)
				? Optional.of(DUTY_ENDED) : gone;
	}

	/** Why a person no longer has this work; a duty never held cannot have ended. */
	private Optional<String> gone(String login, String actingFor, String unit, String role, Instant now) {
		if (this.staff.find(login, now).filter(Staff::active).isEmpty()) {
			return Optional.of(LEFT);
		}
		if (closed(unit, now)) {
			// whoever took over what a closed unit had does so in another duty
			boolean inAnother = this.duties.of(login, now)
				.stream()
				.anyMatch((duty) -> duty.role().equals(role) && !unit.equals(duty.unit()));
			boolean ofUnit = lost(login, now, Duty::unit, unit) || holds(this.duties.of(login, now), Duty::unit, unit);
			return (ofUnit && !inAnother) ? Optional.of(UNIT_CLOSED) : Optional.empty();
		}
		if (actingFor != null) {
			return Optional.empty();
		}
		boolean ended = (unit != null) ? lost(login, now, Duty::unit, unit)
				: role != null && lost(login, now, Duty::role, role);
		boolean all = this.duties.of(login, now).isEmpty() && !this.duties.everHeld(login).isEmpty();
		return (ended || all) ? Optional.of(DUTY_ENDED) : Optional.empty();
	}

	private boolean lost(String login, Instant now, Function<Duty, String> part, String value) {
		return !holds(this.duties.of(login, now), part, value) && holds(this.duties.everHeld(login), part, value);
	}

	private static boolean holds(List<Duty> held, Function<Duty, String> part, String value) {
		return held.stream().anyMatch((duty) -> value.equals(part.apply(duty)));
	}

	private boolean closed(String unit, Instant now) {
		return unit != null && this.units.find(unit, now).filter((found) -> !found.active()).isPresent();
	}

	// --- setting it right ---

	private void setRight(CaseRecord record) {
		if (!record.state.equals("OPEN")) {
			return;
		}
		for (OpenTask task : List.copyOf(record.tasks.values())) {
			why(task, record.now()).ifPresent((reason) -> move(record, task, reason));
		}
		for (Custody link : record.openCustody()) {
			if (link.person() != null) {
				gone(link.person(), link.actingFor(), link.unit(), link.role(), record.now())
					.ifPresent((reason) -> replace(record, link, reason));
			}
		}
	}

	private void move(CaseRecord record, OpenTask task, String reason) {
		Optional<String> pool = poolFor(record, task);
		if (pool.isEmpty()) {
			alertOnce(record, Texts.of("casework", "casework.alert.stuck", record.caseNo(), task.name()));
			return;
		}
		if (task.assignee() != null) {
			this.engine.setAssignee(task.taskId(), null);
		}
		Map<String, Object> data = new LinkedHashMap<>();
		data.put("task", task.name());
		data.put("from", (task.assignee() != null) ? task.assignee() : task.pool());
		data.put("to", pool.get());
		data.put("reasonCode", reason);
		record.event("TASK_MOVED", task.taskKey(), data);
		record.returnTask(task, pool.get(), reason, null);
		record.alert(reason.equals(NOBODY) ? "VACANCY" : LEFT,
				Texts.of("casework", "casework.alert.task-moved", record.caseNo(),
						(task.assignee() != null) ? name(task.assignee(), record.now())
								: describe(task.pool(), record.now()),
						Texts.of("casework", "casework.reason." + reason), task.name(),
						describe(pool.get(), record.now())));
		this.audience.tell(record, "ASSIGNED", Map.of("task", task.name()));
	}

	/**
	 * Where a task belongs: its own pool; the unit's people or its head; those with the
	 * same role further up; for a task that names none of these the head of the owner's
	 * unit; the superior on duty at the case's tier or above.
	 */
	private Optional<String> poolFor(CaseRecord record, OpenTask task) {
		Instant now = record.now();
		boolean open = task.unit() != null && !closed(task.unit(), now);
		String owners = (task.unit() == null && task.pool() == null)
				? record.owner().map((link) -> unitOf(link, now)).orElse(null) : null;
		return first(now, () -> Optional.ofNullable(task.pool()).filter((pool) -> task.unit() == null || open),
				() -> open ? Optional.of(Duties.pool(Roles.HANDLER, task.unit())) : Optional.empty(),
				() -> open ? Optional.of(Duties.pool(Roles.UNIT_HEAD, task.unit())) : Optional.empty(),
				() -> Optional.ofNullable(task.pool()).flatMap((pool) -> further(pool, now)),
				() -> Optional.ofNullable(owners).map((unit) -> Duties.pool(Roles.UNIT_HEAD, unit)),
				() -> superiors(record).findFirst().map(OnDuty::pool));
	}

	@SafeVarargs
	private Optional<String> first(Instant now, Supplier<Optional<String>>... pools) {
		return Stream.of(pools)
			.flatMap((pool) -> pool.get().stream())
			.filter((pool) -> this.duties.seen(pool, now))
			.findFirst();
	}

	/** The same role at the next grid up where somebody is on duty in it. */
	private Optional<String> further(String pool, Instant now) {
		int at = pool.indexOf('@');
		return this.grids.find(pool.substring(at + 1), now)
			.flatMap((grid) -> this.duties.nearest(pool.substring(0, at), grid.code(), null, now))
			.map(OnDuty::pool);
	}

	private Stream<OnDuty> superiors(CaseRecord record) {
		return this.duties
			.upwards(Roles.DUTY_LEADER, record.text("gridCode").orElseThrow(), record.text("tier").orElse(null),
					record.now())
			.stream();
	}

	private void replace(CaseRecord record, Custody link, String reason) {
		if (link.kind().equals(CaseRecord.HOLDER)) {
			heldWithoutTask(record, link, reason);
			return;
		}
		Optional<Successor> successor = successor(record, link);
		if (successor.isEmpty()) {
			alertOnce(record, Texts.of("casework", "casework.alert.no-successor", record.caseNo(),
					name(link.person(), record.now()), Texts.of("casework", "casework.custody." + link.kind())));
			return;
		}
		Successor next = successor.get();
		String why = Texts.of("casework", "casework.reason." + reason);
		if (link.kind().equals(CaseRecord.OWNER)) {
			record.hand(CaseRecord.OWNER, "", next.login(), null, next.unit(), next.role(), reason, null);
			this.jdbc.update("update inbox_item set owner = ? where case_no = ?", next.login(), record.caseNo());
		}
		else {
			record.end(link);
			record.watch(next.login(), next.unit(), next.role(), link.reasonText());
			record.event("WATCH_PASSED", null, Map.of("from", link.person(), "to", next.login(), "reasonCode", reason));
		}
		record.alert(LEFT,
				Texts.of("casework", "casework.alert.passed-on", record.caseNo(), name(link.person(), record.now()),
						why, Texts.of("casework", "casework.custody." + link.kind()),
						name(next.login(), record.now())));
	}

	/** The lead's part is done or waits for others, and the one who did it has left. */
	private void heldWithoutTask(CaseRecord record, Custody link, String reason) {
		boolean open = link.unit() != null && !closed(link.unit(), record.now());
		first(record.now(), () -> open ? Optional.of(Duties.pool(Roles.HANDLER, link.unit())) : Optional.empty(),
				() -> open ? Optional.of(Duties.pool(Roles.UNIT_HEAD, link.unit())) : Optional.empty(),
				() -> superiors(record).findFirst().map(OnDuty::pool))
			.ifPresentOrElse((pool) -> record.handBack(link.leg(), pool, link.unit(), reason, null),
					() -> alertOnce(record, Texts.of("casework", "casework.alert.no-successor", record.caseNo(),
							name(link.person(), record.now()), Texts.of("casework", "casework.custody.HOLDER"))));
	}

	/**
	 * Who follows: the head of the unit, else the superior on duty at the tier or above.
	 */
	private Optional<Successor> successor(CaseRecord record, Custody link) {
		Instant now = record.now();
		String unit = link.kind().equals(CaseRecord.OWNER) ? unitOf(link, now) : null;
		Stream<Successor> heads = (unit == null) ? Stream.empty()
				: this.duties.holders(Roles.UNIT_HEAD, unit, now)
					.stream()
					.map((head) -> new Successor(head.login(), unit, Roles.UNIT_HEAD));
		Stream<Successor> leaders = superiors(record).flatMap((onDuty) -> onDuty.staff().stream())
			.map((leader) -> new Successor(leader.login(), null, Roles.DUTY_LEADER));
		return Stream.concat(heads, leaders).filter((next) -> !next.login().equals(link.person())).findFirst();
	}

	/** The unit in which somebody acted, else the one they belong to. */
	private String unitOf(Custody link, Instant now) {
		return Optional.ofNullable(link.unit())
			.or(() -> this.staff.find(link.person(), now).map(Staff::unit))
			.filter((unit) -> !closed(unit, now))
			.orElse(null);
	}

	/** The operator is reminded again only after having taken note. */
	private void alertOnce(CaseRecord record, String message) {
		Boolean known = this.jdbc.queryForObject(
				"select exists (select 1 from operator_alert where case_no = ? and message = ? and seen_at is null)",
				Boolean.class, record.caseNo(), message);
		if (!Boolean.TRUE.equals(known)) {
			record.alert("VACANCY", message);
		}
	}

	private String name(String login, Instant now) {
		return this.staff.find(login, now).map(Staff::name).orElse(login);
	}

	private String describe(String pool, Instant now) {
		int at = pool.indexOf('@');
		String scope = pool.substring(at + 1);
		return Texts.of("casework", "casework.pool", Texts.of("casework", "casework.role." + pool.substring(0, at)),
				this.units.find(scope, now)
					.map(Unit::name)
					.or(() -> this.grids.find(scope, now).map((grid) -> grid.name()))
					.orElse(scope));
	}

	private record Successor(String login, String unit, String role) {

	}

	// --- when ---

	/**
	 * The registry has changed. Where nothing runs in the background the work is done at
	 * once.
	 */
	@EventListener
	void changed(RegistryLoaded loaded) {
		if (!KINDS.contains(loaded.kind())) {
			return;
		}
		if (!now(this::sweep)) {
			sweep();
		}
	}

	@Override
	protected void schedule(TaskScheduler scheduler) {
		scheduler.scheduleWithFixedDelay(this::sweep, Duration.ofHours(1));
	}

}
