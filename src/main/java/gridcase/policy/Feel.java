package gridcase.policy;

import gridcase.shared.Texts;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import camundajar.impl.scala.Product;
import camundajar.impl.scala.collection.Iterable;
import camundajar.impl.scala.jdk.javaapi.CollectionConverters;
import org.camunda.feel.api.EvaluationFailure;
import org.camunda.feel.api.EvaluationResult;
import org.camunda.feel.api.FeelEngineApi;
import org.camunda.feel.api.FeelEngineBuilder;
import org.camunda.feel.api.ParseResult;
import org.camunda.feel.syntaxtree.ConstBool;
import org.camunda.feel.syntaxtree.ConstNull$;
import org.camunda.feel.syntaxtree.EveryItem;
import org.camunda.feel.syntaxtree.Filter;
import org.camunda.feel.syntaxtree.For;
import org.camunda.feel.syntaxtree.FunctionDefinition;
import org.camunda.feel.syntaxtree.FunctionInvocation;
import org.camunda.feel.syntaxtree.JavaFunctionInvocation;
import org.camunda.feel.syntaxtree.Not;
import org.camunda.feel.syntaxtree.ParsedExpression;
import org.camunda.feel.syntaxtree.QualifiedFunctionInvocation;
import org.camunda.feel.syntaxtree.Ref;
import org.camunda.feel.syntaxtree.SomeItem;
import org.camunda.feel.syntaxtree.Val;
import org.camunda.feel.syntaxtree.ValList;
import org.camunda.feel.syntaxtree.ValNumber;
import org.camunda.feel.valuemapper.JavaCustomValueMapper;

import org.springframework.stereotype.Component;

/**
 * FEEL, compiled once per text and strict: an unknown name and a mismatch of types fail,
 * a comparison with null is false. Texts that loop, call Java, or answer differently
 * tomorrow are refused.
 */
@Component
public class Feel {

	/** Longest text accepted, in characters. */
	static final int LONGEST = 1000;

	private static final int KEPT = 20_000;

	private static final Set<String> FORBIDDEN = Set.of("now", "today", "random number");

	private static final Pattern NOT_BOOLEAN = Pattern.compile("\\bnot\\s*\\(\\s*(true|false)\\b");

	private static final Pattern NULL = Pattern.compile("\\bnull\\b");

	private final FeelEngineApi engine = FeelEngineBuilder.forJava()
		.withCustomValueMapper(new JavaValues())
		.withEnabledExternalFunctions(false)
		.build();

	private final Map<String, UnaryTest> tests = bounded();

	private final Map<String, Formula> formulas = bounded();

	private static <T> Map<String, T> bounded() {
		return Collections.synchronizedMap(new LinkedHashMap<>(256, 0.75f, true) {

			@Override
			protected boolean removeEldestEntry(Map.Entry<String, T> eldest) {
				return size() > KEPT;
			}

		});
	}

	/**
	 * Whether a condition holds.
	 * @param expression a FEEL expression, such as
	 * {@code severity = "MAJOR" and count > 2}
	 * @param context the values it may name, absent ones as null; a name that is missing
	 * altogether is an error
	 * @return true only if it is true; false also if it compares with null
	 * @throws FeelFault if it is refused, names something unknown, mixes types, or is no
	 * condition at all
	 */
	public boolean isTrue(String expression, Map<String, ?> context) {
		Formula formula = formula(expression);
		Map<String, Object> values = new LinkedHashMap<>();
		for (String name : formula.names()) {
			if (context.containsKey(name)) {
				values.put(name, FeelValues.plain(context.get(name)));
			}
		}
		Object result = formula.value(values);
		if (result == null || result instanceof Boolean) {
			return Boolean.TRUE.equals(result);
		}
		throw new FeelFault(Texts.of("policy", "feel.noCondition", expression));
	}

	/**
	 * The names an expression reads; also the way to check it before it is used.
	 * @param expression a FEEL expression
	 * @return the variables it needs
	 * @throws FeelFault if the text is refused
	 */
	public Set<String> names(String expression) {
		return formula(expression).names();
	}

	/** Compiles an input cell. */
	UnaryTest test(String text) {
		String trimmed = (text != null) ? text.strip() : "";
		UnaryTest known = this.tests.get(trimmed);
		if (known == null) {
			known = compileTest(trimmed);
			this.tests.put(trimmed, known);
		}
		return known;
	}

	private UnaryTest compileTest(String text) {
		if (text.isEmpty() || "-".equals(text)) {
			return UnaryTest.ANY;
		}
		UnaryTest full = fullTest(text);
		return PlainTest.of(text, full).orElse(full);
	}

	/** Compiles an input cell without the short way for plain forms. */
	UnaryTest fullTest(String text) {
		ParsedExpression parsed = parsed(text, this.engine::parseUnaryTests);
		Set<String> names = namesIn(parsed);
		return new UnaryTest(names) {

			@Override
			boolean matches(Object input, Map<String, Object> variables) {
				EvaluationResult result = Feel.this.engine.evaluateWithInput(parsed, input, variables);
				return Boolean.TRUE.equals(strict(text, result, input == null || anyNull(names, variables)));
			}

		};
	}

	/** Compiles an expression: an input, an output cell or a condition. */
	Formula formula(String text) {
		String trimmed = text.strip();
		Formula known = this.formulas.get(trimmed);
		if (known == null) {
			known = compileFormula(trimmed);
			this.formulas.put(trimmed, known);
		}
		return known;
	}

	private Formula compileFormula(String text) {
		ParsedExpression parsed = parsed(text, this.engine::parseExpression);
		Set<String> names = namesIn(parsed);
		Optional<Object> literal = PlainTest.literal(text);
		return literal.isPresent() ? new Formula(names, (values) -> literal.get())
				: new Formula(names, (values) -> FeelValues
					.plain(strict(text, this.engine.evaluate(parsed, values), anyNull(names, values))));
	}

	private ParsedExpression parsed(String text, Function<String, ParseResult> parser) {
		if (text.length() > LONGEST) {
			throw new FeelFault(Texts.of("policy", "feel.tooLong", text.length(), LONGEST));
		}
		if (text.contains("${") || text.contains("#{")) {
			throw new FeelFault(Texts.of("policy", "feel.engineExpression"));
		}
		if (NOT_BOOLEAN.matcher(text).find()) {
			throw new FeelFault(Texts.of("policy", "feel.notBoolean"));
		}
		ParseResult result = parser.apply(text);
		if (result.isFailure()) {
			throw new FeelFault(Texts.of("policy", "feel.syntax", result.failure().message()));
		}
		ParsedExpression parsed = result.parsedExpression();
		refuseUnsafe(text, parsed.expression());
		return parsed;
	}

	private static void refuseUnsafe(String text, Object node) {
		if (node instanceof For || node instanceof SomeItem || node instanceof EveryItem
				|| node instanceof FunctionDefinition || node instanceof JavaFunctionInvocation
				|| node instanceof QualifiedFunctionInvocation) {
			throw new FeelFault(Texts.of("policy", "feel.forbidden", text));
		}
		if (node instanceof FunctionInvocation call && FORBIDDEN.contains(call.function())) {
			throw new FeelFault(Texts.of("policy", "feel.changing", call.function()));
		}
		if (node instanceof Not not && not.x() instanceof ConstBool) {
			throw new FeelFault(Texts.of("policy", "feel.notBoolean"));
		}
		// the parser turns a date that does not exist into null
		if (node instanceof ConstNull$ && !NULL.matcher(text).find()) {
			throw new FeelFault(Texts.of("policy", "feel.noSuchDate", text));
		}
		children(node).forEach((child) -> refuseUnsafe(text, child));
	}

	private static Set<String> namesIn(ParsedExpression parsed) {
		Set<String> names = new LinkedHashSet<>();
		collectNames(parsed.expression(), names);
		return Collections.unmodifiableSet(names);
	}

	private static void collectNames(Object node, Set<String> names) {
		if (node instanceof Ref ref) {
			names.add(ref.names().head());
		}
		else if (node instanceof Filter filter) {
			// inside a filter names may be those of the items
			collectNames(filter.list(), names);
		}
		else {
			children(node).forEach((child) -> collectNames(child, names));
		}
	}

	private static List<Object> children(Object node) {
		if (node instanceof Iterable<?> nodes) {
			return List.copyOf(CollectionConverters.asJava(nodes.toList()));
		}
		if (node instanceof Product product) {
			return List.copyOf(CollectionConverters.asJava(product.productIterator().toList()));
		}
		return List.of();
	}

	private static boolean anyNull(Set<String> names, Map<String, Object> values) {
		return names.stream().anyMatch((name) -> values.containsKey(name) && values.get(name) == null);
	}

	private static Object strict(String text, EvaluationResult result, boolean comparesWithNull) {
		if (result.isFailure()) {
			throw new FeelFault(Texts.of("policy", "feel.failed", text, result.failure().message()));
		}
		if (result.hasSuppressedFailures()) {
			List<EvaluationFailure> failures = CollectionConverters.asJava(result.suppressedFailures())
				.stream()
				.filter((failure) -> !comparesWithNull || isMissingName(failure))
				.toList();
			if (!failures.isEmpty()) {
				String message = Texts.of("policy", "feel.failed", text,
						failures.stream().map(EvaluationFailure::failureMessage).collect(Collectors.joining("; ")));
				boolean byFunction = failures.stream()
					.anyMatch((failure) -> "FUNCTION_INVOCATION_FAILURE".equals(failure.failureType().toString()));
				throw byFunction ? new FunctionFault(message) : new FeelFault(message);
			}
		}
		return result.result();
	}

	private static boolean isMissingName(EvaluationFailure failure) {
		String type = failure.failureType().toString();
		return "NO_VARIABLE_FOUND".equals(type) || "NO_FUNCTION_FOUND".equals(type);
	}

	/** A compiled expression. */
	static final class Formula {

		private final Set<String> names;

		private final Function<Map<String, Object>, Object> evaluation;

		private Formula(Set<String> names, Function<Map<String, Object>, Object> evaluation) {
			this.names = names;
			this.evaluation = evaluation;
		}

		Set<String> names() {
			return this.names;
		}

		Object value(Map<String, Object> values) {
			return this.evaluation.apply(values);
		}

	}

	/** Numbers leave the engine as the decimals they are, lists as Java's. */
	private static final class JavaValues extends JavaCustomValueMapper {

		@Override
		public Optional<Val> toValue(Object value, Function<Object, Val> inner) {
			return Optional.empty();
		}

		@Override
		public Optional<Object> unpackValue(Val value, Function<Val, Object> inner) {
			if (value instanceof ValNumber number) {
				return Optional.of(number.value().bigDecimal());
			}
			if (value instanceof ValList list) {
				return Optional
					.of(new ArrayList<>(CollectionConverters.asJava(list.items()).stream().map(inner).toList()));
			}
			return Optional.empty();
		}

		@Override
		public int priority() {
			return 100;
		}

	}

}
