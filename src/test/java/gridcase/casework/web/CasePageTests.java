package gridcase.casework.web;

import java.util.Map;

import gridcase.casework.CaseDriver;
import gridcase.casework.Cases;
import gridcase.casework.DemoTest;
import gridcase.casework.OpenTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.MockMvc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.flash;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

/** Pages of the inbox and the case. */
@DemoTest
class CasePageTests {

	private static final byte[] PNG = java.util.Base64.getDecoder()
		.decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

	@Autowired
	private MockMvc mvc;

	@Autowired
	private CaseDriver drive;

	@Autowired
	private Cases cases;

	private String aReportedCase() {
		return this.drive.report("shangdi", "sd.c01.g1", "GRID_WORKER",
				Map.of("gridCode", "11010802200101", "title", "楼道堆放纸箱", "category", "S0501"));
	}

	private OpenTask filing(String caseNo) {
		return this.drive.task(caseNo, "Stage_File");
	}

	@Test
	void theInboxShowsWhatWaitsWithItsLight() throws Exception {
		String caseNo = aReportedCase();
		this.mvc.perform(get("/inbox").param("text", caseNo).with(user("sd.c01.dispatcher")))
			.andExpect(status().isOk())
			.andExpect(content().string(allOf(containsString(caseNo), containsString("is-ok"), containsString("剩 "))));
		this.mvc.perform(get("/inbox").param("view", "OWNED").param("text", caseNo).with(user("sd.c01.g1")))
			.andExpect(content().string(containsString(caseNo)));
		this.mvc.perform(get("/inbox").param("text", caseNo).with(user("sd.c02.dispatcher")))
			.andExpect(content().string(not(containsString("data-open"))));
		this.mvc
			.perform(get("/inbox/preview").param("caseNo", caseNo)
				.header("HX-Request", "true")
				.with(user("sd.c01.dispatcher")))
			.andExpect(content().string(allOf(containsString("楼道堆放纸箱"), not(containsString("<html")))));
	}

	@ParameterizedTest(name = "{0}: {3}")
	@CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
			place   | reporter  | grid           | stages
			shangdi | sd.c01.g1 | 11010802200101 | 信息采集 立案受理 分类派遣 任务处理 核查反馈 结案归档 综合评价
			shanxi  | sx.cg01.g1 | 14998110100101 | 问题上报 案卷建立 任务指派 调查落实 处理反馈 结案归档
			""")
	void stagesAreThoseOfThePlacesOwnDiagram(String place, String reporter, String grid, String stages)
			throws Exception {
		String caseNo = this.drive.report(place, reporter, "GRID_WORKER",
				Map.of("gridCode", grid, "category", "S0501"));
		String page = this.mvc.perform(get("/cases/" + caseNo).with(user(reporter)))
			.andExpect(status().isOk())
			.andReturn()
			.getResponse()
			.getContentAsString();
		String ribbon = page.substring(page.indexOf("gc-stages"), page.indexOf("</ol>"));
		assertThat(ribbon.replaceAll("(?s)<small>.*?</small>|<[^>]*>|\\s+", " ").replaceAll(" +", " "))
			.contains(stages);
		assertThat(ribbon).containsOnlyOnce("aria-current=\"step\"");
	}

	@Test
	void whatIsMissingIsNamedAndWhatWasTypedIsKept() throws Exception {
		String caseNo = aReportedCase();
		this.mvc
			.perform(post("/cases/" + caseNo + "/tasks/" + filing(caseNo).taskId()).param("filing", "MERGE")
				.with(csrf())
				.with(user("sd.c01.dispatcher")))
			.andExpect(status().isBadRequest())
			.andExpect(content().string(allOf(containsString("有 1 项需要改正，尚未提交"), containsString("href=\"#f-mergeInto\""),
					matchesPattern("(?s).*<input[^>]*value=\"MERGE\"[^>]*checked.*"))));
		assertThat(this.drive.task(caseNo, "Stage_File")).isNotNull();
	}

	@Test
	void completingLeadsOn() throws Exception {
		String caseNo = aReportedCase();
		this.mvc
			.perform(post("/cases/" + caseNo + "/tasks/" + filing(caseNo).taskId()).param("filing", "FILE")
				.with(csrf())
				.with(user("sd.c01.dispatcher")))
			.andExpect(redirectedUrl("/cases/" + caseNo))
			.andExpect(flash().attribute("flash", containsString("已提交")));
		assertThat(this.drive.task(caseNo, "Stage_Dispatch")).isNotNull();
	}

	@Test
	void whoComesTooLateReadsSo() throws Exception {
		String caseNo = aReportedCase();
		String task = filing(caseNo).taskId();
		this.mvc
			.perform(post("/cases/" + caseNo + "/tasks/" + task).param("filing", "FILE")
				.with(csrf())
				.with(user("sd.c01.verifier")))
			.andExpect(status().isForbidden())
			.andExpect(content().string(containsString("现在不允许")));
		this.drive.complete(caseNo, "Stage_File", Map.of("filing", "FILE"));
		this.mvc
			.perform(post("/cases/" + caseNo + "/tasks/" + task).param("filing", "FILE")
				.with(csrf())
				.with(user("sd.c01.dispatcher")))
			.andExpect(status().is4xxClientError())
			.andExpect(content().string(not(containsString("错误编号"))));
	}

	@Test
	void othersCasesAreNotThere() throws Exception {
		String caseNo = aReportedCase();
		for (String path : new String[] { "", "/diagram" }) {
			this.mvc.perform(get("/cases/" + caseNo + path).with(user("sx.dispatcher")))
				.andExpect(status().isNotFound());
		}
		this.mvc.perform(post("/cases/" + caseNo + "/comments").param("text", "x").with(csrf()).with(user("sx.admin")))
			.andExpect(status().isNotFound());
		this.mvc.perform(get("/cases").param("text", caseNo).param("reason", "核对看不到").with(user("sx.admin")))
			.andExpect(content().string(containsString("没有符合条件的案件")));
	}

	@Test
	void aRemarkIsOnRecord() throws Exception {
		String caseNo = aReportedCase();
		this.mvc.perform(
				post("/cases/" + caseNo + "/comments").param("text", "已电话联系物主").with(csrf()).with(user("sd.c01.g1")))
			.andExpect(redirectedUrl("/cases/" + caseNo));
		this.mvc.perform(get("/cases/" + caseNo).with(user("sd.c01.g1")))
			.andExpect(content().string(containsString("已电话联系物主")));
		this.mvc.perform(post("/cases/" + caseNo + "/comments").param("text", " ").with(csrf()).with(user("sd.c01.g1")))
			.andExpect(status().isBadRequest());
	}

	@Test
	void photosBelongToTheCaseAndOnlyPicturesAreShown() throws Exception {
		String caseNo = aReportedCase();
		String item = this.mvc
			.perform(multipart("/cases/" + caseNo + "/attachments")
				.file(new MockMultipartFile("file", "现场.png", "image/png", PNG))
				.with(csrf())
				.with(user("sd.c01.g1")))
			.andExpect(status().isOk())
			.andReturn()
			.getResponse()
			.getContentAsString();
		String id = item.replaceAll("(?s).*value=\"([0-9a-f-]{36})\".*", "$1");
		this.mvc.perform(get("/attachments/" + id).with(user("sd.c01.dispatcher")))
			.andExpect(status().isOk())
			.andExpect(content().contentType("image/png"));
		this.mvc.perform(get("/attachments/" + id).with(user("sx.admin"))).andExpect(status().isNotFound());
		this.mvc
			.perform(multipart("/cases/" + caseNo + "/attachments")
				.file(new MockMultipartFile("file", "x.svg", "image/svg+xml", "<svg onload='x()'/>".getBytes()))
				.with(csrf())
				.with(user("sd.c01.g1")))
			.andExpect(status().isBadRequest());
		this.mvc
			.perform(multipart("/cases/" + caseNo + "/attachments")
				.file(new MockMultipartFile("file", "x.pdf", "application/pdf", new byte[20 * 1024 * 1024 + 1]))
				.with(csrf())
				.with(user("sd.c01.g1")))
			.andExpect(status().isPayloadTooLarge());
	}

	@Test
	void theTableBehindAChipIsThere() throws Exception {
		this.mvc.perform(get("/tables/time-limit").param("place", "shangdi").with(user("sd.c01.g1")))
			.andExpect(status().isOk())
			.andExpect(content().string(containsString("class=\"dt ")));
		this.mvc.perform(get("/tables/no-such-table").with(user("sd.c01.g1"))).andExpect(status().isNotFound());
	}

	@Test
	void reportingMakesOneCaseHoweverOftenItIsSent() throws Exception {
		String first = report("key-1");
		assertThat(report("key-1")).isEqualTo(first);
		assertThat(report("key-2")).isNotEqualTo(first);
		assertThat(this.cases.get(first.substring("/cases/".length())).owner()).isEqualTo("sd.c01.g1");
	}

	private String report(String key) throws Exception {
		return this.mvc
			.perform(post("/report").param("key", key)
				.param("channel", "GRID_WORKER")
				.param("title", "墙面小广告成片")
				.param("description", "3 号楼东侧墙面小广告约 20 处")
				.param("category", "S0501")
				.param("severity", "MINOR")
				.param("urgency", "ROUTINE")
				.param("gridCode", "11010802200101")
				.param("address", "上地东里 3 号楼")
				.with(csrf())
				.with(user("sd.c01.g1")))
			.andExpect(status().is3xxRedirection())
			.andReturn()
			.getResponse()
			.getRedirectedUrl();
	}

}
