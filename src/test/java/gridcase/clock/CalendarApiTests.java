package gridcase.clock;

import java.io.Reader;
import java.nio.charset.Charset;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;

import gridcase.shared.LoadRefused;
import gridcase.shared.RowProblem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

class CalendarApiTests {

	private final WorkingCalendars calendars = mock();

	private final CalendarLoader loader = mock();

	private final PlatformClock clock = mock();

	private MockMvc api;

	@BeforeEach
	void api() {
		given(this.clock.now()).willReturn(Calendars.at("2026-03-18 00:30"));
		given(this.clock.zone()).willReturn(ZoneId.of("Asia/Shanghai"));
		this.api = MockMvcBuilders.standaloneSetup(new CalendarController(this.calendars, this.loader, this.clock))
			.build();
	}

	@Test
	void listsTheYearsACalendarKnows() throws Exception {
		given(this.calendars.codes()).willReturn(java.util.Set.of("standard"));
		given(this.calendars.named("standard")).willReturn(Calendars.standard());

		this.api.perform(get("/api/v1/registry/calendars"))
			.andExpect(status().isOk())
			.andExpect(jsonPath("$[0].name").value("通用工作日历"))
			.andExpect(jsonPath("$[0].years[3]").value(2026));
	}

	@Test
	void newHoursHoldFromTodayUnlessADayIsGiven() throws Exception {
		given(this.loader.loadHours(any(Reader.class), any())).willReturn(true);

		this.api.perform(post("/api/v1/registry/calendars").contentType("text/csv").content("x"))
			.andExpect(jsonPath("$.changed").value(true));
		this.api.perform(post("/api/v1/registry/calendars?from=2026-06-01").contentType("text/csv").content("x"))
			.andExpect(status().isOk());

		then(this.loader).should().loadHours(any(), eq(LocalDate.of(2026, 3, 18)));
		then(this.loader).should().loadHours(any(), eq(LocalDate.of(2026, 6, 1)));
	}

	@Test
	void aRefusedFileNamesItsRows() throws Exception {
		given(this.loader.loadDays(any(), eq("cn")))
			.willThrow(new LoadRefused(List.of(new RowProblem(3, "date", "2027-13-01", "应为日期"))));

		this.api.perform(post("/api/v1/registry/calendar-days").contentType("text/csv").content("x"))
			.andExpect(status().isBadRequest())
			.andExpect(jsonPath("$.rows[0].line").value(3))
			.andExpect(jsonPath("$.rows[0].column").value("date"));
	}

	@Test
	void aFileInAnotherEncodingIsRefusedNotGarbled() throws Exception {
		given(this.loader.loadDays(any(), any())).willAnswer((call) -> {
			CsvSheet.read(call.getArgument(0), List.of("notice_year", "date", "holiday_name", "day_kind"));
			return true;
		});
		byte[] file = "notice_year,date,holiday_name,day_kind\n2027,2027-01-01,元旦,off\n"
			.getBytes(Charset.forName("GBK"));

		this.api.perform(post("/api/v1/registry/calendar-days").contentType("text/csv").content(file))
			.andExpect(status().isBadRequest());
	}

}
