package gridcase.policy.tables;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

import gridcase.platform.GridcaseTest;
import gridcase.policy.Decisions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.ClassPathResource;

/**
 * Every table a place has of its own answers as the cases beside it say
 * ({@code src/test/resources/tables/<place>/<key>.txt}); a table without cases fails.
 */
@GridcaseTest
class PlaceTablesDecisionTests {

	@Autowired
	private Decisions decisions;

	@TestFactory
	Stream<DynamicTest> everyRuleOfAPlaceAnswersAsItsCasesSay() {
		return TableFile.all()
			.stream()
			.filter((table) -> !table.place().isEmpty())
			.flatMap((table) -> DecisionCases.everyRule(this.decisions, table, cases(table)));
	}

	private static String cases(TableFile table) {
		try {
			return new ClassPathResource("tables/" + table.name() + ".txt").getContentAsString(StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
