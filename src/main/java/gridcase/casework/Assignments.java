package gridcase.casework;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import gridcase.clock.PlatformClock;
import gridcase.registry.Duties;
import gridcase.registry.Duty;
import gridcase.registry.Grid;
import gridcase.registry.Grids;
import gridcase.registry.Roles;
import gridcase.registry.Staff;
import gridcase.registry.StaffDirectory;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Who may give a task to whom; the duties say so. */
@Component
class Assignments {

	private final Duties duties;

	private final StaffDirectory staff;

	private final Grids grids;

	private final PlatformClock clock;

	private final JdbcTemplate jdbc;

	Assignments(Duties duties, StaffDirectory staff, Grids grids, PlatformClock clock, JdbcTemplate jdbc) {
		this.duties = duties;
		this.staff = staff;
		this.grids = grids;
		this.clock = clock;
		this.jdbc = jdbc;
	}

	/**
	 * The duty by which somebody gives a task to others: that of the head of its unit, of
	 * the superior on duty around its grid, or of whoever has it or may take it.
	 * @return the absent person in whose place this is done, or empty for one's own duty
	 * @throws Refusal if it is not for this person to give
	 */
	Optional<String> by(OpenTask task, String login) {
		Instant now = this.clock.now();
		List<String> pools = this.duties.poolsOf(login, now);
		Optional<String> over = overseers(task, now).filter(pools::contains).findFirst();
		if (over.isPresent()) {
			return this.duties.actingFor(login, over.get(), now);
		}
		if (login.equals(task.assignee())) {
			return Optional.ofNullable(task.actingFor());
		}
		if (task.assignee() != null && this.duties.actingFor(login, now).contains(task.assignee())) {
			return Optional.of(task.assignee());
		}
		if (task.assignee() == null && pools.contains(task.pool())) {
			return this.duties.actingFor(login, task.pool(), now);
		}
		throw Refusal.forbidden(Texts.of("casework", "casework.refused.assign"));
	}

	/** Pools whose people see to it that the task is done by somebody. */
	private Stream<String> overseers(OpenTask task, Instant now) {
		String scope = scope(task);
		if (scope == null) {
			return Stream.empty();
		}
		Stream<String> around = this.grids.find(scope, now)
			.map((grid) -> this.grids.upwards(grid.code(), now).stream().map(Grid::code))
			.orElse(Stream.empty())
			.map((code) -> Duties.pool(Roles.DUTY_LEADER, code));
		return Stream.concat(Stream.of(Duties.pool(Roles.UNIT_HEAD, scope)), around);
	}

	private static String scope(OpenTask task) {
		return (task.unit() != null) ? task.unit()
				: (task.pool() != null) ? task.pool().substring(task.pool().indexOf('@') + 1) : null;
	}

	/**
	 * Whether a task may be given to somebody.
	 * @throws Refusal if that person is not on duty for it, or must not do it
	 */
	void mustBeFor(OpenTask task, String to) {
		Instant now = this.clock.now();
		Staff person = this.staff.find(to, now)
			.filter(Staff::active)
			.orElseThrow(() -> Refusal.rule(Texts.of("casework", "casework.refused.assign-unknown", to)));
		if (!onDuty(task, to, now)) {
			throw Refusal.rule(Texts.of("casework", "casework.refused.assign-duty", person.name()));
		}
		if (task.excluded().contains(to)) {
			throw Refusal.rule(Texts.of("casework", "casework.refused.involved"));
		}
		if (task.excludesWorkers() && worked(task.caseNo(), to)) {
			throw Refusal.rule(Texts.of("casework", "casework.refused.assign-worked", person.name()));
		}
	}

	private boolean onDuty(OpenTask task, String to, Instant now) {
		return this.duties.poolsOf(to, now)
			.stream()
			.anyMatch((pool) -> pool.equals(task.pool()) || (task.unit() != null && pool.endsWith("@" + task.unit())));
	}

	/** People who may be given all of these tasks, by place and name. */
	List<Staff> candidates(List<OpenTask> tasks) {
		Instant now = this.clock.now();
		return tasks.stream()
			.map(OpenTask::place)
			.distinct()
			.flatMap((place) -> this.staff.ofPlace(place, now).stream())
			.filter((person) -> tasks.stream()
				.allMatch((task) -> onDuty(task, person.login(), now) && !task.excluded().contains(person.login())))
			.toList();
	}

	boolean worked(String caseNo, String login) {
		return Boolean.TRUE.equals(this.jdbc.queryForObject(
				"select exists (select 1 from custody where case_no = ? and person = ? and worked)", Boolean.class,
				caseNo, login));
	}

	/** Units whose head somebody is, own duties first. */
	List<String> units(String login) {
		Instant now = this.clock.now();
		String head = Duties.pool(Roles.UNIT_HEAD, "");
		return this.duties.poolsOf(login, now)
			.stream()
			.filter((pool) -> pool.startsWith(head))
			.map((pool) -> pool.substring(head.length()))
			.toList();
	}

	/** People with a duty in a unit, by sign-in name. */
	List<Staff> members(String place, String unit) {
		Instant now = this.clock.now();
		return this.staff.ofPlace(place, now)
			.stream()
			.filter((person) -> this.duties.of(person.login(), now).stream().map(Duty::unit).anyMatch(unit::equals))
			.toList();
	}

}
