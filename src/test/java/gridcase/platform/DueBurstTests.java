package gridcase.platform;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import javax.sql.DataSource;

import gridcase.bench.DueCases;
import gridcase.casework.CaseDriver;
import gridcase.casework.DeadlinePlans;
import gridcase.casework.DemoTest;
import gridcase.clock.PlatformClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Hundreds of warnings and limits are due at once, and the platform is killed while it
 * deals with them: each happens exactly once all the same.
 */
@DemoTest
// the database is another server's as well, and a thousand copies are nobody else's
// matter
@TestPropertySource(properties = "spring.application.name=due-burst")
class DueBurstTests {

	private static final int CASES = 500;

	private static final Duration PATIENCE = Duration.ofMinutes(3);

	@TempDir
	private Path folder;

	@Autowired
	private CaseDriver drive;

	@Autowired
	private DeadlinePlans plans;

	@Autowired
	private PlatformClock clock;

	@Autowired
	private DataSource dataSource;

	@Autowired
	private JdbcTemplate jdbc;

	@Value("${spring.datasource.url}")
	private String url;

	private PlatformProcess running;

	@AfterEach
	void stop() throws InterruptedException {
		if (this.running != null) {
			this.running.kill();
		}
	}

	@Test
	void killedInTheMiddleEachWarningAndEachBreachHappensExactlyOnce() throws Exception {
		// the calendars that were just loaded would move what is made due here
		this.plans.replanAll();
		Instant due = this.clock.now().minus(Duration.ofHours(1));
		try (DueCases cases = new DueCases(this.dataSource, this.drive)) {
			List<String> warned = cases.make(CASES, this.clock.now());
			List<String> breached = cases.make(CASES, this.clock.now());
			cases.warningsDue(warned, due, Duration.ZERO);

			start();
			await(() -> cases.marked(warned, "WARNED") > 0);
			this.running.kill();
			assertThat(cases.marked(warned, "WARNED")).as("warnings given before it was killed")
				.isBetween(1L, CASES - 1L);

			assertThat(cases.limitsDue(breached, due)).isEqualTo(CASES);
			start();
			await(() -> cases.marked(breached, "BREACHED") > 0);
			this.running.kill();
			assertThat(cases.marked(breached, "BREACHED")).as("limits run out before it was killed")
				.isBetween(1L, CASES - 1L);

			// what the killed one had taken is locked until then
			this.jdbc.update("update act_ru_job set lock_exp_time_ = duedate_ where lock_owner_ is not null");
			start();
			await(() -> cases.marked(warned, "WARNED") == CASES && cases.limitsLeft(due) == 0);
			assertThat(cases.faults(warned, "WARNED")).isEmpty();
			assertThat(cases.faults(breached, "BREACHED")).isEmpty();
			assertThat(cases.faults(breached, "ESCALATED")).isEmpty();
		}
	}

	private void start() throws IOException {
		this.running = PlatformProcess.start(this.folder, this.folder.resolve("data"), "--server.port=0",
				"--spring.datasource.url=" + this.url, "--spring.datasource.username=postgres",
				"--gridcase.secret=test-secret-test");
	}

	/** Looks often: what is awaited must be caught on its way. */
	private void await(BooleanSupplier seen) {
		Instant end = Instant.now().plus(PATIENCE);
		while (!seen.getAsBoolean()) {
			assertThat(Instant.now()).as(() -> "time for it to happen:\n" + this.running.output()).isBefore(end);
			LockSupport.parkNanos(5_000_000);
		}
	}

}
