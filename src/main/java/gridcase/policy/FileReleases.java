package gridcase.policy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
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
 * Releases the tables that come with the program, {@code decisions/*.dmn} for all places
 * and {@code decisions/<place>/*.dmn} for one, before the first request is served.
 */
@Component
class FileReleases implements SmartInitializingSingleton {

	private static final Logger log = LoggerFactory.getLogger(FileReleases.class);

	private static final String ROOT = "models/decisions/";

	private final Releases releases;

	private final ResourcePatternResolver resources;

	FileReleases(Releases releases, ResourcePatternResolver resources) {
		this.releases = releases;
		this.resources = resources;
	}

	@Override
	public void afterSingletonsInstantiated() {
		try {
			Map<String, byte[]> shared = read("classpath*:" + ROOT + "*.dmn").getOrDefault("", Map.of());
			if (!shared.isEmpty()) {
				release(null, shared);
			}
			read("classpath*:" + ROOT + "*/*.dmn").forEach(this::release);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void release(String place, Map<String, byte[]> files) {
		this.releases.releaseFiles(place, files, Acting.SYSTEM)
			.ifPresent((release) -> log.info("Release {}: {} decision tables {}", release.id(), files.size(),
					(place != null) ? "of " + place : "for all places"));
	}

	/** Files by folder below the root ("" for the root itself) and name. */
	private Map<String, Map<String, byte[]>> read(String pattern) throws IOException {
		Map<String, Map<String, byte[]>> folders = new TreeMap<>();
		for (Resource file : this.resources.getResources(pattern)) {
			String path = file.getURL().getPath();
			String below = path.substring(path.lastIndexOf(ROOT) + ROOT.length());
			int slash = below.lastIndexOf('/');
			try (InputStream content = file.getInputStream()) {
				folders.computeIfAbsent((slash < 0) ? "" : below.substring(0, slash), (folder) -> new HashMap<>())
					.put(file.getFilename(), content.readAllBytes());
			}
		}
		return folders;
	}

}
