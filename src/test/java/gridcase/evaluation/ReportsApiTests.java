package gridcase.evaluation;

import gridcase.casework.DemoTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

/** Who may read which figures over HTTP, and how a share is rounded. */
@DemoTest
class ReportsApiTests {

	@Autowired
	private MockMvc http;

	@ParameterizedTest(name = "{0} of {1} is {2} %")
	@CsvSource({ "328, 388, 84.5", "241, 262, 92.0", "381, 1511, 25.2", "1, 16, 6.3", "0, 7, 0.0", "7, 7, 100.0" })
	void sharesAreRoundedHalfUp(int part, int whole, String percent) {
		assertThat(Reports.percent(part, whole)).hasToString(percent);
	}

	@ParameterizedTest
	@CsvSource({ "loops, $.total", "self-handling, $.registered", "categories, $.total.registered", "units, $.rows",
			"valid-reports, $.total.reported" })
	void ownPlaceIsTheOneMeant(String report, String figure) throws Exception {
		this.http.perform(get("/api/v1/reports/" + report).with(httpBasic("sd.auditor", "gridcase")))
			.andExpect(status().isOk())
			.andExpect(jsonPath("$.place").value("shangdi"))
			.andExpect(jsonPath(figure).exists());
	}

	@Test
	void figuresOfAnotherPlaceAreRefused() throws Exception {
		this.http.perform(get("/api/v1/reports/loops?place=futian").with(httpBasic("sd.auditor", "gridcase")))
			.andExpect(status().isForbidden());
	}

	@Test
	void administratorNamesAPlaceThatExists() throws Exception {
		this.http.perform(get("/api/v1/reports/loops").with(httpBasic("admin", "gridcase")))
			.andExpect(status().isBadRequest());
		this.http.perform(get("/api/v1/reports/loops?place=nowhere").with(httpBasic("admin", "gridcase")))
			.andExpect(status().isNotFound());
		this.http.perform(get("/api/v1/reports/loops?place=futian").with(httpBasic("admin", "gridcase")))
			.andExpect(status().isOk());
	}

	@Test
	void periodThatEndsBeforeItBeginsIsRefused() throws Exception {
		this.http
			.perform(get("/api/v1/reports/self-handling?from=2026-03-10&to=2026-03-09")
				.with(httpBasic("sd.auditor", "gridcase")))
			.andExpect(status().isBadRequest())
			.andExpect(jsonPath("$.errors[0].field").value("to"));
	}

}
