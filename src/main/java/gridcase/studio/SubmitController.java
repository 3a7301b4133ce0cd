package gridcase.studio;

import java.util.ArrayList;
import java.util.List;

import gridcase.registry.Place;
import gridcase.security.CurrentPerson;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** A draft goes to review, and what is said of it. */
@Controller
@RequestMapping("/studio/drafts/{id}")
class SubmitController {

	private final Drafts drafts;

	private final DraftChanges changes;

	private final Submissions submissions;

	private final DraftComments comments;

	private final Overtaken overtaken;

	private final StudioRights rights;

	private final DraftDesk desk;

	SubmitController(Drafts drafts, DraftChanges changes, Submissions submissions, DraftComments comments,
			Overtaken overtaken, StudioRights rights, DraftDesk desk) {
		this.drafts = drafts;
		this.changes = changes;
		this.submissions = submissions;
		this.comments = comments;
		this.overtaken = overtaken;
		this.rights = rights;
		this.desk = desk;
	}

	/** What is still in the way, before anything is sent. */
	@GetMapping("/submit")
	String look(CurrentPerson person, @PathVariable long id, Model model) {
		Draft draft = this.rights.write(person, id);
		try {
			this.changes.mustBeGood(draft, this.drafts.files(id));
		}
		catch (Refusal refused) {
			model.addAttribute("refused", lines(refused));
		}
		return page(person, draft, model);
	}

	@PostMapping("/submit")
	String submit(CurrentPerson person, @PathVariable long id, @RequestParam(required = false) String place,
			Model model, RedirectAttributes redirect) {
		Draft draft = this.rights.write(person, id);
		String open = this.submissions.openCase(draft);
		if (open != null) {
			// it came back from its review: the task in the case sends it there again
			return "redirect:/cases/" + open;
		}
		String reviewIn = (draft.place() != null) ? draft.place() : place;
		if (reviewIn == null || reviewIn.isBlank()) {
			return look(person, id, model);
		}
		try {
			String caseNo = this.submissions.submit(draft, reviewIn, person.login());
			redirect.addFlashAttribute("flash", Texts.of("studio-release", "studio.submit.done", caseNo));
			return "redirect:/cases/" + caseNo;
		}
		catch (Refusal refused) {
			model.addAttribute("refused", lines(refused));
			return page(person, draft, model);
		}
	}

	private String page(CurrentPerson person, Draft draft, Model model) {
		List<DraftFile> files = this.desk.head(draft, person, model);
		model.addAttribute("overtaken", this.overtaken.of(draft));
		model.addAttribute("trial", this.changes.trialAttached(draft, files).map(String::valueOf).orElse(""));
		model.addAttribute("places", (draft.place() == null) ? this.rights.places(person) : List.<Place>of());
		return "studio/submit";
	}

	private static List<String> lines(Refusal refused) {
		return refused.getMessage().lines().toList();
	}

	/** The content was compared with what somebody else has released meanwhile. */
	@PostMapping("/files/{name}/rebase")
	String rebase(CurrentPerson person, @PathVariable long id, @PathVariable String name, @RequestParam long version) {
		this.rights.write(person, id);
		this.drafts.rebase(id, name, version);
		return "redirect:/studio/drafts/" + id + "/submit";
	}

	// --- what is said ---

	@GetMapping("/comments")
	String comments(CurrentPerson person, @PathVariable long id, Model model) {
		Draft draft = this.rights.read(person, id);
		List<String> parts = new ArrayList<>(List.of(""));
		this.desk.head(draft, person, model).forEach((file) -> parts.add(file.name()));
		model.addAttribute("parts", parts);
		return "studio/comments";
	}

	@PostMapping("/comments")
	String comment(CurrentPerson person, @PathVariable long id, @RequestParam(required = false) String file,
			@RequestParam(required = false) String element, @RequestParam String text) {
		this.rights.comment(person, id);
		this.comments.add(id, file, element, text, person.login());
		return "redirect:/studio/drafts/" + id + "/comments";
	}

	@PostMapping("/comments/{comment}/resolve")
	String resolve(CurrentPerson person, @PathVariable long id, @PathVariable long comment) {
		this.rights.comment(person, id);
		this.comments.resolve(id, comment, person.login());
		return "redirect:/studio/drafts/" + id + "/comments";
	}

}
