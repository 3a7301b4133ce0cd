package gridcase.intake.web;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import gridcase.casework.TaskForms;
import gridcase.form.FormView;
import gridcase.form.Forms;
import gridcase.security.CurrentPerson;
import gridcase.shared.FieldProblem;
import gridcase.shared.Refusal;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Reporting by people of the platform. */
@Controller
@RequestMapping("/report")
class ReportController {

	private final TaskForms forms;

	private final Reporting reporting;

	ReportController(TaskForms forms, Reporting reporting) {
		this.forms = forms;
		this.reporting = reporting;
	}

	@GetMapping
	String empty(CurrentPerson person, Model model) {
		return page(person, Reporting.channelOf(person), UUID.randomUUID().toString(), Map.of(), List.of(), model);
	}

	@PostMapping("/fields")
	String fields(CurrentPerson person, @RequestParam MultiValueMap<String, String> input, Model model) {
		FormView form = this.forms.report(this.reporting.place(person),
				Forms.changeRows(Reporting.values(input), input.getFirst("_more"), input.getFirst("_less")), List.of());
		model.addAttribute("form", form);
		return "form/fields :: fields(form=${form},refresh='/report/fields')";
	}

	@PostMapping
	String send(CurrentPerson person, @RequestParam String channel, @RequestParam String key,
			@RequestParam MultiValueMap<String, String> input, Model model, HttpServletResponse response,
			RedirectAttributes redirect) {
		Map<String, Object> values = Reporting.values(input);
		try {
			String caseNo = this.reporting.send(person, channel, key, values);
			redirect.addFlashAttribute("flash", this.reporting.text("intake.reported", caseNo));
			redirect.addFlashAttribute("kept", "report");
			return "redirect:/cases/" + caseNo;
		}
		catch (Refusal refusal) {
			if (refusal.kind() != Refusal.Kind.INVALID) {
				throw refusal;
			}
			response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
			return page(person, channel, key, values, refusal.fields(), model);
		}
	}

	private String page(CurrentPerson person, String channel, String key, Map<String, ?> values,
			List<FieldProblem> problems, Model model) {
		model.addAttribute("form", this.forms.report(this.reporting.place(person), values, problems));
		model.addAttribute("channel", channel);
		model.addAttribute("channels", Reporting.CHANNELS);
		model.addAttribute("key", key);
		return "intake/report";
	}

}
