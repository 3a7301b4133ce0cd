package gridcase.studio;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

import gridcase.casework.DemoTest;
import gridcase.clock.PlatformClock;
import gridcase.policy.ReleasedRules;
import gridcase.policy.RuleScope;
import gridcase.policy.RuleType;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.MockMvc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.delete;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrlPattern;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

/** Rules of a place and drafts: who sees and changes what, by page and over HTTP. */
@DemoTest
class StudioPageTests {

	@Autowired
	private MockMvc http;

	@Autowired
	private Drafts drafts;

	@Autowired
	private ReleasedRules rules;

	@Autowired
	private PlatformClock clock;

	@Test
	void listsTheRulesOfThePlaceAndSaysWhoseEachIs() throws Exception {
		this.http.perform(get("/studio").with(user("ft.policy")))
			.andExpect(status().isOk())
			.andExpect(content().string(containsString("办理时限（工作站）")))
			.andExpect(content().string(containsString("自有，其余按通用")))
			.andExpect(content().string(containsString("单位处置")))
			.andExpect(content().string(containsString("随平台安装")));
		this.http.perform(get("/studio?type=DIAGRAM&own=true").with(user("ft.policy")))
			.andExpect(content().string(not(containsString("办理时限（工作站）"))))
			.andExpect(content().string(not(containsString("unit-handling"))))
			.andExpect(content().string(containsString("自有，替代通用")));
		this.http.perform(get("/studio?text=没有这条").with(user("ft.policy")))
			.andExpect(content().string(containsString("没有符合条件的规则")));
		this.http.perform(get("/api/v1/studio/rules?place=futian").with(httpBasic("ft.policy", "gridcase")))
			.andExpect(status().isOk())
			.andExpect(jsonPath("$[?(@.key == 'time-limit')].standing", hasItem("OWN_ROWS")))
			.andExpect(jsonPath("$[?(@.key == 'transfer')].standing", hasItem("SHARED")));
	}

	@Test
	void auditorsLookAndOthersDoNotGetIn() throws Exception {
		this.http.perform(get("/studio?place=shangdi").with(user("sd.auditor")))
			.andExpect(status().isOk())
			.andExpect(content().string(not(containsString("新建草稿"))));
		this.http.perform(get("/studio").with(user("sd.dispatcher"))).andExpect(status().isForbidden());
		this.http.perform(get("/studio?place=futian").with(user("sd.policy"))).andExpect(status().isForbidden());
		this.http.perform(get("/studio?place=*").with(user("sd.policy")))
			.andExpect(status().isOk())
			.andExpect(content().string(not(containsString("新建草稿"))));
		Draft draft = this.drafts.begin("futian", "别处的草稿", "ft.policy");
		this.http.perform(get("/studio/drafts/" + draft.id()).with(user("sd.policy"))).andExpect(status().isNotFound());
		this.http.perform(get("/api/v1/studio/drafts/" + draft.id()).with(httpBasic("sd.policy", "gridcase")))
			.andExpect(status().isNotFound());
		this.http.perform(
				post("/studio/drafts").param("place", "*").param("title", "改通用").with(csrf()).with(user("sd.policy")))
			.andExpect(status().isForbidden());
		this.http
			.perform(post("/studio/drafts").param("place", "shangdi")
				.param("title", "改")
				.with(csrf())
				.with(user("sd.auditor")))
			.andExpect(status().isForbidden());
	}

	@Test
	void aDraftBeginsFromARuleAndSaysWhatItIsAbout() throws Exception {
		String address = begin("TABLE", "time-limit");
		long id = id(address);
		DraftFile file = this.drafts.file(id, "time-limit.dmn");
		assertThat(file.content()).isEqualTo(inForce(RuleType.TABLE, "time-limit")).isEqualTo(file.base());
		this.http.perform(get(address).with(user("sd.policy")))
			.andExpect(status().isOk())
			.andExpect(content().string(containsString("办理时限")))
			.andExpect(content().string(containsString("未改")))
			.andExpect(content().string(containsString("编辑表格")));
		long version = this.drafts.get(id).version();
		this.http
			.perform(post(address).param("title", "井盖两小时")
				.param("note", "井盖缺损两小时内围挡")
				.param("appliesTo", "ALL")
				.param("effectiveFrom", "2099-04-01T00:00")
				.param("version", "" + version)
				.with(csrf())
				.with(user("sd.policy")))
			.andExpect(redirectedUrl(address));
		assertThat(this.drafts.get(id).effectiveFrom()).isEqualTo("2099-03-31T16:00:00Z");
		this.http
			.perform(post(address).param("title", "后到的人")
				.param("appliesTo", "ALL")
				.param("version", "" + version)
				.with(csrf())
				.with(user("sd.approver")))
			.andExpect(status().isConflict());
		this.http
			.perform(post(address).param("title", " ")
				.param("note", "写了不少")
				.param("appliesTo", "ALL")
				.param("effectiveFrom", "2001-01-01T00:00")
				.param("version", "" + this.drafts.get(id).version())
				.with(csrf())
				.with(user("sd.policy")))
			.andExpect(status().isBadRequest())
			.andExpect(content().string(containsString("写了不少")))
			.andExpect(content().string(containsString("不能早于现在")));
		assertThat(this.drafts.get(id).title()).isEqualTo("井盖两小时");
		this.http.perform(post(address + "/drop").with(csrf()).with(user("sd.policy")))
			.andExpect(redirectedUrlPattern("/studio?place=shangdi"));
		assertThat(this.drafts.get(id).state()).isEqualTo(DraftState.DROPPED);
	}

	@Test
	void ofTwoPeopleWithOneFileTheSecondIsTold() throws Exception {
		long id = id(begin("TABLE", "transfer"));
		String file = "/studio/drafts/" + id + "/files/transfer.dmn";
		byte[] mine = changed(this.drafts.file(id, "transfer.dmn").content());
		this.http
			.perform(put(file + "?version=1").contentType(MediaType.APPLICATION_OCTET_STREAM)
				.content(mine)
				.with(csrf())
				.with(user("sd.policy")))
			.andExpect(status().isOk())
			.andExpect(jsonPath("$.version").value(2));
		this.http
			.perform(put("/api/v1" + file + "?version=1").contentType(MediaType.APPLICATION_OCTET_STREAM)
				.content("<mine/>")
				.with(httpBasic("sd.approver", "gridcase")))
			.andExpect(status().isConflict())
			.andExpect(jsonPath("$.detail", containsString("sd.policy")));
		assertThat(this.drafts.file(id, "transfer.dmn").content()).isEqualTo(mine);
	}

	@Test
	void whatIsOnlyWrittenInAnotherWayIsNoChange() throws Exception {
		long id = id(begin("TABLE", "transfer"));
		byte[] before = this.drafts.file(id, "transfer.dmn").content();
		byte[] indented = new String(before, StandardCharsets.UTF_8).replace("\n", "\n\t")
			.getBytes(StandardCharsets.UTF_8);
		this.http
			.perform(put("/studio/drafts/" + id + "/files/transfer.dmn?version=1")
				.contentType(MediaType.APPLICATION_OCTET_STREAM)
				.content(indented)
				.with(csrf())
				.with(user("sd.policy")))
			.andExpect(jsonPath("$.version").value(1));
		assertThat(this.drafts.file(id, "transfer.dmn").content()).isEqualTo(before);
	}

	@Test
	void earlierContentsComeBackAndFilesTakenOutToo() throws Exception {
		String address = begin("TABLE", "transfer");
		long id = id(address);
		byte[] first = this.drafts.file(id, "transfer.dmn").content();
		this.drafts.save(id, "transfer.dmn", changed(first), 1, "sd.policy");
		this.http.perform(get(address).with(user("sd.policy")))
			.andExpect(content().string(containsString("已改")))
			.andExpect(content().string(containsString("此前 1 版")));
		this.http.perform(get(address + "/files/transfer.dmn/past/1").with(user("sd.auditor")))
			.andExpect(content().bytes(first));
		this.http
			.perform(post(address + "/restore").param("name", "transfer.dmn")
				.param("past", "1")
				.param("version", "2")
				.with(csrf())
				.with(user("sd.policy")))
			.andExpect(redirectedUrl(address));
		DraftFile restored = this.drafts.file(id, "transfer.dmn");
		assertThat(restored.content()).isEqualTo(first);
		this.http
			.perform(post(address + "/remove").param("name", "transfer.dmn")
				.param("version", "" + restored.version())
				.with(csrf())
				.with(user("sd.policy")))
			.andExpect(redirectedUrl(address));
		assertThat(this.drafts.files(id)).isEmpty();
		this.http.perform(get(address).with(user("sd.policy")))
			.andExpect(content().string(containsString("已移出 transfer.dmn")));
		this.http
			.perform(post(address + "/restore").param("name", "transfer.dmn")
				.param("past", "2")
				.param("version", "0")
				.with(csrf())
				.with(user("sd.policy")))
			.andExpect(redirectedUrl(address));
		assertThat(this.drafts.file(id, "transfer.dmn").content()).isEqualTo(changed(first));
	}

	@Test
	void filesGoInAndOutAsTheyAre() throws Exception {
		String address = begin("DIAGRAM", "unit-handling");
		long id = id(address);
		byte[] form = Files.readAllBytes(Path.of("forms/handle-case.form"));
		this.http
			.perform(multipart(address + "/upload")
				.file(new MockMultipartFile("files", "C:\\rules\\handle-case.form", null, form))
				.with(csrf())
				.with(user("sd.policy")))
			.andExpect(redirectedUrl(address));
		byte[] zip = this.http.perform(get(address + "/files.zip").with(user("sd.policy")))
			.andExpect(header().string("Content-Disposition", containsString("draft-" + id + ".zip")))
			.andReturn()
			.getResponse()
			.getContentAsByteArray();
		List<String> names = new ArrayList<>();
		try (ZipInputStream files = new ZipInputStream(new ByteArrayInputStream(zip))) {
			for (ZipEntry entry = files.getNextEntry(); entry != null; entry = files.getNextEntry()) {
				names.add(entry.getName());
				assertThat(files.readAllBytes()).isEqualTo(entry.getName().endsWith(".form") ? form
						: Files.readAllBytes(Path.of("processes/unit-handling.bpmn")));
			}
		}
		assertThat(names).containsExactly("forms/shangdi/handle-case.form", "processes/shangdi/unit-handling.bpmn");
		this.http
			.perform(multipart(address + "/upload").file(new MockMultipartFile("files", "notes.txt", null, form))
				.with(csrf())
				.with(user("sd.policy")))
			.andExpect(status().isUnprocessableEntity());
		assertThat(this.drafts.files(id)).hasSize(2);
	}

	@Test
	void theCatalogueIsAFileLikeOthers() throws Exception {
		String address = begin("TABLE", "filing");
		byte[] csv = "code,name\n".getBytes(StandardCharsets.UTF_8);
		this.http
			.perform(multipart(address + "/upload").file(new MockMultipartFile("files", "categories.csv", null, csv))
				.with(csrf())
				.with(user("sd.policy")))
			.andExpect(redirectedUrl(address));
		this.http.perform(get(address).with(user("sd.policy")))
			.andExpect(content().string(containsString("登记数据")))
			.andExpect(content().string(containsString(RuleNames.of(RuleType.REGISTRY, "categories", csv))))
			.andExpect(content().string(not(containsString("??"))));
		assertThat(this.drafts.file(id(address), "categories.csv").content()).isEqualTo(csv);
	}

	@Test
	void theApiDoesWhatThePagesDo() throws Exception {
		String answer = this.http
			.perform(post("/api/v1/studio/drafts").contentType(MediaType.APPLICATION_JSON)
				.content("{\"place\":\"shangdi\",\"title\":\"接口起草\",\"type\":\"TABLE\",\"key\":\"filing\"}")
				.with(httpBasic("sd.policy", "gridcase")))
			.andExpect(status().isCreated())
			.andExpect(jsonPath("$.files[0].name").value("filing.dmn"))
			.andReturn()
			.getResponse()
			.getContentAsString();
		long id = Long.parseLong(answer.replaceAll("(?s).*?\"id\":(\\d+).*", "$1"));
		String draft = "/api/v1/studio/drafts/" + id;
		this.http
			.perform(post(draft + "/rules").contentType(MediaType.APPLICATION_JSON)
				.content("{\"type\":\"FORM\",\"key\":\"file-case\"}")
				.with(httpBasic("sd.policy", "gridcase")))
			.andExpect(status().isCreated());
		this.http.perform(get("/api/v1/studio/drafts?place=shangdi").with(httpBasic("sd.auditor", "gridcase")))
			.andExpect(jsonPath("$[*].title", hasItem("接口起草")));
		this.http.perform(delete(draft + "/files/file-case.form?version=1").with(httpBasic("sd.policy", "gridcase")))
			.andExpect(status().isNoContent());
		this.http.perform(delete(draft).with(httpBasic("sd.policy", "gridcase"))).andExpect(status().isNoContent());
		this.http
			.perform(put(draft + "/files/filing.dmn?version=1").contentType(MediaType.APPLICATION_OCTET_STREAM)
				.content("<x/>")
				.with(httpBasic("sd.policy", "gridcase")))
			.andExpect(status().isConflict());
	}

	@Test
	void editorsKnowWhatCellsAndStepsCanBe() throws Exception {
		long table = id(begin("TABLE", "time-limit"));
		this.http.perform(get("/studio/drafts/" + table + "/tables/time-limit/edit").with(user("sd.policy")))
			.andExpect(status().isOk())
			.andExpect(header().string("Content-Security-Policy", containsString("style-src 'self' 'unsafe-inline'")))
			.andExpect(header().string("Content-Security-Policy", containsString("script-src 'self';")));
		this.http.perform(get("/studio/drafts/" + table).with(user("sd.policy")))
			.andExpect(header().string("Content-Security-Policy", not(containsString("unsafe-inline"))));
		this.http.perform(get("/studio/drafts/" + table + "/tables/time-limit/edit").with(user("sd.auditor")))
			.andExpect(redirectedUrl("/studio/drafts/" + table + "/tables/time-limit"));
		this.http.perform(get("/studio/drafts/" + table + "/tables/time-limit/choices").with(user("sd.policy")))
			.andExpect(jsonPath("$.columns.category[?(@.code == 'S0501')].name", hasItem(not(startsWith("S")))))
			.andExpect(jsonPath("$.columns.severity[*].name", hasItem("重大")))
			.andExpect(jsonPath("$.columns.limitUnit[*].code", hasItem("WORK_DAY")))
			.andExpect(jsonPath("$.columns.limitValue").doesNotExist())
			.andExpect(jsonPath("$.policies.FIRST", containsString("从上往下")));
		long diagram = id(begin("DIAGRAM", "unit-handling"));
		String path = "/studio/drafts/" + diagram + "/diagrams/unit-handling";
		this.http.perform(get(path).with(user("sd.policy")))
			.andExpect(status().isOk())
			.andExpect(content().string(containsString("bpmn-modeler")));
		this.http.perform(get(path).with(user("sd.auditor")))
			.andExpect(content().string(containsString("bpmn-navigated-viewer")));
		this.http.perform(get(path + "/choices").with(user("sd.policy")))
			.andExpect(jsonPath("$.services[?(@.name == 'acceptCustody')].label", hasItem("登记承办人")))
			.andExpect(jsonPath("$.roles[*].name", hasItem("处置人员")))
			.andExpect(jsonPath("$.stages[*].code", hasItem("Handle")))
			.andExpect(jsonPath("$.steps[?(@.code == 'sign')].name", hasItem("签收")))
			.andExpect(jsonPath("$.forms[?(@.code == 'handle-case')].name", hasItem("办理案件")));
		this.http.perform(get(path + "/findings").with(user("sd.auditor"))).andExpect(jsonPath("$.length()").value(0));
		String broken = Files.readString(Path.of("processes/unit-handling.bpmn"))
			.replace("${acceptCustody}", "${nobody}");
		this.http
			.perform(post(path + "/findings").contentType(MediaType.APPLICATION_OCTET_STREAM)
				.content(broken)
				.with(csrf())
				.with(user("sd.policy")))
			.andExpect(jsonPath("$[0].element").value("Task_AcceptCustody"))
			.andExpect(jsonPath("$[0].error").value(true));
	}

	/** Other tests may have released another one than what came with the program. */
	private byte[] inForce(RuleType type, String key) {
		return this.rules
			.content(this.rules.find(type, key, RuleScope.newCase("shangdi", this.clock.now())).orElseThrow());
	}

	private String begin(String type, String key) throws Exception {
		String address = this.http
			.perform(post("/studio/drafts").param("place", "shangdi")
				.param("title", "试改")
				.param("type", type)
				.param("key", key)
				.with(csrf())
				.with(user("sd.policy")))
			.andReturn()
			.getResponse()
			.getRedirectedUrl();
		assertThat(address).startsWith("/studio/drafts/");
		assertThat(RuleType.valueOf(type)).isNotNull();
		return address;
	}

	private static long id(String address) {
		return Long.parseLong(address.substring(address.lastIndexOf('/') + 1));
	}

	private static byte[] changed(byte[] content) {
		return new String(content, StandardCharsets.UTF_8).replaceFirst("<description>", "<description>改过：")
			.getBytes(StandardCharsets.UTF_8);
	}

}
