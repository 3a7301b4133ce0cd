package gridcase.platform;

import java.util.List;

import javax.sql.DataSource;

import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineConfiguration;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cfg.ProcessEnginePlugin;

import org.springframework.boot.autoconfigure.flyway.FlywayMigrationInitializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.JdbcTemplate;

/** Settings of the process engine that follow from the design; reasons in docs/adr. */
@Configuration(proxyBeanMethods = false)
class EngineConfiguration {

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
				// the engine has no index on the due date and scans every open timer
				new JdbcTemplate(dataSource)
					.execute("create index if not exists act_idx_job_duedate on act_ru_job (duedate_)");
			}

		};
	}

}
