package gridcase.registry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Draws the outlines of the demo places' grids: invented ones, that divide an oval as the
 * tree of grids divides the place, each piece as large as the number of pieces within it.
 * The same files come out every time: run it with the folder
 * {@code src/main/resources/registry} after a change.
 */
final class GeneratedShapes {

	/** Where a place is drawn: longitude, latitude, width in kilometres. */
	private static final Map<String, double[]> PLACES = new LinkedHashMap<>();

	static {
		PLACES.put("shangdi", new double[] { 116.3058, 40.0331, 4.6 });
		PLACES.put("futian", new double[] { 113.2203, 22.9307, 3.2 });
		PLACES.put("xiangtan", new double[] { 112.9387, 27.8312, 9 });
		PLACES.put("shanxi", new double[] { 112.5531, 37.1042, 26 });
		PLACES.put("xiling", new double[] { 111.2868, 30.7013, 5.4 });
		PLACES.put("xiaofang", new double[] { 113.1164, 36.1957, 2.4 });
		PLACES.put("qindu", new double[] { 108.7062, 34.3341, 18 });
		PLACES.put("chengguan", new double[] { 112.1874, 37.5926, 11 });
	}

	/** Metres of a degree of latitude. */
	private static final double DEGREE = 111_320;

	private final Map<String, List<String>> children = new LinkedHashMap<>();

	private final Map<String, String> names = new LinkedHashMap<>();

	private final Map<String, List<double[]>> outlines = new LinkedHashMap<>();

	private final double[] centre;

	private GeneratedShapes(double[] centre) {
		this.centre = centre;
	}

	/** The places that are drawn. */
	static Iterable<String> places() {
		return PLACES.keySet();
	}

	/**
	 * The file of a place.
	 * @param place its code
	 * @param grids content of its {@code grids.csv}
	 */
	static String file(String place, String grids) throws IOException {
		GeneratedShapes shapes = new GeneratedShapes(PLACES.get(place));
		shapes.read(grids);
		return shapes.draw();
	}

	public static void main(String[] arguments) throws IOException {
		for (String place : places()) {
			Path folder = Path.of(arguments[0], place);
			Files.writeString(folder.resolve("grids.geojson"),
					file(place, Files.readString(folder.resolve("grids.csv"))));
		}
	}

	private void read(String grids) throws IOException {
		CSVFormat format = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();
		try (CSVParser parser = CSVParser.parse(grids, format)) {
			for (CSVRecord row : parser) {
				this.names.put(row.get("code"), row.get("name"));
				this.children.computeIfAbsent(row.get("parent"), (parent) -> new ArrayList<>()).add(row.get("code"));
			}
		}
	}

	private String draw() {
		for (String root : this.children.get("")) {
			divide(root, oval(root));
		}
		StringBuilder file = new StringBuilder("{\"type\":\"FeatureCollection\",\"features\":[\n");
		List<String> features = this.names.keySet().stream().map(this::feature).toList();
		return file.append(String.join(",\n", features)).append("\n]}\n").toString();
	}

	private String feature(String code) {
		StringBuilder ring = new StringBuilder();
		List<double[]> outline = this.outlines.get(code);
		for (int i = 0; i <= outline.size(); i++) {
			double[] point = outline.get(i % outline.size());
			double latitude = this.centre[1] + point[1] / DEGREE;
			double longitude = this.centre[0]
					+ point[0] / (DEGREE * StrictMath.cos(StrictMath.toRadians(this.centre[1])));
			ring.append((i > 0) ? "," : "").append(String.format(Locale.ROOT, "[%.6f,%.6f]", longitude, latitude));
		}
		return "{\"type\":\"Feature\",\"properties\":{\"code\":\"" + code + "\",\"name\":\"" + this.names.get(code)
				+ "\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[" + ring + "]]}}";
	}

	private List<double[]> oval(String code) {
		Random random = new Random(code.hashCode());
		double wide = this.centre[2] * 500;
		List<double[]> oval = new ArrayList<>();
		int corners = 13;
		for (int i = 0; i < corners; i++) {
			double angle = 2 * Math.PI * (i + 0.6 * random.nextDouble()) / corners;
			oval.add(new double[] { wide * StrictMath.cos(angle), 0.78 * wide * StrictMath.sin(angle) });
		}
		return oval;
	}

	private void divide(String code, List<double[]> outline) {
		this.outlines.put(code, outline);
		List<String> pieces = this.children.getOrDefault(code, List.of());
		if (pieces.size() == 1 && !this.children.containsKey(pieces.get(0))) {
			divide(pieces.get(0), smaller(outline));
		}
		else if (!pieces.isEmpty()) {
			share(pieces, outline);
		}
	}

	/** Cuts in two until every piece has its part. */
	private void share(List<String> pieces, List<double[]> outline) {
		if (pieces.size() == 1) {
			divide(pieces.get(0), outline);
			return;
		}
		double all = pieces.stream().mapToDouble(this::weight).sum();
		double first = 0;
		int cut = 0;
		while (cut < pieces.size() - 1 && (cut == 0 || first + weight(pieces.get(cut)) / 2 < all / 2)) {
			first += weight(pieces.get(cut++));
		}
		double[] across = across(outline, pieces.get(cut));
		double share = first / all;
		double low = -1e6;
		double high = 1e6;
		for (int i = 0; i < 60; i++) {
			double middle = (low + high) / 2;
			if (area(below(outline, across, middle)) < share * area(outline)) {
				low = middle;
			}
			else {
				high = middle;
			}
		}
		share(pieces.subList(0, cut), below(outline, across, low));
		share(pieces.subList(cut, pieces.size()), below(outline, new double[] { -across[0], -across[1] }, -low));
	}

	private double weight(String code) {
		return this.children.getOrDefault(code, List.of()).stream().mapToDouble(this::weight).sum()
				+ (this.children.containsKey(code) ? 0 : 1) + 0.6;
	}

	/** Along the longest way through, a little askew, from west or north. */
	private static double[] across(List<double[]> outline, String code) {
		double[] longest = { 1, 0 };
		double most = 0;
		for (double[] one : outline) {
			for (double[] other : outline) {
				double length = StrictMath.hypot(one[0] - other[0], one[1] - other[1]);
				if (length > most) {
					most = length;
					longest = new double[] { (one[0] - other[0]) / length, (one[1] - other[1]) / length };
				}
			}
		}
		double askew = (new Random(code.hashCode()).nextDouble() - 0.5) * 0.5;
		double x = longest[0] * StrictMath.cos(askew) - longest[1] * StrictMath.sin(askew);
		double y = longest[0] * StrictMath.sin(askew) + longest[1] * StrictMath.cos(askew);
		return (x - y >= 0) ? new double[] { x, y } : new double[] { -x, -y };
	}

	/** The part of a convex outline on one side of a line. */
	private static List<double[]> below(List<double[]> outline, double[] across, double limit) {
		List<double[]> part = new ArrayList<>();
		for (int i = 0; i < outline.size(); i++) {
			double[] from = outline.get(i);
			double[] to = outline.get((i + 1) % outline.size());
			double fromSide = from[0] * across[0] + from[1] * across[1] - limit;
			double toSide = to[0] * across[0] + to[1] * across[1] - limit;
			if (fromSide <= 0) {
				part.add(from);
			}
			if ((fromSide < 0 && toSide > 0) || (fromSide > 0 && toSide < 0)) {
				double at = fromSide / (fromSide - toSide);
				part.add(new double[] { from[0] + at * (to[0] - from[0]), from[1] + at * (to[1] - from[1]) });
			}
		}
		return part;
	}

	private static double area(List<double[]> outline) {
		double twice = 0;
		for (int i = 0; i < outline.size(); i++) {
			double[] one = outline.get(i);
			double[] next = outline.get((i + 1) % outline.size());
			twice += one[0] * next[1] - next[0] * one[1];
		}
		return Math.abs(twice) / 2;
	}

	private static List<double[]> smaller(List<double[]> outline) {
		double x = outline.stream().mapToDouble((point) -> point[0]).average().orElseThrow();
		double y = outline.stream().mapToDouble((point) -> point[1]).average().orElseThrow();
		return outline.stream()
			.map((point) -> new double[] { x + 0.55 * (point[0] - x), y + 0.55 * (point[1] - y) })
			.toList();
	}

}
