package gridcase.studio;

import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import gridcase.policy.Decisions;
import gridcase.policy.TableView;
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

	private final RuleDomains domains;

	TablePages(Decisions decisions, Clock clock, MessageSource messages, RuleDomains domains) {
		this.domains = domains;
		this.decisions = decisions;
		this.clock = clock;
		this.messages = messages;
	}

	/** The table in force, or the version that a case was decided by. */
	@GetMapping("/{key}")
	String show(@PathVariable String key, @RequestParam(required = false) String place,
			@RequestParam(required = false) Integer version, @RequestParam(required = false) String rule, Model model) {
		String owner = (place == null || place.isBlank()) ? null : place;
		Optional<TableView> inForce = this.decisions.table(key, owner, this.clock.instant());
		TableView table = asked(key, owner, version, rule).or(() -> inForce)
			.orElseThrow(() -> Refusal.notFound(this.messages.getMessage("web.table.missing", new Object[] { key },
					LocaleContextHolder.getLocale())));
		model.addAttribute("table", ReadTable.of(table, this.domains.of(owner), null));
		model.addAttribute("inForce",
				inForce.filter((now) -> now.version() != table.version() || !Objects.equals(now.place(), table.place()))
					.orElse(null));
		model.addAttribute("tables", this.decisions.tables(owner, this.clock.instant()));
		model.addAttribute("place", owner);
		model.addAttribute("rule", rule);
		return "studio/table-in-force";
	}

	/**
	 * That version of the place's own table if it has the rule, else of the shared one.
	 */
	private Optional<TableView> asked(String key, String owner, Integer version, String rule) {
		return (version == null) ? Optional.empty()
				: Stream.of(Optional.ofNullable(owner), Optional.<String>empty())
					.flatMap((whose) -> this.decisions.table(key, whose.orElse(null), version).stream())
					.filter((table) -> rule == null || table.rows().stream().anyMatch((row) -> row.id().equals(rule)))
					.findFirst();
	}

}
