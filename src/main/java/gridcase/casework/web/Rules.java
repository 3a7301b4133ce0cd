package gridcase.casework.web;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import gridcase.casework.RuleWords;
import gridcase.policy.Decisions;
import gridcase.policy.TableView;
import gridcase.shared.RuleCited;

import org.springframework.stereotype.Component;

/** Names the rule behind a decision, e.g. 办理时限 v7 · 第 5 行. */
@Component
class Rules {

	private final Decisions decisions;

	private final RuleWords words;

	private final Names names;

	Rules(Decisions decisions, RuleWords words, Names names) {
		this.decisions = decisions;
		this.words = words;
		this.names = names;
	}

	/**
	 * A rule as a page shows it.
	 *
	 * @param text what stands on the chip
	 * @param table key of the table
	 * @param version version of the table, or null
	 * @param rule id of the rule, or null
	 * @param reason why the rule is there, or an empty text
	 * @param words the row as a sentence, or an empty text
	 */
	record Chip(String text, String table, String version, String rule, String reason, String words) {

	}

	/** From a deadline's rule: table, version and rule, separated by spaces. */
	Chip of(String place, String rule, Instant at) {
		String[] parts = rule.split(" ");
		if (parts.length < 3) {
			String name = this.decisions.table(parts[0], place, at).map(TableView::name).orElse(rule);
			return new Chip(name, parts[0], null, null, "", "");
		}
		return of(place, parts[0], parts[1].replace("v", ""), List.of(parts[2]), at);
	}

	Chip of(String place, String table, String version, List<String> rules, Instant at) {
		String rule = rules.isEmpty() ? null : rules.get(0);
		Optional<TableView> view = asItWas(place, table, version, rule);
		if (view.isEmpty()) {
			String name = this.decisions.table(table, place, at).map(TableView::name).orElse(table);
			return new Chip(this.names.text("casework.rule", name, version), table, version, rule, "", "");
		}
		return of(view.get(), place, rule);
	}

	/** From a row that was cited. */
	Chip of(RuleCited rule) {
		return new Chip(
				this.names.text("casework.rule.line", rule.name(), Integer.toString(rule.version()),
						Integer.toString(rule.row())),
				rule.table(), Integer.toString(rule.version()), rule.id(), "", rule.words());
	}

	/** A rule of exactly this table. */
	Chip of(TableView table, String place, String rule) {
		String version = Integer.toString(table.version());
		return this.words.row(table, place, rule)
			.map((row) -> new Chip(
					this.names.text("casework.rule.line", table.name(), version, Integer.toString(row.row())),
					table.key(), version, rule, row.reason(), row.sentence()))
			.orElseGet(() -> new Chip(this.names.text("casework.rule", table.name(), version), table.key(), version,
					rule, "", ""));
	}

	/**
	 * That version of the place's own table if it has the rule, else of the shared one.
	 */
	private Optional<TableView> asItWas(String place, String table, String version, String rule) {
		if (version == null || !version.matches("\\d{1,9}")) {
			return Optional.empty();
		}
		return Stream.of(Optional.of(place), Optional.<String>empty())
			.flatMap((owner) -> this.decisions.table(table, owner.orElse(null), Integer.parseInt(version)).stream())
			.filter((view) -> rule == null || view.rows().stream().anyMatch((row) -> row.id().equals(rule)))
			.findFirst();
	}

}
