package gridcase.platform;

import org.camunda.bpm.engine.ProcessEngine;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/** The engine stands on the platform's database with the platform's settings. */
@GridcaseTest
class EngineTests {

	@Autowired
	private ProcessEngine engine;

	@Autowired
	private JdbcTemplate jdbc;

	@Test
	void keepsInstancesAndIncidentsAndNothingElse() {
		assertThat(this.engine.getProcessEngineConfiguration().getHistory()).isEqualTo("instances");
	}

	@Test
	void waitsForEveryCommit() {
		assertThat(this.jdbc.queryForObject("show synchronous_commit", String.class)).isEqualTo("on");
	}

	@Test
	void findsDueTimersByAnIndex() {
		assertThat(this.jdbc.queryForObject("select count(*) from pg_indexes where indexname = 'act_idx_job_duedate'",
				Integer.class))
			.isOne();
	}

}
