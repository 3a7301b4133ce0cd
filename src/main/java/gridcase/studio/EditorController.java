package gridcase.studio;

import gridcase.policy.RuleType;
import gridcase.security.ContentPolicy;
import gridcase.security.CurrentPerson;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Pages with the editor of a table or a diagram of a draft. Only these pages may write
 * styles into elements: their editors do.
 */
@Controller
@RequestMapping("/studio/drafts/{id}")
class EditorController {

	private final StudioRights rights;

	private final DraftDesk desk;

	private final DraftTables tables;

	EditorController(StudioRights rights, DraftDesk desk, DraftTables tables) {
		this.rights = rights;
		this.desk = desk;
		this.tables = tables;
	}

	@GetMapping("/tables/{key}/edit")
	String table(CurrentPerson person, @PathVariable long id, @PathVariable String key, Model model,
			HttpServletResponse response) {
		Draft draft = this.rights.read(person, id);
		fill(person, draft, RuleType.TABLE, key, model);
		if (!Boolean.TRUE.equals(model.getAttribute("mayWrite"))) {
			return "redirect:/studio/drafts/{id}/tables/{key}";
		}
		response.setHeader(ContentPolicy.HEADER, ContentPolicy.INLINE_STYLES);
		return "studio/table-edit";
	}

	@GetMapping("/diagrams/{key}")
	String diagram(CurrentPerson person, @PathVariable long id, @PathVariable String key,
			@RequestParam(required = false) String diff, Model model, HttpServletResponse response) {
		model.addAttribute("diff", diff != null);
		fill(person, this.rights.read(person, id), RuleType.DIAGRAM, key, model);
		if (Boolean.TRUE.equals(model.getAttribute("mayWrite"))) {
			response.setHeader(ContentPolicy.HEADER, ContentPolicy.INLINE_STYLES);
		}
		return "studio/diagram";
	}

	/** A form is edited elsewhere; here is what of it changed. */
	@GetMapping("/forms/{key}")
	String form(CurrentPerson person, @PathVariable long id, @PathVariable String key, Model model) {
		fill(person, this.rights.read(person, id), RuleType.FORM, key, model);
		model.addAttribute("diff", this.tables.form(person, id, key));
		return "studio/form";
	}

	private void fill(CurrentPerson person, Draft draft, RuleType type, String key, Model model) {
		String name = key + type.ending();
		DraftFile file = this.desk.head(draft, person, model)
			.stream()
			.filter((each) -> each.name().equals(name))
			.findFirst()
			.orElseThrow(() -> Refusal.notFound(Texts.of("studio", "studio.file.none", name)));
		model.addAttribute("file", file);
		model.addAttribute("key", key);
	}

}
