package gridcase.casework.web;

import gridcase.casework.OperatorAlerts;
import gridcase.casework.process.Incidents;
import gridcase.notice.Deliveries;
import gridcase.security.CurrentPerson;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Cases that cannot go on, and what an operator must know. */
@Controller
@RequestMapping("/operator")
class OperatorController {

	private final Incidents incidents;

	private final OperatorAlerts alerts;

	private final Deliveries deliveries;

	private final Names names;

	OperatorController(Incidents incidents, OperatorAlerts alerts, Deliveries deliveries, Names names) {
		this.incidents = incidents;
		this.alerts = alerts;
		this.deliveries = deliveries;
		this.names = names;
	}

	@GetMapping
	String show(CurrentPerson person, Model model) {
		model.addAttribute("incidents",
				this.incidents.open().stream().filter((incident) -> person.belongsTo(incident.place())).toList());
		model.addAttribute("alerts", this.alerts.open(person.place()));
		model.addAttribute("channels", this.deliveries.channels(person.place()));
		model.addAttribute("names", this.names);
		model.addAttribute("operator", this);
		return "operator/page";
	}

	/** What people need of an incident's message: not the name of a Java class. */
	public String reason(String message) {
		return (message != null) ? message.replaceFirst("^(?:[a-z]\\w*\\.)+[A-Z]\\w*: ", "") : "";
	}

	@PostMapping("/incidents/{id}/retry")
	String retryCase(CurrentPerson person, @PathVariable String id, RedirectAttributes redirect) {
		this.incidents.retry(id, person.place())
			.ifPresentOrElse(
					(reason) -> redirect.addFlashAttribute("failed",
							this.names.text("casework.operator.failed", reason(reason))),
					() -> redirect.addFlashAttribute("flash", this.names.text("casework.operator.resolved")));
		return "redirect:/operator";
	}

	@PostMapping("/channels/{channel}/retry")
	String retry(CurrentPerson person, @PathVariable String channel, RedirectAttributes redirect) {
		int retried = this.deliveries.retry(channel, person.place());
		redirect.addFlashAttribute("flash", this.names.text("casework.operator.resent", retried));
		return "redirect:/operator";
	}

	@PostMapping("/alerts/{id}/seen")
	String seen(CurrentPerson person, @PathVariable long id, RedirectAttributes redirect) {
		this.alerts.seen(id, person.place(), person.login());
		redirect.addFlashAttribute("flash", this.names.text("casework.operator.seen"));
		return "redirect:/operator";
	}

}
