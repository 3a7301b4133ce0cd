package gridcase.casework;

import java.util.List;
import java.util.Map;

import gridcase.form.FormView;
import gridcase.shared.Acting;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import org.springdoc.core.annotations.ParameterObject;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** A person's tasks over HTTP: list, form, claim, release, complete. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "inbox", description = "任务收件箱 Inbox and tasks")
class InboxApi {

	private final Inbox inbox;

	private final InboxCounts counts;

	private final InboxBatch batch;

	private final InboxSettings settings;

	private final Teams teams;

	private final Drafts drafts;

	private final OpenTasks tasks;

	private final TaskForms forms;

	private final Cases cases;

	private final CaseActions actions;

	private final TaskAccess access;

	InboxApi(Inbox inbox, InboxCounts counts, InboxBatch batch, InboxSettings settings, Teams teams, Drafts drafts,
			OpenTasks tasks, TaskForms forms, Cases cases, CaseActions actions, TaskAccess access) {
		this.inbox = inbox;
		this.counts = counts;
		this.batch = batch;
		this.settings = settings;
		this.teams = teams;
		this.drafts = drafts;
		this.tasks = tasks;
		this.forms = forms;
		this.cases = cases;
		this.actions = actions;
		this.access = access;
	}

	@GetMapping("/inbox")
	@Operation(summary = "收件箱一页 (one page of a view)")
	Page<InboxRow> page(@RequestParam(defaultValue = "MINE") String view, @ParameterObject InboxFilter filter,
			@RequestParam(defaultValue = "DUE") InboxSort sort, @RequestParam(required = false) String cursor,
			@RequestParam(defaultValue = "50") int size) {
		return this.inbox.page(new InboxQuery(Acting.current(), view, filter, sort, cursor, size));
	}

	@GetMapping("/inbox/counts")
	@Operation(summary = "各视图件数 (rows per view)")
	Map<String, Integer> counts() {
		return this.counts.of(Acting.current());
	}

	@PostMapping("/inbox/batch")
	@Operation(summary = "批量签收、放回、指派、提交，逐件答复 (the same action on many tasks, with a result for each)")
	List<BatchItem> batch(@RequestBody @Valid Batch wanted) {
		return switch (wanted.action()) {
			case CLAIM -> this.batch.claim(wanted.tasks());
			case RELEASE -> this.batch.release(wanted.tasks());
			case ASSIGN -> this.batch.assign(wanted.tasks(), wanted.to(), wanted.reason());
			case COMPLETE ->
				this.batch.complete(wanted.tasks(), (wanted.values() != null) ? wanted.values() : Map.of());
		};
	}

	/**
	 * What to do to which tasks.
	 *
	 * @param action what
	 * @param tasks ids of 1 to 200 tasks
	 * @param to ASSIGN: sign-in name of the colleague
	 * @param reason ASSIGN: why
	 * @param values COMPLETE: fields of the form the tasks share
	 */
	record Batch(@NotNull Action action, List<String> tasks, String to, String reason, Map<String, Object> values) {

		enum Action {

			CLAIM, RELEASE, ASSIGN, COMPLETE

		}

	}

	@GetMapping("/inbox/filters")
	@Operation(summary = "保存的筛选 (saved filters)")
	List<InboxSettings.Saved> filters() {
		return this.settings.filters(Acting.current());
	}

	@PutMapping("/inbox/filters/{name}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	@Operation(summary = "保存筛选 (save a filter: the parameters of GET /inbox)")
	void save(@PathVariable String name, @RequestBody InboxSettings.Saved filter) {
		this.settings.save(Acting.current(), name, filter.query());
	}

	@DeleteMapping("/inbox/filters/{name}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	@Operation(summary = "删除筛选 (forget a filter)")
	void forget(@PathVariable String name) {
		this.settings.forget(Acting.current(), name);
	}

	@GetMapping("/inbox/team")
	@Operation(summary = "所负责单位各成员的任务量 (load of the people of the units one heads)")
	List<Teams.Team> team() {
		return this.teams.of(Acting.current());
	}

	@GetMapping("/inbox/team/{unit}/tasks")
	@Operation(summary = "成员的任务，不指明成员则为待签收的 (tasks of a member, or of nobody yet)")
	List<InboxRow> teamTasks(@PathVariable String unit, @RequestParam(required = false) String member) {
		return this.teams.tasks(Acting.current(), unit, member);
	}

	@GetMapping("/drafts")
	@Operation(summary = "本人草稿 (one's drafts)")
	List<Draft> drafts() {
		return this.drafts.list(Acting.current());
	}

	@GetMapping("/tasks/{taskId}/form")
	@Operation(
			summary = "任务表单；ETag 随表单所依据的资料变化 (the form of a task, filled with what is known; its ETag changes with what the form would overwrite)")
	ResponseEntity<FormView> form(@PathVariable String taskId) {
		OpenTask task = this.tasks.get(taskId);
		CaseFile file = this.cases.get(task.caseNo(), Acting.current());
		FormView view = this.forms.view(task, file, Map.of(), List.of())
			.orElseThrow(() -> Refusal.notFound(Texts.of("casework", "casework.refused.no-form", task.name())));
		return ResponseEntity.ok().eTag(this.forms.stamp(task, file)).body(view);
	}

	@PostMapping("/tasks/{taskId}/claim")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	@Operation(summary = "领取任务 (claim)")
	void claim(@PathVariable String taskId) {
		this.actions.claim(this.access.known(taskId));
	}

	@PostMapping("/tasks/{taskId}/release")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	@Operation(summary = "放回任务 (give back to the pool)")
	void release(@PathVariable String taskId) {
		this.actions.release(this.access.known(taskId));
	}

	@PostMapping("/tasks/{taskId}/complete")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	@Operation(
			summary = "提交任务，未领取的先领取；If-Match 带上表单的 ETag，资料已被别人更新时为 409 (complete; claims it first if needed; with the form's ETag as If-Match a 409 if somebody changed what it would overwrite)")
	void complete(@PathVariable String taskId, @RequestBody Map<String, Object> fields,
			@RequestHeader(name = HttpHeaders.IF_MATCH, required = false) String seen) {
		this.actions.complete(this.access.known(taskId), fields, (seen != null) ? seen.replaceAll("^W/|\"", "") : null);
	}

}
