package gridcase.bench;

import javax.sql.DataSource;

import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.camunda.bpm.engine.impl.jobexecutor.DefaultJobExecutor;
import org.camunda.bpm.engine.impl.persistence.StrongUuidGenerator;
import org.camunda.bpm.model.bpmn.Bpmn;

/**
 * What due deadlines are compared with: a boundary timer that leads to a service task
 * which does nothing, fired by the job executor as it comes, at history FULL.
 */
final class BareTimers implements AutoCloseable {

	private static final String KEY = "timed";

	private final ProcessEngine engine;

	private final DefaultJobExecutor jobs = new DefaultJobExecutor();

	BareTimers(DataSource dataSource) {
		StandaloneProcessEngineConfiguration configuration = new StandaloneProcessEngineConfiguration();
		configuration.setProcessEngineName("bare");
		configuration.setDataSource(dataSource);
		configuration.setDatabaseSchemaUpdate("true");
		configuration.setHistory("full");
		configuration.setIdGenerator(new StrongUuidGenerator());
		configuration.setJobExecutorActivate(false);
		configuration.setJobExecutor(this.jobs);
		configuration.setEnforceHistoryTimeToLive(false);
		this.engine = configuration.buildProcessEngine();
		this.engine.getRepositoryService()
			.createDeployment()
			.addModelInstance("timed.bpmn",
					Bpmn.createExecutableProcess(KEY)
						.startEvent()
						.userTask("wait")
						.endEvent()
						.moveToActivity("wait")
						.boundaryEvent("late")
						.timerWithDuration("P30D")
						.serviceTask("escalate")
						.camundaClass(BareEngine.Nothing.class.getName())
						.endEvent()
						.done())
			.deploy();
	}

	/** Starts the instance that others are copies of. */
	String model() {
		String key = "model";
		this.engine.getRuntimeService().startProcessInstanceByKey(KEY, key);
		return key;
	}

	void start() {
		this.jobs.start();
	}

	void stop() {
		this.jobs.shutdown();
	}

	/** How often the service task has run. */
	long fired() {
		return this.engine.getHistoryService()
			.createHistoricActivityInstanceQuery()
			.activityId("escalate")
			.finished()
			.count();
	}

	@Override
	public void close() {
		stop();
		this.engine.close();
	}

}
