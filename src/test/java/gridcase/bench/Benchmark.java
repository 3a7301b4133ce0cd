package gridcase.bench;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.zaxxer.hikari.HikariDataSource;
import gridcase.GridcaseApplication;
import gridcase.casework.CaseDriver;
import gridcase.clock.PlatformClock;
import gridcase.mining.MiningBenchmark;
import gridcase.overview.OverviewBenchmark;
import gridcase.platform.CountingDataSource;
import gridcase.platform.TestDatabase;
import gridcase.policy.Decisions;
import gridcase.policy.Question;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Compares whole cases of the platform with whole cases of the bare engine, on one
 * durable PostgreSQL, in turns. Not a test; docs/performance.md tells how to run and read
 * it. Arguments: {@code rounds=5 slice=2 threads=1,2,4,8 warm=20 counted=100}; with
 * {@code due=10000} the deadlines of {@link DueBenchmark} instead, with
 * {@code inbox=1000,10000} the work list of {@link InboxBenchmark} ({@code pages=yes}:
 * whole pages as well), with {@code map=10000 closed=200000} map and board, with
 * {@code trial=100000} the trial on past decisions of {@link TrialBenchmark}, with
 * {@code verify=100000} daily roots and their check of {@link VerifyBenchmark}, with
 * {@code mining=1000000} the event log of {@link MiningBenchmark}, with
 * {@code replay=1000000} opening replays at that many stored cases.
 */
public final class Benchmark {

	private static final String PLACE = "shangdi";

	private final Map<String, String> arguments = new HashMap<>();

	private Benchmark(String[] arguments) {
		Stream.of(arguments)
			.map((argument) -> argument.split("=", 2))
			.forEach((pair) -> this.arguments.put(pair[0], pair[1]));
	}

	public static void main(String[] arguments) throws Exception {
		LoggingSystem.get(Benchmark.class.getClassLoader()).setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.WARN);
		TestDatabase.durable();
		Benchmark benchmark = new Benchmark(arguments);
		if (benchmark.arguments.containsKey("due")) {
			new DueBenchmark(benchmark.arguments).run();
		}
		else if (benchmark.arguments.containsKey("inbox")) {
			new InboxBenchmark(benchmark.arguments).run();
		}
		else if (benchmark.arguments.containsKey("trial")) {
			new TrialBenchmark(benchmark.arguments).run();
		}
		else if (benchmark.arguments.containsKey("replay")) {
			ReplayBenchmark.run(Integer.parseInt(benchmark.arguments.get("replay")));
		}
		else if (benchmark.arguments.containsKey("verify")) {
			new VerifyBenchmark(benchmark.arguments).run();
		}
		else if (benchmark.arguments.containsKey("mining")) {
			new MiningBenchmark(benchmark.arguments, (url) -> start(url)).run(TestDatabase::create);
		}
		else if (benchmark.arguments.containsKey("map")) {
			benchmark.overview();
		}
		else {
			benchmark.run();
		}
		System.exit(0);
	}

	private String argument(String name, String preset) {
		return this.arguments.getOrDefault(name, preset);
	}

	private void overview() {
		String url = TestDatabase.create();
		try (Server server = new Server(url); ConfigurableApplicationContext application = start(url)) {
			describe(server);
			OverviewBenchmark.run(application, Integer.parseInt(argument("map", "10000")),
					Integer.parseInt(argument("closed", "200000")), Benchmark::say);
		}
	}

	private void run() throws InterruptedException, ExecutionException {
		String bareUrl = TestDatabase.create();
		String ourUrl = TestDatabase.create();
		HikariDataSource barePool = new HikariDataSource();
		barePool.setJdbcUrl(bareUrl);
		barePool.setMaximumPoolSize(16);
		CountingDataSource bareCounts = new CountingDataSource(barePool);
		try (Server server = new Server(bareUrl);
				barePool;
				BareEngine engine = new BareEngine(bareCounts);
				ConfigurableApplicationContext application = start(ourUrl)) {
			describe(server);
			CountingDataSource ourCounts = application.getBean(CountingDataSource.class);
			CaseLoop loop = new CaseLoop(application.getBean(CaseDriver.class));
			Variant bare = new Variant("bare engine, FULL", engine::run);
			Variant ours = new Variant("platform", (thread, number) -> loop.run());
			double warm = Double.parseDouble(argument("warm", "20"));
			bare.slice(4, warm, server);
			ours.slice(4, warm, server);
			say("%n%-20s %12s %12s %9s %10s %10s %10s", "one case", "transactions", "round trips", "WAL kB", "inserted",
					"updated", "deleted");
			count(bare, server, bareCounts, barePool);
			count(ours, server, ourCounts, (HikariDataSource) ourCounts.getTargetDataSource());
			compare(bare, ours, server);
			decisions(application);
		}
	}

	static void describe(Server server) {
		say("PostgreSQL %s: fsync=%s synchronous_commit=%s full_page_writes=%s wal_sync_method=%s shared_buffers=%s; "
				+ "Java %s, %d cores", server.setting("server_version"), server.setting("fsync"),
				server.setting("synchronous_commit"), server.setting("full_page_writes"),
				server.setting("wal_sync_method"), server.setting("shared_buffers"), System.getProperty("java.version"),
				Runtime.getRuntime().availableProcessors());
	}

	static ConfigurableApplicationContext start(String url, String... more) {
		SpringApplication application = new SpringApplication(GridcaseApplication.class,
				CountingDataSource.Everywhere.class);
		application.setAdditionalProfiles("test");
		return application.run(Stream.concat(
				Stream.of("--spring.datasource.url=" + url, "--spring.datasource.username=postgres",
						"--gridcase.demo.enabled=true", "--gridcase.demo.cases=false", "--logging.level.root=warn"),
				Stream.of(more))
			.toArray(String[]::new));
	}

	private void count(Variant variant, Server server, CountingDataSource counts, HikariDataSource pool) {
		int cases = Integer.parseInt(argument("counted", "100"));
		String url = pool.getJdbcUrl().replaceAll("\\?.*", "");
		String database = url.substring(url.lastIndexOf('/') + 1);
		// pages written for the first time after a checkpoint are logged whole: not while
		// counting
		server.checkpoint();
		variant.run(cases);
		Server.Writes before = server.writes(database, pool);
		CountingDataSource.Counts tripsBefore = counts.counts();
		Map<String, Long> kindsBefore = counts.kinds();
		variant.run(cases);
		double trips = (double) counts.counts().since(tripsBefore).roundTrips() / cases;
		Server.Writes after = server.writes(database, pool);
		Server.Writes writes = after.since(before, cases);
		say("%-20s %12.2f %12.2f %9.1f %10.2f %10.2f %10.2f", variant.name, writes.transactions(), trips,
				writes.wal() / 1024, writes.inserted(), writes.updated(), writes.deleted());
		if (this.arguments.containsKey("wal")) {
			server.walByTable(pool, before, after, cases).forEach(System.out::println);
		}
		if (this.arguments.containsKey("statements")) {
			counts.kinds()
				.entrySet()
				.stream()
				.map((kind) -> Map.entry(kind.getKey(),
						(kind.getValue() - kindsBefore.getOrDefault(kind.getKey(), 0L)) / (double) cases))
				.filter((kind) -> kind.getValue() > 0)
				.sorted(Map.Entry.<String, Double>comparingByValue().reversed())
				.forEach((kind) -> say("    %6.2f %s", kind.getValue(), kind.getKey()));
		}
	}

	private void compare(Variant bare, Variant ours, Server server) throws InterruptedException, ExecutionException {
		int rounds = Integer.parseInt(argument("rounds", "5"));
		double seconds = Double.parseDouble(argument("slice", "2"));
		int[] threads = Arrays.stream(argument("threads", "1,2,4,8").split(",")).mapToInt(Integer::parseInt).toArray();
		Map<Integer, Variant.Slice[][]> slices = new LinkedHashMap<>();
		for (int round = 0; round < rounds; round++) {
			for (int n : threads) {
				Variant.Slice[][] both = slices.computeIfAbsent(n, (key) -> new Variant.Slice[rounds][]);
				both[round] = new Variant.Slice[] { bare.slice(n, seconds, server), ours.slice(n, seconds, server) };
			}
		}
		say("%n%-20s %7s %8s %14s %14s %14s %9s %8s %14s", "medians", "threads", "cases/s", "cases/CPU sec",
				"JVM ms a case", "PG ms a case", "WAL kB", "ratio", "foreign cores");
		slices.forEach((n, both) -> {
			for (int which : new int[] { 0, 1 }) {
				List<Variant.Slice> mine = Arrays.stream(both).map((pair) -> pair[which]).toList();
				double ratio = median(IntStream.range(0, rounds)
					.mapToDouble((round) -> both[round][which].perSecond() / both[round][0].perSecond()));
				say("%-20s %7d %8.1f %14.1f %14.1f %14.1f %9.1f %8.2f %14.2f", (which == 0) ? bare.name : ours.name, n,
						median(mine, Variant.Slice::perSecond), median(mine, Variant.Slice::perCpuSecond),
						median(mine, (slice) -> slice.cpu().jvm() * 1000 / slice.cases()),
						median(mine, (slice) -> slice.cpu().postgres() * 1000 / slice.cases()),
						median(mine, (slice) -> slice.wal() / 1024 / slice.cases()), ratio,
						median(mine, (slice) -> slice.cpu().foreign() / slice.seconds()));
			}
			say("%-20s %7d %8s ratio of cases per CPU second: %.2f", "", n, "",
					median(Arrays.stream(both).mapToDouble((pair) -> pair[1].perCpuSecond() / pair[0].perCpuSecond())));
		});
	}

	private static double median(List<Variant.Slice> slices, ToDoubleFunction<Variant.Slice> value) {
		return median(slices.stream().mapToDouble(value));
	}

	private static double median(java.util.stream.DoubleStream values) {
		double[] sorted = values.sorted().toArray();
		return sorted[sorted.length / 2];
	}

	/** Decisions about a case, on record, ten to a transaction; and the same not kept. */
	private static void decisions(ConfigurableApplicationContext application) {
		Decisions tables = application.getBean(Decisions.class);
		Instant now = application.getBean(PlatformClock.class).now();
		TransactionTemplate transaction = new TransactionTemplate(
				application.getBean(PlatformTransactionManager.class));
		Map<String, Object> facts = Map.of("category", "E0101", "categoryClass", "E01", "condition", "1", "stage",
				"handle", "severity", "GENERAL", "urgency", "ROUTINE", "tier", "STREET", "gridType", "STREET_LANE");
		say("");
		for (String key : List.of("time-limit", "time-limit-e01", "routing")) {
			Question tried = Question.of(key, PLACE, now, facts);
			Question kept = tried.forCase("BENCH-1", now, "Stage_Handle");
			double kepts = perSecond(() -> transaction.executeWithoutResult((status) -> {
				for (int i = 0; i < 10; i++) {
					tables.decide(kept);
				}
			}));
			double trieds = perSecond(() -> transaction.executeWithoutResult((status) -> {
				for (int i = 0; i < 10; i++) {
					tables.decide(tried);
				}
			}));
			say("decisions/s, 1 thread, ten a transaction: %-16s %8.0f on record %8.0f not kept", key, kepts * 10,
					trieds * 10);
		}
	}

	/** The best of a few seconds. */
	private static double perSecond(Runnable work) {
		double best = 0;
		for (int round = 0; round < 4; round++) {
			long start = System.nanoTime();
			int done = 0;
			while (System.nanoTime() - start < 1_000_000_000L) {
				work.run();
				done++;
			}
			best = Math.max(best, done / ((System.nanoTime() - start) / 1e9));
		}
		return best;
	}

	static void say(String format, Object... values) {
		System.out.println(String.format(java.util.Locale.ROOT, format, values));
	}

}
