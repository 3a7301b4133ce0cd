package gridcase.policy.tables;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import gridcase.policy.Decisions;
import org.junit.jupiter.api.DynamicTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

/**
 * Cases written as a table: input columns, {@code ||}, output columns; a column
 * {@code rule} names the rule that must answer, {@code shared Rule_…} one of the shared
 * table to which a place's own leaves the case. {@code null} is nothing known, {@code ""}
 * an empty text.
 */
final class DecisionCases {

	private static final String RULE = "rule";

	private static final String SHARED = "shared ";

	private final Decisions decisions;

	private final TableFile table;

	private final List<String> inputs;

	private final List<String> outputs;

	private final List<String> lines;

	private DecisionCases(Decisions decisions, TableFile table, String text) {
		List<String> written = text.strip().lines().toList();
		this.decisions = decisions;
		this.table = table;
		this.inputs = cells(side(written.get(0), 0));
		this.outputs = cells(side(written.get(0), 1));
		this.lines = written.subList(1, written.size());
	}

	/** One test a case, against the shared table. */
	static Stream<DynamicTest> of(Decisions decisions, String key, String text) {
		return new DecisionCases(decisions, TableFile.of("", key), text).tests().stream();
	}

	/** The same, and a last test that no rule of the table is without a case. */
	static Stream<DynamicTest> everyRule(Decisions decisions, String key, String text) {
		return everyRule(decisions, TableFile.of("", key), text);
	}

	static Stream<DynamicTest> everyRule(Decisions decisions, TableFile table, String text) {
		DecisionCases cases = new DecisionCases(decisions, table, text);
		return Stream.concat(cases.tests().stream(), Stream.of(cases.completeness()));
	}

	private List<DynamicTest> tests() {
		return this.lines.stream()
			.map((line) -> dynamicTest(this.table.name() + ": " + line.replaceAll("\\s+", " "), () -> check(line)))
			.toList();
	}

	private DynamicTest completeness() {
		Set<String> covered = new LinkedHashSet<>();
		int column = this.outputs.indexOf(RULE);
		this.lines.stream()
			.map((line) -> cells(side(line, 1)).get(column))
			.filter((rule) -> !rule.startsWith(SHARED))
			.forEach(covered::add);
		return dynamicTest(this.table.name() + ": every rule has a case",
				() -> assertThat(covered).containsExactlyInAnyOrderElementsOf(this.table.ruleIds()));
	}

	private void check(String line) {
		Map<String, Object> given = values(this.inputs, cells(side(line, 0)), this.table.inputsWithShared());
		List<String> expected = new ArrayList<>(cells(side(line, 1)));
		List<String> names = new ArrayList<>(this.outputs);
		Tables.Answered answer = Tables.ask(this.decisions, this.table.place(), this.table.key(), given);
		int rule = names.indexOf(RULE);
		if (rule >= 0) {
			boolean leftToShared = answer.shared() && !this.table.place().isEmpty();
			assertThat((leftToShared ? SHARED : "") + answer.rule()).isEqualTo(expected.remove(rule));
			names.remove(rule);
		}
		Map<String, Object> wanted = values(names, expected, this.table.outputs());
		wanted.forEach((name, value) -> assertThat(plain(answer.outputs().get(name))).as(name).isEqualTo(plain(value)));
	}

	private static Object plain(Object value) {
		return (value instanceof Number number) ? new BigDecimal(number.toString()).stripTrailingZeros() : value;
	}

	private static Map<String, Object> values(List<String> names, List<String> cells, Map<String, String> types) {
		assertThat(cells).as("cells under %s", names).hasSameSizeAs(names);
		assertThat(types.keySet()).containsAll(names);
		Map<String, Object> values = new LinkedHashMap<>();
		for (int i = 0; i < names.size(); i++) {
			values.put(names.get(i), value(cells.get(i), types.get(names.get(i))));
		}
		return values;
	}

	private static Object value(String cell, String type) {
		if ("null".equals(cell)) {
			return null;
		}
		return switch (type) {
			case "number" -> new BigDecimal(cell);
			case "boolean" -> Boolean.valueOf(cell);
			default -> "\"\"".equals(cell) ? "" : cell;
		};
	}

	private static String side(String line, int side) {
		return line.split("\\|\\|")[side];
	}

	private static List<String> cells(String side) {
		return Arrays.stream(side.split("\\|")).map(String::strip).toList();
	}

}
