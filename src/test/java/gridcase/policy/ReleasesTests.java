package gridcase.policy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import static gridcase.policy.PolicyFixture.NOW;
import static gridcase.policy.PolicyFixture.ask;
import static gridcase.policy.PolicyFixture.askFor;
import static gridcase.policy.PolicyFixture.files;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.tuple;

/** What is in force when, what is refused, and what goes on record. */
class ReleasesTests {

	private PolicyFixture policy;

	@BeforeEach
	void start() {
		this.policy = new PolicyFixture();
	}

	private static Dmn says(String key, String text) {
		return Dmn.table(key).in("x", "number").out("says", "string").rule("All", "-", "\"" + text + "\"");
	}

	private Object asked(String place, String key) {
		return this.policy.decisions.decide(askFor(place, key, "x", 1)).outputs().get("says");
	}

	@Test
	void ownTableWinsOverTheSharedOne() {
		this.policy.release(says("routing", "shared"), says("filing", "shared filing"));
		this.policy.releaseFor("here", says("routing", "own"));
		assertThat(asked("here", "routing")).isEqualTo("own");
		assertThat(asked("here", "filing")).isEqualTo("shared filing");
		assertThat(asked("there", "routing")).isEqualTo("shared");
		assertThat(this.policy.decisions.decide(askFor("here", "routing", "x", 1)).place()).isEqualTo("here");
		assertThat(this.policy.decisions.tables("here", NOW)).extracting(TableInfo::key, TableInfo::place)
			.containsExactly(tuple("filing", null), tuple("routing", "here"));
	}

	@Test
	void effectiveDateDecidesWhatIsInForce() {
		this.policy.release(says("routing", "old"));
		Instant start = NOW.plus(Duration.ofDays(10));
		this.policy.release(null, files(says("routing", "new")), AppliesTo.ALL, start);
		assertThat(asked((String) null, "routing")).isEqualTo("old");
		Question later = Question.of("routing", null, start, Map.of("x", 1));
		assertThat(this.policy.decisions.decide(later).outputs()).containsEntry("says", "new");
	}

	@Test
	void everyReleaseIsSeenByOtherNodesAndByRunningTransactionsOnlyAfterwards() {
		this.policy.release(says("routing", "one"));
		PolicyFixture other = new PolicyFixture(this.policy.dataSource);
		assertThat(other.decisions.decide(ask("routing", "x", 1)).outputs()).containsEntry("says", "one");
		this.policy.transaction.executeWithoutResult((status) -> {
			assertThat(asked((String) null, "routing")).isEqualTo("one");
			CompletableFuture.runAsync(() -> other.release(says("routing", "two"))).join();
			assertThat(asked((String) null, "routing")).as("one transaction, one policy").isEqualTo("one");
		});
		assertThat(asked((String) null, "routing")).isEqualTo("two");
	}

	@Test
	void rolledBackReleaseNeverWas() {
		this.policy.release(says("routing", "one"));
		this.policy.transaction.executeWithoutResult((status) -> {
			this.policy.release(says("routing", "two"));
			assertThat(asked((String) null, "routing")).isEqualTo("two");
			status.setRollbackOnly();
		});
		assertThat(asked((String) null, "routing")).isEqualTo("one");
		this.policy.release(says("filing", "three"), says("routing", "three"));
		assertThat(asked((String) null, "routing")).isEqualTo("three");
	}

	@Test
	void amendingKeepsTheOtherTables() {
		this.policy.release(says("routing", "one"), says("filing", "one"));
		Release amended = this.policy.release(says("routing", "two"));
		assertThat(asked((String) null, "routing")).isEqualTo("two");
		assertThat(asked((String) null, "filing")).isEqualTo("one");
		assertThat(this.policy.releases.files(amended)).containsOnlyKeys("routing.dmn");
		assertThat(this.policy.releases.history(null)).extracting(Release::by, Release::note)
			.first()
			.isEqualTo(tuple("zhao", "为试验"));
	}

	@Test
	void filesAreReleasedWhenTheyChangeAndDoNotUndoWhatTheProductReleased() {
		Map<String, byte[]> shipped = shipped(says("routing", "shipped"));
		assertThat(this.policy.releases.releaseFiles(null, shipped, "system")).isPresent();
		assertThat(this.policy.decisions.decide(Question.of("routing", null, Instant.EPOCH, Map.of("x", 1))).outputs())
			.as("from ever")
			.containsEntry("says", "shipped");
		assertThat(this.policy.releases.releaseFiles(null, shipped, "system")).isEmpty();
		this.policy.release(says("routing", "mended"));
		assertThat(this.policy.releases.releaseFiles(null, shipped, "system")).isEmpty();
		assertThat(asked((String) null, "routing")).isEqualTo("mended");
		assertThat(this.policy.releases.releaseFiles(null, shipped(says("routing", "shipped 2")), "system"))
			.isPresent();
		assertThat(asked((String) null, "routing")).isEqualTo("shipped 2");
	}

	private static Map<String, byte[]> shipped(Dmn... tables) {
		Map<String, byte[]> files = new HashMap<>();
		for (Dmn table : tables) {
			files.put(table.key() + ".dmn", table.bytes());
		}
		return files;
	}

	@Test
	void onlyChangedFilesOfANewProgramAreReleased() {
		this.policy.releases.releaseFiles(null, shipped(says("routing", "one"), says("filing", "one")), "system");
		this.policy.release(says("filing", "mended"));
		this.policy.releases.releaseFiles(null, shipped(says("routing", "two"), says("filing", "one")), "system");
		assertThat(asked((String) null, "routing")).isEqualTo("two");
		assertThat(asked((String) null, "filing")).as("its file has not changed").isEqualTo("mended");
		this.policy.releases.releaseFiles(null, shipped(says("filing", "one")), "system");
		assertThatExceptionOfType(DecisionFailed.class).as("its file is gone")
			.isThrownBy(() -> asked((String) null, "routing"));
		assertThat(asked((String) null, "filing")).isEqualTo("mended");
	}

	@Test
	void releaseForNewCasesLeavesOldCasesTheRulesTheyBeganWith() {
		Instant before = NOW.minus(Duration.ofDays(1));
		this.policy.release("here", files(says("routing", "own")), AppliesTo.ALL, NOW.minus(Duration.ofDays(9)));
		this.policy.release(null, files(says("filing", "old")), AppliesTo.ALL, NOW.minus(Duration.ofDays(9)));
		this.policy.release("here", files(says("routing", "new"), says("filing", "new own")), AppliesTo.NEW_CASES,
				null);
		assertThat(asked(before, "routing")).isEqualTo("own");
		assertThat(asked(NOW, "routing")).isEqualTo("new");
		assertThat(asked(before, "filing")).as("not even the place's first own table").isEqualTo("old");
		assertThat(asked(NOW, "filing")).isEqualTo("new own");
		this.policy.release("here", files(says("routing", "for all")), AppliesTo.ALL, null);
		assertThat(asked(before, "routing")).isEqualTo("for all");
		assertThat(asked(before, "filing")).as("a release changes what it names and nothing else").isEqualTo("old");
		DecisionRecord record = this.policy.decisions.ofCase("SD-9").get(0);
		assertThat(record.version()).isEqualTo(1);
		assertThat(record.releaseId()).isEqualTo(this.policy.releases.history("here").get(2).id());
	}

	private Object asked(Instant reportedAt, String key) {
		return this.policy.decisions.decide(askFor("here", key, "x", 1).forCase("SD-9", reportedAt, null))
			.outputs()
			.get("says");
	}

	@Test
	void triedOutReleaseIsSeenInsideAndGoneAfterwards() {
		this.policy.release(says("routing", "one"));
		ReleaseOrder order = new ReleaseOrder(null, files(says("routing", "two")), "zhao", "试", AppliesTo.ALL, null);
		Object inside = this.policy.releases.tryOut(order, (release) -> asked((String) null, "routing"));
		assertThat(inside).isEqualTo("two");
		assertThat(asked((String) null, "routing")).isEqualTo("one");
		assertThat(this.policy.releases.history(null)).hasSize(1);
	}

	@Test
	void allOrNothing() {
		this.policy.release(says("routing", "one"));
		Dmn broken = Dmn.table("filing")
			.in("x", "number")
			.out("says", "string")
			.rule("A", "[1..", "\"a\"")
			.rule("B", "> 1", "no quotes");
		assertThatExceptionOfType(ReleaseRefused.class)
			.isThrownBy(() -> this.policy.release(says("routing", "two"), broken))
			.satisfies((refused) -> assertThat(refused.problems()).extracting(RuleProblem::rule, RuleProblem::element)
				.containsExactly(tuple("Rule_A", "Cell_A_0"), tuple("Rule_B", "Cell_B_1")));
		assertThat(asked((String) null, "routing")).isEqualTo("one");
		assertThat(this.policy.releases.history(null)).hasSize(1);
		assertThat(this.policy.jdbc.queryForObject("select count(*) from act_dmn_deployment", Integer.class))
			.isEqualTo(1);
	}

	@ParameterizedTest(name = "{0} in a column of type {1}")
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			住院                     | string
			"2026-01-01"            | date
			> "2026-01-01"          | date
			5                       | string
			"5"                     | number
			< 5                     | string
			"true"                  | boolean
			= 5                     | number
			== "A"                  | string
			.startsWith("A")        | string
			${x}                    | string
			today()                 | date
			not(true)               | boolean
			other = 1               | number
			[1..                    | number
			date("2026-02-30")      | date
			fn_date('2026-01-01')   | date
			for i in [1] return i   | number
			""")
	void refusesACellAtDeployWithItsId(String cell, String type) {
		Dmn table = Dmn.table("t").in("x", type).out("n", "number").rule("Good", "-", "1").rule("A", cell, "1");
		assertThatExceptionOfType(ReleaseRefused.class).isThrownBy(() -> this.policy.release(table))
			.withMessageContaining("Cell_A_0")
			.satisfies((refused) -> assertThat(refused.problems()).extracting(RuleProblem::element)
				.containsExactly("Cell_A_0"));
	}

	@ParameterizedTest(name = "{0} in an output of type {1}")
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			街道办           | string
			"1"             | number
			1               | string
			"yes"           | boolean
			"2026-13-01"    | date
			other + 1       | number
			${x.getClass()} | Any
			now()           | Any
			""")
	void refusesAnOutputAtDeployWithItsId(String cell, String type) {
		Dmn table = Dmn.table("t").in("x", "number").out("n", type).rule("A", "-", cell);
		assertThatExceptionOfType(ReleaseRefused.class).isThrownBy(() -> this.policy.release(table))
			.satisfies((refused) -> assertThat(refused.problems()).extracting(RuleProblem::element)
				.containsExactly("Cell_A_1"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "integer", "long", "Number", "datetime", "list" })
	void refusesTypesNobodyKnows(String type) {
		Dmn table = Dmn.table("t").in("x", type).out("n", type).rule("A", "-", "");
		assertThatExceptionOfType(ReleaseRefused.class).isThrownBy(() -> this.policy.release(table))
			.satisfies((refused) -> assertThat(refused.problems()).extracting(RuleProblem::element)
				.containsExactly("Input_1", "Output_2"));
	}

	@Test
	void refusesTablesThatCannotAnswer() {
		refused(Dmn.table("t").in("x", "number").out("n", "number"));
		refused(Dmn.table("t").in("x", "number").out("n", "number").rule("A", "1", "1").rule("A", "2", "2"));
		refused(Dmn.table("t").in("x", "number").out("n", "number").out("n", "number").rule("A", "1", "1", "1"));
		refused(Dmn.table("t").in("x", "number").out("n", "number").rule("A", "1"));
		refused(Dmn.table("t").in("", "number").out("n", "number").rule("A", "1", "1"));
		refused(Dmn.table("t").hit("hitPolicy=\"PRIORITY\"").in("x", "number").out("n", "number").rule("A", "1", "1"));
		refused(Dmn.table("t")
			.hit("hitPolicy=\"COLLECT\" aggregation=\"SUM\"")
			.in("x", "number")
			.out("n", "string")
			.rule("A", "1", "\"1\""));
		refused(says("t", "a"), says("t", "b"));
		refused(new byte[0]);
		refused("no xml".getBytes(StandardCharsets.UTF_8));
		refused(says("t", "a").xml().replace("20191111", "20211108").getBytes(StandardCharsets.UTF_8));
		refused(says("t", "a").xml()
			.replace("<definitions", "<!DOCTYPE definitions [<!ENTITY x SYSTEM \"file:///etc/hostname\">]><definitions")
			.getBytes(StandardCharsets.UTF_8));
		refused(says("t", "a").xml()
			.replace("</decision>", "</decision><decision id=\"second\" name=\"second\" />")
			.getBytes(StandardCharsets.UTF_8));
		assertThat(this.policy.releases.history(null)).isEmpty();
	}

	private void refused(Dmn... tables) {
		assertThatExceptionOfType(ReleaseRefused.class).isThrownBy(() -> this.policy.release(tables));
	}

	private void refused(byte[] file) {
		assertThatExceptionOfType(ReleaseRefused.class)
			.isThrownBy(() -> this.policy.release(null, Map.of("t.dmn", file), AppliesTo.ALL, null))
			.withMessageContaining("t.dmn");
	}

	@Test
	void functionsThatDislikeTheSampleAreNotRefused() {
		this.policy.release(Dmn.table("t").in("x", "string").out("n", "number").rule("A", "number(?) > 1", "1"));
		assertThat(this.policy.decisions.decide(ask("t", "x", "2")).outputs()).containsEntry("n", BigDecimal.ONE);
	}

	private static Dmn dated() {
		return Dmn.table("dated")
			.in("since", "date")
			.in("amount", "number")
			.in("nothing", "string")
			.out("until", "date")
			.rule("Old", "< date(\"2026-01-01\")", "-", "-", "since")
			.rule("New", ">= date(\"2026-01-01\")", "> 0.1", "-", "since + duration(\"P10D\")");
	}

	@Test
	void recordsWhatWasAskedAndWhyAndCanExplainItAgain() {
		Release release = this.policy.release(dated());
		Answer answer = this.policy.decisions
			.decide(ask("dated", "since", LocalDate.of(2026, 3, 1), "amount", new BigDecimal("0.30"), "phone", "138")
				.forCase("SD-1", NOW, "Stage_Handle"));
		assertThat(answer.outputs()).containsEntry("until", LocalDate.of(2026, 3, 11));
		this.policy.release(Dmn.table("dated").in("other", "string").out("n", "number").rule("X", "-", "1"));

		DecisionRecord record = this.policy.decisions.ofCase("SD-1").get(0);
		assertThat(record)
			.extracting(DecisionRecord::element, DecisionRecord::version, DecisionRecord::releaseId,
					DecisionRecord::rules, DecisionRecord::at)
			.containsExactly("Stage_Handle", 1, release.id(), List.of("Rule_New"), NOW);
		assertThat(record.inputs()).as("declared inputs only")
			.containsOnlyKeys("since", "amount", "nothing")
			.containsEntry("since", "2026-03-01")
			.containsEntry("amount", new BigDecimal("0.30"))
			.containsEntry("nothing", null);
		assertThat(record.outputs()).containsExactly(Map.of("until", "2026-03-11"));
		assertThat(this.policy.decisions.explain(record)).containsExactly(
				new RuleTrace("Rule_Old", List.of(false, true, true), false),
				new RuleTrace("Rule_New", List.of(true, true, true), true));
		assertThat(this.policy.decisions.table(record).inputs()).hasSize(3);
	}

	@Test
	void recordsOfATransactionAreWrittenTogetherAndLostWithIt() {
		this.policy.release(says("routing", "a"));
		Question question = ask("routing", "x", 1).forCase("SD-2", NOW, null);
		this.policy.transaction.executeWithoutResult((status) -> {
			this.policy.decisions.decide(question);
			status.setRollbackOnly();
		});
		assertThat(this.policy.decisions.ofCase("SD-2")).isEmpty();
		this.policy.transaction.executeWithoutResult((status) -> {
			this.policy.decisions.decide(question);
			assertThat(written()).as("not before the commit").isZero();
			this.policy.decisions.decide(question);
		});
		assertThat(written()).isEqualTo(2);
		this.policy.transaction.executeWithoutResult((status) -> {
			this.policy.decisions.decide(question);
			assertThat(this.policy.decisions.ofCase("SD-2")).as("one sees one's own").hasSize(3);
		});
		this.policy.decisions.decide(question);
		assertThat(written()).as("without a transaction at once").isEqualTo(4);
	}

	@Test
	void aTransactionLooksOnceAndWritesOnce() {
		this.policy.release(says("routing", "a"), says("filing", "b"));
		CountingDataSource counted = new CountingDataSource(this.policy.dataSource);
		PolicyFixture node = new PolicyFixture(counted);
		node.decisions.decide(ask("routing", "x", 1));
		node.decisions.decide(ask("filing", "x", 1));
		counted.reset();
		node.transaction.executeWithoutResult((status) -> {
			for (int i = 0; i < 5; i++) {
				node.decisions.decide(ask("routing", "x", i).forCase("SD-4", NOW, null));
				node.decisions.decide(ask("filing", "x", i).forCase("SD-4", NOW, null));
			}
		});
		assertThat(counted.statements()).containsExactly(
				"select (select last_release from policy_release_counter), (select last_effect from policy_release_counter)",
				"insert into decision_record");
		assertThat(node.decisions.ofCase("SD-4")).hasSize(10);
	}

	private int written() {
		return this.policy.jdbc.queryForObject("select count(*) from decision_record", Integer.class);
	}

	@Test
	void decidingAfterTheCommitIsRefused() {
		this.policy.release(says("routing", "a"));
		assertThatIllegalStateException().isThrownBy(() -> this.policy.transaction.executeWithoutResult((status) -> {
			this.policy.decisions.decide(ask("routing", "x", 1));
			TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

				@Override
				public void afterCommit() {
					ReleasesTests.this.policy.decisions.decide(ask("routing", "x", 1).forCase("SD-3", NOW, null));
				}

			});
		}));
		assertThat(asked((String) null, "routing")).as("the thread is clean again").isEqualTo("a");
	}

	@Test
	void tryingOutLeavesNoRecord() {
		this.policy.release(says("routing", "a"));
		asked((String) null, "routing");
		assertThat(written()).isZero();
	}

	@Test
	void tablesCanBeRead() {
		this.policy.release(dated());
		TableView view = this.policy.decisions.table("dated", "here", NOW).orElseThrow();
		assertThat(view.hitPolicy()).isEqualTo("UNIQUE");
		assertThat(view.version()).isEqualTo(1);
		assertThat(view.inputs()).extracting(TableView.Column::label, TableView.Column::name, TableView.Column::type)
			.contains(tuple("列since", "since", "date"));
		assertThat(view.rows().get(1)).isEqualTo(new TableView.Row("Rule_New",
				List.of(">= date(\"2026-01-01\")", "> 0.1", "-"), List.of("since + duration(\"P10D\")"), "New"));
		assertThat(this.policy.decisions.table("nowhere", null, NOW)).isEmpty();
	}

}
