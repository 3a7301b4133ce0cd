package gridcase.platform;

import java.util.ArrayList;
import java.util.List;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Profiles;

/**
 * Refuses, before anything is opened, what only the local profile may do: the rehearsal
 * clock, demo data, the embedded database and default secrets.
 */
class StartGuard implements EnvironmentPostProcessor {

	static final Profiles LENIENT = Profiles.of("(local | test) & !production");

	private static final int SECRET_LENGTH = 12;

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		if (environment.acceptsProfiles(LENIENT)) {
			return;
		}
		List<String> problems = new ArrayList<>();
		String clock = environment.getProperty("gridcase.clock", "system");
		if (!"system".equals(clock)) {
			problems.add("gridcase.clock=" + clock + ": the rehearsal clock moves deadlines of real cases");
		}
		if (environment.getProperty("gridcase.demo.enabled", Boolean.class, false)) {
			problems.add("gridcase.demo.enabled=true: demo data do not belong among real cases");
		}
		requireSet(environment, problems, "spring.datasource.url", "SPRING_DATASOURCE_URL",
				"the address of your PostgreSQL");
		requireSet(environment, problems, "spring.datasource.username", "SPRING_DATASOURCE_USERNAME",
				"the database user");
		requireSet(environment, problems, "spring.datasource.password", "SPRING_DATASOURCE_PASSWORD",
				"the password of the database user");
		requireSecret(environment, problems, "gridcase.secret", "GRIDCASE_SECRET");
		requireSecret(environment, problems, "gridcase.admin-password", "GRIDCASE_ADMIN_PASSWORD");
		requireSet(environment, problems, "gridcase.personal-data.key", "GRIDCASE_PERSONAL_DATA_KEY",
				"32 random bytes in Base64 that seal personal data (openssl rand -base64 32); keep a copy apart from the database");
		requireSet(environment, problems, "gridcase.evidence.key", "GRIDCASE_EVIDENCE_KEY",
				"the Ed25519 private key that signs daily roots (openssl genpkey -algorithm ed25519); keep a copy apart from the database");
		requireSet(environment, problems, "spring.flyway.user", "SPRING_FLYWAY_USER",
				"the database role that owns the tables; the platform itself works as another one that may not change events");
		String owner = environment.getProperty("spring.flyway.user", "");
		if (!owner.isBlank() && owner.equals(environment.getProperty("spring.datasource.username"))) {
			problems.add("spring.flyway.user and spring.datasource.username are the same role \"" + owner
					+ "\": who works with the tables must not own them");
		}
		if (!problems.isEmpty()) {
			throw new UnsafeStart(problems);
		}
	}

	private static void requireSet(ConfigurableEnvironment environment, List<String> problems, String property,
			String variable, String meaning) {
		if (environment.getProperty(property, "").isBlank()) {
			problems.add(property + " (" + variable + ") is not set: " + meaning);
		}
	}

	private static void requireSecret(ConfigurableEnvironment environment, List<String> problems, String property,
			String variable) {
		if (environment.getProperty(property, "").strip().length() < SECRET_LENGTH) {
			problems.add(property + " (" + variable + ") is not set or shorter than " + SECRET_LENGTH + " characters");
		}
	}

}
