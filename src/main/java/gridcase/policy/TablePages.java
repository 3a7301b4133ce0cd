package gridcase.policy;

import java.time.Clock;

import gridcase.shared.Refusal;

import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Tables in force, to be read; a rule chip anywhere leads to its row here. */
@Controller
@RequestMapping("/tables")
class TablePages {

	private final Decisions decisions;

	private final Clock clock;

	private final MessageSource messages;

	TablePages(Decisions decisions, Clock clock, MessageSource messages) {
		this.decisions = decisions;
		this.clock = clock;
		this.messages = messages;
	}

	@GetMapping("/{key}")
	String show(@PathVariable String key, @RequestParam(required = false) String place, Model model) {
		String owner = (place == null || place.isBlank()) ? null : place;
		model.addAttribute("table",
				this.decisions.table(key, owner, this.clock.instant())
					.orElseThrow(() -> Refusal.notFound(this.messages.getMessage("web.table.missing",
							new Object[] { key }, LocaleContextHolder.getLocale()))));
		model.addAttribute("tables", this.decisions.tables(owner, this.clock.instant()));
		model.addAttribute("place", owner);
		return "policy/table";
	}

}
