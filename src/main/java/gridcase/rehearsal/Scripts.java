package gridcase.rehearsal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/** The stories that travel with the platform, {@code rehearsal/<name>.yaml}. */
@Component
class Scripts {

	private static final String FOLDER = "rehearsal/";

	private static final String SUFFIX = ".yaml";

	private final ObjectMapper mapper = JsonMapper.builder()
		.findAndAddModules()
		.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.build();

	private final PathMatchingResourcePatternResolver files = new PathMatchingResourcePatternResolver();

	/**
	 * Reads a story.
	 * @param name name of its file without ending
	 * @throws IllegalArgumentException if there is no such file or it says what nobody
	 * understands
	 */
	Script read(String name) {
		Resource file = this.files.getResource("classpath:" + FOLDER + name + SUFFIX);
		if (!file.exists()) {
			throw new IllegalArgumentException("No rehearsal \"" + name + "\"; there are " + names());
		}
		try (InputStream content = file.getInputStream()) {
			Object plain = new Yaml(new SafeConstructor(new LoaderOptions())).load(content);
			return this.mapper.convertValue(plain, Script.class);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot read " + file, ex);
		}
	}

	/** Names of all stories, sorted. */
	List<String> names() {
		try {
			return Arrays.stream(this.files.getResources("classpath*:" + FOLDER + "*" + SUFFIX))
				.map((file) -> Objects.requireNonNull(file.getFilename()))
				.map((file) -> file.substring(0, file.length() - SUFFIX.length()))
				.sorted()
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot list the rehearsals", ex);
		}
	}

}
