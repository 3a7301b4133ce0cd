package gridcase.registry;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import org.springframework.stereotype.Component;

/** Departments, work groups and teams, and which of them is there for what. */
@Component("unitRegistry")
public class Units {

	/** As a unit's last function: it also does what nobody else of its tier does. */
	static final String EVERYTHING = "*";

	private final RegistryStore store;

	private final Grids grids;

	Units(RegistryStore store, Grids grids) {
		this.store = store;
		this.grids = grids;
	}

	public Optional<Unit> find(String code, Instant at) {
		return Optional.ofNullable(this.store.at(at).units.get(code));
	}

	/**
	 * Reads a unit.
	 * @throws NotInRegistry when there is none with this code
	 */
	public Unit get(String code, Instant at) {
		return find(code, at).orElseThrow(() -> new NotInRegistry(RegistryKind.UNITS, code, at));
	}

	public List<Unit> ofPlace(String place, Instant at) {
		return this.store.at(at).unitsOfPlace.getOrDefault(place, List.of());
	}

	/** Active units of one tier that serve a grid, nearest first. */
	public List<Unit> serving(String grid, String tier, Instant at) {
		RegistryDay day = this.store.at(at);
		return this.grids.upwards(grid, at)
			.stream()
			.flatMap((around) -> day.unitsOfGrid.getOrDefault(around.code(), List.of()).stream())
			.filter((unit) -> unit.active() && unit.tier().equals(tier))
			.toList();
	}

	/**
	 * The unit of a tier that is responsible for a function in a grid: the one whose main
	 * function it is, else one that names it, else one that does everything; of several
	 * the nearest, of these the first by code.
	 * @return empty when no unit of the tier serves the grid with that function
	 */
	public Optional<Unit> responsible(String function, String tier, String grid, Instant at) {
		return serving(grid, tier, at).stream()
			.filter((unit) -> rank(unit, function) < Integer.MAX_VALUE)
			.min(Comparator.comparingInt((Unit unit) -> rank(unit, function))
				.thenComparingInt((unit) -> -this.grids.ancestors(unit.grid(), at).size())
				.thenComparing(Unit::code));
	}

	/**
	 * The unit that takes no cases at present and would be responsible if it did.
	 * @return empty when no such unit of the tier names the function
	 */
	public Optional<Unit> closed(String function, String tier, String grid, Instant at) {
		RegistryDay day = this.store.at(at);
		return this.grids.upwards(grid, at)
			.stream()
			.flatMap((around) -> day.unitsOfGrid.getOrDefault(around.code(), List.of()).stream())
			.filter((unit) -> !unit.active() && unit.tier().equals(tier) && rank(unit, function) < Integer.MAX_VALUE)
			.min(Comparator.comparingInt((unit) -> rank(unit, function)));
	}

	/** Work groups of a place. */
	public List<WorkGroup> groups(String place, Instant at) {
		return this.store.at(at).groupsOfPlace.getOrDefault(place, List.of());
	}

	private static int rank(Unit unit, String function) {
		int position = unit.functions().indexOf(function);
		if (position == 0) {
			return 0;
		}
		if (position > 0) {
			return 1;
		}
		return unit.functions().contains(EVERYTHING) ? 2 : Integer.MAX_VALUE;
	}

}
