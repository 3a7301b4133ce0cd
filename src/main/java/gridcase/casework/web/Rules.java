package gridcase.casework.web;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import gridcase.policy.Decisions;
import gridcase.policy.TableView;

import org.springframework.stereotype.Component;

/** Names the rule behind a decision, e.g. 办理时限 v7 · 第 5 行. */
@Component
class Rules {

	private final Decisions decisions;

	private final Names names;

	Rules(Decisions decisions, Names names) {
		this.decisions = decisions;
		this.names = names;
	}

	/**
	 * A rule as a page shows it.
	 *
	 * @param text what stands on the chip
	 * @param table key of the table
	 * @param rule id of the rule
	 * @param reason why the rule is there, or an empty text
	 */
	record Chip(String text, String table, String rule, String reason) {

	}

	/** From a deadline's rule: table, version and rule, separated by spaces. */
	Chip of(String place, String rule, Instant at) {
		String[] parts = rule.split(" ");
		if (parts.length < 3) {
			String name = this.decisions.table(parts[0], place, at).map(TableView::name).orElse(rule);
			return new Chip(name, parts[0], null, "");
		}
		return of(place, parts[0], parts[1].replace("v", ""), List.of(parts[2]), at);
	}

	Chip of(String place, String table, String version, List<String> rules, Instant at) {
		Optional<TableView> view = this.decisions.table(table, place, at);
		String name = view.map(TableView::name).orElse(table);
		String rule = rules.isEmpty() ? null : rules.get(0);
		Optional<Integer> line = view.filter((known) -> Integer.toString(known.version()).equals(version))
			.flatMap((known) -> line(known, rule));
		String text = line.map((number) -> this.names.text("casework.rule.line", name, version, number))
			.orElseGet(() -> this.names.text("casework.rule", name, version));
		String reason = line.map((number) -> view.get().rows().get(number - 1).reason()).orElse("");
		return new Chip(text, table, rule, reason);
	}

	private static Optional<Integer> line(TableView table, String rule) {
		for (int row = 0; row < table.rows().size(); row++) {
			if (table.rows().get(row).id().equals(rule)) {
				return Optional.of(row + 1);
			}
		}
		return Optional.empty();
	}

}
