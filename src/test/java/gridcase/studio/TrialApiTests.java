package gridcase.studio;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

import com.jayway.jsonpath.JsonPath;
import gridcase.casework.CaseDriver;
import gridcase.casework.DemoTest;
import gridcase.clock.PlatformClock;
import gridcase.trial.Trials;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.MockMvc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.delete;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

/** Trials over REST, of drafts and of files at the command line. */
@DemoTest
class TrialApiTests {

	@Autowired
	private MockMvc http;

	@Autowired
	private CaseDriver drive;

	@Autowired
	private Drafts drafts;

	@Autowired
	private Trials trials;

	@Autowired
	private TrialProof proof;

	@Autowired
	private PlatformClock clock;

	@Test
	void aFileIsTriedWithoutADraft() throws Exception {
		decided();
		String today = LocalDate.ofInstant(this.clock.now(), this.clock.zone()).toString();
		int id = id(this.http
			.perform(multipart("/api/v1/studio/trials")
				.file(new MockMultipartFile("file", "time-limit.dmn", null, table()))
				.param("place", "shangdi")
				.param("table", "time-limit")
				.param("from", today)
				.param("to", today)
				.with(httpBasic("sd.policy", "gridcase")))
			.andExpect(status().isCreated()));
		this.trials.await(id);
		String answer = this.http
			.perform(get("/api/v1/studio/trials/{id}", id).with(httpBasic("sd.auditor", "gridcase")))
			.andExpect(status().isOk())
			.andExpect(jsonPath("$.state").value("DONE"))
			.andExpect(jsonPath("$.groups[0].newOutputs[0].limitValue").value(2))
			.andReturn()
			.getResponse()
			.getContentAsString(StandardCharsets.UTF_8);
		int done = JsonPath.read(answer, "$.done");
		assertThat(done).isPositive()
			.isEqualTo(JsonPath.<Integer>read(answer, "$.total"))
			.isEqualTo(JsonPath.<Integer>read(answer, "$.same") + JsonPath.<Integer>read(answer, "$.changed")
					+ JsonPath.<Integer>read(answer, "$.failing"));
		this.http.perform(get("/api/v1/studio/trials/{id}/cases", id).with(httpBasic("sd.policy", "gridcase")))
			.andExpect(status().isOk())
			.andExpect(jsonPath("$[0].caseNo").isNotEmpty());
		this.http.perform(get("/api/v1/studio/trials/{id}", id).with(httpBasic("xt.policy", "gridcase")))
			.andExpect(status().isNotFound());
		this.http.perform(delete("/api/v1/studio/trials/{id}", id).with(httpBasic("sd.policy", "gridcase")))
			.andExpect(status().isNoContent());
		this.http.perform(get("/api/v1/studio/trials/{id}", id).with(httpBasic("sd.policy", "gridcase")))
			.andExpect(jsonPath("$.state").value("DONE"));
	}

	@Test
	void everyTableOfADraftIsTriedAndAttached() throws Exception {
		decided();
		Draft draft = this.drafts.begin("shangdi", "时限与派遣", "sd.policy");
		this.drafts.save(draft.id(), "time-limit.dmn", table(), 0, "sd.policy");
		this.drafts.save(draft.id(), "time-limit-e01.dmn", Files.readAllBytes(Path.of("decisions/time-limit-e01.dmn")),
				0, "sd.policy");
		this.drafts.save(draft.id(), "routing.dmn", Files.readAllBytes(Path.of("decisions/shangdi/routing.dmn")), 0,
				"sd.policy");
		assertThat(this.proof.attached(draft, this.drafts.files(draft.id()))).isFalse();
		String started = this.http
			.perform(post("/api/v1/studio/drafts/{id}/trials", draft.id()).contentType(MediaType.APPLICATION_JSON)
				.content("{}")
				.with(httpBasic("sd.policy", "gridcase")))
			.andExpect(status().isCreated())
			.andReturn()
			.getResponse()
			.getContentAsString();
		List<Integer> ids = JsonPath.read(started, "$.ids");
		assertThat(ids).as("the table limits are referred to is tried with the one that refers").hasSize(2);
		ids.forEach((id) -> this.trials.await(id));
		// who started them is told
		String page = "/studio/drafts/" + draft.id() + "/trial";
		String told = this.http.perform(get("/api/v1/notices").with(httpBasic("sd.policy", "gridcase")))
			.andExpect(status().isOk())
			.andReturn()
			.getResponse()
			.getContentAsString(StandardCharsets.UTF_8);
		List<Integer> notices = JsonPath.read(told, "$.rows[?(@.page == '" + page + "')].id");
		assertThat(notices).hasSameSizeAs(ids);
		assertThat(JsonPath.<List<String>>read(told, "$.rows[?(@.page == '" + page + "')].text"))
			.allSatisfy((text) -> assertThat(text).contains("时限与派遣").contains("试算完成"));
		this.http.perform(post("/messages/" + notices.get(0) + "/open").with(user("sd.policy")).with(csrf()))
			.andExpect(redirectedUrl(page));
		assertThat(this.proof.attached(draft, this.drafts.files(draft.id()))).isTrue();
		DraftFile file = this.drafts.file(draft.id(), "routing.dmn");
		this.drafts.save(draft.id(), "routing.dmn", Files.readAllBytes(Path.of("decisions/routing.dmn")),
				file.version(), "sd.policy");
		assertThat(this.proof.attached(draft, this.drafts.files(draft.id()))).isFalse();
	}

	@Test
	void whatCannotBeTriedSaysWhy() throws Exception {
		this.http
			.perform(multipart("/api/v1/studio/trials").param("place", "shangdi")
				.param("table", "time-limit")
				.with(httpBasic("sd.policy", "gridcase")))
			.andExpect(status().isBadRequest())
			.andExpect(jsonPath("$.errors[0].field").value("file"));
		this.http
			.perform(multipart("/api/v1/studio/trials")
				.file(new MockMultipartFile("file", "time-limit.dmn", null, "<x/>".getBytes(StandardCharsets.UTF_8)))
				.param("place", "shangdi")
				.param("table", "time-limit")
				.with(httpBasic("sd.policy", "gridcase")))
			.andExpect(status().isUnprocessableEntity());
		this.http
			.perform(multipart("/api/v1/studio/trials")
				.file(new MockMultipartFile("file", "time-limit.dmn", null, table()))
				.param("place", "xiangtan")
				.param("table", "time-limit")
				.with(httpBasic("sd.policy", "gridcase")))
			.andExpect(status().isForbidden());
		this.http.perform(get("/api/v1/studio/trials/{id}", 999999).with(httpBasic("sd.policy", "gridcase")))
			.andExpect(status().isNotFound());
	}

	private void decided() {
		String caseNo = this.drive.report("shangdi", "sd.c01.g1", "GRID_WORKER",
				Map.of("gridCode", "11010802200101", "category", "S0501"));
		this.drive.complete(caseNo, "Stage_File", Map.of("filing", "FILE"));
		this.drive.complete(caseNo, "Stage_Dispatch", Map.of("leadUnit", "SD-CG"));
	}

	private static byte[] table() throws java.io.IOException {
		return Files.readString(Path.of("decisions/time-limit.dmn"))
			.replaceAll("(<outputEntry id=\"Out_SignRoutine_LimitValue\"><text>)[^<]*", "$12")
			.getBytes(StandardCharsets.UTF_8);
	}

	private static int id(org.springframework.test.web.servlet.ResultActions answer) throws Exception {
		return JsonPath.read(answer.andReturn().getResponse().getContentAsString(), "$.id");
	}

}
