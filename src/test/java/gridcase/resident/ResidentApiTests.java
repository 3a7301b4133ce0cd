package gridcase.resident;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.jayway.jsonpath.JsonPath;
import gridcase.audit.CaseTrail;
import gridcase.casework.CaseDriver;
import gridcase.casework.Cases;
import gridcase.casework.DemoTest;
import gridcase.casework.OpenTask;
import gridcase.casework.OpenTasks;
import gridcase.clock.PlatformClock;
import gridcase.notice.Notice;
import gridcase.notice.Outbox;
import gridcase.privacy.PersonalData;
import gridcase.resident.Residents.Known;
import gridcase.shared.Acting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.MockMvc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

/** Residents report, follow and answer over HTTP, and every way the platform says no. */
@DemoTest
class ResidentApiTests {

	@Autowired
	private MockMvc http;

	@Autowired
	private JdbcTemplate jdbc;

	@Autowired
	private CaseDriver drive;

	@Autowired
	private OpenTasks tasks;

	@Autowired
	private Cases cases;

	@Autowired
	private PersonalData personal;

	@Autowired
	private CaseTrail trail;

	@Autowired
	private Outbox outbox;

	@Autowired
	private PlatformClock clock;

	@Test
	void aReportBecomesACaseAndItsTokenOpensIt() throws Exception {
		Known known = Residents.report(this.http, Residents.good());
		assertThat(this.cases.get(known.caseNo()).fact("channel")).isEqualTo("RESIDENT");
		assertThat(this.personal.open(this.cases.get(known.caseNo()).fact("reporterPhone"))).isEqualTo(Residents.PHONE);
		show(known).andExpect(status().isOk())
			.andExpect(jsonPath("$.caseNo").value(known.caseNo()))
			.andExpect(jsonPath("$.placeName").value("上地街道"))
			.andExpect(jsonPath("$.clock.light").value("ok"))
			.andExpect(jsonPath("$.stages[?(@.state == 'NOW')]").isNotEmpty())
			.andExpect(jsonPath("$.events[*].text").value(hasItem("收到您的反映")))
			.andExpect(jsonPath("$.phone").value("138****2046"))
			.andExpect(content().string(not(containsString(Residents.PHONE))))
			.andExpect(content().string(not(containsString("陈女士"))));
		assertThat(this.jdbc.queryForMap("select source, phone_proven from resident_report where case_no = ?",
				known.caseNo()))
			.containsEntry("source", "PAGE")
			.containsEntry("phone_proven", false);
	}

	@Test
	void sameKeyGivesTheSameCaseAndAnotherReportIsRefusedWithoutNamingIt() throws Exception {
		Map<String, Object> report = Residents.good();
		String first = receipt(report, "resident-key-1");
		assertThat(receipt(report, "resident-key-1")).isEqualTo(first);
		report.put("title", "另外一件事情");
		this.http
			.perform(Residents.json("/api/v1/public/shangdi/reports", report)
				.header("Idempotency-Key", "resident-key-1"))
			.andExpect(status().isConflict())
			.andExpect(content().string(not(containsString(JsonPath.<String>read(first, "$.caseNo")))));
	}

	@ParameterizedTest(name = "{0}")
	@CsvSource(delimiter = '|', nullValues = "null", textBlock = """
			no title           | title       | null         | title
			a title too short  | title       | 门           | title
			no description     | description | ''           | description
			unknown category   | category    | X99          | category
			no category        | category    | null         | category
			grid of another    | gridCode    | 999          | gridCode
			no phone           | phone       | null         | reporterPhone
			half a phone       | phone       | 2046         | reporterPhone
			letters as phone   | phone       | abc          | reporterPhone
			no consent         | consent     | false        | consent
			""")
	void badInputIsNamedAndNothingIsStored(String what, String field, String value, String named) throws Exception {
		int before = count();
		Map<String, Object> report = Residents.good();
		report.put(field, field.equals("consent") ? Boolean.valueOf(value) : value);
		this.http.perform(Residents.json("/api/v1/public/shangdi/reports", report))
			.andExpect(status().isBadRequest())
			.andExpect(content().contentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON))
			.andExpect(jsonPath("$.errors[*].field").value(hasItem(named)));
		assertThat(count()).isEqualTo(before);
	}

	@Test
	void allFaultsAreNamedAtOnce() throws Exception {
		this.http.perform(Residents.json("/api/v1/public/shangdi/reports", Map.of()))
			.andExpect(status().isBadRequest())
			.andExpect(jsonPath("$.errors.length()").value(6));
	}

	@Test
	void anAddressAloneFindsItsGrid() throws Exception {
		Map<String, Object> report = Residents.good();
		report.remove("gridCode");
		Known known = Residents.report(this.http, report);
		assertThat(this.cases.get(known.caseNo()).fact("gridName")).contains("上地东里");
	}

	@Test
	void unknownPlacesAndGridsAreNotThere() throws Exception {
		this.http.perform(Residents.json("/api/v1/public/nowhere/reports", Residents.good()))
			.andExpect(status().isNotFound());
		for (String path : List.of("/api/v1/public/nowhere/grids?q=a", "/api/v1/public/cards/none", "/card/none",
				"/r/nowhere", "/card/none/qr.svg")) {
			this.http.perform(Residents.from(get(path), Residents.address())).andExpect(status().isNotFound());
		}
	}

	@Test
	void photosGoWithTheReportAndOnlyPicturesDo() throws Exception {
		String body = this.http
			.perform(Residents.from(multipart("/api/v1/public/shangdi/photos")
				.file(new MockMultipartFile("file", "门.png", "image/png", Residents.PNG)), Residents.address()))
			.andExpect(status().isOk())
			.andReturn()
			.getResponse()
			.getContentAsString();
		Map<String, Object> report = Residents.good();
		report.put("photos", List.of(JsonPath.<String>read(body, "$.id")));
		Known known = Residents.report(this.http, report);
		assertThat(this.jdbc.queryForObject("select case_no from attachment where id = ?::uuid", String.class,
				JsonPath.<String>read(body, "$.id")))
			.isEqualTo(known.caseNo());
		this.http.perform(
				Residents.from(
						multipart("/api/v1/public/shangdi/photos").file(new MockMultipartFile("file", "a.pdf",
								"application/pdf", "%PDF-1.7".getBytes(StandardCharsets.US_ASCII))),
						Residents.address()))
			.andExpect(status().isBadRequest());
	}

	@Test
	void aWrongTokenAndACaseThatIsNotThereGetTheSameAnswer() throws Exception {
		Known known = Residents.report(this.http, Residents.good());
		Known wrong = new Known(known.caseNo(), known.token().substring(1) + "A");
		Known none = new Known("SD20260316-999999", known.token());
		assertSame(show(wrong).andExpect(status().isNotFound()).andReturn().getResponse(),
				show(none).andExpect(status().isNotFound()).andReturn().getResponse());
		Residents.act(this.http, wrong, "urge", Map.of("text", "")).andExpect(status().isNotFound());
		this.http
			.perform(Residents.from(get("/track/{no}/{token}", wrong.caseNo(), wrong.token()), Residents.address()))
			.andExpect(status().isNotFound());
	}

	@Test
	void aWrongPhoneAndANumberThatIsNotThereGetTheSameAnswerAfterTheSameTime() throws Exception {
		Known known = Residents.report(this.http, Residents.good());
		long begun = System.nanoTime();
		MockHttpServletResponse wrong = ask(known.caseNo(), "13911112222");
		long middle = System.nanoTime();
		MockHttpServletResponse none = ask("SD20260316-999998", Residents.PHONE);
		long end = System.nanoTime();
		assertThat(wrong.getStatus()).isEqualTo(403);
		assertSame(wrong, none);
		assertThat(Duration.ofNanos(middle - begun)).isGreaterThanOrEqualTo(Tracking.EVEN);
		assertThat(Duration.ofNanos(end - middle)).isGreaterThanOrEqualTo(Tracking.EVEN);
		MockHttpServletResponse right = ask(known.caseNo().toLowerCase(), "+86 138-0000-2046");
		assertThat(JsonPath.<String>read(right.getContentAsString(), "$.token")).isEqualTo(known.token());
		assertThat(ask(known.caseNo(), "2046").getStatus()).isEqualTo(400);
	}

	@Test
	void guessingAtANumberStopsWhetherItIsThereOrNotUntilTimeHasPassed() throws Exception {
		Known known = Residents.report(this.http, Residents.good());
		for (String number : List.of(known.caseNo(), "SD20260316-999997")) {
			for (int i = 0; i < 5; i++) {
				assertThat(ask(number, "1391111222" + i).getStatus()).isEqualTo(403);
			}
			MockHttpServletResponse stopped = ask(number, Residents.PHONE);
			assertThat(stopped.getStatus()).isEqualTo(429);
			assertThat(Integer.parseInt(stopped.getHeader(HttpHeaders.RETRY_AFTER))).isBetween(100, 180);
		}
		// the link of the receipt still opens the case
		show(known).andExpect(status().isOk());
		this.clock.moveTo(this.clock.now().plus(Duration.ofMinutes(3)));
		assertThat(ask(known.caseNo(), Residents.PHONE).getStatus()).isEqualTo(200);
	}

	@Test
	void oneAddressCannotGuessOnAndOn() throws Exception {
		String address = Residents.address();
		int refused = 0;
		for (int i = 0; i < 21; i++) {
			refused = this.http
				.perform(Residents.from(get("/api/v1/public/cases/SD20260316-00000" + i).header("Tracking-Token", "x"),
						address))
				.andReturn()
				.getResponse()
				.getStatus();
			assertThat(refused).isEqualTo((i < 20) ? 404 : 429);
		}
		assertThat(refused).isEqualTo(429);
		this.clock.moveTo(this.clock.now().plus(Duration.ofSeconds(31)));
		this.http
			.perform(Residents.from(get("/api/v1/public/cases/SD20260316-000001").header("Tracking-Token", "x"),
					address))
			.andExpect(status().isNotFound());
	}

	@Test
	void reportsAreLimitedPerAddress() throws Exception {
		String address = Residents.address();
		for (int i = 0; i < 60; i++) {
			this.http.perform(Residents.from(Residents.json("/api/v1/public/shangdi/reports", Map.of()), address))
				.andExpect(status().isBadRequest());
		}
		this.http.perform(Residents.from(Residents.json("/api/v1/public/shangdi/reports", Residents.good()), address))
			.andExpect(status().isTooManyRequests())
			.andExpect(header().exists(HttpHeaders.RETRY_AFTER));
	}

	@Test
	void theReporterUrgesAndAddsAndTheRecordSaysWhoItWas() throws Exception {
		Known known = inHand();
		Residents.act(this.http, known, "urge", Map.of("text", "老人出不了门"))
			.andExpect(status().isOk())
			.andExpect(jsonPath("$.events[0].text").value("您催办了一次"));
		Residents.act(this.http, known, "comment", Map.of("text", "周末家里有人"))
			.andExpect(status().isOk())
			.andExpect(jsonPath("$.events[0].said").value("周末家里有人"));
		assertThat(this.trail.of(known.caseNo()))
			.filteredOn((event) -> List.of("URGED", "COMMENTED").contains(event.kind()))
			.hasSize(2)
			.allMatch((event) -> event.actor().equals(Acting.RESIDENT));
		Residents.act(this.http, known, "urge", Map.of("text", "")).andExpect(status().isOk());
		Residents.act(this.http, known, "urge", Map.of("text", "")).andExpect(status().isTooManyRequests());
		Residents.act(this.http, known, "comment", Map.of("text", " ")).andExpect(status().isBadRequest());
		Residents.act(this.http, known, "comment", Map.of("text", "长".repeat(501))).andExpect(status().isBadRequest());
		Residents.act(this.http, known, "dance", Map.of()).andExpect(status().isNotFound());
		Residents.act(this.http, known, "follow-up", Map.of("satisfaction", "SATISFIED"))
			.andExpect(status().isForbidden());
	}

	@Test
	void theReporterWithdrawsWhatTheRuleLetsGo() throws Exception {
		Known known = Residents.report(this.http, Residents.good());
		show(known).andExpect(jsonPath("$.actions[?(@.key == 'withdrawal')]").isNotEmpty());
		Residents.act(this.http, known, "withdrawal", Map.of("text", "邻居已经自己清走了"))
			.andExpect(status().isOk())
			.andExpect(jsonPath("$.state").value("WITHDRAWN"))
			.andExpect(jsonPath("$.clock.light").value("done"));
		Residents.act(this.http, known, "withdrawal", Map.of("text", "再撤一次看看")).andExpect(status().isForbidden());
	}

	@Test
	void whatTheRuleRefusesIsShownBeforeAndRefusedAgainInItsWords() throws Exception {
		Map<String, Object> report = Residents.good();
		report.put("category", "S0302");
		Known known = Residents.report(this.http, report);
		show(known)
			.andExpect(jsonPath("$.actions[?(@.key == 'withdrawal')].refused").value(hasItem("安全隐患必须处置到位，不能撤回")));
		Residents.act(this.http, known, "withdrawal", Map.of("text", "不想麻烦了"))
			.andExpect(status().isUnprocessableEntity())
			.andExpect(jsonPath("$.detail").value(containsString("安全隐患必须处置到位")));
		assertThat(this.cases.get(known.caseNo()).open()).isTrue();
	}

	@Test
	void theReporterIsTheOneWhoSaysSatisfied() throws Exception {
		Known known = closed();
		Residents.act(this.http, known, "follow-up", Map.of()).andExpect(status().isBadRequest());
		Residents.act(this.http, known, "follow-up", Map.of("satisfaction", "NOT_REACHED"))
			.andExpect(status().isBadRequest());
		Residents.act(this.http, known, "follow-up", Map.of("satisfaction", "SATISFIED", "text", "很快"))
			.andExpect(status().isOk())
			.andExpect(jsonPath("$.satisfaction").value("满意"));
		assertThat(this.cases.get(known.caseNo()).fact("satisfaction")).isEqualTo("SATISFIED");
		assertThat(this.trail.of(known.caseNo())).filteredOn((event) -> event.kind().equals("FOLLOWED_UP"))
			.singleElement()
			.satisfies((event) -> assertThat(event.actor()).isEqualTo(Acting.RESIDENT));
		assertThat(this.trail.firstFault(known.caseNo())).isEmpty();
	}

	@Test
	void dissatisfactionCallsSomebodyWhoHasNotWorkedOnIt() throws Exception {
		Known known = closed();
		Residents.act(this.http, known, "follow-up", Map.of("satisfaction", "DISSATISFIED", "text", "门还是关不上"))
			.andExpect(status().isOk());
		assertThat(this.tasks.ofCase(known.caseNo())).extracting(OpenTask::taskKey).contains("Task_SecondLook");
	}

	@Test
	void theReporterReopensWithinTheWindowOfTheTableOnly() throws Exception {
		Known known = closed();
		show(known).andExpect(jsonPath("$.actions[?(@.key == 'reopening')]").isNotEmpty())
			.andExpect(jsonPath("$.actions[?(@.key == 'reopening' && @.refused)]").isEmpty());
		Residents.act(this.http, known, "reopening", Map.of("text", "第二天又坏了"))
			.andExpect(status().isOk())
			.andExpect(jsonPath("$.state").value("OPEN"))
			.andExpect(jsonPath("$.events[*].text").value(hasItem("已复开，重新办理")));
		Known late = closed();
		this.clock.moveTo(this.clock.now().plus(Duration.ofDays(32)));
		show(late).andExpect(jsonPath("$.actions[?(@.key == 'reopening')].refused").value(hasItem("办结已超过 30 天，请另行上报")));
		Residents.act(this.http, late, "reopening", Map.of("text", "现在又坏了"))
			.andExpect(status().isUnprocessableEntity());
	}

	@Test
	void nothingOfOthersIsShown() throws Exception {
		Known known = closed();
		String body = show(known).andReturn().getResponse().getContentAsString(StandardCharsets.UTF_8);
		List<String> people = this.jdbc.queryForList(
				"select distinct s.name from staff s join custody c on c.person = s.login where c.case_no = ?",
				String.class, known.caseNo());
		assertThat(people).isNotEmpty().noneMatch(body::contains);
		List<String> logins = this.jdbc.queryForList(
				"select distinct person from custody where case_no = ? and person is not null", String.class,
				known.caseNo());
		assertThat(logins).isNotEmpty().noneMatch(body::contains);
		assertThat(body).contains("已经修好并试过").doesNotContain("对照结案条件");
	}

	@Test
	void messagesAreThoseTheReporterWasSent() throws Exception {
		Known known = closed();
		List<Notice> sent = this.outbox.ofCase(known.caseNo())
			.stream()
			.filter((notice) -> notice.audience().equals("REPORTER") && notice.channel().equals(Notice.SMS))
			.toList();
		assertThat(sent).isNotEmpty();
		show(known).andExpect(jsonPath("$.messages.length()").value(sent.size()))
			.andExpect(jsonPath("$.messages[0].text").value(sent.get(sent.size() - 1).text()))
			.andExpect(jsonPath("$.messages[0].state").value("短信未开通，没有发出"));
	}

	@Test
	void anOverdueStepIsSaidFirst() throws Exception {
		Known known = inHand();
		this.jdbc.update("update deadline set breached_at = due_at where case_no = ? and done_at is null",
				known.caseNo());
		this.clock.moveTo(this.clock.now().plus(Duration.ofDays(21)));
		show(known).andExpect(jsonPath("$.clock.light").value("over"))
			.andExpect(jsonPath("$.clock.word").value("超时"))
			.andExpect(jsonPath("$.clock.headline").value(containsString("已超时")))
			.andExpect(jsonPath("$.clock.detail").value(containsString("没有做到")))
			.andExpect(jsonPath("$.breaches[0]").value(containsString("没有做到")));
	}

	@Test
	void photosOfTheResultAreSeenOnceReleased() throws Exception {
		Known hidden = closed(Map.of("photosReleased", false));
		Known shown = closed(Map.of("photosReleased", true));
		String photo = photo(shown);
		show(hidden).andExpect(jsonPath("$.photos").isEmpty());
		show(shown).andExpect(jsonPath("$.photos[0]").value(photo));
		String address = Residents.address();
		this.http
			.perform(Residents.from(get("/track/{no}/{token}/photos/{id}", shown.caseNo(), shown.token(), photo),
					address))
			.andExpect(status().isOk())
			.andExpect(content().contentType(MediaType.IMAGE_PNG));
		for (Known other : Arrays.asList(hidden, new Known(shown.caseNo(), "wrong"))) {
			this.http
				.perform(Residents.from(get("/track/{no}/{token}/photos/{id}", other.caseNo(), other.token(), photo),
						address))
				.andExpect(status().isNotFound());
		}
	}

	@Test
	void theCardTellsWhatIsPublishedAndNothingElse() throws Exception {
		Map<String, Object> person = this.jdbc.queryForMap("""
				select s.login, s.name, s.phone, d.grid from staff s join duty d on d.staff = s.login
				where s.place = 'shangdi' and d.role = 'grid-worker' and s.valid_to is null and d.valid_to is null
				and s.published = 'name phone' order by s.login limit 1""");
		card(person.get("grid")).andExpect(jsonPath("$.people[*].name").value(hasItem(person.get("name"))))
			.andExpect(jsonPath("$.people[*].phone").value(hasItem(person.get("phone"))))
			.andExpect(jsonPath("$.people[*].hours").value(hasItem(containsString("工作日"))))
			.andExpect(content().string(not(containsString(person.get("login").toString()))));
		List<String> unpublished = this.jdbc.queryForList("""
				select phone from staff where place = 'shangdi' and valid_to is null and phone is not null
				and coalesce(published, '') not like '%phone%'""", String.class);
		String body = card(person.get("grid")).andReturn().getResponse().getContentAsString(StandardCharsets.UTF_8);
		assertThat(unpublished).isNotEmpty().noneMatch(body::contains);
	}

	@Test
	void nobodyIsSignedInOnPublicAddressesAndEverythingElseStaysShut() throws Exception {
		this.http.perform(get("/api/v1/cases")).andExpect(status().isUnauthorized());
		this.http.perform(get("/inbox").accept(MediaType.TEXT_HTML)).andExpect(status().is3xxRedirection());
		this.http
			.perform(Residents.from(org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post("/track")
				.param("caseNo", "SD1"), Residents.address()))
			.andExpect(status().isForbidden());
	}

	private org.springframework.test.web.servlet.ResultActions card(Object grid) throws Exception {
		return this.http.perform(Residents.from(get("/api/v1/public/cards/" + grid), Residents.address()))
			.andExpect(status().isOk());
	}

	private org.springframework.test.web.servlet.ResultActions show(Known known) throws Exception {
		return this.http.perform(
				Residents.from(get("/api/v1/public/cases/" + known.caseNo()).header("Tracking-Token", known.token()),
						Residents.address()));
	}

	private MockHttpServletResponse ask(String caseNo, String phone) throws Exception {
		return this.http.perform(Residents.json("/api/v1/public/tracking", Map.of("caseNo", caseNo, "phone", phone)))
			.andReturn()
			.getResponse();
	}

	private static void assertSame(MockHttpServletResponse one, MockHttpServletResponse other) throws Exception {
		assertThat(one.getStatus()).isEqualTo(other.getStatus());
		assertThat(one.getHeaderNames()).containsExactlyInAnyOrderElementsOf(other.getHeaderNames());
		assertThat(withoutAddress(one)).isEqualTo(withoutAddress(other)).contains("detail");
	}

	/** The problem repeats the address it was asked at. */
	private static String withoutAddress(MockHttpServletResponse response) throws Exception {
		return response.getContentAsString(StandardCharsets.UTF_8).replaceAll("\"instance\":\"[^\"]*\"", "");
	}

	private String receipt(Map<String, Object> report, String key) throws Exception {
		return this.http
			.perform(Residents.json("/api/v1/public/shangdi/reports", report).header("Idempotency-Key", key))
			.andExpect(status().isCreated())
			.andReturn()
			.getResponse()
			.getContentAsString();
	}

	private Known inHand() throws Exception {
		Known known = Residents.report(this.http, Residents.good());
		this.drive.complete(known.caseNo(), "Stage_File", Map.of("filing", "FILE"));
		this.drive.complete(known.caseNo(), "Stage_Dispatch", Map.of());
		this.drive.complete(known.caseNo(), "Task_SignFor", Map.of("signing", "SIGN"));
		return known;
	}

	private Known closed() throws Exception {
		return closed(Map.of());
	}

	private Known closed(Map<String, Object> closing) throws Exception {
		Known known = inHand();
		OpenTask task = this.drive.task(known.caseNo(), "Task_Handle");
		String photo = Acting.as(task.assignee(), () -> attach(known.caseNo()));
		this.drive.complete(known.caseNo(), "Task_Handle",
				Map.of("handlingOutcome", "DONE", "resultText", "门锁和闭门器已经修好并试过，夜里能关上", "resultPhotos", List.of(photo)));
		this.drive.helpersDo(known.caseNo());
		if (this.tasks.ofCase(known.caseNo()).stream().anyMatch((open) -> open.taskKey().equals("Stage_Verify"))) {
			this.drive.complete(known.caseNo(), "Stage_Verify", Map.of("verified", true, "verifyText", "现场复核，确已办好"));
		}
		Map<String, Object> values = new HashMap<>(closing);
		values.put("closingText", "对照结案条件，予以结案");
		this.drive.complete(known.caseNo(), "Stage_Close", values);
		assertThat(this.cases.get(known.caseNo()).state()).isEqualTo("CLOSED");
		return known;
	}

	@Autowired
	private gridcase.casework.Attachments attachments;

	private String attach(String caseNo) {
		return this.attachments.add(caseNo, "shangdi", "after.png", "image/png", Residents.PNG).id().toString();
	}

	private String photo(Known known) {
		return this.cases.get(known.caseNo()).fact("resultPhotos");
	}

	private int count() {
		return this.jdbc.queryForObject("select count(*) from case_file", Integer.class);
	}

}
