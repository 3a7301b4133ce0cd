package gridcase.registry;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

import gridcase.shared.Acting;

import org.springframework.stereotype.Component;

/**
 * Who holds which role for which grid or unit, and who of them is on duty at a moment:
 * active, of an active unit, on shift where there is a roster, and not absent. Whoever
 * stands in for an absent person is on duty in that person's place.
 */
@Component
public class Duties {

	private final RegistryStore store;

	private final Grids grids;

	Duties(RegistryStore store, Grids grids) {
		this.store = store;
		this.grids = grids;
	}

	/**
	 * Candidate group of everybody who holds a role for a scope.
	 * @param role one of {@link Roles}
	 * @param scope code of a grid or a unit
	 */
	public static String pool(String role, String scope) {
		return role + "@" + scope;
	}

	/**
	 * Who is on duty in a role for exactly this grid or unit; empty when nobody is.
	 * @param role one of {@link Roles}
	 * @param scope code of a grid or a unit
	 * @param at when
	 */
	public List<Staff> holders(String role, String scope, Instant at) {
		RegistryDay day = this.store.at(at);
		String pool = pool(role, scope);
		List<Staff> named = day.holders.getOrDefault(pool, List.of());
		if (named.isEmpty() || (!day.rosters.containsKey(pool) && day.absencesOfStaff.isEmpty())) {
			return named;
		}
		Set<Staff> present = new LinkedHashSet<>();
		for (Staff person : named) {
			if (onShift(day, pool, person.login(), at)) {
				present(day, person.login(), at).ifPresent(present::add);
			}
		}
		return List.copyOf(present);
	}

	/**
	 * Everything a person holds, whether on duty for it at that moment or not; empty for
	 * an unknown person.
	 */
	public List<Duty> of(String login, Instant at) {
		return this.store.at(at).dutiesOfStaff.getOrDefault(login, List.of());
	}

	/**
	 * Candidate groups a person is on duty for, {@code role@scope}, own ones first, then
	 * those of absent people the person stands in for.
	 */
	public List<String> poolsOf(String login, Instant at) {
		return onDuty(login, at, (duty) -> true).map(Duty::pool).distinct().toList();
	}

	/**
	 * Roles in which a person is on duty for anything. Roles that are an office of trust
	 * ({@link Roles#PERSONAL}) open doors to their own holder only.
	 */
	public List<String> rolesOf(String login, Instant at) {
		return onDuty(login, at, (duty) -> !Roles.PERSONAL.contains(duty.role())).map(Duty::role).distinct().toList();
	}

	private Stream<Duty> onDuty(String login, Instant at, Predicate<Duty> passesOn) {
		RegistryDay day = this.store.at(at);
		if (!available(day, login, at)) {
			return Stream.empty();
		}
		return Stream
			.concat(onDuty(day, login, at),
					actingFor(day, login, at).stream().flatMap((absent) -> onDuty(day, absent, at)).filter(passesOn))
			.filter((duty) -> Acting.permits(login, duty.role()));
	}

	/** Own duties that count at the moment, absent or not. */
	private static Stream<Duty> onDuty(RegistryDay day, String login, Instant at) {
		Staff person = day.staff.get(login);
		if (person == null || !person.active()) {
			return Stream.empty();
		}
		return day.dutiesOfStaff.getOrDefault(login, List.of())
			.stream()
			.filter((duty) -> day.works(duty) && onShift(day, duty.pool(), login, at));
	}

	/**
	 * The absent people a person stands in for at the moment, at first or at second hand;
	 * nobody while the person is absent as well.
	 */
	public List<String> actingFor(String login, Instant at) {
		RegistryDay day = this.store.at(at);
		return available(day, login, at) ? actingFor(day, login, at) : List.of();
	}

	/**
	 * For which absent person somebody may take a task of a pool.
	 * @return empty when the pool is the person's own, or none of theirs at all
	 */
	public Optional<String> actingFor(String login, String pool, Instant at) {
		RegistryDay day = this.store.at(at);
		if (!available(day, login, at) || holdsNow(day, login, pool, at)) {
			return Optional.empty();
		}
		return actingFor(day, login, at).stream().filter((absent) -> holdsNow(day, absent, pool, at)).findFirst();
	}

	private static boolean holdsNow(RegistryDay day, String login, String pool, Instant at) {
		return onDuty(day, login, at).anyMatch((duty) -> duty.pool().equals(pool));
	}

	private static List<String> actingFor(RegistryDay day, String login, Instant at) {
		if (!day.absencesOfSubstitute.containsKey(login)) {
			return List.of();
		}
		Set<String> absent = new LinkedHashSet<>();
		Deque<String> ask = new ArrayDeque<>(List.of(login));
		while (!ask.isEmpty()) {
			for (Absence absence : day.absencesOfSubstitute.getOrDefault(ask.remove(), List.of())) {
				if (absence.covers(at) && isActive(day, absence.staff()) && absent.add(absence.staff())) {
					ask.add(absence.staff());
				}
			}
		}
		return List.copyOf(absent);
	}

	/** The person, or whoever of the chain of substitutes is there. */
	private static Optional<Staff> present(RegistryDay day, String login, Instant at) {
		Set<String> asked = new LinkedHashSet<>();
		String next = login;
		while (asked.add(next)) {
			Optional<Absence> absence = absence(day, next, at);
			if (absence.isEmpty()) {
				return Optional.ofNullable(day.staff.get(next)).filter(Staff::active);
			}
			next = absence.get().substitute();
			if (!isActive(day, next)) {
				return Optional.empty();
			}
		}
		return Optional.empty();
	}

	private static Optional<Absence> absence(RegistryDay day, String login, Instant at) {
		return day.absencesOfStaff.getOrDefault(login, List.of())
			.stream()
			.filter((absence) -> absence.covers(at))
			.findFirst();
	}

	private static boolean available(RegistryDay day, String login, Instant at) {
		return isActive(day, login) && absence(day, login, at).isEmpty();
	}

	private static boolean isActive(RegistryDay day, String login) {
		Staff person = day.staff.get(login);
		return person != null && person.active();
	}

	private static boolean onShift(RegistryDay day, String pool, String login, Instant at) {
		Map<String, Spans> roster = day.rosters.get(pool);
		return roster == null || (roster.containsKey(login) && roster.get(login).cover(at));
	}

	/** Whether a person is away at the moment. */
	public boolean absent(String login, Instant at) {
		return absence(this.store.at(at), login, at).isPresent();
	}

	/**
	 * Whether a task in this pool is seen by somebody, now or by a later shift.
	 * @param pool {@code role@scope}
	 */
	public boolean seen(String pool, Instant at) {
		RegistryDay day = this.store.at(at);
		Map<String, Spans> roster = day.rosters.get(pool);
		return day.holders.getOrDefault(pool, List.of())
			.stream()
			.anyMatch((person) -> roster == null
					|| (roster.containsKey(person.login()) && roster.get(person.login()).endAfter(at)));
	}

	/** Everything a person ever held, on whatever days. */
	public List<Duty> everHeld(String login) {
		return this.store.everHeld(login);
	}

	/** The next moment from which other people may be on duty; empty when never. */
	public Optional<Instant> nextChange(Instant after) {
		return this.store.nextChange(after);
	}

	/** Shifts of a place that overlap a stretch of time, in the order they begin. */
	public List<Shift> shifts(String place, Instant from, Instant to) {
		return this.store.at(from).shiftsOfPlace.getOrDefault(place, List.of())
			.stream()
			.filter((shift) -> shift.ends().isAfter(from) && shift.starts().isBefore(to))
			.sorted(Comparator.comparing(Shift::starts))
			.toList();
	}

	/**
	 * Where somebody is on duty in a role, nearest first, from a tier (or the grid
	 * itself) upward. Grids without anybody are left out.
	 * @param role one of {@link Roles}
	 * @param grid code of the grid
	 * @param tier tier to begin at; null, or a tier that does not sit at or around the
	 * grid: begin at the grid itself
	 * @param at when
	 * @throws NotInRegistry when there is no such grid
	 */
	public List<OnDuty> upwards(String role, String grid, String tier, Instant at) {
		Optional<Grid> seat = (tier != null) ? this.grids.atTier(grid, tier, at) : Optional.empty();
		List<OnDuty> way = new ArrayList<>();
		for (Grid around : this.grids.upwards(seat.map(Grid::code).orElse(grid), at)) {
			List<Staff> holders = holders(role, around.code(), at);
			if (!holders.isEmpty()) {
				way.add(new OnDuty(role, around, holders));
			}
		}
		return way;
	}

	/** The first of {@link #upwards}; empty when nobody up to the root is on duty. */
	public Optional<OnDuty> nearest(String role, String grid, String tier, Instant at) {
		return upwards(role, grid, tier, at).stream().findFirst();
	}

	/**
	 * As near to a grid as somebody is on duty in a role: at the grid or around it; where
	 * nobody is, as for a role held for the smallest grids only, in a grid beneath it or
	 * beneath those around it.
	 */
	public Optional<OnDuty> near(String role, String grid, Instant at) {
		return nearest(role, grid, null, at).or(() -> this.grids.upwards(grid, at)
			.stream()
			.flatMap((around) -> beneath(role, around.code(), at).stream())
			.findFirst());
	}

	private Optional<OnDuty> beneath(String role, String grid, Instant at) {
		Deque<String> ask = new ArrayDeque<>(List.of(grid));
		while (!ask.isEmpty()) {
			for (Grid child : this.grids.children(ask.remove(), at)) {
				List<Staff> holders = holders(role, child.code(), at);
				if (!holders.isEmpty()) {
					return Optional.of(new OnDuty(role, child, holders));
				}
				ask.add(child.code());
			}
		}
		return Optional.empty();
	}

	/**
	 * Who is on duty in a role exactly where a tier sits above a grid; empty when nobody
	 * is (a vacancy) or the tier does not sit at or around the grid.
	 */
	public Optional<OnDuty> atTier(String role, String grid, String tier, Instant at) {
		return this.grids.atTier(grid, tier, at)
			.map((seat) -> new OnDuty(role, seat, holders(role, seat.code(), at)))
			.filter((duty) -> !duty.staff().isEmpty());
	}

	/**
	 * Where a person's matter of a place sits that is about no place on the ground: the
	 * grid the person holds a duty for, else where somebody is on duty in the role the
	 * matter goes to.
	 * @param login who brings the matter
	 * @param place place code
	 * @param role role of {@link Roles} that deals with such matters
	 * @param at when
	 * @return code of a grid; empty when neither is there
	 */
	public Optional<String> seat(String login, String place, String role, Instant at) {
		return of(login, at).stream()
			.map(Duty::grid)
			.filter(Objects::nonNull)
			.filter((grid) -> this.grids.find(grid, at).filter((each) -> each.place().equals(place)).isPresent())
			.findFirst()
			.or(() -> this.grids.ofPlace(place, at)
				.stream()
				.filter((grid) -> grid.parent() == null)
				.findFirst()
				.flatMap((root) -> near(role, root.code(), at))
				.map((duty) -> duty.grid().code()));
	}

}
