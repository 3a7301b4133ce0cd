package gridcase.policy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import gridcase.policy.DecisionFailed.Reason;
import gridcase.policy.Feel.Formula;
import org.flowable.dmn.model.DecisionTable;
import org.flowable.dmn.model.HitPolicy;

/**
 * A decision table whose cells are compiled. It answers by itself and needs no engine
 * around it; the engine keeps it in memory under the exact version.
 */
final class FeelTable extends DecisionTable {

	private final List<Input> inputColumns;

	private final List<Output> outputColumns;

	private final List<Rule> compiledRules;

	private final Map<String, String> typeOfName;

	private final TableView view;

	FeelTable(DecisionTable parsed, List<Input> inputs, List<Output> outputs, List<Rule> rules, Set<String> names,
			TableView view) {
		setId(parsed.getId());
		setHitPolicy(parsed.getHitPolicy());
		setAggregation(parsed.getAggregation());
		parsed.getInputs().forEach(this::addInput);
		parsed.getOutputs().forEach(this::addOutput);
		parsed.getRules().forEach(this::addRule);
		this.inputColumns = List.copyOf(inputs);
		this.outputColumns = List.copyOf(outputs);
		this.compiledRules = List.copyOf(rules);
		this.typeOfName = new LinkedHashMap<>();
		names.forEach((name) -> this.typeOfName.put(name, typeOf(name)));
		this.view = view;
	}

	private String typeOf(String name) {
		return this.inputColumns.stream()
			.filter((column) -> name.equals(column.variable()))
			.findFirst()
			.map(Input::type)
			.orElse("Any");
	}

	/** The variables the table reads. */
	Set<String> names() {
		return this.typeOfName.keySet();
	}

	/** The table as people read it, not knowing its place and version. */
	TableView view() {
		return this.view;
	}

	/** Whether the answer is a list. */
	boolean several() {
		return switch (getHitPolicy()) {
			case COLLECT, RULE_ORDER, OUTPUT_ORDER -> true;
			default -> false;
		};
	}

	/**
	 * Answers.
	 * @param given value of each declared name, null if unknown
	 * @return the rules that fired and what they say; none if the shared table is to be
	 * asked
	 * @throws TableFault if there is no answer
	 */
	Verdict answer(Map<String, Object> given) {
		Map<String, Object> variables = typed(given);
		Object[] values = inputValues(variables);
		List<Rule> fired = new ArrayList<>();
		for (Rule rule : this.compiledRules) {
			if (fires(rule, values, variables)) {
				fired.add(rule);
				if (getHitPolicy() == HitPolicy.FIRST) {
					break;
				}
			}
		}
		return verdict(fired, variables);
	}

	private boolean fires(Rule rule, Object[] values, Map<String, Object> variables) {
		for (int column = 0; column < values.length; column++) {
			if (!passes(rule, column, values[column], variables)) {
				return false;
			}
		}
		return true;
	}

	private boolean passes(Rule rule, int column, Object value, Map<String, Object> variables) {
		try {
			return rule.tests()[column].matches(value, variables);
		}
		catch (FeelFault ex) {
			throw new TableFault(Reason.CELL, "decision.cell", rule.id(), this.inputColumns.get(column).label(),
					rule.cellIds().get(column), ex.getMessage());
		}
	}

	private Map<String, Object> typed(Map<String, Object> given) {
		Map<String, Object> typed = new LinkedHashMap<>();
		this.typeOfName.forEach((name, type) -> {
			try {
				typed.put(name, FeelValues.typed(given.get(name), type));
			}
			catch (FeelFault ex) {
				throw new TableFault(Reason.INPUT, "decision.input", name, ex.getMessage());
			}
		});
		return typed;
	}

	private Object[] inputValues(Map<String, Object> variables) {
		Object[] values = new Object[this.inputColumns.size()];
		for (int i = 0; i < values.length; i++) {
			Input column = this.inputColumns.get(i);
			try {
				values[i] = (column.variable() != null) ? variables.get(column.variable())
						: FeelValues.typed(column.formula().value(variables), column.type());
			}
			catch (FeelFault ex) {
				throw new TableFault(Reason.CELL, "decision.input", column.label(), ex.getMessage());
			}
		}
		return values;
	}

	private Verdict verdict(List<Rule> fired, Map<String, Object> variables) {
		if (fired.isEmpty()) {
			if (this.view.elseShared()) {
				return new Verdict(List.of(), List.of());
			}
			if (getHitPolicy() != HitPolicy.COLLECT) {
				throw new TableFault(Reason.NO_MATCH, "decision.noMatch");
			}
			return new Verdict(List.of(), aggregated(List.of()));
		}
		if (getHitPolicy() == HitPolicy.UNIQUE && fired.size() > 1) {
			throw new TableFault(Reason.OVERLAP, "decision.overlap", ids(fired));
		}
		List<Map<String, Object>> rows = new ArrayList<>();
		fired.forEach((rule) -> rows.add(outputs(rule, variables)));
		return switch (getHitPolicy()) {
			case ANY -> {
				if (rows.stream().anyMatch((row) -> !sameAnswer(row, rows.get(0)))) {
					throw new TableFault(Reason.OVERLAP, "decision.different", ids(fired));
				}
				yield new Verdict(fired, rows.subList(0, 1));
			}
			case PRIORITY -> {
				int best = byPriority(rows).get(0);
				yield new Verdict(List.of(fired.get(best)), List.of(rows.get(best)));
			}
			case OUTPUT_ORDER -> {
				List<Integer> order = byPriority(rows);
				yield new Verdict(order.stream().map(fired::get).toList(), order.stream().map(rows::get).toList());
			}
			case COLLECT -> new Verdict(fired, aggregated(rows));
			default -> new Verdict(fired, rows);
		};
	}

	private static String ids(Collection<Rule> rules) {
		return rules.stream().map(Rule::id).collect(Collectors.joining(", "));
	}

	private Map<String, Object> outputs(Rule rule, Map<String, Object> variables) {
		Map<String, Object> outputs = new LinkedHashMap<>();
		for (int i = 0; i < rule.formulas().size(); i++) {
			Output column = this.outputColumns.get(i);
			Formula formula = rule.formulas().get(i);
			try {
				outputs.put(column.name(),
						(formula != null) ? FeelValues.typed(formula.value(variables), column.type()) : null);
			}
			catch (FeelFault ex) {
				throw new TableFault(Reason.CELL, "decision.cell", rule.id(), column.label(),
						rule.cellIds().get(this.inputColumns.size() + i), ex.getMessage());
			}
		}
		return outputs;
	}

	/** Positions of the rows, best first, by the order of the columns' output values. */
	private List<Integer> byPriority(List<Map<String, Object>> rows) {
		Comparator<Integer> order = (left, right) -> 0;
		for (Output column : this.outputColumns) {
			order = order.thenComparing((position) -> priority(column, rows.get(position).get(column.name())));
		}
		List<Integer> positions = new ArrayList<>();
		for (int i = 0; i < rows.size(); i++) {
			positions.add(i);
		}
		positions.sort(order);
		return positions;
	}

	private static boolean sameAnswer(Map<String, Object> left, Map<String, Object> right) {
		return left.keySet().stream().allMatch((name) -> FeelValues.same(left.get(name), right.get(name)));
	}

	private static int priority(Output column, Object value) {
		for (int i = 0; i < column.values().size(); i++) {
			if (FeelValues.same(column.values().get(i), value)) {
				return i;
			}
		}
		throw new TableFault(Reason.CELL, "decision.notListed", column.label(), FeelValues.shown(value));
	}

	private List<Map<String, Object>> aggregated(List<Map<String, Object>> rows) {
		if (getAggregation() == null) {
			return rows;
		}
		String name = this.outputColumns.get(0).name();
		List<BigDecimal> numbers = rows.stream().map((row) -> (BigDecimal) row.get(name)).toList();
		return switch (getAggregation()) {
			case COUNT -> List.of(Map.of(name, BigDecimal.valueOf(numbers.size())));
			case SUM -> one(name, numbers.stream().reduce(BigDecimal::add));
			case MIN -> one(name, numbers.stream().min(Comparator.naturalOrder()));
			case MAX -> one(name, numbers.stream().max(Comparator.naturalOrder()));
		};
	}

	private static List<Map<String, Object>> one(String name, java.util.Optional<BigDecimal> value) {
		return value.map((number) -> List.of(Map.<String, Object>of(name, number))).orElse(List.of());
	}

	/**
	 * Which cells were true, rule by rule, evaluated in full.
	 * @param given value of each declared name
	 */
	List<RuleTrace> trace(Map<String, Object> given) {
		Map<String, Object> variables = typed(given);
		Object[] values = inputValues(variables);
		List<RuleTrace> traces = new ArrayList<>();
		for (Rule rule : this.compiledRules) {
			List<Boolean> cells = new ArrayList<>();
			for (int column = 0; column < values.length; column++) {
				cells.add(passes(rule, column, values[column], variables));
			}
			traces.add(new RuleTrace(rule.id(), cells, !cells.contains(false)));
		}
		return traces;
	}

	/** An input column; the variable is null if the input is more than a name. */
	record Input(String label, String variable, Formula formula, String type) {
	}

	/** An output column; the values are empty unless the hit policy orders by them. */
	record Output(String label, String name, String type, List<Object> values) {
	}

	/** A rule; an empty output cell has no formula. */
	record Rule(String id, String reason, UnaryTest[] tests, List<Formula> formulas, List<String> cellIds) {
	}

	/** What the table says. */
	record Verdict(List<Rule> fired, List<Map<String, Object>> rows) {

		List<String> rules() {
			return this.fired.stream().map(Rule::id).toList();
		}

		List<String> reasons() {
			return this.fired.stream().map(Rule::reason).toList();
		}

	}

}
