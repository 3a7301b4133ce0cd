package gridcase.overview;

import gridcase.security.CurrentPerson;
import org.locationtech.jts.geom.Envelope;

import org.springframework.stereotype.Component;

/** Puts together what a map shows, for page and API alike. */
@Component
class MapReader {

	private final CaseMap cases;

	private final GridCells cells;

	private final OverviewPlaces places;

	MapReader(CaseMap cases, GridCells cells, OverviewPlaces places) {
		this.cases = cases;
		this.cells = cells;
		this.places = places;
	}

	/**
	 * What somebody asks of a map, as request parameters.
	 *
	 * @param place place code, or null for the own one
	 * @param light light of the cases, or null
	 * @param category class or category code, or null
	 * @param stage canonical stage key, or null
	 * @param zoom how near, or null
	 * @param box {@code west,south,east,north}, or null for the whole place
	 * @param shapes whether outlines are wanted, true if null
	 */
	record Asked(String place, String light, String category, String stage, Integer zoom, String box, Boolean shapes) {

	}

	MapQuery query(CurrentPerson person, Asked asked) {
		return new MapQuery(person.login(), this.places.choose(person, asked.place()).code(), asked.light(),
				asked.category(), asked.stage());
	}

	/** What is looked at; the whole place at a middle distance if nothing was said. */
	Viewport viewport(String place, Asked asked) {
		int zoom = (asked.zoom() != null) ? asked.zoom() : 14;
		if (asked.box() != null && !asked.box().isBlank()) {
			return Viewport.of(zoom, asked.box());
		}
		Envelope extent = this.cells.extent(place);
		Viewport world = Viewport.of(zoom, "-180,-90,180,90");
		return extent.isNull() ? world : new Viewport(zoom, extent);
	}

	MapView view(CurrentPerson person, Asked asked) {
		MapQuery query = query(person, asked);
		Viewport view = viewport(query.place(), asked);
		CaseMap.Counted counted = this.cases.count(query, view);
		return new MapView(counted.all(), counted.unplaced(),
				this.cells.cells(query.place(), view, counted.byGrid(), !Boolean.FALSE.equals(asked.shapes())),
				counted.clusters());
	}

}
