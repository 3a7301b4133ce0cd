package gridcase.overview;

import java.time.Instant;
import java.util.List;
import java.util.Set;

import gridcase.clock.PlatformClock;
import gridcase.registry.Grid;
import gridcase.registry.Grids;
import gridcase.registry.Roles;
import gridcase.security.CurrentPerson;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;

import org.springframework.stereotype.Component;

/**
 * Whose board shows what: the grids of the duties of those who command, send or audit,
 * each with everything beneath it; for the platform's administrator whole places.
 */
@Component
class BoardAccess {

	private static final Set<String> ROLES = Set.of(Roles.DUTY_LEADER, Roles.DISPATCHER, Roles.CENTRE_DISPATCHER,
			Roles.GRID_HEAD, Roles.AUDITOR, Roles.ADMINISTRATOR);

	private final Grids grids;

	private final PlatformClock clock;

	BoardAccess(Grids grids, PlatformClock clock) {
		this.grids = grids;
		this.clock = clock;
	}

	/** The largest grids a person may look at, of a place; empty for who has no board. */
	List<Grid> largest(CurrentPerson person, String place) {
		Instant now = this.clock.now();
		if (person.place() == null) {
			return this.grids.ofPlace(place, now).stream().filter((grid) -> grid.parent() == null).toList();
		}
		List<Grid> held = person.pools()
			.stream()
			// a pool that is held for an absent person does not bring an office of trust
			.filter((pool) -> ROLES.contains(role(pool)) && person.has(role(pool)))
			.flatMap((pool) -> this.grids.find(pool.substring(pool.indexOf('@') + 1), now).stream())
			.filter((grid) -> grid.place().equals(place))
			.distinct()
			.toList();
		return held.stream()
			.filter((grid) -> held.stream().noneMatch((other) -> other != grid && grid.path().startsWith(other.path())))
			.toList();
	}

	private static String role(String pool) {
		return pool.substring(0, pool.indexOf('@'));
	}

	/**
	 * The grid whose board is shown.
	 * @param asked code of a grid, or null for the first of {@link #largest}
	 * @throws Refusal when the person has no board, or not of that grid
	 */
	Grid choose(CurrentPerson person, String place, String asked) {
		List<Grid> largest = largest(person, place);
		if (largest.isEmpty()) {
			throw Refusal.forbidden(Texts.of("overview", "overview.refused.no-board"));
		}
		if (asked == null || asked.isBlank()) {
			return largest.get(0);
		}
		return this.grids.find(asked, this.clock.now())
			.filter((grid) -> largest.stream().anyMatch((top) -> grid.path().startsWith(top.path())))
			.orElseThrow(() -> Refusal.forbidden(Texts.of("overview", "overview.refused.other-board", asked)));
	}

}
