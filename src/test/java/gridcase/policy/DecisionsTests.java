package gridcase.policy;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import gridcase.policy.DecisionFailed.Reason;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static gridcase.policy.PolicyFixture.ask;
import static gridcase.policy.PolicyFixture.askFor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** What tables answer, through the engine and its storage. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DecisionsTests {

	private PolicyFixture policy;

	@BeforeAll
	void start() {
		this.policy = new PolicyFixture();
	}

	private Answer decide(Dmn table, Object... inputs) {
		this.policy.release(table);
		String key = table.xml().replaceAll("(?s).*<decision id=\"([^\"]+)\".*", "$1");
		return this.policy.decisions.decide(ask(key, inputs));
	}

	private DecisionFailed failure(Dmn table, Object... inputs) {
		return catchThrowableOfType(DecisionFailed.class, () -> decide(table, inputs));
	}

	private static Dmn two(String hitPolicy) {
		return Dmn.table("two")
			.hit(hitPolicy)
			.in("category", "string")
			.in("severity", "string")
			.out("unit", "string")
			.rule("A", "\"E01\"", "-", "\"street\"")
			.rule("B", "-", "\"MAJOR\"", "\"district\"");
	}

	@Test
	void firstRuleWins() {
		Answer answer = decide(two("hitPolicy=\"FIRST\""), "category", "E01", "severity", "MAJOR", "unused", "x");
		assertThat(answer.outputs()).isEqualTo(Map.of("unit", "street"));
		assertThat(answer.rules()).containsExactly("Rule_A");
		assertThat(answer.reasons()).containsExactly("A");
	}

	@Test
	void absentHitPolicyIsUniqueAndOverlapNamesTheRules() {
		DecisionFailed failed = failure(two(""), "category", "E01", "severity", "MAJOR");
		assertThat(failed.reason()).isEqualTo(Reason.OVERLAP);
		assertThat(failed).hasMessageContaining("Rule_A").hasMessageContaining("Rule_B").hasMessageContaining("two");
		assertThat(decide(two(""), "category", "E01", "severity", "MINOR").rules()).containsExactly("Rule_A");
	}

	@Test
	void noMatchNamesTheInputs() {
		this.policy.release(two(""));
		Question question = ask("two", "category", "E02", "severity", "MINOR").forCase("SD20260318-000449",
				PolicyFixture.NOW, "Task_X");
		assertThatExceptionOfType(DecisionFailed.class).isThrownBy(() -> this.policy.decisions.decide(question))
			.withMessageContainingAll("two", "category=\"E02\"", "severity=\"MINOR\"", "SD20260318-000449")
			.satisfies((failed) -> assertThat(failed.reason()).isEqualTo(Reason.NO_MATCH))
			.satisfies((failed) -> assertThat(failed.inputs()).containsEntry("category", "E02"));
		assertThat(this.policy.decisions.ofCase("SD20260318-000449")).isEmpty();
	}

	@Test
	void unknownInputIsNull() {
		assertThat(decide(two("hitPolicy=\"FIRST\""), "severity", "MAJOR").rules()).containsExactly("Rule_B");
	}

	private static Dmn own(String hitPolicy) {
		return Dmn.table("two")
			.elseShared()
			.hit(hitPolicy)
			.in("category", "string")
			.in("district", "string")
			.out("unit", "string")
			.rule("Own", "\"E09\"", "-", "\"station\"");
	}

	@ParameterizedTest(name = "{0} {1}: {2} of {3}")
	@CsvSource({ "FIRST, E09, Rule_Own, here", "FIRST, E01, Rule_A,", "COLLECT, E09, Rule_Own, here",
			"COLLECT, E01, Rule_A," })
	void whatAPlacesTableLeavesOpenTheSharedOneAnswers(String hitPolicy, String category, String rule, String place) {
		this.policy.release(two("hitPolicy=\"" + hitPolicy + "\""));
		this.policy.releaseFor("here", own("hitPolicy=\"" + hitPolicy + "\""));
		String caseNo = "X-" + hitPolicy + category;

		Answer answer = this.policy.decisions.decide(askFor("here", "two", "category", category, "severity", "MINOR")
			.forCase(caseNo, PolicyFixture.NOW, "Task_X"));

		assertThat(answer.rules()).containsExactly(rule);
		assertThat(answer.place()).isEqualTo(place);
		List<DecisionRecord> records = this.policy.decisions.ofCase(caseNo);
		assertThat(records).hasSize((place != null) ? 1 : 2);
		assertThat(records.get(0).place()).isEqualTo("here");
		assertThat(records.get(0).rules()).isEqualTo((place != null) ? List.of(rule) : List.of());
		assertThat(this.policy.decisions.explain(records.get(0))).extracting(RuleTrace::matched)
			.containsExactly(place != null);
		assertThat(records.get(records.size() - 1).rules()).containsExactly(rule);
	}

	@Test
	void whatNeitherTableAnswersStopsTheCase() {
		this.policy.release(two("hitPolicy=\"FIRST\""));
		this.policy.releaseFor("here", own("hitPolicy=\"FIRST\""));
		assertThatExceptionOfType(DecisionFailed.class)
			.isThrownBy(() -> this.policy.decisions.decide(askFor("here", "two", "category", "E02")))
			.satisfies((failed) -> assertThat(failed.reason()).isEqualTo(Reason.NO_MATCH));
		this.policy.releaseFor("alone",
				Dmn.table("only").elseShared().in("x", "string").out("n", "number").rule("A", "\"a\"", "1"));
		assertThatExceptionOfType(DecisionFailed.class)
			.isThrownBy(() -> this.policy.decisions.decide(askFor("alone", "only", "x", "b")))
			.satisfies((failed) -> assertThat(failed.reason()).isEqualTo(Reason.NO_MATCH));
	}

	@Test
	void aSharedTableHasNoOtherToLeaveItTo() {
		assertThatExceptionOfType(ReleaseRefused.class).isThrownBy(() -> this.policy.release(own("")))
			.satisfies((refused) -> assertThat(refused.problems()).singleElement()
				.satisfies((problem) -> assertThat(problem.message()).contains("gridcase:otherwise")));
	}

	@Test
	void failedCellIsNoEmptyAnswer() {
		Dmn table = Dmn.table("cell")
			.in("text", "string")
			.out("n", "number")
			.rule("A", "number(?) > 5", "1")
			.rule("B", "-", "2");
		DecisionFailed failed = failure(table, "text", "no number");
		assertThat(failed.reason()).isEqualTo(Reason.CELL);
		assertThat(failed).hasMessageContaining("Rule_A").hasMessageContaining("Cell_A_0");
	}

	@ParameterizedTest(name = "{0} for {1}")
	@CsvSource({ "'\"5\"', number", "5, string", "'\"2026-13-01\"', date", "true, string", "'\"true\"', boolean" })
	void inputOfAnotherTypeFails(String value, String type) {
		Dmn table = Dmn.table("typed").in("x", type).out("n", "number").rule("A", "-", "1");
		Object input = value.startsWith("\"") ? value.substring(1, value.length() - 1)
				: ("true".equals(value) ? Boolean.TRUE : (Object) Integer.valueOf(value));
		DecisionFailed failed = failure(table, "x", input);
		assertThat(failed.reason()).isEqualTo(Reason.INPUT);
		assertThat(failed).hasMessageContaining("x");
	}

	@Test
	void unknownTableAndVersionAreRefused() {
		assertThatExceptionOfType(DecisionFailed.class).isThrownBy(() -> this.policy.decisions.decide(ask("nowhere")))
			.satisfies((failed) -> assertThat(failed.reason()).isEqualTo(Reason.UNKNOWN_TABLE));
		Answer first = decide(Dmn.table("pinned").in("x", "number").out("n", "number").rule("A", "-", "1"), "x", 1);
		Answer second = decide(Dmn.table("pinned").in("x", "number").out("n", "number").rule("A", "-", "2"), "x", 1);
		assertThat(second.version()).isEqualTo(first.version() + 1);
		assertThat(this.policy.decisions.decide(ask("pinned", "x", 1).atVersion(first.version())).outputs())
			.isEqualTo(Map.of("n", BigDecimal.ONE));
		assertThatExceptionOfType(DecisionFailed.class)
			.isThrownBy(() -> this.policy.decisions.decide(ask("pinned", "x", 1).atVersion(99)))
			.withMessageContaining("99")
			.satisfies((failed) -> assertThat(failed.reason()).isEqualTo(Reason.UNKNOWN_TABLE));
	}

	/** Forty rules of which 2, 17, 34 and 40 match. */
	private static Dmn forty(String hitPolicy) {
		Dmn table = Dmn.table("forty").hit(hitPolicy).in("x", "number").out("n", "number");
		for (int i = 1; i <= 40; i++) {
			table.rule(String.valueOf(i), List.of(2, 17, 34, 40).contains(i) ? ">= 5" : "< 5", String.valueOf(i));
		}
		return table;
	}

	@ParameterizedTest
	@CsvSource({ "hitPolicy=\"RULE ORDER\"", "hitPolicy=\"COLLECT\"" })
	void listsKeepTheOrderOfTheRules(String hitPolicy) {
		Answer answer = decide(forty(hitPolicy), "x", 7);
		assertThat(answer.several()).isTrue();
		assertThat(answer.rules()).containsExactly("Rule_2", "Rule_17", "Rule_34", "Rule_40");
		assertThat(answer.rows()).extracting((row) -> ((BigDecimal) row.get("n")).intValue())
			.containsExactly(2, 17, 34, 40);
	}

	@ParameterizedTest
	@CsvSource({ "SUM, 93", "COUNT, 4", "MIN, 2", "MAX, 40" })
	void collectAggregates(String aggregation, int expected) {
		Answer answer = decide(forty("hitPolicy=\"COLLECT\" aggregation=\"" + aggregation + "\""), "x", 7);
		assertThat(answer.rows()).containsExactly(Map.of("n", BigDecimal.valueOf(expected)));
	}

	@Test
	void collectMayHaveNothingToSay() {
		Dmn list = Dmn.table("list").hit("hitPolicy=\"COLLECT\"").in("x", "number").out("n", "number");
		assertThat(decide(list.rule("A", "> 5", "1"), "x", 1).rows()).isEmpty();
		Dmn sum = Dmn.table("list")
			.hit("hitPolicy=\"COLLECT\" aggregation=\"SUM\"")
			.in("x", "number")
			.out("n", "number");
		assertThat(decide(sum.rule("A", "> 5", "1"), "x", 1).rows()).isEmpty();
		Dmn count = Dmn.table("list")
			.hit("hitPolicy=\"COLLECT\" aggregation=\"COUNT\"")
			.in("x", "number")
			.out("n", "number");
		assertThat(decide(count.rule("A", "> 5", "1"), "x", 1).rows()).containsExactly(Map.of("n", BigDecimal.ZERO));
	}

	@Test
	void ruleOrderWithoutMatchFails() {
		Dmn table = Dmn.table("order").hit("hitPolicy=\"RULE ORDER\"").in("x", "number").out("n", "number");
		assertThat(failure(table.rule("A", "> 5", "1"), "x", 1).reason()).isEqualTo(Reason.NO_MATCH);
	}

	@Test
	void anyFailsOnlyOnDifferentAnswers() {
		assertThat(failure(two("hitPolicy=\"ANY\""), "category", "E01", "severity", "MAJOR")).satisfies((failed) -> {
			assertThat(failed.reason()).isEqualTo(Reason.OVERLAP);
			assertThat(failed).hasMessageContaining("Rule_A").hasMessageContaining("Rule_B");
		});
		Dmn same = Dmn.table("same").hit("hitPolicy=\"ANY\"").in("x", "number").out("n", "number");
		assertThat(decide(same.rule("A", "> 1", "1").rule("B", "> 2", "1.0"), "x", 9).rows().size()).isEqualTo(1);
	}

	@Test
	void priorityAndOutputOrderFollowTheListedValues() {
		Dmn table = Dmn.table("rank")
			.hit("hitPolicy=\"PRIORITY\"")
			.in("x", "number")
			.out("who", "string", "\"city\",\"district\",\"street\"")
			.rule("A", "> 1", "\"street\"")
			.rule("B", "> 2", "\"city\"")
			.rule("C", "> 3", "\"district\"");
		assertThat(decide(table, "x", 9).rules()).containsExactly("Rule_B");
		Answer ordered = decide(table.hit("hitPolicy=\"OUTPUT ORDER\""), "x", 9);
		assertThat(ordered.rules()).containsExactly("Rule_B", "Rule_C", "Rule_A");
		assertThat(ordered.rows()).extracting((row) -> row.get("who")).containsExactly("city", "district", "street");
	}

	@Test
	void decimalsAreExact() {
		Dmn table = Dmn.table("money")
			.in("x", "number")
			.out("sum", "number")
			.out("whole", "number")
			.rule("A", "0.1", "x + 0.2", "5");
		Answer answer = decide(table, "x", new BigDecimal("0.1"));
		assertThat(answer.outputs()).isEqualTo(Map.of("sum", new BigDecimal("0.3"), "whole", new BigDecimal("5")));
		assertThat(decide(table, "x", 0.1).outputs()).containsEntry("sum", new BigDecimal("0.3"));
	}

	@Test
	void answersEveryTypeADesignerOffers() {
		Dmn table = Dmn.table("types")
			.in("since", "date")
			.in("amount + 1", "number")
			.out("s", "string")
			.out("b", "boolean")
			.out("d", "date")
			.out("t", "time")
			.out("dt", "dateTime")
			.out("dd", "dayTimeDuration")
			.out("ym", "yearMonthDuration")
			.out("any", "Any")
			.out("none", "string")
			.rule("A", "[date(\"2026-01-01\")..date(\"2026-12-31\")]", "> 10", "\"住院\"", "true",
					"since + duration(\"P1D\")", "time(\"08:00:00\")", "date and time(\"2026-01-01T08:00:00\")",
					"duration(\"PT4H\")", "duration(\"P2M\")", "[1, 2]", "");
		Answer answer = decide(table, "since", "2026-03-18", "amount", 10);
		assertThat(answer.outputs()).containsEntry("s", "住院")
			.containsEntry("b", true)
			.containsEntry("d", LocalDate.of(2026, 3, 19))
			.containsEntry("t", java.time.LocalTime.of(8, 0))
			.containsEntry("dt", java.time.LocalDateTime.of(2026, 1, 1, 8, 0))
			.containsEntry("dd", java.time.Duration.ofHours(4))
			.containsEntry("ym", java.time.Period.ofMonths(2))
			.containsEntry("any", List.of(BigDecimal.ONE, BigDecimal.valueOf(2)))
			.containsEntry("none", null);
	}

	@Test
	void callersVariablesStayAsTheyAre() {
		LocalDate date = LocalDate.of(2026, 3, 18);
		java.util.HashMap<String, Object> inputs = new java.util.HashMap<>(Map.of("since", date, "n", 5));
		Map<String, Object> before = Map.copyOf(inputs);
		Dmn table = Dmn.table("kept")
			.in("since", "date")
			.in("n", "number")
			.out("n2", "number")
			.rule("A", "-", "5", "n");
		this.policy.release(table);
		this.policy.decisions.decide(Question.of("kept", null, PolicyFixture.NOW, inputs));
		assertThat(inputs).isEqualTo(before);
	}

	@Test
	void outputNamedLikeAnInputDoesNotFeedIt() {
		Dmn table = Dmn.table("loop").in("unit", "string").out("unit", "string").rule("A", "\"\"", "\"x\"");
		assertThat(failure(table).reason()).isEqualTo(Reason.NO_MATCH);
	}

	@Test
	void parallelDeploymentsStayRight() throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(4);
		try {
			List<Future<String>> deployed = new ArrayList<>();
			for (int i = 0; i < 60; i++) {
				int number = i;
				deployed.add(threads.submit(() -> {
					Dmn table = Dmn.table("par-" + number).in("x", "number").out("n", "number");
					for (int rule = 0; rule < 12 + number % 9; rule++) {
						table.rule(String.valueOf(rule), String.valueOf(rule), String.valueOf(number * 1000 + rule));
					}
					return this.policy.engine.deploy("parallel", null, Map.of("par-" + number + ".dmn", table.bytes()))
						.get("par-" + number)
						.definitionId();
				}));
			}
			for (Future<String> each : deployed) {
				each.get();
			}
			// a fresh node parses all of them again, also at once
			PolicyFixture fresh = new PolicyFixture(this.policy.dataSource);
			List<Future<?>> checked = new ArrayList<>();
			for (int i = 0; i < 60; i++) {
				int number = i;
				String id = deployed.get(i).get();
				checked.add(threads.submit(() -> {
					for (PolicyFixture node : List.of(this.policy, fresh)) {
						for (int rule = 0; rule < 12 + number % 9; rule++) {
							BigDecimal x = BigDecimal.valueOf(rule);
							FeelTable.Verdict verdict = node.engine.evaluate(id, (name) -> x).verdict();
							assertThat(verdict.rules()).containsExactly("Rule_" + rule);
							assertThat(verdict.rows())
								.containsExactly(Map.of("n", BigDecimal.valueOf(number * 1000L + rule)));
						}
					}
				}));
			}
			for (Future<?> each : checked) {
				each.get();
			}
		}
		finally {
			threads.shutdownNow();
		}
	}

	@Test
	void descriptionsAreWhole() {
		String reason = "因".repeat(400);
		Dmn table = Dmn.table("long").in("x", "number").out("n", "number").rule("A", "-", "1");
		this.policy.release(null,
				Map.of("long.dmn",
						table.xml()
							.replace("<description>A", "<description>" + reason)
							.getBytes(java.nio.charset.StandardCharsets.UTF_8)),
				AppliesTo.ALL, null);
		assertThat(this.policy.decisions.decide(ask("long", "x", 1)).reasons()).containsExactly(reason);
	}

}
