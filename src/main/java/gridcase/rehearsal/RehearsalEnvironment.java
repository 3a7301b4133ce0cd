package gridcase.rehearsal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * A rehearsal command works apart from a running platform: its own port, its own data
 * folder that is thrown away at the end, no demo cases, and no timers beside the story's.
 * A folder or database that is named is used and kept.
 */
class RehearsalEnvironment implements EnvironmentPostProcessor {

	/** Folder to delete at the end. */
	static final String THROW_AWAY = "gridcase.rehearsal.throw-away";

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		if (!environment.containsProperty(RehearsalCommand.PROPERTY)) {
			return;
		}
		Map<String, Object> settings = new HashMap<>();
		settings.put("server.port", "0");
		settings.put("gridcase.demo.cases", "false");
		settings.put("camunda.bpm.job-execution.enabled", "false");
		if (!environment.containsProperty("gridcase.data-folder")
				&& !environment.containsProperty("spring.datasource.url")) {
			String folder = temporary();
			settings.put("gridcase.data-folder", folder);
			settings.put(THROW_AWAY, folder);
		}
		environment.getPropertySources().addFirst(new MapPropertySource("rehearsal", settings));
	}

	private static String temporary() {
		try {
			return Files.createTempDirectory("gridcase-rehearsal").toString();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("No temporary folder for the rehearsal", ex);
		}
	}

}
