package gridcase.platform;

import java.sql.SQLException;
import java.util.Map;

import com.zaxxer.hikari.HikariDataSource;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.camunda.bpm.engine.impl.persistence.StrongUuidGenerator;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.core.task.SyncTaskExecutor;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Jobs share a transaction, and none suffers from what happens to another. */
class JobsTogetherTests {

	private final JobsTogether jobs = new JobsTogether(10);

	private HikariDataSource dataSource;

	private JdbcTemplate jdbc;

	private ProcessEngine engine;

	@BeforeEach
	void start() throws SQLException {
		this.dataSource = new HikariDataSource();
		this.dataSource.setJdbcUrl(TestDatabase.create());
		this.jdbc = new JdbcTemplate(this.dataSource);
		this.jobs.setTaskExecutor(new SyncTaskExecutor());
		StandaloneProcessEngineConfiguration configuration = new StandaloneProcessEngineConfiguration();
		configuration.setProcessEngineName("together");
		configuration.setDataSource(this.dataSource);
		configuration.setDatabaseSchemaUpdate("true");
		configuration.setIdGenerator(new StrongUuidGenerator());
		configuration.setJobExecutorActivate(false);
		configuration.setJobExecutor(this.jobs);
		configuration.setEnforceHistoryTimeToLive(false);
		this.engine = configuration.buildProcessEngine();
		this.engine.getRepositoryService()
			.createDeployment()
			.addModelInstance("late.bpmn",
					Bpmn.createExecutableProcess("late")
						.startEvent()
						.camundaAsyncBefore()
						.serviceTask("escalate")
						.camundaClass(Escalate.class.getName())
						.serviceTask("then")
						.camundaAsyncBefore()
						.camundaClass(Escalate.class.getName())
						.userTask("wait")
						.endEvent()
						.done())
			.deploy();
	}

	@AfterEach
	void stop() {
		this.jobs.shutdown();
		this.engine.close();
		this.dataSource.close();
	}

	@Test
	void whatSucceedsIsOneTransactionAndWhatItMakesIsRunAsWell() {
		due("fine", "fine", "fine");

		this.jobs.start();

		await().until(() -> jobsWithRetries() == 0);
		assertThat(this.engine.getTaskService().createTaskQuery().count()).isEqualTo(3);
		assertThat(this.jdbc.queryForObject(
				"select count(distinct xmin::text) from act_hi_actinst where act_id_ = 'escalate'", Long.class))
			.as("transactions that ran the first step")
			.isEqualTo(1);
	}

	@Test
	void oneThatFailsIsTriedAgainAndHoldsUpNoOther() {
		due("fine", "broken", "fine");

		this.jobs.start();

		await().until(() -> jobsWithRetries() == 0);
		assertThat(this.engine.getTaskService().createTaskQuery().count()).isEqualTo(2);
		Job left = this.engine.getManagementService().createJobQuery().singleResult();
		assertThat(left.getExceptionMessage()).isEqualTo("broken");
		assertThat(this.engine.getRuntimeService().createIncidentQuery().count()).isEqualTo(1);
	}

	private void due(String... how) {
		for (String each : how) {
			this.engine.getRuntimeService().startProcessInstanceByKey("late", Map.of("how", each));
		}
	}

	private long jobsWithRetries() {
		return this.engine.getManagementService().createJobQuery().withRetriesLeft().count();
	}

	/** Does what the case says. */
	public static class Escalate implements JavaDelegate {

		@Override
		public void execute(DelegateExecution execution) {
			if (execution.getVariable("how").equals("broken")) {
				throw new IllegalStateException("broken");
			}
		}

	}

}
