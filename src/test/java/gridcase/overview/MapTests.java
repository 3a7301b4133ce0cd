package gridcase.overview;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import gridcase.casework.CaseDriver;
import gridcase.casework.CaseFile;
import gridcase.casework.CaseQuery;
import gridcase.casework.Cases;
import gridcase.casework.DemoTest;
import gridcase.casework.Page;
import gridcase.clock.PlatformClock;
import gridcase.overview.CaseMap.CaseSpot;
import gridcase.overview.CaseMap.Counted;
import gridcase.registry.GridShape;
import gridcase.registry.GridShapes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.locationtech.jts.geom.Envelope;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.MockMvc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

/** The map counts exactly what the person may see, and puts it where it is. */
@DemoTest
// counts all cases there are: an application of its own
@TestPropertySource(properties = "spring.application.name=map")
class MapTests {

	private static final String PLACE = "shangdi";

	private static final String GRID = "11010802200101";

	private static final String OTHER_GRID = "11010802200201";

	@Autowired
	private CaseDriver drive;

	@Autowired
	private CaseMap map;

	@Autowired
	private GridCells cells;

	@Autowired
	private Cases cases;

	@Autowired
	private GridShapes shapes;

	@Autowired
	private PlatformClock clock;

	@Autowired
	private JdbcTemplate jdbc;

	@Autowired
	private MockMvc http;

	private String plain;

	private String placed;

	private String elsewhere;

	@BeforeEach
	void cases() {
		this.plain = report("sd.c01.g1", GRID, Map.of("category", "S0501", "title", "楼道堆放杂物"));
		this.placed = report("sd.c01.g1", GRID, Map.of("title", "井盖破损翘起", "longitude", 116.3125, "latitude", 40.0302));
		this.elsewhere = report("sd.c02.g1", OTHER_GRID, Map.of("title", "路灯整排不亮"));
		light(this.placed, "OVER");
		light(this.elsewhere, "WARN");
	}

	private String report(String login, String grid, Map<String, Object> more) {
		Map<String, Object> values = new HashMap<>(Map.of("gridCode", grid));
		values.putAll(more);
		return this.drive.report(PLACE, login, "GRID_WORKER", values);
	}

	private void light(String caseNo, String light) {
		this.jdbc.update("update case_file set light = ? where case_no = ?", light, caseNo);
	}

	private Viewport whole(int zoom) {
		Envelope extent = this.cells.extent(PLACE);
		extent.expandBy(0.01);
		return new Viewport(zoom, extent);
	}

	private MapQuery all(String login) {
		return new MapQuery(login, PLACE, null, null, null);
	}

	/** What the list of cases shows the same person, page by page. */
	private List<CaseFile> listed(String login) {
		List<CaseFile> all = new ArrayList<>();
		String cursor = null;
		do {
			Page<CaseFile> page = this.cases
				.search(new CaseQuery(login, PLACE, null, "OPEN", null, null, null, cursor, 200));
			all.addAll(page.rows());
			cursor = page.next();
		}
		while (cursor != null);
		return all;
	}

	@ParameterizedTest
	@ValueSource(strings = { "sd.c01.g1", "sd.c02.g1", "sd.c01.dispatcher", "sd.leader", "sd.auditor", "sd.cg.handler",
			"sd.policy", "admin" })
	void countsExactlyTheCasesTheListShows(String login) {
		List<CaseFile> listed = listed(login);
		for (int zoom : new int[] { 10, 14, 19 }) {
			Counted counted = this.map.count(all(login), whole(zoom));
			assertThat(counted.all().total()).isEqualTo(listed.size());
			assertThat(counted.byGrid())
				.hasSize((int) listed.stream().map((file) -> file.fact("gridCode")).distinct().count());
			counted.byGrid()
				.forEach((grid, lights) -> assertThat(lights.total()).as(grid)
					.isEqualTo((int) listed.stream().filter((file) -> file.fact("gridCode").equals(grid)).count()));
			Map<String, Long> byLight = listed.stream()
				.collect(Collectors.groupingBy((file) -> (file.light() != null) ? file.light() : "OK",
						Collectors.counting()));
			assertThat(counted.all()).isEqualTo(new Lights(byLight.getOrDefault("OK", 0L).intValue(),
					byLight.getOrDefault("WARN", 0L).intValue(), byLight.getOrDefault("OVER", 0L).intValue(),
					byLight.getOrDefault("PAUSED", 0L).intValue()));
			Lights inClusters = counted.clusters()
				.stream()
				.map(MapView.Cluster::lights)
				.reduce(Lights.NONE, Lights::plus);
			assertThat(inClusters.total() + counted.unplaced()).isEqualTo(counted.all().total());
		}
	}

	@Test
	void nobodySeesOnTheMapWhatIsOutsideTheirDuties() {
		assertThat(this.map.list(all("sd.c02.g1"), null, 1000)).extracting(CaseSpot::caseNo)
			.contains(this.elsewhere)
			.doesNotContain(this.plain, this.placed);
		assertThat(this.map.find("sd.c02.g1", PLACE, this.plain)).isEmpty();
		assertThat(this.map.recent("sd.c02.g1", PLACE, "110108/", 1000)).extracting(CaseSpot::caseNo)
			.doesNotContain(this.plain);
		CaseSpot own = this.map.find("sd.c02.g1", PLACE, this.elsewhere).orElseThrow();
		assertThat(this.map.near("sd.c02.g1", PLACE, own, 1000)).extracting(CaseSpot::caseNo)
			.doesNotContain(this.plain, this.placed);
	}

	@Test
	void aCaseLiesWhereItsReportSaysElseAtItsGrid() {
		CaseSpot said = this.map.find("sd.c01.g1", PLACE, this.placed).orElseThrow();
		assertThat(said.positioned()).isTrue();
		assertThat(said.longitude()).isEqualTo(116.3125);
		assertThat(said.latitude()).isEqualTo(40.0302);
		CaseSpot atGrid = this.map.find("sd.c01.g1", PLACE, this.plain).orElseThrow();
		GridShape shape = this.shapes.find(GRID, this.clock.now()).orElseThrow();
		assertThat(atGrid.positioned()).isFalse();
		assertThat(atGrid.longitude()).isCloseTo(shape.longitude(), within(1e-9));
		assertThat(atGrid.latitude()).isCloseTo(shape.latitude(), within(1e-9));
		assertThat(said.metresTo(atGrid)).isPositive();
	}

	@Test
	void aGridWithoutAnOutlineTakesTheNearestAroundIt() {
		this.jdbc.update("update grid_shape set grid = 'x' || grid where grid = ?", GRID);
		try {
			CaseSpot spot = this.map.find("sd.c01.g1", PLACE, this.plain).orElseThrow();
			GridShape around = this.shapes.find("110108022001", this.clock.now()).orElseThrow();
			assertThat(spot.longitude()).isCloseTo(around.longitude(), within(1e-9));
		}
		finally {
			this.jdbc.update("update grid_shape set grid = ? where grid = 'x' || ?", GRID, GRID);
		}
	}

	@Test
	void filtersNarrowWhatIsCounted() {
		int over = this.map.count(new MapQuery("sd.leader", PLACE, "OVER", "", ""), whole(14)).all().total();
		assertThat(over).isPositive()
			.isEqualTo((int) listed("sd.leader").stream().filter((file) -> "OVER".equals(file.light())).count());
		int category = this.map.count(new MapQuery("sd.leader", PLACE, null, "S0501", null), whole(14)).all().total();
		assertThat(category).isPositive()
			.isEqualTo(
					(int) listed("sd.leader").stream().filter((file) -> file.fact("category").equals("S0501")).count());
		int stage = this.map.count(new MapQuery("sd.leader", PLACE, null, null, "File"), whole(14)).all().total();
		assertThat(stage).isPositive()
			.isEqualTo((int) listed("sd.leader").stream().filter((file) -> "file".equals(file.stageKey())).count());
	}

	@Test
	void clustersStayWhereTheyAreWhileTheMapMoves() {
		Viewport here = whole(15);
		Envelope moved = new Envelope(here.box());
		moved.translate(0.0013, 0);
		List<MapView.Cluster> before = this.map.count(all("sd.leader"), here).clusters();
		List<MapView.Cluster> after = this.map.count(all("sd.leader"), new Viewport(15, moved)).clusters();
		assertThat(after).containsExactlyInAnyOrderElementsOf(before);
	}

	@Test
	void smallGridsAppearWhenTheyAreLargeEnoughToHitAndSumsGoUp() {
		Counted counted = this.map.count(all("sd.leader"), whole(14));
		List<MapView.Cell> far = this.cells.cells(PLACE, whole(14), counted.byGrid(), false);
		assertThat(far).extracting(MapView.Cell::kind).containsOnly("社区网格");
		List<MapView.Cell> near = this.cells.cells(PLACE, whole(18), counted.byGrid(), true);
		assertThat(near).extracting(MapView.Cell::kind).contains("自治小组");
		assertThat(near).allSatisfy((cell) -> assertThat(cell.geometry()).contains("coordinates"));
		assertThat(far.stream().mapToInt((cell) -> cell.lights().total()).sum()).isEqualTo(counted.byGrid()
			.entrySet()
			.stream()
			.filter((entry) -> entry.getKey().startsWith("110108022") && entry.getKey().length() > 9)
			.mapToInt((entry) -> entry.getValue().total())
			.sum());
	}

	@Test
	void gridTellsWhoIsOnDutyAndWhatIsNextToIt() throws Exception {
		this.http.perform(get("/api/v1/map/grids/" + GRID).with(httpBasic("sd.c01.g1", "gridcase")))
			.andExpect(status().isOk())
			.andExpect(jsonPath("$.onCall[0].role").value("grid-worker"))
			.andExpect(jsonPath("$.onCall[0].people[0].phone").isNotEmpty())
			.andExpect(jsonPath("$.neighbours.length()").value(greaterThan(0)))
			.andExpect(jsonPath("$.around[0].code").value("110108"))
			.andExpect(jsonPath("$.recent[*].spot.caseNo").value(hasItem(this.plain)));
	}

	@Test
	void nearestCaseComesFirst() {
		CaseSpot spot = this.map.find("sd.leader", PLACE, this.placed).orElseThrow();
		List<CaseSpot> near = this.map.near("sd.leader", PLACE, spot, 1000);
		assertThat(near).extracting(CaseSpot::caseNo).contains(this.plain, this.elsewhere);
		assertThat(near).extracting((other) -> other.metresTo(spot)).isSorted();
	}

	@Test
	void caseTellsWhatIsAroundIt() throws Exception {
		this.http.perform(get("/api/v1/map/cases/" + this.placed).with(httpBasic("sd.c01.dispatcher", "gridcase")))
			.andExpect(status().isOk())
			.andExpect(jsonPath("$.grid.code").value(GRID))
			.andExpect(jsonPath("$.near[0].metres").isNumber())
			.andExpect(jsonPath("$.near[*].spot.caseNo").value(not(hasItem(this.placed))));
		this.http.perform(get("/api/v1/map/cases/" + this.placed).with(httpBasic("sd.c02.g1", "gridcase")))
			.andExpect(status().isNotFound());
	}

	@ParameterizedTest(name = "{0} gets {1}: {2}")
	@CsvSource(delimiter = '|', textBlock = """
			?light=RED                  | 400 | OVER, WARN, OK, PAUSED
			?stage=lunch                | 400 | collect, file
			?zoom=99                    | 400 | 0 至 20
			?box=1,2,3                  | 400 | 西,南,东,北
			?box=3,2,1,4                | 400 | 西,南,东,北
			?box=a,b,c,d                | 400 | 西,南,东,北
			?place=futian               | 403 | 本辖区
			/grids/44060610200101       | 404 | 44060610200101
			/cases/SD19990101-000001    | 404 | SD19990101-000001
			""")
	void refusesWhatDoesNotFit(String asked, int status, String words) throws Exception {
		this.http.perform(get("/api/v1/map" + asked).with(httpBasic("sd.leader", "gridcase")))
			.andExpect(status().is(status))
			.andExpect(content().string(containsString(words)));
	}

	@Test
	void mapAnswersSmallForManyCases() throws Exception {
		this.http.perform(get("/api/v1/map?zoom=14&shapes=false").with(httpBasic("sd.leader", "gridcase")))
			.andExpect(status().isOk())
			.andExpect(jsonPath("$.cells.length()").value(12))
			.andExpect(jsonPath("$.cells[0].geometry").doesNotExist())
			.andExpect(jsonPath("$.lights.total").value(listed("sd.leader").size()));
	}

	@Test
	void pageSaysTheSameInWords() throws Exception {
		this.http.perform(get("/map").param("grid", GRID).with(user("sd.c01.g1")))
			.andExpect(status().isOk())
			.andExpect(content().string(containsString("楼道堆放杂物")))
			.andExpect(content().string(containsString("tel:")))
			.andExpect(content().string(not(containsString("路灯整排不亮"))));
		this.http.perform(get("/map").param("case", this.placed).with(user("sd.c01.g1")))
			.andExpect(status().isOk())
			.andExpect(content().string(containsString("附近在办案件")));
	}

	@Test
	void shapesAreReadAsGeoJson() throws Exception {
		this.http
			.perform(get("/api/v1/registry/shapes?place=futian").accept("application/geo+json")
				.with(httpBasic("admin", "gridcase")))
			.andExpect(status().isOk())
			.andExpect(jsonPath("$.features.length()").value(9));
	}

}
