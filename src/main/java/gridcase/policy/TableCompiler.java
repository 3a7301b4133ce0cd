package gridcase.policy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import gridcase.policy.Feel.Formula;
import gridcase.shared.Texts;
import org.flowable.dmn.model.BuiltinAggregator;
import org.flowable.dmn.model.Decision;
import org.flowable.dmn.model.DecisionRule;
import org.flowable.dmn.model.DecisionTable;
import org.flowable.dmn.model.HitPolicy;
import org.flowable.dmn.model.InputClause;
import org.flowable.dmn.model.OutputClause;
import org.flowable.dmn.model.RuleInputClauseContainer;
import org.flowable.dmn.model.RuleOutputClauseContainer;
import org.flowable.dmn.model.UnaryTests;

/**
 * Compiles one table: every cell is parsed, its names are checked, and it is tried on a
 * sample of its column's type. Whatever is wrong is collected, so that an author sees all
 * of it at once.
 */
final class TableCompiler {

	private final Feel feel;

	private final String file;

	private final Decision decision;

	private final DecisionTable table;

	private final TableScan scan;

	private final List<RuleProblem> problems;

	private final Set<String> names = new LinkedHashSet<>();

	/** Names a dry run has a sample for. */
	private final Map<String, Object> samples = new LinkedHashMap<>();

	TableCompiler(Feel feel, String file, Decision decision, DecisionTable table, TableScan scan,
			List<RuleProblem> problems) {
		this.feel = feel;
		this.file = file;
		this.decision = decision;
		this.table = table;
		this.scan = scan;
		this.problems = problems;
	}

	FeelTable compile() {
		List<FeelTable.Input> inputs = new ArrayList<>();
		this.table.getInputs().forEach((clause) -> inputs.add(input(clause)));
		List<FeelTable.Output> outputs = new ArrayList<>();
		this.table.getOutputs().forEach((clause) -> outputs.add(output(clause)));
		checkTable(outputs);
		List<FeelTable.Rule> rules = new ArrayList<>();
		this.table.getRules().forEach((rule) -> rules.add(rule(rule, inputs, outputs)));
		return new FeelTable(this.table, inputs, outputs, rules, this.names, view(inputs, outputs, rules));
	}

	private void checkTable(List<FeelTable.Output> outputs) {
		if (this.table.getRules().isEmpty()) {
			problem(null, null, null, Texts.of("policy", "table.noRules"));
		}
		if (this.table.getInputs().isEmpty() || outputs.isEmpty()) {
			problem(null, null, null, Texts.of("policy", "table.noColumns"));
		}
		if (new HashSet<>(outputs.stream().map(FeelTable.Output::name).toList()).size() < outputs.size()) {
			problem(null, null, null, Texts.of("policy", "table.sameOutput"));
		}
		Set<String> ids = new HashSet<>();
		for (DecisionRule rule : this.table.getRules()) {
			if (rule.getId() == null || !ids.add(rule.getId())) {
				problem(rule.getId(), null, null, Texts.of("policy", "table.ruleId", rule.getRuleNumber()));
			}
		}
		if (this.table.getHitPolicy() == HitPolicy.UNORDERED) {
			problem(null, null, null, Texts.of("policy", "table.unordered"));
		}
		BuiltinAggregator aggregation = this.table.getAggregation();
		if (aggregation != null && (this.table.getHitPolicy() != HitPolicy.COLLECT || outputs.size() != 1
				|| (aggregation != BuiltinAggregator.COUNT && !"number".equals(outputs.get(0).type())))) {
			problem(null, null, null, Texts.of("policy", "table.aggregation", aggregation));
		}
	}

	private FeelTable.Input input(InputClause clause) {
		String text = (clause.getInputExpression() != null) ? clause.getInputExpression().getText() : null;
		String type = (clause.getInputExpression() != null) ? clause.getInputExpression().getTypeRef() : null;
		String label = label(clause.getLabel(), text);
		if (text == null || text.isBlank()) {
			problem(null, clause.getId(), text, Texts.of("policy", "table.noExpression"));
			return new FeelTable.Input(label, null, null, type);
		}
		if (type != null && !FeelValues.TYPES.contains(type)) {
			problem(null, clause.getId(), type, Texts.of("policy", "table.type", type));
		}
		try {
			Formula formula = this.feel.formula(text);
			this.names.addAll(formula.names());
			boolean isName = formula.names().contains(text.strip());
			if (isName && type != null && FeelValues.TYPES.contains(type) && FeelValues.sample(type) != null) {
				this.samples.put(text.strip(), FeelValues.sample(type));
			}
			return new FeelTable.Input(label, isName ? text.strip() : null, formula, type);
		}
		catch (FeelFault ex) {
			problem(null, clause.getId(), text, ex.getMessage());
			return new FeelTable.Input(label, null, null, type);
		}
	}

	private FeelTable.Output output(OutputClause clause) {
		if (clause.getName() == null || clause.getName().isBlank()) {
			problem(null, clause.getId(), null, Texts.of("policy", "table.noName"));
		}
		if (clause.getTypeRef() == null || !FeelValues.TYPES.contains(clause.getTypeRef())) {
			problem(null, clause.getId(), clause.getTypeRef(), Texts.of("policy", "table.type", clause.getTypeRef()));
		}
		return new FeelTable.Output(label(clause.getLabel(), clause.getName()), clause.getName(), clause.getTypeRef(),
				ranking(clause));
	}

	private List<Object> ranking(OutputClause clause) {
		if (this.table.getHitPolicy() != HitPolicy.PRIORITY && this.table.getHitPolicy() != HitPolicy.OUTPUT_ORDER) {
			return List.of();
		}
		String text = text(clause.getOutputValues());
		if (text == null || text.isBlank()) {
			problem(null, clause.getId(), null, Texts.of("policy", "table.noValues"));
			return List.of();
		}
		try {
			return List.copyOf((List<?>) this.feel.formula("[" + text + "]").value(Map.of()));
		}
		catch (FeelFault ex) {
			problem(null, clause.getId(), text, ex.getMessage());
			return List.of();
		}
	}

	private FeelTable.Rule rule(DecisionRule rule, List<FeelTable.Input> inputs, List<FeelTable.Output> outputs) {
		List<String> cellIds = new ArrayList<>();
		UnaryTest[] tests = new UnaryTest[inputs.size()];
		List<Formula> formulas = new ArrayList<>();
		if (rule.getInputEntries().size() != inputs.size() || rule.getOutputEntries().size() != outputs.size()) {
			problem(rule.getId(), null, null, Texts.of("policy", "table.cells", inputs.size(), outputs.size()));
			return new FeelTable.Rule(rule.getId(), "", tests, formulas, cellIds);
		}
		for (int i = 0; i < tests.length; i++) {
			RuleInputClauseContainer entry = rule.getInputEntries().get(i);
			cellIds.add(entry.getInputEntry().getId());
			tests[i] = test(rule.getId(), entry.getInputEntry(), inputs.get(i));
		}
		for (int i = 0; i < outputs.size(); i++) {
			RuleOutputClauseContainer entry = rule.getOutputEntries().get(i);
			cellIds.add(entry.getOutputEntry().getId());
			formulas.add(formula(rule.getId(), entry.getOutputEntry().getId(), entry.getOutputEntry().getText(),
					outputs.get(i)));
		}
		return new FeelTable.Rule(rule.getId(), this.scan.description(rule.getId()), tests, formulas, cellIds);
	}

	private UnaryTest test(String rule, UnaryTests cell, FeelTable.Input column) {
		try {
			UnaryTest test = this.feel.test(cell.getText());
			checkNames(test.names());
			tryOut(test, column);
			return test;
		}
		catch (FeelFault ex) {
			problem(rule, cell.getId(), cell.getText(), ex.getMessage());
			return UnaryTest.ANY;
		}
	}

	private void tryOut(UnaryTest test, FeelTable.Input column) {
		Object sample = (column.type() != null && FeelValues.TYPES.contains(column.type()))
				? FeelValues.sample(column.type()) : null;
		if (sample != null && this.samples.keySet().containsAll(test.names())) {
			try {
				test.matches(sample, this.samples);
			}
			catch (FunctionFault ex) {
				// a function may dislike the sample and yet be right on real values
				return;
			}
		}
	}

	private Formula formula(String rule, String cell, String text, FeelTable.Output column) {
		if (text == null || text.isBlank()) {
			if (this.table.getAggregation() != null) {
				problem(rule, cell, text, Texts.of("policy", "table.emptyAggregated"));
			}
			return null;
		}
		try {
			Formula formula = this.feel.formula(text);
			checkNames(formula.names());
			if (this.samples.keySet().containsAll(formula.names())) {
				tryOut(formula, column);
			}
			return formula;
		}
		catch (FeelFault ex) {
			problem(rule, cell, text, ex.getMessage());
			return null;
		}
	}

	private void tryOut(Formula formula, FeelTable.Output column) {
		Object value = sampled(formula);
		if (value == null) {
			return;
		}
		FeelValues.typed(value, column.type());
		if (!column.values().isEmpty()
				&& column.values().stream().noneMatch((listed) -> FeelValues.same(listed, value))) {
			throw new FeelFault(Texts.of("policy", "decision.notListed", column.label(), FeelValues.shown(value)));
		}
	}

	/**
	 * What the formula gives on samples; null if nothing, or if a function dislikes them.
	 */
	private Object sampled(Formula formula) {
		try {
			return formula.value(this.samples);
		}
		catch (FunctionFault ex) {
			return null;
		}
	}

	private void checkNames(Set<String> used) {
		for (String name : used) {
			if (!this.names.contains(name)) {
				throw new FeelFault(Texts.of("policy", "table.unknownName", name));
			}
		}
	}

	private TableView view(List<FeelTable.Input> inputs, List<FeelTable.Output> outputs, List<FeelTable.Rule> rules) {
		List<TableView.Column> in = new ArrayList<>();
		for (int i = 0; i < inputs.size(); i++) {
			InputClause clause = this.table.getInputs().get(i);
			in.add(new TableView.Column(clause.getId(), inputs.get(i).label(),
					(clause.getInputExpression() != null) ? clause.getInputExpression().getText() : null,
					inputs.get(i).type(), text(clause.getInputValues())));
		}
		List<TableView.Column> out = new ArrayList<>();
		for (int i = 0; i < outputs.size(); i++) {
			OutputClause clause = this.table.getOutputs().get(i);
			out.add(new TableView.Column(clause.getId(), outputs.get(i).label(), clause.getName(), clause.getTypeRef(),
					text(clause.getOutputValues())));
		}
		List<TableView.Row> rows = new ArrayList<>();
		for (int i = 0; i < rules.size(); i++) {
			DecisionRule rule = this.table.getRules().get(i);
			rows.add(new TableView.Row(rule.getId(),
					rule.getInputEntries().stream().map((entry) -> shown(entry.getInputEntry().getText())).toList(),
					rule.getOutputEntries().stream().map((entry) -> shown(entry.getOutputEntry().getText())).toList(),
					rules.get(i).reason()));
		}
		String description = this.scan.description(this.decision.getId());
		return new TableView(this.decision.getId(), this.decision.getName(), description.isEmpty() ? null : description,
				null, 0, 0, this.table.getHitPolicy().getValue(),
				(this.table.getAggregation() != null) ? this.table.getAggregation().getValue() : null, in, out, rows,
				this.scan.elseShared());
	}

	private static String text(UnaryTests values) {
		return (values != null) ? values.getText() : null;
	}

	private static String shown(String text) {
		return (text != null) ? text.strip() : "";
	}

	private static String label(String label, String name) {
		return (label != null && !label.isBlank()) ? label : String.valueOf(name);
	}

	private void problem(String rule, String cell, String text, String message) {
		this.problems.add(new RuleProblem(this.file, this.decision.getId(), rule, cell, null, text, message));
	}

}
