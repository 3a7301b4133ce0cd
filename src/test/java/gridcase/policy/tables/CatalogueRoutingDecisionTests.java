package gridcase.policy.tables;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import gridcase.platform.GridcaseTest;
import gridcase.policy.Decisions;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

import static org.assertj.core.api.Assertions.assertThat;

/** Every category a place can report, at every tier, finds a function the place has. */
@GridcaseTest
class CatalogueRoutingDecisionTests {

	private static final String OTHERWISE = "Rule_Otherwise";

	/** Routing rules that take whatever is left at one tier. */
	private static final Set<String> LEFT_OVERS = Set.of(OTHERWISE, "Rule_GroupSupport");

	@Autowired
	private Decisions decisions;

	static Stream<String> places() {
		return resources("registry/*/tiers.csv").stream().map(CatalogueRoutingDecisionTests::folder);
	}

	@ParameterizedTest
	@MethodSource("places")
	void everyCategoryIsLedByAFunctionThePlaceHas(String place) {
		Set<String> functions = rows("registry/" + place + "/units.csv")
			.flatMap((unit) -> Stream.of(unit.get("functions").split(" ")))
			.collect(Collectors.toSet());
		List<String> tiers = rows("registry/" + place + "/tiers.csv").map((tier) -> tier.get("tier")).toList();
		Set<String> missing = new TreeSet<>();
		categories(place).forEach((category) -> tiers.forEach((tier) -> {
			for (String severity : List.of("MINOR", "GENERAL", "SERIOUS", "MAJOR")) {
				Tables.Answered answer = Tables.ask(this.decisions, place, "routing", inputs(category, tier, severity));
				if (LEFT_OVERS.contains(answer.rule())) {
					missing.add(category.get("code") + " is led by nobody in particular at " + tier);
				}
				List<String> asked = new ArrayList<>(List.of(answer.outputs().get("leadFunction").toString()));
				asked.addAll(List.of(answer.outputs().get("helperFunctions").toString().split(",")));
				asked.removeIf((function) -> function.isEmpty() || functions.contains(function));
				asked.forEach((function) -> missing.add("no unit does " + function));
				String start = answer.outputs().get("startTier").toString();
				if (!start.isEmpty() && tiers.indexOf(start) < tiers.indexOf(tier)) {
					missing.add(answer.rule() + " lowers a case from " + tier + " to " + start);
				}
			}
		}));
		assertThat(missing).isEmpty();
	}

	private static Map<String, Object> inputs(CSVRecord category, String tier, String severity) {
		Map<String, Object> inputs = new HashMap<>();
		inputs.put("category", category.get("code"));
		inputs.put("categoryClass", category.get("class_code"));
		inputs.put("gridType", "STREET_LANE");
		inputs.put("tier", tier);
		inputs.put("severity", severity);
		inputs.put("urgency", "ROUTINE");
		inputs.put("loop", null);
		return inputs;
	}

	private static Stream<CSVRecord> categories(String place) {
		return Stream.of("registry/shared/categories*.csv", "registry/" + place + "/categories*.csv")
			.flatMap((pattern) -> resources(pattern).stream())
			.flatMap(CatalogueRoutingDecisionTests::rows)
			// a matter of the house runs through a process of its own
			.filter((category) -> !category.isMapped("process") || category.get("process").isEmpty())
			// refused before it is ever dispatched
			.filter((category) -> !"S09".equals(category.get("class_code")));
	}

	private static List<Resource> resources(String pattern) {
		try {
			return List.of(new PathMatchingResourcePatternResolver().getResources("classpath*:" + pattern));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Stream<CSVRecord> rows(String path) {
		return resources(path).stream().flatMap(CatalogueRoutingDecisionTests::rows);
	}

	private static Stream<CSVRecord> rows(Resource file) {
		try (Reader reader = new InputStreamReader(file.getInputStream(), StandardCharsets.UTF_8);
				CSVParser csv = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get().parse(reader)) {
			return csv.getRecords().stream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String folder(Resource file) {
		try {
			String[] path = file.getURL().getPath().split("/");
			return path[path.length - 2];
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
