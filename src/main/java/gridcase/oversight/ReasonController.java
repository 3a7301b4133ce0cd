package gridcase.oversight;

import java.util.List;

import gridcase.oversight.CaseSight.Verdict;
import gridcase.security.CurrentPerson;
import gridcase.shared.FieldProblem;
import gridcase.shared.Refusal;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Asks why somebody reads what is shown for a reason only, and leads back to it. */
@Controller
class ReasonController {

	private static final String ADDRESS = "/oversight/reason";

	private final CaseSight sights;

	private final Reasons reasons;

	ReasonController(CaseSight sights, Reasons reasons) {
		this.sights = sights;
		this.reasons = reasons;
	}

	@GetMapping(ADDRESS)
	String show(CurrentPerson person, @RequestParam(defaultValue = "") String about,
			@RequestParam(defaultValue = "") String subject, @RequestParam(defaultValue = "") String to, Model model) {
		return page(person, about, subject, to, "", List.of(), model);
	}

	@PostMapping(ADDRESS)
	String say(CurrentPerson person, @RequestParam(defaultValue = "") String about,
			@RequestParam(defaultValue = "") String subject, @RequestParam(defaultValue = "") String to,
			@RequestParam(defaultValue = "") String reason, HttpSession session, Model model,
			HttpServletResponse response) {
		try {
			this.reasons.keep(session, Watch.key(about, subject), reason);
			return "redirect:" + inside(to);
		}
		catch (Refusal refusal) {
			response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
			return page(person, about, subject, to, reason, refusal.fields(), model);
		}
	}

	private String page(CurrentPerson person, String about, String subject, String to, String reason,
			List<FieldProblem> problems, Model model) {
		Verdict verdict = this.sights.of(person, List.of("NONE"), about);
		model.addAttribute("about", about);
		model.addAttribute("subject", subject);
		model.addAttribute("to", inside(to));
		model.addAttribute("reason", reason);
		model.addAttribute("why", verdict.why());
		model.addAttribute("minutes", verdict.minutes());
		model.addAttribute("problems", problems);
		model.addAttribute("least", Reasons.LEAST);
		model.addAttribute("most", Reasons.MOST);
		return "oversight/reason";
	}

	/** An address of the platform itself, never one of elsewhere. */
	private static String inside(String to) {
		boolean here = to.startsWith("/") && !to.startsWith("//") && !to.startsWith("/\\") && to.indexOf(':') < 0
				&& to.chars().noneMatch(Character::isISOControl);
		return here ? to : "/";
	}

}
