package gridcase.casework;

import java.sql.Connection;
import java.util.List;
import java.util.Map;

import javax.sql.DataSource;

import gridcase.audit.CaseEvent;
import gridcase.audit.CaseTrail;
import gridcase.notice.Notice;
import gridcase.notice.Outbox;
import gridcase.privacy.EarlierKey;
import gridcase.privacy.PersonalData;
import gridcase.privacy.PersonalKind;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.api.migration.Context;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.MockMvc;

import static org.assertj.core.api.Assertions.assertThat;
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
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

/** A reporter's name and number: nowhere in clear but before those who need them. */
@DemoTest
@TestPropertySource(properties = EarlierKey.SETTING)
@ExtendWith(OutputCaptureExtension.class)
class PersonalDataOfCasesTests {

	private static final String NAME = "诸葛长青";

	@Autowired
	private CaseDriver drive;

	@Autowired
	private Cases cases;

	@Autowired
	private CaseTrail trail;

	@Autowired
	private Outbox outbox;

	@Autowired
	private PersonalData personal;

	@Autowired
	private SealWhatIsStored migration;

	@Autowired
	private JdbcTemplate jdbc;

	@Autowired
	private DataSource dataSource;

	@Autowired
	private MockMvc mvc;

	private String reported(String phone) {
		return this.drive.report("shangdi", "sd.hotline", "HOTLINE", Map.of("gridCode", "11010802200101", "category",
				"S0501", "reporterName", NAME, "reporterPhone", phone));
	}

	private void signed(String caseNo) {
		this.drive.complete(caseNo, "Stage_File", Map.of("filing", "FILE"));
		this.drive.complete(caseNo, "Stage_Dispatch", Map.of("leadUnit", "SD-CG"));
		this.drive.complete(caseNo, "Task_SignFor", Map.of("signing", "SIGN"));
	}

	@Test
	void noTableAndNoLogHoldsThemInClear(CapturedOutput output) throws Exception {
		String phone = "13711112222";
		String caseNo = reported(phone);
		signed(caseNo);
		this.mvc.perform(get("/cases/" + caseNo).with(user("sd.dispatcher"))).andExpect(status().isOk());
		this.mvc
			.perform(post("/api/v1/cases").with(httpBasic("sd.hotline", "gridcase"))
				.contentType(MediaType.APPLICATION_JSON)
				.content("{\"place\":\"shangdi\",\"title\":1,\"reporterName\":\"" + NAME + "\",\"reporterPhone\":\""
						+ phone + "\"}"))
			.andExpect(status().is4xxClientError());

		List<String> tables = this.jdbc.queryForList(
				"select table_name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'",
				String.class);
		assertThat(tables).hasSizeGreaterThan(40).contains("case_event", "outbox", "act_ru_variable");
		for (String table : tables) {
			assertThat(this.jdbc.queryForObject(
					"select count(*) from " + table + " t where t::text like ? or t::text like ?", Long.class,
					"%" + phone + "%", "%" + NAME + "%"))
				.as(table)
				.isZero();
		}
		assertThat(this.jdbc.queryForObject("select count(*) from outbox where case_no = ? and recipient like 'pd1.%'",
				Long.class, caseNo))
			.as("messages are there, sealed")
			.isPositive();
		assertThat(this.outbox.ofCase(caseNo)).extracting(Notice::recipient).contains(phone);
		assertThat(output.getAll()).doesNotContain(phone).doesNotContain(NAME);
		assertThat(new Report("shangdi", "HOTLINE", null, Map.of("reporterPhone", phone)).toString())
			.doesNotContain(phone);
		assertThat(this.cases.get(caseNo).toString()).doesNotContain(phone).doesNotContain(NAME);
	}

	@Test
	void whoNeedsThemSeesThemOthersForAReasonOrNotAtAll() throws Exception {
		String caseNo = reported("13711113333");
		signed(caseNo);
		String holder = this.cases.get(caseNo).holder();
		this.mvc.perform(get("/cases/" + caseNo).with(user(holder)))
			.andExpect(content().string(containsString("13711113333")))
			.andExpect(content().string(containsString(NAME)));
		this.mvc.perform(get("/cases/" + caseNo).with(user("sd.dispatcher")))
			.andExpect(content().string(not(containsString("13711113333"))))
			.andExpect(content().string(not(containsString(NAME))))
			.andExpect(content().string(containsString("137****3333")))
			.andExpect(content().string(containsString("personal-data/reporterPhone")));
		this.mvc.perform(get("/cases/" + caseNo).param("reason", "核对打码").with(user("admin")))
			.andExpect(content().string(containsString("137****3333")))
			.andExpect(content().string(not(containsString("personal-data/reporterPhone"))));
		this.mvc.perform(get("/api/v1/cases/" + caseNo).with(httpBasic(holder, "gridcase")))
			.andExpect(jsonPath("$.facts.reporterPhone").value("137****3333"))
			.andExpect(jsonPath("$.facts.reporterName").value("诸*"));
		this.mvc.perform(get("/api/v1/cases/" + caseNo + "/personal-data").with(httpBasic(holder, "gridcase")))
			.andExpect(jsonPath("$[1].value").value("13711113333"))
			.andExpect(jsonPath("$[1].sight").value("CLEAR"));
	}

	@Test
	void lookingGoesOnRecordWithTheReasonForAuditorsToSee() throws Exception {
		String caseNo = reported("13711114444");
		String path = "/cases/" + caseNo + "/personal-data/reporterPhone";
		this.mvc.perform(post(path).with(user("sd.dispatcher")).with(csrf()).param("reason", "无"))
			.andExpect(status().isBadRequest());
		assertThat(unmaskings(caseNo)).isEmpty();
		this.mvc
			.perform(post(path).with(user("sd.dispatcher"))
				.with(csrf())
				.header("HX-Request", "true")
				.param("reason", "核对门牌号"))
			.andExpect(status().isOk())
			.andExpect(header().string("Cache-Control", "no-store"))
			.andExpect(content().string(containsString("13711114444")));
		assertThat(unmaskings(caseNo)).singleElement().satisfies((event) -> {
			assertThat(event.actor()).isEqualTo("sd.dispatcher");
			assertThat(event.data()).contains("核对门牌号", "reporterPhone").doesNotContain("13711114444");
		});
		assertThat(this.trail.firstFault(caseNo)).isEmpty();

		this.mvc.perform(post(path).with(user("admin")).with(csrf()).param("reason", "随便看看"))
			.andExpect(status().isForbidden());
		this.mvc.perform(post(path).with(user("sx.admin")).with(csrf()).param("reason", "随便看看"))
			.andExpect(status().isNotFound());
		this.mvc
			.perform(post("/api/v1" + path).with(httpBasic("sd.dispatcher", "gridcase"))
				.contentType(MediaType.APPLICATION_JSON)
				.content("{\"reason\":\"再次核对门牌号\"}"))
			.andExpect(jsonPath("$.value").value("13711114444"));
		assertThat(unmaskings(caseNo)).hasSize(2);

		this.mvc.perform(get("/cases/" + caseNo).with(user("sd.dispatcher")))
			.andExpect(content().string(not(containsString("核对门牌号"))));
		String auditor = this.jdbc.queryForObject(
				"select staff from duty where place = 'shangdi' and role = 'auditor' and valid_to is null limit 1",
				String.class);
		this.mvc.perform(get("/cases/" + caseNo).with(user(auditor)))
			.andExpect(content().string(containsString("核对门牌号")));
	}

	private List<CaseEvent> unmaskings(String caseNo) {
		return this.trail.of(caseNo).stream().filter((event) -> event.kind().equals("UNMASKED")).toList();
	}

	@Test
	void casesAreFoundByTheReportersNumber() throws Exception {
		String caseNo = reported("13711115555");
		reported("13711115556");
		this.mvc
			.perform(get("/api/v1/cases").param("text", "137 1111-5555").with(httpBasic("sd.dispatcher", "gridcase")))
			.andExpect(jsonPath("$.rows.length()").value(1))
			.andExpect(jsonPath("$.rows[0].caseNo").value(caseNo));
	}

	@Test
	void aChangedKeySealsAnewAndTheOldOneMayGo() throws Exception {
		String caseNo = reported("13711116666");
		signed(caseNo);
		PersonalData earlier = EarlierKey.personalData();
		String sealed = earlier.seal(PersonalKind.PHONE, "13711116666");
		this.jdbc.update(
				"update case_file set facts = facts || jsonb_build_object('reporterPhone', ?), reporter_index = ? where case_no = ?",
				sealed, PersonalData.indexOf(sealed), caseNo);
		this.jdbc.update("update outbox set recipient = ? where case_no = ? and kind = 'ADDRESS'", sealed, caseNo);
		assertThat(this.personal.open(this.cases.get(caseNo).fact("reporterPhone"))).isEqualTo("13711116666");

		this.mvc.perform(post("/api/v1/personal-data/rotation").with(httpBasic("admin", "gridcase")))
			.andExpect(status().isOk())
			.andExpect(jsonPath("$.keyId").value("k1"))
			.andExpect(jsonPath("$.changed.case_file").value(1))
			.andExpect(jsonPath("$.changed.outbox").isNumber());

		String anew = this.cases.get(caseNo).fact("reporterPhone");
		assertThat(this.personal.keyOf(anew)).isEqualTo("k1");
		assertThat(this.personal.open(anew)).isEqualTo("13711116666");
		assertThat(this.jdbc.queryForObject("select reporter_index from case_file where case_no = ?", String.class,
				caseNo))
			.isEqualTo(PersonalData.indexOf(anew));
		assertThat(this.jdbc.queryForObject("select count(*) from outbox where recipient like 'pd1.k0.%'", Long.class))
			.isZero();
		assertThat(this.outbox.ofCase(caseNo)).extracting(Notice::recipient).contains("13711116666");
		this.mvc.perform(post("/api/v1/personal-data/rotation").with(httpBasic("admin", "gridcase")))
			.andExpect(jsonPath("$.changed.case_file").value(0))
			.andExpect(jsonPath("$.changed.outbox").value(0));
	}

	@Test
	void whatAnEarlierVersionStoredInClearIsSealedAndTakenOutOfTheTrail() throws Exception {
		String caseNo = reported("13711117777");
		signed(caseNo);
		CaseEvent last = asAnEarlierVersionStoredIt(caseNo, "13711117777");
		assertThat(this.trail.firstFault(caseNo)).as("as intact as the earlier version left it").isEmpty();

		try (Connection connection = this.dataSource.getConnection()) {
			connection.setAutoCommit(false);
			this.migration.migrate(new Context() {

				@Override
				public Configuration getConfiguration() {
					throw new UnsupportedOperationException("not asked for");
				}

				@Override
				public Connection getConnection() {
					return connection;
				}

			});
			connection.commit();
		}

		assertThat(this.personal.open(this.cases.get(caseNo).fact("reporterPhone"))).isEqualTo("13711117777");
		assertThat(this.personal.open(this.cases.get(caseNo).fact("reporterName"))).isEqualTo(NAME);
		for (String table : List.of("case_file", "case_event", "outbox")) {
			assertThat(this.jdbc.queryForObject(
					"select count(*) from " + table + " t where t::text like '%13711117777%' or t::text like ?",
					Long.class, "%" + NAME + "%"))
				.as(table)
				.isZero();
		}
		assertThat(this.outbox.ofCase(caseNo)).extracting(Notice::recipient).contains("13711117777");
		assertThat(this.trail.firstFault(caseNo)).isEmpty();
		List<CaseEvent> events = this.trail.of(caseNo);
		assertThat(events.get(events.size() - 1)).satisfies((event) -> {
			assertThat(event.kind()).isEqualTo("PERSONAL_DATA_REMOVED");
			assertThat(event.data()).contains(java.util.HexFormat.of().formatHex(last.hash()));
		});
		assertThat(this.jdbc.queryForObject(
				"select count(*) from pg_trigger where tgrelid = 'case_event'::regclass and tgenabled = 'O' and tgname like 'case_event_no_%'",
				Long.class))
			.as("the trail is append-only again")
			.isEqualTo(2);
		this.drive.complete(caseNo, "Task_Handle", Map.of("handlingOutcome", "DONE", "resultText", "已清理完毕，现场照片已留存备查"));
		assertThat(this.trail.firstFault(caseNo)).as("and the case goes on").isEmpty();
	}

	private CaseEvent asAnEarlierVersionStoredIt(String caseNo, String phone) {
		this.jdbc.update(
				"update case_file set facts = facts || jsonb_build_object('reporterPhone', ?, 'reporterName', ?), reporter_index = null where case_no = ?",
				phone, NAME, caseNo);
		this.jdbc.update("update outbox set recipient = ? where case_no = ? and kind = 'ADDRESS'", phone, caseNo);
		this.jdbc.execute("alter table case_event disable trigger case_event_no_change");
		byte[] hash = gridcase.audit.EventChain.START;
		CaseEvent last = null;
		for (CaseEvent event : this.trail.of(caseNo)) {
			String data = event.kind().equals("REPORTED") ? event.data()
				.replace("\"reporterName\":\"***\"", "\"reporterName\":\"" + NAME + "\"")
				.replace("\"reporterPhone\":\"***\"", "\"reporterPhone\":\"" + phone + "\"") : event.data();
			assertThat(event.kind().equals("REPORTED") && data.equals(event.data())).isFalse();
			last = gridcase.audit.EventChain.next(hash, caseNo, event.seq(), event.at(), event.actor(), event.kind(),
					event.element(), data);
			hash = last.hash();
			this.jdbc.update("update case_event set data = ?::json, hash = ? where case_no = ? and seq = ?", data, hash,
					caseNo, event.seq());
		}
		this.jdbc.execute("alter table case_event enable trigger case_event_no_change");
		this.jdbc.update("update case_file set event_hash = ? where case_no = ?", hash, caseNo);
		return last;
	}

}
