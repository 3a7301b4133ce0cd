package gridcase.registry;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import gridcase.shared.LoadRefused;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;

import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/**
 * Files of the catalogue that come with a release of rules, {@code categories} and
 * {@code conditions}: checked when it is made, loaded when it takes effect, as part of
 * it. They may have one column more than files of the registry, {@code withdrawn}: a row
 * that says true there is taken out of the catalogue.
 */
@Component
public class CatalogueFiles {

	/** Keys of the files, in the order they are loaded. */
	public static final List<String> KEYS = List.of(RegistryKind.CATEGORIES.label(), RegistryKind.CONDITIONS.label());

	private static final String WITHDRAWN = "withdrawn";

	private final RegistryLoader loader;

	private final RegistryStore store;

	private final MessageSource messages;

	CatalogueFiles(RegistryLoader loader, RegistryStore store, MessageSource messages) {
		this.loader = loader;
		this.store = store;
		this.messages = messages;
	}

	/** A file with the rows that stay and those that go. */
	private record Parts(RegistryKind kind, List<FileRow> rows, List<FileRow> withdrawn, Problems problems) {

		Set<String> keysWithdrawn() {
			Set<String> keys = new LinkedHashSet<>();
			this.withdrawn.forEach((row) -> keys.add(row.key(this.kind)));
			return keys;
		}

	}

	/**
	 * Looks whether files could be loaded together; nothing is.
	 * @param place place code, null for the catalogue all places share
	 * @param files CSV in UTF-8 with a header line, by key
	 * @param of key of the one whose problems are told
	 * @throws LoadRefused with everything that is wrong with that one
	 */
	public void check(String place, Map<String, byte[]> files, String of) {
		RegistryKind asked = RegistryKind.find(of).orElseThrow();
		try {
			this.loader.tryOut(() -> run(place, files));
		}
		catch (Refused refused) {
			// what is wrong with another file is told when that is looked at
			if (refused.kind == asked) {
				throw refused.problems;
			}
		}
	}

	/**
	 * Adds, changes and withdraws from today on, in the transaction that runs; what the
	 * files do not name stays.
	 * @param place place code, null for the catalogue all places share
	 * @param files the files, by key
	 * @throws LoadRefused with everything that is wrong; the transaction must not go on
	 * then
	 */
	public void load(String place, Map<String, byte[]> files) {
		try {
			run(place, files);
		}
		catch (Refused refused) {
			throw refused.problems;
		}
	}

	/** First what others may name, and withdrawn last what others may have named. */
	private void run(String place, Map<String, byte[]> files) {
		List<Parts> all = KEYS.stream()
			.filter(files::containsKey)
			.map((key) -> parts(RegistryKind.find(key).orElseThrow(), files.get(key)))
			.toList();
		all.forEach((parts) -> run(place, parts, parts.rows(), Set.of()));
		for (int last = all.size() - 1; last >= 0; last--) {
			if (!all.get(last).withdrawn().isEmpty()) {
				run(place, all.get(last), List.of(), all.get(last).keysWithdrawn());
			}
		}
	}

	private void run(String place, Parts parts, List<FileRow> rows, Set<String> withdrawn) {
		try {
			Map<String, FileRow> there = this.loader.open(parts.kind(), place);
			if (!withdrawn.isEmpty()) {
				parts.withdrawn()
					.stream()
					.filter((row) -> !there.containsKey(row.key(parts.kind())))
					.forEach((row) -> parts.problems()
						.add(row.line(), WITHDRAWN, row.key(parts.kind()), "withdrawn.none"));
			}
			this.loader.loadAlong(parts.kind(), place, this.store.today(), rows, withdrawn, parts.problems());
		}
		catch (LoadRefused ex) {
			throw new Refused(parts.kind(), ex);
		}
	}

	/**
	 * A file that would undo another one: what it changes as it is now, what it adds
	 * withdrawn.
	 * @param place place code, null for the catalogue all places share
	 * @param key key of the file
	 * @param content the file, not yet loaded
	 */
	public byte[] undoing(String place, String key, byte[] content) {
		RegistryKind kind = RegistryKind.find(key).orElseThrow();
		Parts parts = parts(kind, content);
		Map<String, FileRow> before = this.loader.open(kind, place);
		List<String> columns = kind.columns().stream().map(Column::name).toList();
		StringWriter undoing = new StringWriter();
		try (CSVPrinter printer = new CSVPrinter(undoing, CSVFormat.DEFAULT.builder().setRecordSeparator('\n').get())) {
			List<String> header = new ArrayList<>(columns);
			header.add(WITHDRAWN);
			printer.printRecord(header);
			List<FileRow> all = new ArrayList<>(parts.rows());
			all.addAll(parts.withdrawn());
			for (FileRow row : all) {
				FileRow old = before.get(row.key(kind));
				List<String> cells = new ArrayList<>(
						columns.stream().map((column) -> ((old != null) ? old : row).get(column)).toList());
				cells.add((old != null) ? null : "true");
				printer.printRecord(cells);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return undoing.toString().getBytes(StandardCharsets.UTF_8);
	}

	/**
	 * Rows that are no longer as a file made them.
	 * @param place place code, null for the catalogue all places share
	 * @param key key of the file
	 * @param content the file, loaded some time ago
	 * @return their keys
	 */
	public List<String> changedSince(String place, String key, byte[] content) {
		RegistryKind kind = RegistryKind.find(key).orElseThrow();
		Parts parts = parts(kind, content);
		Map<String, FileRow> now = this.loader.open(kind, place);
		List<String> changed = new ArrayList<>();
		parts.rows().forEach((row) -> {
			FileRow is = now.get(row.key(kind));
			if (is == null || !kind.columns()
				.stream()
				.allMatch((column) -> Objects.equals(is.get(column.name()), row.get(column.name())))) {
				changed.add(row.key(kind));
			}
		});
		parts.keysWithdrawn().stream().filter(now::containsKey).forEach(changed::add);
		return changed;
	}

	// --- reading ---

	private Parts parts(RegistryKind kind, byte[] content) {
		Problems problems = new Problems(this.messages);
		Map<Integer, Boolean> withdrawn = new LinkedHashMap<>();
		byte[] plain = withoutColumn(content, withdrawn).orElse(content);
		List<FileRow> rows = RegistryFile.read(kind, plain, problems);
		return new Parts(kind, rows.stream().filter((row) -> !withdrawn.getOrDefault(row.line(), false)).toList(),
				rows.stream().filter((row) -> withdrawn.getOrDefault(row.line(), false)).toList(), problems);
	}

	/**
	 * The file as the registry knows it, every row on the line it had.
	 * @return empty if it has no such column, or cannot be read: then the registry says
	 * why
	 */
	private static Optional<byte[]> withoutColumn(byte[] content, Map<Integer, Boolean> withdrawn) {
		CSVFormat format = CSVFormat.DEFAULT.builder().setIgnoreSurroundingSpaces(true).setTrim(true).get();
		StringWriter plain = new StringWriter();
		try (CSVParser parser = CSVParser.parse(new StringReader(text(content)), format);
				CSVPrinter printer = new CSVPrinter(plain,
						CSVFormat.DEFAULT.builder().setRecordSeparator('\n').get())) {
			int column = -1;
			int size = 0;
			int line = 1;
			for (CSVRecord record : parser) {
				if (size == 0) {
					column = record.toList().indexOf(WITHDRAWN);
					size = record.size();
					if (column < 0) {
						return Optional.empty();
					}
				}
				long breaks = record.stream()
					.mapToLong((cell) -> cell.chars().filter((one) -> one == '\n').count())
					.sum();
				long at = parser.getCurrentLineNumber() - breaks;
				for (; line < at; line++) {
					printer.println();
				}
				line += (int) breaks + 1;
				if (record.size() != size) {
					printer.printRecord(record);
					continue;
				}
				withdrawn.put((int) at, Boolean.parseBoolean(record.get(column)));
				List<String> cells = new ArrayList<>(record.toList());
				cells.remove(column);
				printer.printRecord(cells);
			}
		}
		catch (IOException | UncheckedIOException ex) {
			return Optional.empty();
		}
		return Optional.of(plain.toString().getBytes(StandardCharsets.UTF_8));
	}

	private static String text(byte[] content) throws CharacterCodingException {
		String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
		return text.startsWith("\uFEFF") ? text.substring(1) : text;
	}

	/** Which of the files was refused. */
	private static final class Refused extends RuntimeException {

		private final transient RegistryKind kind;

		private final LoadRefused problems;

		Refused(RegistryKind kind, LoadRefused problems) {
			super(problems);
			this.kind = kind;
			this.problems = problems;
		}

	}

}
