package gridcase.casework.web;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import gridcase.casework.CaseActions;
import gridcase.casework.CaseFile;
import gridcase.casework.Cases;
import gridcase.casework.Inbox;
import gridcase.casework.InboxCounts;
import gridcase.casework.InboxQuery;
import gridcase.casework.InboxRow;
import gridcase.casework.OpenTask;
import gridcase.casework.OpenTasks;
import gridcase.casework.Page;
import gridcase.casework.TaskForms;
import gridcase.clock.PlatformClock;
import gridcase.security.CurrentPerson;
import gridcase.shared.FieldProblem;
import gridcase.shared.Refusal;
import gridcase.web.Light;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The work of a person on the move: tasks as cards, each with its form. */
@Controller
@RequestMapping("/m")
class PhoneTaskController {

	private static final int SIZE = 20;

	/** Of the inbox's views those that matter on the way. */
	private static final List<String> VIEWS = List.of("MINE", "POOL", "OWNED", "DONE");

	private final Inbox inbox;

	private final InboxCounts counts;

	private final Cases cases;

	private final CaseActions actions;

	private final OpenTasks tasks;

	private final TaskForms forms;

	private final CasePages pages;

	private final Names names;

	private final PlatformClock clock;

	private final JdbcTemplate jdbc;

	PhoneTaskController(Inbox inbox, InboxCounts counts, Cases cases, CaseActions actions, OpenTasks tasks,
			TaskForms forms, CasePages pages, Names names, PlatformClock clock, JdbcTemplate jdbc) {
		this.inbox = inbox;
		this.counts = counts;
		this.cases = cases;
		this.actions = actions;
		this.tasks = tasks;
		this.forms = forms;
		this.pages = pages;
		this.names = names;
		this.clock = clock;
		this.jdbc = jdbc;
	}

	@GetMapping
	String list(CurrentPerson person, @RequestParam(required = false) String view,
			@RequestParam(required = false) String cursor, Model model) {
		Map<String, Integer> counts = this.counts.of(person.login());
		String shown = (view != null && VIEWS.contains(view)) ? view
				: (counts.get("MINE") == 0 && counts.get("POOL") > 0) ? "POOL" : "MINE";
		Page<InboxRow> page = this.inbox.page(new InboxQuery(person.login(), shown, null, null, null, cursor, SIZE));
		Map<String, Spot> spots = spots(page.rows());
		model.addAttribute("cards",
				page.rows().stream().map((row) -> card(row, person, spots.get(row.caseNo()))).toList());
		model.addAttribute("next", page.next());
		model.addAttribute("first", cursor == null);
		model.addAttribute("counts", counts);
		model.addAttribute("views", VIEWS);
		model.addAttribute("view", shown);
		model.addAttribute("readAt", this.clock.now());
		return "casework/phone-tasks";
	}

	private Card card(InboxRow row, CurrentPerson person, Spot spot) {
		List<String> marks = new ArrayList<>();
		if ("EMERGENCY".equals(row.urgency()) || "URGENT".equals(row.urgency())) {
			marks.add(this.names.word("urgency", row.urgency()));
		}
		if (row.leg() != null && !row.leg().isEmpty()) {
			marks.add(this.names.text("casework.mark.helper"));
		}
		if (row.actingFor() != null) {
			marks.add(this.names.text("casework.mark.actingFor", this.names.person(row.actingFor()).name()));
		}
		String owner = (row.owner() == null) ? null : row.owner().equals(person.login())
				? this.names.text("casework.me") : this.names.person(row.owner()).name();
		return new Card(row, CasePages.light(row.remaining()), this.names.category(row.place(), row.category()), owner,
				marks, spot);
	}

	/** Where the cases of a page are, as far as their reports say. */
	private Map<String, Spot> spots(List<InboxRow> rows) {
		Map<String, Spot> spots = new HashMap<>();
		this.jdbc.query("select case_no, facts ->> 'longitude' longitude, facts ->> 'latitude' latitude from case_file "
				+ "where case_no = any (?) and facts ->> 'longitude' is not null and facts ->> 'latitude' is not null",
				(row) -> {
					spots.put(row.getString("case_no"),
							new Spot(row.getString("longitude"), row.getString("latitude")));
				}, (Object) rows.stream().map(InboxRow::caseNo).distinct().toArray(String[]::new));
		return spots;
	}

	@GetMapping("/cases/{caseNo}")
	String show(CurrentPerson person, @PathVariable String caseNo, @RequestParam(required = false) String task,
			Model model) {
		return page(this.pages.file(caseNo, person), person, task, Map.of(), List.of(), model);
	}

	private String page(CaseFile file, CurrentPerson person, String taskId, Map<String, ?> values,
			List<FieldProblem> problems, Model model) {
		this.pages.fill(file, person, false, model);
		List<OpenTask> mine = this.pages.mine(file, person);
		OpenTask chosen = mine.stream()
			.filter((task) -> task.taskId().equals(taskId))
			.findFirst()
			.orElse(mine.isEmpty() ? null : mine.get(0));
		boolean same = chosen != null && (taskId == null || chosen.taskId().equals(taskId));
		model.addAttribute("mine", mine);
		model.addAttribute("task", chosen);
		model.addAttribute("asked", this.pages.asked(file, chosen).orElse(null));
		if (chosen != null) {
			model.addAttribute("refresh", "/cases/" + file.caseNo() + "/tasks/" + chosen.taskId() + "/fields");
			model.addAttribute("stamp", this.forms.stamp(chosen, file));
			model.addAttribute("form",
					this.forms.view(chosen, file, same ? values : Map.of(), same ? problems : List.of()).orElse(null));
		}
		return "casework/phone-case";
	}

	@PostMapping("/cases/{caseNo}/tasks/{taskId}")
	String complete(CurrentPerson person, @PathVariable String caseNo, @PathVariable String taskId,
			@RequestParam MultiValueMap<String, String> input, Model model, HttpServletResponse response,
			RedirectAttributes redirect) {
		CaseFile file = this.pages.file(caseNo, person);
		Map<String, Object> values = CaseController.values(input);
		try {
			OpenTask task = task(caseNo, taskId);
			this.actions.complete(taskId, values, input.getFirst("_stamp"));
			redirect.addFlashAttribute("flash", this.names.text("casework.done", task.name(), caseNo));
			redirect.addFlashAttribute("kept", taskId);
			boolean more = !this.pages.mine(this.cases.get(caseNo), person).isEmpty();
			return more ? "redirect:/m/cases/" + caseNo : "redirect:/m";
		}
		catch (Refusal refusal) {
			if (refusal.kind() == Refusal.Kind.NOT_FOUND) {
				throw refusal;
			}
			response.setStatus(CaseController.status(refusal));
			if (refusal.fields().isEmpty()) {
				model.addAttribute("refused", refusal.getMessage());
			}
			return page(this.pages.file(caseNo, person), person, taskId, values, refusal.fields(), model);
		}
	}

	@PostMapping("/cases/{caseNo}/tasks/{taskId}/claim")
	String claim(CurrentPerson person, @PathVariable String caseNo, @PathVariable String taskId,
			RedirectAttributes redirect) {
		this.pages.file(caseNo, person);
		this.actions.claim(task(caseNo, taskId).taskId());
		redirect.addFlashAttribute("flash", this.names.text("casework.claimed"));
		return "redirect:/m/cases/" + caseNo + "?task=" + taskId;
	}

	@PostMapping("/cases/{caseNo}/tasks/{taskId}/release")
	String release(CurrentPerson person, @PathVariable String caseNo, @PathVariable String taskId,
			RedirectAttributes redirect) {
		this.pages.file(caseNo, person);
		this.actions.release(task(caseNo, taskId).taskId());
		redirect.addFlashAttribute("flash", this.names.text("casework.released"));
		return "redirect:/m";
	}

	/** The task, which must belong to the case in the address. */
	private OpenTask task(String caseNo, String taskId) {
		OpenTask task = this.tasks.get(taskId);
		if (!task.caseNo().equals(caseNo)) {
			throw Refusal.notFound(this.names.text("casework.noTask"));
		}
		return task;
	}

	/**
	 * A card of the list.
	 *
	 * @param row what it is about
	 * @param light where its clock stands, or null
	 * @param category words of the category
	 * @param owner who is answerable, or null
	 * @param marks urgency, helping, standing in
	 * @param spot where it is, or null if the report did not say
	 */
	record Card(InboxRow row, Light light, String category, String owner, List<String> marks, Spot spot) {

	}

	/** A position in degrees (WGS 84), as it was given. */
	record Spot(String longitude, String latitude) {

	}

}
