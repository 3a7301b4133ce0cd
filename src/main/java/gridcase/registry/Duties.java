package gridcase.registry;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.springframework.stereotype.Component;

/** Who holds which role for which grid or unit. Only active people count as on duty. */
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
	 * Who holds a role for exactly this grid or unit; empty when nobody does.
	 * @param role one of {@link Roles}
	 * @param scope code of a grid or a unit
	 * @param at when
	 */
	public List<Staff> holders(String role, String scope, Instant at) {
		return this.store.at(at).holders.getOrDefault(pool(role, scope), List.of());
	}

	/** Everything a person is on duty for; empty for an unknown person. */
	public List<Duty> of(String login, Instant at) {
		return this.store.at(at).dutiesOfStaff.getOrDefault(login, List.of());
	}

	/** Candidate groups of a person, {@code role@scope}; empty when not active. */
	public List<String> poolsOf(String login, Instant at) {
		Staff person = this.store.at(at).staff.get(login);
		if (person == null || !person.active()) {
			return List.of();
		}
		return of(login, at).stream().map(Duty::pool).distinct().toList();
	}

	/** Roles a person holds for anything. */
	public List<String> rolesOf(String login, Instant at) {
		return of(login, at).stream().map(Duty::role).distinct().toList();
	}

	/**
	 * Where somebody holds a role, nearest first, from a tier (or the grid itself)
	 * upward. Grids without a holder are left out.
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

	/** The first of {@link #upwards}; empty when nobody up to the root holds the role. */
	public Optional<OnDuty> nearest(String role, String grid, String tier, Instant at) {
		return upwards(role, grid, tier, at).stream().findFirst();
	}

	/**
	 * Who holds a role exactly where a tier sits above a grid; empty when nobody does (a
	 * vacancy) or the tier does not sit at or around the grid.
	 */
	public Optional<OnDuty> atTier(String role, String grid, String tier, Instant at) {
		return this.grids.atTier(grid, tier, at)
			.map((seat) -> new OnDuty(role, seat, holders(role, seat.code(), at)))
			.filter((duty) -> !duty.staff().isEmpty());
	}

}
