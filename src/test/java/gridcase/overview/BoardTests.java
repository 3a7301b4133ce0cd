package gridcase.overview;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import gridcase.casework.CaseDriver;
import gridcase.casework.DemoTest;
import gridcase.clock.PlatformClock;
import gridcase.evaluation.CategoryReport;
import gridcase.evaluation.LoopReport;
import gridcase.evaluation.Period;
import gridcase.evaluation.Reports;
import gridcase.evaluation.SelfHandlingReport;
import gridcase.registry.Grids;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.MockMvc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.request;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

/** The board's figures add up and are those of the reports. */
@DemoTest
// counts all cases there are: an application of its own
@TestPropertySource(properties = "spring.application.name=board")
class BoardTests {

	private static final String ROOT = "110108";

	@Autowired
	private Board board;

	@Autowired
	private Reports reports;

	@Autowired
	private Grids grids;

	@Autowired
	private CaseDriver drive;

	@Autowired
	private PlatformClock clock;

	@Autowired
	private JdbcTemplate jdbc;

	@Autowired
	private MockMvc http;

	@BeforeEach
	void someCases() {
		String open = report("sd.c01.g1", "11010802200101");
		report("sd.c02.g1", "11010802200201");
		this.jdbc.update("update case_file set light = 'OVER' where case_no = ?", open);
		String rejected = report("sd.c01.g1", "11010802200101");
		this.drive.complete(rejected, "Stage_File", Map.of("filing", "REJECT", "filingReason", "不属于受理范围，已当面说明"));
		String handled = this.drive.report("shangdi", "sd.c01.g1", "GRID_WORKER", Map.of("gridCode", "11010802200101",
				"category", "S0501", "severity", "MINOR", "wantsSelfHandling", true));
		this.drive.complete(handled, "Task_SelfHandle", Map.of("selfHandlingDone", true, "resultText", "已当场清理干净，恢复原状"));
		if (waits(handled, "Stage_Verify")) {
			this.drive.complete(handled, "Stage_Verify", Map.of("verified", true, "verifyText", "现场复核，确已办好"));
		}
		if (waits(handled, "Stage_Close")) {
			this.drive.complete(handled, "Stage_Close", Map.of("closingText", "整改完成，予以结案"));
		}
	}

	private boolean waits(String caseNo, String task) {
		return this.jdbc.queryForList("select task_key from inbox_item where case_no = ?", String.class, caseNo)
			.contains(task);
	}

	private String report(String login, String grid) {
		return this.drive.report("shangdi", login, "GRID_WORKER", Map.of("gridCode", grid));
	}

	private BoardFigures count(String grid) {
		return this.board.count(this.grids.get(grid, this.clock.now()));
	}

	@Test
	void figuresAreThoseOfTheReports() {
		BoardFigures figures = count(ROOT);
		LocalDate today = LocalDate.ofInstant(this.clock.now(), this.clock.zone());
		Period day = new Period(today, today);
		SelfHandlingReport ever = this.reports.selfHandling("shangdi", Period.EVER);
		assertThat(figures.lights().total()).isEqualTo(ever.open());
		assertThat(figures.flow().in()).isPositive().isEqualTo(this.reports.selfHandling("shangdi", day).registered());
		LoopReport closed = this.reports.loops("shangdi", day);
		assertThat(figures.flow().closed()).isPositive().isEqualTo(closed.total());
		CategoryReport classes = this.reports.categories("shangdi", Period.EVER);
		assertThat(figures.classes()).isNotEmpty().allSatisfy((bar) -> {
			CategoryReport.Row row = classes.rows()
				.stream()
				.filter((each) -> each.code().equals(bar.key()))
				.findFirst()
				.orElseThrow();
			assertThat(bar.lights().total()).isEqualTo(row.open() + row.followUp());
			assertThat(bar.name()).isEqualTo(row.name());
		});
	}

	@ParameterizedTest
	@CsvSource({ "110108", "110108022", "110108022001", "11010802200101" })
	void everyBreakdownAddsUp(String grid) {
		BoardFigures figures = count(grid);
		int total = figures.lights().total();
		assertThat(total).isPositive();
		for (List<BoardFigures.Bar> bars : List.of(figures.stages(), figures.loops(), figures.tiers(),
				figures.classes())) {
			assertThat(bars.stream().mapToInt((bar) -> bar.lights().total()).sum()).isEqualTo(total);
			assertThat(bars.stream().mapToInt((bar) -> bar.lights().over()).sum()).isEqualTo(figures.lights().over());
		}
		if (!figures.grids().isEmpty()) {
			assertThat(figures.grids().stream().mapToInt((row) -> row.lights().total()).sum()).isEqualTo(total);
		}
		assertThat(figures.flow().in()).isEqualTo(sum(figures, BoardFigures.Hour::in));
		assertThat(figures.flow().out()).isEqualTo(sum(figures, BoardFigures.Hour::out));
	}

	private static int sum(BoardFigures figures, Function<BoardFigures.Hour, Integer> column) {
		return figures.flow().hours().stream().mapToInt(column::apply).sum();
	}

	@Test
	void whatEndedIsToldApartFromWhatWasClosed() {
		BoardFigures figures = count("11010802200101");
		assertThat(figures.flow().selfHandled()).isPositive();
		assertThat(figures.flow().ended()).isEqualTo(this.jdbc.queryForObject(
				"select count(*) from case_file where grid_path like '%11010802200101%' and state not in ('OPEN', 'CLOSED')",
				Integer.class));
		assertThat(figures.flow().hours().get(this.clock.now().atZone(this.clock.zone()).getHour()).out()).isPositive();
	}

	@Test
	void oldestComesFirstAndSaysWhatIsLeft() {
		BoardFigures figures = count(ROOT);
		assertThat(figures.oldest()).isNotEmpty()
			.isSortedAccordingTo((one, other) -> one.reportedAt().compareTo(other.reportedAt()));
		assertThat(figures.oldest().get(0).left()).isNotBlank();
	}

	@Test
	void piecesAreTheFirstLevelWithSeveral() {
		assertThat(count(ROOT).grids()).filteredOn((row) -> row.code() != null).hasSize(12);
		assertThat(count(ROOT).grids()).extracting((row) -> row.lights().over())
			.isSortedAccordingTo((one, other) -> other - one);
	}

	@Test
	void everybodyLooksAtTheSameCount() {
		BoardFigures first = this.board.of(this.grids.get(ROOT, this.clock.now()));
		assertThat(this.board.of(this.grids.get(ROOT, this.clock.now()))).isSameAs(first);
	}

	@ParameterizedTest(name = "{0} asking for {1} gets {2}")
	@CsvSource(delimiter = '|', textBlock = """
			sd.leader         |                | 200 | 110108022
			sd.auditor        |                | 200 | 110108022
			sd.c01.dispatcher |                | 200 | 110108022001
			sd.c01.dispatcher | 11010802200101 | 200 | 11010802200101
			sd.c01.dispatcher | 110108022002   | 403 | 110108022002
			sd.c01.dispatcher | 110108022      | 403 | 110108022
			sd.c01.g1         |                | 403 | 大屏
			sd.cg.handler     |                | 403 | 大屏
			sd.leader         | 44060610200101 | 403 | 44060610200101
			""")
	void showsTheGridsOfThePersonsDuties(String login, String grid, int status, String words) throws Exception {
		String query = (grid != null) ? "?grid=" + grid : "";
		this.http.perform(get("/api/v1/board" + query).with(httpBasic(login, "gridcase")))
			.andExpect(status().is(status))
			.andExpect(content().string(containsString(words)));
		this.http.perform(get("/board" + query).with(user(login))).andExpect(status().is(status));
		this.http.perform(get("/board/figures" + query).with(user(login))).andExpect(status().is(status));
		if (status == 200) {
			this.http.perform(get("/board/events" + query).with(user(login))).andExpect(request().asyncStarted());
		}
		else {
			this.http.perform(get("/board/events" + query).with(user(login))).andExpect(status().is(status));
		}
	}

	@Test
	void administratorOfThePlatformChoosesThePlace() throws Exception {
		this.http.perform(get("/api/v1/board?place=futian").with(httpBasic("admin", "gridcase")))
			.andExpect(status().isOk())
			.andExpect(jsonPath("$.place").value("futian"));
		this.http.perform(get("/api/v1/board?place=futian").with(httpBasic("sd.leader", "gridcase")))
			.andExpect(status().isForbidden());
	}

}
