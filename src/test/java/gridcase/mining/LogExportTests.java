package gridcase.mining;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import gridcase.audit.CaseEvent;
import gridcase.audit.CaseTrail;
import gridcase.casework.CaseDriver;
import gridcase.casework.DemoTest;
import gridcase.clock.PlatformClock;
import gridcase.security.CurrentPerson;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import science.aist.xes.model.AttributeType;
import science.aist.xes.model.EventType;
import science.aist.xes.model.LogType;
import science.aist.xes.model.TraceType;
import science.aist.xes.model.impl.LogRepository;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.MockMvc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

/**
 * The logs that leave the platform: held against the schemas of their standards, read by
 * somebody else's reader, and compared with the trail they were made from.
 */
@DemoTest
class LogExportTests {

	private static final CurrentPerson AUDITOR = new CurrentPerson("sd.auditor", "穆清宁", null, null, "shangdi", "上地街道",
			Set.of("auditor"), List.of("auditor@110108022"));

	private static String caseNo;

	private static String open;

	@Autowired
	private LogExports exports;

	@Autowired
	private CaseDriver drive;

	@Autowired
	private CaseTrail trail;

	@Autowired
	private PlatformClock clock;

	@Autowired
	private JdbcTemplate jdbc;

	@Autowired
	private MockMvc http;

	@BeforeEach
	void cases() {
		if (caseNo == null) {
			MiningCases cases = new MiningCases(this.drive, this.clock);
			caseNo = cases.refusedOnce();
			cases.handle(caseNo, true);
			open = cases.dispatched();
		}
	}

	private byte[] log(ExportFormat format, String key, boolean clear) throws IOException {
		LogExports.Prepared log = this.exports.prepare(AUDITOR,
				new ExportOrder(format, null, null, null, MiningCases.CATEGORY, key, clear, clear ? "核对人员" : null));
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		LogExports.Size size = log.write(out);
		assertThat(size.cases()).isGreaterThanOrEqualTo(2);
		assertThat(size.events()).isGreaterThan(40);
		return out.toByteArray();
	}

	@Test
	void xesIsAsTheStandardHasItAndIsReadByAnother() throws Exception {
		byte[] xes = log(ExportFormat.XES, null, false);
		try (InputStream schema = LogRepository.class.getResourceAsStream("/xes.xsd")) {
			SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
				.newSchema(new StreamSource(schema))
				.newValidator()
				.validate(new StreamSource(new ByteArrayInputStream(xes)));
		}
		LogType log = new LogRepository().load(new ByteArrayInputStream(xes)).getValue();
		assertThat(log.getExtension()).extracting((each) -> each.getPrefix())
			.containsExactly("concept", "lifecycle", "time", "org", "identity");
		assertThat(log.getClassifier()).extracting((each) -> each.getKeys())
			.containsExactly("concept:name", "concept:name lifecycle:transition", "org:resource");
		TraceType trace = trace(log, caseNo);
		List<Map<String, String>> events = trace.getEvent().stream().map(LogExportTests::values).toList();
		// every event has what the globals promise
		assertThat(events).allSatisfy((event) -> assertThat(event).containsKeys("concept:name", "lifecycle:transition",
				"time:timestamp", "org:resource", "identity:id"));
		assertThat(events).extracting((event) -> OffsetDateTime.parse(event.get("time:timestamp")).toInstant())
			.isSorted();
		assertThat(events).extracting((event) -> event.get("identity:id")).doesNotHaveDuplicates();
		comparedWithTheTrail(events);
		assertThat(values(trace)).containsEntry("rework", "1")
			.containsEntry("refusals", "1")
			.containsEntry("state", "CLOSED");
		// the open case: its tasks wait, of lead and helper, and nobody has them
		List<Map<String, String>> waiting = trace(log, open).getEvent().stream().map(LogExportTests::values).toList();
		assertThat(transitions(waiting, "Task_SignFor")).containsExactly("schedule", "schedule");
	}

	/** What people did is there once, by whom and when the trail says. */
	private void comparedWithTheTrail(List<Map<String, String>> events) {
		List<CaseEvent> told = this.trail.of(caseNo);
		List<CaseEvent> completed = told.stream().filter((event) -> event.kind().equals("COMPLETED")).toList();
		List<Map<String, String>> done = events.stream()
			.filter((event) -> event.get("kind").equals("TASK") && event.get("lifecycle:transition").equals("complete"))
			.toList();
		assertThat(done).hasSameSizeAs(completed);
		assertThat(done).extracting((event) -> event.get("element") + " " + millis(event))
			.containsExactlyInAnyOrderElementsOf(
					completed.stream().map((event) -> event.element() + " " + event.at().toEpochMilli()).toList());
		// lead and helper side by side, twice; each visit is a task of its own
		Map<String, List<String>> handled = events.stream()
			.filter((event) -> "Task_Handle".equals(event.get("element")) && event.get("kind").equals("TASK"))
			.collect(Collectors.groupingBy((event) -> event.get("concept:instance"),
					Collectors.mapping((event) -> event.get("lifecycle:transition"), Collectors.toList())));
		assertThat(handled).hasSize(4);
		assertThat(handled.values()).containsOnly(List.of("schedule", "start", "complete"));
		// the lead refused before the helper had signed: nobody wanted that any more
		assertThat(transitions(events, "Task_SignFor")).containsSubsequence("schedule", "schedule", "withdraw");
		assertThat(events.stream().filter((event) -> event.get("kind").equals("STAGE")).toList())
			.extracting((event) -> event.get("element"))
			.contains("Stage_Handle");
		// all else of the trail is there as it is
		Set<String> inSteps = Set.of("COMPLETED", "CLAIMED", "STAGE_ENTERED");
		assertThat(events.stream()
			.filter((event) -> !Set.of("TASK", "STAGE").contains(event.get("kind")))
			.map((event) -> event.get("kind") + " " + millis(event)))
			.containsExactlyInAnyOrderElementsOf(told.stream()
				.filter((event) -> !inSteps.contains(event.kind()))
				.map((event) -> event.kind() + " " + event.at().toEpochMilli())
				.toList());
		assertThat(done).filteredOn((event) -> event.get("element").equals("Task_Handle"))
			.allSatisfy((event) -> assertThat(event).containsKeys("org:group", "org:role", "waitingSeconds",
					"workingSeconds"));
		assertThat(done).filteredOn((event) -> event.get("element").equals("Task_SignFor"))
			.anySatisfy((event) -> assertThat(event).containsEntry("breached", "false").containsKey("due"));
		assertThat(events).extracting((event) -> event.get("concept:name")).contains("上报", "退回", "返工", "规则判定", "案件结束");
	}

	private static long millis(Map<String, String> event) {
		return OffsetDateTime.parse(event.get("time:timestamp")).toInstant().toEpochMilli();
	}

	private static List<String> transitions(List<Map<String, String>> events, String element) {
		return events.stream()
			.filter((event) -> element.equals(event.get("element")) && event.get("kind").equals("TASK"))
			.map((event) -> event.get("lifecycle:transition"))
			.toList();
	}

	private static TraceType trace(LogType log, String name) {
		return log.getTrace()
			.stream()
			.filter((trace) -> values(trace).get("concept:name").equals(name))
			.findFirst()
			.orElseThrow();
	}

	private static Map<String, String> values(TraceType trace) {
		return values(trace.getStringOrDateOrInt());
	}

	private static Map<String, String> values(EventType event) {
		return values(event.getStringOrDateOrInt());
	}

	private static Map<String, String> values(List<? extends AttributeType> attributes) {
		Map<String, String> values = new HashMap<>();
		for (AttributeType attribute : attributes) {
			try {
				Object value = attribute.getClass().getMethod("getValue").invoke(attribute);
				values.put(attribute.getKey(), value.toString());
			}
			catch (NoSuchMethodException ex) {
				values.put(attribute.getKey(), booleanValue(attribute));
			}
			catch (ReflectiveOperationException ex) {
				throw new AssertionError(ex);
			}
		}
		return values;
	}

	private static String booleanValue(AttributeType attribute) {
		try {
			return String.valueOf(attribute.getClass().getMethod("isValue").invoke(attribute));
		}
		catch (ReflectiveOperationException ex) {
			throw new AssertionError(ex);
		}
	}

	@Test
	void ocelJsonFollowsItsSchema() throws Exception {
		String json = new String(log(ExportFormat.OCEL_JSON, null, false), StandardCharsets.UTF_8);
		try (InputStream schema = getClass().getResourceAsStream("/mining/ocel20.schema.json")) {
			assertThat(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7)
				.getSchema(schema)
				.validate(json, InputFormat.JSON,
						(context) -> context.getExecutionConfig().setFormatAssertionsEnabled(true)))
				.isEmpty();
		}
		JsonNode log = new ObjectMapper().readTree(json);
		Map<String, Set<String>> objectTypes = types(log.get("objectTypes"));
		Map<String, Set<String>> eventTypes = types(log.get("eventTypes"));
		assertThat(objectTypes.keySet()).containsExactlyInAnyOrder("case", "task", "unit", "grid", "person",
				"policy-release");
		Map<String, String> objects = new HashMap<>();
		log.get("objects").forEach((object) -> {
			assertThat(objects.put(object.get("id").asText(), object.get("type").asText())).as("told twice").isNull();
			assertThat(objectTypes.get(object.get("type").asText())).containsAll(names(object));
		});
		assertThat(objects).containsValues("case", "task", "unit", "grid", "person", "policy-release");
		Set<String> events = new TreeSet<>();
		log.get("events").forEach((event) -> {
			assertThat(events.add(event.get("id").asText())).as("%s is told twice", event).isTrue();
			assertThat(eventTypes.get(event.get("type").asText())).containsAll(names(event));
			event.get("relationships")
				.forEach((link) -> assertThat(objects).containsKey(link.get("objectId").asText()));
		});
		log.get("objects")
			.forEach((object) -> object.get("relationships")
				.forEach((link) -> assertThat(objects).containsKey(link.get("objectId").asText())));
		JsonNode mined = find(log.get("objects"), caseNo);
		assertThat(StreamSupport.stream(mined.get("attributes").spliterator(), false)
			.filter((value) -> value.get("name").asText().equals("state"))
			.map((value) -> value.get("value").asText())).containsExactly("OPEN", "CLOSED");
		assertThat(mined.get("relationships").get(0).get("objectId").asText()).isEqualTo("grid:11010802200101");
	}

	private static JsonNode find(JsonNode all, String id) {
		return StreamSupport.stream(all.spliterator(), false)
			.filter((each) -> each.get("id").asText().equals(id))
			.findFirst()
			.orElseThrow();
	}

	private static Map<String, Set<String>> types(JsonNode types) {
		Map<String, Set<String>> found = new HashMap<>();
		types.forEach((type) -> found.put(type.get("name").asText(), names(type)));
		return found;
	}

	private static Set<String> names(JsonNode of) {
		return StreamSupport.stream(of.get("attributes").spliterator(), false)
			.map((attribute) -> attribute.get("name").asText())
			.collect(Collectors.toSet());
	}

	@Test
	void ocelXmlFollowsItsSchema() throws Exception {
		byte[] xml = log(ExportFormat.OCEL_XML, null, false);
		try (InputStream schema = getClass().getResourceAsStream("/mining/ocel20.xsd")) {
			SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
				.newSchema(new StreamSource(schema))
				.newValidator()
				.validate(new StreamSource(new ByteArrayInputStream(xml)));
		}
	}

	/** The relational constraints of the specification, section 5. */
	@Test
	void ocelSqliteKeepsTheConstraints(@TempDir Path folder) throws Exception {
		Path file = folder.resolve("log.sqlite");
		Files.write(file, log(ExportFormat.OCEL_SQLITE, null, false));
		JsonNode json = new ObjectMapper().readTree(log(ExportFormat.OCEL_JSON, null, false));
		try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + file);
				Statement sql = database.createStatement()) {
			assertThat(rows(sql, "pragma integrity_check")).containsExactly("ok");
			assertThat(rows(sql, "pragma foreign_key_check")).isEmpty();
			List<String> tables = rows(sql, "select name from sqlite_master where type = 'table'");
			List<String> expected = new ArrayList<>(
					List.of("event", "object", "event_object", "object_object", "event_map_type", "object_map_type"));
			for (String side : List.of("event", "object")) {
				List<String> maps = rows(sql, "select ocel_type_map from " + side + "_map_type");
				maps.forEach((map) -> expected.add(side + "_" + map));
				for (String map : maps) {
					String table = side + "_" + map;
					assertThat(
							rows(sql, "select type from pragma_table_info('" + table + "') where name = 'ocel_time'"))
						.as(table)
						.containsExactly("TIMESTAMP");
					assertThat(rows(sql,
							"select \"table\" || '.' || \"to\" from pragma_foreign_key_list('" + table + "')"))
						.containsExactly(side + ".ocel_id");
					// what is in the table of a type is of that type, and all of it is
					// there
					assertThat(rows(sql, "select distinct m.ocel_type_map from " + table + " t join " + side
							+ " o on o.ocel_id = t.ocel_id join " + side + "_map_type m on m.ocel_type = o.ocel_type"))
						.isIn(List.of(), List.of(map));
					assertThat(rows(sql,
							"select count(distinct t.ocel_id) - (select count(*) from " + side + " o join " + side
									+ "_map_type m on m.ocel_type = o.ocel_type where m.ocel_type_map = '" + map
									+ "') from " + table + " t"))
						.containsExactly("0");
				}
			}
			assertThat(tables).containsExactlyInAnyOrderElementsOf(expected);
			for (String key : List.of("event|ocel_id", "object|ocel_id", "event_map_type|ocel_type",
					"object_map_type|ocel_type", "event_object|ocel_event_id,ocel_object_id,ocel_qualifier",
					"object_object|ocel_source_id,ocel_target_id,ocel_qualifier")) {
				String[] parts = key.split("\\|");
				assertThat(
						rows(sql, "select group_concat(name) from pragma_table_info('" + parts[0] + "') where pk > 0"))
					.as(key)
					.containsExactly(parts[1]);
			}
			assertThat(rows(sql, "select count(*) from event")).containsExactly("" + json.get("events").size());
			assertThat(rows(sql, "select count(*) from object")).containsExactly("" + json.get("objects").size());
			// a change has its own row, which says what changed
			assertThat(
					rows(sql,
							"select coalesce(ocel_changed_field, '') || state from object_case where ocel_id = '"
									+ caseNo + "' and (state is not null) order by ocel_time"))
				.containsExactly("OPEN", "stateCLOSED");
		}
	}

	private static List<String> rows(Statement sql, String query) throws Exception {
		List<String> rows = new ArrayList<>();
		try (ResultSet found = sql.executeQuery(query)) {
			while (found.next()) {
				rows.add(found.getString(1));
			}
		}
		return rows;
	}

	@Test
	void peopleHavePseudonymsThatFitTogetherByKey() throws Exception {
		String one = new String(log(ExportFormat.XES, "2026 年检查", false), StandardCharsets.UTF_8);
		String again = new String(log(ExportFormat.XES, "2026 年检查", false), StandardCharsets.UTF_8);
		String other = new String(log(ExportFormat.XES, "另一次检查", false), StandardCharsets.UTF_8);
		assertThat(people(one)).isEqualTo(people(again)).hasSizeGreaterThan(2);
		assertThat(people(one)).doesNotContainAnyElementsOf(people(other));
		List<String> logins = this.jdbc.queryForList(
				"select distinct actor from case_event where case_no = ? and actor not in ('system')", String.class,
				caseNo);
		assertThat(logins).isNotEmpty().noneMatch(one::contains);
		// what people wrote and what the case is about stays here
		assertThat(one).doesNotContain("神色异常", "不属本组职责", "恢复原状", "上地佳园");
		assertThat(new String(log(ExportFormat.XES, null, true), StandardCharsets.UTF_8)).contains(logins);
	}

	private static Set<String> people(String xes) {
		Set<String> people = new TreeSet<>();
		java.util.regex.Matcher matcher = java.util.regex.Pattern.compile("P-[0-9a-f]{12}").matcher(xes);
		while (matcher.find()) {
			people.add(matcher.group());
		}
		return people;
	}

	@Test
	void clearNamesNeedAReasonAndEveryLogIsOnRecord() throws Exception {
		this.http.perform(
				get("/api/v1/mining/log").with(user("sd.auditor")).param("format", "OCEL_JSON").param("clear", "true"))
			.andExpect(status().isBadRequest())
			.andExpect(jsonPath("$.errors[0].field").value("reason"));
		int before = recorded();
		this.http
			.perform(get("/api/v1/mining/log").with(user("sd.auditor"))
				.param("format", "OCEL_SQLITE")
				.param("category", MiningCases.CATEGORY)
				.param("clear", "true")
				.param("reason", "核对某单位签收时间"))
			.andExpect(status().isOk())
			.andExpect(header().string("Content-Disposition", containsString(".sqlite")));
		assertThat(recorded()).isEqualTo(before + 1);
		Map<String, Object> last = this.jdbc
			.queryForMap("select * from access_log where kind = 'LOG_EXPORTED' order by id desc limit 1");
		assertThat(last).containsEntry("login", "sd.auditor")
			.containsEntry("place", "shangdi")
			.containsEntry("reason", "核对某单位签收时间");
		assertThat(last.get("details").toString()).contains("OCEL_SQLITE", "\"clear\":true", MiningCases.CATEGORY);
		this.http.perform(get("/api/v1/mining/log").with(user("sd.auditor")).param("place", "futian"))
			.andExpect(status().isForbidden());
		this.http.perform(get("/mining/export/log").with(user("sd.dispatcher"))).andExpect(status().isForbidden());
	}

	private int recorded() {
		return this.jdbc.queryForObject("select count(*) from access_log where kind = 'LOG_EXPORTED'", Integer.class);
	}

	@Test
	void everyKindOfEventHasAName() {
		java.util.ResourceBundle casework = java.util.ResourceBundle.getBundle("messages.casework",
				java.util.Locale.ROOT);
		java.util.ResourceBundle mining = java.util.ResourceBundle.getBundle("messages.mining", java.util.Locale.ROOT);
		Set<String> told = Set.of("COMPLETED", "CLAIMED", "STAGE_ENTERED", "RULES_RELEASED", "RULES_RELEASED_FIRST",
				"RULES_ROLLED_BACK", "DRAFT_SUBMITTED", "DRAFT_REOPENED", "DRAFT_APPROVED", "LIST_DRAWN",
				"LIST_APPROVED", "LIST_DROPPED", "CASES_ARCHIVED", "CASES_DESTROYED");
		assertThat(casework.keySet()
			.stream()
			.filter((key) -> key.matches("casework\\.event\\.[A-Z_.]+"))
			.map((key) -> key.substring("casework.event.".length()))
			.filter((kind) -> !told.contains(kind))
			.filter((kind) -> !mining.containsKey("mining.kind." + kind))).isEmpty();
	}

	@Test
	void anEmptyPeriodIsAWholeLog() throws Exception {
		for (ExportFormat format : ExportFormat.values()) {
			ByteArrayOutputStream out = new ByteArrayOutputStream();
			LogExports.Size size = this.exports
				.prepare(AUDITOR,
						new ExportOrder(format, null, java.time.LocalDate.of(2020, 1, 1),
								java.time.LocalDate.of(2020, 1, 2), null, null, false, null))
				.write(out);
			assertThat(size).isEqualTo(new LogExports.Size(0, 0));
			assertThat(out.size()).as(format.name()).isPositive();
		}
	}

}
