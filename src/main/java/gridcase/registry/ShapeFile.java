package gridcase.registry;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.operation.valid.IsValidOp;
import org.locationtech.jts.operation.valid.TopologyValidationError;

/**
 * Reads outlines of grids from GeoJSON (RFC 7946): a {@code FeatureCollection} of
 * polygons whose property {@code code} names the grid.
 */
final class ShapeFile {

	/** A tenth of a metre. */
	private static final int DECIMALS = 6;

	private static final JsonMapper JSON = JsonMapper.builder()
		.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
		.build();

	private static final GeometryFactory SHAPES = new GeometryFactory();

	private final Problems problems;

	private final List<FileRow> rows = new ArrayList<>();

	private int number;

	private int line;

	private String code;

	private ShapeFile(Problems problems) {
		this.problems = problems;
	}

	/**
	 * Reads all features that hold an outline; everything else is told to
	 * {@code problems}, by the line the feature begins on and its number.
	 */
	static List<FileRow> read(byte[] content, Problems problems) {
		ShapeFile file = new ShapeFile(problems);
		file.read(content);
		return file.rows;
	}

	/**
	 * A stored outline.
	 * @throws IllegalStateException when it is none
	 */
	static Geometry outline(String geometry) {
		try {
			return geometry(JSON.readTree(geometry));
		}
		catch (JsonProcessingException ex) {
			throw new IllegalStateException("A stored outline is no JSON: " + geometry, ex);
		}
	}

	private void read(byte[] content) {
		boolean features = false;
		try (JsonParser parser = JSON.createParser(content)) {
			if (parser.nextToken() != JsonToken.START_OBJECT) {
				this.problems.add(1, "", "", "shape.collection");
				return;
			}
			while (parser.nextToken() == JsonToken.FIELD_NAME) {
				String name = parser.currentName();
				JsonToken value = parser.nextToken();
				if (name.equals("features") && value == JsonToken.START_ARRAY) {
					features = true;
					while (parser.nextToken() != JsonToken.END_ARRAY) {
						this.line = parser.currentTokenLocation().getLineNr();
						feature(parser.readValueAsTree());
					}
				}
				else {
					member(name, parser.readValueAsTree(), parser.currentTokenLocation().getLineNr());
				}
			}
			if (!features) {
				this.problems.add(1, "features", "", "shape.collection");
			}
			else if (this.number == 0) {
				this.problems.add(1, "features", "", "shape.none");
			}
		}
		catch (JsonProcessingException ex) {
			int at = (ex.getLocation() != null) ? ex.getLocation().getLineNr() : 0;
			this.problems.add(at, "", "", "broken", ex.getOriginalMessage());
		}
		catch (IOException ex) {
			this.problems.add(0, "", "", "broken", ex.getMessage());
		}
	}

	private void member(String name, JsonNode value, int at) {
		if (name.equals("type") && !value.asText().equals("FeatureCollection")) {
			this.problems.add(at, "type", value.asText(), "shape.collection");
		}
		// files from before RFC 7946 could name another system of coordinates
		String system = value.at("/properties/name").asText();
		if (name.equals("crs") && !system.endsWith("CRS84") && !system.endsWith("4326") && !system.endsWith("4490")) {
			this.problems.add(at, "crs", system, "shape.crs");
		}
	}

	private void feature(JsonNode feature) {
		this.number++;
		JsonNode named = feature.at("/properties/code");
		this.code = named.isValueNode() ? named.asText() : "";
		if (this.code.isBlank() || named.isNull()) {
			this.code = "";
			problem("properties.code", "shape.code");
			return;
		}
		if (Column.Type.CODE.canonical(this.code) == null) {
			problem("properties.code", "type.code");
			return;
		}
		JsonNode geometry = feature.path("geometry");
		String type = geometry.path("type").asText();
		if (!type.equals("Polygon") && !type.equals("MultiPolygon")) {
			problem("geometry.type", "shape.type", type.isEmpty() ? "–" : type);
			return;
		}
		if (ringsFit(geometry)) {
			JsonNode rounded = rounded(geometry);
			Geometry outline = geometry(rounded);
			if (outline.convexHull().getArea() == 0) {
				problem("geometry.coordinates", "shape.flat");
				return;
			}
			TopologyValidationError fault = new IsValidOp(outline).getValidationError();
			if (fault != null) {
				refuse(fault);
				return;
			}
			this.rows.add(new FileRow(this.line, cells(this.code, rounded, outline)));
		}
	}

	private void refuse(TopologyValidationError fault) {
		String where = position(fault.getCoordinate());
		switch (fault.getErrorType()) {
			case TopologyValidationError.SELF_INTERSECTION, TopologyValidationError.RING_SELF_INTERSECTION ->
				problem("geometry.coordinates", "shape.crosses", where);
			case TopologyValidationError.HOLE_OUTSIDE_SHELL -> problem("geometry.coordinates", "shape.hole", where);
			case TopologyValidationError.TOO_FEW_POINTS -> problem("geometry.coordinates", "shape.flat");
			default -> problem("geometry.coordinates", "shape.overlaps", where);
		}
	}

	private static String position(Coordinate at) {
		return decimal(at.x).toPlainString() + ", " + decimal(at.y).toPlainString();
	}

	/** Whether all rings are closed and made of coordinates; the first fault is told. */
	private boolean ringsFit(JsonNode geometry) {
		boolean many = geometry.path("type").asText().equals("MultiPolygon");
		JsonNode coordinates = geometry.path("coordinates");
		if (!coordinates.isArray() || coordinates.isEmpty()) {
			return problem("geometry.coordinates", "shape.empty");
		}
		for (int polygon = 0; polygon < (many ? coordinates.size() : 1); polygon++) {
			JsonNode rings = many ? coordinates.get(polygon) : coordinates;
			String path = "geometry.coordinates" + (many ? "[" + polygon + "]" : "");
			if (!rings.isArray() || rings.isEmpty()) {
				return problem(path, "shape.empty");
			}
			for (int ring = 0; ring < rings.size(); ring++) {
				if (!ringFits(rings.get(ring), path + "[" + ring + "]")) {
					return false;
				}
			}
		}
		return true;
	}

	private boolean ringFits(JsonNode ring, String path) {
		if (!ring.isArray() || ring.size() < 4) {
			return problem(path, "shape.short", ring.size());
		}
		for (int i = 0; i < ring.size(); i++) {
			JsonNode position = ring.get(i);
			if (!position.isArray() || position.size() < 2 || !position.get(0).isNumber()
					|| !position.get(1).isNumber()) {
				return problem(path + "[" + i + "]", "shape.position", position.toString());
			}
			double longitude = position.get(0).doubleValue();
			double latitude = position.get(1).doubleValue();
			if (Math.abs(latitude) > 90 && Math.abs(latitude) <= 180 && Math.abs(longitude) <= 90) {
				return problem(path + "[" + i + "]", "shape.swapped", position.toString());
			}
			if (Math.abs(longitude) > 180 || Math.abs(latitude) > 90) {
				return problem(path + "[" + i + "]", "shape.degrees", position.toString());
			}
		}
		JsonNode first = ring.get(0);
		JsonNode last = ring.get(ring.size() - 1);
		if (first.get(0).doubleValue() != last.get(0).doubleValue()
				|| first.get(1).doubleValue() != last.get(1).doubleValue()) {
			return problem(path, "shape.open", first.toString(), last.toString());
		}
		return true;
	}

	private boolean problem(String path, String reason, Object... arguments) {
		this.problems.add(this.line, "features[" + (this.number - 1) + "]." + path, this.code, reason, arguments);
		return false;
	}

	private static JsonNode rounded(JsonNode node) {
		if (node.isNumber()) {
			return JSON.getNodeFactory().numberNode(decimal(node.decimalValue()));
		}
		if (node.isArray()) {
			boolean position = !node.isEmpty() && node.get(0).isNumber();
			ArrayNode array = JSON.createArrayNode();
			for (int i = 0; i < (position ? 2 : node.size()); i++) {
				array.add(rounded(node.get(i)));
			}
			return array;
		}
		return JSON.createObjectNode()
			.put("type", node.get("type").asText())
			.set("coordinates", rounded(node.get("coordinates")));
	}

	private static BigDecimal decimal(double number) {
		return decimal(BigDecimal.valueOf(number));
	}

	private static BigDecimal decimal(BigDecimal number) {
		BigDecimal rounded = number.setScale(DECIMALS, RoundingMode.HALF_UP).stripTrailingZeros();
		return (rounded.scale() < 0) ? rounded.setScale(0) : rounded;
	}

	private static Map<String, String> cells(String code, JsonNode geometry, Geometry outline) {
		Point inside = outline.getCentroid();
		if (!outline.contains(inside)) {
			inside = outline.getInteriorPoint();
		}
		Map<String, String> cells = new LinkedHashMap<>();
		cells.put("grid", code);
		cells.put("geometry", geometry.toString());
		cells.put("longitude", decimal(inside.getX()).toPlainString());
		cells.put("latitude", decimal(inside.getY()).toPlainString());
		return cells;
	}

	private static Geometry geometry(JsonNode geometry) {
		JsonNode coordinates = geometry.path("coordinates");
		if (geometry.path("type").asText().equals("Polygon")) {
			return polygon(coordinates);
		}
		Polygon[] polygons = new Polygon[coordinates.size()];
		for (int i = 0; i < polygons.length; i++) {
			polygons[i] = polygon(coordinates.get(i));
		}
		return SHAPES.createMultiPolygon(polygons);
	}

	private static Polygon polygon(JsonNode rings) {
		LinearRing[] holes = new LinearRing[rings.size() - 1];
		for (int i = 0; i < holes.length; i++) {
			holes[i] = ring(rings.get(i + 1));
		}
		return SHAPES.createPolygon(ring(rings.get(0)), holes);
	}

	private static LinearRing ring(JsonNode positions) {
		Coordinate[] ring = new Coordinate[positions.size()];
		for (int i = 0; i < ring.length; i++) {
			ring[i] = new Coordinate(positions.get(i).get(0).doubleValue(), positions.get(i).get(1).doubleValue());
		}
		return SHAPES.createLinearRing(ring);
	}

}
