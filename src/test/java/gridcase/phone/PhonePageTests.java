package gridcase.phone;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import com.jayway.jsonpath.JsonPath;
import gridcase.casework.CaseDriver;
import gridcase.casework.DemoTest;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrlPattern;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

/** What the phone sends, again and again, and what it is told. */
@DemoTest
class PhonePageTests {

	private static final String WORKER = "sd.c01.g1";

	private static final String GRID = "11010802200101";

	@Autowired
	private MockMvc mvc;

	@Autowired
	private CaseDriver drive;

	@Autowired
	private JdbcTemplate jdbc;

	private static byte[] photo(int seed) {
		return Photos.plain("a.jpg", seed).buffer;
	}

	private MockHttpServletRequestBuilder sent(String key, byte[] content, String login) {
		return multipart("/m/photos").file(new MockMultipartFile("file", "a.jpg", "image/jpeg", content))
			.header("Idempotency-Key", key)
			.with(user(login))
			.with(csrf());
	}

	private String id(MockHttpServletRequestBuilder request) throws Exception {
		return JsonPath.read(
				this.mvc.perform(request).andExpect(status().isOk()).andReturn().getResponse().getContentAsString(),
				"$.id");
	}

	private MockHttpServletRequestBuilder report(String key, String title, String... photos) {
		MockHttpServletRequestBuilder request = post("/m/reports").header("Idempotency-Key", key)
			.param("channel", "GRID_WORKER")
			.param("title", title)
			.param("description", "堵住疏散通道，居民多次反映")
			.param("category", "S0501")
			.param("severity", "GENERAL")
			.param("urgency", "ROUTINE")
			.param("gridCode", GRID)
			.param("address", "上地佳园 6 号楼")
			.param("longitude", "116.308125")
			.param("latitude", "40.032110")
			.contentType("application/x-www-form-urlencoded")
			.with(user(WORKER))
			.with(csrf());
		return (photos.length > 0) ? request.param("photos", photos) : request;
	}

	@Test
	void aPhotoSentAgainIsTheSamePhoto() throws Exception {
		String key = UUID.randomUUID().toString();
		byte[] content = photo(21);
		String first = id(sent(key, content, WORKER));
		assertThat(id(sent(key, content, WORKER))).isEqualTo(first);
		this.mvc.perform(sent(key, photo(22), WORKER))
			.andExpect(status().isConflict())
			.andExpect(jsonPath("$.detail").value(containsString("已用于另一个文件")));
		assertThat(id(sent(key, content, "sd.c02.g1"))).isNotEqualTo(first);
		this.mvc.perform(sent("k".repeat(129), content, WORKER)).andExpect(status().isBadRequest());
		this.mvc.perform(sent(UUID.randomUUID().toString(), "<html>".getBytes(), WORKER))
			.andExpect(status().isBadRequest())
			.andExpect(jsonPath("$.errors[0].field").value("file"));
		assertThat(this.jdbc.queryForObject("select count(*) from attachment where upload_key = ?", Integer.class, key))
			.isEqualTo(2);
	}

	@Test
	void aPhotoSentTwiceAtOnceIsOnePhoto() throws Exception {
		String key = UUID.randomUUID().toString();
		byte[] content = photo(23);
		ExecutorService senders = Executors.newFixedThreadPool(4);
		Callable<String> send = () -> id(sent(key, content, WORKER));
		List<Future<String>> answers = senders.invokeAll(List.of(send, send, send, send));
		String first = answers.get(0).get();
		for (Future<String> answer : answers) {
			assertThat(answer.get()).isEqualTo(first);
		}
		senders.shutdown();
		assertThat(this.jdbc.queryForObject("select count(*) from attachment where upload_key = ?", Integer.class, key))
			.isOne();
	}

	@Test
	void aReportSentAgainIsOneCaseWithItsPhotos() throws Exception {
		String one = id(sent(UUID.randomUUID().toString(), photo(24), WORKER));
		String two = id(sent(UUID.randomUUID().toString(), photo(25), WORKER));
		String key = UUID.randomUUID().toString();
		String title = "楼道堆放纸箱 " + key;
		String caseNo = JsonPath.read(this.mvc.perform(report(key, title.substring(0, 30), one, two))
			.andExpect(status().isOk())
			.andReturn()
			.getResponse()
			.getContentAsString(), "$.caseNo");
		this.mvc.perform(report(key, title.substring(0, 30), one, two))
			.andExpect(status().isOk())
			.andExpect(jsonPath("$.caseNo").value(caseNo));
		assertThat(this.jdbc.queryForObject("select count(*) from attachment where case_no = ?", Integer.class, caseNo))
			.isEqualTo(2);
		this.mvc.perform(report(key, "换了内容的报告", one))
			.andExpect(status().isConflict())
			.andExpect(jsonPath("$.detail").value(containsString(caseNo)));
		this.mvc.perform(report(UUID.randomUUID().toString(), "短"))
			.andExpect(status().isBadRequest())
			.andExpect(jsonPath("$.errors[*].field").value(hasItem("title")));
	}

	@Test
	void theApiTakesKeysForFilesToo() throws Exception {
		String caseNo = this.drive.report("shangdi", WORKER, "GRID_WORKER",
				Map.of("gridCode", GRID, "category", "S0501", "title", "楼道堆放纸箱"));
		String key = UUID.randomUUID().toString();
		byte[] content = photo(26);
		for (int time = 0; time < 2; time++) {
			this.mvc
				.perform(multipart("/api/v1/cases/" + caseNo + "/attachments")
					.file(new MockMultipartFile("file", "a.jpg", "image/jpeg", content))
					.header("Idempotency-Key", key)
					.with(httpBasic(WORKER, "gridcase")))
				.andExpect(status().isCreated());
		}
		assertThat(this.jdbc.queryForObject("select count(*) from attachment where case_no = ?", Integer.class, caseNo))
			.isOne();
	}

	@Test
	void aPhotoGoesOnlyToACaseOneMaySee() throws Exception {
		String caseNo = this.drive.report("shangdi", WORKER, "GRID_WORKER",
				Map.of("gridCode", GRID, "category", "S0501", "title", "楼道堆放纸箱"));
		this.mvc.perform(sent(UUID.randomUUID().toString(), photo(27), "ft.c01.g1").param("caseNo", caseNo))
			.andExpect(status().is4xxClientError());
		assertThat(this.jdbc.queryForObject("select count(*) from attachment where case_no = ?", Integer.class, caseNo))
			.isZero();
	}

	@Test
	void theTokenSaysWhoIsSignedIn() throws Exception {
		this.mvc.perform(get("/m/token").with(user(WORKER)))
			.andExpect(status().isOk())
			.andExpect(jsonPath("$.login").value(WORKER))
			.andExpect(jsonPath("$.token").isNotEmpty())
			.andExpect(header().string("Cache-Control", containsString("no-store")));
		this.mvc.perform(get("/m/token").header("HX-Request", "true")).andExpect(status().isUnauthorized());
		this.mvc.perform(get("/m").accept("text/html")).andExpect(redirectedUrlPattern("**/sign-in"));
		this.mvc.perform(post("/m/type").param("large", "true").with(user(WORKER))).andExpect(status().isForbidden());
	}

	@Test
	void theAdministratorReportsNothingAndSaysWhy() throws Exception {
		this.mvc.perform(get("/m/report").with(user("admin"))).andExpect(status().isForbidden());
		this.mvc.perform(get("/m/me").with(user("admin"))).andExpect(status().isOk());
	}

	@Test
	void theWorkerKeepsFilesByTheirContent() throws Exception {
		String script = this.mvc.perform(get("/app/phone-sw.js"))
			.andExpect(status().isOk())
			.andExpect(content().contentTypeCompatibleWith("text/javascript"))
			.andExpect(header().string("Service-Worker-Allowed", "/"))
			.andReturn()
			.getResponse()
			.getContentAsString();
		assertThat(script).containsPattern("/app/phone-[0-9a-f]{32}\\.js")
			.containsPattern("/app/phone-offline-[0-9a-f]{32}\\.html");
		String file = script.replaceAll("(?s).*(/app/phone-queue-[0-9a-f]{32}\\.js).*", "$1");
		this.mvc.perform(get(file)).andExpect(status().isOk());
		this.mvc.perform(get("/app/phone-manifest.json"))
			.andExpect(status().isOk())
			.andExpect(content().contentTypeCompatibleWith("application/json"))
			.andExpect(content().string(containsString("\"start_url\": \"../m\"")));
		this.mvc.perform(get("/m").with(user(WORKER))).andExpect(content().string(not(containsString("<style"))));
	}

}
