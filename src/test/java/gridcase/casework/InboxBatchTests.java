package gridcase.casework;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import gridcase.audit.CaseTrail;
import gridcase.shared.Acting;
import gridcase.shared.Refusal;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.MockMvc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.delete;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

/** Many tasks at once, giving tasks to colleagues, and the load of a team. */
@DemoTest
class InboxBatchTests {

	private static final String HEAD = "sd.cg.head";

	private static final String HANDLER = "sd.cg.handler";

	private static final String COLLEAGUE = "sd.cg.handler2";

	@Autowired
	private CaseDriver drive;

	@Autowired
	private InboxBatch batch;

	@Autowired
	private Teams teams;

	@Autowired
	private OpenTasks tasks;

	@Autowired
	private Cases cases;

	@Autowired
	private CaseActions actions;

	@Autowired
	private CaseTrail trail;

	@Autowired
	private MockMvc mvc;

	@Autowired
	private ObjectMapper json;

	@Autowired
	private JdbcTemplate jdbc;

	@Test
	void eachTaskOfABatchGetsItsOwnAnswer() {
		OpenTask free = toSign();
		OpenTask taken = toSign();
		this.drive.claim(COLLEAGUE, taken);
		OpenTask others = this.drive.task(reported(), "Stage_File");
		List<BatchItem> items = Acting.as(HANDLER,
				() -> this.batch.claim(List.of(free.taskId(), taken.taskId(), others.taskId(), "nothing")));
		assertThat(items).extracting(BatchItem::done).containsExactly(true, false, false, false);
		assertThat(items).extracting(BatchItem::reason).containsExactly(null, "CONFLICT", "NOT_FOUND", "CONFLICT");
		assertThat(items.get(1).message()).contains("已签收");
		assertThat(items.get(2).title()).as("nothing of a case that is not one's own").isNull();
		assertThat(this.tasks.get(free.taskId()).assignee()).isEqualTo(HANDLER);
		List<BatchItem> released = Acting.as(HANDLER, () -> this.batch.release(List.of(free.taskId())));
		assertThat(released).extracting(BatchItem::done).containsExactly(true);
		assertThat(this.tasks.get(free.taskId()).assignee()).isNull();
	}

	@Test
	void oneFormIsFilledInOnceAndCheckedForEach() {
		OpenTask first = toSign();
		OpenTask second = toSign();
		List<String> both = List.of(first.taskId(), second.taskId());
		assertThat(Acting.as(HANDLER, () -> this.batch.form(both, Map.of(), List.of())).orElseThrow().id())
			.isEqualTo("sign-for");
		List<BatchItem> wrong = Acting.as(HANDLER, () -> this.batch.complete(both, Map.of()));
		assertThat(wrong).allSatisfy((item) -> {
			assertThat(item.done()).isFalse();
			assertThat(item.errors()).isNotEmpty();
		});
		List<BatchItem> right = Acting.as(HANDLER, () -> this.batch.complete(both, Map.of("signing", "SIGN")));
		assertThat(right).extracting(BatchItem::done).containsOnly(true);
		assertThat(this.tasks.ofCase(first.caseNo())).extracting(OpenTask::taskKey).contains("Task_Handle");
	}

	@Test
	void differentFormsThatAskForSomethingAreNotOneBatch() {
		OpenTask sign = toSign();
		OpenTask handle = toSign();
		this.drive.complete(HANDLER, handle, Map.of("signing", "SIGN"));
		OpenTask next = this.drive.task(handle.caseNo(), "Task_Handle");
		assertThatExceptionOfType(Refusal.class)
			.isThrownBy(() -> Acting.as(HANDLER,
					() -> this.batch.complete(List.of(sign.taskId(), next.taskId()), Map.of("signing", "SIGN"))))
			.satisfies((refusal) -> assertThat(refusal.kind()).isEqualTo(Refusal.Kind.RULE))
			.withMessageContaining("2 种表单");
		assertThat(this.tasks.get(sign.taskId()).assignee()).isNull();
	}

	@Test
	void headGivesWorkToAnotherWithTheReasonOnRecord() {
		OpenTask task = toSign();
		this.drive.complete(HANDLER, task, Map.of("signing", "SIGN"));
		OpenTask handle = this.drive.task(task.caseNo(), "Task_Handle");
		assertThat(handle.assignee()).isEqualTo(HANDLER);
		List<BatchItem> items = Acting.as(HEAD,
				() -> this.batch.assign(List.of(handle.taskId()), COLLEAGUE, "苏子慧本周外出培训"));
		assertThat(items).extracting(BatchItem::done).containsExactly(true);
		assertThat(this.tasks.get(handle.taskId()).assignee()).isEqualTo(COLLEAGUE);
		assertThat(this.cases.get(task.caseNo()).holder()).isEqualTo(COLLEAGUE);
		assertThat(this.trail.of(task.caseNo())).filteredOn((event) -> event.kind().equals("TASK_ASSIGNED"))
			.singleElement()
			.satisfies((event) -> {
				assertThat(event.actor()).isEqualTo(HEAD);
				assertThat(event.data()).contains("外出培训").contains(COLLEAGUE).contains(HANDLER);
			});
		assertThat(this.cases.custody(task.caseNo()))
			.filteredOn((link) -> link.kind().equals("HOLDER") && link.to() == null && link.leg().isEmpty())
			.singleElement()
			.satisfies((link) -> {
				assertThat(link.person()).isEqualTo(COLLEAGUE);
				assertThat(link.reasonText()).isEqualTo("苏子慧本周外出培训");
			});
		assertThat(this.jdbc.queryForObject(
				"select count(*) from outbox where case_no = ? and event = 'ASSIGNED' and recipient = ?", Integer.class,
				task.caseNo(), COLLEAGUE))
			.isPositive();
		this.drive.complete(COLLEAGUE, this.tasks.get(handle.taskId()),
				Map.of("handlingOutcome", "DONE", "resultText", "已清理完毕，现场照片已留存备查"));
	}

	@Test
	void workIsGivenOnlyByThoseItIsTheirsAndToThoseOnDuty() {
		OpenTask task = toSign();
		refused(Refusal.Kind.FORBIDDEN, "sd.wd.head", task, COLLEAGUE, "别的单位");
		refused(Refusal.Kind.RULE, HEAD, task, "sd.wd.handler", "不是本组的人");
		refused(Refusal.Kind.RULE, HEAD, task, "nobody", "没有这个人");
		refused(Refusal.Kind.INVALID, HEAD, task, COLLEAGUE, " ");
		int events = this.trail.of(task.caseNo()).size();
		Acting.as(HANDLER, () -> {
			this.actions.assign(task.taskId(), COLLEAGUE, "请协助，本人在另一现场");
			return null;
		});
		assertThat(this.trail.of(task.caseNo()).size()).isGreaterThan(events);
		assertThat(this.tasks.get(task.taskId()).assignee()).isEqualTo(COLLEAGUE);
		refused(Refusal.Kind.FORBIDDEN, HANDLER, task, HANDLER, "已经不是他的");
	}

	@Test
	void whoDidTheWorkIsNotGivenTheCheck() {
		OpenTask sign = toSign();
		this.drive.complete(HANDLER, sign, Map.of("signing", "SIGN"));
		this.drive.complete(sign.caseNo(), "Task_Handle",
				Map.of("handlingOutcome", "DONE", "resultText", "已清理完毕，现场照片已留存备查"));
		this.drive.helpersDo(sign.caseNo());
		OpenTask verify = this.drive.task(sign.caseNo(), "Stage_Verify");
		// the handler's duty would allow it, what the handler did does not
		this.jdbc.update("update inbox_item set unit = 'SD-CG' where task_id = ?", verify.taskId());
		refused(Refusal.Kind.RULE, HEAD, this.tasks.get(verify.taskId()), HANDLER, "请复核");
	}

	private void refused(Refusal.Kind kind, String by, OpenTask task, String to, String reason) {
		assertThatExceptionOfType(Refusal.class).isThrownBy(() -> Acting.as(by, () -> {
			this.actions.assign(task.taskId(), to, reason);
			return null;
		})).satisfies((refusal) -> assertThat(refusal.kind()).isEqualTo(kind));
	}

	@Test
	void teamShowsWhoHasHowMuch() {
		Teams.Load before = load(HANDLER);
		Teams.Load waiting = this.teams.of(HEAD).get(0).waiting();
		OpenTask one = toSign();
		OpenTask two = toSign();
		this.drive.claim(HANDLER, one);
		this.jdbc.update("update inbox_item set light = 'OVER' where task_id = ?", one.taskId());
		assertThat(load(HANDLER).all()).isEqualTo(before.all() + 1);
		assertThat(load(HANDLER).over()).isEqualTo(before.over() + 1);
		assertThat(this.teams.of(HEAD).get(0).waiting().all()).isEqualTo(waiting.all() + 1);
		assertThat(this.teams.tasks(HEAD, "SD-CG", HANDLER)).extracting(InboxRow::taskId).contains(one.taskId());
		assertThat(this.teams.tasks(HEAD, "SD-CG", null)).extracting(InboxRow::taskId).contains(two.taskId());
		assertThat(this.teams.of(HANDLER)).isEmpty();
		assertThatExceptionOfType(Refusal.class).isThrownBy(() -> this.teams.tasks(HEAD, "SD-WD", null));
	}

	private Teams.Load load(String login) {
		return this.teams.of(HEAD)
			.get(0)
			.members()
			.stream()
			.filter((load) -> login.equals(load.login()))
			.findFirst()
			.orElseThrow();
	}

	@Test
	void theApiDoesTheSame() throws Exception {
		OpenTask task = toSign();
		String answer = this.mvc
			.perform(get("/api/v1/inbox").with(httpBasic(HANDLER, "gridcase"))
				.param("view", "POOL")
				.param("text", task.caseNo())
				.param("place", "shangdi")
				.param("sort", "LIGHT")
				.param("size", "5"))
			.andExpect(status().isOk())
			.andReturn()
			.getResponse()
			.getContentAsString();
		JsonNode row = this.json.readTree(answer).path("rows").path(0);
		assertThat(row.path("taskId").asText()).isEqualTo(task.taskId());
		this.mvc.perform(get("/api/v1/inbox").with(httpBasic(HANDLER, "gridcase")).param("due", "SOON"))
			.andExpect(status().isBadRequest())
			.andExpect(jsonPath("$.errors[0].field").value("due"));
		this.mvc
			.perform(post("/api/v1/inbox/batch").with(httpBasic(HANDLER, "gridcase"))
				.contentType(MediaType.APPLICATION_JSON)
				.content("{\"action\":\"COMPLETE\",\"tasks\":[\"" + task.taskId()
						+ "\"],\"values\":{\"signing\":\"SIGN\"}}"))
			.andExpect(status().isOk())
			.andExpect(jsonPath("$[0].done").value(true));
		this.mvc
			.perform(post("/api/v1/inbox/batch").with(httpBasic(HANDLER, "gridcase"))
				.contentType(MediaType.APPLICATION_JSON)
				.content("{\"action\":\"CLAIM\",\"tasks\":[]}"))
			.andExpect(status().isBadRequest());
		this.mvc
			.perform(put("/api/v1/inbox/filters/今天").with(httpBasic(HANDLER, "gridcase"))
				.contentType(MediaType.APPLICATION_JSON)
				.content("{\"query\":\"due=TODAY\"}"))
			.andExpect(status().isNoContent());
		this.mvc.perform(get("/api/v1/inbox/filters").with(httpBasic(HANDLER, "gridcase")))
			.andExpect(jsonPath("$[0].query").value("due=TODAY"));
		this.mvc.perform(delete("/api/v1/inbox/filters/今天").with(httpBasic(HANDLER, "gridcase")))
			.andExpect(status().isNoContent());
		this.mvc.perform(get("/api/v1/inbox/team").with(httpBasic(HEAD, "gridcase")))
			.andExpect(jsonPath("$[0].unit").value("SD-CG"));
		this.mvc.perform(get("/api/v1/inbox/counts").with(httpBasic(HANDLER, "gridcase")))
			.andExpect(jsonPath("$.MINE").isNumber())
			.andExpect(jsonPath("$.DRAFTS").isNumber());
	}

	@Test
	void anOpenPageHearsOfChanges() throws Exception {
		var listening = this.mvc.perform(get("/inbox/stream")
			.with(org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors
				.user(HANDLER)))
			.andExpect(status().isOk())
			.andReturn();
		assertThat(listening.getResponse().getContentAsString()).contains("event:counts").contains("\"POOL\"");
		toSign();
		org.awaitility.Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.until(() -> listening.getResponse().getContentAsString().contains("event:changed"));
	}

	// --- helpers ---

	private String reported() {
		return this.drive.report("shangdi", "sd.c01.g1", "GRID_WORKER",
				Map.of("gridCode", "11010802200101", "category", "S0501", "address", "上地佳园 " + System.nanoTime()));
	}

	private OpenTask toSign() {
		String caseNo = reported();
		this.drive.complete(caseNo, "Stage_File", Map.of("filing", "FILE"));
		this.drive.complete(caseNo, "Stage_Dispatch", Map.of("leadUnit", "SD-CG"));
		return this.drive.task(caseNo, "Task_SignFor");
	}

}
