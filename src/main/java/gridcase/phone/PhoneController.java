package gridcase.phone;

import java.util.Map;

import gridcase.security.CurrentPerson;

import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/** The person's own page, and what the scripts of the phone pages ask for. */
@Controller
class PhoneController {

	private final LargeType largeType;

	private final Shell shell;

	PhoneController(LargeType largeType, Shell shell) {
		this.largeType = largeType;
		this.shell = shell;
	}

	@GetMapping("/m/me")
	String me(CurrentPerson person, Model model) {
		model.addAttribute("me", person);
		return "phone/me";
	}

	@PostMapping("/m/type")
	String type(CurrentPerson person, @RequestParam boolean large) {
		this.largeType.set(person.login(), large);
		return "redirect:/m/me";
	}

	/**
	 * Who is signed in, with a token for what is sent next: a page that lay in the
	 * phone's store has an old one.
	 */
	@GetMapping("/m/token")
	@ResponseBody
	Map<String, String> token(CurrentPerson person, CsrfToken token) {
		return Map.of("login", person.login(), "header", token.getHeaderName(), "token", token.getToken());
	}

	/**
	 * The service worker. It changes with every file it keeps, so that a phone fetches
	 * the new ones. It may see every request, since signing out anywhere ends what it
	 * keeps.
	 */
	@GetMapping("/app/phone-sw.js")
	ResponseEntity<String> worker() {
		return ResponseEntity.ok()
			.contentType(MediaType.valueOf("text/javascript;charset=UTF-8"))
			.cacheControl(CacheControl.noCache())
			.header("Service-Worker-Allowed", this.shell.root())
			.body(this.shell.worker());
	}

}
