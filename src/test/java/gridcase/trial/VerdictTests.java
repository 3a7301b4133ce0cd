package gridcase.trial;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;

import gridcase.policy.DecisionFailed;
import gridcase.trial.ChangedTables.Outcome;
import gridcase.trial.Verdict.Kind;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Which answers are the same, and which are told together. */
class VerdictTests {

	private static Outcome outcome(String rule, List<Map<String, Object>> rows) {
		return new Outcome("routing", null, List.of(rule), rows, true, null, null, Set.of());
	}

	private static Map<String, Object> row(String name, Object value) {
		return Map.of(name, value);
	}

	@Test
	void aNumberIsTheSameHoweverItIsWritten() {
		assertThat(Plain.same(Plain.rows("[{\"limitValue\":4}]"),
				Plain.asRecorded(List.of(row("limitValue", new BigDecimal("4.00")))), true))
			.isTrue();
		assertThat(Plain.same(Plain.rows("[{\"limitValue\":4}]"), Plain.rows("[{\"limitValue\":\"4\"}]"), true))
			.isFalse();
	}

	@Test
	void aDateIsTheSameAsItsText() {
		assertThat(Plain.same(Plain.rows("[{\"day\":\"2026-04-03\"}]"),
				Plain.asRecorded(List.of(row("day", LocalDate.of(2026, 4, 3)))), true))
			.isTrue();
	}

	@Test
	void anOutputNobodyHadIsAsGoodAsAnEmptyOne() {
		assertThat(Plain.same(Plain.rows("[{\"a\":1}]"), Plain.rows("[{\"a\":1,\"b\":null}]"), true)).isTrue();
		assertThat(Plain.same(Plain.rows("[{\"a\":1}]"), Plain.rows("[{\"a\":1,\"b\":\"\"}]"), true)).isFalse();
	}

	@Test
	void theOrderOfRowsMattersOnlyWhereItIsPromised() {
		List<Map<String, Object>> one = Plain.rows("[{\"a\":1},{\"a\":2}]");
		List<Map<String, Object>> other = Plain.rows("[{\"a\":2},{\"a\":1}]");
		assertThat(Plain.same(one, other, true)).isFalse();
		assertThat(Plain.same(one, other, false)).isTrue();
	}

	@Test
	void theSameAnswerFromAnotherRuleIsTheSameAndSaidSo() {
		Verdict verdict = Verdict.of(outcome("R1", List.of(row("a", 1))), outcome("R2", List.of(row("a", 1))));
		assertThat(verdict.kind()).isEqualTo(Kind.SAME);
		assertThat(verdict.otherRule()).isTrue();
	}

	@Test
	void whatHasNoAnswerFailsWhateverWasSaid() {
		Verdict verdict = Verdict.of(outcome("R1", List.of(row("a", 1))), new Outcome("routing", null, List.of(),
				List.of(), true, DecisionFailed.Reason.NO_MATCH, "没有一行符合", Set.of()));
		assertThat(verdict.kind()).isEqualTo(Kind.FAILING);
	}

	@Test
	void changesAreToldTogetherByRulesAndAnswers() {
		Verdict first = Verdict.of(outcome("R1", List.of(row("a", 1))), outcome("R2", List.of(row("a", 2))));
		assertThat(Verdict.of(outcome("R1", List.of(row("a", 1))), outcome("R2", List.of(row("a", 2)))).group())
			.isEqualTo(first.group());
		assertThat(Verdict.of(outcome("R1", List.of(row("a", 1))), outcome("R3", List.of(row("a", 2)))).group())
			.isNotEqualTo(first.group());
		assertThat(Verdict.of(outcome("R1", List.of(row("a", 1))), outcome("R2", List.of(row("a", 3)))).group())
			.isNotEqualTo(first.group());
	}

}
