package gridcase.casework;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import gridcase.clock.PlatformClock;
import gridcase.policy.DecisionRecord;
import gridcase.policy.Decisions;
import gridcase.policy.TableView;
import gridcase.registry.Catalogue;
import gridcase.registry.Tiers;
import gridcase.registry.Units;
import gridcase.shared.RuleCited;

import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/**
 * Says rows of decision tables as sentences: labels of the columns, values as people know
 * them. What kind of value a name holds is in the message bundle
 * ({@code casework.means.<name>}), so a new table needs no code here.
 */
@Component
public class RuleWords {

	private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"");

	private static final Pattern TEXTS = Pattern.compile("\"[^\"]*\"(\\s*,\\s*\"[^\"]*\")*");

	private static final Pattern NOT = Pattern.compile("not\\((.*)\\)");

	private static final Pattern COMPARED = Pattern.compile("(<=|>=|<|>)\\s*(-?[0-9.]+)");

	private static final Pattern RANGE = Pattern
		.compile("([\\[\\](])\\s*(-?[0-9.]+)\\s*\\.\\.\\s*(-?[0-9.]+)\\s*([\\[\\])])");

	private static final Pattern PLAIN = Pattern.compile("-?[0-9.]+|true|false");

	private static final String ANY = "-";

	private final Decisions decisions;

	private final Catalogue catalogue;

	private final Tiers tiers;

	private final Units units;

	private final PlatformClock clock;

	private final MessageSource messages;

	RuleWords(Decisions decisions, Catalogue catalogue, Tiers tiers, Units units, PlatformClock clock,
			MessageSource messages) {
		this.decisions = decisions;
		this.catalogue = catalogue;
		this.tiers = tiers;
		this.units = units;
		this.clock = clock;
		this.messages = messages;
	}

	/**
	 * A rule in words.
	 *
	 * @param row number of the row, from 1
	 * @param id id of the rule
	 * @param sentence 如果……，那么……
	 * @param reason why the rule is there, or an empty text
	 */
	public record Row(int row, String id, String sentence, String reason) {

	}

	/**
	 * A row of a table in words.
	 * @param table the table
	 * @param place place of the case, for names of categories and tiers
	 * @param rule id of the rule
	 * @return empty if the table has no such rule
	 */
	public Optional<Row> row(TableView table, String place, String rule) {
		for (int row = 0; row < table.rows().size(); row++) {
			if (table.rows().get(row).id().equals(rule)) {
				return Optional.of(row(table, place, row));
			}
		}
		return Optional.empty();
	}

	/** The same by the number of the row, from 0. */
	public Row row(TableView table, String place, int row) {
		TableView.Row cells = table.rows().get(row);
		List<String> conditions = new ArrayList<>();
		for (int column = 0; column < table.inputs().size(); column++) {
			TableView.Column input = table.inputs().get(column);
			condition(place, input, cells.inputs().get(column).strip()).ifPresent(conditions::add);
		}
		Map<String, Object> outputs = new LinkedHashMap<>();
		for (int column = 0; column < table.outputs().size(); column++) {
			outputs.put(table.outputs().get(column).name(), literal(cells.outputs().get(column).strip()));
		}
		String answer = answer(table, place, outputs);
		return new Row(row + 1, cells.id(),
				conditions.isEmpty() ? text("casework.words.otherwise", answer)
						: text("casework.words.if", String.join(text("casework.words.and"), conditions), answer),
				cells.reason());
	}

	/** Cites a row of a table. */
	public RuleCited cite(TableView table, String place, int row) {
		Row words = row(table, place, row);
		return new RuleCited(table.key(), table.name(), table.place(), table.version(), words.row(), words.id(),
				words.sentence());
	}

	/** Cites the first rule that fired in a decision, or null if none did. */
	public RuleCited cite(DecisionRecord decision, String place) {
		TableView table = this.decisions.table(decision);
		for (int row = 0; row < table.rows().size(); row++) {
			if (decision.rules().contains(table.rows().get(row).id())) {
				return cite(table, place, row);
			}
		}
		return null;
	}

	/**
	 * What a table said, in words: 时限 2 工作日，预警比例（%）80.
	 * @param table the table
	 * @param place place of the case
	 * @param outputs its outputs
	 */
	public String answer(TableView table, String place, Map<String, ?> outputs) {
		List<String> parts = new ArrayList<>();
		for (TableView.Column output : table.outputs()) {
			Object value = outputs.get(output.name());
			Optional<String> quantity = quantity(output.name(), value, outputs);
			if (isUnitOfQuantity(output.name(), outputs)) {
				continue;
			}
			String said = quantity.orElseGet(() -> value(place, output.name(), value));
			if (!said.isEmpty()) {
				parts.add(text("casework.words.output", output.label(), said));
			}
		}
		return parts.isEmpty() ? text("casework.words.nothing") : String.join(text("casework.words.and"), parts);
	}

	/**
	 * What a case had of what a rule asks, in words, by label of the column.
	 * @param table the table
	 * @param place place of the case
	 * @param rule id of the rule
	 * @param inputs inputs as they were
	 */
	public Map<String, String> asked(TableView table, String place, String rule, Map<String, Object> inputs) {
		Map<String, String> asked = new LinkedHashMap<>();
		table.rows().stream().filter((row) -> row.id().equals(rule)).forEach((row) -> {
			for (int column = 0; column < table.inputs().size(); column++) {
				TableView.Column input = table.inputs().get(column);
				if (!isAny(row.inputs().get(column).strip()) && inputs.containsKey(input.name())) {
					String said = value(place, input.name(), inputs.get(input.name()));
					asked.put(input.label(), said.isEmpty() ? text("casework.words.none") : said);
				}
			}
		});
		return asked;
	}

	/**
	 * A value as people know it: a code by its name, yes and no, a number as it is.
	 * @param place place of the case
	 * @param name name of the fact, input or output
	 * @param value the value, or null
	 * @return the words, an empty text for null
	 */
	public String value(String place, String name, Object value) {
		if (value == null || value.toString().isEmpty()) {
			return "";
		}
		if (value instanceof Boolean yes) {
			return text(yes ? "casework.yes" : "casework.no");
		}
		if (value instanceof Number number) {
			return new java.math.BigDecimal(number.toString()).stripTrailingZeros().toPlainString();
		}
		String kind = this.messages.getMessage("casework.means." + name, null, name, LocaleContextHolder.getLocale());
		return Arrays.stream(value.toString().split(","))
			.map((code) -> word(place, kind, code.strip()).orElse(code))
			.collect(Collectors.joining(text("casework.words.list")));
	}

	private Optional<String> word(String place, String kind, String code) {
		Instant now = this.clock.now();
		Optional<String> registered = switch (kind) {
			case "category" -> this.catalogue.find(place, code, now).map((category) -> category.name());
			case "class" -> this.catalogue.withInternal(place, now)
				.stream()
				.filter((category) -> category.classCode().equals(code))
				.findFirst()
				.map((category) -> category.className());
			case "tier" -> this.tiers.find(place, code, now).map((tier) -> tier.name());
			case "unit" -> this.units.find(code, now).map((unit) -> unit.name());
			case "table" -> this.decisions.table(code, place, now).map(TableView::name);
			default -> Optional.empty();
		};
		return registered.or(() -> Optional.ofNullable(this.messages.getMessage("casework." + kind + "." + code, null,
				null, LocaleContextHolder.getLocale())));
	}

	/** {@code limitValue} is said together with {@code limitUnit}: 2 工作日. */
	private Optional<String> quantity(String name, Object value, Map<String, ?> outputs) {
		if (!name.endsWith("Value") || value == null) {
			return Optional.empty();
		}
		String unit = Objects.toString(outputs.get(name.replaceAll("Value$", "Unit")), "");
		String number = value("", name, value);
		return unit.isEmpty() ? Optional.empty()
				: Optional.of(number.equals("0") ? "" : text("clock.limit." + unit, number));
	}

	private static boolean isUnitOfQuantity(String name, Map<String, ?> outputs) {
		return name.endsWith("Unit") && outputs.containsKey(name.replaceAll("Unit$", "Value"));
	}

	private Optional<String> condition(String place, TableView.Column input, String cell) {
		if (isAny(cell)) {
			return Optional.empty();
		}
		String label = input.label();
		Matcher not = NOT.matcher(cell);
		if (not.matches()) {
			String inner = not.group(1).strip();
			return Optional.of(inner.equals("null") ? text("casework.words.filled", label)
					: text("casework.words.not", label, alternatives(place, input.name(), inner)));
		}
		if (cell.equals("null") || cell.equals("\"\"")) {
			return Optional.of(text("casework.words.empty", label));
		}
		Matcher compared = COMPARED.matcher(cell);
		if (compared.matches()) {
			return Optional
				.of(text("casework.words.compared." + compared(compared.group(1)), label, compared.group(2)));
		}
		Matcher range = RANGE.matcher(cell);
		if (range.matches()) {
			return Optional.of(text("casework.words.range", label,
					text("casework.words.compared." + (range.group(1).equals("[") ? "ge" : "gt"), "", range.group(2)),
					text("casework.words.compared." + (range.group(4).equals("]") ? "le" : "lt"), "", range.group(3))));
		}
		if (TEXTS.matcher(cell).matches() || PLAIN.matcher(cell).matches()) {
			return Optional.of(text("casework.words.is", label, alternatives(place, input.name(), cell)));
		}
		return Optional.of(text("casework.words.fits", label, cell));
	}

	private static String compared(String operator) {
		return switch (operator) {
			case "<=" -> "le";
			case ">=" -> "ge";
			case "<" -> "lt";
			default -> "gt";
		};
	}

	/**
	 * Values of a cell. Codes the place does not know, such as another place's own
	 * categories, cannot occur in its cases and are left out where others are left.
	 */
	private String alternatives(String place, String name, String cell) {
		if (!cell.startsWith("\"")) {
			return value(place, name, literal(cell));
		}
		String kind = this.messages.getMessage("casework.means." + name, null, name, LocaleContextHolder.getLocale());
		List<String> codes = QUOTED.matcher(cell).results().map((found) -> found.group(1)).toList();
		List<String> known = codes.stream().flatMap((code) -> word(place, kind, code).stream()).distinct().toList();
		return String.join(text("casework.words.or"), known.isEmpty() ? codes : known);
	}

	/** The value of a cell that holds one, else the cell as written. */
	private static Object literal(String cell) {
		if (isAny(cell) || cell.equals("null")) {
			return null;
		}
		if (cell.equals("true") || cell.equals("false")) {
			return Boolean.valueOf(cell);
		}
		if (PLAIN.matcher(cell).matches()) {
			return new java.math.BigDecimal(cell);
		}
		Matcher quoted = QUOTED.matcher(cell);
		return quoted.matches() ? quoted.group(1) : cell;
	}

	private static boolean isAny(String cell) {
		return cell.isEmpty() || cell.equals(ANY);
	}

	private String text(String key, Object... arguments) {
		return this.messages.getMessage(key, arguments, LocaleContextHolder.getLocale());
	}

}
