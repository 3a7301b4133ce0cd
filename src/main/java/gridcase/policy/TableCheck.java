package gridcase.policy;

import gridcase.shared.Texts;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads files on their own, to tell everything that is wrong before anything is kept. */
final class TableCheck {

	private final TableReader reader;

	TableCheck(Feel feel, List<TableAudit> audits) {
		this.reader = new TableReader(feel, audits);
	}

	/**
	 * Checks a set of files.
	 * @param place place whose tables they are; null for the shared ones
	 * @param files content by file name
	 * @return content by {@code <key>.dmn}
	 * @throws TablesRefused with the problems of all files
	 */
	Map<String, byte[]> byKey(String place, Map<String, byte[]> files) {
		List<TableProblem> problems = new ArrayList<>();
		Map<String, byte[]> byKey = new TreeMap<>();
		Map<String, String> fileOfKey = new HashMap<>();
		if (files.isEmpty()) {
			problems.add(new TableProblem("-", null, null, null, null, Texts.of("policy", "release.none")));
		}
		new TreeMap<>(files).forEach((file, content) -> {
			try {
				String key = this.reader.check(file, content, place == null);
				String twin = fileOfKey.put(key, file);
				if (twin != null) {
					problems.add(new TableProblem(file, key, null, null, null,
							Texts.of("policy", "release.twice", twin, file)));
				}
				byKey.put(key + ".dmn", content);
			}
			catch (TablesRefused ex) {
				problems.addAll(ex.problems());
			}
		});
		if (!problems.isEmpty()) {
			throw new TablesRefused(problems);
		}
		return byKey;
	}

}
