package gridcase.registry;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.springframework.stereotype.Component;

/** The tree of grids of each place. */
@Component
public class Grids {

	private final RegistryStore store;

	Grids(RegistryStore store) {
		this.store = store;
	}

	public Optional<Grid> find(String code, Instant at) {
		return Optional.ofNullable(this.store.at(at).grids.get(code));
	}

	/**
	 * Reads a grid.
	 * @throws NotInRegistry when there is none with this code
	 */
	public Grid get(String code, Instant at) {
		return find(code, at).orElseThrow(() -> new NotInRegistry(RegistryKind.GRIDS, code, at));
	}

	/** All grids of a place, from the root down as its file lists them. */
	public List<Grid> ofPlace(String place, Instant at) {
		return this.store.at(at).gridsOfPlace.getOrDefault(place, List.of());
	}

	public List<Grid> children(String code, Instant at) {
		return this.store.at(at).children.getOrDefault(code, List.of());
	}

	/**
	 * A grid and everything around it, nearest first.
	 * @throws NotInRegistry when there is none with this code
	 */
	public List<Grid> upwards(String code, Instant at) {
		List<Grid> way = new ArrayList<>();
		for (Grid grid = get(code, at); grid != null; grid = parent(grid, at)) {
			way.add(grid);
		}
		return way;
	}

	/** Everything around a grid without itself, nearest first. */
	public List<Grid> ancestors(String code, Instant at) {
		List<Grid> way = upwards(code, at);
		return way.subList(1, way.size());
	}

	/**
	 * The grid at, or around, this one where a tier sits; empty when the tier sits below
	 * or not on this branch.
	 */
	public Optional<Grid> atTier(String code, String tier, Instant at) {
		return upwards(code, at).stream().filter((grid) -> tier.equals(grid.tier())).findFirst();
	}

	/**
	 * The tier that is nearest to a grid: its own or the one around it.
	 * @throws NotInRegistry when no tier sits there or above
	 */
	public String nearestTier(String code, Instant at) {
		return upwards(code, at).stream()
			.map(Grid::tier)
			.filter((tier) -> tier != null)
			.findFirst()
			.orElseThrow(() -> new NotInRegistry(RegistryKind.TIERS, code, at));
	}

	private Grid parent(Grid grid, Instant at) {
		return (grid.parent() != null) ? get(grid.parent(), at) : null;
	}

}
