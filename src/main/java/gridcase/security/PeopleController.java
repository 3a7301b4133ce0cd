package gridcase.security;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import gridcase.clock.PlatformClock;
import gridcase.registry.Place;
import gridcase.registry.Places;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * People and rights for administrators, and everybody's own account. A token just made is
 * shown by the very answer to its making and kept nowhere, a session included.
 */
@Controller
class PeopleController {

	private static final int DAYS = 90;

	private final Rights rights;

	private final ApiTokens tokens;

	private final People people;

	private final Places places;

	private final PlatformClock clock;

	private final OwnPassword password;

	PeopleController(Rights rights, ApiTokens tokens, People people, OwnPassword password, Places places,
			PlatformClock clock) {
		this.password = password;
		this.rights = rights;
		this.tokens = tokens;
		this.people = people;
		this.places = places;
		this.clock = clock;
	}

	@GetMapping("/operator/people")
	String people(CurrentPerson me, @RequestParam(required = false) String place,
			@RequestParam(defaultValue = "") String text, Model model) {
		List<Place> mine = this.places.all(this.clock.now())
			.stream()
			.filter((each) -> me.belongsTo(each.code()))
			.toList();
		Place shown = mine.stream().filter((each) -> each.code().equals(place)).findFirst().orElse(null);
		if (shown == null) {
			shown = mine.isEmpty() ? null : mine.get(0);
		}
		List<Rights.Line> lines = (shown != null) ? this.rights.of(shown.code(), text) : List.of();
		model.addAttribute("places", mine);
		model.addAttribute("place", shown);
		model.addAttribute("text", text);
		model.addAttribute("more", lines.size() > Rights.MOST ? Rights.MOST : null);
		model.addAttribute("lines", lines.stream().limit(Rights.MOST).toList());
		return "security/people";
	}

	@GetMapping("/operator/people/{login}")
	String person(CurrentPerson me, @PathVariable String login, Model model) {
		return person(me, login, null, model);
	}

	private String person(CurrentPerson me, String login, ApiTokens.Fresh fresh, Model model) {
		model.addAttribute("person", this.rights.person(me, login));
		fill(login, fresh, "/operator/people/" + login, model);
		return "security/person";
	}

	private void fill(String login, ApiTokens.Fresh fresh, String base, Model model) {
		Instant now = this.clock.now();
		model.addAttribute("duties", this.rights.duties(login));
		model.addAttribute("tokens",
				this.tokens.of(login).stream().map((token) -> new TokenLine(token, state(token, now))).toList());
		model.addAttribute("choices", this.people.find(login).map(ApiTokens::choices).orElse(List.of()));
		model.addAttribute("days", DAYS);
		model.addAttribute("fresh", fresh);
		model.addAttribute("base", base);
	}

	private static String state(ApiToken token, Instant now) {
		return (token.revokedAt() != null) ? "dead" : ApiTokens.live(token, now) ? "live" : "expired";
	}

	@PostMapping("/operator/people/{login}/unlock")
	String unlock(CurrentPerson me, @PathVariable String login, RedirectAttributes redirect) {
		String name = this.rights.person(me, login).name();
		redirect.addFlashAttribute("flash", Texts.of("security",
				this.rights.unlock(me, login) ? "security.people.unlocked" : "security.people.notLocked", name));
		return "redirect:/operator/people/{login}";
	}

	@PostMapping("/operator/people/{login}/tokens")
	String create(CurrentPerson me, @PathVariable String login, @RequestParam(defaultValue = "") String name,
			@RequestParam(defaultValue = "0") int days, @RequestParam(required = false) Set<String> roles, Model model,
			HttpServletResponse response) {
		this.rights.person(me, login);
		return person(me, login, create(login, name, days, roles, model, response), model);
	}

	@PostMapping("/operator/people/{login}/tokens/{id}/revocation")
	String revoke(CurrentPerson me, @PathVariable String login, @PathVariable UUID id, RedirectAttributes redirect) {
		this.rights.person(me, login);
		this.tokens.revoke(login, id);
		redirect.addFlashAttribute("flash", Texts.of("security", "security.token.revoked"));
		return "redirect:/operator/people/{login}";
	}

	@GetMapping("/account")
	String account(CurrentPerson me, Model model) {
		return account(me, null, model);
	}

	private String account(CurrentPerson me, ApiTokens.Fresh fresh, Model model) {
		model.addAttribute("me", me);
		fill(me.login(), fresh, "/account", model);
		model.addAttribute("hasPassword", this.password.has(me.login()));
		model.addAttribute("least", OwnPassword.LEAST);
		return "security/account";
	}

	@PostMapping("/account/password")
	String change(CurrentPerson me, @RequestParam(defaultValue = "") String current,
			@RequestParam(defaultValue = "") String fresh, @RequestParam(defaultValue = "") String again, Model model,
			HttpServletResponse response, RedirectAttributes redirect) {
		try {
			if (!fresh.equals(again)) {
				throw Refusal.invalid(List.of(OwnPassword.problem("again", "differs")));
			}
			this.password.change(me.login(), current, fresh);
		}
		catch (Refusal refusal) {
			response.setStatus((refusal.kind() == Refusal.Kind.INVALID) ? HttpStatus.BAD_REQUEST.value()
					: HttpStatus.CONFLICT.value());
			model.addAttribute("refused", refusal);
			return account(me, null, model);
		}
		redirect.addFlashAttribute("flash", Texts.of("security", "security.password.changed"));
		return "redirect:/account";
	}

	@PostMapping("/account/tokens")
	String createOwn(CurrentPerson me, @RequestParam(defaultValue = "") String name,
			@RequestParam(defaultValue = "0") int days, @RequestParam(required = false) Set<String> roles, Model model,
			HttpServletResponse response) {
		return account(me, create(me.login(), name, days, roles, model, response), model);
	}

	@PostMapping("/account/tokens/{id}/revocation")
	String revokeOwn(CurrentPerson me, @PathVariable UUID id, RedirectAttributes redirect) {
		this.tokens.revoke(me.login(), id);
		redirect.addFlashAttribute("flash", Texts.of("security", "security.token.revoked"));
		return "redirect:/account";
	}

	/** The token, or null and what is to be mended. */
	private ApiTokens.Fresh create(String login, String name, int days, Set<String> roles, Model model,
			HttpServletResponse response) {
		response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
		CurrentPerson person = this.people.find(login)
			.orElseThrow(() -> Refusal.notFound(Texts.of("security", "security.people.unknown", login)));
		try {
			return this.tokens.create(person, name, days, (roles != null) ? roles : Set.of());
		}
		catch (Refusal refusal) {
			if (refusal.kind() != Refusal.Kind.INVALID) {
				throw refusal;
			}
			response.setStatus(HttpStatus.BAD_REQUEST.value());
			model.addAttribute("problems", refusal.fields());
			return null;
		}
	}

	/** A line of the list of tokens. */
	record TokenLine(ApiToken token, String state) {

	}

}
