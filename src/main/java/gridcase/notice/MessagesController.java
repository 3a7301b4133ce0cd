package gridcase.notice;

import gridcase.security.CurrentPerson;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The page of a person's messages. */
@Controller
@RequestMapping("/messages")
class MessagesController {

	private static final int SIZE = 30;

	private final Messages messages;

	MessagesController(Messages messages) {
		this.messages = messages;
	}

	@GetMapping
	String show(CurrentPerson person, @RequestParam(required = false) Long before,
			@RequestHeader(name = "HX-Request", required = false) String part, Model model) {
		Messages.Page page = this.messages.page(person, before, SIZE);
		model.addAttribute("rows", page.rows());
		model.addAttribute("next", page.next());
		model.addAttribute("before", before);
		return (part != null) ? "notice/messages :: rows" : "notice/messages";
	}

	/** Reads a message and goes to the page it tells of. */
	@PostMapping("/{id}/open")
	String open(CurrentPerson person, @PathVariable long id) {
		return "redirect:" + this.messages.read(person.login(), id).page();
	}

	@PostMapping("/{id}/read")
	String read(CurrentPerson person, @PathVariable long id) {
		this.messages.read(person.login(), id);
		return "redirect:/messages";
	}

	@PostMapping("/read")
	String readAll(CurrentPerson person) {
		this.messages.readAll(person.login());
		return "redirect:/messages";
	}

}
