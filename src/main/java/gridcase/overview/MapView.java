package gridcase.overview;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonRawValue;

/**
 * What a map shows: few enough signs to draw, whatever the number of cases.
 *
 * @param lights open cases of the whole place that match
 * @param unplaced of these, how many have neither a position nor a grid with an outline
 * @param cells grids in sight, as small as can be told apart; those around others first
 * @param clusters cases in sight, near ones together
 */
record MapView(Lights lights, int unplaced, List<Cell> cells, List<Cluster> clusters) {

	/**
	 * A grid.
	 *
	 * @param code its code
	 * @param name its name
	 * @param label the name without what it has in common with the grid around it
	 * @param kind what people there call such a piece
	 * @param around whether smaller ones are shown within it
	 * @param lights open cases in it and everything beneath
	 * @param longitude of a point inside
	 * @param latitude of that point
	 * @param geometry outline as GeoJSON, or null when only figures were asked for
	 */
	record Cell(String code, String name, String label, String kind, boolean around, Lights lights, double longitude,
			double latitude, @JsonRawValue String geometry) {

	}

	/**
	 * Cases that lie together.
	 *
	 * @param longitude their middle
	 * @param latitude their middle
	 * @param lights how they stand
	 * @param together whether they lie on one point, so that looking nearer parts nothing
	 * @param caseNo number of the case when it is one
	 * @param title its title
	 * @param grid the grid when all lie in one
	 */
	record Cluster(double longitude, double latitude, Lights lights, boolean together, String caseNo, String title,
			String grid) {

	}

}
