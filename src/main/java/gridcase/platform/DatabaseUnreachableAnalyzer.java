package gridcase.platform;

import java.util.Map;

import org.postgresql.util.PSQLException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

/** Says which database could not be opened and why, instead of a page of stack trace. */
class DatabaseUnreachableAnalyzer extends AbstractFailureAnalyzer<PSQLException> {

	private static final Map<String, String> WHAT_TO_DO = Map.of("08",
			"Start that server, or correct SPRING_DATASOURCE_URL.", "28",
			"Correct SPRING_DATASOURCE_USERNAME and SPRING_DATASOURCE_PASSWORD, or SPRING_FLYWAY_USER and SPRING_FLYWAY_PASSWORD.",
			"3D", "Create that database, or correct SPRING_DATASOURCE_URL.");

	private final Environment environment;

	DatabaseUnreachableAnalyzer(Environment environment) {
		this.environment = environment;
	}

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, PSQLException cause) {
		String state = (cause.getSQLState() != null) ? cause.getSQLState() : "";
		String action = (state.length() == 5) ? WHAT_TO_DO.get(state.substring(0, 2)) : null;
		if (action == null) {
			return null;
		}
		return new FailureAnalysis("数据库连不上 (the database cannot be opened): "
				+ this.environment.getProperty("spring.datasource.url") + "\n" + cause.getMessage(), action, cause);
	}

}
