package gridcase.security;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import gridcase.casework.Attachments;
import gridcase.casework.CaseDriver;
import gridcase.casework.Cases;
import gridcase.casework.DemoTest;
import gridcase.clock.PlatformClock;
import gridcase.registry.Duties;
import gridcase.registry.Roles;
import gridcase.registry.Staff;
import gridcase.registry.StaffDirectory;
import gridcase.shared.Acting;
import gridcase.shared.Refusal;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.request;

/**
 * Every endpoint there is, asked by everybody there is: what they get stands in
 * {@code src/test/resources/rights/endpoints.csv}, which says itself how to read it.
 */
@DemoTest
class EndpointRightsTests {

	private static final Path TABLE = Path.of("src/test/resources/rights/endpoints.csv");

	private static final String GRID = "11010802200101";

	private static final Pattern VARIABLE = Pattern.compile("\\{([^}:]+)(?::[^}]*)?\\}");

	private static final byte[] PDF = "%PDF-1.7 x".getBytes(StandardCharsets.US_ASCII);

	@Autowired
	@Qualifier("requestMappingHandlerMapping")
	private RequestMappingHandlerMapping mapping;

	@Autowired
	private MockMvc mvc;

	@Autowired
	private CaseDriver drive;

	@Autowired
	private Cases cases;

	@Autowired
	private Attachments attachments;

	@Autowired
	private StaffDirectory staff;

	@Autowired
	private Duties duties;

	@Autowired
	private PlatformClock clock;

	@Autowired
	private JdbcTemplate jdbc;

	private record Endpoint(String method, String path) {

		boolean ofACase() {
			return this.path.contains("{caseNo}") || this.path.contains("{taskId}")
					|| this.path.startsWith("/attachments/{id}");
		}

		boolean changes() {
			return !this.method.equals("GET");
		}

		@Override
		public String toString() {
			return this.method + " " + this.path;
		}

	}

	/** Somebody who asks, as one of the roles, with all roles the person has. */
	private record Person(String as, String login, Set<String> roles) {

	}

	/** A line of the table. */
	private record Line(String method, String path, String anonymous, String elsewhere, Set<String> roles,
			String others) {

		boolean fits(Endpoint endpoint) {
			boolean sameMethod = this.method.equals("*")
					|| Arrays.asList(this.method.split(" ")).contains(endpoint.method());
			boolean samePath = this.path.endsWith("/**")
					? (endpoint.path() + "/").startsWith(this.path.substring(0, this.path.length() - 2))
					: this.path.equals(endpoint.path());
			return sameMethod && samePath;
		}

		String expected(Person person) {
			return switch (person.as()) {
				case "anonymous" -> this.anonymous;
				case "elsewhere", "another grid" -> this.elsewhere;
				default -> person.roles().stream().anyMatch(this.roles::contains) ? "allowed" : otherwise(person.as());
			};
		}

		/**
		 * {@code 403 platform=hidden}: 403, but for the platform's administrator hidden.
		 */
		private String otherwise(String who) {
			String[] words = this.others.split(" ");
			return Stream.of(words)
				.filter((word) -> word.startsWith(who + "="))
				.map((word) -> word.substring(who.length() + 1))
				.findFirst()
				.orElse(words[0]);
		}

	}

	private List<Endpoint> endpoints() {
		Set<Endpoint> endpoints = new LinkedHashSet<>();
		for (RequestMappingInfo info : this.mapping.getHandlerMethods().keySet()) {
			Set<RequestMethod> methods = info.getMethodsCondition().getMethods();
			for (String path : info.getPatternValues()) {
				if (methods.isEmpty()) {
					endpoints.add(new Endpoint("GET", path));
				}
				methods.forEach((method) -> endpoints.add(new Endpoint(method.name(), path)));
			}
		}
		return endpoints.stream().sorted(Comparator.comparing(Endpoint::path).thenComparing(Endpoint::method)).toList();
	}

	private static List<Line> table() throws IOException {
		Map<String, Set<String>> groups = new LinkedHashMap<>();
		Set<String> all = new LinkedHashSet<>(Roles.ALL);
		all.add("platform");
		groups.put("all", all);
		groups.put("none", Set.of());
		List<Line> lines = new ArrayList<>();
		for (String row : Files.readAllLines(TABLE)) {
			if (row.isBlank() || row.startsWith("#") || row.startsWith("method")) {
				continue;
			}
			String[] cells = Stream.of(row.split("\\s+\\|\\s+")).map(String::strip).toArray(String[]::new);
			if (cells[0].equals("group")) {
				groups.put(cells[1], roles(cells[2], groups));
				continue;
			}
			assertThat(cells).as(row).hasSize(6);
			lines.add(new Line(cells[0], cells[1], cells[2], cells[3], roles(cells[4], groups), cells[5]));
		}
		return lines;
	}

	private static Set<String> roles(String cell, Map<String, Set<String>> groups) {
		Set<String> roles = new LinkedHashSet<>();
		for (String word : cell.split(" ")) {
			assertThat(groups.containsKey(word) || groups.get("all").contains(word)).as("role or group %s", word)
				.isTrue();
			roles.addAll(groups.getOrDefault(word, Set.of(word)));
		}
		return roles;
	}

	@Test
	void everyEndpointHasALineAndEveryLineAnEndpoint() throws IOException {
		List<Line> table = table();
		List<Endpoint> endpoints = endpoints();
		assertThat(endpoints).hasSizeGreaterThan(80);
		assertThat(endpoints.stream().filter((endpoint) -> table.stream().noneMatch((line) -> line.fits(endpoint))))
			.as("endpoints without a line in %s", TABLE)
			.isEmpty();
		Set<Line> used = endpoints.stream()
			.map((endpoint) -> table.stream().filter((line) -> line.fits(endpoint)).findFirst().orElseThrow())
			.collect(Collectors.toSet());
		assertThat(table.stream().filter((line) -> !used.contains(line)).map(Line::path))
			.as("lines of %s no endpoint gets to", TABLE)
			.isEmpty();
	}

	@Test
	void everybodyGetsEverywhereWhatTheTableSays() throws Exception {
		List<Line> table = table();
		String sample = caseNo();
		List<Person> people = people(sample);
		Set<String> faults = new TreeSet<>();
		int asked = 0;
		for (Endpoint endpoint : endpoints()) {
			Line line = table.stream().filter((each) -> each.fits(endpoint)).findFirst().orElse(null);
			if (line == null) {
				continue;
			}
			String caseNo = (endpoint.ofACase() && endpoint.changes()) ? caseNo() : sample;
			// whom something is refused comes first: what the others do may change the
			// case
			List<Person> order = people.stream()
				.filter((person) -> !person.as().equals("another grid") || line.elsewhere().equals("hidden"))
				.sorted(Comparator.comparing((Person person) -> line.expected(person).equals("allowed")))
				.toList();
			for (Person person : order) {
				Target target = target(endpoint, caseNo);
				int status = ask(endpoint, target.path(), caseNo, person.login());
				asked++;
				String got = outcome(status, target.real());
				String expected = line.expected(person);
				if (!got.equals(expected) && !(expected.equals("allowed") && got.equals("unknown"))) {
					faults.add(endpoint + ": " + person.as() + " should get " + expected + ", got " + got + " ("
							+ status + ")");
				}
			}
		}
		assertThat(asked).isGreaterThan(1000);
		assertThat(String.join("\n", faults)).isEmpty();
	}

	/** What an auditor writes is the auditor's own, or audit. */
	private static final Pattern OWN = Pattern
		.compile("/(sign-in|error|account|messages|inbox|absences|m|report|attachments|"
				+ "oversight/reason|retention|inquiry|samples|evidence)(/.*)?|/api/v1/(public|me|tokens|inbox|notices|absences|"
				+ "retention|inquiry|samples|evidence)(/.*)?|/(track|r|card|open311)/.*|/track|/api/v1/cases|/api/v1/cases/\\{caseNo}/hold"
				+ "|(/api/v1)?/cases/\\{caseNo}/(personal-data|inquiry|replay|evidence)(/.*)?"
				+ "|/cases/\\{caseNo}/(tasks|turns)/\\{\\w+}/(fields|draft|draft/discard)");

	@Test
	void auditorsReadAndWriteNothingButWhatIsTheirs() throws IOException {
		List<Line> table = table();
		Person auditor = new Person("auditor", "sd.auditor", Set.of("auditor"));
		assertThat(endpoints().stream()
			.filter(Endpoint::changes)
			.filter((endpoint) -> table.stream()
				.filter((line) -> line.fits(endpoint))
				.findFirst()
				.filter((line) -> line.expected(auditor).equals("allowed"))
				.isPresent())
			.filter((endpoint) -> !OWN.matcher(endpoint.path()).matches())).as("writing endpoints open to auditors")
			.isEmpty();
	}

	@Test
	void administratorsOfAPlaceKeepTheirOwnPlaceOnly() throws Exception {
		String staff = "login,name,title,unit,phone,email,active,demo\n";
		for (String path : new String[] { "/api/v1/registry/staff?place=shangdi",
				"/api/v1/registry/tiers?place=shangdi", "/api/v1/registry/places", "/api/v1/registry/calendars" }) {
			assertThat(this.mvc.perform(post(path).with(user("sx.admin")).contentType("text/csv").content(staff))
				.andReturn()
				.getResponse()
				.getStatus()).as(path).isEqualTo(403);
		}
		assertThat(get("/api/v1/registry/staff?place=shangdi", "sx.admin").getStatus()).isEqualTo(403);
		assertThat(get("/api/v1/registry/staff?place=shangdi", "sd.admin").getStatus()).isEqualTo(200);
		assertThat(get("/api/v1/people?place=shangdi", "sx.admin").getStatus()).isEqualTo(403);
		this.jdbc.update(
				"insert into operator_alert (case_no, place, kind, message, at) values ('X', 'shangdi', 'VACANCY', '只给本辖区看', now())");
		long alert = this.jdbc.queryForObject("select max(id) from operator_alert", Long.class);
		assertThat(get("/api/v1/alerts?place=shangdi", "sx.admin").getContentAsString()).doesNotContain("只给本辖区看");
		this.mvc.perform(post("/api/v1/alerts/" + alert + "/seen").with(user("sx.admin")));
		assertThat(get("/api/v1/alerts", "sd.admin").getContentAsString()).contains("只给本辖区看");
		this.mvc.perform(post("/api/v1/alerts/" + alert + "/seen").with(user("sd.admin")));
		assertThat(get("/api/v1/alerts", "sd.admin").getContentAsString()).doesNotContain("只给本辖区看");
	}

	private MockHttpServletResponse get(String path, String login) throws Exception {
		MockHttpServletResponse response = this.mvc.perform(request(HttpMethod.GET, path).with(user(login)))
			.andReturn()
			.getResponse();
		response.setCharacterEncoding("UTF-8");
		return response;
	}

	private static String outcome(int status, boolean real) {
		return switch (status) {
			case 401 -> "sign-in";
			case 403 -> "403";
			case 404 -> real ? "hidden" : "unknown";
			case 500 -> "500";
			default -> "allowed";
		};
	}

	/** A real address of an endpoint, and whether all that it names is there. */
	private record Target(String path, boolean real) {

	}

	private Target target(Endpoint endpoint, String caseNo) {
		Matcher variable = VARIABLE.matcher(endpoint.path());
		StringBuilder path = new StringBuilder();
		boolean real = true;
		while (variable.find()) {
			String value = switch (variable.group(1)) {
				case "caseNo" -> caseNo;
				case "key" -> endpoint.ofACase() ? "severity-change" : null;
				case "taskId" -> this.drive.task(caseNo, "Task_SignFor").taskId();
				case "login" -> "sd.dispatcher";
				case "place" -> "shangdi";
				case "kind" -> "staff";
				case "field" -> "reporterPhone";
				case "id" -> endpoint.ofACase() ? attachment(caseNo) : null;
				default -> null;
			};
			real &= value != null;
			variable.appendReplacement(path, (value != null) ? value : "0");
		}
		variable.appendTail(path);
		return new Target(path.toString().replace("/**", "/x"), real);
	}

	private String attachment(String caseNo) {
		return this.attachments.ofCase(caseNo)
			.stream()
			.findFirst()
			.orElseGet(() -> Acting.as("sd.dispatcher",
					() -> this.attachments.add(caseNo, "shangdi", "a.pdf", "application/pdf", PDF)))
			.id()
			.toString();
	}

	private int ask(Endpoint endpoint, String path, String caseNo, String login) throws Exception {
		HttpMethod method = HttpMethod.valueOf(endpoint.method());
		boolean upload = endpoint.changes() && path.endsWith("attachments");
		MockHttpServletRequestBuilder asked = upload
				? multipart(method, path).file(new MockMultipartFile("file", "a.pdf", "application/pdf", PDF))
				: request(method, path);
		asked.with(csrf()).accept(MediaType.ALL).param("place", "shangdi").param("caseNo", caseNo);
		if (login != null) {
			asked.with(user(login));
		}
		if (endpoint.changes() && !upload) {
			asked.param("channel", "GRID_WORKER").param("key", "k").param("reason", "核对权限表").param("text", "核对权限表");
			if (path.startsWith("/api/")) {
				asked.contentType(MediaType.APPLICATION_JSON).content(body(path));
			}
		}
		MockHttpServletResponse response = this.mvc.perform(asked).andReturn().getResponse();
		String to = response.getRedirectedUrl();
		return (to != null && to.contains("/sign-in")) ? 401 : response.getStatus();
	}

	private static String body(String path) {
		if (path.contains("/personal-data/")) {
			return "{\"reason\": \"核对权限表\"}";
		}
		if (path.endsWith("/comments") || path.endsWith("/urges")) {
			return "{\"text\": \"核对权限表\"}";
		}
		if (path.equals("/api/v1/studio/drafts")) {
			return "{\"place\": \"shangdi\"}";
		}
		return path.equals("/api/v1/cases") ? "{\"place\": \"shangdi\", \"channel\": \"GRID_WORKER\", \"fields\": {}}"
				: "{}";
	}

	/** A case that waits for a unit to sign for it. */
	private String caseNo() {
		String caseNo = this.drive.report("shangdi", "sd.c01.g1", "GRID_WORKER",
				Map.of("gridCode", GRID, "category", "S0501", "reporterName", "王先生", "reporterPhone", "13900000001"));
		this.drive.complete(caseNo, "Stage_File", Map.of("filing", "FILE"));
		this.drive.complete(caseNo, "Stage_Dispatch", Map.of("leadUnit", "SD-CG"));
		return caseNo;
	}

	/** Somebody for every role, who sees the case; and others who must not. */
	private List<Person> people(String caseNo) {
		Instant now = this.clock.now();
		List<Person> people = new ArrayList<>();
		people.add(new Person("anonymous", null, Set.of()));
		people.add(new Person("elsewhere", "sx.cg03.g1", Set.of()));
		people.add(new Person("another grid", "sd.c02.g1", Set.of()));
		people.add(new Person("platform", People.ADMIN, Set.of("platform")));
		for (String role : Roles.ALL) {
			people.add(this.staff.ofPlace("shangdi", now)
				.stream()
				.map((person) -> new Person(role, person.login(), Set.copyOf(this.duties.rolesOf(person.login(), now))))
				.filter((person) -> person.roles().contains(role) && sees(person.login(), caseNo))
				.min(Comparator.comparingInt((person) -> person.roles().size()))
				.orElseThrow(() -> new AssertionError("nobody of the demo is a " + role + " and sees the case")));
		}
		return people;
	}

	private boolean sees(String login, String caseNo) {
		try {
			this.cases.get(caseNo, login);
			return true;
		}
		catch (Refusal ex) {
			return false;
		}
	}

}
