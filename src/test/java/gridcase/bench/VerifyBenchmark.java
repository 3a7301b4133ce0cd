package gridcase.bench;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import com.zaxxer.hikari.HikariDataSource;
import gridcase.audit.CaseEvent;
import gridcase.audit.CaseTrail;
import gridcase.audit.EventChain;
import gridcase.casework.CaseDriver;
import gridcase.clock.PlatformClock;
import gridcase.evidence.DailyRoots;
import gridcase.evidence.Integrity;
import gridcase.evidence.Roots;
import gridcase.evidence.SignedRoot;
import gridcase.platform.CountingDataSource;
import gridcase.platform.TestDatabase;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Daily roots over many closed cases, and the check of all of them: copies of one whole
 * case, each with a chain of its own. docs/performance.md tells how to run and read it.
 * Arguments: {@code verify=100000 day=3000} (cases, and how many of them change in a
 * day).
 */
final class VerifyBenchmark {

	private final int cases;

	private final int day;

	private JdbcTemplate jdbc;

	VerifyBenchmark(Map<String, String> arguments) {
		this.cases = Integer.parseInt(arguments.get("verify"));
		this.day = Integer.parseInt(arguments.getOrDefault("day", "3000"));
	}

	void run() throws Exception {
		String url = TestDatabase.create();
		try (Server server = new Server(url); ConfigurableApplicationContext application = Benchmark.start(url)) {
			Benchmark.describe(server);
			HikariDataSource pool = (HikariDataSource) application.getBean(CountingDataSource.class)
				.getTargetDataSource();
			this.jdbc = new JdbcTemplate(pool);
			PlatformClock clock = application.getBean(PlatformClock.class);
			String model = new CaseLoop(application.getBean(CaseDriver.class)).run();
			List<CaseEvent> events = application.getBean(CaseTrail.class).of(model);
			long start = System.nanoTime();
			copy(pool, model, events, this.cases);
			Benchmark.say("%,d cases with %,d events, %,d decisions made in %.0f s", this.cases,
					this.cases * (long) events.size(), count("decision_record"), seconds(start));
			vacuum();
			root(application, clock, server, "first root, of everything");
			comment(application.getBean(CaseTrail.class), clock, Math.min(this.day, this.cases));
			root(application, clock, server, "root of a day");
			root(application, clock, server, "root of a day without a change");
			Benchmark.say("leaves %s, BRIN index on events %s", size("evidence_leaf"), size("case_event_at"));
			for (int round = 1; round <= 3; round++) {
				check(application.getBean(Integrity.class), server, round);
			}
		}
	}

	private void root(ConfigurableApplicationContext application, PlatformClock clock, Server server, String what) {
		clock.moveTo(clock.now()
			.atZone(clock.zone())
			.toLocalDate()
			.plusDays(1)
			.atTime(0, 11)
			.atZone(clock.zone())
			.toInstant());
		Server.Cpu cpu = server.cpu();
		long start = System.nanoTime();
		application.getBean(DailyRoots.class).catchUp();
		double seconds = seconds(start);
		SignedRoot root = application.getBean(Roots.class).last().orElseThrow();
		Benchmark.say("%s: %,d leaves in %.2f s, foreign cores %.2f", what, root.leaves(), seconds,
				server.cpu().since(cpu).foreign() / seconds);
	}

	private void check(Integrity integrity, Server server, int round) throws InterruptedException {
		Integrity.Progress progress = new Integrity.Progress();
		AtomicLong faults = new AtomicLong();
		Server.Cpu cpu = server.cpu();
		long start = System.nanoTime();
		integrity.check(Integrity.Scope.all(), progress, (fault) -> {
			if (faults.incrementAndGet() <= 5) {
				Benchmark.say("  %s", fault);
			}
		});
		double seconds = seconds(start);
		Benchmark.say(
				"check %d: %,d cases, %,d events, %d roots in %.1f s (%,.0f cases a second), %d faults, heap in use %d MB, foreign cores %.2f",
				round, progress.cases(), progress.events(), progress.roots(), seconds, progress.cases() / seconds,
				faults.get(), (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) >> 20,
				server.cpu().since(cpu).foreign() / seconds);
	}

	/** A day on which so many cases go on. */
	private void comment(CaseTrail trail, PlatformClock clock, int count) {
		List<CaseEvent> next = this.jdbc.query(
				"select case_no, event_seq, event_hash from case_file where case_no like 'VERIFY-%' order by case_no limit ?",
				(row, number) -> EventChain.next(row.getBytes(3), row.getString(1), row.getInt(2) + 1, clock.now(),
						"sd.c01.g1", "COMMENTED", null, "{\"text\":\"已知悉\"}"),
				count);
		trail.append(next);
		this.jdbc.batchUpdate("update case_file set event_seq = ?, event_hash = ? where case_no = ?",
				next.stream().map((event) -> new Object[] { event.seq(), event.hash(), event.caseNo() }).toList());
	}

	private static double seconds(long start) {
		return Duration.ofNanos(System.nanoTime() - start).toMillis() / 1000.0;
	}

	private long count(String table) {
		return this.jdbc.queryForObject("select count(*) from " + table, Long.class);
	}

	private String size(String relation) {
		return this.jdbc.queryForObject("select pg_size_pretty(pg_total_relation_size(?::regclass))", String.class,
				relation);
	}

	private void vacuum() {
		List.of("case_event", "decision_record", "custody", "deadline", "case_file")
			.forEach((table) -> this.jdbc.execute("vacuum analyze " + table));
	}

	/** The rows by the database itself, the chains from here. */
	private void copy(HikariDataSource pool, String model, List<CaseEvent> events, int count) throws Exception {
		try (Connection connection = pool.getConnection()) {
			JdbcTemplate one = new JdbcTemplate(
					new org.springframework.jdbc.datasource.SingleConnectionDataSource(connection, true));
			one.execute("set session_replication_role = replica");
			for (String table : List.of("decision_record", "custody", "deadline", "case_file")) {
				String columns = one.queryForObject(
						"select string_agg(column_name, ', ' order by ordinal_position) from information_schema.columns "
								+ "where table_name = ? and column_name <> 'case_no' and is_generated = 'NEVER' and is_identity = 'NO'",
						String.class, table);
				one.update("insert into " + table + " (case_no, " + columns
						+ ") select 'VERIFY-' || lpad(n::text, 9, '0'), " + columns
						+ " from generate_series(0, ?) n, (select * from " + table + " where case_no = ?"
						+ (table.equals("decision_record") ? " order by id" : "") + ") model"
						+ (table.equals("decision_record") ? " order by n, id" : ""), count - 1, model);
			}
			one.execute("create temp table head (case_no text, hash bytea)");
			CopyIn out = connection.unwrap(PGConnection.class)
				.getCopyAPI()
				.copyIn("copy case_event (case_no, seq, at, actor, kind, element, data, hash) from stdin");
			StringBuilder heads = new StringBuilder();
			for (int n = 0; n < count; n++) {
				String caseNo = "VERIFY-%09d".formatted(n);
				byte[] hash = EventChain.START;
				StringBuilder rows = new StringBuilder();
				for (CaseEvent event : events) {
					CaseEvent next = EventChain.next(hash, caseNo, event.seq(), event.at(), event.actor(), event.kind(),
							event.element(), event.data());
					hash = next.hash();
					rows.append(caseNo)
						.append('\t')
						.append(next.seq())
						.append('\t')
						.append(next.at())
						.append('\t')
						.append(text(next.actor()))
						.append('\t')
						.append(next.kind())
						.append('\t')
						.append((next.element() != null) ? text(next.element()) : "\\N")
						.append('\t')
						.append(text(next.data()))
						.append("\t\\\\x")
						.append(HexFormat.of().formatHex(hash))
						.append('\n');
				}
				byte[] bytes = rows.toString().getBytes(StandardCharsets.UTF_8);
				out.writeToCopy(bytes, 0, bytes.length);
				heads.append(caseNo).append("\t\\\\x").append(HexFormat.of().formatHex(hash)).append('\n');
			}
			out.endCopy();
			CopyIn headsOut = connection.unwrap(PGConnection.class).getCopyAPI().copyIn("copy head from stdin");
			byte[] bytes = heads.toString().getBytes(StandardCharsets.UTF_8);
			headsOut.writeToCopy(bytes, 0, bytes.length);
			headsOut.endCopy();
			one.update("update case_file c set event_hash = h.hash from head h where h.case_no = c.case_no");
			one.execute("drop table head");
			one.execute("reset session_replication_role");
		}
	}

	private static String text(String value) {
		return value.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r");
	}

}
