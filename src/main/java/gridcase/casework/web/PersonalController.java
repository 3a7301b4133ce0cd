package gridcase.casework.web;

import java.util.List;

import gridcase.casework.CaseFile;
import gridcase.casework.PersonalSight;
import gridcase.security.CurrentPerson;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;

/** Shows one of a case's personal data to whoever says why. */
@Controller
class PersonalController {

	private final CasePages pages;

	private final PersonalSight sight;

	PersonalController(CasePages pages, PersonalSight sight) {
		this.pages = pages;
		this.sight = sight;
	}

	@PostMapping("/cases/{caseNo}/personal-data/{field}")
	String unmask(CurrentPerson person, @PathVariable String caseNo, @PathVariable String field,
			@RequestParam(defaultValue = "") String reason,
			@RequestHeader(name = "HX-Request", required = false) String part, Model model,
			HttpServletResponse response) {
		CaseFile file = this.pages.file(caseNo, person);
		PersonalSight.Line line = this.sight.unmask(file, person, field, reason);
		response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
		model.addAttribute("file", file);
		model.addAttribute("personal", List.of(line));
		return (part != null) ? "casework/personal :: value(line=${personal[0]})" : "casework/personal";
	}

}
