package gridcase.policy.tables;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;

import static org.assertj.core.api.Assertions.assertThat;

/** What every table promises to the people who read and change it. */
class TableConventionsTests {

	private static final String CHINESE = "(?s).*\\p{IsHan}.*";

	static Stream<TableFile> tables() {
		return TableFile.all().stream();
	}

	@Test
	void everyTableOfTheContractIsShared() {
		assertThat(tables().filter((table) -> table.place().isEmpty()).map(TableFile::key)).contains("self-handling",
				"direct-report", "filing", "routing", "time-limit", "verification", "escalation-tier", "transfer",
				"first-responder", "notification", "notice-text", "case-score");
	}

	@ParameterizedTest
	@MethodSource("tables")
	void fileDecisionAndNamespaceAgree(TableFile table) {
		assertThat(table.decision().getAttribute("id")).isEqualTo(table.key());
		assertThat(table.decision().getAttribute("name")).matches(CHINESE);
		assertThat(table.decision().getNamespaceURI()).isEqualTo(TableFile.DMN_13);
	}

	@ParameterizedTest
	@MethodSource("tables")
	void hitPolicyIsWritten(TableFile table) {
		assertThat(table.table().getAttribute("hitPolicy")).isIn("UNIQUE", "FIRST", "COLLECT");
	}

	@ParameterizedTest
	@MethodSource("tables")
	void hardCasesFirstEndsWithOtherwise(TableFile table) {
		// a stage without a limit stops the case; a default would hide the missing rule
		if ("FIRST".equals(table.table().getAttribute("hitPolicy")) && !"time-limit".equals(table.key())
				&& !table.elseShared()) {
			List<String> ids = table.ruleIds();
			assertThat(ids.get(ids.size() - 1)).isEqualTo("Rule_Otherwise");
		}
	}

	@ParameterizedTest
	@MethodSource("tables")
	void columnsAreNamedTypedAndLabelled(TableFile table) {
		assertThat(table.inputs().keySet()).allMatch((name) -> name.matches("[a-z][A-Za-z]*"));
		assertThat(table.inputs().values()).isSubsetOf("string", "number", "boolean");
		assertThat(table.outputs().keySet()).allMatch((name) -> name.matches("[a-z][A-Za-z]*"));
		assertThat(table.outputs().values()).isSubsetOf("string", "number", "boolean");
		Stream.of("input", "output")
			.flatMap((kind) -> TableFile.children(table.table(), kind).stream())
			.forEach((column) -> assertThat(column.getAttribute("label")).as(column.getAttribute("id"))
				.matches(CHINESE));
	}

	@ParameterizedTest
	@MethodSource("tables")
	void everyRuleHasAReadableIdAReasonAndAllItsCells(TableFile table) {
		Set<String> ids = new HashSet<>();
		for (Element rule : table.rules()) {
			String id = rule.getAttribute("id");
			assertThat(id).matches("Rule_[A-Z][A-Za-z0-9]*(_\\d+)?");
			assertThat(ids.add(id)).as("%s appears once", id).isTrue();
			String reason = TableFile.text(TableFile.only(rule, "description"));
			assertThat(reason).as("reason of %s", id).matches(CHINESE).hasSizeBetween(5, 255);
			List<Element> inputs = TableFile.children(rule, "inputEntry");
			List<Element> outputs = TableFile.children(rule, "outputEntry");
			assertThat(inputs).as("cells of %s", id).hasSameSizeAs(table.inputs().keySet());
			assertThat(outputs).as("cells of %s", id).hasSameSizeAs(table.outputs().keySet());
			Stream.concat(inputs.stream(), outputs.stream()).forEach((cell) -> {
				assertThat(ids.add(cell.getAttribute("id"))).as("%s appears once", cell.getAttribute("id")).isTrue();
				assertThat(TableFile.text(cell)).isNotEmpty().doesNotContain("${", "#{", "now(", "today(", "random");
			});
		}
	}

	/**
	 * What a table that has only a place's own rules may ask: what any shared table asks,
	 * what the place's own forms set, and what the platform keeps besides.
	 */
	private static Set<String> facts(String place) {
		Set<String> facts = new HashSet<>(Set.of("handlingOutcome", "breachedStage", "signCount"));
		tables().filter((table) -> table.place().isEmpty()).forEach((table) -> facts.addAll(table.inputs().keySet()));
		File[] forms = new File("forms/" + place).listFiles();
		for (File form : (forms != null) ? forms : new File[0]) {
			Matcher field = Pattern.compile("\"key\": \"(\\w+)\"").matcher(content(form));
			while (field.find()) {
				facts.add(field.group(1));
			}
		}
		return facts;
	}

	private static String content(File file) {
		try {
			return Files.readString(file.toPath());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@ParameterizedTest
	@MethodSource("tables")
	void noTwoRulesHaveTheSameConditions(TableFile table) {
		if ("COLLECT".equals(table.table().getAttribute("hitPolicy"))) {
			return;
		}
		assertThat(table.rules()
			.stream()
			.map((rule) -> TableFile.children(rule, "inputEntry").stream().map(TableFile::text).toList()))
			.doesNotHaveDuplicates();
	}

	@ParameterizedTest
	@MethodSource("tables")
	void aPlacesTableAsksAndAnswersWhatTheSharedOneDoes(TableFile table) {
		if (table.elseShared()) {
			assertThat(table.inputs().keySet()).isSubsetOf(facts(table.place()));
		}
		else {
			assertThat(table.inputs()).containsExactlyEntriesOf(TableFile.of("", table.key()).inputs());
		}
		assertThat(table.outputs()).containsExactlyEntriesOf(TableFile.of("", table.key()).outputs());
	}

}
