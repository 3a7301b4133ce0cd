package gridcase.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;

import com.zaxxer.hikari.HikariDataSource;
import gridcase.casework.CaseDriver;
import gridcase.casework.Cases;
import gridcase.platform.CountingDataSource;
import gridcase.platform.TestDatabase;
import gridcase.replay.Replay;
import gridcase.replay.Replays;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Opening replays among ever so many stored cases: one case with a refusal and a rework
 * is driven to its end and copied, one in twenty with all that is kept of it, the others
 * with their beginnings; whole ones are replayed over HTTP, another one each time.
 */
final class ReplayBenchmark {

	/** One in so many cases is kept whole. */
	private static final int WHOLE = 20;

	/** Events the others have. */
	private static final int BEGINNING = 8;

	private static final List<String> OF_ALL = List.of("case_file", "custody");

	private static final List<String> OF_WHOLE = List.of("deadline", "case_path", "decision_record", "outbox",
			"hand_over", "replay_trouble");

	private ReplayBenchmark() {
	}

	static void run(int cases) throws IOException, InterruptedException {
		String url = TestDatabase.create();
		try (Server server = new Server(url); ConfigurableApplicationContext application = Benchmark.start(url)) {
			Benchmark.describe(server);
			HikariDataSource pool = (HikariDataSource) application.getBean(CountingDataSource.class)
				.getTargetDataSource();
			String model = drive(application.getBean(CaseDriver.class));
			long start = System.nanoTime();
			int whole = Math.max(1, cases / WHOLE);
			copy(pool, model, whole, cases);
			JdbcTemplate jdbc = new JdbcTemplate(pool);
			jdbc.execute("vacuum analyze");
			Replay replay = application.getBean(Replays.class).of(application.getBean(Cases.class).get(model));
			Benchmark.say("%,d cases, %,d of them whole: %d steps, %d events, %d runs; stored in %.0f s, %s", cases,
					whole, replay.steps().size(), replay.events(), replay.runs().size(),
					(System.nanoTime() - start) / 1e9,
					jdbc.queryForObject("select pg_size_pretty(pg_database_size(current_database()))", String.class));
			PageBenchmark pages = new PageBenchmark(
					application.getEnvironment().getRequiredProperty("local.server.port"), "sd.auditor");
			Random random = new Random(1);
			IntFunction<String> any = (round) -> String.format("/cases/REPLAY-%09d/replay",
					random.nextInt(whole) * (cases / whole));
			int last = replay.steps().size();
			Benchmark.say("%-34s %10s %10s %12s", "page", "p50 ms", "p95 ms", "characters");
			row("replay, first step", pages.time(any));
			row("replay, last step", pages.time((round) -> any.apply(round) + "?step=" + last));
			row("replay as text", pages.time((round) -> any.apply(round) + "/text"));
			row("cases worth replaying", pages.time("/replay?kind=REWORKED"));
			for (String by : List.of("UNIT", "PERSON", "CATEGORY", "STAGE")) {
				row("look-back, summed by " + by, pages.time((round) -> "/inquiry?by=" + by, 1, 5));
			}
		}
	}

	private static void copy(HikariDataSource pool, String model, int whole, int cases) {
		SingleConnectionDataSource connection;
		try {
			connection = new SingleConnectionDataSource(pool.getConnection(), true);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
		try {
			JdbcTemplate one = new JdbcTemplate(connection);
			// copies are complete in themselves: no foreign keys, no triggers
			one.execute("set session_replication_role = replica");
			int every = cases / whole;
			OF_ALL.forEach((table) -> copy(one, table, model, "generate_series(0, " + (cases - 1) + ") n", "true"));
			OF_WHOLE.forEach((table) -> copy(one, table, model,
					"generate_series(0, " + (cases - 1) + ", " + every + ") n", "true"));
			copy(one, "case_event", model, "generate_series(0, " + (cases - 1) + ") n",
					"(n % " + every + " = 0 or seq <= " + BEGINNING + ")");
			one.execute("reset session_replication_role");
		}
		finally {
			connection.destroy();
		}
	}

	private static void copy(JdbcTemplate one, String table, String model, String numbers, String condition) {
		String columns = one.queryForObject(
				"select string_agg(column_name, ', ' order by ordinal_position) from information_schema.columns "
						+ "where table_schema = 'public' and table_name = ? and column_name not in ('case_no', 'key') "
						+ "and is_generated = 'NEVER' and is_identity = 'NO'",
				String.class, table);
		one.update("insert into " + table + " (case_no, " + columns + ") select 'REPLAY-' || lpad(n::text, 9, '0'), "
				+ columns + " from " + numbers + ", (select * from " + table + " where case_no = ?) model where "
				+ condition, model);
	}

	private static void row(String page, double[] taken) {
		Benchmark.say("%-34s %10.1f %10.1f %,12.0f", page, taken[0], taken[1], taken[2]);
	}

	private static String drive(CaseDriver drive) {
		String caseNo = drive.report("shangdi", "sd.c01.g1", "GRID_WORKER",
				Map.of("gridCode", "11010802200101", "category", "S0501", "severity", "SERIOUS"));
		drive.complete(caseNo, "Stage_File", Map.of("filing", "FILE"));
		drive.complete(caseNo, "Stage_Dispatch", Map.of());
		drive.complete(caseNo, "Task_SignFor",
				Map.of("signing", "REFUSE", "reasonCode", "NOT_MY_DUTY", "reasonText", "不属本组职责，请另行派遣"));
		drive.complete(caseNo, "Stage_Dispatch", Map.of());
		handled(drive, caseNo);
		drive.complete(caseNo, "Stage_Verify", Map.of("verified", false, "verifyText", "仍有残留，未清理干净，请返工"));
		handled(drive, caseNo);
		drive.complete(caseNo, "Stage_Verify", Map.of("verified", true, "verifyText", "现场复核，确已办好"));
		drive.complete(caseNo, "Stage_Close", Map.of("closingText", "整改完成，予以结案", "satisfaction", "SATISFIED"));
		return caseNo;
	}

	private static void handled(CaseDriver drive, String caseNo) {
		drive.complete(caseNo, "Task_SignFor", Map.of("signing", "SIGN"));
		drive.complete(caseNo, "Task_Handle", Map.of("handlingOutcome", "DONE", "resultText", "已经清理干净，恢复原状，并告知当事人"));
		drive.helpersDo(caseNo);
	}

}
