package gridcase.oversight;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/** Which addresses are watched, as {@code oversight/watched.csv} says. */
@Component
class WatchList {

	private static final String FILE = "oversight/watched.csv";

	/** For an address that nobody has thought of: it is watched. */
	private static final WatchLine UNKNOWN = new WatchLine(Set.of("*"), "/**", "other", "OTHER", "", Set.of(), null);

	private final List<WatchLine> lines = new ArrayList<>();

	private final Map<String, WatchLine> known = new ConcurrentHashMap<>();

	WatchList() {
		try {
			int number = 0;
			for (String row : new ClassPathResource(FILE).getContentAsString(StandardCharsets.UTF_8).lines().toList()) {
				number++;
				if (!row.isBlank() && !row.startsWith("#")) {
					this.lines.add(line(row, number));
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(FILE + " cannot be read", ex);
		}
	}

	private static WatchLine line(String row, int number) {
		String[] cells = Stream.of(row.split("\\|", -1)).map(String::strip).toArray(String[]::new);
		if (cells.length != 6 || (cells[3].equals("-") && cells[5].isEmpty())) {
			throw new IllegalStateException(FILE + " line " + number
					+ ": method | path | about | kind | subject | kept, and why where nothing goes on record");
		}
		boolean recorded = !cells[3].equals("-");
		return new WatchLine(words(cells[0]), cells[1], cells[2].equals("-") ? null : cells[2],
				recorded ? cells[3] : null, cells[4], recorded ? words(cells[5]) : Set.of(),
				recorded ? null : cells[5]);
	}

	private static Set<String> words(String cell) {
		return Stream.of(cell.split(" "))
			.filter((word) -> !word.isEmpty())
			.collect(Collectors.toCollection(LinkedHashSet::new));
	}

	/** The line of an address, if it has one. */
	Optional<WatchLine> find(String method, String pattern) {
		return this.lines.stream().filter((line) -> line.fits(method, pattern)).findFirst();
	}

	/** What holds for an address; who asks for its head only asks for it. */
	WatchLine of(String method, String pattern) {
		String asked = method.equals("HEAD") ? "GET" : method;
		return this.known.computeIfAbsent(asked + " " + pattern, (key) -> find(asked, pattern).orElse(UNKNOWN));
	}

	/** All kinds that go on record by this list. */
	Set<String> kinds() {
		return this.lines.stream()
			.map(WatchLine::kind)
			.filter((kind) -> kind != null)
			.collect(Collectors.toCollection(LinkedHashSet::new));
	}

}
