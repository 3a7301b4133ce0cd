package gridcase.evaluation;

import java.time.LocalDate;
import java.util.List;

import gridcase.clock.PlatformClock;
import gridcase.registry.Place;
import gridcase.registry.Places;
import gridcase.registry.StaffDirectory;
import gridcase.security.CurrentPerson;
import gridcase.shared.Refusal;

import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Figures of a place as a page. */
@Controller
class ReportsController {

	private final Reports reports;

	private final Places places;

	private final StaffDirectory staff;

	private final PlatformClock clock;

	private final MessageSource messages;

	ReportsController(Reports reports, Places places, StaffDirectory staff, PlatformClock clock,
			MessageSource messages) {
		this.reports = reports;
		this.places = places;
		this.staff = staff;
		this.clock = clock;
		this.messages = messages;
	}

	@GetMapping("/reports")
	String show(CurrentPerson person, @RequestParam(required = false) String place,
			@RequestParam(required = false) LocalDate from, @RequestParam(required = false) LocalDate to, Model model) {
		List<Place> seen = this.places.all(this.clock.now())
			.stream()
			.filter((each) -> person.belongsTo(each.code()))
			.toList();
		Place shown = seen.stream()
			.filter((each) -> place == null || place.isEmpty() || each.code().equals(place))
			.findFirst()
			.orElseThrow(() -> Refusal
				.forbidden(this.messages.getMessage("evaluation.other-place", null, LocaleContextHolder.getLocale())));
		Period period = new Period(from, to);
		model.addAttribute("places", seen);
		model.addAttribute("place", shown);
		model.addAttribute("from", from);
		model.addAttribute("to", to);
		model.addAttribute("loops", this.reports.loops(shown.code(), period));
		model.addAttribute("rate", this.reports.selfHandling(shown.code(), period));
		model.addAttribute("categories", this.reports.categories(shown.code(), period));
		model.addAttribute("units", this.reports.units(shown.code(), period));
		model.addAttribute("valid", this.reports.validReports(shown.code(), period));
		model.addAttribute("staff", this);
		return "evaluation/reports";
	}

	/** Name of a person, for the list of open cases. */
	public String name(String login) {
		return (login != null) ? this.staff.find(login, this.clock.now()).map((person) -> person.name()).orElse(login)
				: "";
	}

}
