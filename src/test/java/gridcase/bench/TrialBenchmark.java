package gridcase.bench;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.zaxxer.hikari.HikariDataSource;
import gridcase.casework.CaseDriver;
import gridcase.casework.Inbox;
import gridcase.casework.InboxFilter;
import gridcase.casework.InboxQuery;
import gridcase.casework.InboxSort;
import gridcase.clock.PlatformClock;
import gridcase.platform.CountingDataSource;
import gridcase.platform.TestDatabase;
import gridcase.policy.Answer;
import gridcase.policy.Decisions;
import gridcase.policy.Question;
import gridcase.trial.Trial;
import gridcase.trial.TrialOrder;
import gridcase.trial.TrialState;
import gridcase.trial.Trials;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A changed table of limits tried on many past decisions, each with its deadline, and
 * what pages of the work list take meanwhile. docs/performance.md tells how to run and
 * read it. Arguments: {@code trial=100000 open=20000}.
 */
final class TrialBenchmark {

	private static final String PLACE = "shangdi";

	private static final int SIZE = 20;

	/** Stages whose limits a decision asks for; each case has all of them. */
	private static final List<String> STAGES = List.of("file", "dispatch", "sign", "handle", "total");

	private final Map<String, String> arguments;

	private JdbcTemplate jdbc;

	private Inbox inbox;

	private String login;

	TrialBenchmark(Map<String, String> arguments) {
		this.arguments = arguments;
	}

	void run() throws Exception {
		int decisions = Integer.parseInt(this.arguments.get("trial"));
		int cases = decisions / STAGES.size();
		String url = TestDatabase.create();
		try (Server server = new Server(url); ConfigurableApplicationContext application = Benchmark.start(url)) {
			Benchmark.describe(server);
			HikariDataSource pool = (HikariDataSource) application.getBean(CountingDataSource.class)
				.getTargetDataSource();
			this.jdbc = new JdbcTemplate(pool);
			this.inbox = application.getBean(Inbox.class);
			CaseDriver drive = application.getBean(CaseDriver.class);
			PlatformClock clock = application.getBean(PlatformClock.class);
			Instant from = clock.now().minusSeconds(1);
			String[] caseNo = new String[1];
			// reported, filed, dispatched: to be signed for
			new CaseLoop(drive).actions(caseNo).subList(0, 3).forEach(Runnable::run);
			this.login = drive.anyOf(drive.task(caseNo[0], "Task_SignFor").pool());
			long start = System.nanoTime();
			try (Copies copies = new Copies(pool, caseNo[0], "TRIAL-")) {
				List<String> made = copies.make(0, cases);
				int questions = decide(application.getBean(Decisions.class), made, clock.now());
				Benchmark.say("%,d decisions of %,d cases made in %.0f s, %d different questions",
						made.size() * STAGES.size(), cases, (System.nanoTime() - start) / 1e9, questions);
			}
			List.of("decision_record", "deadline", "case_file", "inbox_item")
				.forEach((table) -> this.jdbc.execute("vacuum analyze " + table));
			measure(application.getBean(Trials.class), server, from, clock.now().plusSeconds(60));
		}
	}

	/**
	 * Each case asked for all its limits, as the tables in force answer, and has them.
	 */
	private int decide(Decisions decisions, List<String> cases, Instant at) throws Exception {
		ObjectMapper json = new ObjectMapper();
		List<Object[]> kinds = new ArrayList<>();
		for (String category : List.of("S0501", "S0502", "S0503", "S0504", "S0505", "S0401", "S0402", "S0301", "S0302",
				"S0101")) {
			for (String severity : List.of("MINOR", "GENERAL", "SERIOUS", "MAJOR")) {
				for (String urgency : List.of("ROUTINE", "URGENT", "EMERGENCY")) {
					for (String stage : STAGES) {
						Map<String, Object> inputs = new HashMap<>();
						inputs.put("stage", stage);
						inputs.put("category", category);
						inputs.put("categoryClass", category.substring(0, 3));
						inputs.put("condition", null);
						inputs.put("severity", severity);
						inputs.put("urgency", urgency);
						inputs.put("tier", "STREET");
						Answer answer = decisions.decide(Question.of("time-limit", PLACE, at, inputs));
						kinds.add(new Object[] { stage, json.writeValueAsString(inputs),
								json.writeValueAsString(answer.rows()), String.join(",", answer.rules()),
								answer.version(), answer.definitionId(), answer.releaseId(),
								answer.outputs().get("limitValue"), answer.outputs().get("limitUnit"),
								answer.outputs().get("warnPercent") });
					}
				}
			}
		}
		this.jdbc.execute("delete from deadline where case_no like 'TRIAL-%'");
		List<Object[]> records = new ArrayList<>();
		List<Object[]> deadlines = new ArrayList<>();
		Timestamp moment = Timestamp.from(at.truncatedTo(java.time.temporal.ChronoUnit.MICROS));
		for (int number = 0; number < cases.size(); number++) {
			for (int stage = 0; stage < STAGES.size(); stage++) {
				Object[] kind = kinds.get((number * STAGES.size() + stage) % kinds.size());
				records.add(new Object[] { cases.get(number), kind[4], kind[5], kind[6], kind[1], kind[2], kind[3],
						moment });
				deadlines.add(new Object[] { cases.get(number), stage + 1, kind[0], kind[7], kind[8], kind[9],
						"time-limit v" + kind[4] + " " + kind[3], moment, moment, moment, number % 5 * 3600,
						number % 5 * 3600, moment, (number % 7 == 0) ? null : moment });
			}
			if (records.size() >= 5000 || number == cases.size() - 1) {
				this.jdbc.batchUpdate(
						"insert into decision_record (case_no, table_key, version, definition_id, release_id, inputs, outputs, rules, at) "
								+ "values (?, 'time-limit', ?, ?, ?, ?::json, ?::json, ?, ?)",
						records);
				this.jdbc.batchUpdate(
						"insert into deadline (case_no, no, stage, scope, limit_value, limit_unit, warn_percent, rule, started_at, warn_at, "
								+ "due_at, budget_seconds, left_seconds, counted_from, done_at, tier, leg) "
								+ "values (?, ?, ?, 'p', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'STREET', '')",
						deadlines);
				records.clear();
				deadlines.clear();
			}
		}
		return kinds.size();
	}

	private void measure(Trials trials, Server server, Instant from, Instant to) throws Exception {
		Map<String, byte[]> files = Map.of("time-limit.dmn",
				Files.readString(Path.of("decisions/time-limit.dmn"))
					.replaceAll("(<outputEntry id=\"Out_SignRoutine_LimitValue\"><text>)[^<]*", "$12")
					.getBytes(StandardCharsets.UTF_8));
		long warm = System.nanoTime() + 5_000_000_000L;
		pages(() -> System.nanoTime() > warm);
		for (int round = 1; round <= 3; round++) {
			long end = System.nanoTime() + 8_000_000_000L;
			double[] before = pages(() -> System.nanoTime() > end);
			Server.Cpu cpu = server.cpu();
			long start = System.nanoTime();
			long id = trials.start(new TrialOrder(null, PLACE, "time-limit", files, from, to, "sd.policy"));
			double[] beside = pages(() -> !trials.get(id).state().open());
			double seconds = (System.nanoTime() - start) / 1e9;
			Trial trial = trials.get(id);
			if (trial.state() != TrialState.DONE || trial.same() + trial.changed() + trial.failing() != trial.total()) {
				throw new IllegalStateException("The trial is not whole: " + trial);
			}
			long later = System.nanoTime() + 8_000_000_000L;
			double[] after = pages(() -> System.nanoTime() > later);
			Benchmark
				.say("round %d: %,d decisions (%,d changed, %,d judged) in %.1f s, foreign cores %.2f; page of the work list p50 / p95 ms: "
						+ "before %.2f / %.2f, beside %.2f / %.2f (%d pages), after %.2f / %.2f: p95 %.2f times the mean of both",
						round, trial.done(), trial.changed(), trial.counts().judged(), seconds,
						server.cpu().since(cpu).foreign() / seconds, before[0], before[1], beside[0], beside[1],
						(int) beside[2], after[0], after[1], beside[1] * 2 / (before[1] + after[1]));
		}
	}

	/** Pages as people ask for them, about forty a second, until told to end. */
	private double[] pages(BooleanSupplier ended) throws InterruptedException {
		List<Double> taken = new ArrayList<>();
		while (!ended.getAsBoolean()) {
			for (int i = 0; i < 10; i++) {
				long start = System.nanoTime();
				this.inbox.page(new InboxQuery(this.login, "POOL", InboxFilter.NONE, InboxSort.DUE, null, SIZE));
				taken.add((System.nanoTime() - start) / 1e6);
				Thread.sleep(20);
			}
		}
		double[] sorted = taken.stream().mapToDouble(Double::doubleValue).sorted().toArray();
		return (sorted.length == 0) ? new double[3]
				: new double[] { sorted[sorted.length / 2], sorted[(int) (sorted.length * 0.95)], sorted.length };
	}

}
