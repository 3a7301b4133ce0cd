package gridcase.casework.web;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import gridcase.casework.CaseActions;
import gridcase.casework.CaseFile;
import gridcase.casework.CasePath;
import gridcase.casework.CaseQuery;
import gridcase.casework.Cases;
import gridcase.casework.Clocks;
import gridcase.casework.Draft;
import gridcase.casework.Drafts;
import gridcase.casework.OpenTask;
import gridcase.casework.OpenTasks;
import gridcase.casework.Page;
import gridcase.casework.Remaining;
import gridcase.casework.TaskForms;
import gridcase.casework.process.CaseDiagrams;
import gridcase.casework.process.Turn;
import gridcase.form.FormView;
import gridcase.form.Forms;
import gridcase.security.CurrentPerson;
import gridcase.shared.FieldProblem;
import gridcase.shared.Refusal;
import gridcase.web.Light;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The case page: do the work, see where it is, who had it, by when and why. */
@Controller
@RequestMapping("/cases")
class CaseController {

	private static final int SIZE = 30;

	private static final int UNPROCESSABLE = 422;

	private final Cases cases;

	private final CaseActions actions;

	private final OpenTasks tasks;

	private final TaskForms forms;

	private final CaseDiagrams diagrams;

	private final CasePages pages;

	private final TurnPages turns;

	private final Drafts drafts;

	private final Rules rules;

	private final Clocks clocks;

	private final Names names;

	CaseController(Cases cases, CaseActions actions, OpenTasks tasks, TaskForms forms, CaseDiagrams diagrams,
			CasePages pages, TurnPages turns, Drafts drafts, Rules rules, Clocks clocks, Names names) {
		this.cases = cases;
		this.actions = actions;
		this.tasks = tasks;
		this.forms = forms;
		this.diagrams = diagrams;
		this.pages = pages;
		this.turns = turns;
		this.drafts = drafts;
		this.rules = rules;
		this.clocks = clocks;
		this.names = names;
	}

	@GetMapping
	String search(CurrentPerson person, @RequestParam(defaultValue = "") String text,
			@RequestParam(defaultValue = "") String state, @RequestParam(defaultValue = "") String stage,
			@RequestParam(defaultValue = "") String list, @RequestParam(required = false) String cursor,
			@RequestHeader(name = "HX-Request", required = false) String part, Model model) {
		Page<CaseFile> page = this.cases.search(new CaseQuery(person.login(), person.place(), blankToNull(text),
				blankToNull(state), blankToNull(stage), null, blankToNull(list), cursor, SIZE));
		Map<String, Remaining> remaining = this.clocks.ofCases(page.rows());
		model.addAttribute("rows",
				page.rows().stream().map((file) -> line(file, remaining.get(file.caseNo()), list)).toList());
		model.addAttribute("lists", Cases.LISTS);
		model.addAttribute("list", list);
		model.addAttribute("next", page.next());
		model.addAttribute("text", text);
		model.addAttribute("state", state);
		model.addAttribute("stage", stage);
		return (part != null) ? "casework/cases :: rows" : "casework/cases";
	}

	private Line line(CaseFile file, Remaining remaining, String list) {
		boolean suspended = list.equals("SUSPENDED");
		return new Line(file, CasePages.light(remaining), this.names.category(file.place(), file.fact("category")),
				this.names.word("state", file.state()),
				(file.owner() != null) ? this.names.person(file.owner()).name() : "",
				file.open() ? this.names.holder(file.holder(), file.holderPool()).name() : "",
				suspended ? file.suspendedAt() : list.equals("DIFFICULT") ? file.difficultSince() : null,
				suspended ? file.fact("suspendedFor") : file.fact("difficultFor"),
				suspended ? file.fact("suspendedUntil") : "");
	}

	@GetMapping("/{caseNo}")
	String show(CurrentPerson person, @PathVariable String caseNo, @RequestParam(required = false) String task,
			@RequestParam(defaultValue = "false") boolean all, Model model) {
		CaseFile file = this.pages.file(caseNo, person);
		return page(file, person, task, all, null, List.of(), model);
	}

	/**
	 * The page.
	 * @param values what was sent, or null if the page is only opened: then a draft
	 * counts
	 */
	private String page(CaseFile file, CurrentPerson person, String taskId, boolean all, Map<String, Object> values,
			List<FieldProblem> problems, Model model) {
		this.pages.fill(file, person, all, model);
		List<OpenTask> mine = this.pages.mine(file, person);
		OpenTask chosen = mine.stream()
			.filter((task) -> task.taskId().equals(taskId))
			.findFirst()
			.orElse(mine.isEmpty() ? null : mine.get(0));
		model.addAttribute("mine", mine);
		model.addAttribute("others", this.pages.others(file, person));
		model.addAttribute("task", chosen);
		model.addAttribute("asked", this.pages.asked(file, chosen).orElse(null));
		boolean same = chosen != null && (taskId == null || chosen.taskId().equals(taskId));
		if (chosen != null) {
			String address = "/cases/" + file.caseNo() + "/tasks/" + chosen.taskId();
			Draft draft = (values == null) ? this.drafts.find(person.login(), chosen.taskId()).orElse(null) : null;
			Map<String, Object> shown = (draft != null) ? draft.values() : (same && values != null) ? values : Map.of();
			model.addAttribute("refresh", address + "/fields");
			model.addAttribute("draft", draft);
			model.addAttribute("drafts", address + "/draft");
			model.addAttribute("stamp", this.forms.stamp(chosen, file));
			model.addAttribute("form", this.forms.view(chosen, file, shown, same ? problems : List.of()).orElse(null));
		}
		if (!same && taskId != null) {
			entered(file, person, taskId, values, model);
		}
		return "casework/case";
	}

	/** What was filled in for a task that somebody else has dealt with is still shown. */
	private void entered(CaseFile file, CurrentPerson person, String taskId, Map<String, Object> values, Model model) {
		Map<String, Object> kept = (values != null) ? values
				: this.drafts.find(person.login(), taskId).map(Draft::values).orElse(Map.of());
		if (kept.get(DraftController.FORM) instanceof String form) {
			List<FormView.Field> fields = this.forms.entered(form, file, kept);
			model.addAttribute("entered", fields.stream().flatMap((field) -> this.turns.said(field).stream()).toList());
			model.addAttribute("enteredDraft", "/cases/" + file.caseNo() + "/tasks/" + taskId + "/draft");
		}
	}

	@PostMapping("/{caseNo}/tasks/{taskId}")
	String complete(CurrentPerson person, @PathVariable String caseNo, @PathVariable String taskId,
			@RequestParam MultiValueMap<String, String> input, Model model, HttpServletResponse response,
			RedirectAttributes redirect) {
		CaseFile file = this.pages.file(caseNo, person);
		Map<String, Object> values = values(input);
		try {
			OpenTask task = task(caseNo, taskId);
			this.actions.complete(taskId, values, input.getFirst("_stamp"));
			this.drafts.forget(person.login(), taskId);
			redirect.addFlashAttribute("flash", this.names.text("casework.done", task.name(), caseNo));
			redirect.addFlashAttribute("kept", taskId);
			CaseFile after = this.cases.get(caseNo);
			boolean more = !this.pages.mine(after, person).isEmpty();
			return more ? "redirect:/cases/" + caseNo : "redirect:/inbox";
		}
		catch (Refusal refusal) {
			if (refusal.kind() == Refusal.Kind.NOT_FOUND) {
				throw refusal;
			}
			response.setStatus(status(refusal));
			refused(refusal, model);
			values.put(DraftController.FORM, input.getFirst(DraftController.FORM));
			return page(this.pages.file(caseNo, person), person, taskId, false, values, refusal.fields(), model);
		}
	}

	/** What a refusal says beside the fields, with the row that said it. */
	private void refused(Refusal refusal, Model model) {
		if (refusal.fields().isEmpty()) {
			model.addAttribute("refused", refusal.getMessage());
			model.addAttribute("refusedBy", (refusal.rule() != null) ? this.rules.of(refusal.rule()) : null);
		}
	}

	/** How a page answers what was refused. */
	static int status(Refusal refusal) {
		return switch (refusal.kind()) {
			case RULE -> UNPROCESSABLE;
			case CONFLICT -> HttpServletResponse.SC_CONFLICT;
			case FORBIDDEN -> HttpServletResponse.SC_FORBIDDEN;
			case TOO_LARGE -> HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE;
			default -> HttpServletResponse.SC_BAD_REQUEST;
		};
	}

	@GetMapping("/{caseNo}/turns/{key}")
	String turn(CurrentPerson person, @PathVariable String caseNo, @PathVariable String key, Model model) {
		CaseFile file = this.pages.file(caseNo, person);
		Turn turn = this.turns.offered(file, person, key);
		Draft draft = this.drafts.find(person.login(), Drafts.turn(caseNo, key)).orElse(null);
		model.addAttribute("draft", draft);
		return turn(file, turn, (draft != null) ? draft.values() : Map.of(), List.of(), model);
	}

	private String turn(CaseFile file, Turn turn, Map<String, ?> values, List<FieldProblem> problems, Model model) {
		model.addAttribute("drafts", "/cases/" + file.caseNo() + "/turns/" + turn.key() + "/draft");
		model.addAttribute("file", file);
		model.addAttribute("turn", turn);
		model.addAttribute("names", this.names);
		model.addAttribute("category", this.names.category(file.place(), file.fact("category")));
		model.addAttribute("form", this.forms.view(turn, file, values, problems).orElse(null));
		model.addAttribute("refresh", "/cases/" + file.caseNo() + "/turns/" + turn.key() + "/fields");
		return "casework/turn";
	}

	@PostMapping("/{caseNo}/turns/{key}")
	String begin(CurrentPerson person, @PathVariable String caseNo, @PathVariable String key,
			@RequestParam MultiValueMap<String, String> input, Model model, HttpServletResponse response,
			RedirectAttributes redirect) {
		CaseFile file = this.pages.file(caseNo, person);
		Turn turn = this.turns.offered(file, person, key);
		Map<String, Object> values = values(input);
		try {
			this.actions.begin(caseNo, key, values);
			this.drafts.forget(person.login(), Drafts.turn(caseNo, key));
			redirect.addFlashAttribute("flash", this.names.text("casework.turn.begun", turn.name()));
			redirect.addFlashAttribute("kept", "turn-" + key + "-" + caseNo);
			return "redirect:/cases/" + caseNo;
		}
		catch (Refusal refusal) {
			if (refusal.kind() == Refusal.Kind.NOT_FOUND) {
				throw refusal;
			}
			response.setStatus(status(refusal));
			refused(refusal, model);
			return turn(file, turn, values, refusal.fields(), model);
		}
	}

	@PostMapping("/{caseNo}/turns/{key}/fields")
	String turnFields(CurrentPerson person, @PathVariable String caseNo, @PathVariable String key,
			@RequestParam MultiValueMap<String, String> input, Model model) {
		CaseFile file = this.pages.file(caseNo, person);
		Turn turn = this.turns.offered(file, person, key);
		model.addAttribute("form", this.forms.view(turn, file, changed(input), List.of())
			.orElseThrow(() -> Refusal.notFound(turn.name())));
		model.addAttribute("refresh", "/cases/" + caseNo + "/turns/" + key + "/fields");
		return "form/fields :: fields(form=${form},refresh=${refresh})";
	}

	@PostMapping("/{caseNo}/tasks/{taskId}/fields")
	String fields(CurrentPerson person, @PathVariable String caseNo, @PathVariable String taskId,
			@RequestParam MultiValueMap<String, String> input, Model model) {
		CaseFile file = this.pages.file(caseNo, person);
		OpenTask task = task(caseNo, taskId);
		Optional<FormView> form = this.forms.view(task, file, changed(input), List.of());
		model.addAttribute("form", form.orElseThrow(() -> Refusal.notFound(task.name())));
		model.addAttribute("refresh", "/cases/" + caseNo + "/tasks/" + taskId + "/fields");
		return "form/fields :: fields(form=${form},refresh=${refresh})";
	}

	@PostMapping("/{caseNo}/tasks/{taskId}/claim")
	String claim(CurrentPerson person, @PathVariable String caseNo, @PathVariable String taskId,
			RedirectAttributes redirect) {
		this.pages.file(caseNo, person);
		this.actions.claim(task(caseNo, taskId).taskId());
		redirect.addFlashAttribute("flash", this.names.text("casework.claimed"));
		return "redirect:/cases/" + caseNo + "?task=" + taskId;
	}

	@PostMapping("/{caseNo}/tasks/{taskId}/release")
	String release(CurrentPerson person, @PathVariable String caseNo, @PathVariable String taskId,
			RedirectAttributes redirect) {
		this.pages.file(caseNo, person);
		this.actions.release(task(caseNo, taskId).taskId());
		redirect.addFlashAttribute("flash", this.names.text("casework.released"));
		return "redirect:/inbox";
	}

	@PostMapping("/{caseNo}/comments")
	String comment(CurrentPerson person, @PathVariable String caseNo, @RequestParam(defaultValue = "") String text,
			RedirectAttributes redirect) {
		this.pages.file(caseNo, person);
		this.actions.comment(caseNo, text);
		redirect.addFlashAttribute("flash", this.names.text("casework.commented"));
		return "redirect:/cases/" + caseNo;
	}

	@PostMapping("/{caseNo}/urges")
	String urge(CurrentPerson person, @PathVariable String caseNo, @RequestParam(defaultValue = "") String text,
			RedirectAttributes redirect) {
		this.pages.file(caseNo, person);
		this.actions.urge(caseNo, text);
		redirect.addFlashAttribute("flash", this.names.text("casework.urged"));
		return "redirect:/cases/" + caseNo;
	}

	@GetMapping("/{caseNo}/diagram")
	@ResponseBody
	CasePath diagram(CurrentPerson person, @PathVariable String caseNo) {
		return this.diagrams.path(this.pages.file(caseNo, person));
	}

	/** The task, which must belong to the case in the address. */
	private OpenTask task(String caseNo, String taskId) {
		OpenTask task = this.tasks.get(taskId);
		if (!task.caseNo().equals(caseNo)) {
			throw Refusal.notFound(this.names.text("casework.noTask"));
		}
		return task;
	}

	static Map<String, Object> values(MultiValueMap<String, String> input) {
		Map<String, Object> values = new LinkedHashMap<>();
		new HashMap<>(input).forEach((name, given) -> {
			if (!name.startsWith("_")) {
				values.put(name, (given.size() == 1) ? given.get(0) : given);
			}
		});
		return values;
	}

	/** What is filled in, with the row more or less that was asked for. */
	private static Map<String, Object> changed(MultiValueMap<String, String> input) {
		return Forms.changeRows(values(input), input.getFirst("_more"), input.getFirst("_less"));
	}

	private static String blankToNull(String text) {
		return text.isBlank() ? null : text;
	}

	/** A line of the list of cases. */
	record Line(CaseFile file, Light light, String category, String state, String owner, String holder, Instant since,
			String reason, String until) {

	}

}
