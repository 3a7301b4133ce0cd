package gridcase.registry;

import gridcase.clock.WorkingCalendars;
import gridcase.platform.GridcaseTest;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.RequestPostProcessor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

/** Registries over REST in the running application. */
@GridcaseTest
class RegistryApiTests {

	private static final RequestPostProcessor ADMIN = httpBasic("admin", "gridcase");

	@Autowired
	private MockMvc http;

	@Autowired
	private WorkingCalendars calendars;

	@Test
	void hasTheSharedCatalogueAfterTheFirstStart() throws Exception {
		this.http.perform(get("/api/v1/registry/conditions").with(ADMIN))
			.andExpect(status().isOk())
			.andExpect(jsonPath("$.length()").value(519));
	}

	@Test
	void loadsAndReadsAFile() throws Exception {
		this.http
			.perform(post("/api/v1/registry/places?from=2026-01-01").with(ADMIN)
				.contentType("text/csv")
				.content("code,name,case_prefix,calendar,demo\nbay,湾里街道,BAY,standard,true\n"))
			.andExpect(status().isOk())
			.andExpect(jsonPath("$.added").value(1));

		this.http.perform(get("/api/v1/registry/places?at=2026-01-01").with(ADMIN))
			.andExpect(status().isOk())
			.andExpect(jsonPath("$[?(@.code == 'bay')].name").value("湾里街道"));
		assertThat(this.calendars.forPlace("bay")).isNotNull();
	}

	@Test
	void namesEveryBadRow() throws Exception {
		this.http
			.perform(post("/api/v1/registry/places").with(ADMIN)
				.contentType("text/csv")
				.content("code,name,case_prefix,calendar,demo\nBay,湾里街道,bay,standard,true\n"))
			.andExpect(status().isBadRequest())
			.andExpect(jsonPath("$.rows.length()").value(2))
			.andExpect(jsonPath("$.rows[0].line").value(2))
			.andExpect(jsonPath("$.rows[0].column").value("code"));
	}

	@Test
	void tellsWhatFilesLookLike() throws Exception {
		this.http.perform(get("/api/v1/registry").with(ADMIN))
			.andExpect(status().isOk())
			.andExpect(jsonPath("$.length()").value(12))
			.andExpect(jsonPath("$[2].columns.length()").value(greaterThan(5)));
	}

}
