package gridcase.registry;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;

import gridcase.shared.LoadRefused;
import gridcase.shared.RowProblem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static gridcase.registry.RegistryFixture.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Outlines of grids are taken from GeoJSON, all or none, and every fault is named. */
class ShapeLoadTests {

	private static final LocalDate FROM = LocalDate.of(2026, 1, 1);

	private static final String WEST = feature("10001",
			"\"Polygon\",\"coordinates\":[[[112,27],[112.01,27],[112.01,27.01],[112,27.01],[112,27]]]");

	private static final String EAST = feature("10002",
			"\"Polygon\",\"coordinates\":[[[112.01,27],[112.02,27],[112.02,27.01],[112.01,27.01],[112.01,27]]]");

	private RegistryFixture registry;

	@BeforeEach
	void aSmallPlace() {
		this.registry = RegistryFixture.withSmallPlace();
	}

	private static String feature(String code, String geometry) {
		return "{\"type\":\"Feature\",\"properties\":{\"code\":\"" + code + "\"},\"geometry\":{\"type\":" + geometry
				+ "}}";
	}

	private static String collection(String... features) {
		return "{\"type\":\"FeatureCollection\",\"features\":[\n" + String.join(",\n", features) + "\n]}";
	}

	private LoadReport load(String content, boolean complete) {
		return this.registry.loader.load(RegistryKind.SHAPES, "hill", FROM, complete,
				content.getBytes(StandardCharsets.UTF_8));
	}

	private RowProblem refused(String content) {
		LoadRefused refused = catchThrowableOfType(LoadRefused.class, () -> load(content, false));
		assertThat(refused.problems()).hasSize(1);
		assertThat(this.registry.shapes.ofPlace("hill", NOW)).isEmpty();
		return refused.problems().get(0);
	}

	@Test
	void loadsOutlinesAndKnowsWhoIsNextToWhom() {
		assertThat(load(collection(WEST, EAST), false).added()).isEqualTo(2);

		GridShape shape = this.registry.shapes.find("10001", NOW).orElseThrow();
		assertThat(shape.longitude()).isEqualTo(112.005);
		assertThat(shape.latitude()).isEqualTo(27.005);
		assertThat(this.registry.shapes.neighbours("10001", NOW)).extracting(Grid::code).containsExactly("10002");
		assertThat(load(collection(WEST, EAST), true).unchanged()).isEqualTo(2);
	}

	@Test
	void aChangedOutlineIsOpenedAnewAndACompleteFileClosesTheRest() {
		load(collection(WEST, EAST), false);
		LoadReport report = this.registry.loader.load(RegistryKind.SHAPES, "hill", LocalDate.of(2026, 3, 1), true,
				collection(WEST.replace("27.01", "27.02")).getBytes(StandardCharsets.UTF_8));

		assertThat(report.changed()).isEqualTo(1);
		assertThat(report.closed()).isEqualTo(1);
		assertThat(this.registry.shapes.find("10001", NOW).orElseThrow().latitude()).isEqualTo(27.01);
		assertThat(this.registry.store.day(LocalDate.of(2026, 2, 1)).shapes.get("10001").latitude()).isEqualTo(27.005);
		assertThat(this.registry.shapes.find("10002", NOW)).isEmpty();
	}

	@Test
	void thePointInsideIsInsideEvenOfABentGrid() {
		load(collection(feature("10001",
				"\"Polygon\",\"coordinates\":[[[112,27],[112.03,27],[112.03,27.03],[112.02,27.03],[112.02,27.01],[112.01,27.01],[112.01,27.03],[112,27.03],[112,27]]]")),
				false);
		GridShape shape = this.registry.shapes.find("10001", NOW).orElseThrow();
		assertThat(shape.outline()
			.contains(shape.outline()
				.getFactory()
				.createPoint(new org.locationtech.jts.geom.Coordinate(shape.longitude(), shape.latitude()))))
			.isTrue();
	}

	@Test
	void aGridInTwoPartsWithAHoleIsTaken() {
		load(collection(feature("10001",
				"\"MultiPolygon\",\"coordinates\":[[[[112,27],[112.01,27],[112.01,27.01],[112,27.01],[112,27]],[[112.004,27.004],[112.006,27.004],[112.006,27.006],[112.004,27.004]]],[[[112.02,27],[112.03,27],[112.03,27.01],[112.02,27]]]]")),
				false);
		assertThat(this.registry.shapes.find("10001", NOW).orElseThrow().outline().getNumGeometries()).isEqualTo(2);
	}

	@ParameterizedTest(name = "{0} {1}")
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					77777 | "Polygon","coordinates":[[[112,27],[112.01,27],[112.01,27.01],[112,27]]] | 没有此编码
					10001 | "Polygon","coordinates":[[[112,27],[112.01,27.01],[112.01,27],[112,27.01],[112,27]]] | 112.005, 27.005 处与自身相交
					10001 | "Polygon","coordinates":[[[112,27],[112.01,27],[112.01,27.01],[112,27.01]]] | 没有闭合：起点 [112,27]，终点 [112,27.01]
					10001 | "Polygon","coordinates":[[[112,27],[112.01,27],[112,27]]] | 至少要 4 个点（首尾相同），现有 3 个
					10001 | "Polygon","coordinates":[[[27,112],[27.01,112],[27.01,112.01],[27,112]]] | 经度和纬度写反了
					10001 | "Polygon","coordinates":[[[512000,2990000],[512100,2990000],[512100,2990100],[512000,2990000]]] | 超出范围
					10001 | "Polygon","coordinates":[[["112",27],[112.01,27],[112.01,27.01],["112",27]]] | 不是坐标
					10001 | "Polygon","coordinates":[[[112,27],[112.01,27],[112.02,27],[112,27]]] | 没有面积
					10001 | "Polygon","coordinates":[] | 没有坐标
					10001 | "Point","coordinates":[112,27] | 应为 Polygon 或 MultiPolygon，现为 Point
					10001 | "Polygon","coordinates":[[[112,27],[112.01,27],[112.01,27.01],[112,27]],[[113,27],[113.01,27],[113.01,27.01],[113,27]]] | 空洞在
					""")
	void namesWhatIsWrongWithAFeature(String code, String geometry, String reason) {
		RowProblem problem = refused(collection(EAST, feature(code, geometry)));
		assertThat(problem.line()).isEqualTo(3);
		assertThat(problem.value()).isEqualTo(code);
		assertThat(problem.reason()).contains(reason);
	}

	@Test
	void namesEveryFaultyFeatureOfAFile() {
		LoadRefused refused = catchThrowableOfType(LoadRefused.class,
				() -> load(collection(WEST.replace("10001", "77777"), EAST.replace("\"code\"", "\"name\""), WEST, WEST),
						false));
		assertThat(refused.problems()).extracting(RowProblem::line).containsExactlyInAnyOrder(2, 3, 5);
		assertThat(refused.problems()).extracting(RowProblem::column).contains("features[1].properties.code", "grid");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			[1, 2]                                              | FeatureCollection
			{"type": "Feature", "geometry": null}               | FeatureCollection
			{"type": "FeatureCollection", "features": []}       | 至少要有一个网格
			{"type": "FeatureCollection", "features": [         | 文件无法读取
			""")
	void saysWhatAFileShouldBe(String content, String reason) {
		LoadRefused refused = catchThrowableOfType(LoadRefused.class, () -> load(content, false));
		assertThat(refused.problems()).anySatisfy((problem) -> assertThat(problem.reason()).contains(reason));
	}

	@Test
	void coordinatesOfAnotherSystemAreRefused() {
		String content = collection(WEST).replace("\"features\"",
				"\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"urn:ogc:def:crs:EPSG::3857\"}},\"features\"");
		assertThatExceptionOfType(LoadRefused.class).isThrownBy(() -> load(content, false))
			.withMessageContaining("WGS 84");
		assertThat(load(content.replace("EPSG::3857", "OGC:1.3:CRS84"), false).added()).isEqualTo(1);
	}

}
