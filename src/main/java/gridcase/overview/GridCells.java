package gridcase.overview;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import gridcase.clock.PlatformClock;
import gridcase.overview.MapView.Cell;
import gridcase.registry.Grid;
import gridcase.registry.GridShape;
import gridcase.registry.GridShapes;
import gridcase.registry.Grids;
import org.locationtech.jts.geom.Envelope;

import org.springframework.stereotype.Component;

/**
 * Which grids of a place are drawn: from the root down as long as the pieces stay large
 * enough to be hit with a finger.
 */
@Component
class GridCells {

	/** Pixels a piece is wide on average before its parent gives way to it. */
	private static final double WIDE = 76;

	/** Share of its area a grid's pieces must cover to hide it. */
	private static final double COVERED = 0.9;

	private final Grids grids;

	private final GridShapes shapes;

	private final PlatformClock clock;

	GridCells(Grids grids, GridShapes shapes, PlatformClock clock) {
		this.grids = grids;
		this.shapes = shapes;
		this.clock = clock;
	}

	/** The extent of all outlines of a place; null-like (empty) when there are none. */
	Envelope extent(String place) {
		Envelope extent = new Envelope();
		this.shapes.ofPlace(place, this.clock.now())
			.forEach((shape) -> extent.expandToInclude(shape.outline().getEnvelopeInternal()));
		return extent;
	}

	/**
	 * The grids in sight.
	 * @param place place code
	 * @param view what is looked at
	 * @param byGrid open cases by the grid they are registered for
	 * @param outlines whether to give their outlines
	 */
	List<Cell> cells(String place, Viewport view, Map<String, Lights> byGrid, boolean outlines) {
		Instant now = this.clock.now();
		Map<String, Lights> within = within(byGrid, now);
		List<Cell> cells = new ArrayList<>();
		for (Grid root : this.grids.ofPlace(place, now)) {
			if (root.parent() == null) {
				descend(root, view, within, outlines, cells, now);
			}
		}
		return cells;
	}

	/** Cases by grid, those of every piece beneath it counted as well. */
	Map<String, Lights> within(Map<String, Lights> byGrid, Instant now) {
		Map<String, Lights> within = new HashMap<>();
		byGrid.forEach((code, lights) -> this.grids.find(code, now).ifPresent((grid) -> {
			for (String part : grid.path().split("/")) {
				within.merge(part, lights, Lights::plus);
			}
		}));
		return within;
	}

	/** Without what it has in common with the grid around it. */
	String shortName(Grid grid, Instant now) {
		String around = (grid.parent() != null) ? this.grids.find(grid.parent(), now).map(Grid::name).orElse("") : "";
		int common = 0;
		while (common < Math.min(around.length(), grid.name().length())
				&& around.charAt(common) == grid.name().charAt(common)) {
			common++;
		}
		return (common >= 2 && grid.name().length() - common >= 2) ? grid.name().substring(common) : grid.name();
	}

	private void descend(Grid grid, Viewport view, Map<String, Lights> within, boolean outlines, List<Cell> cells,
			Instant now) {
		GridShape own = this.shapes.find(grid.code(), now).orElse(null);
		if (own != null && !own.outline().getEnvelopeInternal().intersects(view.box())) {
			return;
		}
		List<Grid> pieces = this.grids.children(grid.code(), now);
		double area = 0;
		int drawn = 0;
		for (Grid piece : pieces) {
			GridShape shape = this.shapes.find(piece.code(), now).orElse(null);
			if (shape != null) {
				area += shape.outline().getArea();
				drawn++;
			}
		}
		boolean deeper = own == null || (drawn > 0
				&& (pieces.size() == 1 || area / drawn * view.pixels() * view.pixels(own.latitude()) >= WIDE * WIDE));
		boolean hidden = deeper && (own == null || area >= COVERED * own.outline().getArea());
		if (!hidden) {
			cells.add(new Cell(grid.code(), grid.name(), shortName(grid, now), grid.kind(), deeper,
					within.getOrDefault(grid.code(), Lights.NONE), own.longitude(), own.latitude(),
					outlines ? own.geometry() : null));
		}
		if (deeper) {
			pieces.forEach((piece) -> descend(piece, view, within, outlines, cells, now));
		}
	}

}
