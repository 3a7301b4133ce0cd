package gridcase.oversight;

import java.io.ByteArrayInputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import gridcase.audit.Access;
import gridcase.audit.AccessLog;
import gridcase.casework.CaseDriver;
import gridcase.casework.DemoTest;
import gridcase.casework.process.TimeTravel;
import gridcase.clock.PlatformClock;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrlPattern;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

/** Administrators, policy staff and auditors are watched; cases are read for a reason. */
@DemoTest
class OversightTests {

	private static final String REASON = "处理流程停在受理环节的故障";

	@Autowired
	private MockMvc http;

	@Autowired
	private CaseDriver drive;

	@Autowired
	private JdbcTemplate jdbc;

	@Autowired
	private AccessLog log;

	@Autowired
	private PlatformClock clock;

	@Autowired
	private TimeTravel travel;

	private record Entry(String login, String place, String kind, String details, String reason) {

	}

	private List<Entry> log(String subject) {
		return this.jdbc.query(
				"select login, place, kind, details, reason from access_log where subject = ? order by id",
				(row, number) -> new Entry(row.getString("login"), row.getString("place"), row.getString("kind"),
						row.getString("details"), row.getString("reason")),
				subject);
	}

	private long entries() {
		return this.jdbc.queryForObject("select count(*) from access_log", Long.class);
	}

	private String aCase() {
		return this.drive.report("shangdi", "sd.c01.g1", "GRID_WORKER",
				Map.of("gridCode", "11010802200101", "reporterName", "王先生", "reporterPhone", "13900000001"));
	}

	@Test
	void anAdministratorSaysWhyOnceAndReadsTheCaseForAWhile() throws Exception {
		String caseNo = aCase();
		String page = "/cases/" + caseNo;
		MockHttpSession session = new MockHttpSession();
		this.http.perform(get(page + "?all=true").with(user("sd.admin")).session(session))
			.andExpect(redirectedUrl("/oversight/reason?about=case&subject=" + caseNo + "&to="
					+ URLEncoder.encode(page, StandardCharsets.UTF_8) + "%3Fall%3Dtrue"));
		assertThat(log(caseNo)).isEmpty();
		this.http
			.perform(get("/oversight/reason").param("about", "case").param("subject", caseNo).with(user("sd.admin")))
			.andExpect(content().string(containsString("系统管理员看案件内容须说明理由")));

		MockHttpServletRequestBuilder said = post("/oversight/reason").with(user("sd.admin"))
			.with(csrf())
			.session(session)
			.param("about", "case")
			.param("subject", caseNo)
			.param("to", page);
		this.http.perform(said.param("reason", "看看"))
			.andExpect(status().isBadRequest())
			.andExpect(content().string(containsString("请写明查阅理由，4 到 200 个字")));
		this.http
			.perform(post("/oversight/reason").with(user("sd.admin"))
				.with(csrf())
				.session(session)
				.param("about", "case")
				.param("subject", caseNo)
				.param("to", page)
				.param("reason", REASON))
			.andExpect(redirectedUrl(page));
		this.http.perform(get(page).with(user("sd.admin")).session(session))
			.andExpect(status().isOk())
			.andExpect(content().string(containsString(caseNo)));
		assertThat(log(caseNo)).singleElement().satisfies((entry) -> {
			assertThat(entry.login()).isEqualTo("sd.admin");
			assertThat(entry.place()).isEqualTo("shangdi");
			assertThat(entry.kind()).isEqualTo("CASE_READ");
			assertThat(entry.reason()).isEqualTo(REASON);
			assertThat(entry.details()).contains("administrator");
		});
		// another case needs a reason of its own, and this one a new one after a while
		this.http.perform(get("/cases/" + aCase()).with(user("sd.admin")).session(session))
			.andExpect(redirectedUrlPattern("/oversight/reason?*"));
		this.travel.moveTo(this.clock.now().plus(Duration.ofMinutes(31)));
		this.http.perform(get(page).with(user("sd.admin")).session(session))
			.andExpect(redirectedUrlPattern("/oversight/reason?*"));
	}

	@Test
	void nobodyIsLedElsewhereByTheReason() throws Exception {
		for (String to : List.of("https://example.com/x", "//example.com", "/\\example.com", "javascript:alert(1)")) {
			this.http
				.perform(post("/oversight/reason").with(user("sd.admin"))
					.with(csrf())
					.param("about", "case")
					.param("subject", "X")
					.param("to", to)
					.param("reason", REASON))
				.andExpect(redirectedUrl("/"));
		}
	}

	@Test
	void overHttpTheReasonComesWithTheRequest() throws Exception {
		String caseNo = aCase();
		String path = "/api/v1/cases/" + caseNo;
		this.http.perform(get(path).with(httpBasic("sd.admin", "gridcase")))
			.andExpect(status().isBadRequest())
			.andExpect(content().contentType(MediaType.APPLICATION_PROBLEM_JSON))
			.andExpect(jsonPath("$.errors[0].field").value("reason"))
			.andExpect(jsonPath("$.errors[0].message").value(containsString(Reasons.HEADER)));
		assertThat(log(caseNo)).isEmpty();
		this.http.perform(get(path).param("reason", REASON).with(httpBasic("sd.admin", "gridcase")))
			.andExpect(status().isOk());
		this.http
			.perform(get(path + "/history").header(Reasons.HEADER, URLEncoder.encode(REASON, StandardCharsets.UTF_8))
				.with(httpBasic("sd.admin", "gridcase")))
			.andExpect(status().isOk());
		this.http.perform(get(path).header(Reasons.HEADER, "%zz").with(httpBasic("sd.admin", "gridcase")))
			.andExpect(status().isBadRequest());
		assertThat(log(caseNo)).hasSize(2).allSatisfy((entry) -> assertThat(entry.reason()).isEqualTo(REASON));
		// a case of another place is no more there than without a reason
		this.http.perform(get(path).param("reason", REASON).with(httpBasic("sx.admin", "gridcase")))
			.andExpect(status().isNotFound());
		assertThat(log(caseNo)).last().satisfies((entry) -> {
			assertThat(entry.login()).isEqualTo("sx.admin");
			assertThat(entry.place()).isEqualTo("shangdi");
			assertThat(entry.details()).contains("refused", "outside");
		});
	}

	@Test
	void searchesAndLedgersOfAnAdministratorNeedAReasonToo() throws Exception {
		MockHttpSession session = new MockHttpSession();
		this.http.perform(get("/cases").with(user("sd.admin")).session(session))
			.andExpect(redirectedUrlPattern("/oversight/reason?about=case-list*"));
		this.http
			.perform(get("/cases").header("HX-Request", "true")
				.header("HX-Current-URL", "http://localhost/cases?text=x")
				.with(user("sd.admin"))
				.session(session))
			.andExpect(status().isPreconditionRequired())
			.andExpect(header().string("HX-Redirect", containsString("to=%2Fcases%3Ftext%3Dx")));
		this.http.perform(post("/oversight/reason").with(user("sd.admin"))
			.with(csrf())
			.session(session)
			.param("about", "case-list")
			.param("to", "/cases")
			.param("reason", REASON));
		this.http.perform(get("/cases").param("text", "13812345678").with(user("sd.admin")).session(session))
			.andExpect(status().isOk());
		this.http.perform(get("/map").with(user("sd.admin")).session(session)).andExpect(status().isOk());
		String details = this.jdbc.queryForObject(
				"select details from access_log where login = 'sd.admin' and kind = 'CASES_SEARCHED' order by id desc limit 1",
				String.class);
		assertThat(details).contains("13****78").doesNotContain("13812345678");
	}

	@Test
	void whoeverHandlesCasesIsAskedNothingAndNotWatched() throws Exception {
		String caseNo = aCase();
		long before = entries();
		for (String login : List.of("sd.c01.g1", "sd.dispatcher", "sd.leader")) {
			this.http.perform(get("/cases/" + caseNo).with(user(login))).andExpect(status().isOk());
			this.http.perform(get("/cases").with(user(login))).andExpect(status().isOk());
		}
		assertThat(entries()).isEqualTo(before);
	}

	@Test
	void auditorsAndPolicyStaffAreWatchedAsWell() throws Exception {
		String caseNo = aCase();
		this.http.perform(get("/cases/" + caseNo).with(user("sd.auditor"))).andExpect(status().isOk());
		this.http.perform(
				get("/cases/" + caseNo + "/news").param("version", "1").param("seq", "1").with(user("sd.auditor")));
		this.http.perform(get("/api/v1/cases/" + caseNo).with(httpBasic("sd.policy", "gridcase")))
			.andExpect(status().isOk());
		this.http
			.perform(post("/cases/" + caseNo + "/personal-data/reporterPhone").with(user("sd.auditor"))
				.with(csrf())
				.param("reason", "核对登记是否属实"))
			.andExpect(status().isOk());
		assertThat(log(caseNo)).extracting(Entry::login, Entry::kind)
			.containsExactly(Tuple.tuple("sd.auditor", "CASE_READ"), Tuple.tuple("sd.policy", "CASE_READ"),
					Tuple.tuple("sd.auditor", "PERSONAL_SHOWN"));
		assertThat(log(caseNo)).last().satisfies((entry) -> {
			assertThat(entry.reason()).isEqualTo("核对登记是否属实");
			assertThat(entry.details()).contains("reporterPhone").doesNotContain("13900000001");
		});
		this.http.perform(get("/studio").param("place", "shangdi").with(user("sd.policy"))).andExpect(status().isOk());
		this.http.perform(post("/operator/people/sd.verifier/unlock").with(user("sd.admin")).with(csrf()));
		assertThat(log("sd.verifier")).extracting(Entry::kind).contains("RIGHTS_CHANGED");
	}

	@Test
	void whatWasRefusedIsNotOnRecordAsDone() throws Exception {
		long changed = count("RIGHTS_CHANGED", "sd.admin");
		this.http.perform(post("/operator/people/sx.admin/unlock").with(user("sd.admin")).with(csrf()))
			.andExpect(status().isNotFound());
		assertThat(count("RIGHTS_CHANGED", "sd.admin")).isEqualTo(changed);
	}

	private long count(String kind, String login) {
		return this.jdbc.queryForObject("select count(*) from access_log where kind = ? and login = ?", Long.class,
				kind, login);
	}

	@Test
	void whoeverAuditsReadsAndDoesNotWrite() throws Exception {
		String caseNo = aCase();
		for (String login : List.of("sd.auditor", "sd.admin")) {
			for (String what : List.of("comments", "urges")) {
				this.http
					.perform(post("/cases/" + caseNo + "/" + what).with(user(login)).with(csrf()).param("text", "请改正"))
					.andExpect(status().isForbidden());
			}
		}
		assertThat(log(caseNo)).hasSize(4).allSatisfy((entry) -> assertThat(entry.details()).contains("refused"));
		this.http
			.perform(post("/cases/" + caseNo + "/comments").with(user("sd.c01.g1")).with(csrf()).param("text", "已核对"))
			.andExpect(status().is3xxRedirection());
	}

	@Test
	void theLogIsForAuditorsOfThePlaceAndReadingItIsOnRecord() throws Exception {
		String caseNo = aCase();
		String other = this.drive.report("shanxi", "sx.cg03.g1", "GRID_WORKER",
				Map.of("gridCode", "14998110120301", "category", "S0305"));
		this.http.perform(get("/cases/" + caseNo).with(user("sd.auditor")));
		this.http.perform(get("/cases/" + other).with(user("sx.auditor"))).andExpect(status().isOk());
		long read = count("LOG_READ", "sd.auditor");
		this.http.perform(get("/oversight").param("subject", caseNo).with(user("sd.auditor")))
			.andExpect(content().string(containsString("查看案件")))
			.andExpect(content().string(containsString("/cases/" + caseNo)));
		assertThat(count("LOG_READ", "sd.auditor")).isEqualTo(read + 1);
		this.http.perform(get("/oversight").param("subject", other).with(user("sd.auditor")))
			.andExpect(content().string(containsString("没有这样的记录")));
		this.http.perform(get("/oversight").with(user("sd.admin")))
			.andExpect(content().string(containsString("这里只有您本人的记录")))
			.andExpect(content().string(not(containsString("sd.auditor"))));
		this.http.perform(get("/oversight").with(user("sd.policy"))).andExpect(status().isForbidden());
		this.http.perform(get("/oversight").param("place", "shanxi").with(user("sd.auditor")))
			.andExpect(status().isForbidden());

		for (int i = 0; i < 60; i++) {
			this.log.record(new Access("sd.auditor", "shangdi", "CASE_READ", "case", caseNo, Map.of(), null));
		}
		String first = this.http
			.perform(get("/api/v1/oversight/log").param("subject", caseNo).with(httpBasic("sd.auditor", "gridcase")))
			.andExpect(jsonPath("$.rows.length()").value(50))
			.andReturn()
			.getResponse()
			.getContentAsString();
		String next = first.replaceAll("(?s).*\"next\":(\\d+).*", "$1");
		this.http
			.perform(get("/api/v1/oversight/log").param("subject", caseNo)
				.param("below", next)
				.with(httpBasic("sd.auditor", "gridcase")))
			.andExpect(jsonPath("$.rows.length()").value(11))
			.andExpect(jsonPath("$.next").doesNotExist());
		this.http
			.perform(get("/oversight").param("subject", caseNo)
				.param("below", next)
				.header("HX-Request", "true")
				.with(user("sd.auditor")))
			.andExpect(content().string(not(containsString("<html"))));
	}

	@Test
	void theLogIsTakenOutAsExcelAndCsv() throws Exception {
		String caseNo = aCase();
		this.http
			.perform(get("/api/v1/cases/" + caseNo).param("reason", "=cmd|x,\"y\"")
				.with(httpBasic("sd.admin", "gridcase")))
			.andExpect(status().isOk());
		String csv = this.http.perform(get("/oversight/log.csv").param("subject", caseNo).with(user("sd.auditor")))
			.andExpect(header().string("Content-Disposition", containsString("attachment")))
			.andReturn()
			.getResponse()
			.getContentAsString(StandardCharsets.UTF_8);
		assertThat(csv).startsWith("\uFEFF\"时间\",\"人员\"")
			.contains("\"'=cmd|x,\"\"y\"\"\"", "\"sd.admin\"", "\"CASE_READ\"");
		byte[] excel = this.http.perform(get("/oversight/log.xlsx").param("subject", caseNo).with(user("sd.auditor")))
			.andReturn()
			.getResponse()
			.getContentAsByteArray();
		try (XSSFWorkbook book = new XSSFWorkbook(new ByteArrayInputStream(excel))) {
			assertThat(book.getSheetAt(0)).hasSize(2)
				.extracting((row) -> row.getCell(2).getStringCellValue())
				.containsExactly("账号", "sd.admin");
		}
		assertThat(count("LOG_EXPORTED", "sd.auditor")).isPositive();
	}

	@Test
	void unusualReadingIsShownAsTheTableSays() throws Exception {
		this.travel.moveTo(this.clock.now().plus(Duration.ofHours(2)));
		MockHttpSession session = new MockHttpSession();
		for (int i = 0; i < 5; i++) {
			this.http.perform(
					get("/api/v1/cases/" + aCase()).param("reason", REASON).with(httpBasic("sd.admin", "gridcase")));
		}
		String path = "/cases/" + aCase();
		for (int i = 0; i < 3; i++) {
			this.http.perform(get(path).session(session).with(user("sx.policy"))).andExpect(status().isNotFound());
		}
		this.http.perform(get("/oversight/unusual").with(user("sd.auditor")))
			.andExpect(content().string(containsString("看了多件案件，没有后续处理")))
			.andExpect(content().string(containsString("多次去看不让看的内容")))
			.andExpect(content().string(containsString("sx.policy")));
		this.http
			.perform(get("/oversight/unusual").param("from", "2020-01-01")
				.param("to", "2020-01-02")
				.with(user("sd.auditor")))
			.andExpect(content().string(containsString("没有异常查阅")));
		this.http
			.perform(get("/oversight/unusual").param("from", "2020-01-01")
				.param("to", "2020-03-02")
				.with(user("sd.auditor")))
			.andExpect(status().isBadRequest());
		this.http.perform(get("/oversight/unusual").with(user("sd.admin"))).andExpect(status().isForbidden());
	}

	@Test
	void theLogCannotBeChanged() {
		this.jdbc.update(
				"insert into access_log (at, login, kind, subject_kind, subject, details) values (now(), 'x', 'OTHER', 'other', 'unchangeable', '{}')");
		for (String sql : List.of("update access_log set reason = 'x' where subject = 'unchangeable'",
				"delete from access_log where subject = 'unchangeable'", "truncate access_log")) {
			assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> this.jdbc.execute(sql))
				.withMessageContaining("append-only");
		}
	}

}
