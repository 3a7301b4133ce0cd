package gridcase.overview;

import java.util.Arrays;
import java.util.List;

import gridcase.shared.FieldProblem;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;
import org.locationtech.jts.geom.Envelope;

/**
 * The part of the world that is looked at, in degrees of WGS 84.
 *
 * @param zoom 0 for the whole world on one tile of 256 pixels, one more for twice as near
 * @param box what is seen
 */
record Viewport(int zoom, Envelope box) {

	static final int NEAREST = 20;

	/** Signs nearer than this, in pixels, become one. */
	private static final int CELL = 64;

	private static final int TILE = 256;

	/**
	 * Reads what a map asks for.
	 * @param zoom how near
	 * @param box {@code west,south,east,north}
	 * @throws Refusal when one of them does not fit
	 */
	static Viewport of(int zoom, String box) {
		if (zoom < 0 || zoom > NEAREST) {
			throw wrong("zoom", "overview.refused.zoom", NEAREST);
		}
		double[] sides;
		try {
			sides = Arrays.stream(box.split(",")).mapToDouble((side) -> Double.parseDouble(side.trim())).toArray();
		}
		catch (NumberFormatException ex) {
			throw wrong("box", "overview.refused.box", box);
		}
		if (sides.length != 4 || sides[0] >= sides[2] || sides[1] >= sides[3]
				|| !Arrays.stream(sides).allMatch((side) -> Double.isFinite(side) && Math.abs(side) <= 720)) {
			throw wrong("box", "overview.refused.box", box);
		}
		return new Viewport(zoom, new Envelope(sides[0], sides[2], sides[1], sides[3]));
	}

	private static Refusal wrong(String field, String message, Object value) {
		return Refusal.invalid(List.of(new FieldProblem(field, field, Texts.of("overview", message, value))));
	}

	/** Pixels of a degree of longitude. */
	double pixels() {
		return TILE * Math.pow(2, this.zoom) / 360;
	}

	/** Pixels of a degree of latitude around a latitude. */
	double pixels(double latitude) {
		return pixels() / Math.cos(Math.toRadians(Math.min(85, Math.abs(latitude))));
	}

	/** Width of a cell in degrees. */
	double cellWidth() {
		return CELL / pixels();
	}

	/** Height of a cell in degrees around a latitude. */
	double cellHeight(double latitude) {
		return CELL / pixels(latitude);
	}

}
