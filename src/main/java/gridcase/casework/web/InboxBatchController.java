package gridcase.casework.web;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import gridcase.casework.BatchItem;
import gridcase.casework.InboxBatch;
import gridcase.casework.InboxRow;
import gridcase.casework.Teams;
import gridcase.form.FormView;
import gridcase.security.CurrentPerson;
import gridcase.shared.FieldProblem;
import gridcase.shared.Refusal;
import gridcase.web.Light;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Many tasks at once, and the team of whoever heads a unit. */
@Controller
@RequestMapping("/inbox")
class InboxBatchController {

	private static final String REFRESH = "/inbox/batch/fields";

	private final InboxBatch batch;

	private final Teams teams;

	private final Names names;

	InboxBatchController(InboxBatch batch, Teams teams, Names names) {
		this.batch = batch;
		this.teams = teams;
		this.names = names;
	}

	/** What has to be said before the action: to whom and why, or the form. */
	@PostMapping("/batch/panel")
	String panel(@RequestParam(name = "_task", required = false) List<String> tasks, @RequestParam("_kind") String kind,
			@RequestParam MultiValueMap<String, String> input, Model model) {
		model.addAttribute("kind", kind);
		model.addAttribute("count", (tasks != null) ? tasks.size() : 0);
		try {
			if (kind.equals("ASSIGN")) {
				Map<String, String> people = new LinkedHashMap<>();
				this.batch.colleagues(tasks)
					.forEach((person) -> people.put(person.login(), label(this.names.person(person.login()))));
				model.addAttribute("people", people);
			}
			else {
				model.addAttribute("form",
						this.batch.form(tasks, CaseController.values(input), List.of()).orElse(null));
				model.addAttribute("refresh", REFRESH);
			}
		}
		catch (Refusal refusal) {
			model.addAttribute("refused", refusal.getMessage());
		}
		return "casework/inbox-batch :: panel";
	}

	private static String label(Names.Label person) {
		return (person.duty() != null) ? person.name() + "（" + person.duty() + "）" : person.name();
	}

	/** The fields again, after one that decides about others has changed. */
	@PostMapping("/batch/fields")
	String fields(@RequestParam(name = "_task", required = false) List<String> tasks,
			@RequestParam MultiValueMap<String, String> input, Model model) {
		FormView form = this.batch.form(tasks, CaseController.values(input), List.of())
			.orElseThrow(() -> Refusal.notFound(this.names.text("casework.batch.noForm")));
		model.addAttribute("form", form);
		model.addAttribute("refresh", REFRESH);
		return "form/fields :: fields(form=${form},refresh=${refresh})";
	}

	@PostMapping("/batch")
	String run(@RequestParam(name = "_task", required = false) List<String> tasks,
			@RequestParam("_action") String action, @RequestParam(name = "_to", defaultValue = "") String to,
			@RequestParam(name = "_reason", defaultValue = "") String reason,
			@RequestParam MultiValueMap<String, String> input,
			@RequestHeader(name = "HX-Request", required = false) String part, Model model,
			HttpServletResponse response) {
		List<BatchItem> items = switch (action) {
			case "CLAIM" -> this.batch.claim(tasks);
			case "RELEASE" -> this.batch.release(tasks);
			case "ASSIGN" -> this.batch.assign(tasks, to, reason);
			case "COMPLETE" -> this.batch.complete(tasks, CaseController.values(input));
			default -> throw Refusal.invalid(List.of(new FieldProblem("action",
					this.names.text("casework.label.action"), this.names.text("casework.refused.batch-action"))));
		};
		model.addAttribute("items", items);
		model.addAttribute("action", action);
		model.addAttribute("done", items.stream().filter(BatchItem::done).count());
		// whatever the list shows may have changed, also by those who were faster
		response.setHeader("HX-Trigger", "inbox-changed");
		return (part != null) ? "casework/inbox-batch :: result" : "casework/inbox-batch";
	}

	@GetMapping("/team")
	String team(CurrentPerson person, @RequestParam(required = false) String unit,
			@RequestParam(required = false) String member, Model model) {
		List<Teams.Team> teams = this.teams.of(person.login());
		model.addAttribute("teams", teams);
		model.addAttribute("names", this.names);
		model.addAttribute("unit", unit);
		model.addAttribute("member", member);
		if (unit != null) {
			model.addAttribute("unitName", this.names.unit(unit));
			model.addAttribute("tasks",
					this.teams.tasks(person.login(), unit, (member == null || member.isBlank()) ? null : member)
						.stream()
						.map((row) -> new TeamLine(row, CasePages.light(row.remaining())))
						.toList());
			Map<String, String> people = new LinkedHashMap<>();
			teams.stream()
				.filter((team) -> team.unit().equals(unit))
				.flatMap((team) -> team.members().stream())
				.filter((load) -> !load.absent() && !load.login().equals(member))
				.forEach((load) -> people.put(load.login(),
						this.names.text("casework.team.person", this.names.person(load.login()).name(), load.all())));
			model.addAttribute("people", people);
		}
		return "casework/team";
	}

	/**
	 * A task of a member.
	 *
	 * @param row the task
	 * @param light where its clock stands, or null
	 */
	record TeamLine(InboxRow row, Light light) {

	}

}
