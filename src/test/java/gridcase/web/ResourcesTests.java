package gridcase.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

import static org.assertj.core.api.Assertions.assertThat;

/** What lies in the jar is what it says it is. */
class ResourcesTests {

	private static final PathMatchingResourcePatternResolver RESOURCES = new PathMatchingResourcePatternResolver();

	@Test
	void vendoredFilesAreTheReleasedOnes() throws IOException, NoSuchAlgorithmException {
		Resource[] manifests = RESOURCES.getResources("classpath:/static/vendor/*/manifest.json");
		assertThat(manifests).isNotEmpty();
		for (Resource manifest : manifests) {
			JsonNode stated = new ObjectMapper().readTree(manifest.getInputStream());
			Map<String, String> hashes = new TreeMap<>();
			String folder = "/static/vendor/" + stated.path("name").asText() + "/";
			for (Resource file : RESOURCES
				.getResources("classpath:/static/vendor/" + stated.path("name").asText() + "/**")) {
				if (file.isReadable() && !"manifest.json".equals(file.getFilename())) {
					String address = file.getURL().toString();
					hashes.put(address.substring(address.indexOf(folder) + folder.length()), sha256(file));
				}
			}
			Map<String, String> expected = new TreeMap<>();
			for (Iterator<String> names = stated.path("files").fieldNames(); names.hasNext();) {
				String name = names.next();
				expected.put(name, stated.path("files").path(name).asText());
			}
			assertThat(hashes).isEqualTo(expected).containsKey("LICENSE");
			assertThat(stated.path("integrity").asText()).startsWith("sha512-");
		}
	}

	static Stream<String> bundles() throws IOException {
		return Stream.of(RESOURCES.getResources("classpath:/messages/*.properties"))
			.map(Resource::getFilename)
			.filter((name) -> !name.contains("_"))
			.map((name) -> name.replace(".properties", ""));
	}

	@ParameterizedTest
	@MethodSource("bundles")
	void everyBundleSaysTheSameInBothLanguages(String bundle) throws IOException {
		assertThat(new TreeSet<>(words(bundle + "_en").keySet())).isEqualTo(new TreeSet<>(words(bundle).keySet()));
	}

	@Test
	void templatesAskOnlyForWordsThereAre() throws IOException {
		Properties known = new Properties();
		for (String bundle : bundles().toList()) {
			known.putAll(words(bundle));
		}
		Pattern key = Pattern.compile("#\\{([a-z][A-Za-z0-9.-]*)[(}]");
		TreeSet<String> missing = new TreeSet<>();
		for (Resource template : RESOURCES.getResources("classpath:/templates/**/*.html")) {
			Matcher matcher = key.matcher(template.getContentAsString(StandardCharsets.UTF_8));
			while (matcher.find()) {
				if (!known.containsKey(matcher.group(1))) {
					missing.add(template.getFilename() + ": " + matcher.group(1));
				}
			}
		}
		assertThat(missing).isEmpty();
	}

	@Test
	void noPageCarriesInlineScriptOrStyle() throws IOException {
		Pattern inline = Pattern.compile("<style|\\sstyle=|\\son[a-z]+=|<script(?![^>]*src=)|hx-on|javascript:");
		for (Resource template : RESOURCES.getResources("classpath:/templates/**/*.html")) {
			assertThat(inline.matcher(template.getContentAsString(StandardCharsets.UTF_8)).find())
				.as(template.getFilename())
				.isFalse();
		}
	}

	private static Properties words(String bundle) throws IOException {
		Properties words = new Properties();
		try (InputStream content = RESOURCES.getResource("classpath:/messages/" + bundle + ".properties")
			.getInputStream()) {
			words.load(new InputStreamReader(content, StandardCharsets.UTF_8));
		}
		return words;
	}

	private static String sha256(Resource file) throws IOException, NoSuchAlgorithmException {
		return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(file.getContentAsByteArray()));
	}

}
