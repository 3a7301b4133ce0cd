package gridcase.casework.web;

import java.util.List;

import gridcase.audit.CaseEvent;
import gridcase.audit.CaseTrail;
import gridcase.casework.CaseFile;
import gridcase.casework.OpenTask;
import gridcase.casework.OpenTasks;
import gridcase.security.CurrentPerson;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** Tells an open case page what others have done meanwhile. */
@Controller
class NewsController {

	private static final int MOST = 3;

	private final CasePages pages;

	private final OpenTasks tasks;

	private final CaseTrail trail;

	private final Timeline timeline;

	private final Names names;

	NewsController(CasePages pages, OpenTasks tasks, CaseTrail trail, Timeline timeline, Names names) {
		this.pages = pages;
		this.tasks = tasks;
		this.trail = trail;
		this.timeline = timeline;
		this.names = names;
	}

	/**
	 * What has happened since the page was made.
	 * @param version version of the case then, 0 if it is not known
	 * @param seq number of its latest event then, 0 for all
	 * @param task the task whose form is open, or null
	 */
	@GetMapping("/cases/{caseNo}/news")
	String news(CurrentPerson person, @PathVariable String caseNo, @RequestParam(defaultValue = "0") int version,
			@RequestParam(defaultValue = "0") int seq, @RequestParam(required = false) String task, Model model,
			HttpServletResponse response) {
		CaseFile file = this.pages.file(caseNo, person);
		List<CaseEvent> byOthers = (file.version() == version) ? List.of()
				: this.trail.of(caseNo)
					.stream()
					.filter((event) -> event.seq() > seq && !event.actor().equals(person.login()))
					.toList();
		if (byOthers.isEmpty()) {
			response.setStatus(HttpServletResponse.SC_NO_CONTENT);
			return null;
		}
		List<Timeline.Entry> entries = this.timeline.of(file, byOthers, false);
		model.addAttribute("headline", headline(file, person, task, byOthers));
		model.addAttribute("entries", entries.stream().limit(MOST).toList());
		model.addAttribute("place", file.place());
		model.addAttribute("reload", "/cases/" + caseNo + ((task != null && !task.isBlank()) ? "?task=" + task : ""));
		return "casework/parts :: news";
	}

	private String headline(CaseFile file, CurrentPerson person, String taskId, List<CaseEvent> byOthers) {
		if (taskId != null && !taskId.isBlank()) {
			OpenTask task = this.tasks.ofCase(file.caseNo())
				.stream()
				.filter((open) -> open.taskId().equals(taskId))
				.findFirst()
				.orElse(null);
			if (task == null) {
				return byOthers.stream()
					.filter((event) -> event.kind().equals("COMPLETED"))
					.findFirst()
					.map((event) -> this.names.text("casework.news.done", this.names.person(event.actor()).name()))
					.orElseGet(() -> this.names.text("casework.news.gone"));
			}
			if (task.assignee() != null && !task.assignee().equals(person.login())) {
				return this.names.text("casework.news.taken", this.names.person(task.assignee()).name());
			}
		}
		return this.names.text("casework.news.changed");
	}

}
