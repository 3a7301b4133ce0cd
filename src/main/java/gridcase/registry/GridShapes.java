package gridcase.registry;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.Point;

import org.springframework.stereotype.Component;

/** Where the grids lie, as far as somebody has loaded it. */
@Component
public class GridShapes {

	/** About five metres: outlines drawn by hand do not meet exactly. */
	private static final double TOUCHING = 0.00005;

	/** About two hundred metres: how far outside every grid a position may lie. */
	private static final double BESIDE = 0.002;

	private final RegistryStore store;

	private final Grids grids;

	GridShapes(RegistryStore store, Grids grids) {
		this.store = store;
		this.grids = grids;
	}

	public Optional<GridShape> find(String grid, Instant at) {
		return Optional.ofNullable(this.store.at(at).shapes.get(grid));
	}

	/** All outlines of a place, in the order of their file; empty if none was loaded. */
	public List<GridShape> ofPlace(String place, Instant at) {
		return this.store.at(at).shapesOfPlace.getOrDefault(place, List.of());
	}

	/**
	 * The smallest grid of a place around a position, or the nearest one where the
	 * position lies just outside.
	 * @param place place code
	 * @param longitude in degrees of WGS 84
	 * @param latitude in degrees of WGS 84
	 * @return the grid, or empty if none is near or no outlines are loaded
	 */
	public Optional<Grid> around(String place, double longitude, double latitude, Instant at) {
		Point point = new GeometryFactory().createPoint(new Coordinate(longitude, latitude));
		List<GridShape> shapes = ofPlace(place, at);
		return shapes.stream()
			.filter((shape) -> shape.outline().covers(point))
			.min(Comparator.comparingDouble((shape) -> shape.outline().getArea()))
			.or(() -> shapes.stream()
				.filter((shape) -> shape.outline().isWithinDistance(point, BESIDE))
				.min(Comparator.comparingDouble((GridShape shape) -> shape.outline().distance(point))
					.thenComparingDouble((shape) -> shape.outline().getArea())))
			.flatMap((shape) -> this.grids.find(shape.grid(), at));
	}

	/**
	 * The grids next to a grid, of the same size in the tree or, where the tree is not as
	 * deep there, the smallest there are; without an outline the other grids of its
	 * parent.
	 * @throws NotInRegistry when there is no such grid
	 */
	public List<Grid> neighbours(String code, Instant at) {
		Grid grid = this.grids.get(code, at);
		GridShape own = find(code, at).orElse(null);
		if (own == null) {
			return (grid.parent() == null) ? List.of()
					: this.grids.children(grid.parent(), at)
						.stream()
						.filter((other) -> !other.code().equals(code))
						.toList();
		}
		return ofPlace(grid.place(), at).stream()
			.filter((other) -> !other.grid().equals(code))
			.filter((other) -> other.outline()
				.getEnvelopeInternal()
				.distance(own.outline().getEnvelopeInternal()) <= TOUCHING)
			.map((other) -> this.grids.find(other.grid(), at).orElse(null))
			.filter((other) -> other != null && sameSize(grid, other, at))
			.filter((other) -> find(other.code(), at).orElseThrow().outline().isWithinDistance(own.outline(), TOUCHING))
			.toList();
	}

	private boolean sameSize(Grid grid, Grid other, Instant at) {
		int depth = depth(grid);
		int otherDepth = depth(other);
		return otherDepth == depth || (otherDepth < depth && this.grids.children(other.code(), at).isEmpty());
	}

	private static int depth(Grid grid) {
		return (int) grid.path().chars().filter((letter) -> letter == '/').count();
	}

}
