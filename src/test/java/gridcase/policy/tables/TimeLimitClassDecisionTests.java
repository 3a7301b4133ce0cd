package gridcase.policy.tables;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import gridcase.platform.GridcaseTest;
import gridcase.policy.Decisions;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;

/** The limits of the class tables are those of the catalogue, condition by condition. */
@GridcaseTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TimeLimitClassDecisionTests {

	/** Units only the source has, and what they are counted as. */
	private static final Map<String, String> COUNTED_AS = Map.of("HOUR_AS_WRITTEN", "WORK_HOUR", "DAY_AS_WRITTEN",
			"WORK_DAY", "SEASONAL_WORK_DAY", "WORK_DAY");

	@Autowired
	private Decisions decisions;

	static Stream<CSVRecord> conditions() throws IOException {
		try (Reader file = new InputStreamReader(
				new ClassPathResource("registry/shared/conditions-items.csv").getInputStream(), StandardCharsets.UTF_8);
				CSVParser csv = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get().parse(file)) {
			return csv.getRecords().stream();
		}
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("conditions")
	void everyConditionOfTheCatalogueHasItsLimit(CSVRecord row) {
		String category = row.get("category");
		String key = "time-limit-" + category.substring(0, 3).toLowerCase();

		Tables.Answered answer = Tables.ask(this.decisions, "", key,
				Map.of("category", category, "condition", row.get("condition_no")));

		assertThat(answer.rule()).isEqualTo("Rule_" + category + "_" + row.get("condition_no"));
		assertThat(new BigDecimal(answer.outputs().get("limitValue").toString()))
			.isEqualByComparingTo(row.get("limit_value"));
		String unit = row.get("limit_unit");
		assertThat(answer.outputs()).containsEntry("limitUnit", COUNTED_AS.getOrDefault(unit, unit));
	}

	@Test
	void noLimitIsWithoutACondition() throws IOException {
		Set<String> expected = conditions().map((row) -> "Rule_" + row.get("category") + "_" + row.get("condition_no"))
			.collect(Collectors.toSet());
		assertThat(classTables().flatMap((table) -> table.ruleIds().stream()))
			.containsExactlyInAnyOrderElementsOf(expected)
			.hasSize(519);
	}

	@Test
	void theSourcesOwnWordsStayVisible() throws IOException {
		Map<String, String> reasons = classTables().flatMap((table) -> table.rules().stream())
			.collect(Collectors.toMap((rule) -> rule.getAttribute("id"), TimeLimitClassDecisionTests::reason));
		assertThat(conditions())
			.allSatisfy((row) -> assertThat(reasons.get("Rule_" + row.get("category") + "_" + row.get("condition_no")))
				.contains(row.get("limit_text")));
		assertThat(reasons.get("Rule_C0402_2")).contains("种植季节15工作日", "延期");
		assertThat(reasons.get("Rule_E0101_2")).contains("原文“15天”，按工作日计");
	}

	private static Stream<TableFile> classTables() {
		return TableFile.all().stream().filter((table) -> table.key().startsWith("time-limit-"));
	}

	private static String reason(Element rule) {
		return TableFile.text(TableFile.only(rule, "description"));
	}

}
