package gridcase.mining;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import gridcase.casework.CaseDriver;
import gridcase.clock.PlatformClock;
import gridcase.security.CurrentPerson;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A log of many events taken out by an application of its own with a small heap, in each
 * format, and the figures of as many cases. docs/performance.md tells how to run and read
 * it. Arguments: {@code mining=1000000 heap=256m}.
 */
public final class MiningBenchmark {

	private static final CurrentPerson AUDITOR = new CurrentPerson("sd.auditor", "穆清宁", null, null, "shangdi", "上地街道",
			Set.of("auditor"), List.of("auditor@110108022"));

	private static final List<String> TABLES = List.of("case_file", "case_event", "case_path", "custody", "deadline",
			"hand_over", "decision_record");

	private static final String CHILD = "log";

	private final Map<String, String> arguments;

	private final Function<String, ConfigurableApplicationContext> start;

	/**
	 * Prepares it.
	 * @param arguments of the benchmark
	 * @param start starts an application on a database
	 */
	public MiningBenchmark(Map<String, String> arguments, Function<String, ConfigurableApplicationContext> start) {
		this.arguments = arguments;
		this.start = start;
	}

	/**
	 * Runs it, or in a process of its own one log of it.
	 * @param database makes a database and tells its address
	 */
	public void run(java.util.function.Supplier<String> database) throws Exception {
		if (this.arguments.containsKey(CHILD)) {
			log();
			return;
		}
		int events = Integer.parseInt(this.arguments.get("mining"));
		String url = database.get();
		try (ConfigurableApplicationContext application = this.start.apply(url)) {
			int cases = make(application, events);
			figures(application, cases);
		}
		say("%-12s %12s %12s %10s %12s %12s %12s", "log", "cases", "events", "seconds", "events/s", "MB",
				"peaks of heap");
		for (ExportFormat format : ExportFormat.values()) {
			child(url, format);
		}
	}

	/** One whole case, again and again under other numbers. */
	private static int make(ConfigurableApplicationContext application, int events) {
		MiningCases cases = new MiningCases(application.getBean(CaseDriver.class), null);
		String caseNo = cases.refusedOnce();
		cases.handle(caseNo, true);
		LogExports.Size one = size(application);
		int copies = (int) Math.ceil(events / (double) one.events());
		JdbcTemplate jdbc = application.getBean(JdbcTemplate.class);
		long begun = System.nanoTime();
		for (String table : TABLES) {
			String columns = String.join(", ", jdbc.queryForList("""
					select column_name from information_schema.columns where table_schema = 'public' and table_name = ?
					and is_generated = 'NEVER' and is_identity = 'NO' order by ordinal_position""", String.class,
					table));
			jdbc.update(
					"insert into " + table + " (" + columns + ") select "
							+ columns.replaceFirst("\\bcase_no\\b", "'MINING-' || lpad(n::text, 8, '0')")
								.replaceFirst("\\breported_at\\b", "reported_at - (n % 80) * interval '1 day'")
							+ " from " + table + ", generate_series(1, " + (copies - 1) + ") n where case_no = ?",
					caseNo);
		}
		TABLES.forEach((table) -> jdbc.execute("analyze " + table));
		say("%d copies of a case with %d events each, made in %.1f s", copies, one.events(),
				(System.nanoTime() - begun) / 1e9);
		return copies;
	}

	private static LogExports.Size size(ConfigurableApplicationContext application) {
		try {
			return prepared(application, ExportFormat.XES).write(OutputStream.nullOutputStream());
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static LogExports.Prepared prepared(ConfigurableApplicationContext application, ExportFormat format) {
		LocalDate today = LocalDate.ofInstant(application.getBean(PlatformClock.class).now(),
				application.getBean(PlatformClock.class).zone());
		return application.getBean(LogExports.class)
			.prepare(AUDITOR, new ExportOrder(format, null, today.minusDays(200), today, null, null, false, null));
	}

	/** How long putting together takes, and each figure after that. */
	private static void figures(ConfigurableApplicationContext application, int cases) {
		PlatformClock clock = application.getBean(PlatformClock.class);
		LocalDate today = LocalDate.ofInstant(clock.now(), clock.zone());
		MiningScope scope = application.getBean(MiningAccess.class)
			.asked(AUDITOR, null, today.minusDays(200), today, null)
			.scope();
		long begun = System.nanoTime();
		application.getBean(Collector.class).bringAll(scope);
		say("%d cases put together in %.1f s", cases, (System.nanoTime() - begun) / 1e9);
		application.getBean(JdbcTemplate.class).execute("analyze mining_case");
		application.getBean(JdbcTemplate.class).execute("analyze mining_step");
		Mining mining = application.getBean(Mining.class);
		String definition = mining.diagrams(scope).get(0).id();
		Map<String, Runnable> figures = new java.util.LinkedHashMap<>();
		figures.put("nothing behind", () -> application.getBean(Collector.class).bring(scope));
		figures.put("sums", () -> mining.sums(scope));
		figures.put("diagrams", () -> mining.diagrams(scope));
		figures.put("heat", () -> mining.heat(scope, definition));
		figures.put("variants", () -> mining.variants(scope, Mining.VARIANTS));
		figures.put("units", () -> mining.passed(scope));
		figures.put("loops", () -> mining.loops(scope));
		figures.put("repeats", () -> mining.repeats(scope));
		figures.put("weeks", () -> mining.weeks(scope));
		figures.put("stages", () -> mining.stages(scope));
		figures.put("comparison", () -> mining.compare(scope, scope));
		figures.put("list of cases", () -> mining.cases(scope,
				new Mining.Figure(null, null, "rework", 1, null, null, null, null, null, null, null, null), 1));
		figures.forEach((name, figure) -> {
			double[] times = new double[5];
			for (int round = 0; round < times.length; round++) {
				long start = System.nanoTime();
				figure.run();
				times[round] = (System.nanoTime() - start) / 1e6;
			}
			Arrays.sort(times);
			say("%-16s median %8.0f ms, most %8.0f ms", name, times[2], times[4]);
		});
	}

	private void child(String url, ExportFormat format) throws IOException, InterruptedException {
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Xmx" + this.arguments.getOrDefault("heap", "256m"), "-cp", System.getProperty("java.class.path"),
				"gridcase.bench.Benchmark", "mining=0", CHILD + "=" + format, "url=" + url)
			.redirectErrorStream(true)
			.start();
		try (BufferedReader said = new BufferedReader(
				new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
			List<String> lines = said.lines().collect(Collectors.toList());
			int code = process.waitFor();
			lines.stream().filter((line) -> code != 0 || line.startsWith(format.name())).forEach(System.out::println);
			if (code != 0) {
				throw new IllegalStateException(format + " ended with " + code);
			}
		}
	}

	private void log() throws IOException {
		ExportFormat format = ExportFormat.valueOf(this.arguments.get(CHILD));
		try (ConfigurableApplicationContext application = this.start.apply(this.arguments.get("url"))) {
			LogExports.Prepared prepared = prepared(application, format);
			System.gc();
			heap().forEach(MemoryPoolMXBean::resetPeakUsage);
			long[] bytes = new long[1];
			OutputStream counting = new OutputStream() {
				@Override
				public void write(int one) {
					bytes[0]++;
				}

				@Override
				public void write(byte[] many, int from, int length) {
					bytes[0] += length;
				}
			};
			long begun = System.nanoTime();
			LogExports.Size size = prepared.write(counting);
			double seconds = (System.nanoTime() - begun) / 1e9;
			say("%-12s %12d %12d %10.1f %12.0f %12.1f %12.0f", format, size.cases(), size.events(), seconds,
					size.events() / seconds, bytes[0] / 1e6,
					heap().stream().mapToLong((pool) -> pool.getPeakUsage().getUsed()).sum() / 1e6);
		}
	}

	private static List<MemoryPoolMXBean> heap() {
		return ManagementFactory.getMemoryPoolMXBeans()
			.stream()
			.filter((pool) -> pool.getType() == MemoryType.HEAP)
			.toList();
	}

	private static void say(String format, Object... values) {
		System.out.println(String.format(java.util.Locale.ROOT, format, values));
	}

}
