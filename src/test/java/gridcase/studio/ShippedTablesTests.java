package gridcase.studio;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import gridcase.analysis.Finding;
import gridcase.analysis.Finding.Severity;
import gridcase.analysis.TableFindings;
import gridcase.casework.DemoTest;
import gridcase.policy.TableFiles;
import gridcase.policy.TableView;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

import static org.assertj.core.api.Assertions.assertThat;

/** The tables that come with the program are looked at; what stays has a reason. */
@DemoTest
class ShippedTablesTests {

	private static final String ROOT = "models/decisions/";

	@Autowired
	private TableFiles files;

	@Autowired
	private RuleDomains domains;

	@Test
	void holdNothingButWhatIsMeant() throws IOException {
		Map<String, TableView> shared = new TreeMap<>();
		Map<String, TableView> all = new TreeMap<>();
		for (Resource file : new PathMatchingResourcePatternResolver()
			.getResources("classpath*:" + ROOT + "**/*.dmn")) {
			String path = file.getURL().getPath();
			String name = path.substring(path.lastIndexOf(ROOT) + ROOT.length());
			TableView view = this.files.read(name, file.getContentAsByteArray()).view();
			all.put(name, view);
			if (name.indexOf('/') < 0) {
				shared.put(view.key(), view);
			}
		}
		List<String> found = new ArrayList<>();
		all.forEach((name, view) -> {
			String place = (name.indexOf('/') < 0) ? null : name.substring(0, name.indexOf('/'));
			for (Finding finding : TableFindings.of(view, this.domains.of(place), null, shared.get(view.key()))) {
				if (finding.severity() != Severity.NOTE) {
					found.add(name + " | " + finding.kind() + " | " + about(finding));
				}
			}
		});

		assertThat(new TreeSet<>(found)).isEqualTo(new TreeSet<>(expected()));
	}

	private static String about(Finding finding) {
		return finding.region().isEmpty() ? finding.title() + " " + finding.text()
				: finding.region().stream().map(Finding.Part::cell).collect(Collectors.joining(" ; "));
	}

	private static List<String> expected() throws IOException {
		try (Reader file = new InputStreamReader(
				ShippedTablesTests.class.getResourceAsStream("/findings/shipped-tables.csv"), StandardCharsets.UTF_8);
				CSVParser rows = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get().parse(file)) {
			return rows.stream().map((row) -> {
				assertThat(row.get("reason")).as("reason of " + row).isNotBlank();
				return row.get("table") + " | " + row.get("kind") + " | " + row.get("about");
			}).toList();
		}
	}

}
