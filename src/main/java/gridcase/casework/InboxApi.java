package gridcase.casework;

import java.util.List;
import java.util.Map;

import gridcase.form.FormView;
import gridcase.shared.Acting;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
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

	private final OpenTasks tasks;

	private final TaskForms forms;

	private final Cases cases;

	private final CaseActions actions;

	private final TaskAccess access;

	InboxApi(Inbox inbox, OpenTasks tasks, TaskForms forms, Cases cases, CaseActions actions, TaskAccess access) {
		this.inbox = inbox;
		this.tasks = tasks;
		this.forms = forms;
		this.cases = cases;
		this.actions = actions;
		this.access = access;
	}

	@GetMapping("/inbox")
	@Operation(summary = "收件箱一页 (one page of a view)")
	Page<InboxRow> page(@RequestParam(defaultValue = "MINE") String view, @RequestParam(required = false) String text,
			@RequestParam(required = false) String category, @RequestParam(required = false) String light,
			@RequestParam(required = false) String cursor, @RequestParam(defaultValue = "50") int size) {
		return this.inbox.page(new InboxQuery(Acting.current(), view, text, category, light, cursor, size));
	}

	@GetMapping("/inbox/counts")
	@Operation(summary = "各视图件数 (rows per view)")
	Map<String, Integer> counts() {
		return this.inbox.counts(Acting.current());
	}

	@GetMapping("/tasks/{taskId}/form")
	@Operation(summary = "任务表单 (the form of a task, filled with what is known)")
	FormView form(@PathVariable String taskId) {
		OpenTask task = this.tasks.get(taskId);
		CaseFile file = this.cases.get(task.caseNo(), Acting.current());
		return this.forms.view(task, file, Map.of(), List.of())
			.orElseThrow(() -> Refusal.notFound(Texts.of("casework", "casework.refused.no-form", task.name())));
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
	@Operation(summary = "提交任务，未领取的先领取 (complete; claims it first if needed)")
	void complete(@PathVariable String taskId, @RequestBody Map<String, Object> fields) {
		this.actions.complete(this.access.known(taskId), fields);
	}

}
