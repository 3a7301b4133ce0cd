package gridcase.casework;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import gridcase.audit.CaseTrail;
import gridcase.casework.process.CaseDiagrams;
import gridcase.casework.process.TimeTravel;
import gridcase.clock.PlatformClock;
import gridcase.policy.AppliesTo;
import gridcase.policy.Release;
import gridcase.policy.ReleaseOrder;
import gridcase.policy.ReleasedRule;
import gridcase.policy.ReleasedRules;
import gridcase.policy.Releases;
import gridcase.policy.RuleScope;
import gridcase.policy.RuleType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/** Open cases move to a new diagram where it has what they stand at. */
@DemoTest
@Import(CaseDriver.class)
class CaseMovesTests {

	private static final String FILE = "case-handling.bpmn";

	@Autowired
	private CaseMoves moves;

	@Autowired
	private Releases releases;

	@Autowired
	private ReleasedRules rules;

	@Autowired
	private CaseDriver drive;

	@Autowired
	private Cases cases;

	@Autowired
	private OpenTasks tasks;

	@Autowired
	private CaseDiagrams diagrams;

	@Autowired
	private CaseTrail trail;

	@Autowired
	private PlatformClock clock;

	@Autowired
	private TimeTravel travel;

	private Release made;

	@BeforeEach
	void atAMomentOfItsOwn() {
		this.travel.moveTo(this.clock.now().plus(Duration.ofSeconds(2)));
	}

	@AfterEach
	void asItWas() {
		if (this.made != null) {
			this.releases.takeBack(this.made.id(), AppliesTo.NEW_CASES, "sd.policy", "测试结束");
		}
	}

	@Test
	void casesMoveWhereTheNewDiagramHasWhatTheyStandAt() {
		String before = diagram();
		String stays = report();
		this.drive.complete(stays, "Stage_File", Map.of("filing", "FILE"));
		String goes = report();
		String name = this.cases.get(goes).stageName();
		assertThat(before).contains("id=\"Stage_Dispatch\"", "name=\"" + name + "\"");

		this.made = this.releases.release(new ReleaseOrder("shangdi",
				Map.of(FILE,
						before.replace("Stage_Dispatch", "Stage_DispatchUnits")
							.replace("name=\"" + name + "\"", "name=\"" + name + "（新）\"")
							.getBytes(StandardCharsets.UTF_8)),
				"sd.policy", "换一步", AppliesTo.NEW_CASES, null));
		ReleasedRule rule = this.made.rules().get(0);

		List<CaseMoves.Move> looked = this.moves.preview(rule);
		assertThat(this.moves.waiting(rule)).isEqualTo(looked.size());
		assertThat(looked).filteredOn((move) -> move.caseNo().equals(goes)).singleElement().satisfies((move) -> {
			assertThat(move.possible()).isTrue();
			assertThat(move.from()).isLessThan(rule.version());
		});
		assertThat(looked).filteredOn((move) -> move.caseNo().equals(stays)).singleElement().satisfies((move) -> {
			assertThat(move.why()).singleElement().asString().contains("没有这一步");
			assertThat(move.why().get(0)).contains(this.cases.get(stays).stageName());
		});
		assertThat(this.cases.get(goes).stageName()).as("a preview moves nothing").isEqualTo(name);

		List<CaseMoves.Move> moved = this.moves.move(rule,
				looked.stream()
					.filter((move) -> List.of(goes, stays).contains(move.caseNo()))
					.map(CaseMoves.Move::instance)
					.toList());
		assertThat(moved).extracting(CaseMoves.Move::possible).containsExactlyInAnyOrder(true, false);
		assertThat(this.cases.get(goes).stageName()).isEqualTo(name + "（新）");
		assertThat(this.tasks.ofCase(goes)).singleElement()
			.satisfies((task) -> assertThat(task.name()).isEqualTo(name + "（新）"));
		assertThat(this.diagrams.path(this.cases.get(goes)).bpmn()).contains("Stage_DispatchUnits");
		assertThat(this.diagrams.stages(this.cases.get(goes))).anyMatch((stage) -> stage.state().equals("NOW"));
		assertThat(this.trail.of(goes)).filteredOn((event) -> event.kind().equals("CASE_MOVED")).hasSize(1);
		assertThat(this.trail.of(stays)).noneMatch((event) -> event.kind().equals("CASE_MOVED"));
		assertThat(this.moves.preview(rule)).noneMatch((move) -> move.caseNo().equals(goes));

		this.drive.complete(goes, "Stage_File", Map.of("filing", "FILE"));
		assertThat(this.tasks.ofCase(goes)).extracting(OpenTask::taskKey).containsExactly("Stage_DispatchUnits");
		this.drive.complete(stays, "Stage_Dispatch", Map.of("leadUnit", "SD-CG"));
		assertThat(this.tasks.ofCase(stays)).extracting(OpenTask::taskKey).contains("Task_SignFor");
	}

	private String report() {
		return this.drive.report("shangdi", "sd.c01.g1", "GRID_WORKER", Map.of("gridCode", "11010802200101"));
	}

	private String diagram() {
		return new String(this.rules
			.content(this.rules.find(RuleType.DIAGRAM, "case-handling", RuleScope.newCase("shangdi", this.clock.now()))
				.orElseThrow()), StandardCharsets.UTF_8);
	}

}
