package gridcase.policy;

import java.time.Clock;
import java.util.Map;

import gridcase.platform.GridcaseTest;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.security.test.context.support.WithMockUser;
import org.springframework.test.web.servlet.MockMvc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasItem;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

/** The tables that come with the program, and mending one on the running server. */
@GridcaseTest
@WithMockUser(username = "admin", roles = "administrator")
class TableRestTests {

	@Autowired
	private MockMvc http;

	@Autowired
	private Decisions decisions;

	@Autowired
	private Clock clock;

	@Test
	void shippedTablesAreReleasedAtStart() throws Exception {
		this.http.perform(get("/api/v1/tables"))
			.andExpect(status().isOk())
			.andExpect(jsonPath("$[*].key").value(hasItem("routing")));
		this.http.perform(get("/api/v1/tables/routing"))
			.andExpect(status().isOk())
			.andExpect(jsonPath("$.hitPolicy").value("FIRST"))
			.andExpect(jsonPath("$.rows[0].id").isNotEmpty());
		this.http.perform(get("/api/v1/tables/no-such-table")).andExpect(status().isNotFound());
	}

	@Test
	void aMissingRuleIsMendedWithoutRestart() throws Exception {
		Dmn narrow = Dmn.table("mended").in("x", "number").out("n", "number").rule("One", "1", "1");
		release(narrow).andExpect(status().isCreated());
		Question question = Question.of("mended", null, this.clock.instant(), Map.of("x", 2));
		assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> this.decisions.decide(question)))
			.isInstanceOf(DecisionFailed.class);
		release(narrow.rule("Two", "2", "2")).andExpect(status().isCreated())
			.andExpect(jsonPath("$.by").value("admin"));
		Question again = Question.of("mended", null, this.clock.instant(), Map.of("x", 2));
		assertThat(this.decisions.decide(again).rules()).containsExactly("Rule_Two");
		this.http.perform(get("/api/v1/tables/routing")).andExpect(status().isOk());
	}

	@Test
	void aWrongTableIsRefusedWithItsCells() throws Exception {
		release(Dmn.table("wrong").in("x", "number").out("n", "number").rule("A", "[1..", "1"))
			.andExpect(status().isUnprocessableEntity());
		this.http.perform(get("/api/v1/tables/wrong")).andExpect(status().isNotFound());
	}

	private org.springframework.test.web.servlet.ResultActions release(Dmn table) throws Exception {
		return this.http.perform(multipart("/api/v1/releases")
			.file(new MockMultipartFile("files", "any name.dmn", "application/xml", table.bytes()))
			.param("note", "补规则")
			.param("appliesTo", "ALL")
			.with(csrf()));
	}

}
