package gridcase.platform;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringApplication;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** What production must have, and must not have, is named before anything is opened. */
class StartGuardTests {

	private static final Map<String, String> COMPLETE = Map.of("spring.datasource.url", "jdbc:postgresql://db/gridcase",
			"spring.datasource.username", "gridcase", "spring.datasource.password", "of-the-database",
			"gridcase.secret", "twelve-chars-or-more", "gridcase.admin-password", "another-long-one",
			"gridcase.personal-data.key", "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=", "gridcase.evidence.key",
			"MC4=", "spring.flyway.user", "gridcase_owner");

	@Test
	void completeProductionStarts() {
		assertThatCode(() -> check(COMPLETE, "production")).doesNotThrowAnyException();
	}

	@ParameterizedTest(name = "without {0}, {1} is named")
	@CsvSource({ "spring.datasource.url, SPRING_DATASOURCE_URL",
			"spring.datasource.username, SPRING_DATASOURCE_USERNAME",
			"spring.datasource.password, SPRING_DATASOURCE_PASSWORD", "gridcase.secret, GRIDCASE_SECRET",
			"gridcase.admin-password, GRIDCASE_ADMIN_PASSWORD",
			"gridcase.personal-data.key, GRIDCASE_PERSONAL_DATA_KEY", "gridcase.evidence.key, GRIDCASE_EVIDENCE_KEY",
			"spring.flyway.user, SPRING_FLYWAY_USER" })
	void whatIsMissingIsNamed(String property, String variable) {
		Map<String, String> settings = new HashMap<>(COMPLETE);
		settings.remove(property);
		assertThat(problems(settings, "production")).singleElement().asString().contains(property, variable);

		settings.put(property, "  ");
		assertThat(problems(settings, "production")).singleElement().asString().contains(property, variable);
	}

	@ParameterizedTest
	@ValueSource(strings = { "gridcase.secret", "gridcase.admin-password" })
	void shortSecretsAreRefused(String property) {
		Map<String, String> settings = new HashMap<>(COMPLETE);
		settings.put(property, "elevenchars");
		assertThat(problems(settings, "production")).singleElement().asString().contains(property, "12");
	}

	@ParameterizedTest
	@CsvSource({ "gridcase.clock, rehearsal", "gridcase.demo.enabled, true" })
	void demoSettingsAreRefused(String property, String value) {
		Map<String, String> settings = new HashMap<>(COMPLETE);
		settings.put(property, value);
		assertThat(problems(settings, "production")).singleElement().asString().contains(property + '=');
	}

	@Test
	void theRoleThatOwnsTheTablesMayNotBeTheOneThatWorks() {
		Map<String, String> settings = new HashMap<>(COMPLETE);
		settings.put("spring.flyway.user", "gridcase");
		assertThat(problems(settings, "production")).singleElement().asString().contains("spring.flyway.user");
	}

	@Test
	void everyProblemIsToldAtOnce() {
		assertThat(problems(Map.of("gridcase.clock", "rehearsal", "gridcase.demo.enabled", "true"), "production"))
			.hasSize(10);
	}

	@ParameterizedTest
	@ValueSource(strings = { "local", "test" })
	void demoProfilesStartWithoutAnything(String profile) {
		assertThatCode(() -> check(Map.of("gridcase.clock", "rehearsal"), profile)).doesNotThrowAnyException();
	}

	@Test
	void noOtherProfileIsLenient() {
		assertThat(problems(Map.of(), "staging")).isNotEmpty();
		assertThat(problems(Map.of(), "local", "production")).isNotEmpty();
	}

	private static List<String> problems(Map<String, String> settings, String... profiles) {
		return catchThrowableOfType(UnsafeStart.class, () -> check(settings, profiles)).problems();
	}

	private static void check(Map<String, String> settings, String... profiles) {
		MockEnvironment environment = new MockEnvironment();
		environment.setActiveProfiles(profiles);
		settings.forEach(environment::setProperty);
		new StartGuard().postProcessEnvironment(environment, new SpringApplication());
	}

}
