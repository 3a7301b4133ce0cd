package gridcase.registry;

import org.locationtech.jts.geom.Geometry;

/**
 * Where a grid lies. Coordinates are degrees of WGS 84, longitude first.
 *
 * @param place place code
 * @param grid code of the grid
 * @param geometry the outline as GeoJSON, {@code Polygon} or {@code MultiPolygon}
 * @param outline the same, to reckon with
 * @param longitude of a point inside, where its name is written
 * @param latitude of that point
 */
public record GridShape(String place, String grid, String geometry, Geometry outline, double longitude,
		double latitude) {

}
