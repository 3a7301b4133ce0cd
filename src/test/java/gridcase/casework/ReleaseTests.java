package gridcase.casework;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.jayway.jsonpath.JsonPath;
import gridcase.GridcaseApplication;
import gridcase.casework.process.TimeTravel;
import gridcase.clock.PlatformClock;
import gridcase.clock.WorkingCalendars;
import gridcase.policy.AppliesTo;
import gridcase.policy.Decisions;
import gridcase.policy.ReleaseOrder;
import gridcase.policy.Releases;
import gridcase.registry.Catalogue;
import org.camunda.bpm.engine.HistoryService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.request.MockMultipartHttpServletRequestBuilder;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

/** Rules of every kind, released on the running server over the real interface. */
@DemoTest
class ReleaseTests {

	private static final String PLACE = "shangdi";

	private static final String GRID = "11010802200101";

	@Autowired
	private MockMvc http;

	@Autowired
	private CaseDriver drive;

	@Autowired
	private Cases cases;

	@Autowired
	private Decisions decisions;

	@Autowired
	private HistoryService history;

	@Autowired
	private PlatformClock clock;

	@Autowired
	private TimeTravel travel;

	@Autowired
	private JdbcTemplate jdbc;

	@Autowired
	private Environment environment;

	@Autowired
	private Releases releases;

	@Autowired
	private WorkingCalendars calendars;

	@Autowired
	private PlatformTransactionManager transactions;

	@BeforeEach
	void laterThanBefore() {
		later();
	}

	private void later() {
		this.travel.moveTo(this.clock.now().plus(Duration.ofSeconds(2)));
	}

	// --- what is refused ---

	@ParameterizedTest(name = "{0}: {1} becomes {2}")
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					processes/unit-handling.bpmn | ${acceptCustody}                         | ${sendFlowers}            | #Task_AcceptCustody        | ${sendFlowers}
					processes/unit-handling.bpmn | decisions.apply('transfer', execution)   | decisions.apply('gift', execution) | #Task_DecideTransfer | gift
					processes/unit-handling.bpmn | formRef="sign-for"                       | formRef="sign-here"       | #Task_SignFor              | sign-here
					processes/unit-handling.bpmn | 'escalation'                             | 'elevator'                | #Task_EscalateUnsigned     | models.tenantOf
					processes/unit-handling.bpmn | calledElement="escalation"               | calledElement="elevator"  | #Task_EscalateUnsigned     | elevator
					processes/unit-handling.bpmn | ${handlingOutcome == 'DONE'}             | ${handlingResult == 'DONE'} | #Flow_OutcomeDone        | handlingResult
					processes/unit-handling.bpmn | ${handlingOutcome == 'DONE'}             | ${handlingOutcome.getClass()} | #Flow_OutcomeDone      | handlingOutcome
					processes/unit-handling.bpmn | ${handlingOutcome == 'DONE'}             | ${''.getClass() == leg}   | #Flow_OutcomeDone          | getClass
					processes/unit-handling.bpmn | ${handlingOutcome == 'DONE'}             | ${models.hashCode() == 1} | #Flow_OutcomeDone          | models.hashCode
					processes/unit-handling.bpmn | <bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">${handlingOutcome == 'DONE'}</bpmn:conditionExpression> | `` | #Flow_OutcomeDone | 已办成
					processes/unit-handling.bpmn | camunda:historyTimeToLive="P3650D"       | ``                        | #unit-handling             | P3650D
					processes/unit-handling.bpmn | id="Task_Handle"                         | id="doIt"                 | unit-handling.bpmn         | Task_
					processes/unit-handling.bpmn | name="处置办理"                           | name="handle"             | #Task_Handle               | 中文
					processes/unit-handling.bpmn | camunda:assignee="${signer}"             | ``                        | #Task_Handle               | candidateGroups
					processes/unit-handling.bpmn | </bpmn:definitions>                      | ``                        | unit-handling.bpmn         | bpmn
					processes/unit-handling.bpmn | ${deadlines.due('sign', execution)}      | PT2H                      | #BoundaryEvent_SigningOverdue | deadlines.due
					processes/unit-handling.bpmn | camunda:delegateExpression="${acceptCustody}" | camunda:class="java.lang.Runtime" | #Task_AcceptCustody | class
					decisions/filing.dmn         | <text>"INCOMPLETE"</text>                | <text>INCOMPLETE</text>   | filing.dmn                 | INCOMPLETE
					forms/sign-for.form          | "radio"                                  | "wheel"                   | #signing                   | wheel
					forms/sign-for.form          | =signing != \\"REFUSE\\"                 | =signing !! 1             | #reasonCode                | FEEL
					forms/sign-for.form          | =signing != \\"REFUSE\\"                 | =signed != \\"REFUSE\\"   | #reasonText                | signed
					forms/sign-for.form          | "提交签收意见"                            | "提交"                     | sign-for.form              | submit
					""")
	void namesFileElementAndWhatWouldBeRight(String path, String from, String to, String element, String words)
			throws Exception {
		String good = Files.readString(Path.of(path));
		if (path.endsWith("filing.dmn")) {
			from = good.substring(good.indexOf("<outputEntry"), good.indexOf("</outputEntry>"));
			to = from.replaceAll("<text>.*</text>", "<text>INCOMPLETE</text>");
		}
		assertThat(good).contains(from.replace("\\\\", "\\"));
		String bad = good.replace(from.replace("\\\\", "\\"), (to != null) ? to.replace("\\\\", "\\") : "");
		String file = Path.of(path).getFileName().toString();
		String field = element.startsWith("#") ? file + element : file;

		release("ALL", Map.of(file, bad)).andExpect(status().isUnprocessableEntity())
			.andExpect(jsonPath("$.errors[?(@.field =~ /^" + field.replace(".", "\\.") + ".*/)].message")
				.value(hasItem(allOf(containsString(file), containsString(words)))));
	}

	@Test
	void everythingThatIsWrongIsSaidAtOnceAndNothingIsKept() throws Exception {
		int deployments = count("act_re_deployment");
		int tables = count("act_dmn_deployment");
		int releases = count("policy_release");
		String diagram = read("processes/unit-handling.bpmn").replace("${acceptCustody}", "${sendFlowers}")
			.replace("formRef=\"sign-for\"", "formRef=\"sign-here\"");
		String form = read("forms/handle-case.form").replace("\"filepicker\"", "\"camera\"");
		String table = read("decisions/transfer.dmn").replace("&gt;= 3", "&gt;=");

		release("ALL",
				Map.of("unit-handling.bpmn", diagram, "handle-case.form", form, "transfer.dmn", table, "filing.dmn",
						read("decisions/filing.dmn"), "notes.txt", "?"))
			.andExpect(status().isUnprocessableEntity())
			.andExpect(jsonPath("$.errors[*].field")
				.value(hasItems("unit-handling.bpmn#Task_AcceptCustody", "unit-handling.bpmn#Task_SignFor",
						"handle-case.form#resultPhotos", "transfer.dmn#In_HandedAround_HandOverCount", "notes.txt")));

		assertThat(count("act_re_deployment")).isEqualTo(deployments);
		assertThat(count("act_dmn_deployment")).isEqualTo(tables);
		assertThat(count("policy_release")).isEqualTo(releases);
	}

	@Test
	void needsAPlaceThatExistsANoteAndSomebodyWhoMay() throws Exception {
		String good = read("decisions/filing.dmn");
		this.http.perform(request("atlantis", "ALL", Map.of("filing.dmn", good))).andExpect(status().isBadRequest());
		this.http.perform(request(PLACE, "SOME", Map.of("filing.dmn", good))).andExpect(status().isBadRequest());
		this.http.perform(request("sd.c01.g1", PLACE, "ALL", Map.of("filing.dmn", good)))
			.andExpect(status().isForbidden());
		this.http.perform(request("sd.policy", PLACE, "ALL", Map.of("filing.dmn", good)))
			.andExpect(status().isCreated())
			.andExpect(jsonPath("$.by").value("sd.policy"));
		release("ALL", Map.of()).andExpect(status().isBadRequest());
		this.http
			.perform(request(PLACE, "ALL", Map.of("filing.dmn", good)).param("effectiveFrom", "2020-01-01T00:00:00Z"))
			.andExpect(status().isBadRequest());
	}

	// --- whom a release touches ---

	@ParameterizedTest
	@CsvSource({ "NEW_CASES, 1", "ALL, 2" })
	void tables(String appliesTo, int versionOfOldCase) throws Exception {
		String key = "verification";
		int before = versionOf(key);
		String old = handled();
		later();
		int after = released(appliesTo, key + ".dmn", read("decisions/shangdi/" + key + ".dmn"), key);
		String fresh = handled();
		done(old);
		done(fresh);
		assertThat(decided(old, key)).isEqualTo((versionOfOldCase == 1) ? before : after);
		assertThat(decided(fresh, key)).isEqualTo(after);
	}

	@ParameterizedTest
	@CsvSource({ "NEW_CASES, false", "ALL, true" })
	void forms(String appliesTo, boolean oldCaseSeesIt) throws Exception {
		String old = dispatched();
		later();
		String changed = "签收" + UUID.randomUUID();
		release(appliesTo, Map.of("sign-for.form", read("forms/sign-for.form").replace("签收案件", changed)))
			.andExpect(status().isCreated());
		String fresh = dispatched();
		assertThat(form(old).equals(changed)).isEqualTo(oldCaseSeesIt);
		assertThat(form(fresh)).isEqualTo(changed);
	}

	@ParameterizedTest
	@CsvSource({ "NEW_CASES, false", "ALL, true" })
	void diagrams(String appliesTo, boolean oldCaseCallsIt) throws Exception {
		String old = filed();
		String begun = dispatched();
		later();
		String unit = read("processes/unit-handling.bpmn").replace("name=\"处置办理\"", "name=\"到场处置\"");
		String loop = read("processes/shangdi/case-handling.bpmn").replace("name=\"任务处理\"", "name=\"分头处置\"");
		release(appliesTo, Map.of("unit-handling.bpmn", unit, "case-handling.bpmn", loop))
			.andExpect(status().isCreated());
		String fresh = filed();

		assertThat(signed(begun)).as("what has begun is finished on its version").isEqualTo("处置办理");
		this.drive.complete(old, "Stage_Dispatch", Map.of("leadUnit", "SD-CG"));
		assertThat(signed(old)).isEqualTo(oldCaseCallsIt ? "到场处置" : "处置办理");
		assertThat(this.cases.get(old).stageName()).as("its own loop began before").isEqualTo("任务处理");
		this.drive.complete(fresh, "Stage_Dispatch", Map.of("leadUnit", "SD-CG"));
		assertThat(signed(fresh)).isEqualTo("到场处置");
		assertThat(this.cases.get(fresh).stageName()).isEqualTo("分头处置");

		release("ALL", Map.of("unit-handling.bpmn", read("processes/unit-handling.bpmn"), "case-handling.bpmn",
				read("processes/shangdi/case-handling.bpmn")))
			.andExpect(status().isCreated());
	}

	@Test
	void aDayInTheFutureIsWaitedFor() throws Exception {
		Instant day = this.clock.now().plus(Duration.ofDays(1));
		int before = versionOf("first-responder");
		this.http
			.perform(request(PLACE, "ALL", Map.of("first-responder.dmn", read("decisions/first-responder.dmn")))
				.param("effectiveFrom", day.toString()))
			.andExpect(status().isCreated())
			.andExpect(jsonPath("$.effectiveFrom").isNotEmpty());
		assertThat(versionOf("first-responder")).isEqualTo(before);
		assertThat(this.decisions.table("first-responder", PLACE, day).orElseThrow().place()).isEqualTo(PLACE);
	}

	@Test
	void aWholePackageThatNamesItselfIsReleased() throws Exception {
		String diagram = read("processes/direct-report.bpmn")
			.replace("formRef=\"take-command\"", "formRef=\"take-command-here\"")
			.replace("id=\"Task_RaiseTier\" name=\"提到直报层级\" camunda:delegateExpression=\"${raiseTier}\"",
					"id=\"Task_RaiseTier\" name=\"提到直报层级\" camunda:expression=\"${decisions.apply('greeting', execution)}\"");
		String form = read("forms/take-command.form").replace("take-command", "take-command-here");
		String table = read("decisions/self-handling-rate.dmn").replace("self-handling-rate", "greeting");
		release("NEW_CASES", Map.of("direct-report.bpmn", diagram)).andExpect(status().isUnprocessableEntity());
		release("NEW_CASES",
				Map.of("direct-report.bpmn", diagram, "take-command-here.form", form, "greeting.dmn", table))
			.andExpect(status().isCreated())
			.andExpect(jsonPath("$.by").value("admin"))
			.andExpect(jsonPath("$.rules[*].key").value(hasItems("direct-report", "take-command-here", "greeting")));
		this.http.perform(get("/api/v1/releases").param("place", PLACE).with(httpBasic("admin", "gridcase")))
			.andExpect(status().isOk())
			.andExpect(jsonPath("$[0].appliesTo").value("NEW_CASES"))
			.andExpect(jsonPath("$[0].rules.length()").value(3));
	}

	// --- restart ---

	@Test
	void otherNodesSeeItAndItOutlivesARestart() throws Exception {
		String changed = "签收" + UUID.randomUUID();
		String loop = read("processes/shangdi/case-handling.bpmn").replace("name=\"任务处理\"", "name=\"分头处置\"");
		release("ALL",
				Map.of("sign-for.form", read("forms/sign-for.form").replace("签收案件", changed), "case-handling.bpmn",
						loop, "case-score.dmn", read("decisions/shangdi/case-score.dmn")))
			.andExpect(status().isCreated());
		int version = versionOf("case-score");
		int releases = count("policy_release");
		try (ConfigurableApplicationContext second = new SpringApplicationBuilder(GridcaseApplication.class)
			.profiles("test")
			.properties("spring.datasource.url=" + this.environment.getProperty("spring.datasource.url"),
					"spring.datasource.username=postgres", "gridcase.demo.enabled=true", "gridcase.demo.cases=false",
					"spring.jmx.enabled=false")
			.run()) {
			assertThat(count("policy_release")).as("a start with the same files releases nothing").isEqualTo(releases);
			assertThat(second.getBean(Decisions.class).table("case-score", PLACE, this.clock.now()).orElseThrow())
				.extracting((table) -> table.version())
				.isEqualTo(version);
			CaseDriver there = second.getAutowireCapableBeanFactory().createBean(CaseDriver.class);
			String caseNo = there.report(PLACE, "sd.c01.g1", "GRID_WORKER", Map.of("gridCode", GRID));
			there.complete(caseNo, "Stage_File", Map.of("filing", "FILE"));
			there.complete(caseNo, "Stage_Dispatch", Map.of("leadUnit", "SD-CG"));
			assertThat(second.getBean(Cases.class).get(caseNo).stageName()).isEqualTo("分头处置");
			assertThat(form(caseNo)).isEqualTo(changed);

			// and the other way round: the first node sees what the second releases
			String again = "签收" + UUID.randomUUID();
			second.getBean(Releases.class)
				.release(new ReleaseOrder(PLACE,
						Map.of("sign-for.form",
								read("forms/sign-for.form").replace("签收案件", again).getBytes(StandardCharsets.UTF_8)),
						"zhao", "再改", AppliesTo.ALL, null));
			assertThat(form(caseNo)).isEqualTo(again);

			aSetActsOnTheOtherNodeAtOnce(second, there, loop);
		}
		release("ALL", Map.of("case-handling.bpmn", read("processes/shangdi/case-handling.bpmn")))
			.andExpect(status().isCreated());
	}

	/**
	 * Drawing, form, table and category in one release, holidays for all places in
	 * another.
	 */
	private void aSetActsOnTheOtherNodeAtOnce(ConfigurableApplicationContext second, CaseDriver there, String loop)
			throws Exception {
		String code = "SDN" + count("policy_release");
		LocalDate day = Stream
			.iterate(LocalDate.ofInstant(this.clock.now(), this.clock.zone()).plusDays(1), (one) -> one.plusDays(1))
			.filter((one) -> one.getDayOfWeek().getValue() < 6
					&& seen(this.transactions, () -> this.calendars.forPlace(PLACE).isOpen(atTen(one))))
			.findFirst()
			.orElseThrow();
		Instant holiday = atTen(day);
		PlatformTransactionManager onSecond = second.getBean(PlatformTransactionManager.class);
		WorkingCalendars calendarsThere = second.getBean(WorkingCalendars.class);
		Catalogue catalogueThere = second.getBean(Catalogue.class);
		assertThat(seen(onSecond, () -> calendarsThere.forPlace(PLACE).isOpen(holiday))).isTrue();
		assertThat(seen(onSecond, () -> catalogueThere.find(PLACE, code, this.clock.now()))).isEmpty();
		String signing = "签收" + UUID.randomUUID();
		int version = versionOf("case-score");

		release("ALL",
				Map.of("sign-for.form", read("forms/sign-for.form").replace("签收案件", signing), "case-handling.bpmn",
						loop.replace("name=\"分头处置\"", "name=\"合力处置\""), "case-score.dmn",
						read("decisions/shangdi/case-score.dmn"), "categories.csv",
						"code,class_code,class_name,name,kind\n" + code + ",S01,民生服务,共享单车,event\n"))
			.andExpect(status().isCreated());
		assertThat(seen(onSecond, () -> catalogueThere.find(PLACE, code, this.clock.now()))).isPresent();
		assertThat(second.getBean(Decisions.class).table("case-score", PLACE, this.clock.now()).orElseThrow().version())
			.isEqualTo(version + 1);
		String caseNo = there.report(PLACE, "sd.c01.g1", "GRID_WORKER", Map.of("gridCode", GRID, "category", code));
		there.complete(caseNo, "Stage_File", Map.of("filing", "FILE"));
		there.complete(caseNo, "Stage_Dispatch", Map.of("leadUnit", "SD-CG"));
		assertThat(second.getBean(Cases.class).get(caseNo).stageName()).isEqualTo("合力处置");
		assertThat(form(caseNo)).isEqualTo(signing);

		String notice = holidays(day.getYear()) + day.getYear() + "," + day + ",临时放假,off\n";
		long closed = this.releases
			.release(new ReleaseOrder(null, Map.of("calendar.csv", notice.getBytes(StandardCharsets.UTF_8)), "admin",
					"临时放假", AppliesTo.ALL, null))
			.id();
		assertThat(seen(onSecond, () -> calendarsThere.forPlace(PLACE).isOpen(holiday))).isFalse();
		second.getBean(Releases.class).takeBack(closed, AppliesTo.ALL, "admin", "不放了");
		assertThat(seen(this.transactions, () -> this.calendars.forPlace(PLACE).isOpen(holiday))).isTrue();
	}

	private Instant atTen(LocalDate day) {
		return day.atTime(10, 0).atZone(this.clock.zone()).toInstant();
	}

	private static <T> T seen(PlatformTransactionManager transactions, Supplier<T> look) {
		return new TransactionTemplate(transactions).execute((status) -> look.get());
	}

	private String holidays(int year) {
		return this.jdbc
			.query("""
					select notice_year || ',' || day || ',' || name || ',' || case when works then 'work' else 'off' end
					from calendar_day where day_list = 'cn' and replaced_at is null and notice_year = ? order by day""",
					(row, number) -> row.getString(1), year)
			.stream()
			.collect(Collectors.joining("\n", "notice_year,date,holiday_name,day_kind\n", "\n"));
	}

	// --- steps ---

	private String filed() {
		String caseNo = this.drive.report(PLACE, "sd.c01.g1", "GRID_WORKER", Map.of("gridCode", GRID));
		this.drive.complete(caseNo, "Stage_File", Map.of("filing", "FILE"));
		return caseNo;
	}

	private String dispatched() {
		String caseNo = filed();
		this.drive.complete(caseNo, "Stage_Dispatch", Map.of("leadUnit", "SD-CG"));
		return caseNo;
	}

	private String handled() {
		String caseNo = dispatched();
		this.drive.complete(caseNo, "Task_SignFor", Map.of("signing", "SIGN"));
		return caseNo;
	}

	private String signed(String caseNo) {
		this.drive.complete(caseNo, "Task_SignFor", Map.of("signing", "SIGN"));
		return this.drive.task(caseNo, "Task_Handle").name();
	}

	private void done(String caseNo) {
		this.drive.complete(caseNo, "Task_Handle", Map.of("handlingOutcome", "DONE", "resultText", "已经清理干净，现场恢复"));
		this.drive.helpersDo(caseNo);
	}

	private int decided(String caseNo, String table) {
		return this.decisions.ofCase(caseNo)
			.stream()
			.filter((decision) -> decision.table().equals(table) && PLACE.equals(decision.place()))
			.reduce((first, second) -> second)
			.orElseThrow()
			.version();
	}

	private int versionOf(String table) {
		return this.decisions.table(table, PLACE, this.clock.now()).orElseThrow().version();
	}

	private String form(String caseNo) throws Exception {
		OpenTask task = this.drive.task(caseNo, "Task_SignFor");
		String body = this.http
			.perform(get("/api/v1/tasks/{id}/form", task.taskId())
				.with(httpBasic(this.drive.anyOf(task.pool()), "gridcase")))
			.andExpect(status().isOk())
			.andReturn()
			.getResponse()
			.getContentAsString(StandardCharsets.UTF_8);
		return JsonPath.read(body, "$.title");
	}

	private int released(String appliesTo, String file, String content, String key) throws Exception {
		String body = release(appliesTo, Map.of(file, content)).andExpect(status().isCreated())
			.andReturn()
			.getResponse()
			.getContentAsString(StandardCharsets.UTF_8);
		return JsonPath.<List<Integer>>read(body, "$.rules[?(@.key == '" + key + "')].version").get(0);
	}

	private ResultActions release(String appliesTo, Map<String, String> files) throws Exception {
		return this.http.perform(request(PLACE, appliesTo, files));
	}

	private MockMultipartHttpServletRequestBuilder request(String place, String appliesTo, Map<String, String> files) {
		return request("admin", place, appliesTo, files);
	}

	private MockMultipartHttpServletRequestBuilder request(String login, String place, String appliesTo,
			Map<String, String> files) {
		MockMultipartHttpServletRequestBuilder request = multipart("/api/v1/releases");
		files.forEach((name, content) -> request.file(new MockMultipartFile("files", name, "application/octet-stream",
				content.getBytes(StandardCharsets.UTF_8))));
		request.param("place", place).param("note", "试改规则").param("appliesTo", appliesTo);
		request.with(httpBasic(login, "gridcase"));
		return request;
	}

	private int count(String table) {
		return this.jdbc.queryForObject("select count(*) from " + table, Integer.class);
	}

	private static String read(String path) throws IOException {
		return Files.readString(Path.of(path));
	}

}
