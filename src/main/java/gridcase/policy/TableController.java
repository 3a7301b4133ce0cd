package gridcase.policy;

import java.time.Clock;
import java.util.List;

import gridcase.shared.Refusal;
import gridcase.shared.Texts;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The decision tables over REST. */
@RestController
@RequestMapping("/api/v1/tables")
class TableController {

	private final Decisions decisions;

	private final Clock clock;

	TableController(Decisions decisions, Clock clock) {
		this.decisions = decisions;
		this.clock = clock;
	}

	@GetMapping
	List<TableInfo> tables(@RequestParam(required = false) String place) {
		return this.decisions.tables(place, this.clock.instant());
	}

	@GetMapping("/{key}")
	TableView table(@PathVariable String key, @RequestParam(required = false) String place) {
		return this.decisions.table(key, place, this.clock.instant())
			.orElseThrow(() -> Refusal.notFound(Texts.of("policy", "table.none", key)));
	}

}
