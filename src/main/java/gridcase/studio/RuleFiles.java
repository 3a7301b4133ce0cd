package gridcase.studio;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import gridcase.policy.RuleType;

/**
 * The rules in a checkout: {@code decisions/}, {@code processes/}, {@code forms/} and
 * {@code registry/}, a place's own in a folder of its code beneath.
 *
 * @param owners files by name, by place; those all places share under ""
 * @param strays what lies in these folders and is no rule of that kind
 */
record RuleFiles(Map<String, Map<String, byte[]>> owners, List<String> strays) {

	/** Name under which the rules of all places are. */
	static final String SHARED = "";

	/**
	 * Reads a checkout.
	 * @param folder the folder that has them
	 * @throws IOException if a file cannot be read
	 */
	static RuleFiles read(Path folder) throws IOException {
		RuleFiles files = new RuleFiles(new TreeMap<>(), new ArrayList<>());
		for (RuleType type : RuleType.values()) {
			Path root = folder.resolve(RuleFolder.of(type));
			if (Files.isDirectory(root)) {
				try (Stream<Path> found = Files.walk(root)) {
					for (Path file : found.filter(Files::isRegularFile).sorted().toList()) {
						files.add(type, root, file);
					}
				}
			}
		}
		return files;
	}

	private void add(RuleType type, Path root, Path file) throws IOException {
		Path below = root.relativize(file);
		String name = file.getFileName().toString();
		if (below.getNameCount() > 2 || !name.endsWith(type.ending())) {
			if (!name.startsWith(".")) {
				this.strays.add(RuleFolder.of(type) + "/" + below.toString().replace('\\', '/'));
			}
			return;
		}
		String owner = (below.getNameCount() == 2) ? below.getName(0).toString() : SHARED;
		this.owners.computeIfAbsent(owner, (any) -> new TreeMap<>()).put(name, Files.readAllBytes(file));
	}

	/** How many files there are. */
	int count() {
		return this.owners.values().stream().mapToInt(Map::size).sum();
	}

	/** Where a file is in a checkout. */
	static String path(String owner, String name) {
		return RuleType.ofFile(name)
			.map((type) -> RuleFolder.of(type) + "/" + (owner.equals(SHARED) ? "" : owner + "/") + name)
			.orElse(name);
	}

}
