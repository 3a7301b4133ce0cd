package gridcase.web;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import gridcase.clock.PlatformClock;
import gridcase.registry.Duties;
import gridcase.registry.Place;
import gridcase.registry.Places;
import gridcase.registry.Roles;
import gridcase.registry.Staff;
import gridcase.registry.StaffDirectory;
import gridcase.security.CurrentPerson;
import gridcase.security.OidcSignIn;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The way in, and where it leads. */
@Controller
class SignInController {

	private static final List<String> SHOWN = List.of(Roles.GRID_WORKER, Roles.GRID_HEAD, Roles.DISPATCHER,
			Roles.HANDLER, Roles.VERIFIER, Roles.ADMINISTRATOR);

	private final Places places;

	private final StaffDirectory staff;

	private final Duties duties;

	private final OidcSignIn oidc;

	private final PlatformClock clock;

	private final String demoPassword;

	SignInController(Places places, StaffDirectory staff, Duties duties, OidcSignIn oidc, PlatformClock clock,
			@Value("${gridcase.demo.enabled}") boolean demo, @Value("${gridcase.demo.password:}") String password) {
		this.places = places;
		this.staff = staff;
		this.duties = duties;
		this.oidc = oidc;
		this.clock = clock;
		this.demoPassword = demo ? password : null;
	}

	@GetMapping("/sign-in")
	String signIn(@RequestParam(required = false) String login, @RequestParam(required = false) Long until,
			Model model) {
		model.addAttribute("until", (until != null) ? Instant.ofEpochSecond(until) : null);
		model.addAttribute("providers", this.oidc.providers());
		model.addAttribute("login", login);
		if (this.demoPassword != null) {
			model.addAttribute("demoPassword", this.demoPassword);
			model.addAttribute("accounts", demoAccounts());
		}
		return "web/sign-in";
	}

	@GetMapping("/")
	String home(CurrentPerson person) {
		return (person.place() != null) ? "redirect:/inbox" : "redirect:/operator";
	}

	/** For each demo place one person for each role that has pages of its own. */
	private List<Map.Entry<String, String>> demoAccounts() {
		Instant now = this.clock.now();
		List<Map.Entry<String, String>> accounts = new ArrayList<>();
		for (Place place : this.places.all(now)) {
			List<Staff> people = this.staff.ofPlace(place.code(), now);
			for (String role : SHOWN) {
				people.stream()
					.filter((person) -> person.demo() && this.duties.rolesOf(person.login(), now).contains(role))
					.findFirst()
					.ifPresent(
							(person) -> accounts.add(Map.entry(place.name() + " · " + person.title(), person.login())));
			}
		}
		return accounts;
	}

}
