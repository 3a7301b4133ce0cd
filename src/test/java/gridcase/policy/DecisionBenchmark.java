package gridcase.policy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.zaxxer.hikari.HikariDataSource;
import gridcase.platform.TestDatabase;
import org.flywaydb.core.Flyway;

/** Prints what one decision costs, warm, on the shipped tables. Not a test. */
final class DecisionBenchmark {

	private static final int ROUNDS = 5;

	private static final int PER_ROUND = 4000;

	private final PolicyFixture policy;

	private DecisionBenchmark(PolicyFixture policy) {
		this.policy = policy;
	}

	public static void main(String[] arguments) throws IOException {
		TestDatabase.durable();
		try (HikariDataSource dataSource = new HikariDataSource()) {
			dataSource.setJdbcUrl(TestDatabase.create());
			dataSource.setUsername("postgres");
			Flyway.configure().dataSource(dataSource).load().migrate();
			new DecisionBenchmark(new PolicyFixture(dataSource)).run();
		}
		System.exit(0);
	}

	private void run() throws IOException {
		Map<String, byte[]> files = new HashMap<>();
		try (Stream<Path> shared = Files.list(Path.of("decisions"))) {
			for (Path file : shared.filter((each) -> each.toString().endsWith(".dmn")).toList()) {
				files.put(file.getFileName().toString(), Files.readAllBytes(file));
			}
		}
		files.put("slow-cells.dmn", slow().bytes());
		long start = System.nanoTime();
		this.policy.release(null, files, AppliesTo.ALL, null);
		System.out.printf("release of %d tables: %d ms%n", files.size(), (System.nanoTime() - start) / 1_000_000);

		Map<String, Object> facts = Map.of("category", "C0101", "categoryClass", "C01", "condition", "1", "stage",
				"handle", "severity", "GENERAL", "urgency", "ROUTINE", "tier", "STREET", "gridType", "STREET_LANE");
		Map<String, Object> last = new HashMap<>(facts);
		for (String key : List.of("time-limit", "time-limit-c01", "routing")) {
			Map<String, Object> inputs = "time-limit-c01".equals(key) ? lastRow(last, key) : facts;
			measure(key + ", evaluation alone", evaluation(key, inputs));
			measure(key + ", in a transaction of 10, on record", 10,
					() -> this.policy.transaction.executeWithoutResult((status) -> {
						for (int i = 0; i < 10; i++) {
							this.policy.decisions.decide(Question.of(key, null, PolicyFixture.NOW, inputs)
								.forCase("SD-1", PolicyFixture.NOW, "Stage_Handle"));
						}
					}));
			measure(key + ", alone, tried out",
					() -> this.policy.decisions.decide(Question.of(key, null, PolicyFixture.NOW, inputs)));
			measure(key + ", alone, on record",
					() -> this.policy.decisions.decide(Question.of(key, null, PolicyFixture.NOW, inputs)
						.forCase("SD-1", PolicyFixture.NOW, "Stage_Handle")));
		}
		Map<String, Object> text = Map.of("x", "E0149", "n", 149);
		measure("150 rules, every cell by the FEEL engine", evaluation("slow-cells", text));
	}

	private Map<String, Object> lastRow(Map<String, Object> facts, String key) {
		TableView view = this.policy.decisions.table(key, null, PolicyFixture.NOW).orElseThrow();
		TableView.Row row = view.rows().get(view.rows().size() - 1);
		for (int i = 0; i < view.inputs().size(); i++) {
			String cell = row.inputs().get(i);
			facts.put(view.inputs().get(i).name(),
					cell.startsWith("\"") ? cell.substring(1, cell.indexOf('"', 1)) : null);
		}
		return facts;
	}

	private Runnable evaluation(String key, Map<String, Object> inputs) {
		String id = id(key);
		return () -> this.policy.engine.evaluate(id, inputs::get);
	}

	private String id(String key) {
		return this.policy.jdbc.queryForObject("select id_ from act_dmn_decision where key_ = ?", String.class, key);
	}

	private static Dmn slow() {
		Dmn table = Dmn.table("slow-cells").in("x", "string").in("n", "number").out("y", "number");
		for (int i = 0; i < 150; i++) {
			table.rule(String.valueOf(i), "starts with(?, \"E0\")", "? + 0 = " + i, String.valueOf(i));
		}
		return table;
	}

	private void measure(String what, Runnable decision) {
		measure(what, 1, decision);
	}

	private void measure(String what, int decisions, Runnable work) {
		double best = Double.MAX_VALUE;
		for (int round = 0; round < ROUNDS; round++) {
			int times = Math.max(1, PER_ROUND / decisions / (what.startsWith("150") ? 20 : 1));
			long start = System.nanoTime();
			for (int i = 0; i < times; i++) {
				work.run();
			}
			best = Math.min(best, (System.nanoTime() - start) / 1000.0 / times / decisions);
		}
		System.out.printf("%-55s %8.1f us a decision%n", what, best);
	}

}
