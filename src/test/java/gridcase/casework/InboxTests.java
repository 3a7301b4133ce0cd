package gridcase.casework;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.stream.IntStream;

import javax.sql.DataSource;

import gridcase.clock.PlatformClock;
import gridcase.shared.Acting;
import gridcase.shared.Refusal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Lists, counts and searches of the inbox, on a real PostgreSQL. */
@DemoTest
class InboxTests {

	private static final String DISPATCHER = "sd.c01.dispatcher";

	private static final String WORKER = "sd.c01.g1";

	private static final String GRID = "11010802200101";

	@Autowired
	private CaseDriver drive;

	@Autowired
	private Inbox inbox;

	@Autowired
	private InboxCounts counts;

	@Autowired
	private InboxSettings settings;

	@Autowired
	private Drafts drafts;

	@Autowired
	private CaseActions actions;

	@Autowired
	private PlatformClock clock;

	@Autowired
	private JdbcTemplate jdbc;

	@Autowired
	private DataSource dataSource;

	private String mark;

	@BeforeEach
	void mark() {
		// what other tests left in the same lists is told apart by this word
		this.mark = "标记" + Long.toString(System.nanoTime(), 36);
	}

	@AfterEach
	void clear() {
		// tasks without an engine behind them are nothing for other tests
		this.jdbc.update("delete from inbox_item where case_no like 'BULK-%'");
		this.jdbc.update("delete from case_text where case_no like 'BULK-%'");
		this.jdbc.update("delete from case_file where case_no like 'BULK-%'");
	}

	@Test
	void eachFilterKeepsExactlyWhatFits() {
		String minor = reported(Map.of("severity", "MINOR", "category", "S0501", "title", "楼道堆物 " + this.mark));
		String major = reported(Map.of("severity", "GENERAL", "category", "S0102", "title", "油烟扰民 " + this.mark));
		String other = reported(Map.of("severity", "GENERAL", "category", "S0102", "gridCode", "11010802200102",
				"title", "夜间油烟直排 " + this.mark));
		this.jdbc.update("update inbox_item set light = 'OVER', due_at = ? where case_no = ?",
				java.sql.Timestamp.from(this.clock.now().minusSeconds(60)), minor);
		this.jdbc.update("update inbox_item set light = 'WARN', due_at = ? where case_no = ?",
				java.sql.Timestamp.from(this.clock.now().plusSeconds(60)), major);
		this.jdbc.update("update inbox_item set light = 'PAUSED', due_at = null where case_no = ?", other);
		assertThat(found(filter("text", this.mark))).containsExactlyInAnyOrder(minor, major, other);
		assertThat(found(filter("category", "S0501"))).contains(minor).doesNotContain(major, other);
		assertThat(found(filter("severity", "GENERAL"))).contains(major, other).doesNotContain(minor);
		assertThat(found(filter("light", "OVER"))).contains(minor).doesNotContain(major, other);
		assertThat(found(filter("light", "PAUSED"))).contains(other).doesNotContain(minor, major);
		assertThat(found(filter("light", "OK"))).doesNotContain(minor, major, other);
		assertThat(found(filter("grid", "11010802200102"))).contains(other).doesNotContain(minor, major);
		assertThat(found(filter("grid", "110108022001"))).contains(minor, major, other);
		assertThat(found(filter("place", "shangdi"))).contains(minor, major, other);
		assertThat(found(filter("place", "futian"))).isEmpty();
		String stage = this.jdbc.queryForObject("select stage_key from case_file where case_no = ?", String.class,
				minor);
		assertThat(found(filter("stage", stage))).contains(minor, major, other);
		assertThat(found(filter("stage", "Verify"))).doesNotContain(minor, major, other);
		String tier = this.jdbc.queryForObject("select tier from case_file where case_no = ?", String.class, minor);
		assertThat(found(filter("tier", tier))).contains(minor, major, other);
		assertThat(found(filter("tier", "DISTRICT"))).isEmpty();
		assertThat(found(filter("due", "OVERDUE"))).contains(minor).doesNotContain(major, other);
		assertThat(found(filter("due", "TODAY"))).contains(major).doesNotContain(minor, other);
		assertThat(found(filter("due", "THREE_DAYS"))).contains(major).doesNotContain(minor, other);
		String today = this.clock.now().atZone(this.clock.zone()).toLocalDate().toString();
		assertThat(found(filter("due", today))).contains(minor, major).doesNotContain(other);
		assertThat(found(filter("due", "2020-01-01"))).isEmpty();
	}

	@Test
	void whatIsNoFilterIsRefusedWithTheKnownOnes() {
		for (InboxFilter wrong : List.of(filter("light", "BLUE"), filter("due", "SOON"), filter("grid", "nowhere"))) {
			assertThatExceptionOfType(Refusal.class).isThrownBy(() -> found(wrong))
				.satisfies((refusal) -> assertThat(refusal.fields()).hasSize(1));
		}
		assertThatExceptionOfType(Refusal.class)
			.isThrownBy(() -> this.inbox.page(new InboxQuery(DISPATCHER, "NONE", null, null, null, null, 5)));
		assertThatExceptionOfType(Refusal.class).isThrownBy(() -> this.inbox
			.page(new InboxQuery(DISPATCHER, "POOL", InboxFilter.NONE, InboxSort.LIGHT, "MjAyNnx4", 5)));
	}

	@Test
	void chineseWordsAreFoundWhereverTheyStand() {
		String caseNo = reported(Map.of("title", "沿街餐馆油烟扰民" + this.mark, "address", "树村西路甲 12 号院 3 单元"));
		for (String words : List.of("油烟", "烟扰 " + this.mark, "餐馆 树村", "西路甲", "甲", caseNo, caseNo.toLowerCase(),
				caseNo.substring(caseNo.length() - 5), "12 号院", this.mark)) {
			assertThat(found(filter("text", words))).as(words).contains(caseNo);
		}
		for (String words : List.of("油盐", "餐馆 上地", "100%", "_树", "烟油")) {
			assertThat(found(filter("text", words))).as(words).doesNotContain(caseNo);
		}
	}

	@Test
	void theNumberOfAHouseStandsForItselfNotForAPartOfALongerOne() {
		String caseNo = reported(Map.of("title", "路灯不亮", "address", "马连洼北路 45号楼 06单元"));
		for (String words : List.of("北路 45", "45 6", "45 06", "45号", "5号楼")) {
			assertThat(found(filter("text", words))).as(words).contains(caseNo);
		}
		for (String words : List.of("北路 4", "北路 5", "45 0")) {
			assertThat(found(filter("text", words))).as(words).doesNotContain(caseNo);
		}
		// so does the last of a case number, as short as people say it
		String serial = caseNo.substring(caseNo.length() - 6).replaceFirst("^0+", "");
		assertThat(found(filter("text", "马连洼北路 " + serial))).contains(caseNo);
	}

	@Test
	void nobodyFindsWhatIsNotTheirs() {
		reported(Map.of("title", "别处的油烟 " + this.mark));
		assertThat(this.inbox.page(new InboxQuery("ft.g1", "POOL", filter("text", this.mark), InboxSort.DUE, null, 50))
			.rows()).isEmpty();
	}

	@Test
	void aWordThatStandsInManyCasesIsFoundThroughTheListWithTheSameResult() {
		bulk(1200, "常见词语");
		String one = reported(Map.of("title", "常见词语与" + this.mark));
		List<String> common = walk(filter("text", "常见词语"), InboxSort.DUE, 200);
		assertThat(common).hasSize(1201).doesNotHaveDuplicates();
		assertThat(found(filter("text", "常见词语 " + this.mark))).containsExactly(one);
	}

	@ParameterizedTest
	@EnumSource
	void pagesOfEachOrderFollowWithoutLossOrRepeat(InboxSort sort) {
		bulk(53, this.mark);
		InboxFilter filter = filter("text", this.mark);
		List<InboxRow> seen = rows(filter, sort, 7);
		assertThat(seen).extracting(InboxRow::taskId).hasSize(53).doesNotHaveDuplicates();
		Comparator<InboxRow> due = Comparator
			.comparing((row) -> (row.dueAt() != null) ? row.dueAt() : java.time.Instant.parse("9999-12-31T00:00:00Z"));
		Comparator<InboxRow> order = switch (sort) {
			case DUE -> due;
			case LIGHT ->
				Comparator.comparing((InboxRow row) -> List.of("OVER", "WARN", "OK", "PAUSED").indexOf(row.light()))
					.thenComparing(due);
			case AGE -> Comparator.comparing(InboxRow::createdAt);
		};
		assertThat(seen).isSortedAccordingTo(order);
	}

	@ParameterizedTest
	@EnumSource
	void whatStaysIsSeenOnceWhileOthersComeAndGo(InboxSort sort) {
		bulk(40, this.mark);
		InboxFilter filter = filter("text", this.mark);
		Set<String> stays = new HashSet<>(walk(filter, sort, 200));
		List<String> seen = new ArrayList<>();
		String cursor = null;
		int number = 0;
		do {
			Page<InboxRow> page = this.inbox.page(new InboxQuery(DISPATCHER, "POOL", filter, sort, cursor, 5));
			page.rows().forEach((row) -> seen.add(row.taskId()));
			cursor = page.next();
			// one that was shown is taken by somebody else, one appears before and behind
			String gone = page.rows().get(0).taskId();
			this.jdbc.update("update inbox_item set assignee = 'somebody' where task_id = ?", gone);
			stays.remove(gone);
			bulk(2, this.mark + "新" + number++);
		}
		while (cursor != null && number < 60);
		assertThat(seen).doesNotHaveDuplicates().containsAll(stays);
	}

	@Test
	void countsAreExactUnderManyWriters() throws Exception {
		bulk(60, this.mark);
		int before = this.counts.of(DISPATCHER).get("POOL");
		List<String> tasks = this.jdbc.queryForList("select task_id from inbox_item where title like ?", String.class,
				"%" + this.mark + "%");
		AtomicBoolean running = new AtomicBoolean(true);
		ExecutorService threads = Executors.newFixedThreadPool(8);
		try {
			Future<?> folding = threads.submit(() -> {
				while (running.get()) {
					this.counts.fold(Duration.ZERO);
				}
			});
			List<Callable<Integer>> work = new ArrayList<>();
			for (String task : tasks) {
				work.add(() -> this.jdbc.update(
						"update inbox_item set assignee = case when assignee is null then 'x' else null end where task_id = ?",
						task));
				work.add(() -> this.jdbc.update(
						"update inbox_item set assignee = case when assignee is null then 'x' else null end where task_id = ?",
						task));
			}
			for (Future<Integer> done : threads.invokeAll(work)) {
				assertThat(done.get()).isOne();
			}
			running.set(false);
			folding.get();
		}
		finally {
			running.set(false);
			threads.shutdownNow();
		}
		assertThat(this.counts.of(DISPATCHER).get("POOL")).isEqualTo(before);
		this.counts.fold(Duration.ZERO);
		assertCountsAreTrue();
		assertThat(this.jdbc.queryForObject("select count(*) from inbox_delta", Integer.class)).isZero();
		assertCountsAreTrue();
	}

	/** Every lane's sum against what a count finds. */
	private void assertCountsAreTrue() {
		assertThat(this.jdbc.queryForList(
				"""
						with kept as (select lane, sum(n) n from (select lane, n from inbox_count union all
						    select lane, n from inbox_delta) each group by lane having sum(n) <> 0),
						  true as (select lane, count(*) n from inbox_item group by lane
						    union all select 'o:' || owner, count(*) from case_file where state = 'OPEN' and owner is not null group by 1
						    union all select 'w:' || person, count(*) from custody where kind = 'WATCHER' and to_at is null and person is not null group by 1
						    union all select 'd:' || login, count(*) from done_item group by 1)
						select coalesce(k.lane, t.lane) lane, k.n kept, t.n counted from kept k full join true t using (lane)
						where k.n is distinct from t.n"""
					.replace("true as", "counted as")
					.replace("join true t", "join counted t")))
			.isEmpty();
	}

	@Test
	void countsFollowACaseThroughItsWholeLife() {
		String caseNo = reported(Map.of());
		assertCountsAreTrue();
		int owned = this.counts.of(WORKER).get("OWNED");
		this.drive.complete(caseNo, "Stage_File", Map.of("filing", "FILE"));
		this.drive.complete(caseNo, "Stage_Dispatch", Map.of("leadUnit", "SD-CG"));
		assertCountsAreTrue();
		OpenTask sign = this.drive.task(caseNo, "Task_SignFor");
		String handler = this.drive.anyOf(sign.pool());
		Map<String, Integer> before = this.counts.of(handler);
		this.drive.claim(handler, sign);
		assertThat(this.counts.of(handler).get("MINE")).isEqualTo(before.get("MINE") + 1);
		assertThat(this.counts.of(handler).get("POOL")).isEqualTo(before.get("POOL") - 1);
		this.drive.complete(caseNo, "Task_SignFor", Map.of("signing", "SIGN"));
		assertThat(this.counts.of(WORKER).get("OWNED")).isEqualTo(owned - 1);
		assertThat(this.counts.of(handler).get("DONE")).isEqualTo(before.get("DONE") + 1);
		this.drive.complete(caseNo, "Task_Handle", Map.of("handlingOutcome", "DONE", "resultText", "已清理完毕，现场照片已留存备查"));
		assertThat(this.counts.of(handler).get("DONE")).as("once per case").isEqualTo(before.get("DONE") + 1);
		assertCountsAreTrue();
		assertThat(this.inbox.page(new InboxQuery(handler, "DONE", caseNo, null, null, null, 10)).rows())
			.extracting(InboxRow::caseNo)
			.containsExactly(caseNo);
		for (String view : Inbox.VIEWS) {
			assertThat(this.inbox.page(new InboxQuery(handler, view, null, null, null, null, 200)).rows()).as(view)
				.hasSize(Math.min(200, this.counts.of(handler).get(view)));
		}
	}

	@Test
	void twoWritersOfOneListDoNotWaitForEachOther() throws SQLException {
		bulk(2, this.mark);
		List<String> tasks = this.jdbc.queryForList("select task_id from inbox_item where title like ?", String.class,
				"%" + this.mark + "%");
		try (Connection first = this.dataSource.getConnection(); Connection second = this.dataSource.getConnection()) {
			first.setAutoCommit(false);
			second.setAutoCommit(false);
			try (var one = first.createStatement(); var two = second.createStatement()) {
				two.execute("set local lock_timeout = '2s'");
				one.executeUpdate("update inbox_item set assignee = 'x' where task_id = '" + tasks.get(0) + "'");
				assertThat(two
					.executeUpdate("update inbox_item set assignee = 'x' where task_id = '" + tasks.get(1) + "'"))
					.isOne();
			}
			second.rollback();
			first.rollback();
		}
		assertCountsAreTrue();
	}

	@Test
	void changesAreToldExactlyOnceEvenWhenTheyCommitLate() throws SQLException {
		bulk(1, this.mark);
		String task = this.jdbc.queryForObject("select task_id from inbox_item where title like ?", String.class,
				"%" + this.mark + "%");
		try (Connection slow = this.dataSource.getConnection()) {
			slow.setAutoCommit(false);
			try (var statement = slow.createStatement()) {
				statement.executeUpdate("update inbox_item set assignee = 'slow.one' where task_id = '" + task + "'");
			}
			InboxCounts.Changes begun = this.counts.changes(null);
			assertThat(begun.lanes()).isEmpty();
			bulk(1, this.mark + "另");
			InboxCounts.Changes during = this.counts.changes(begun.seen());
			assertThat(during.lanes()).containsExactly("p:dispatcher@110108022001");
			slow.commit();
			InboxCounts.Changes after = this.counts.changes(during.seen());
			assertThat(after.lanes()).containsExactlyInAnyOrder("a:slow.one", "p:dispatcher@110108022001");
			assertThat(this.counts.changes(after.seen()).lanes()).isEmpty();
		}
	}

	@Test
	void draftsAreKeptUntilTheTaskIsDone() {
		String caseNo = reported(Map.of());
		OpenTask task = this.drive.task(caseNo, "Stage_File");
		this.drafts.save(DISPATCHER, task.taskId(), caseNo, "立案", Map.of("filing", "REJECT", "filingReason", "重复"));
		this.drafts.save(DISPATCHER, task.taskId(), caseNo, "立案", Map.of("filing", "FILE"));
		this.drafts.save("sd.dispatcher", task.taskId(), caseNo, "立案", Map.of("filing", "REJECT"));
		assertThat(this.drafts.find(DISPATCHER, task.taskId()).orElseThrow().values())
			.isEqualTo(Map.of("filing", "FILE"));
		assertThat(this.counts.of(DISPATCHER).get("DRAFTS")).isEqualTo(this.drafts.list(DISPATCHER).size());
		assertThat(this.inbox.page(new InboxQuery(DISPATCHER, "DRAFTS", caseNo, null, null, null, 10)).rows())
			.extracting(InboxRow::draft, InboxRow::caseNo)
			.containsExactly(org.assertj.core.groups.Tuple.tuple(task.taskId(), caseNo));
		this.drive.complete(DISPATCHER, task, Map.of("filing", "FILE"));
		assertThat(this.drafts.find(DISPATCHER, task.taskId())).isEmpty();
		assertThat(this.drafts.find("sd.dispatcher", task.taskId())).as("somebody else's words are not lost")
			.isPresent();
		this.drafts.forget("sd.dispatcher", task.taskId());
		assertThat(this.drafts.find("sd.dispatcher", task.taskId())).isEmpty();
	}

	@Test
	void filtersAndColumnsAreKeptPerPerson() {
		this.settings.save(WORKER, " 今天到期 ", "due=TODAY");
		this.settings.save(WORKER, "今天到期", "due=TODAY&sort=LIGHT");
		assertThat(this.settings.filters(WORKER))
			.containsExactly(new InboxSettings.Saved("今天到期", "due=TODAY&sort=LIGHT"));
		assertThat(this.settings.filters(DISPATCHER)).isEmpty();
		this.settings.forget(WORKER, "今天到期");
		assertThat(this.settings.filters(WORKER)).isEmpty();
		assertThat(this.settings.columns(WORKER)).isEqualTo(InboxSettings.PRESET);
		this.settings.columns(WORKER, List.of("GRID", "TASK"));
		assertThat(this.settings.columns(WORKER)).containsExactly("TASK", "GRID");
		assertThatExceptionOfType(Refusal.class).isThrownBy(() -> this.settings.columns(WORKER, List.of("COLOUR")));
		assertThatExceptionOfType(Refusal.class).isThrownBy(() -> this.settings.save(WORKER, " ", "due=TODAY"));
	}

	// --- helpers ---

	private String reported(Map<String, Object> values) {
		Map<String, Object> all = new java.util.HashMap<>(
				Map.of("gridCode", GRID, "category", "S0501", "severity", "MINOR"));
		all.putAll(values);
		return this.drive.report("shangdi", WORKER, "GRID_WORKER", all);
	}

	private List<String> found(InboxFilter filter) {
		return rows(filter, InboxSort.DUE, 200).stream().map(InboxRow::caseNo).toList();
	}

	private List<String> walk(InboxFilter filter, InboxSort sort, int size) {
		return rows(filter, sort, size).stream().map(InboxRow::taskId).toList();
	}

	private List<InboxRow> rows(InboxFilter filter, InboxSort sort, int size) {
		List<InboxRow> seen = new ArrayList<>();
		String cursor = null;
		do {
			Page<InboxRow> page = this.inbox.page(new InboxQuery(DISPATCHER, "POOL", filter, sort, cursor, size));
			seen.addAll(page.rows());
			cursor = page.next();
		}
		while (cursor != null);
		return seen;
	}

	private static InboxFilter filter(String name, String value) {
		Predicate<String> is = name::equals;
		List<String> parts = java.util.stream.Stream
			.of("text", "place", "grid", "category", "severity", "stage", "light", "tier", "due")
			.map((part) -> is.test(part) ? value : "")
			.toList();
		return new InboxFilter(parts.get(0), parts.get(1), parts.get(2), parts.get(3), parts.get(4), parts.get(5),
				parts.get(6), parts.get(7), parts.get(8));
	}

	/**
	 * Many tasks in the dispatcher's pool, spread over lights and deadlines, some
	 * without.
	 */
	private void bulk(int count, String word) {
		int first = this.jdbc.queryForObject("select nextval('case_number')", Integer.class);
		IntStream.range(0, count)
			.forEach((n) -> this.jdbc.queryForObject("select nextval('case_number')", Integer.class));
		this.jdbc.update(
				"""
						insert into case_file (case_no, place, state, reported_at, grid_path, stage_key, stage_name, version, event_seq, event_hash,
						  deadline_seq, custody_seq, facts)
						select 'BULK-' || n, 'shangdi', 'OPEN', ?::timestamptz + n * interval '1 second', '110108022/110108022001/', 'File', '立案', 1, 0, '\\x00', 0, 0,
						  jsonb_build_object('title', '批量 ' || ? || ' 第 ' || n || ' 件', 'address', '上地佳园 ' || n % 20 || ' 号楼', 'category', 'S0501')
						from generate_series(?::int, ?::int) n""",
				java.sql.Timestamp.from(this.clock.now()), word, first, first + count - 1);
		this.jdbc
			.update("""
					insert into inbox_item (task_id, case_no, place, process_instance, task_key, name, pool, leg, excludes_workers, created_at, due_at, title, address,
					  category, stage_name, grid_path, light)
					select md5('task' || case_no), case_no, place, 'none', 'Stage_File', '立案', 'dispatcher@110108022001', '', false, reported_at,
					  case when substr(case_no, 6)::int % 5 = 0 then null else reported_at + (substr(case_no, 6)::int * 7919 % 1000) / 10 * interval '1 hour' end, title, address, category,
					  stage_name, grid_path, (array['OK', 'WARN', 'OVER', 'PAUSED'])[1 + substr(case_no, 6)::int % 4]
					from case_file where case_no = any (select 'BULK-' || n from generate_series(?::int, ?::int) n)""",
					first, first + count - 1);
	}

}
