package gridcase.studio;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import gridcase.security.CurrentPerson;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;
import gridcase.trial.Shadow;
import gridcase.trial.ShadowCase;
import gridcase.trial.Shadows;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** A draft asked beside the rules in force (影子运行). */
@Controller
@RequestMapping("/studio/drafts/{id}/shadow")
class ShadowController {

	private static final int SHOWN = 20;

	private final TrialDesk desk;

	private final DraftDesk draftDesk;

	private final StudioRights rights;

	private final Shadows shadows;

	private final TrialWords words;

	ShadowController(TrialDesk desk, DraftDesk draftDesk, StudioRights rights, Shadows shadows, TrialWords words) {
		this.desk = desk;
		this.draftDesk = draftDesk;
		this.rights = rights;
		this.shadows = shadows;
		this.words = words;
	}

	/**
	 * A decision where both part.
	 *
	 * @param parted the decision
	 * @param table name of the table
	 * @param said both answers in words
	 * @param fault key of the words for why there would be no answer, or null
	 */
	record Line(ShadowCase parted, String table, TrialWords.Said said, String fault) {

	}

	@GetMapping
	String show(CurrentPerson person, @PathVariable long id, @RequestParam(required = false) Long shadow,
			@RequestParam(defaultValue = "1") int page, Model model) {
		Draft draft = this.rights.read(person, id);
		List<DraftFile> files = this.draftDesk.head(draft, person, model);
		List<Shadow> all = this.shadows.ofDraft(id);
		model.addAttribute("shadows", all);
		model.addAttribute("most", Shadows.MOST_DAYS);
		model.addAttribute("mayBegin",
				this.rights.mayWrite(person, draft.place()) && draft.state() != DraftState.DROPPED
						&& !this.desk.tables(id).isEmpty() && all.stream().noneMatch(Shadow::running));
		model.addAttribute("mayEnd", this.rights.mayWrite(person, draft.place()));
		all.stream()
			.filter((each) -> shadow == null || each.id() == shadow)
			.findFirst()
			.ifPresent((each) -> result(each, Math.max(1, page), TrialDesk.names(files), model));
		return "studio/shadow";
	}

	private void result(Shadow shadow, int page, Map<String, String> names, Model model) {
		TrialWords.Tried tried = this.words.tried(shadow.place(), this.shadows.files(shadow.id()));
		Map<String, String> known = new HashMap<>(names);
		List<Line> lines = new ArrayList<>();
		for (ShadowCase each : this.shadows.cases(shadow.id(), (page - 1) * SHOWN, SHOWN)) {
			boolean failing = each.fault() != null;
			TrialWords.Said said = tried.said(tried.before(each.table(), each.oldOwner(), each.oldVersion()),
					each.oldRules(), each.oldOutputs(), tried.after(each.table(), each.newOwner(), each.place()),
					each.newRules(), each.newOutputs(), each.place(), failing);
			lines.add(new Line(each, known.getOrDefault(each.table(), each.table()), said,
					failing ? TrialView.fault(each.fault()) : null));
		}
		int parted = shadow.changed() + shadow.failing();
		model.addAttribute("shadow", shadow);
		model.addAttribute("byName", this.draftDesk.name(shadow.by()));
		model.addAttribute("lines", lines);
		model.addAttribute("parted", parted);
		model.addAttribute("page", page);
		model.addAttribute("last", Math.max(1, (parted + SHOWN - 1) / SHOWN));
	}

	@PostMapping
	String begin(CurrentPerson person, @PathVariable long id, @RequestParam(defaultValue = "0") int days,
			RedirectAttributes after) {
		this.rights.write(person, id);
		try {
			this.desk.shadow(person, id, days);
			after.addFlashAttribute("flash", Texts.of("trial", "trial.shadow.begun", days));
		}
		catch (Refusal refused) {
			after.addFlashAttribute("flash",
					refused.fields().isEmpty() ? refused.getMessage() : refused.fields().get(0).message());
		}
		return "redirect:/studio/drafts/" + id + "/shadow";
	}

	@PostMapping("/end")
	String end(CurrentPerson person, @PathVariable long id, RedirectAttributes after) {
		this.desk.endShadow(person, id);
		after.addFlashAttribute("flash", Texts.of("trial", "trial.shadow.ended"));
		return "redirect:/studio/drafts/" + id + "/shadow";
	}

}
