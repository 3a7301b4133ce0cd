package gridcase.intake;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import com.jayway.jsonpath.JsonPath;
import gridcase.casework.DemoTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

/** Reports and cases over HTTP, and every way the platform says no. */
@DemoTest
class ReportApiTests {

	private static final String GOOD = """
			{"place":"shangdi","channel":"GRID_WORKER","fields":{"title":"楼道堆放纸箱","description":"堵住疏散通道，居民多次反映",
			"category":"S0302","severity":"GENERAL","urgency":"ROUTINE","gridCode":"11010802200101","address":"上地佳园 6 号楼"}}""";

	@Autowired
	private MockMvc http;

	@Autowired
	private JdbcTemplate jdbc;

	@Test
	void reportBecomesACaseAndIsFoundAgain() throws Exception {
		String body = this.http.perform(report(GOOD))
			.andExpect(status().isCreated())
			.andReturn()
			.getResponse()
			.getContentAsString();
		String caseNo = JsonPath.read(body, "$.caseNo");
		for (String part : List.of("", "/history", "/decisions", "/custody", "/deadlines", "/stages", "/path", "/tasks",
				"/incidents", "/integrity")) {
			this.http.perform(get("/api/v1/cases/" + caseNo + part).with(httpBasic("sd.c01.g1", "gridcase")))
				.andExpect(status().isOk());
		}
		this.http.perform(get("/api/v1/cases").param("text", caseNo).with(httpBasic("sd.c01.g1", "gridcase")))
			.andExpect(jsonPath("$.rows[0].caseNo").value(caseNo));
	}

	@Test
	void sameKeyGivesTheSameCase() throws Exception {
		String first = caseNo(this.http.perform(report(GOOD).header("Idempotency-Key", "k1"))
			.andReturn()
			.getResponse()
			.getContentAsString());
		String second = caseNo(this.http.perform(report(GOOD).header("Idempotency-Key", "k1"))
			.andReturn()
			.getResponse()
			.getContentAsString());
		assertThat(second).isEqualTo(first);
		this.http.perform(report(GOOD.replace("纸箱", "电池")).header("Idempotency-Key", "k1"))
			.andExpect(status().isConflict());
	}

	@Test
	void sameKeyAtTheSameMomentGivesOneCase() throws Exception {
		ExecutorService senders = Executors.newFixedThreadPool(4);
		Callable<String> send = () -> caseNo(this.http.perform(report(GOOD).header("Idempotency-Key", "together"))
			.andReturn()
			.getResponse()
			.getContentAsString());
		List<Future<String>> answers = senders.invokeAll(List.of(send, send, send, send));
		String caseNo = answers.get(0).get();
		for (Future<String> answer : answers) {
			assertThat(answer.get()).isEqualTo(caseNo);
		}
		assertThat(this.jdbc.queryForObject("select count(*) from report_key where key = 'together'", Integer.class))
			.isOne();
		senders.shutdown();
	}

	@ParameterizedTest(name = "{0}")
	@CsvSource(delimiter = '|', textBlock = """
			an unknown grid        | 11010802200101 | 999            | 400 | gridCode
			an unknown category    | S0302          | X1             | 400 | category
			an unknown severity    | GENERAL        | HUGE           | 400 | severity
			an unknown channel     | GRID_WORKER    | PIGEON         | 400 | channel
			an unknown place       | shangdi        | nowhere        | 404 | nowhere
			an unknown JSON field  | "place":       | "x":1,"place": | 400 | x
			an unknown form field  | "title":       | "y":1,"title": | 400 | y
			a missing title        | 楼道堆放纸箱    | ''             | 400 | title
			""")
	void badInputIsNamedAndNothingIsStored(String what, String good, String bad, int status, String named)
			throws Exception {
		int before = cases();
		this.http.perform(report(GOOD.replace(good, bad)))
			.andExpect(status().is(status))
			.andExpect(content().contentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON))
			.andExpect(content().string(org.hamcrest.Matchers.containsString(named)));
		assertThat(cases()).isEqualTo(before);
	}

	@Test
	void saysWhoMayNotAndWhatIsNotThere() throws Exception {
		this.http.perform(get("/api/v1/cases")).andExpect(status().isUnauthorized());
		this.http.perform(get("/api/v1/incidents").with(httpBasic("sd.c01.g1", "gridcase")))
			.andExpect(status().isForbidden());
		this.http.perform(get("/api/v1/cases/NONE").with(httpBasic("sd.c01.g1", "gridcase")))
			.andExpect(status().isNotFound());
		this.http.perform(post("/api/v1/tasks/none/claim").with(httpBasic("sd.c01.g1", "gridcase")))
			.andExpect(status().isConflict());
	}

	@Test
	void describesItself() throws Exception {
		this.http.perform(get("/v3/api-docs").with(httpBasic("sd.admin", "gridcase")))
			.andExpect(status().isOk())
			.andExpect(jsonPath("$.paths['/api/v1/cases'].post.summary").isNotEmpty());
	}

	private int cases() {
		return this.jdbc.queryForObject("select count(*) from case_file", Integer.class);
	}

	private static String caseNo(String body) {
		return JsonPath.read(body, "$.caseNo");
	}

	private static MockHttpServletRequestBuilder report(String body) {
		return post("/api/v1/cases").with(httpBasic("sd.c01.g1", "gridcase"))
			.contentType(MediaType.APPLICATION_JSON)
			.content(body);
	}

}
