package gridcase.trial;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import gridcase.casework.CaseDriver;
import gridcase.casework.Cases;
import gridcase.casework.Deadline;
import gridcase.casework.DemoTest;
import gridcase.casework.OfficeMornings;
import gridcase.casework.process.TimeTravel;
import gridcase.clock.PlatformClock;
import gridcase.clock.WorkingCalendars;
import gridcase.shared.Refusal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Changed tables are tried on cases that were really run. */
@DemoTest
// the shipped tables answer here, none that another test has released
@TestPropertySource(properties = "spring.application.name=trials")
class TrialsTests {

	private static final String PLACE = "shangdi";

	@Autowired
	private Trials trials;

	@Autowired
	private Shadows shadows;

	@Autowired
	private CaseDriver drive;

	@Autowired
	private Cases cases;

	@Autowired
	private TimeTravel travel;

	@Autowired
	private PlatformClock clock;

	@Autowired
	private WorkingCalendars calendars;

	@Autowired
	private JdbcTemplate jdbc;

	private Instant from;

	@BeforeEach
	void aMomentOfItsOwn() {
		this.travel.moveTo(this.clock.now().plusSeconds(2));
		this.from = this.clock.now();
	}

	private void onAnOfficeMorning() {
		this.travel.moveTo(OfficeMornings.next(this.clock, this.calendars, PLACE));
		this.from = this.clock.now();
	}

	@Test
	void aShorterLimitChangesWhatItAnsweredAndWhatWouldHaveBecomeOfIt() {
		onAnOfficeMorning();
		String quick = dispatched("S0501");
		String slow = dispatched("S0501");
		String never = dispatched("S0501");
		this.travel.moveTo(this.from.plus(Duration.ofMinutes(20)));
		sign(quick);
		this.travel.moveTo(this.from.plus(Duration.ofMinutes(150)));
		sign(slow);
		// 9 to 12 and one hour after lunch are the four hours there were
		this.travel.moveTo(this.from.plus(Duration.ofHours(8)));
		assertThat(deadline(never).breachedAt()).isNotNull();

		Trial trial = trial("time-limit", Map.of("time-limit.dmn", signWithin(2)));

		assertThat(trial.state()).isEqualTo(TrialState.DONE);
		assertThat(trial.done()).isEqualTo(trial.total())
			.isEqualTo(trial.same() + trial.changed() + trial.failing())
			.isEqualTo(asked("time-limit"));
		int signs = this.jdbc.queryForObject(
				"select count(*) from decision_record r join case_file c using (case_no) where r.rules = 'Rule_SignRoutine' "
						+ "and c.place = ? and r.at >= ?",
				Integer.class, PLACE, Timestamp.from(this.from));
		// cases of other tests may have come to be signed for again meanwhile
		assertThat(trial.changed()).isEqualTo(signs).isGreaterThanOrEqualTo(3);
		assertThat(trial.failing()).isZero();
		TrialGroup group = only(trial);
		assertThat(group.oldRules()).containsExactly("Rule_SignRoutine");
		assertThat(group.newRules()).containsExactly("Rule_SignRoutine");
		assertThat(group.oldOutputs().get(0)).containsEntry("limitValue", 4).doesNotContainKey("limitTable");
		assertThat(group.newOutputs().get(0)).containsEntry("limitValue", 2);
		assertThat(group.counts().breachedAfter()).isEqualTo(group.counts().breachedBefore() + group.newly());
		assertThat(group.counts().escalatedBefore()).as("every first breach is")
			.isEqualTo(group.counts().breachedBefore())
			.isPositive();
		assertThat(group.counts().escalatedAfter()).isEqualTo(group.counts().breachedAfter());
		List<TrialCase> listed = this.trials.cases(trial.id(), group.no(), false, 0, 1000);
		assertThat(listed).hasSize(signs).extracting(TrialCase::caseNo).contains(quick, slow, never);
		assertThat(listed).filteredOn((line) -> line.caseNo().equals(slow)).singleElement().satisfies((line) -> {
			assertThat(line.breachedBefore()).isFalse();
			assertThat(line.breachedAfter()).isTrue();
			assertThat(line.usedSeconds()).isBetween(150 * 60L - 60, 150 * 60L);
			assertThat(line.leftSeconds()).isEqualTo(2 * 3600 - line.usedSeconds());
			assertThat(line.stillOpen()).isFalse();
		});
		assertThat(this.trials.cases(trial.id(), group.no(), true, 0, 1000)).hasSize(group.newly())
			.extracting(TrialCase::caseNo)
			.contains(slow)
			.doesNotContain(quick, never);
		Counts counts = trial.counts();
		assertThat(counts.judged() + trial.unjudged()).isEqualTo(trial.done());
		assertThat(this.trials.units(trial.id()).stream().map(TrialSum::counts).reduce(Counts.NONE, Counts::plus))
			.isEqualTo(counts);
		assertThat(this.trials.categories(trial.id()).stream().map(TrialSum::counts).reduce(Counts.NONE, Counts::plus))
			.isEqualTo(counts);
		assertThat(this.jdbc.queryForObject(
				"select count(*) from deadline d join case_file c using (case_no) where c.place = ? "
						+ "and d.breached_at is not null and d.started_at >= ? and d.rule like 'time-limit%'",
				Integer.class, PLACE, Timestamp.from(this.from)))
			.as("before is what is on record")
			.isEqualTo(counts.breachedBefore());
	}

	@Test
	void theSameTableGivesTheSameAnswersWhoeverGaveThem() {
		dispatched("S0501");
		dispatched("S0102");
		Trial routing = trial("routing", Map.of("routing.dmn", file("shangdi/routing.dmn")));
		assertThat(routing.done()).isEqualTo(2).isEqualTo(routing.same());
		assertThat(routing.otherRule()).isZero();
		Trial limits = trial("time-limit", Map.of("time-limit.dmn", file("time-limit.dmn")));
		assertThat(limits.done()).isPositive().isEqualTo(limits.same());
		assertThat(limits.counts().warnedAfter()).isEqualTo(limits.counts().warnedBefore());
	}

	@Test
	void whatAPlacesOwnTableLeavesToTheSharedOneIsOneQuestion() {
		this.drive.report("futian", "ft.g1", "GRID_WORKER",
				Map.of("gridCode", "4406061020010101", "category", "FT0202"));
		int left = this.jdbc.queryForObject(
				"select count(*) from decision_record r join case_file c using (case_no) where r.table_key = 'time-limit' "
						+ "and c.place = 'futian' and r.table_place = 'futian' and r.rules = '' and r.at >= ?",
				Integer.class, Timestamp.from(this.from));
		assertThat(left).isPositive();
		int records = this.jdbc.queryForObject(
				"select count(*) from decision_record r join case_file c using (case_no) where r.table_key = 'time-limit' "
						+ "and c.place = 'futian' and r.at >= ?",
				Integer.class, Timestamp.from(this.from));
		Map<String, byte[]> files = Map.of("time-limit.dmn", file("futian/time-limit.dmn"));
		long id = this.trials.start(new TrialOrder(null, "futian", "time-limit", files, this.from,
				this.clock.now().plusSeconds(1), "ft.policy"));
		this.trials.await(id);
		Trial own = this.trials.get(id);
		assertThat(own.done()).isEqualTo(records - left).isEqualTo(own.same()).isEqualTo(own.total());
		assertThat(own.otherRule()).isZero();

		long shared = this.trials.start(new TrialOrder(null, null, "time-limit",
				Map.of("time-limit.dmn", file("time-limit.dmn")), this.from, this.clock.now().plusSeconds(1), "admin"));
		this.trials.await(shared);
		assertThat(this.trials.get(shared).done()).as("what the shared table answered, of all places")
			.isEqualTo(this.jdbc.queryForObject(
					"select count(*) from decision_record where table_key = 'time-limit' and table_place is null and at >= ?",
					Integer.class, Timestamp.from(this.from)))
			.isEqualTo(this.trials.get(shared).same());
	}

	@Test
	void aTableThatIsReferredToIsTriedWithTheOneThatRefers() {
		String caseNo = this.drive.report(PLACE, "sd.c01.g1", "GRID_WORKER",
				Map.of("gridCode", "11010802200101", "category", "E0102", "condition", "1"));
		this.drive.complete(caseNo, "Stage_File", Map.of("filing", "FILE"));
		this.drive.complete(caseNo, "Stage_Dispatch", Map.of("leadUnit", "SD-CG"));
		sign(caseNo);
		String handle = this.jdbc.queryForObject("select rule from deadline where case_no = ? and stage = 'handle'",
				String.class, caseNo);
		assertThat(handle).startsWith("time-limit-e01 v");
		String rule = handle.substring(handle.lastIndexOf(' ') + 1);
		byte[] changed = text(text(file("time-limit-e01.dmn"))
			.replaceAll("(?s)(<rule id=\"" + rule + "\">.*?<outputEntry[^>]*><text>)[^<]*", "$117"));

		Trial alone = trial("time-limit-e01", Map.of("time-limit-e01.dmn", changed));
		assertThat(alone.changed()).isEqualTo(1);
		assertThat(alone.counts().judged()).isEqualTo(1);
		Trial together = trial("time-limit",
				Map.of("time-limit-e01.dmn", changed, "time-limit.dmn", file("time-limit.dmn")));
		assertThat(together.changed()).isEqualTo(1);
		assertThat(only(together).newTable()).isEqualTo("time-limit-e01");
		assertThat(only(together).newRules()).hasSize(2).endsWith(rule);
		assertThat(only(together).newOutputs().get(0)).containsEntry("limitValue", 17);
	}

	@Test
	void gapsAndOverlapsComeFirstAndSayWhatWasAsked() {
		dispatched("S0501");
		byte[] hole = text(text(file("time-limit.dmn")).replaceAll("(?s)<rule id=\"Rule_SignRoutine\".*?</rule>", ""));
		Trial trial = trial("time-limit", Map.of("time-limit.dmn", hole));
		assertThat(trial.failing()).isEqualTo(1).isEqualTo(trial.gaps());
		TrialGroup group = this.trials.groups(trial.id()).get(0);
		assertThat(group.failing()).isTrue();
		assertThat(group.fault()).isEqualTo("NO_MATCH");
		assertThat(group.samples()).singleElement()
			.satisfies((sample) -> assertThat(sample.inputs()).containsEntry("stage", "sign"));
		assertThat(trial.unjudged()).as("what fails counts neither before nor after").isEqualTo(1);

		dispatched("S0501", "SERIOUS");
		byte[] overlap = text(text(file("time-limit.dmn")).replace("hitPolicy=\"FIRST\"", "hitPolicy=\"UNIQUE\""));
		Trial several = trial("time-limit", Map.of("time-limit.dmn", overlap));
		assertThat(several.overlaps()).isPositive().isEqualTo(several.failing());
		assertThat(several.done()).isEqualTo(several.same() + several.failing());
	}

	@Test
	void aNewColumnIsAskedAsUnknownAndSaidSo() {
		dispatched("S0501");
		byte[] table = text(
				text(file("time-limit.dmn")).replace("<text>urgency</text>", "<text>weatherWarning</text>"));
		Trial trial = trial("time-limit", Map.of("time-limit.dmn", table));
		assertThat(trial.unknown()).isEqualTo(trial.done());
		assertThat(trial.unknownNames()).containsExactly("weatherWarning");
	}

	@Test
	void aTrialIsStoppedAndOneOfADeadServerIsBroken() throws java.sql.SQLException {
		dispatched("S0501");
		long first;
		long second;
		try (java.sql.Connection other = this.jdbc.getDataSource().getConnection()) {
			other.setAutoCommit(false);
			// holds the first one up where it writes down its cases
			try (java.sql.Statement statement = other.createStatement()) {
				statement.execute("lock table studio_trial_case in exclusive mode");
			}
			first = this.trials.start(order("time-limit", Map.of("time-limit.dmn", signWithin(2))));
			second = this.trials.start(order("time-limit", Map.of("time-limit.dmn", signWithin(3))));
			assertThat(this.trials.get(second).state()).isEqualTo(TrialState.WAITING);
			this.trials.stop(first);
			this.trials.stop(second);
			other.commit();
		}
		this.trials.await(first);
		this.trials.await(second);
		assertThat(this.trials.get(first).state()).isEqualTo(TrialState.STOPPED);
		assertThat(this.trials.get(second).state()).isEqualTo(TrialState.STOPPED);
		assertThat(this.trials.get(second).done()).as("it had not begun").isZero();

		long left = this.jdbc.queryForObject(
				"""
						insert into studio_trial (place, table_key, from_at, to_at, state, content_hash, started_by, created_at, beat_at,
						stopped, took_millis, total, done, same, changed, failing, gap_count, overlap_count, other_rule, unknown, unknown_names,
						judged, unjudged, warned_before, warned_after, breached_before, breached_after, escalated_before, escalated_after)
						select place, table_key, from_at, to_at, 'RUNNING', content_hash, started_by, created_at,
						clock_timestamp() - interval '1 hour', false, 5, 100, 40, 40, 0, 0, 0, 0, 0, 0, '', 0, 0, 0, 0, 0, 0, 0, 0
						from studio_trial where id = ? returning id""",
				Long.class, first);
		assertThat(this.trials.look()).isEqualTo(1);
		assertThat(this.trials.get(left).state()).isEqualTo(TrialState.BROKEN);
		assertThat(this.trials.get(left).fault()).contains("重新试算");
		assertThat(this.trials.look()).as("only once").isZero();
	}

	@Test
	void whatCannotBeTriedIsRefused() {
		Map<String, byte[]> files = Map.of("time-limit.dmn", signWithin(2));
		assertThatThrownBy(() -> this.trials.start(order("routing", files))).isInstanceOf(Refusal.class);
		assertThatThrownBy(() -> this.trials
			.start(new TrialOrder(null, PLACE, "time-limit", files, this.from, this.from, "sd.policy")))
			.isInstanceOf(Refusal.class);
		assertThatThrownBy(() -> this.trials.start(order("time-limit",
				Map.of("time-limit.dmn",
						text(text(signWithin(2)).replace("<text>\"sign\"</text>", "<text>sign ][</text>"))))))
			.isInstanceOf(gridcase.policy.ReleaseRefused.class);
	}

	@Test
	void onlyATrialOfWhatTheDraftHoldsIsAttached() {
		dispatched("S0501");
		long draft = draft();
		Map<String, byte[]> files = Map.of("time-limit.dmn", signWithin(2));
		long id = this.trials
			.start(new TrialOrder(draft, PLACE, "time-limit", files, this.from, this.clock.now(), "sd.policy"));
		this.trials.await(id);
		assertThat(this.trials.attached(draft, files)).extracting(Trial::id).containsExactly(id);
		assertThat(this.trials.attached(draft, Map.of("time-limit.dmn", signWithin(3)))).isEmpty();
	}

	// --- shadows ---

	@Test
	void aShadowAsksEachDecisionOnceAndEndsByItself() {
		long draft = draft();
		Shadow shadow = this.shadows.begin(draft, PLACE, Map.of("time-limit.dmn", signWithin(2)), 2, "sd.policy");
		this.shadows.look();
		String caseNo = dispatched("S0501");
		int asked = asked("time-limit");
		this.shadows.look();
		int first = this.shadows.look();
		assertThat(first).isEqualTo(asked);
		assertThat(this.shadows.look() + this.shadows.look()).as("each once").isZero();
		Shadow now = this.shadows.find(shadow.id()).orElseThrow();
		assertThat(now.asked()).isEqualTo(asked);
		assertThat(now.changed()).isEqualTo(1);
		assertThat(this.shadows.cases(shadow.id(), 0, 10)).singleElement().satisfies((line) -> {
			assertThat(line.caseNo()).isEqualTo(caseNo);
			assertThat(line.oldOutputs().get(0)).containsEntry("limitValue", 4);
			assertThat(line.newOutputs().get(0)).containsEntry("limitValue", 2);
		});
		assertThat(deadline(caseNo).limitValue()).as("it decides nothing").isEqualByComparingTo("4");
		assertThatThrownBy(() -> this.shadows.begin(draft, PLACE, Map.of("time-limit.dmn", signWithin(3)), 2, "x"))
			.isInstanceOf(Refusal.class);

		this.travel.moveTo(this.clock.now().plus(Duration.ofDays(3)));
		dispatched("S0501");
		this.shadows.look();
		this.shadows.look();
		Shadow over = this.shadows.find(shadow.id()).orElseThrow();
		assertThat(over.running()).isFalse();
		assertThat(this.shadows.cases(shadow.id(), 0, 100))
			.allSatisfy((line) -> assertThat(line.at()).as("nothing after its time").isBefore(shadow.untilAt()));
	}

	@Test
	void aDecisionThatCommitsLateIsNotPassedOver() throws java.sql.SQLException {
		long draft = draft();
		Shadow shadow = this.shadows.begin(draft, PLACE, Map.of("time-limit.dmn", signWithin(2)), 5, "sd.policy");
		this.shadows.look();
		this.shadows.look();
		dispatched("S0501");
		int before = asked("time-limit");
		try (java.sql.Connection late = this.jdbc.getDataSource().getConnection()) {
			late.setAutoCommit(false);
			// takes a number now, commits after others with later numbers have been
			// looked
			// at
			try (java.sql.Statement statement = late.createStatement()) {
				statement.executeUpdate(
						"""
								insert into decision_record (case_no, element, table_key, table_place, version, definition_id, release_id,
								inputs, outputs, rules, at)
								select case_no, element, table_key, table_place, version, definition_id, release_id, inputs, outputs, rules,
								at + interval '1 second' from decision_record
								where table_key = 'time-limit' and rules = 'Rule_SignRoutine' order by id desc limit 1""");
			}
			dispatched("S0501");
			this.shadows.look();
			this.shadows.look();
			this.shadows.look();
			assertThat(this.shadows.find(shadow.id()).orElseThrow().asked())
				.as("nothing is settled while the late one is on its way")
				.isLessThanOrEqualTo(before);
			late.commit();
		}
		this.shadows.look();
		this.shadows.look();
		this.shadows.look();
		assertThat(this.shadows.find(shadow.id()).orElseThrow().asked()).isEqualTo(asked("time-limit"));
		this.shadows.end(draft);
	}

	// --- steps ---

	private String dispatched(String category) {
		return dispatched(category, "GENERAL");
	}

	private String dispatched(String category, String severity) {
		String caseNo = this.drive.report(PLACE, "sd.c01.g1", "GRID_WORKER",
				Map.of("gridCode", "11010802200101", "category", category, "severity", severity));
		this.drive.complete(caseNo, "Stage_File", Map.of("filing", "FILE"));
		this.drive.complete(caseNo, "Stage_Dispatch", Map.of("leadUnit", "SD-CG"));
		return caseNo;
	}

	private void sign(String caseNo) {
		this.drive.complete(caseNo, "Task_SignFor", Map.of("signing", "SIGN"));
	}

	private Deadline deadline(String caseNo) {
		return this.cases.deadlines(caseNo)
			.stream()
			.filter((deadline) -> deadline.stage().equals("sign"))
			.findFirst()
			.orElseThrow();
	}

	private Trial trial(String table, Map<String, byte[]> files) {
		long id = this.trials.start(order(table, files));
		this.trials.await(id);
		Trial trial = this.trials.get(id);
		assertThat(trial.state()).as(String.valueOf(trial.fault())).isEqualTo(TrialState.DONE);
		return trial;
	}

	private TrialOrder order(String table, Map<String, byte[]> files) {
		return new TrialOrder(null, PLACE, table, files, this.from, this.clock.now().plusSeconds(1), "sd.policy");
	}

	private TrialGroup only(Trial trial) {
		List<TrialGroup> groups = this.trials.groups(trial.id());
		assertThat(groups).hasSize(1);
		return groups.get(0);
	}

	/** Decisions of a table about cases of the place since the test began. */
	private int asked(String table) {
		return this.jdbc.queryForObject(
				"select count(*) from decision_record r join case_file c using (case_no) where r.table_key = ? "
						+ "and c.place = ? and r.at >= ?",
				Integer.class, table, PLACE, Timestamp.from(this.from));
	}

	private long draft() {
		return this.jdbc.queryForObject(
				"""
						insert into studio_draft (place, title, note, author, state, applies_to, urgent, created_at, changed_at, version)
						values (?, '签收时限', '', 'sd.policy', 'OPEN', 'NEW_CASES', false, now(), now(), 1) returning id""",
				Long.class, PLACE);
	}

	static byte[] signWithin(int hours) {
		return text(text(file("time-limit.dmn"))
			.replaceAll("(<outputEntry id=\"Out_SignRoutine_LimitValue\"><text>)[^<]*", "$1" + hours));
	}

	static byte[] file(String path) {
		try {
			return Files.readAllBytes(Path.of("decisions", path));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String text(byte[] content) {
		return new String(content, StandardCharsets.UTF_8);
	}

	private static byte[] text(String content) {
		return content.getBytes(StandardCharsets.UTF_8);
	}

}
