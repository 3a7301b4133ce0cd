package gridcase.casework.web;

import java.util.LinkedHashMap;
import java.util.Map;

import gridcase.casework.CaseFile;
import gridcase.casework.Draft;
import gridcase.casework.Drafts;
import gridcase.casework.OpenTask;
import gridcase.casework.OpenTasks;
import gridcase.security.CurrentPerson;
import gridcase.shared.Refusal;
import gridcase.web.Times;

import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Keeps what is being filled in, so that nobody has to write it twice. */
@Controller
@RequestMapping("/cases/{caseNo}")
class DraftController {

	/** Which form a draft was written in, among its values. */
	static final String FORM = "_form";

	private final Drafts drafts;

	private final OpenTasks tasks;

	private final CasePages pages;

	private final TurnPages turns;

	private final Names names;

	private final Times times;

	DraftController(Drafts drafts, OpenTasks tasks, CasePages pages, TurnPages turns, Names names, Times times) {
		this.drafts = drafts;
		this.tasks = tasks;
		this.pages = pages;
		this.turns = turns;
		this.names = names;
		this.times = times;
	}

	/**
	 * What the page says of a draft.
	 *
	 * @param text 草稿 已保存 10:32
	 */
	record Kept(String text) {

	}

	@PostMapping("/tasks/{taskId}/draft")
	@ResponseBody
	Kept keep(CurrentPerson person, @PathVariable String caseNo, @PathVariable String taskId,
			@RequestParam MultiValueMap<String, String> input) {
		CaseFile file = this.pages.file(caseNo, person);
		OpenTask task = this.tasks.get(taskId);
		if (!task.caseNo().equals(file.caseNo())) {
			throw Refusal.notFound(this.names.text("casework.noTask"));
		}
		return keep(person, taskId, file, input);
	}

	@PostMapping("/turns/{key}/draft")
	@ResponseBody
	Kept keepTurn(CurrentPerson person, @PathVariable String caseNo, @PathVariable String key,
			@RequestParam MultiValueMap<String, String> input) {
		CaseFile file = this.pages.file(caseNo, person);
		return keep(person, Drafts.turn(caseNo, this.turns.offered(file, person, key).key()), file, input);
	}

	private Kept keep(CurrentPerson person, String subject, CaseFile file, MultiValueMap<String, String> input) {
		Map<String, Object> values = new LinkedHashMap<>(CaseController.values(input));
		if (input.getFirst(FORM) != null) {
			values.put(FORM, input.getFirst(FORM));
		}
		Draft draft = this.drafts.save(person.login(), subject, file.caseNo(), file.title(), values);
		return new Kept(this.names.text("casework.draft.saved", this.times.clock(draft.savedAt())));
	}

	@PostMapping("/tasks/{taskId}/draft/discard")
	String discard(CurrentPerson person, @PathVariable String caseNo, @PathVariable String taskId,
			RedirectAttributes redirect) {
		this.pages.file(caseNo, person);
		this.drafts.forget(person.login(), taskId);
		return discarded(caseNo, taskId, "/cases/" + caseNo + "?task=" + taskId, redirect);
	}

	@PostMapping("/turns/{key}/draft/discard")
	String discardTurn(CurrentPerson person, @PathVariable String caseNo, @PathVariable String key,
			RedirectAttributes redirect) {
		this.pages.file(caseNo, person);
		this.drafts.forget(person.login(), Drafts.turn(caseNo, key));
		return discarded(caseNo, "turn-" + key + "-" + caseNo, "/cases/" + caseNo + "/turns/" + key, redirect);
	}

	private String discarded(String caseNo, String kept, String address, RedirectAttributes redirect) {
		redirect.addFlashAttribute("flash", this.names.text("casework.draft.discarded"));
		redirect.addFlashAttribute("kept", kept);
		return "redirect:" + address;
	}

}
