package gridcase.casework;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A difference between files of the program and what a place orders, as {@code diff -u}
 * writes it. Where a piece belongs is found by its own lines, which must stand in the
 * file exactly once; line numbers do not matter.
 *
 * @param source path of the file it starts from, null for a new one
 * @param target path of the file it leads to
 * @param pieces pieces in their order
 */
record FileChange(String source, String target, List<Piece> pieces) {

	static List<FileChange> read(Path file) throws IOException {
		List<FileChange> changes = new ArrayList<>();
		String source = null;
		for (String line : Files.readAllLines(file)) {
			if (line.startsWith("--- ")) {
				source = line.substring(4).equals("/dev/null") ? null : line.substring(4).strip();
			}
			else if (line.startsWith("+++ ")) {
				changes.add(new FileChange(source, line.substring(4).strip(), new ArrayList<>()));
			}
			else if (line.startsWith("@@")) {
				last(changes).pieces().add(new Piece(new ArrayList<>(), new ArrayList<>()));
			}
			else {
				Piece piece = last(last(changes).pieces());
				if (!line.startsWith("+")) {
					piece.before().add(line.substring(1));
				}
				if (!line.startsWith("-")) {
					piece.after().add(line.substring(1));
				}
			}
		}
		return changes;
	}

	private static <T> T last(List<T> list) {
		return list.get(list.size() - 1);
	}

	/** The file as it is ordered. */
	String changed() throws IOException {
		List<String> lines = new ArrayList<>(
				(this.source != null) ? Files.readAllLines(Path.of(this.source)) : List.of());
		for (Piece piece : this.pieces) {
			int at = piece.before().isEmpty() ? 0 : Collections.indexOfSubList(lines, piece.before());
			if (at < 0 || (!piece.before().isEmpty() && at != Collections.lastIndexOfSubList(lines, piece.before()))) {
				throw new IllegalStateException(
						this.source + " does not have these lines exactly once:\n" + String.join("\n", piece.before()));
			}
			List<String> place = lines.subList(at, at + piece.before().size());
			place.clear();
			place.addAll(piece.after());
		}
		return String.join("\n", lines) + "\n";
	}

	/** Only the lines it adds, below the first line of the file: for a registry. */
	String added() throws IOException {
		StringBuilder rows = new StringBuilder(Files.readAllLines(Path.of(this.source)).get(0)).append('\n');
		this.pieces.forEach((piece) -> piece.after()
			.stream()
			.filter((line) -> !piece.before().contains(line))
			.forEach((line) -> rows.append(line).append('\n')));
		return rows.toString();
	}

	/**
	 * One piece.
	 *
	 * @param before lines as they are
	 * @param after lines as they become
	 */
	record Piece(List<String> before, List<String> after) {

	}

}
