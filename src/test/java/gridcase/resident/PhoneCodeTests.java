package gridcase.resident;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.jayway.jsonpath.JsonPath;
import gridcase.casework.DemoTest;
import gridcase.clock.PlatformClock;
import gridcase.privacy.PersonalData;
import gridcase.privacy.PersonalKind;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.MockMvc;

import static org.assertj.core.api.Assertions.assertThat;

/** Where text messages leave the platform, a code proves the phone. */
@DemoTest
@TestPropertySource(properties = "gridcase.sms.url=http://127.0.0.1:9/sms")
class PhoneCodeTests {

	@Autowired
	private MockMvc http;

	@Autowired
	private JdbcTemplate jdbc;

	@Autowired
	private PersonalData personal;

	@Autowired
	private PlatformClock clock;

	@Test
	void aReportNeedsTheCodeThatItsPhoneReceived() throws Exception {
		String phone = "13700000001";
		Map<String, Object> report = report(phone);
		assertThat(take(report).getStatus()).isEqualTo(400);
		String codeId = sendCode(phone);
		String code = code(phone);
		report.put("codeId", codeId);
		report.put("code", other(code));
		assertThat(body(take(report))).contains("\"field\":\"code\"");
		report.put("code", code);
		MockHttpServletResponse taken = take(report);
		assertThat(taken.getStatus()).isEqualTo(201);
		assertThat(this.jdbc.queryForObject("select phone_proven from resident_report where case_no = ?", Boolean.class,
				JsonPath.<String>read(body(taken), "$.caseNo")))
			.isTrue();
	}

	@Test
	void aCodeProvesOnlyThePhoneItWasSentTo() throws Exception {
		String codeId = sendCode("13700000002");
		Map<String, Object> report = report("13700000003");
		report.put("codeId", codeId);
		report.put("code", code("13700000002"));
		assertThat(take(report).getStatus()).isEqualTo(400);
	}

	@Test
	void fiveWrongTriesSpendACode() throws Exception {
		String phone = "13700000004";
		Map<String, Object> report = report(phone);
		report.put("codeId", sendCode(phone));
		String code = code(phone);
		report.put("code", other(code));
		for (int i = 0; i < PhoneCodes.TRIES; i++) {
			assertThat(take(report).getStatus()).isEqualTo(400);
		}
		report.put("code", code);
		assertThat(take(report).getStatus()).isEqualTo(400);
	}

	@Test
	void aCodeLivesTenMinutesAndIsNotKeptAnywhere() throws Exception {
		String phone = "13700000005";
		Map<String, Object> report = report(phone);
		report.put("codeId", sendCode(phone));
		report.put("code", code(phone));
		this.clock.moveTo(this.clock.now().plus(PhoneCodes.LIFE).plusSeconds(1));
		assertThat(take(report).getStatus()).isEqualTo(400);
		sendCode("13700000006");
		assertThat(this.jdbc.queryForList("select text from outbox where recipient like ?", String.class, to(phone)))
			.containsExactly("");
		assertThat(this.jdbc.queryForList("select state from outbox where recipient like ?", String.class, to(phone)))
			.containsExactly("FAILED");
		assertThat(this.jdbc.queryForList("select encode(code_seal, 'escape') from phone_code", String.class))
			.noneMatch((seal) -> seal.contains(report.get("code").toString()));
	}

	@Test
	void onePhoneIsNotSentCodesOnAndOn() throws Exception {
		String phone = "13700000007";
		for (int i = 0; i < 3; i++) {
			sendCode(phone);
		}
		assertThat(code(Map.of("phone", phone)).getStatus()).isEqualTo(429);
		this.clock.moveTo(this.clock.now().plus(Duration.ofMinutes(5)).plusSeconds(1));
		assertThat(code(Map.of("phone", phone)).getStatus()).isEqualTo(200);
		assertThat(code(Map.of("phone", "2046")).getStatus()).isEqualTo(400);
	}

	@Test
	void trackingSendsACodeToTheRightPhoneOnlyAndTellsNobodyWhether() throws Exception {
		String phone = "13700000008";
		Map<String, Object> report = report(phone);
		report.put("codeId", sendCode(phone));
		report.put("code", code(phone));
		String caseNo = JsonPath.read(body(take(report)), "$.caseNo");
		int before = messages();
		MockHttpServletResponse wrong = ask(caseNo, "13700009999");
		MockHttpServletResponse none = ask("SD20260316-888888", phone);
		assertThat(messages()).isEqualTo(before);
		MockHttpServletResponse right = ask(caseNo, phone);
		assertThat(messages()).isEqualTo(before + 1);
		assertThat(List.of(wrong, none, right)).allSatisfy((answer) -> {
			assertThat(answer.getStatus()).isEqualTo(200);
			assertThat(JsonPath.<Map<String, Object>>read(answer.getContentAsString(), "$")).containsOnlyKeys("caseNo",
					"codeId");
		});
		String code = code(phone);
		MockHttpServletResponse refused = prove(caseNo, id(wrong), code);
		assertThat(refused.getStatus()).isEqualTo(403);
		assertThat(prove("SD20260316-888888", id(none), code).getStatus()).isEqualTo(403);
		assertThat(body(prove(caseNo, id(right), other(code)))).isEqualTo(body(refused));
		MockHttpServletResponse proven = prove(caseNo, id(right), code);
		assertThat(JsonPath.<String>read(body(proven), "$.token")).hasSize(22);
	}

	private Map<String, Object> report(String phone) {
		Map<String, Object> report = new HashMap<>(Residents.good());
		report.put("phone", phone);
		return report;
	}

	private MockHttpServletResponse take(Map<String, Object> report) throws Exception {
		return this.http.perform(Residents.json("/api/v1/public/shangdi/reports", report)).andReturn().getResponse();
	}

	private String sendCode(String phone) throws Exception {
		MockHttpServletResponse answer = code(Map.of("phone", phone));
		assertThat(answer.getStatus()).isEqualTo(200);
		return id(answer);
	}

	private MockHttpServletResponse code(Map<String, String> body) throws Exception {
		return this.http.perform(Residents.json("/api/v1/public/shangdi/codes", body)).andReturn().getResponse();
	}

	private MockHttpServletResponse ask(String caseNo, String phone) throws Exception {
		return this.http.perform(Residents.json("/api/v1/public/tracking", Map.of("caseNo", caseNo, "phone", phone)))
			.andReturn()
			.getResponse();
	}

	private MockHttpServletResponse prove(String caseNo, String codeId, String code) throws Exception {
		return this.http
			.perform(
					Residents.json("/api/v1/public/tracking", Map.of("caseNo", caseNo, "codeId", codeId, "code", code)))
			.andReturn()
			.getResponse();
	}

	/** By what a message to a number is found, as the number itself is sealed. */
	private String to(String phone) {
		return "%." + this.personal.indexes(PersonalKind.PHONE, phone).get(0) + ".%";
	}

	/** The newest code a phone was sent. */
	private String code(String phone) {
		String text = this.jdbc.queryForObject(
				"select text from outbox where recipient like ? and template = 'phone-code' order by id desc limit 1",
				String.class, to(phone));
		Matcher matcher = Pattern.compile("\\d{6}").matcher(text);
		assertThat(matcher.find()).isTrue();
		return matcher.group();
	}

	private static String other(String code) {
		return String.format("%06d", (Integer.parseInt(code) + 1) % 1_000_000);
	}

	private int messages() {
		return this.jdbc.queryForObject("select count(*) from outbox where template = 'phone-code'", Integer.class);
	}

	private static String id(MockHttpServletResponse answer) throws Exception {
		return JsonPath.read(answer.getContentAsString(), "$.codeId");
	}

	private static String body(MockHttpServletResponse answer) throws Exception {
		return answer.getContentAsString(java.nio.charset.StandardCharsets.UTF_8);
	}

}
