package gridcase.notice;

import java.util.List;
import java.util.Map;

import gridcase.casework.CaseDriver;
import gridcase.casework.DemoTest;
import gridcase.clock.PlatformClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.MockMvc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

/**
 * What people are told inside the platform, and what shows of the rest. No channel is
 * configured.
 */
@DemoTest
// counts all messages there are: an application of its own
@TestPropertySource(properties = "spring.application.name=messages")
class MessagesTests {

	private static final String DISPATCHER = "sd.c01.dispatcher";

	@Autowired
	private CaseDriver drive;

	@Autowired
	private Outbox outbox;

	@Autowired
	private NoticeSender sender;

	@Autowired
	private PlatformClock clock;

	@Autowired
	private JdbcTemplate jdbc;

	@Autowired
	private MockMvc mvc;

	@BeforeEach
	void nobodyWasToldAnything() {
		this.jdbc.update("delete from notice_read");
		this.jdbc.update("delete from notice_reader");
		this.jdbc.update("delete from outbox");
	}

	private String aReportedCase() {
		return this.drive.report("shangdi", "sd.c01.g1", "GRID_WORKER", Map.of("gridCode", "11010802200101", "title",
				"楼道堆放纸箱", "category", "S0501", "reporterPhone", "13800001234"));
	}

	private void tell(String recipient, Notice.Kind kind, String subject) {
		this.outbox.add(List.of(new Notice("SD20260316-000009", "shangdi", "URGED", "HOLDER", Notice.IN_APP, recipient,
				kind, "holder-urged", "{}", subject, "请尽快办理", this.clock.now())));
	}

	private void unread(String login, int count) throws Exception {
		this.mvc.perform(get("/api/v1/notices/unread").with(httpBasic(login, "gridcase")))
			.andExpect(jsonPath("$.unread").value(count));
	}

	private long newest() {
		return this.jdbc.queryForObject("select max(id) from outbox where channel = 'IN_APP'", Long.class);
	}

	@Test
	void thePageShowsOwnMessagesWithALinkToTheCase() throws Exception {
		String caseNo = aReportedCase();
		this.mvc.perform(get("/messages").with(user("sd.c01.g1")))
			.andExpect(status().isOk())
			.andExpect(content().string(allOf(containsString("已收到上报"), containsString(caseNo), containsString("未读"),
					containsString("消息，1 条未读"))));
		long id = newest();
		this.mvc.perform(get("/api/v1/notices").with(httpBasic("sd.c01.g1", "gridcase")))
			.andExpect(jsonPath("$.rows[0].caseNo").value(caseNo))
			.andExpect(jsonPath("$.rows[0].read").value(false));
		Long own = this.jdbc.queryForObject("select id from outbox where recipient = 'sd.c01.g1'", Long.class);
		this.mvc.perform(post("/messages/" + own + "/open").with(csrf()).with(user("sd.c01.g1")))
			.andExpect(redirectedUrl("/cases/" + caseNo));
		this.mvc.perform(get("/messages").with(user("sd.c01.g1")))
			.andExpect(content().string(allOf(containsString("已收到上报"), not(containsString("未读")))));
		assertThat(id).isPositive();
	}

	@Test
	void aPoolsMessageIsReadByEachForThemselves() throws Exception {
		this.jdbc.update("delete from outbox");
		aReportedCase();
		List<String> dispatchers = this.jdbc.queryForList(
				"select staff from duty where role = 'dispatcher' and grid = '110108022' order by staff", String.class);
		tell("dispatcher@110108022", Notice.Kind.POOL, "给全体派遣员");
		assertThat(dispatchers).hasSizeGreaterThan(1);
		long id = newest();
		for (String login : dispatchers) {
			unread(login, 1);
		}
		this.mvc.perform(post("/api/v1/notices/" + id + "/read").with(httpBasic(dispatchers.get(0), "gridcase")))
			.andExpect(status().isNoContent());
		unread(dispatchers.get(0), 0);
		unread(dispatchers.get(1), 1);
	}

	@Test
	void othersMessagesAreNobodysBusiness() throws Exception {
		tell(DISPATCHER, Notice.Kind.PERSON, "只给派遣员");
		long id = newest();
		this.mvc.perform(post("/api/v1/notices/" + id + "/read").with(httpBasic("sd.c02.dispatcher", "gridcase")))
			.andExpect(status().isNotFound());
		this.mvc.perform(get("/api/v1/notices").with(httpBasic("sd.c02.dispatcher", "gridcase")))
			.andExpect(jsonPath("$.rows.length()").value(0));
		this.mvc.perform(get("/api/v1/notices")).andExpect(status().isUnauthorized());
	}

	@Test
	void theOperatorsPoolIsReadByAdministratorsOfThatPlace() throws Exception {
		tell("operator@shangdi", Notice.Kind.POOL, "无人在岗");
		unread("sd.admin", 1);
		unread("admin", 1);
		unread("xt.admin", 0);
		unread(DISPATCHER, 0);
	}

	@Test
	void manyMessagesComeInPagesAndAreReadAtOnce() throws Exception {
		for (int i = 1; i <= 105; i++) {
			tell(DISPATCHER, Notice.Kind.PERSON, "第" + i + "条");
		}
		unread(DISPATCHER, 100);
		String first = this.mvc
			.perform(get("/api/v1/notices").param("size", "100").with(httpBasic(DISPATCHER, "gridcase")))
			.andExpect(jsonPath("$.rows.length()").value(100))
			.andExpect(jsonPath("$.rows[0].subject").value("第105条"))
			.andReturn()
			.getResponse()
			.getContentAsString();
		String next = first.replaceAll("(?s).*\"next\":(\\d+).*", "$1");
		this.mvc.perform(get("/api/v1/notices").param("before", next).with(httpBasic(DISPATCHER, "gridcase")))
			.andExpect(jsonPath("$.rows.length()").value(5))
			.andExpect(jsonPath("$.rows[4].subject").value("第1条"))
			.andExpect(jsonPath("$.next").doesNotExist());
		this.mvc.perform(post("/messages/read").with(csrf()).with(user(DISPATCHER)))
			.andExpect(redirectedUrl("/messages"));
		unread(DISPATCHER, 0);
		tell(DISPATCHER, Notice.Kind.PERSON, "又一条");
		unread(DISPATCHER, 1);
	}

	@Test
	void whatWasReadLongAgoIsKeptAsOneNumber() throws Exception {
		for (int i = 1; i <= 1100; i++) {
			tell(DISPATCHER, Notice.Kind.PERSON, "第" + i + "条");
		}
		this.mvc.perform(post("/api/v1/notices/read").with(httpBasic(DISPATCHER, "gridcase")))
			.andExpect(status().isNoContent());
		assertThat(this.jdbc.queryForObject("select count(*) from notice_read where login = ?", Long.class, DISPATCHER))
			.isEqualTo(1000);
		unread(DISPATCHER, 0);
		this.mvc
			.perform(get("/api/v1/notices").param("before", String.valueOf(newest() - 1050))
				.with(httpBasic(DISPATCHER, "gridcase")))
			.andExpect(jsonPath("$.rows[0].read").value(true));
	}

	@Test
	void theCaseSaysWhoWasToldWhatAndThatNoChannelIsConfigured() throws Exception {
		String caseNo = aReportedCase();
		this.drive.complete(caseNo, "Stage_File", Map.of("filing", "FILE"));
		this.drive.complete(caseNo, "Stage_Dispatch", Map.of("leadUnit", "SD-CG"));
		this.drive.complete(caseNo, "Task_SignFor", Map.of("signing", "SIGN"));

		assertThat(this.sender.sendDue()).isZero();

		this.mvc.perform(get("/cases/" + caseNo).with(user("sd.c01.g1")))
			.andExpect(status().isOk())
			.andExpect(content().string(allOf(containsString("138****1234"), containsString("您反映的问题已签收"),
					containsString("渠道未配置"), containsString("站内消息"))));
		this.mvc.perform(get("/api/v1/cases/" + caseNo + "/notices").with(httpBasic("sd.c01.g1", "gridcase")))
			.andExpect(content().string(not(containsString("13800001234"))))
			.andExpect(jsonPath("$[?(@.channel == 'SMS')].state").value("NOT_CONFIGURED"))
			.andExpect(jsonPath("$[?(@.channel == 'SMS')].recipient").value("138****1234"));
		this.mvc.perform(get("/api/v1/cases/" + caseNo + "/notices").with(httpBasic("xt.admin", "gridcase")))
			.andExpect(status().isNotFound());
		assertThat(this.jdbc.queryForObject(
				"select count(*) from outbox where channel = 'SMS' and state = 'PENDING' and attempts = 0 and last_error is null",
				Long.class))
			.isOne();
	}

	@Test
	void theOperatorSeesTheChannels() throws Exception {
		aReportedCase();
		this.mvc.perform(get("/operator").with(user("sd.admin")))
			.andExpect(status().isOk())
			.andExpect(content().string(allOf(containsString("发送渠道"), containsString("短信"), containsString("电子邮件"),
					containsString("渠道未配置"), not(containsString("立即重发")))));
		this.mvc.perform(get("/api/v1/channels").with(httpBasic("sd.admin", "gridcase")))
			.andExpect(jsonPath("$[?(@.channel == 'SMS')].configured").value(false));
		this.mvc.perform(get("/api/v1/channels").with(httpBasic("sd.c01.g1", "gridcase")))
			.andExpect(status().isForbidden());
		this.mvc.perform(post("/api/v1/channels/PIGEON/retry").with(httpBasic("sd.admin", "gridcase")))
			.andExpect(status().isNotFound());
	}

}
