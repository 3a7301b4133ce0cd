package gridcase.studio;

import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import gridcase.clock.PlatformClock;
import gridcase.policy.ReleaseRefused;
import gridcase.security.CurrentPerson;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;
import gridcase.trial.Trial;
import gridcase.trial.TrialCase;
import gridcase.trial.TrialState;
import gridcase.trial.Trials;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** A draft tried on past cases (回放试算). */
@Controller
@RequestMapping("/studio/drafts/{id}/trial")
class TrialController {

	private static final int SHOWN = 10;

	private final TrialDesk desk;

	private final DraftDesk draftDesk;

	private final StudioRights rights;

	private final Trials trials;

	private final TrialView view;

	private final TrialSheet sheet;

	private final TrialProof proof;

	private final PlatformClock clock;

	TrialController(TrialDesk desk, DraftDesk draftDesk, StudioRights rights, Trials trials, TrialView view,
			TrialSheet sheet, TrialProof proof, PlatformClock clock) {
		this.desk = desk;
		this.draftDesk = draftDesk;
		this.rights = rights;
		this.trials = trials;
		this.view = view;
		this.sheet = sheet;
		this.proof = proof;
		this.clock = clock;
	}

	@GetMapping
	String show(CurrentPerson person, @PathVariable long id, @RequestParam(required = false) Long trial,
			@RequestParam(required = false) Integer group, @RequestParam(defaultValue = "false") boolean newly,
			@RequestParam(defaultValue = "1") int page, @RequestParam(defaultValue = "unit") String by,
			@RequestHeader(name = "HX-Request", defaultValue = "false") boolean part, Model model,
			HttpServletResponse response) {
		Draft draft = this.rights.read(person, id);
		List<DraftFile> files = this.draftDesk.head(draft, person, model);
		Map<String, byte[]> tables = this.desk.tables(id);
		List<Trial> all = this.trials.ofDraft(id);
		Optional<Trial> shown = this.desk.shown(all, trial);
		if (shown.isEmpty() && trial != null) {
			throw Refusal.notFound(Texts.of("trial", "trial.none", trial));
		}
		Map<String, String> names = TrialDesk.names(files);
		model.addAttribute("names", names);
		model.addAttribute("trials",
				all.stream()
					.map((each) -> new Entry(each, this.desk.fresh(each, tables), days(each),
							names.getOrDefault(each.table(), each.table())))
					.toList());
		model.addAttribute("days", this.desk.usual());
		model.addAttribute("mayTry", this.rights.mayWrite(person, draft.place()) && !tables.isEmpty());
		model.addAttribute("noTable", tables.isEmpty());
		if (!tables.isEmpty() && this.proof.attached(draft, files)) {
			model.addAttribute("stepsDone", Set.of("trial"));
			model.addAttribute("stepNotes", Map.of("trial", Texts.of("trial", "trial.step.done")));
		}
		shown.ifPresent((each) -> {
			model.addAttribute("trial", each);
			model.addAttribute("fresh", this.desk.fresh(each, tables));
			model.addAttribute("trialDays", days(each));
			model.addAttribute("trialName", names.getOrDefault(each.table(), each.table()));
			model.addAttribute("byName", this.draftDesk.name(each.by()));
			model.addAttribute("limits", Trials.ofLimits(each.table()));
			model.addAttribute("escalation", each.table().equals("escalation-tier"));
			if (!each.state().open() && each.done() > 0) {
				result(each, group, newly, Math.max(1, page), by, model);
			}
		});
		boolean open = shown.map((each) -> each.state().open()).orElse(false);
		if (part) {
			if (!open) {
				// the result takes the place of the whole page
				response.setHeader("HX-Refresh", "true");
			}
			return "studio/trial :: running";
		}
		return "studio/trial";
	}

	/**
	 * A trial in the list.
	 *
	 * @param trial the trial
	 * @param fresh whether it is of what the draft holds now
	 * @param days its days
	 * @param name name of the table
	 */
	record Entry(Trial trial, boolean fresh, TrialDesk.Days days, String name) {

	}

	private TrialDesk.Days days(Trial trial) {
		return new TrialDesk.Days(LocalDate.ofInstant(trial.from(), this.clock.zone()),
				LocalDate.ofInstant(trial.to().minusMillis(1), this.clock.zone()));
	}

	private void result(Trial trial, Integer number, boolean newly, int page, String by, Model model) {
		List<TrialView.Group> groups = this.view.groups(trial);
		Optional<TrialView.Group> chosen = groups.stream()
			.filter((each) -> number == null || each.group().no() == number)
			.findFirst();
		model.addAttribute("groups", groups);
		chosen.ifPresent((each) -> {
			int total = newly ? each.group().newly() : each.group().decisions();
			int last = Math.max(1, (total + SHOWN - 1) / SHOWN);
			int at = Math.min(page, last);
			List<TrialCase> cases = this.trials.cases(trial.id(), each.group().no(), newly, (at - 1) * SHOWN, SHOWN);
			model.addAttribute("chosen", each);
			model.addAttribute("lines", this.view.lines(cases));
			model.addAttribute("newly", newly);
			model.addAttribute("page", at);
			model.addAttribute("last", last);
			model.addAttribute("total", total);
			model.addAttribute("first", (at - 1) * SHOWN + 1);
		});
		List<TrialView.Sum> sums = by.equals("category") ? this.view.categories(trial) : this.view.units(trial);
		model.addAttribute("by", by.equals("category") ? "category" : "unit");
		model.addAttribute("sums", sums);
		model.addAttribute("chart", this.view.chart(sums));
	}

	@PostMapping
	String start(CurrentPerson person, @PathVariable long id, @RequestParam(required = false) String table,
			@RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) LocalDate from,
			@RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) LocalDate to,
			RedirectAttributes after) {
		this.rights.write(person, id);
		try {
			List<Long> started = this.desk.start(person, id, table, from, to);
			after.addAttribute("trial", started.get(0));
		}
		catch (ReleaseRefused refused) {
			after.addFlashAttribute("flash", Texts.of("trial", "trial.refused", refused.problems().get(0).message()));
		}
		catch (Refusal refused) {
			after.addFlashAttribute("flash",
					refused.fields().isEmpty() ? refused.getMessage() : refused.fields().get(0).message());
		}
		return "redirect:/studio/drafts/" + id + "/trial";
	}

	@PostMapping("/{trial}/stop")
	String stop(CurrentPerson person, @PathVariable long id, @PathVariable long trial, RedirectAttributes after) {
		this.rights.write(person, id);
		this.desk.stop(person, trial);
		after.addAttribute("trial", trial);
		after.addFlashAttribute("flash", Texts.of("trial", "trial.stopping"));
		return "redirect:/studio/drafts/" + id + "/trial";
	}

	@GetMapping("/{trial}.xlsx")
	void excel(CurrentPerson person, @PathVariable long id, @PathVariable long trial, HttpServletResponse response)
			throws IOException {
		this.rights.read(person, id);
		Trial shown = this.desk.read(person, trial);
		if (shown.state() == TrialState.WAITING || shown.state() == TrialState.RUNNING) {
			throw Refusal.conflict(Texts.of("trial", "trial.not-ended"));
		}
		this.sheet.send(shown, response);
	}

}
