package gridcase.registry;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.locationtech.jts.geom.Geometry;

import org.springframework.core.io.ClassPathResource;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

import static gridcase.registry.RegistryFixture.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

/** The shipped places have the figures of their sources and nobody missing. */
class ShippedRegistryTests {

	private static final List<String> FUNCTIONS = List.of("city-management", "public-security", "safety", "fire",
			"justice", "civil-affairs", "health", "social-security", "land", "housing", "market", "environment",
			"traffic", "water-power", "landscaping", "community-building", "public-service", "stability", "party",
			"general-support", "development", "appraisal", "rental-management", "command-centre");

	private static RegistryFixture registry;

	@BeforeAll
	static void loadEverything() {
		registry = new RegistryFixture();
		registry.shipped.loadCatalogue(NOW);
		assertThat(registry.shipped.loadDemoPlaces(NOW, "gridcase")).isTrue();
	}

	static Stream<Place> places() {
		return registry.places.all(NOW).stream();
	}

	static Stream<Tier> tiers() {
		return places().flatMap((place) -> registry.tiers.ladder(place.code(), NOW).stream());
	}

	@Test
	void loadsOnlyOnce() {
		Long loads = registry.jdbc.queryForObject("select max(id) from registry_load", Long.class);

		registry.shipped.loadCatalogue(NOW);

		assertThat(registry.shipped.loadDemoPlaces(NOW, "other")).isFalse();
		assertThat(registry.jdbc.queryForObject("select max(id) from registry_load", Long.class)).isEqualTo(loads);
	}

	@ParameterizedTest(name = "{0} has {2} pieces called {1}")
	@CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
			place    | kind     | count
			shangdi  | 社区网格 | 12
			shangdi  | 网格单元 | 56
			shangdi  | 自治小组 | 142
			xiangtan | 基本网格 | 34
			xiangtan | 单元网格 | 139
			xiling   | 社区     | 14
			xiling   | 街道     | 1
			xiaofang | 大网格   | 1
			xiaofang | 中网格   | 3
			xiaofang | 小网格   | 6
			xiaofang | 小片     | 12
			qindu    | 街道     | 12
			qindu    | 社区     | 103
			qindu    | 网格     | 886
			qindu    | 楼栋     | 715
			chengguan | 网格    | 9
			""")
	void hasTheGridsOfItsSource(String place, String kind, int count) {
		assertThat(registry.grids.ofPlace(place, NOW)).filteredOn((grid) -> grid.kind().equals(kind)).hasSize(count);
	}

	@ParameterizedTest(name = "{0} has {1} basic grids")
	@CsvSource({ "双马街道, 18", "板塘街道, 16" })
	void nestsBasicGridsInTheirStreet(String street, int count) {
		assertThat(registry.grids.ofPlace("xiangtan", NOW)).filteredOn((grid) -> grid.kind().equals("基本网格"))
			.filteredOn((grid) -> registry.grids.ancestors(grid.code(), NOW).get(1).name().equals(street))
			.hasSize(count);
	}

	@ParameterizedTest(name = "{1} people are {2} below {0}")
	@CsvSource({ "610402, 1212, grid-worker", "610402004, 191, grid-worker", "149983001, 3, grid-head",
			"149984101, 12, grid-worker" })
	void countsThePeopleOfTheSource(String grid, int count, String role) {
		Stream<Grid> pieces = registry.grids.ofPlace(registry.grids.get(grid, NOW).place(), NOW)
			.stream()
			.filter((piece) -> piece.code().startsWith(grid))
			// the smaller pieces below have heads of their own
			.filter((piece) -> !piece.kind().equals("小网格"));
		assertThat(pieces.flatMap((piece) -> registry.duties.holders(role, piece.code(), NOW).stream())
			.map(Staff::login)
			.distinct()).hasSize(count);
	}

	@Test
	void generatedFilesAreTheOnesShipped() {
		GeneratedDistrict.files()
			.forEach((name, content) -> assertThat(new ClassPathResource("registry/qindu/" + name + ".csv")).satisfies(
					(file) -> assertThat(file.getContentAsString(StandardCharsets.UTF_8)).as(name).isEqualTo(content)));
	}

	@Test
	void generatedOutlinesAreTheOnesShipped() throws IOException {
		for (String place : GeneratedShapes.places()) {
			String folder = "registry/" + place + "/";
			String grids = new ClassPathResource(folder + "grids.csv").getContentAsString(StandardCharsets.UTF_8);
			assertThat(new ClassPathResource(folder + "grids.geojson").getContentAsString(StandardCharsets.UTF_8))
				.as(place)
				.isEqualTo(GeneratedShapes.file(place, grids));
		}
	}

	@ParameterizedTest
	@MethodSource("places")
	void outlinesOfAPlaceDivideItWithoutOverlap(Place place) {
		List<Grid> grids = registry.grids.ofPlace(place.code(), NOW);
		assertThat(grids).allSatisfy((grid) -> {
			Geometry around = registry.shapes.find(grid.code(), NOW).orElseThrow().outline();
			List<Geometry> pieces = registry.grids.children(grid.code(), NOW)
				.stream()
				.map((piece) -> registry.shapes.find(piece.code(), NOW).orElseThrow().outline())
				.toList();
			double sum = pieces.stream().mapToDouble(Geometry::getArea).sum();
			if (pieces.size() > 1) {
				assertThat(sum).isCloseTo(around.getArea(), withinPercentage(1));
			}
			assertThat(pieces).allSatisfy(
					(piece) -> assertThat(piece.difference(around).getArea()).isLessThan(piece.getArea() / 100));
		});
	}

	@Test
	void countsTheHouseholdsOfTheSource() {
		assertThat(registry.grids.ofPlace("xiangtan", NOW)
			.stream()
			.filter((grid) -> grid.households() != null)
			.mapToInt(Grid::households)
			.sum()).isEqualTo(20733);
	}

	@Test
	void namesTheTenWorkGroups() {
		assertThat(registry.units.groups("shangdi", NOW)).extracting(WorkGroup::name)
			.containsExactlyInAnyOrder("社会稳定工作组", "安全检查工作组", "城市管理工作组", "社会保障工作组", "公共服务工作组", "社区建设工作组", "地区发展工作组",
					"党群工作组", "绩效考核工作组", "综合保障工作组");
	}

	@ParameterizedTest(name = "{0} climbs {1}")
	@CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
			place    | ladder                            | loops
			shangdi  | COMMUNITY STREET DISTRICT         | MICRO SMALL LARGE
			xiangtan | GRID COMMUNITY STREET DISTRICT    | null null null null
			shanxi   | GRID VILLAGE TOWN COUNTY          | null null null null
			futian   | GRID STATION COMMUNITY TOWN       | null null null null
			xiling   | COMMUNITY STREET DISTRICT CITY    | null null null null
			xiaofang | COMMUNITY STREET DISTRICT         | null null null
			qindu    | COMMUNITY STREET DISTRICT         | null null null
			chengguan | TOWN DISTRICT                    | null null
			""")
	void climbsTheLadderOfItsSource(String place, String ladder, String loops) {
		List<Tier> tiers = registry.tiers.ladder(place, NOW);
		assertThat(tiers).extracting(Tier::key).containsExactly(ladder.split(" "));
		assertThat(tiers).extracting((tier) -> String.valueOf(tier.loop())).containsExactly(loops.split(" "));
	}

	@ParameterizedTest
	@MethodSource("tiers")
	void seatsSomebodyAtEveryPlaceOfATier(Tier tier) {
		List<Grid> seats = registry.grids.ofPlace(tier.place(), NOW)
			.stream()
			.filter((grid) -> tier.key().equals(grid.tier()))
			.toList();
		assertThat(seats).isNotEmpty().allSatisfy((seat) -> {
			assertThat(registry.duties.atTier(Roles.DISPATCHER, seat.code(), tier.key(), NOW)).isPresent();
			assertThat(registry.duties.atTier(Roles.DUTY_LEADER, seat.code(), tier.key(), NOW)).isPresent();
			assertThat(registry.duties.nearest(Roles.VERIFIER, seat.code(), tier.key(), NOW)).isPresent();
		});
	}

	@ParameterizedTest
	@MethodSource("tiers")
	void findsAUnitForEveryFunction(Tier tier) {
		for (Grid seat : registry.grids.ofPlace(tier.place(), NOW)) {
			if (tier.key().equals(seat.tier())) {
				assertThat(FUNCTIONS).allSatisfy(
						(function) -> assertThat(registry.units.responsible(function, tier.key(), seat.code(), NOW))
							.isPresent());
			}
		}
	}

	@ParameterizedTest
	@MethodSource("places")
	void putsAUnitWithThatFunctionAsItsOwnAtSomeTier(Place place) {
		assertThat(FUNCTIONS).allSatisfy((function) -> assertThat(registry.units.ofPlace(place.code(), NOW))
			.anyMatch((unit) -> unit.functions().contains(function)));
	}

	@ParameterizedTest
	@MethodSource("places")
	void staffsEveryUnitAndTheHouse(Place place) {
		assertThat(registry.units.ofPlace(place.code(), NOW)).isNotEmpty().allSatisfy((unit) -> {
			assertThat(registry.duties.holders(Roles.HANDLER, unit.code(), NOW)).isNotEmpty();
			assertThat(registry.duties.holders(Roles.UNIT_HEAD, unit.code(), NOW)).isNotEmpty();
		});
		assertThat(registry.staff.ofPlace(place.code(), NOW)).allMatch(Staff::demo)
			.flatExtracting((person) -> registry.duties.rolesOf(person.login(), NOW))
			.contains(Roles.ALL.stream().filter((role) -> !role.equals(Roles.GRID_HEAD)).toArray(String[]::new));
	}

	@ParameterizedTest
	@MethodSource("places")
	void letsNobodyVerifyWhoAlsoHandles(Place place) {
		assertThat(registry.staff.ofPlace(place.code(), NOW))
			.extracting((person) -> registry.duties.rolesOf(person.login(), NOW))
			.noneMatch((roles) -> roles.contains(Roles.VERIFIER) && roles.contains(Roles.HANDLER));
	}

	@ParameterizedTest
	@MethodSource("places")
	void hasAWorkerInEveryGridOfTheLowestStep(Place place) {
		List<String> kinds = List.of("网格单元", "基本网格", "网格", "小片");
		List<Grid> grids = registry.grids.ofPlace(place.code(), NOW)
			.stream()
			.filter((grid) -> kinds.contains(grid.kind()))
			.toList();
		assertThat(grids).isNotEmpty()
			.allSatisfy(
					(grid) -> assertThat(registry.duties.holders(Roles.GRID_WORKER, grid.code(), NOW)).isNotEmpty());
	}

	@ParameterizedTest(name = "{1} of {0}: {2} in class {3}")
	@CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
			place   | code     | name                 | classCode
			shangdi | C0101    | 上水井盖             | C01
			shanxi  | N-C01001 | 供水井盖             | N-C01
			futian  | S0101    | 水电气暖收费争议     | S01
			futian  | FT0401   | 商铺消防隐患         | FT04
			""")
	void offersTheCatalogue(String place, String code, String name, String classCode) {
		Category category = registry.catalogue.get(place, code, NOW);
		assertThat(category.name()).isEqualTo(name);
		assertThat(category.classCode()).isEqualTo(classCode);
		assertThat(registry.catalogue.categories(place, NOW)).contains(category);
	}

	@Test
	void keepsAPlacesOwnCatalogueToItself() {
		assertThat(registry.catalogue.find("shangdi", "FT0401", NOW)).isEmpty();
		assertThat(registry.catalogue.categories("futian", NOW)).filteredOn((category) -> category.place() != null)
			.extracting(Category::className)
			.containsOnly("疫情防控", "流动人员和出租屋管理", "治安防范", "消防安全", "国土", "计生卫生", "矛盾纠纷");
	}

	@Test
	void holdsEveryConditionOfTheStandard() {
		assertThat(registry.jdbc.queryForObject("select count(*) from category_condition", Integer.class))
			.isEqualTo(519);
		assertThat(registry.catalogue.condition("shangdi", "C0101", "2", NOW).orElseThrow()).satisfies((condition) -> {
			assertThat(condition.limitText()).isEqualTo("4工作时");
			assertThat(condition.limitValue()).isEqualByComparingTo("4");
			assertThat(condition.limitUnit()).isEqualTo("WORK_HOUR");
		});
		assertThat(registry.catalogue.closingCondition("shangdi", "C0101", "1", NOW)).contains("恢复");
		assertThat(registry.catalogue.closingCondition("futian", "FT0601", null, NOW)).contains("清理完成，现场无反弹");
	}

	@Test
	void rotatesTheStationsPeopleDayByDay() {
		Set<String> onDuty = new HashSet<>();
		for (LocalDate day = LocalDate.of(2026, 1, 1); day.getYear() == 2026; day = day.plusDays(1)) {
			Instant noon = day.atTime(12, 0).atZone(RegistryFixture.ZONE).toInstant();
			assertThat(registry.duties.holders(Roles.HANDLER, "FT-ST", noon)).as("on %s", day)
				.singleElement()
				.satisfies((person) -> onDuty.add(person.login()));
		}
		assertThat(onDuty).containsExactlyInAnyOrder("ft.st.handler", "ft.st.handler2", "ft.st.handler3");
		assertThat(registry.absences.open("futian")).singleElement().satisfies((entry) -> {
			assertThat(registry.duties.absent(entry.absence().staff(), NOW)).isTrue();
			assertThat(registry.duties.actingFor(entry.absence().substitute(), NOW))
				.containsExactly(entry.absence().staff());
		});
	}

	@Test
	void letsDemoPeopleSignIn() {
		String hash = registry.staff.passwordHash("sd.dispatcher").orElseThrow();
		assertThat(new BCryptPasswordEncoder().matches("gridcase", hash)).isTrue();
	}

}
