package gridcase.bench;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

import com.zaxxer.hikari.HikariDataSource;
import gridcase.casework.CaseDriver;
import gridcase.casework.DeadlinePlans;
import gridcase.casework.DeadlineWatch;
import gridcase.clock.PlatformClock;
import gridcase.platform.CountingDataSource;
import gridcase.platform.TestDatabase;
import org.camunda.bpm.engine.impl.jobexecutor.JobExecutor;
import org.camunda.bpm.engine.impl.util.ClockUtil;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Deadlines that run out at once, the platform's beside the bare engine's timers, on one
 * durable PostgreSQL, in turns; then beside many that do not run out; then while people
 * work. docs/performance.md tells how to run and read it.
 */
final class DueBenchmark {

	private static final int PATIENCE_SECONDS = 240;

	private final Map<String, String> arguments;

	private final List<String> faults = new ArrayList<>();

	private Server server;

	private DueCases cases;

	private DeadlineWatch watch;

	private JobExecutor jobs;

	private PlatformClock clock;

	private CountingDataSource counts;

	private JdbcTemplate ours;

	private BareTimers bare;

	private Copies bareCopies;

	private JdbcTemplate bareTables;

	private int bareMade;

	DueBenchmark(Map<String, String> arguments) {
		this.arguments = arguments;
	}

	private int argument(String name, int preset) {
		return Integer.parseInt(this.arguments.getOrDefault(name, Integer.toString(preset)));
	}

	void run() throws Exception {
		String bareUrl = TestDatabase.create();
		String ourUrl = TestDatabase.create();
		HikariDataSource barePool = new HikariDataSource();
		barePool.setJdbcUrl(bareUrl);
		barePool.setMaximumPoolSize(16);
		try (Server seen = new Server(bareUrl);
				barePool;
				BareTimers engine = new BareTimers(barePool);
				Copies copies = new Copies(barePool, engine.model(), "BARE-");
				ConfigurableApplicationContext application = Benchmark.start(ourUrl,
						"--camunda.bpm.job-execution.enabled=true")) {
			this.server = seen;
			this.bare = engine;
			this.bareCopies = copies;
			this.bareTables = new JdbcTemplate(barePool);
			this.watch = application.getBean(DeadlineWatch.class);
			this.jobs = application.getBean(JobExecutor.class);
			this.clock = application.getBean(PlatformClock.class);
			this.counts = application.getBean(CountingDataSource.class);
			this.ours = new JdbcTemplate(this.counts.getTargetDataSource());
			this.watch.stop();
			this.jobs.shutdown();
			// the calendars that were just loaded would move what is made due here
			application.getBean(DeadlinePlans.class).replanAll();
			Benchmark.describe(seen);
			try (DueCases due = new DueCases(this.counts.getTargetDataSource(),
					application.getBean(CaseDriver.class))) {
				this.cases = due;
				warm(application);
				measure(application);
			}
		}
		this.faults.forEach((fault) -> Benchmark.say("FAULT %s", fault));
		if (!this.faults.isEmpty()) {
			throw new IllegalStateException("Not every deadline ran out exactly once");
		}
		Benchmark.say("%nEach deadline was warned about, and ran out, exactly once.");
	}

	/** Until the code is compiled: the same work, not shown. */
	private void warm(ConfigurableApplicationContext application) throws Exception {
		CaseLoop loop = new CaseLoop(application.getBean(CaseDriver.class));
		new Variant("warm", (thread, number) -> loop.run()).slice(2, argument("warm", 20), this.server);
		int count = argument("warmDue", 2000);
		bare(count);
		List<String> warmed = make(count);
		warnings(warmed);
		limits(warmed);
	}

	private void measure(ConfigurableApplicationContext application) throws Exception {
		int ballast = argument("ballast", 1_000_000);
		Benchmark.say("%n%-40s %9s %8s %8s %11s %11s %8s %8s %9s", "due at once", "deadlines", "seconds", "a second",
				"JVM ms each", "PG ms each", "WAL kB", "trips", "foreign");
		List<Burst[]> alone = rounds("alone");
		show("alone", alone);
		if (argument("late", 1) == 1) {
			late(application);
		}
		if (ballast > 0) {
			ballast(ballast);
			List<Burst[]> beside = rounds("beside " + ballast + " not due");
			show("beside " + ballast + " not due", beside);
			for (int which : new int[] { 1, 2 }) {
				int mine = which;
				ToDoubleFunction<Burst> rate = Burst::perSecond;
				Benchmark.say("%-40s %.2f of the rate alone; as ratios to the bare engine %.2f",
						((which == 1) ? "warnings" : "breaches") + " beside " + ballast + ":",
						median(beside, mine, rate) / median(alone, mine, rate),
						ratio(beside, mine) / ratio(alone, mine));
			}
		}
	}

	private List<Burst[]> rounds(String how) throws Exception {
		int count = argument("due", 10_000);
		int rounds = argument("rounds", 3);
		List<Burst[]> all = new ArrayList<>();
		for (int round = 0; round < rounds; round++) {
			List<String> made = make(count);
			Burst[] bursts = { bare(count), warnings(made), limits(made) };
			all.add(bursts);
			bursts[0].show("bare engine's timers, alone");
			bursts[1].show("warnings, " + how);
			bursts[2].show("breaches, " + how);
		}
		return all;
	}

	private void show(String how, List<Burst[]> bursts) {
		Benchmark.say(
				"%-40s warnings %.2f, breaches %.2f times the bare engine's timers a second (medians of the rounds)",
				how + ":", ratio(bursts, 1), ratio(bursts, 2));
		Benchmark.say("%-40s warnings %.2f, breaches %.2f times as many for the same CPU", "",
				median(bursts, 1, Burst::perCpuSecond) / median(bursts, 0, Burst::perCpuSecond),
				median(bursts, 2, Burst::perCpuSecond) / median(bursts, 0, Burst::perCpuSecond));
	}

	private static double ratio(List<Burst[]> bursts, int which) {
		return median(bursts.stream().mapToDouble((burst) -> burst[which].perSecond() / burst[0].perSecond()));
	}

	private static double median(List<Burst[]> bursts, int which, ToDoubleFunction<Burst> value) {
		return median(bursts.stream().map((burst) -> burst[which]).mapToDouble(value));
	}

	private static double median(DoubleStream values) {
		return quantile(values.toArray(), 0.5);
	}

	private static double quantile(double[] values, double part) {
		double[] sorted = values.clone();
		Arrays.sort(sorted);
		return sorted[(int) Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
	}

	private List<String> make(int count) {
		return this.cases.make(count, this.clock.now());
	}

	// --- what is compared ---

	private Burst bare(int count) throws Exception {
		this.bareCopies.make(this.bareMade, count);
		this.bareMade += count;
		Timestamp due = Timestamp.from(ClockUtil.getCurrentTime().toInstant().minus(Duration.ofDays(1)));
		this.bareTables.update("update act_ru_job set duedate_ = ?", due);
		this.bareTables.execute("vacuum analyze");
		// the model is due as well
		long waiting = left(this.bareTables, due);
		long before = this.bare.fired();
		Burst burst = burst((int) waiting, () -> {
			this.bare.start();
			await(() -> left(this.bareTables, due));
			this.bare.stop();
		});
		if (this.bare.fired() - before != waiting) {
			this.faults.add("bare engine: " + waiting + " timers, fired " + (this.bare.fired() - before));
		}
		return burst;
	}

	private static long left(JdbcTemplate tables, Timestamp due) {
		return tables.queryForObject("select count(*) from act_ru_job where duedate_ <= ?", Long.class, due);
	}

	private Burst warnings(List<String> made) throws Exception {
		this.cases.warningsDue(made, this.clock.now().minus(Duration.ofDays(1)), Duration.ZERO);
		this.ours.execute("vacuum analyze");
		Burst burst = burst(made.size(), this.watch::warnDue);
		check(made, "WARNED");
		return burst;
	}

	private Burst limits(List<String> made) throws Exception {
		Instant due = this.clock.now().minus(Duration.ofDays(1));
		this.cases.limitsDue(made, due);
		this.ours.execute("vacuum analyze");
		Burst burst = burst(made.size(), () -> {
			this.jobs.start();
			await(() -> this.cases.limitsLeft(due));
			this.jobs.shutdown();
		});
		check(made, "BREACHED");
		return burst;
	}

	private void check(List<String> made, String event) {
		String fault = this.cases.faults(made, event);
		if (!fault.isEmpty()) {
			this.faults.add(fault);
		}
	}

	private static void await(LongSupplier left) {
		long end = System.nanoTime() + PATIENCE_SECONDS * 1_000_000_000L;
		while (left.getAsLong() > 0) {
			if (System.nanoTime() > end) {
				throw new IllegalStateException(left.getAsLong() + " deadlines are still due");
			}
			pause(100);
		}
	}

	private static void pause(long millis) {
		try {
			Thread.sleep(millis);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private Burst burst(int count, Runnable work) {
		this.server.checkpoint();
		Server.Cpu cpu = this.server.cpu();
		double wal = this.server.wal();
		CountingDataSource.Counts trips = this.counts.counts();
		Map<String, Long> kinds = this.counts.kinds();
		long start = System.nanoTime();
		work.run();
		double seconds = (System.nanoTime() - start) / 1e9;
		Burst burst = new Burst(count, seconds, this.server.cpu().since(cpu), this.server.wal() - wal,
				this.counts.counts().since(trips).roundTrips());
		if (this.arguments.containsKey("statements")) {
			this.counts.kinds()
				.entrySet()
				.stream()
				.map((kind) -> Map.entry(kind.getKey(),
						(kind.getValue() - kinds.getOrDefault(kind.getKey(), 0L)) / (double) count))
				.filter((kind) -> kind.getValue() > 0.001)
				.sorted(Map.Entry.<String, Double>comparingByValue().reversed())
				.forEach((kind) -> Benchmark.say("    %8.3f %s", kind.getValue(), kind.getKey()));
		}
		return burst;
	}

	/**
	 * What a burst showed.
	 *
	 * @param count deadlines that ran out
	 * @param seconds it took
	 * @param cpu CPU seconds meanwhile
	 * @param wal bytes of log meanwhile
	 * @param trips round trips of the platform meanwhile
	 */
	private record Burst(int count, double seconds, Server.Cpu cpu, double wal, long trips) {

		double perSecond() {
			return this.count / this.seconds;
		}

		double perCpuSecond() {
			return this.count / this.cpu.ours();
		}

		void show(String name) {
			Benchmark.say("%-40s %9d %8.2f %8.0f %11.2f %11.2f %8.1f %8.2f %9.2f", name, this.count, this.seconds,
					perSecond(), this.cpu.jvm() * 1000 / this.count, this.cpu.postgres() * 1000 / this.count,
					this.wal / 1024 / this.count, (double) this.trips / this.count, this.cpu.foreign() / this.seconds);
		}

	}

	// --- beside those not due ---

	private void ballast(int count) {
		Instant later = this.clock.now().plus(Duration.ofDays(60));
		String model = make(1).get(0);
		long begun = System.nanoTime();
		// neither the words to find them by nor their counts matter here
		this.ours.execute("alter table case_file disable trigger user");
		fill("case_file", "case_no = '" + model + "'", count, Map.of("case_no", "'STILL-' || n", "process_instance",
				"'still-' || n", "facts",
				"jsonb_build_object('title', facts -> 'title', 'category', facts -> 'category', 'tier', facts -> 'tier')"));
		fill("deadline", "case_no = '" + model + "' and stage = 'handle'", count, Map.of("case_no", "'STILL-' || n",
				"scope", "'still-' || n", "warn_at", later(later), "due_at", later(later)));
		fill("act_ru_job",
				"id_ in (select id_ from act_ru_job where root_proc_inst_id_ = (select process_instance from case_file "
						+ "where case_no = '" + model + "') and handler_cfg_ = 'EventSubProcess_HandlingOverdue')",
				count, Map.of("id_", "'still-' || n", "process_instance_id_", "'still-' || n", "root_proc_inst_id_",
						"'still-' || n", "execution_id_", "'still-' || n", "duedate_", later(later)));
		this.ours.execute("alter table case_file enable trigger user");
		this.ours.execute("vacuum analyze");
		Benchmark.say("%n%d cases with a deadline and a timer each that are not due, made in %.0f s", count,
				(System.nanoTime() - begun) / 1e9);
	}

	private static String later(Instant later) {
		return "timestamptz '" + later + "' + n * interval '1 second'";
	}

	private void fill(String table, String model, int count, Map<String, String> instead) {
		List<String> columns = this.ours.queryForList(
				"select column_name from information_schema.columns "
						+ "where table_schema = 'public' and table_name = ? and is_generated = 'NEVER'",
				String.class, table);
		String values = String.join(", ", columns.stream().map((name) -> instead.getOrDefault(name, name)).toList());
		this.ours.execute("insert into " + table + " (" + String.join(", ", columns) + ") select " + values
				+ " from (select * from " + table + " where " + model + ") m, generate_series(1, " + count + ") n");
	}

	// --- lateness while people work ---

	private void late(ConfigurableApplicationContext application) throws Exception {
		int perSecond = argument("rate", 1000);
		int seconds = argument("seconds", 15);
		CaseLoop loop = new CaseLoop(application.getBean(CaseDriver.class));
		double[] before = people(loop, seconds);
		List<String> made = make(perSecond * seconds);
		this.cases.warningsDue(made, this.clock.now().plusSeconds(3), Duration.ofNanos(1_000_000_000L / perSecond));
		this.ours.execute("vacuum analyze");
		Instant first = this.clock.now().plusSeconds(2);
		this.cases.warningsDue(made, first, Duration.ofNanos(1_000_000_000L / perSecond));
		this.watch.start();
		AtomicBoolean over = new AtomicBoolean();
		CompletableFuture<double[]> waits = CompletableFuture.supplyAsync(() -> waits(over));
		pause(Duration.between(this.clock.now(), first).toMillis());
		Server.Cpu cpu = this.server.cpu();
		double[] during = people(loop, seconds);
		Server.Cpu used = this.server.cpu().since(cpu);
		await(() -> this.ours.queryForObject(
				"select count(*) from deadline where warned_at is null and case_no = any (?) and stage = 'handle'",
				Long.class, (Object) DueCases.array(made)));
		over.set(true);
		this.watch.stop();
		double[] after = people(loop, seconds);
		check(made, "WARNED");
		double[] late = this.ours.queryForList(
				"select extract(epoch from warned_at - warn_at)::float8 from deadline where case_no = any (?) and stage = 'handle'",
				Double.class, (Object) DueCases.array(made))
			.stream()
			.mapToDouble(Double::doubleValue)
			.toArray();
		double[] longest = waits.join();
		Benchmark.say("%n%d warnings a second for %d s while people work: late p50 %.2f s, p99 %.2f s; "
				+ "the one that had waited longest, seen from outside: p99 %.2f s, at most %.2f s; foreign cores %.2f",
				perSecond, seconds, quantile(late, 0.5), quantile(late, 0.99), quantile(longest, 0.99),
				quantile(longest, 1), used.foreign() / seconds);
		double quiet = quantile(DoubleStream.concat(Arrays.stream(before), Arrays.stream(after)).toArray(), 0.95);
		Benchmark.say(
				"actions of people: p95 %.1f ms before, %.1f ms meanwhile, %.1f ms after; meanwhile %.2f times "
						+ "(%d, %d, %d actions)",
				quantile(before, 0.95), quantile(during, 0.95), quantile(after, 0.95), quantile(during, 0.95) / quiet,
				before.length, during.length, after.length);
	}

	/** How long the deadline that is due first has waited, looked at again and again. */
	private double[] waits(AtomicBoolean over) {
		List<Double> seen = new ArrayList<>();
		while (!over.get()) {
			double waited = this.watch.nextWarning()
				.map((next) -> Duration.between(next, this.clock.now()).toMillis() / 1000.0)
				.orElse(0.0);
			seen.add(Math.max(0, waited));
			pause(20);
		}
		return seen.stream().mapToDouble(Double::doubleValue).toArray();
	}

	/** Milliseconds of each action of people who pause between them. */
	private double[] people(CaseLoop loop, int seconds) {
		int people = argument("people", 4);
		int thinking = argument("thinking", 100);
		long end = System.nanoTime() + seconds * 1_000_000_000L;
		List<CompletableFuture<List<Double>>> all = IntStream.range(0, people)
			.mapToObj((number) -> CompletableFuture.supplyAsync(() -> {
				List<Double> mine = new ArrayList<>();
				while (System.nanoTime() < end) {
					for (Runnable action : loop.actions(new String[1])) {
						long start = System.nanoTime();
						action.run();
						mine.add((System.nanoTime() - start) / 1e6);
						pause(thinking);
					}
				}
				return mine;
			}, (work) -> new Thread(work, "person-" + number).start()))
			.toList();
		return all.stream()
			.map(CompletableFuture::join)
			.flatMap(List::stream)
			.mapToDouble(Double::doubleValue)
			.toArray();
	}

}
