package gridcase.casework.web;

import java.util.Map;

import gridcase.casework.CaseDriver;
import gridcase.casework.Cases;
import gridcase.casework.DemoTest;
import gridcase.casework.OpenTask;
import gridcase.clock.PlatformClock;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.flash;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

/** Asking for something on the case page and over HTTP. */
@DemoTest
class TurnPageTests {

	@Autowired
	private MockMvc mvc;

	@Autowired
	private CaseDriver drive;

	@Autowired
	private Cases cases;

	@Autowired
	private PlatformClock clock;

	private String inHand() {
		String caseNo = this.drive.report("shangdi", "sd.c01.g1", "GRID_WORKER",
				Map.of("gridCode", "11010802200101", "title", "楼道堆放纸箱", "category", "S0501", "severity", "GENERAL"));
		this.drive.complete(caseNo, "Stage_File", Map.of("filing", "FILE"));
		this.drive.complete(caseNo, "Stage_Dispatch", Map.of());
		this.drive.complete(caseNo, "Task_SignFor", Map.of("signing", "SIGN"));
		return caseNo;
	}

	private String holder(String caseNo) {
		return this.cases.get(caseNo).holder();
	}

	@Test
	void theCasePageOffersWhatThePersonMayAskFor() throws Exception {
		String caseNo = inHand();
		this.mvc.perform(get("/cases/" + caseNo).with(user(holder(caseNo))))
			.andExpect(content().string(allOf(containsString("/cases/" + caseNo + "/turns/extension"),
					containsString("申请延期"), containsString("办不完要早说"), not(containsString("/turns/voiding")))));
		this.mvc.perform(get("/cases/" + caseNo + "/turns/voiding").with(user(holder(caseNo))))
			.andExpect(status().isForbidden());
		this.mvc.perform(get("/cases/" + caseNo + "/turns/extension").with(user("sx.dispatcher")))
			.andExpect(status().isNotFound());
	}

	@Test
	void askingLeadsBackToTheCaseAndTheDeciderReadsWhatWasAsked() throws Exception {
		String caseNo = inHand();
		String holder = holder(caseNo);
		this.mvc
			.perform(post("/cases/" + caseNo + "/turns/extension").param("extensionValue", "x")
				.with(csrf())
				.with(user(holder)))
			.andExpect(status().isBadRequest())
			.andExpect(content()
				.string(allOf(containsString("href=\"#f-extensionValue\""), containsString("href=\"#f-reasonText\""))));
		this.mvc.perform(ask(caseNo, "30").with(csrf()).with(user(holder)))
			.andExpect(status().isUnprocessableEntity())
			.andExpect(content().string(allOf(containsString("每次最多延 10 日"), containsString("value=\"30\""))));
		this.mvc.perform(ask(caseNo, "3").with(csrf()).with(user(holder)))
			.andExpect(redirectedUrl("/cases/" + caseNo))
			.andExpect(flash().attribute("flash", containsString("申请延期")));

		OpenTask task = this.drive.task(caseNo, "Task_ApproveExtension");
		String decider = this.drive.anyOf(task.pool());
		this.mvc.perform(get("/cases/" + caseNo).param("task", task.taskId()).with(user(decider)))
			.andExpect(content().string(allOf(containsString("cs-asked"), containsString("要延多久"), containsString("工作日"),
					containsString("等配件到货"))));
		this.mvc.perform(get("/inbox").param("view", "POOL").param("text", caseNo).with(user(decider)))
			.andExpect(content().string(containsString("延期 · 审批延期")));
		this.mvc.perform(get("/cases/" + caseNo).with(user(holder)))
			.andExpect(content().string(not(containsString("/turns/extension"))));
	}

	private static MockHttpServletRequestBuilder ask(String caseNo, String days) {
		return post("/cases/" + caseNo + "/turns/extension").param("extensionValue", days)
			.param("extensionUnit", "WORK_DAY")
			.param("reasonText", "等配件到货");
	}

	@Test
	void aSuspendedCaseIsGreyAndOnItsList() throws Exception {
		String caseNo = inHand();
		this.drive.begin(holder(caseNo), caseNo, "suspension",
				Map.of("suspendReason", "MATERIAL", "suspendUntil", day(20), "reasonText", "厂家停工，配件节后到货"));
		this.drive.complete(caseNo, "Task_ApproveSuspension", Map.of("approved", true, "decisionText", "同意挂账"));

		this.mvc.perform(get("/cases").param("list", "SUSPENDED").param("text", caseNo).with(user("sd.c01.dispatcher")))
			.andExpect(
					content().string(allOf(containsString(caseNo), containsString("厂家停工"), containsString("is-hold"))));
		this.mvc.perform(get("/cases").param("list", "DIFFICULT").param("text", caseNo).with(user("sd.c01.dispatcher")))
			.andExpect(content().string(containsString("没有符合条件的案件")));
		this.mvc.perform(get("/cases/" + caseNo).with(user(holder(caseNo))))
			.andExpect(content().string(allOf(containsString("停止计时"), containsString("厂家停工"))));
		this.mvc
			.perform(get("/inbox").param("view", "MINE")
				.param("light", "PAUSED")
				.param("text", caseNo)
				.with(user(holder(caseNo))))
			.andExpect(content().string(allOf(containsString(caseNo), containsString("is-hold"))));
		this.mvc
			.perform(get("/api/v1/cases").param("list", "SUSPENDED")
				.param("text", caseNo)
				.with(httpBasic("sd.c01.dispatcher", "gridcase")))
			.andExpect(jsonPath("$.rows[0].caseNo").value(caseNo))
			.andExpect(jsonPath("$.rows[0].remaining.light").value("PAUSED"))
			.andExpect(jsonPath("$.rows[0].remaining.leftSeconds").value(greaterThan(0)));
		this.mvc.perform(get("/api/v1/cases").param("list", "X").with(httpBasic("sd.c01.dispatcher", "gridcase")))
			.andExpect(status().isBadRequest());
	}

	private String day(int ahead) {
		return this.clock.now().atZone(this.clock.zone()).toLocalDate().plusDays(ahead).toString();
	}

	@Test
	void turnsOverHttp() throws Exception {
		String caseNo = inHand();
		var holder = httpBasic(holder(caseNo), "gridcase");
		this.mvc.perform(get("/api/v1/cases/" + caseNo + "/turns").with(holder))
			.andExpect(jsonPath("$.offered[*].key").value(hasItem("extension")))
			.andExpect(jsonPath("$.open").isEmpty());
		this.mvc.perform(get("/api/v1/cases/" + caseNo + "/turns/extension/form").with(holder))
			.andExpect(jsonPath("$.fields[0].key").value("extensionValue"));
		this.mvc
			.perform(begin(caseNo, "{\"extensionValue\":30,\"extensionUnit\":\"WORK_DAY\",\"reasonText\":\"等配件到货\"}")
				.with(holder))
			.andExpect(status().isUnprocessableEntity())
			.andExpect(jsonPath("$.detail").value("每次最多延 10 日"));
		this.mvc.perform(begin(caseNo, "{\"extensionValue\":3}").with(holder)).andExpect(status().isBadRequest());
		this.mvc
			.perform(begin(caseNo, "{\"extensionValue\":3,\"extensionUnit\":\"WORK_DAY\",\"reasonText\":\"等配件到货\"}")
				.with(httpBasic("sd.verifier", "gridcase")))
			.andExpect(status().isForbidden());
		this.mvc
			.perform(begin(caseNo, "{\"extensionValue\":3,\"extensionUnit\":\"WORK_DAY\",\"reasonText\":\"等配件到货\"}")
				.with(holder))
			.andExpect(status().isNoContent());
		this.mvc.perform(get("/api/v1/cases/" + caseNo + "/turns").with(holder))
			.andExpect(jsonPath("$.open[*]").value(hasItem("extension")))
			.andExpect(jsonPath("$.offered[*].key").value(not(hasItem("extension"))));
		this.mvc.perform(get("/api/v1/cases/" + caseNo + "/deadlines").with(holder))
			.andExpect(jsonPath("$[0].stage").exists())
			.andExpect(jsonPath("$[?(@.stage == 'handle')].remaining.text").exists());
		this.mvc.perform(get("/api/v1/inbox").param("text", caseNo).with(holder))
			.andExpect(jsonPath("$.rows[0].light").value("OK"))
			.andExpect(jsonPath("$.rows[0].remaining.text").value(containsString("剩")));
	}

	private static MockHttpServletRequestBuilder begin(String caseNo, String body) {
		return post("/api/v1/cases/" + caseNo + "/turns/extension").contentType(MediaType.APPLICATION_JSON)
			.content(body);
	}

}
