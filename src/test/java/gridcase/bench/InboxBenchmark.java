package gridcase.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import com.zaxxer.hikari.HikariDataSource;
import gridcase.casework.CaseActions;
import gridcase.casework.CaseDriver;
import gridcase.casework.Inbox;
import gridcase.casework.InboxCounts;
import gridcase.casework.InboxFilter;
import gridcase.casework.InboxQuery;
import gridcase.casework.InboxRow;
import gridcase.casework.InboxSort;
import gridcase.casework.Page;
import gridcase.clock.PlatformClock;
import gridcase.platform.CountingDataSource;
import gridcase.platform.TestDatabase;
import gridcase.registry.Duties;
import gridcase.shared.Acting;
import org.camunda.bpm.engine.TaskService;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * The work list with ever more open tasks, bulk-made: pages, searches, counts and claims
 * of the platform, beside the engine's own task query on the same tasks.
 * docs/performance.md tells how to run and read it.
 */
final class InboxBenchmark {

	private static final int SIZE = 20;

	/** Pools the tasks are spread over; the person is in three of them. */
	private static final int POOLS = 100;

	private static final int CLAIMS = 100;

	private final Map<String, String> arguments;

	private final List<String> faults = new ArrayList<>();

	private final Map<String, Map<Integer, double[]>> results = new LinkedHashMap<>();

	private String login;

	private List<String> pools;

	private Inbox inbox;

	private InboxCounts counts;

	private TaskService engine;

	private CaseActions actions;

	private JdbcTemplate jdbc;

	private HikariDataSource pool;

	private Copies copies;

	private String signers;

	private int claimed;

	InboxBenchmark(Map<String, String> arguments) {
		this.arguments = arguments;
	}

	void run() throws Exception {
		int[] sizes = Arrays.stream(this.arguments.get("inbox").split(",")).mapToInt(Integer::parseInt).toArray();
		String url = TestDatabase.create();
		try (Server server = new Server(url); ConfigurableApplicationContext application = Benchmark.start(url)) {
			Benchmark.describe(server);
			this.inbox = application.getBean(Inbox.class);
			this.counts = application.getBean(InboxCounts.class);
			this.engine = application.getBean(TaskService.class);
			this.actions = application.getBean(CaseActions.class);
			this.pool = (HikariDataSource) application.getBean(CountingDataSource.class).getTargetDataSource();
			this.jdbc = new JdbcTemplate(this.pool);
			someone(application);
			CaseDriver drive = application.getBean(CaseDriver.class);
			String[] caseNo = new String[1];
			// reported, filed, dispatched: to be signed for
			new CaseLoop(drive).actions(caseNo).subList(0, 3).forEach(Runnable::run);
			this.signers = drive.task(caseNo[0], "Task_SignFor").pool();
			try (Copies each = new Copies(this.pool, caseNo[0], "CLAIM-")) {
				this.copies = each;
				int made = 0;
				for (int size : sizes) {
					fill(made, size);
					made = size;
					Server.Cpu before = server.cpu();
					long start = System.nanoTime();
					measure(size, drive);
					if (this.arguments.containsKey("pages")) {
						pages(size, caseNo[0], application.getEnvironment().getRequiredProperty("local.server.port"));
					}
					double seconds = (System.nanoTime() - start) / 1e9;
					Benchmark.say("%,d open tasks measured in %.0f s, foreign cores %.2f", size, seconds,
							server.cpu().since(before).foreign() / seconds);
				}
			}
			report(sizes);
			rights();
			writers();
		}
		this.faults.forEach((fault) -> Benchmark.say("FAULT %s", fault));
		if (!this.faults.isEmpty()) {
			throw new IllegalStateException("The lists or counts were not exact");
		}
	}

	/** Somebody with three pools. */
	private void someone(ConfigurableApplicationContext application) {
		Duties duties = application.getBean(Duties.class);
		PlatformClock clock = application.getBean(PlatformClock.class);
		this.login = this.jdbc.queryForList("select distinct staff from duty order by 1", String.class)
			.stream()
			.filter((staff) -> duties.poolsOf(staff, clock.now()).size() == 3)
			.findFirst()
			.orElseThrow();
		this.pools = duties.poolsOf(this.login, clock.now());
		Benchmark.say("person in the pools %s of %d", this.pools, POOLS);
	}

	private void fill(int from, int to) {
		long start = System.nanoTime();
		SingleConnectionDataSource one = connection();
		try {
			JdbcTemplate bulk = new JdbcTemplate(one);
			// rows are complete in themselves: no foreign keys, no triggers
			bulk.execute("set session_replication_role = replica");
			bulk.execute("set maintenance_work_mem = '512MB'");
			bulk.execute("drop index if exists case_text_terms");
			Object[] range = { from + 1, to };
			bulk.update(
					"""
							insert into case_file (case_no, place, state, reported_at, grid_path, stage_key, stage_name, due_at, light, version, event_seq,
							  event_hash, deadline_seq, custody_seq, facts)
							select 'SD20260301-' || lpad(n::text, 7, '0'), 'shangdi', 'OPEN', timestamptz '2026-03-01 08:00+08' + n * interval '1 second',
							  '110108/110108022/1101080220' || lpad((n % 12 + 1)::text, 2, '0') || '/g' || n % 1110 || '/', 'Handle', '任务处理',
							  timestamptz '2026-03-16 08:00+08' + (n::bigint * 104729 % 1000000) * interval '3 second',
							  (array['OK', 'OK', 'OK', 'OK', 'OK', 'OK', 'WARN', 'WARN', 'OVER', 'PAUSED'])[1 + (hashint4(n) & 65535) % 10], 1, 1, '\\x00', 1, 1,
							  jsonb_build_object('title', (array['楼道堆放杂物', '沿街餐馆油烟扰民', '占道经营', '井盖破损', '路灯不亮', '垃圾清运不及时', '电动车飞线充电', '燃气管道锈蚀',
							    '高层外墙瓷砖脱落', '群租房私拉电线', '工地围挡倾斜', '棋牌室安全出口上锁'])[1 + n % 12] || (array['', '，居民多次反映', '，存在隐患', '，已拍照'])[1 + n % 4],
							    'address', (array['上地佳园', '树村西路', '马连洼北路', '紫成嘉园', '东馨园', '体大颐清园', '万树园', '博雅西园'])[1 + n % 8] || ' ' || n % 97 + 1 || ' 号楼 ' || n % 6 + 1 || ' 单元',
							    'category', 'S' || lpad((n % 57)::text, 4, '0'), 'severity', (array['MINOR', 'GENERAL', 'SERIOUS', 'MAJOR'])[1 + n % 4], 'tier', 'STREET')
							from generate_series(?::int, ?::int) n""",
					range);
			String made = " from case_file where case_no between 'SD20260301-' || lpad(?::text, 7, '0') and 'SD20260301-' || lpad(?::text, 7, '0')";
			String number = "substr(case_no, 12)::int";
			bulk.update(
					"insert into inbox_item (task_id, case_no, place, process_instance, task_key, name, pool, leg, excludes_workers, created_at, due_at, light, title, "
							+ "address, category, severity, urgency, stage_name, owner, grid_path, deadline_no) select 't' || "
							+ number + ", case_no, place, 'p', 'Task_SignFor', '签收案件', (?::text[])[1 + (hashint4(-"
							+ number + ") & 65535) % " + POOLS
							+ "], '', false, reported_at, due_at, light, title, address, category, severity, 'ROUTINE', stage_name, 'nobody', grid_path, 1"
							+ made,
					allPools(), from + 1, to);
			bulk.update(
					"insert into deadline (case_no, no, stage, scope, limit_value, limit_unit, warn_percent, rule, started_at, warn_at, due_at, budget_seconds, left_seconds, counted_from) "
							+ "select case_no, 1, 'handle', 'p', 4, 'WORK_HOUR', 80, 'time-limit v1', reported_at, due_at - interval '1 hour', due_at, 14400, 14400, reported_at"
							+ made,
					range);
			bulk.update(
					"insert into case_text (case_no, terms) select case_no, text_terms(concat_ws(' ', case_no, title, address)) || text_numbers(concat_ws(' ', title, address))"
							+ made,
					range);
			// each came to one of some hundred units and one of a thousand people
			bulk.update(
					"insert into case_party (who, case_no, reported_at) select who, case_no, reported_at from case_file, lateral (values "
							+ "('u:unit' || hashtext(case_no) % 299), ('p:person' || hashtext(case_no) % 997)) p (who) where case_no between 'SD20260301-' "
							+ "|| lpad(?::text, 7, '0') and 'SD20260301-' || lpad(?::text, 7, '0')",
					range);
			bulk.execute("create index case_text_terms on case_text using gin (terms)");
			bulk.update(
					"insert into act_ru_task (id_, rev_, name_, task_def_key_, priority_, create_time_, due_date_, suspension_state_) "
							+ "select task_id, 1, name, task_key, 50, created_at, due_at, 1 from inbox_item where task_id = any (select 't' || n from generate_series(?::int, ?::int) n)",
					range);
			bulk.update("insert into act_ru_identitylink (id_, rev_, group_id_, type_, task_id_) "
					+ "select 'l' || task_id, 1, pool, 'candidate', task_id from inbox_item where task_id = any (select 't' || n from generate_series(?::int, ?::int) n)",
					range);
			bulk.execute("reset session_replication_role");
			bulk.execute("reset maintenance_work_mem");
			Stream
				.of("case_file", "inbox_item", "deadline", "case_text", "case_party", "act_ru_task",
						"act_ru_identitylink")
				.forEach((table) -> bulk.execute("vacuum analyze " + table));
			recount(bulk);
		}
		finally {
			one.destroy();
		}
		Benchmark.say("%n%,d open tasks made in %.0f s", to, (System.nanoTime() - start) / 1e9);
	}

	private String[] allPools() {
		return Stream
			.concat(this.pools.stream(),
					java.util.stream.IntStream.range(this.pools.size(), POOLS)
						.mapToObj((number) -> "handler@BENCH-" + number))
			.toArray(String[]::new);
	}

	/** Bulk-made rows went past the triggers. */
	private static void recount(JdbcTemplate bulk) {
		bulk.execute("truncate inbox_delta");
		bulk.execute("truncate inbox_count");
		bulk.execute("insert into inbox_count (lane, n) select lane, count(*) from inbox_item group by lane");
		bulk.execute("vacuum analyze inbox_count");
	}

	private SingleConnectionDataSource connection() {
		try {
			return new SingleConnectionDataSource(this.pool.getConnection(), true);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void measure(int size, CaseDriver drive) {
		for (InboxSort sort : InboxSort.values()) {
			time(size, "first page by " + sort, () -> page(InboxFilter.NONE, sort, null));
			String cursor = deep(sort);
			time(size, "50th page by " + sort, () -> page(InboxFilter.NONE, sort, cursor));
		}
		time(size, "page of one category", () -> page(filter(null, null, "S0007", null, null), InboxSort.DUE, null));
		time(size, "page of one light, by age",
				() -> page(filter(null, null, null, "OVER", null), InboxSort.AGE, null));
		time(size, "page of today's deadlines",
				() -> page(filter(null, null, null, null, "TODAY"), InboxSort.DUE, null));
		time(size, "page of one severity",
				() -> page(new InboxFilter(null, null, null, null, "MAJOR", null, null, null, null), InboxSort.DUE,
						null));
		time(size, "page of one stage",
				() -> page(new InboxFilter(null, null, null, null, null, "Handle", null, null, null), InboxSort.DUE,
						null));
		time(size, "words: frequent (油烟)", () -> page(filter("油烟", null, null, null, null), InboxSort.DUE, null));
		time(size, "words: rarer (油烟 树村 45)",
				() -> page(filter("油烟 树村西路 45", null, null, null, null), InboxSort.DUE, null));
		time(size, "words: a case number",
				() -> page(filter("SD20260301-0000" + (100 + size % 7), null, null, null, null), InboxSort.DUE, null));
		time(size, "all counts", () -> this.counts.of(this.login));
		int counted = this.jdbc.queryForObject(
				"select count(*) from inbox_item where pool = any (?) and assignee is null", Integer.class,
				(Object) this.pools.toArray(String[]::new));
		check(this.counts.of(this.login).get("POOL") == counted, "count of the pool at " + size);
		claims(size, drive);
		String[] groups = this.pools.toArray(String[]::new);
		time(size, "engine: first page by due date",
				() -> this.engine.createTaskQuery()
					.taskCandidateGroupIn(List.of(groups))
					.orderByDueDate()
					.asc()
					.listPage(0, SIZE));
		time(size, "engine: 50th page by due date",
				() -> this.engine.createTaskQuery()
					.taskCandidateGroupIn(List.of(groups))
					.orderByDueDate()
					.asc()
					.listPage(49 * SIZE, SIZE));
		time(size, "engine: count", () -> this.engine.createTaskQuery().taskCandidateGroupIn(List.of(groups)).count());
	}

	/** Whole pages of a worker of a grid, and of people who see the whole place. */
	private void pages(int size, String caseNo, String port) throws Exception {
		PageBenchmark worker = new PageBenchmark(port, this.login);
		PageBenchmark leader = new PageBenchmark(port, "sd.dispatcher");
		for (String path : List.of("/inbox?view=POOL", "/inbox?view=POOL&light=OVER&sort=AGE",
				"/inbox?view=POOL&text=%E6%B2%B9%E7%83%9F", "/cases", "/cases?text=%E6%A0%91%E6%9D%91", "/messages")) {
			page(size, "page " + path + " of a grid worker", worker.time(path));
		}
		for (String path : List.of("/inbox", "/cases", "/cases?text=%E6%A0%91%E6%9D%91", "/cases/" + caseNo, "/ledgers",
				"/reports", "/m")) {
			page(size, "page " + path.replace(caseNo, "{caseNo}") + " of the street's dispatcher", leader.time(path));
		}
		// one case in 300 came to this unit
		this.jdbc.update("insert into case_party select 'u:SD-CG', case_no, reported_at from case_file "
				+ "where hashtext(case_no) % 300 = 7 on conflict do nothing");
		this.jdbc.execute("vacuum analyze case_party");
		PageBenchmark handler = new PageBenchmark(port, "sd.cg.handler");
		for (String path : List.of("/cases", "/cases?text=%E6%A0%91%E6%9D%91", "/cases?state=CLOSED")) {
			page(size, "page " + path + " of a unit's handler", handler.time(path));
		}
	}

	private void page(int size, String name, double[] figures) {
		keep(size, name, Arrays.copyOf(figures, 2));
		Benchmark.say("        %.0f characters", figures[2]);
	}

	private static InboxFilter filter(String text, String grid, String category, String light, String due) {
		return new InboxFilter(text, null, grid, category, null, null, light, null, due);
	}

	private Page<InboxRow> page(InboxFilter filter, InboxSort sort, String cursor) {
		return this.inbox.page(new InboxQuery(this.login, "POOL", filter, sort, cursor, SIZE));
	}

	/** Where the 49th page ends, or the last but one where there are fewer. */
	private String deep(InboxSort sort) {
		String cursor = null;
		for (int number = 0; number < 49; number++) {
			String next = page(InboxFilter.NONE, sort, cursor).next();
			if (next == null) {
				return cursor;
			}
			cursor = next;
		}
		return cursor;
	}

	/** Claims of real tasks, each of its own case, while all the others lie there. */
	private void claims(int size, CaseDriver drive) {
		List<String> cases = this.copies.make(this.claimed, CLAIMS);
		this.claimed += CLAIMS;
		String signer = drive.anyOf(this.signers);
		List<String> tasks = this.jdbc.queryForList(
				"select task_id from inbox_item where case_no = any (?) and task_key = 'Task_SignFor' and leg = ''",
				String.class, (Object) cases.toArray(String[]::new));
		double[] taken = new double[tasks.size()];
		for (int i = 0; i < taken.length; i++) {
			String task = tasks.get(i);
			long start = System.nanoTime();
			Acting.as(signer, () -> {
				this.actions.claim(task);
				return null;
			});
			taken[i] = (System.nanoTime() - start) / 1e6;
		}
		put(size, "claim (whole action, durable)", taken);
	}

	private void time(int size, String name, Runnable work) {
		for (int i = 0; i < 30; i++) {
			work.run();
		}
		List<Double> taken = new ArrayList<>();
		long end = System.nanoTime() + 2_000_000_000L;
		while (taken.size() < 400 && (taken.size() < 20 || System.nanoTime() < end)) {
			long start = System.nanoTime();
			work.run();
			taken.add((System.nanoTime() - start) / 1e6);
		}
		put(size, name, taken.stream().mapToDouble(Double::doubleValue).toArray());
	}

	private void put(int size, String name, double[] taken) {
		Arrays.sort(taken);
		keep(size, name, new double[] { taken[taken.length / 2], taken[(int) (taken.length * 0.95)] });
	}

	private void keep(int size, String name, double[] both) {
		this.results.computeIfAbsent(name, (key) -> new LinkedHashMap<>()).put(size, both);
		Benchmark.say("    %-60s p50 %8.2f ms  p95 %8.2f ms", name, both[0], both[1]);
	}

	private void report(int[] sizes) {
		StringBuilder head = new StringBuilder("\n| p50 / p95 in ms |");
		StringBuilder line = new StringBuilder("| --- |");
		for (int size : sizes) {
			head.append(String.format(" %,d open |", size));
			line.append(" --- |");
		}
		Benchmark.say("%s p95 largest / smallest |", head);
		Benchmark.say("%s --- |", line);
		this.results.forEach((name, bySize) -> {
			StringBuilder row = new StringBuilder("| " + name + " |");
			for (int size : sizes) {
				double[] both = bySize.get(size);
				row.append((both != null) ? String.format(java.util.Locale.ROOT, " %.2f / %.2f |", both[0], both[1])
						: " – |");
			}
			double[] first = bySize.values().iterator().next();
			double[] last = bySize.get(sizes[sizes.length - 1]);
			Benchmark.say("%s %.2f |", row, (last != null) ? last[1] / first[1] : Double.NaN);
		});
	}

	/** The same page with the rights of three pools, and of everything there is. */
	private void rights() throws SQLException {
		this.jdbc.execute("create index bench_everything on inbox_item (due_key, task_id)");
		this.jdbc.execute("analyze inbox_item");
		String columns = "i.task_id, i.case_no, i.place, i.title, i.address, i.category, i.severity, i.due_at, i.light, i.due_key";
		String[] lanes = this.pools.stream().map((name) -> "p:" + name).toArray(String[]::new);
		double[] with = raw("select i.* from unnest(?::text[]) l (lane) cross join lateral (select " + columns
				+ " from inbox_item i where i.lane = l.lane order by i.due_key, i.task_id limit 21) i order by i.due_key, i.task_id limit 21",
				lanes);
		double[] without = raw(
				"select " + columns
						+ " from inbox_item i where ?::text[] is not null order by i.due_key, i.task_id limit 21",
				lanes);
		this.jdbc.execute("drop index bench_everything");
		Benchmark.say(
				"%nrights on the page (plain SQL, p50 / p95 ms): with %.3f / %.3f, without %.3f / %.3f, ratio %.2f / %.2f",
				with[0], with[1], without[0], without[1], with[0] / without[0], with[1] / without[1]);
		Map<Integer, double[]> pages = this.results.get("first page by DUE");
		double page = pages.values().stream().reduce((first, second) -> second).orElseThrow()[0];
		Benchmark.say("of a whole page of %.2f ms (p50) rights are %.3f ms: ratio %.2f", page, with[0] - without[0],
				page / (page - with[0] + without[0]));
	}

	private double[] raw(String sql, String[] lanes) throws SQLException {
		double[] taken = new double[2000];
		try (Connection connection = this.pool.getConnection();
				PreparedStatement query = connection.prepareStatement(sql)) {
			query.setArray(1, connection.createArrayOf("text", lanes));
			for (int i = -500; i < taken.length; i++) {
				long start = System.nanoTime();
				try (var rows = query.executeQuery()) {
					while (rows.next()) {
						rows.getString(1);
					}
				}
				if (i >= 0) {
					taken[i] = (System.nanoTime() - start) / 1e6;
				}
			}
		}
		Arrays.sort(taken);
		return new double[] { taken[taken.length / 2], taken[(int) (taken.length * 0.95)] };
	}

	/** Eight writers on one list, with the counts kept and without, in turns. */
	private void writers() throws Exception {
		List<String> tasks = this.jdbc.queryForList(
				"select task_id from inbox_item where lane = ? order by 1 limit 800", String.class,
				"p:" + this.pools.get(0));
		List<Double> ratios = new ArrayList<>();
		double[] rates = new double[2];
		for (int round = 0; round < 3; round++) {
			this.jdbc.execute("alter table inbox_item disable trigger user");
			rates[0] = write(tasks);
			this.jdbc.execute("alter table inbox_item enable trigger user");
			rates[1] = write(tasks);
			ratios.add(rates[1] / rates[0]);
			Benchmark.say("8 writers on one list: %.0f changes/s without counts, %.0f with, ratio %.2f", rates[0],
					rates[1], rates[1] / rates[0]);
		}
		int counted = this.jdbc.queryForObject("select count(*) from inbox_item where lane = ?", Integer.class,
				"p:" + this.pools.get(0));
		int all = this.jdbc.queryForObject("select count(*) from inbox_item where pool = any (?) and assignee is null",
				Integer.class, (Object) this.pools.toArray(String[]::new));
		check(this.counts.of(this.login).get("POOL") == all, "count after the writers, " + counted + " in the list");
		Benchmark.say("median ratio %.2f; the counts are exact afterwards", ratios.stream().sorted().toList().get(1));
	}

	/** Each writer takes a task and gives it back, so that the list ends as it began. */
	private double write(List<String> tasks) throws Exception {
		int threads = 8;
		ExecutorService writers = Executors.newFixedThreadPool(threads);
		try {
			long start = System.nanoTime();
			long end = start + 3_000_000_000L;
			List<Future<Long>> done = new ArrayList<>();
			for (int thread = 0; thread < threads; thread++) {
				int first = thread;
				done.add(writers.submit(() -> {
					long changes = 0;
					for (int i = first; System.nanoTime() < end; i += threads) {
						// its own share of the tasks: writers meet in the list, not on a
						// row
						String task = tasks.get(i % (tasks.size() / threads * threads));
						this.jdbc.update("update inbox_item set assignee = 'bench' where task_id = ?", task);
						this.jdbc.update("update inbox_item set assignee = null where task_id = ?", task);
						changes += 2;
					}
					return changes;
				}));
			}
			long changes = 0;
			for (Future<Long> each : done) {
				changes += each.get();
			}
			return changes / ((System.nanoTime() - start) / 1e9);
		}
		finally {
			writers.shutdown();
		}
	}

	private void check(boolean right, String what) {
		if (!right) {
			this.faults.add(what + " is not what was counted");
		}
	}

}
