package gridcase.policy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

import gridcase.shared.Acting;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.ResourcePatternResolver;
import org.springframework.stereotype.Component;

/**
 * Releases the rules that come with the program before the first request is served:
 * {@code decisions/*.dmn}, {@code forms/*.form} and {@code processes/*.bpmn} for all
 * places, those in a folder {@code <place>} for one.
 */
@Component
class FileReleases implements SmartInitializingSingleton {

	private static final Logger log = LoggerFactory.getLogger(FileReleases.class);

	private static final Map<RuleType, String> FOLDERS = Map.of(RuleType.TABLE, "models/decisions/", RuleType.FORM,
			"models/forms/", RuleType.DIAGRAM, "models/processes/");

	private final Releases releases;

	private final ResourcePatternResolver resources;

	FileReleases(Releases releases, ResourcePatternResolver resources) {
		this.releases = releases;
		this.resources = resources;
	}

	@Override
	public void afterSingletonsInstantiated() {
		// "" comes first: what a place has of its own builds on what is shared
		Map<String, Map<String, byte[]>> byPlace = new TreeMap<>();
		FOLDERS.forEach((type, folder) -> read(type, folder, byPlace));
		byPlace
			.forEach((place, files) -> this.releases.releaseFiles(place.isEmpty() ? null : place, files, Acting.SYSTEM)
				.ifPresent((release) -> log.info("Release {}: {} rules {}", release.id(), release.rules().size(),
						place.isEmpty() ? "for all places" : "of " + place)));
	}

	private void read(RuleType type, String root, Map<String, Map<String, byte[]>> byPlace) {
		try {
			for (Resource file : this.resources.getResources("classpath*:" + root + "**/*" + type.ending())) {
				String path = file.getURL().getPath();
				String below = path.substring(path.lastIndexOf(root) + root.length());
				int slash = below.lastIndexOf('/');
				try (InputStream content = file.getInputStream()) {
					byPlace.computeIfAbsent((slash < 0) ? "" : below.substring(0, slash), (place) -> new TreeMap<>())
						.put(file.getFilename(), content.readAllBytes());
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
