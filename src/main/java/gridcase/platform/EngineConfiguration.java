package gridcase.platform;

import java.util.List;

import javax.sql.DataSource;

import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineConfiguration;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cfg.ProcessEnginePlugin;
import org.camunda.bpm.engine.impl.jobexecutor.JobExecutor;
import org.camunda.bpm.engine.impl.jobexecutor.NotifyAcquisitionRejectedJobsHandler;
import org.camunda.bpm.spring.boot.starter.configuration.impl.DefaultJobConfiguration.JobConfiguration;
import org.camunda.bpm.spring.boot.starter.property.CamundaBpmProperties;
import org.camunda.bpm.spring.boot.starter.property.JobExecutionProperty;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.flyway.FlywayMigrationInitializer;
import org.springframework.boot.context.properties.PropertyMapper;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.task.TaskExecutor;
import org.springframework.jdbc.core.JdbcTemplate;

/** Settings of the process engine that follow from the design; reasons in docs/adr. */
@Configuration(proxyBeanMethods = false)
class EngineConfiguration {

	/** Takes the place of the starter's own, which runs each job in a transaction. */
	@Bean
	@ConditionalOnBooleanProperty(name = "camunda.bpm.job-execution.enabled", matchIfMissing = true)
	static JobExecutor jobExecutor(@Qualifier(JobConfiguration.CAMUNDA_TASK_EXECUTOR_QUALIFIER) TaskExecutor threads,
			CamundaBpmProperties properties, @Value("${gridcase.jobs.together}") int together) {
		JobsTogether jobs = new JobsTogether(together);
		jobs.setTaskExecutor(threads);
		jobs.setRejectedJobsHandler(new NotifyAcquisitionRejectedJobsHandler());
		JobExecutionProperty settings = properties.getJobExecution();
		PropertyMapper set = PropertyMapper.get().alwaysApplyingWhenNonNull();
		set.from(settings::getLockTimeInMillis).to(jobs::setLockTimeInMillis);
		set.from(settings::getMaxJobsPerAcquisition).to(jobs::setMaxJobsPerAcquisition);
		set.from(settings::getWaitTimeInMillis).to(jobs::setWaitTimeInMillis);
		set.from(settings::getMaxWait).to(jobs::setMaxWait);
		set.from(settings::getBackoffTimeInMillis).to(jobs::setBackoffTimeInMillis);
		set.from(settings::getMaxBackoff).to(jobs::setMaxBackoff);
		set.from(settings::getBackoffDecreaseThreshold).to(jobs::setBackoffDecreaseThreshold);
		set.from(settings::getWaitIncreaseFactor).to(jobs::setWaitIncreaseFactor);
		return jobs;
	}

	/** The role the platform works as gets its rights whenever tables were changed. */
	@Bean
	static DatabaseRights databaseRights(
			@Value("${spring.datasource.username:" + EmbeddedDatabase.WORKER + "}") String worker) {
		return new DatabaseRights(worker);
	}

	/**
	 * Runs after Flyway, so that the engine makes its tables in a schema that is already
	 * ours.
	 */
	@Bean
	@Order(Ordered.LOWEST_PRECEDENCE)
	ProcessEnginePlugin gridcaseEngineSettings(FlywayMigrationInitializer migrated, DataSource dataSource) {
		return new AbstractProcessEnginePlugin() {

			@Override
			public void preInit(ProcessEngineConfigurationImpl configuration) {
				configuration.setCustomHistoryLevels(List.of(new InstanceHistoryLevel()));
				configuration.setHistory(InstanceHistoryLevel.NAME);
				configuration.setCmmnEnabled(false);
				configuration.setDmnEnabled(false);
				configuration.setStandaloneTasksEnabled(false);
				configuration.setTaskMetricsEnabled(false);
				configuration.setMetricsEnabled(false);
				configuration.setAuthorizationEnabled(false);
				configuration.setTenantCheckEnabled(false);
				configuration.setEnsureJobDueDateNotNull(true);
				configuration.setJobExecutorAcquireByDueDate(true);
				configuration.setEnableExceptionsAfterUnhandledBpmnError(true);
				configuration.setHistoryCleanupEnabled(false);
				configuration
					.setHistoryCleanupStrategy(ProcessEngineConfiguration.HISTORY_CLEANUP_STRATEGY_END_TIME_BASED);
				// nothing is removed, so no history table need be searched for what a
				// finished case left there
				configuration
					.setHistoryRemovalTimeStrategy(ProcessEngineConfiguration.HISTORY_REMOVAL_TIME_STRATEGY_NONE);
				configuration.setCustomSessionFactories(LeanSessions.factories());
			}

			@Override
			public void postProcessEngineBuild(ProcessEngine engine) {
				// the engine has no index for what is due, nor for what is being run, and
				// scans every open timer
				new JdbcTemplate(dataSource).execute("""
						create index if not exists act_idx_job_duedate on act_ru_job (duedate_);
						create index if not exists act_idx_job_locked on act_ru_job (process_instance_id_)
						  where lock_owner_ is not null""");
			}

		};
	}

}
