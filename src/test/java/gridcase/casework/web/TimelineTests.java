package gridcase.casework.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import gridcase.audit.CaseEvent;
import gridcase.audit.CaseTrail;
import gridcase.casework.CaseDriver;
import gridcase.casework.CaseFile;
import gridcase.casework.Cases;
import gridcase.casework.DemoTest;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever is written to the trail of a case has plain words on its page. */
@DemoTest
class TimelineTests {

	private static final Path SOURCES = Path.of("src/main/java");

	/** First argument of a call that records something, up to its end. */
	private static final Pattern RECORDS = Pattern.compile("(?<![A-Za-z])(?:record|this)?\\.?event\\(\\s*([^,;{]+?),");

	private static final Pattern KIND = Pattern.compile("\"([A-Z][A-Z_]+)\"");

	/** Where the kind is a value: whence the value comes. */
	private static final Map<String, List<String>> VALUES = Map.of("EndCase.java", List.of("WITHDRAWN", "VOIDED"),
			"HandOvers.java", List.of("RETURNED", "DISPUTED", "HANDED_ON"), "FindingEnds.java",
			List.of("FINDING_CLOSED", "FINDING_REVOKED"));

	/** Kinds whose words depend on a detail: the detail's values. */
	private static final Map<String, List<String>> DETAILS = Map.of("HANDED", List.of("OWNER", "HOLDER", "WATCHER"),
			"DEADLINE_MOVED", List.of("EXTENDED", "SUSPENDED", "RESUMED", "CALENDAR_CHANGED", "LIMIT_CHANGED"));

	@Autowired
	private Timeline timeline;

	@Autowired
	private CaseTrail trail;

	@Autowired
	private CaseDriver drive;

	@Autowired
	private Cases cases;

	/** Every kind written anywhere in the sources. */
	private static Set<String> kinds() throws IOException {
		Set<String> kinds = new TreeSet<>();
		List<String> unknown = new ArrayList<>();
		try (Stream<Path> files = Files.walk(SOURCES)) {
			for (Path file : files.filter((path) -> path.toString().endsWith(".java")).toList()) {
				String name = file.getFileName().toString();
				String source = Files.readString(file);
				if (!source.contains("CaseRecord")) {
					continue;
				}
				Matcher calls = RECORDS.matcher(source);
				while (calls.find()) {
					List<String> literals = KIND.matcher(calls.group(1))
						.results()
						.map((found) -> found.group(1))
						.toList();
					if (!literals.isEmpty()) {
						kinds.addAll(literals);
					}
					else if (VALUES.containsKey(name)) {
						kinds.addAll(VALUES.get(name));
					}
					else if (!calls.group(1).startsWith("String ")) {
						unknown.add(name + ": " + calls.group());
					}
				}
			}
		}
		assertThat(unknown).as("events whose kind this test cannot read").isEmpty();
		return kinds;
	}

	@Test
	void everyKindHasWordsInBothLanguages() throws IOException {
		Set<String> kinds = kinds();
		assertThat(kinds).contains("REPORTED", "WITHDRAWN", "HANDED_ON", "EXTENDED", "SCORED").hasSizeGreaterThan(40);
		List<String> missing = new ArrayList<>();
		for (Locale locale : List.of(Locale.ROOT, Locale.ENGLISH)) {
			ResourceBundle words = ResourceBundle.getBundle("messages.casework", locale,
					ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_DEFAULT));
			for (String kind : kinds) {
				for (String key : DETAILS.containsKey(kind)
						? DETAILS.get(kind).stream().map((detail) -> kind + "." + detail).toList() : List.of(kind)) {
					if (!words.containsKey("casework.event." + key)) {
						missing.add(locale + " " + key);
					}
				}
			}
		}
		assertThat(missing).isEmpty();
	}

	@Test
	void everyKindIsToldWithoutCodes() throws IOException {
		String caseNo = this.drive.report("shangdi", "sd.c01.g1", "GRID_WORKER",
				Map.of("gridCode", "11010802200101", "category", "S0501"));
		CaseFile file = this.cases.get(caseNo);
		String data = """
				{"kind":"%s","why":"%s","name":"受理","task":"受理立案","stage":"handle","due":"2026-03-18T02:00:00Z",
				"value":2,"unit":"WORK_DAY","rule":"time-limit v1 Rule_Otherwise","channel":"GRID_WORKER","table":"filing",
				"version":1,"rules":["Rule_Otherwise"],"state":"CLOSED","outcome":"HANDLED","reasonCode":"OTHER",
				"reasonText":"理由","tier":"STREET","superior":"sd.leader","trigger":"STAGE_OVERDUE","lead":"SD-AJ","unit":"SD-AJ",
				"from":"SD-AJ","to":"%s","person":"sd.leader","text":"话","message":"提醒","before":"MINOR","after":"MAJOR",
				"satisfaction":"SATISFIED","caseNo":"SD1","title":"事","into":"SD2","reason":"因为"}""";
		for (String kind : kinds()) {
			for (String detail : DETAILS.getOrDefault(kind, List.of(kind.equals("UNMASKED") ? "phone" : "OTHER"))) {
				String told = kind.equals("DEADLINE_SET") ? data.replaceFirst(",\"unit\":\"SD-AJ\"", "") : data;
				CaseEvent event = new CaseEvent(caseNo, 1, Instant.parse("2026-03-18T01:00:00Z"), "sd.leader", kind,
						"Task_X",
						told.formatted(detail, detail, kind.equals("TASK_MOVED") ? "dispatcher@110108022001" : "SD-WD"),
						"x".getBytes(StandardCharsets.UTF_8));
				List<Timeline.Entry> entries = this.timeline.of(file, List.of(event), true, true);
				assertThat(entries).as(kind).hasSize(1);
				assertThat(entries.get(0).text()).as(kind)
					.matches("(?s).*\\p{IsHan}.*")
					.doesNotContain("{", "casework.")
					.doesNotContainPattern("[A-Z]{3,}_[A-Z]{2,}");
			}
		}
	}

	@Test
	void aRealCaseIsToldFromItsFirstToItsLastEvent() {
		String caseNo = this.drive.report("shangdi", "sd.c01.g1", "GRID_WORKER",
				Map.of("gridCode", "11010802200101", "category", "S0501"));
		this.drive.complete(caseNo, "Stage_File", Map.of("filing", "FILE"));
		this.drive.complete(caseNo, "Stage_Dispatch", Map.of());
		List<CaseEvent> events = this.trail.of(caseNo);
		List<Timeline.Entry> entries = this.timeline.of(this.cases.get(caseNo), events, true);
		assertThat(entries).hasSameSizeAs(events);
		assertThat(new HashSet<>(entries.stream().map(Timeline.Entry::text).toList())).noneMatch(String::isBlank);
	}

}
