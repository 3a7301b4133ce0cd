package gridcase.platform;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;

import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/** A database that cannot be opened is named, with what to do; other faults are not. */
class DatabaseUnreachableAnalyzerTests {

	private final DatabaseUnreachableAnalyzer analyzer = new DatabaseUnreachableAnalyzer(
			new MockEnvironment().withProperty("spring.datasource.url", "jdbc:postgresql://db/gridcase"));

	@ParameterizedTest
	@CsvSource({ "CONNECTION_UNABLE_TO_CONNECT, Start that server", "INVALID_PASSWORD, SPRING_DATASOURCE_PASSWORD",
			"INVALID_AUTHORIZATION_SPECIFICATION, SPRING_DATASOURCE_USERNAME" })
	void namesDatabaseAndRemedy(PSQLState state, String remedy) {
		FailureAnalysis analysis = analyze(state);
		assertThat(analysis.getDescription()).contains("jdbc:postgresql://db/gridcase", "the reason");
		assertThat(analysis.getAction()).contains(remedy);
	}

	@ParameterizedTest
	@ValueSource(strings = { "SYNTAX_ERROR", "UNDEFINED_TABLE" })
	void leavesOtherFaultsToOthers(PSQLState state) {
		assertThat(analyze(state)).isNull();
	}

	private FailureAnalysis analyze(PSQLState state) {
		return this.analyzer.analyze(new IllegalStateException(new PSQLException("the reason", state)));
	}

}
