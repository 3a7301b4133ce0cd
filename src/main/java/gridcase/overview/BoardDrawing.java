package gridcase.overview;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import gridcase.clock.PlatformClock;
import gridcase.overview.BoardFigures.GridRow;
import gridcase.registry.GridShape;
import gridcase.registry.GridShapes;
import gridcase.registry.Grids;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.Polygon;

import org.springframework.stereotype.Component;

/** Draws the pieces of a board's grid, so that a page needs no map for it. */
@Component
class BoardDrawing {

	private static final double WIDE = 1000;

	private static final double MOST_HIGH = 720;

	/** A name is left out where the piece is narrower. */
	private static final double NAMED = 96;

	/** A figure is left out where the piece is narrower. */
	private static final double NUMBERED = 44;

	private final GridShapes shapes;

	private final Grids grids;

	private final GridCells cells;

	private final PlatformClock clock;

	BoardDrawing(GridShapes shapes, Grids grids, GridCells cells, PlatformClock clock) {
		this.shapes = shapes;
		this.grids = grids;
		this.cells = cells;
		this.clock = clock;
	}

	/**
	 * A drawing.
	 *
	 * @param width of the drawing
	 * @param height of the drawing
	 * @param pieces what is drawn; empty when no outline was loaded
	 */
	record Drawing(int width, int height, List<Piece> pieces) {

	}

	/**
	 * A piece.
	 *
	 * @param row its figures
	 * @param label its name without what is the same in all of them
	 * @param path outline as SVG
	 * @param x where its name stands
	 * @param y where its name stands
	 * @param named whether there is room for the name
	 * @param numbered whether there is room for the figure
	 * @param shade 0 to 2 by its share of the fullest piece
	 */
	record Piece(GridRow row, String label, String path, int x, int y, boolean named, boolean numbered, int shade) {

	}

	Drawing of(BoardFigures figures) {
		Instant now = this.clock.now();
		List<GridShape> outlines = new ArrayList<>();
		List<GridRow> rows = new ArrayList<>();
		Envelope extent = new Envelope();
		for (GridRow row : figures.grids()) {
			if (row.code() != null) {
				this.shapes.find(row.code(), now).ifPresent((shape) -> {
					outlines.add(shape);
					rows.add(row);
					extent.expandToInclude(shape.outline().getEnvelopeInternal());
				});
			}
		}
		if (outlines.isEmpty()) {
			return new Drawing(0, 0, List.of());
		}
		double narrow = Math.cos(Math.toRadians(extent.centre().y));
		double scale = Math.min(WIDE / (extent.getWidth() * narrow), MOST_HIGH / extent.getHeight());
		int most = rows.stream().mapToInt((row) -> row.lights().total()).max().orElse(0);
		List<Piece> pieces = new ArrayList<>();
		List<String> names = rows.stream()
			.map((row) -> this.cells.shortName(this.grids.get(row.code(), now), now))
			.toList();
		int ending = ending(names);
		for (int i = 0; i < rows.size(); i++) {
			GridShape shape = outlines.get(i);
			double width = shape.outline().getEnvelopeInternal().getWidth() * narrow * scale;
			int total = rows.get(i).lights().total();
			pieces.add(
					new Piece(rows.get(i), shortest(names.get(i), ending), path(shape.outline(), extent, scale, narrow),
							(int) ((shape.longitude() - extent.getMinX()) * narrow * scale),
							(int) ((extent.getMaxY() - shape.latitude()) * scale), width >= NAMED, width >= NUMBERED,
							(most > 0) ? Math.min(2, 3 * total / (most + 1)) : 0));
		}
		return new Drawing((int) Math.ceil(extent.getWidth() * narrow * scale),
				(int) Math.ceil(extent.getHeight() * scale), pieces);
	}

	/** How many letters at the end all names share, such as 街道 or 社区网格. */
	static int ending(List<String> names) {
		int shared = 0;
		while (names.size() > 1 && sharesMore(names, shared + 1)) {
			shared++;
		}
		return shared;
	}

	private static boolean sharesMore(List<String> names, int letters) {
		String first = names.get(0);
		// two letters have to be left, else nobody knows which one it is
		return names.stream().allMatch((name) -> name.length() >= letters + 2)
				&& names.stream().allMatch((name) -> name.endsWith(first.substring(first.length() - letters)));
	}

	/** Names that only differ by a number keep the word behind it. */
	static String shortest(String name, int ending) {
		String label = name.substring(0, name.length() - ending);
		return Character.isDigit(label.charAt(label.length() - 1)) ? name : label;
	}

	private static String path(Geometry outline, Envelope extent, double scale, double narrow) {
		StringBuilder path = new StringBuilder();
		for (int i = 0; i < outline.getNumGeometries(); i++) {
			Polygon polygon = (Polygon) outline.getGeometryN(i);
			ring(polygon.getExteriorRing(), extent, scale, narrow, path);
			for (int hole = 0; hole < polygon.getNumInteriorRing(); hole++) {
				ring(polygon.getInteriorRingN(hole), extent, scale, narrow, path);
			}
		}
		return path.toString();
	}

	private static void ring(LineString ring, Envelope extent, double scale, double narrow, StringBuilder path) {
		String step = "M";
		for (Coordinate at : ring.getCoordinates()) {
			path.append(String.format(Locale.ROOT, "%s%.1f %.1f", step, (at.x - extent.getMinX()) * narrow * scale,
					(extent.getMaxY() - at.y) * scale));
			step = "L";
		}
		path.append('Z');
	}

}
