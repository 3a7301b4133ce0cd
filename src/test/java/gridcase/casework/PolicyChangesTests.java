package gridcase.casework;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import gridcase.casework.process.CaseDiagrams;
import gridcase.casework.process.TimeTravel;
import gridcase.clock.PlatformClock;
import gridcase.notice.Outbox;
import gridcase.shared.Refusal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMultipartHttpServletRequestBuilder;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

/**
 * Changes as places order them, docs/policy-changes.md: the very files that stand there
 * are released on the running server, a case begun before and one begun after are gone
 * through.
 */
@DemoTest
@DirtiesContext
class PolicyChangesTests {

	private static final Path FOLDER = Path.of("src/test/resources/policy-changes");

	private static final String PLACE = "shangdi";

	private static final String GRID = "11010802200101";

	private static final Map<String, Object> DONE = Map.of("handlingOutcome", "DONE", "resultText", "已经办好，现场恢复原状");

	@Autowired
	private MockMvc http;

	@Autowired
	private CaseDriver drive;

	@Autowired
	private Cases cases;

	@Autowired
	private OpenTasks tasks;

	@Autowired
	private CaseDiagrams diagrams;

	@Autowired
	private Outbox outbox;

	@Autowired
	private PlatformClock clock;

	@Autowired
	private TimeTravel travel;

	private List<FileChange> released = List.of();

	@BeforeEach
	void later() {
		this.travel.moveTo(this.clock.now().plus(Duration.ofSeconds(2)));
	}

	/** Every test begins with the rules of the program. */
	@AfterEach
	void takeBack() throws Exception {
		MockMultipartHttpServletRequestBuilder request = multipart("/api/v1/releases");
		String place = null;
		boolean any = false;
		for (FileChange change : this.released) {
			if (change.source() != null && !change.source().endsWith(".csv")) {
				request.file(file(change, Files.readString(Path.of(change.source()))));
				place = place(List.of(change));
				any = true;
			}
		}
		if (any) {
			later();
			send(request, place, "take back", "NEW_CASES");
		}
	}

	@Test
	void docsShowExactlyTheseFiles() throws IOException {
		String page = Files.readString(Path.of("docs/policy-changes.md"));
		try (Stream<Path> folders = Files.list(FOLDER)) {
			for (Path folder : folders.toList()) {
				assertThat(page).contains("```diff\n" + Files.readString(folder.resolve("change.diff")) + "```");
			}
		}
	}

	@Test
	void dangerousGoodsGoToTheCentreAtOnce() throws Exception {
		String old = dangerousGoods();
		released("1-dangerous-goods", "NEW_CASES");
		String fresh = dangerousGoods();
		assertThat(this.cases.get(old).fact("tier")).isEqualTo("GRID");
		assertThat(this.cases.get(old).stageKey()).isEqualTo("file");
		assertThat(this.cases.get(fresh).fact("tier")).isEqualTo("COUNTY");
		assertThat(this.tasks.ofCase(fresh)).singleElement()
			.satisfies((task) -> assertThat(task.pool()).isEqualTo("centre-dispatcher@149981"));
		assertThat(this.outbox.ofCase(fresh)).extracting((notice) -> notice.audience()).contains("SKIPPED_TIER");
		assertThat(this.outbox.ofCase(old)).extracting((notice) -> notice.audience()).doesNotContain("SKIPPED_TIER");
	}

	private String dangerousGoods() {
		return this.drive.report("shanxi", "sx.cg03.g1", "GRID_WORKER",
				Map.of("gridCode", "14998110120301", "category", "S0305"));
	}

	@Test
	void secondTransferNeedsTheConsentOfTheStreet() throws Exception {
		String old = signed();
		released("2-second-transfer", "NEW_CASES");
		handOn(old, "SD-JC");
		this.drive.complete(old, "Task_SignFor", Map.of("signing", "SIGN"));
		handOn(old, "SD-JT");
		assertThat(this.drive.task(old, "Task_SignFor").unit()).as("nobody was asked").isEqualTo("SD-JT");

		String fresh = signed();
		handOn(fresh, "SD-JC");
		this.drive.complete(fresh, "Task_SignFor", Map.of("signing", "SIGN"));
		handOn(fresh, "SD-JT");
		assertThat(this.drive.task(fresh, "Task_ConsentToHandOn").pool()).startsWith("duty-leader@");
		this.drive.complete(fresh, "Task_ConsentToHandOn", Map.of("handOnConsent", "NO", "consentText", "职责明确，不宜再转"));
		assertThat(this.drive.task(fresh, "Task_Handle").unit()).isEqualTo("SD-JC");
		handOn(fresh, "SD-JT");
		this.drive.complete(fresh, "Task_ConsentToHandOn",
				Map.of("handOnConsent", "YES", "consentText", "确属道路交通问题，同意转办"));
		assertThat(this.drive.task(fresh, "Task_SignFor").unit()).isEqualTo("SD-JT");
	}

	@Test
	void twoPeopleCheckWhatIsSerious() throws Exception {
		String old = handled(Map.of("severity", "SERIOUS"));
		released("3-two-verifiers", "ALL");
		String serious = handled(Map.of("severity", "SERIOUS"));
		String general = handled(Map.of());
		Map<String, Object> fine = Map.of("verified", true, "verifyText", "现场核查已整改到位");

		this.drive.complete(old, "Stage_Verify", fine);
		assertThat(this.cases.get(old).stageKey()).as("its loop began before").isEqualTo("close");
		this.drive.complete(general, "Stage_Verify", fine);
		assertThat(this.cases.get(general).stageKey()).isEqualTo("close");
		String first = this.drive.complete(serious, "Stage_Verify", fine);
		assertThat(this.cases.get(serious).stageName()).isEqualTo("第二人核查");
		String second = this.drive.complete(serious, "Stage_VerifyAgain",
				Map.of("verified", false, "verifyText", "东侧仍有堆放，未清理完"));
		assertThat(second).isNotEqualTo(first);
		assertThat(this.cases.get(serious).fact("reworkCount")).isEqualTo("1");
		assertThat(this.cases.get(serious).stageKey()).isEqualTo("handle");
	}

	@Test
	void reporterIsRevisitedAfterClosing() throws Exception {
		String old = verified();
		released("4-revisit", "NEW_CASES");
		String fresh = verified();
		this.drive.complete(old, "Stage_Close", Map.of("closingText", "整改完成，予以结案"));
		assertThat(this.cases.get(old).state()).isEqualTo("CLOSED");
		this.drive.complete(fresh, "Stage_Close", Map.of("closingText", "整改完成，予以结案"));
		assertThat(this.cases.get(fresh).state()).isEqualTo("OPEN");
		assertThat(this.cases.get(fresh).stageName()).isEqualTo("回访");
		assertThat(this.diagrams.stages(this.cases.get(fresh))).extracting(StageView::name).contains("回访");
		assertThat(this.diagrams.stages(this.cases.get(old))).extracting(StageView::name).doesNotContain("回访");
		this.drive.complete(fresh, "Stage_EvaluateRevisit",
				Map.of("satisfaction", "SATISFIED", "revisitText", "电话回访，居民表示满意"));
		assertThat(this.cases.get(fresh).state()).isEqualTo("CLOSED");
		assertThat(this.cases.get(fresh).fact("satisfaction")).isEqualTo("SATISFIED");
	}

	@Test
	void signedForWithinThirtyMinutesAtNightToo() throws Exception {
		ZoneId zone = this.clock.zone();
		this.travel.moveTo(this.clock.now()
			.atZone(zone)
			.toLocalDate()
			.plusDays(1)
			.atTime(LocalTime.of(22, 0))
			.atZone(zone)
			.toInstant());
		String old = dispatched(Map.of());
		Deadline before = sign(old);
		assertThat(before.dueAt()).isAfter(before.startedAt().plus(Duration.ofHours(8)));
		later();
		released("5-sign-at-night", "ALL");
		String fresh = dispatched(Map.of());

		assertThat(sign(old).dueAt()).isCloseTo(before.startedAt().plus(Duration.ofMinutes(30)),
				within(1, ChronoUnit.SECONDS));
		assertThat(this.cases.norms(old)).filteredOn((norm) -> norm.deadline() == before.no())
			.extracting(LimitNorm::rule)
			.containsExactly(before.rule(), sign(old).rule());
		Instant due = sign(fresh).dueAt();
		assertThat(due).isEqualTo(sign(fresh).startedAt().plus(Duration.ofMinutes(30)));
		this.travel.moveTo(due.plusSeconds(1));
		assertThat(sign(fresh).breachedAt()).isNotNull();
	}

	@Test
	void helpersReportBeforeTheLead() throws Exception {
		Map<String, Object> both = Map.of("leadUnit", "SD-CG", "helperUnits", "SD-JC");
		String old = filed(Map.of());
		this.drive.complete(old, "Stage_Dispatch", both);
		released("6-helpers-first", "NEW_CASES");
		assertThat(units(old)).containsExactlyInAnyOrder("SD-CG", "SD-JC");
		this.drive.complete(old, "Task_SignFor", Map.of("signing", "SIGN"));
		this.drive.complete(old, "Task_Handle", DONE);
		assertThat(units(old)).as("the lead has reported before the helper").containsExactly("SD-JC");

		String fresh = filed(Map.of());
		this.drive.complete(fresh, "Stage_Dispatch", both);
		assertThat(this.cases.get(fresh).stageName()).isEqualTo("协办处置");
		assertThat(units(fresh)).as("the lead has nothing to report on yet").containsExactly("SD-JC");
		this.drive.helpersDo(fresh);
		assertThat(units(fresh)).containsExactly("SD-CG");
		assertThat(this.cases.get(fresh).stageName()).isEqualTo("任务处理");
		this.drive.complete(fresh, "Task_SignFor", Map.of("signing", "SIGN"));
		this.drive.complete(fresh, "Task_Handle", DONE);
		this.drive.complete(fresh, "Stage_Verify", Map.of("verified", false, "verifyText", "东侧仍有堆放，未清理完"));
		assertThat(units(fresh)).as("rework in the same order").containsExactly("SD-JC");
		assertThat(this.diagrams.stages(this.cases.get(fresh))).extracting(StageView::name)
			.containsSubsequence("协办处置", "任务处理");

		String alone = filed(Map.of("category", "S0111"));
		this.drive.complete(alone, "Stage_Dispatch", Map.of("leadUnit", "SD-CG"));
		assertThat(this.cases.get(alone).fact("helperUnits")).isEqualTo("");
		assertThat(units(alone)).containsExactly("SD-CG");

		this.travel.moveTo(deadline(fresh, "total").dueAt());
		assertThat(this.drive.task(fresh, "Stage_Dispatch").unit()).as("a superior has taken over").isNull();
		assertThat(this.cases.get(fresh).fact("tier")).isEqualTo("DISTRICT");
		assertThat(units(fresh)).as("the helpers have let go").hasSize(1);
	}

	private List<String> units(String caseNo) {
		return this.tasks.ofCase(caseNo).stream().map(OpenTask::unit).toList();
	}

	@Test
	void disputesHaveAThirdTier() throws Exception {
		String oldDispute = atDistrict("S0202");
		String oldOther = atDistrict("C0101");
		cannotSolve(oldDispute);
		assertThat(this.cases.get(oldDispute).fact("tier")).as("nobody above").isEqualTo("DISTRICT");
		released("7-third-tier", "ALL");
		String dispute = atDistrict("S0202");
		String other = atDistrict("C0101");

		for (String caseNo : List.of(oldOther, other)) {
			cannotSolve(caseNo);
			assertThat(this.cases.get(caseNo).fact("tier")).as("it stops where it did").isEqualTo("DISTRICT");
			assertThat(this.drive.task(caseNo, "Stage_Dispatch").pool()).isEqualTo("dispatcher@149984");
		}
		for (String caseNo : List.of(oldDispute, dispute)) {
			cannotSolve(caseNo);
			assertThat(this.cases.get(caseNo).fact("tier")).isEqualTo("CITY");
			assertThat(this.drive.task(caseNo, "Stage_Dispatch").pool()).isEqualTo("dispatcher@1499");
			this.drive.complete(caseNo, "Stage_Dispatch", Map.of());
			assertThat(this.drive.task(caseNo, "Task_SignFor").unit()).isEqualTo("CG-STJ");
			cannotSolve(caseNo, false);
			assertThat(this.cases.get(caseNo).fact("tier")).as("the top now").isEqualTo("CITY");
		}
	}

	private String atDistrict(String category) {
		String caseNo = this.drive.report("chengguan", "cg.g1", "PATROL",
				Map.of("gridCode", "14998410100101", "category", category));
		this.drive.complete(caseNo, "Stage_File", Map.of("filing", "FILE"));
		assertThat(this.cases.get(caseNo).fact("tier")).isEqualTo("TOWN");
		cannotSolve(caseNo);
		assertThat(this.cases.get(caseNo).fact("tier")).isEqualTo("DISTRICT");
		return caseNo;
	}

	/** The unit the case is dispatched to says so. */
	private void cannotSolve(String caseNo) {
		cannotSolve(caseNo, true);
	}

	private void cannotSolve(String caseNo, boolean dispatch) {
		if (dispatch) {
			this.drive.complete(caseNo, "Stage_Dispatch", Map.of());
		}
		this.drive.complete(caseNo, "Task_SignFor", Map.of("signing", "SIGN"));
		this.drive.complete(caseNo, "Task_Handle",
				Map.of("handlingOutcome", "CANNOT_SOLVE", "reasonText", "多次调解和协调未果，本级没有办法解决"));
	}

	@Test
	void dispatcherWritesWhyAUnitWasChosen() throws Exception {
		String old = filed(Map.of());
		released("8-reason-for-unit", "NEW_CASES");
		String fresh = filed(Map.of());
		this.drive.complete(old, "Stage_Dispatch", Map.of("leadUnit", "SD-CG"));
		assertThat(this.cases.get(old).stageKey()).isEqualTo("handle");
		assertThatExceptionOfType(Refusal.class)
			.isThrownBy(() -> this.drive.complete(fresh, "Stage_Dispatch", Map.of("leadUnit", "SD-CG")))
			.satisfies((refusal) -> assertThat(refusal.fields()).extracting((field) -> field.field())
				.containsExactly("unitReason"));
		this.drive.complete(fresh, "Stage_Dispatch", Map.of("leadUnit", "SD-CG", "unitReason", "油烟归城市管理组牵头"));
		assertThat(this.cases.get(fresh).fact("unitReason")).isEqualTo("油烟归城市管理组牵头");
	}

	@Test
	void oneMoreFilingConditionHasItsOwnLimit() throws Exception {
		Map<String, Object> second = Map.of("category", "E0102", "condition", "2");
		assertThatExceptionOfType(Refusal.class).isThrownBy(() -> report(second));
		String old = signed(Map.of("category", "E0102", "condition", "1"));
		Deadline before = deadline(old, "handle");
		released("9-filing-condition", "NEW_CASES");
		String fresh = signed(second);
		assertThat(deadline(fresh, "handle").limitValue()).isEqualByComparingTo("6");
		assertThat(deadline(fresh, "handle").limitUnit()).isEqualTo("URGENT_HOUR");
		assertThat(deadline(fresh, "handle").rule()).endsWith("Rule_E0102_2");
		assertThat(deadline(old, "handle")).isEqualTo(before);
	}

	@Test
	void refusalForLackOfPowerGoesToACoordinator() throws Exception {
		Map<String, Object> refusal = Map.of("signing", "REFUSE", "reasonCode", "LACKS_POWER", "reasonText",
				"涉及产权单位，本组无权处置");
		String old = dispatched(Map.of());
		released("10-lack-of-power", "NEW_CASES");
		String fresh = dispatched(Map.of());
		this.drive.complete(old, "Task_SignFor", refusal);
		assertThat(this.cases.get(old).stageKey()).isEqualTo("dispatch");
		this.drive.complete(fresh, "Task_SignFor", refusal);
		assertThat(this.drive.task(fresh, "Task_Coordinate").pool()).startsWith("duty-leader@");
	}

	// --- steps ---

	private String report(Map<String, Object> values) {
		Map<String, Object> all = new HashMap<>(Map.of("gridCode", GRID));
		all.putAll(values);
		return this.drive.report(PLACE, "sd.c01.g1", "GRID_WORKER", all);
	}

	private String filed(Map<String, Object> values) {
		String caseNo = report(values);
		this.drive.complete(caseNo, "Stage_File", Map.of("filing", "FILE"));
		return caseNo;
	}

	private String dispatched(Map<String, Object> values) {
		String caseNo = filed(values);
		this.drive.complete(caseNo, "Stage_Dispatch", Map.of("leadUnit", "SD-CG"));
		return caseNo;
	}

	private String signed() {
		return signed(Map.of());
	}

	private String signed(Map<String, Object> values) {
		String caseNo = dispatched(values);
		this.drive.complete(caseNo, "Task_SignFor", Map.of("signing", "SIGN"));
		return caseNo;
	}

	private String handled(Map<String, Object> values) {
		String caseNo = signed(values);
		this.drive.complete(caseNo, "Task_Handle", DONE);
		this.drive.helpersDo(caseNo);
		return caseNo;
	}

	private String verified() {
		String caseNo = handled(Map.of());
		this.drive.complete(caseNo, "Stage_Verify", Map.of("verified", true, "verifyText", "现场核查已整改到位"));
		return caseNo;
	}

	private void handOn(String caseNo, String unit) {
		this.drive.complete(caseNo, "Task_Handle", Map.of("handlingOutcome", "HAND_ON", "handOnUnit", unit,
				"reasonCode", "NEEDS_OTHER_UNIT", "reasonText", "需要该单位到场处置，本组已做前期工作"));
	}

	private Deadline sign(String caseNo) {
		return deadline(caseNo, "sign");
	}

	private Deadline deadline(String caseNo, String stage) {
		return this.cases.deadlines(caseNo)
			.stream()
			.filter((deadline) -> deadline.stage().equals(stage) && deadline.leg().isEmpty())
			.reduce((first, second) -> second)
			.orElseThrow();
	}

	/** Orders the change as docs/policy-changes.md shows it. */
	private void released(String folder, String appliesTo) throws Exception {
		later();
		this.released = FileChange.read(FOLDER.resolve(folder).resolve("change.diff"));
		MockMultipartHttpServletRequestBuilder request = multipart("/api/v1/releases");
		for (FileChange change : this.released) {
			if (change.target().endsWith(".csv")) {
				this.http
					.perform(post("/api/v1/registry/" + kind(change.target())).contentType("text/csv")
						.params(registryPlace(change.target()))
						.content(change.added().getBytes(StandardCharsets.UTF_8))
						.with(httpBasic("admin", "gridcase")))
					.andExpect(status().isOk());
			}
			else {
				request.file(file(change, change.changed()));
			}
		}
		send(request, place(this.released), folder, appliesTo);
		later();
	}

	private void send(MockMultipartHttpServletRequestBuilder request, String place, String note, String appliesTo)
			throws Exception {
		if (place != null) {
			request.param("place", place);
		}
		request.param("note", note).param("appliesTo", appliesTo);
		this.http.perform(request.with(httpBasic("admin", "gridcase"))).andExpect(status().isCreated());
	}

	/** The place whose own files are changed, null if it is the shared ones. */
	private static String place(List<FileChange> changes) {
		return changes.stream()
			.map((change) -> change.target().split("/"))
			.filter((path) -> path.length == 3)
			.map((path) -> path[1])
			.findFirst()
			.orElse(null);
	}

	private static MockMultipartFile file(FileChange change, String content) {
		return new MockMultipartFile("files", change.target().substring(change.target().lastIndexOf('/') + 1),
				"application/octet-stream", content.getBytes(StandardCharsets.UTF_8));
	}

	/** A registry of a place is loaded for that place. */
	private static MultiValueMap<String, String> registryPlace(String path) {
		String folder = Path.of(path).getParent().getFileName().toString();
		return folder.equals("shared") ? new LinkedMultiValueMap<>()
				: new LinkedMultiValueMap<>(Map.of("place", List.of(folder)));
	}

	private static String kind(String path) {
		String name = path.substring(path.lastIndexOf('/') + 1);
		return name.substring(0, name.indexOf('-') < 0 ? name.indexOf('.') : name.indexOf('-'));
	}

}
