package gridcase.bench;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;

import javax.sql.DataSource;

import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.camunda.bpm.engine.impl.persistence.StrongUuidGenerator;
import org.camunda.bpm.model.bpmn.Bpmn;

/**
 * What the platform is compared with: the engine alone, as it comes, at history FULL. Six
 * tasks of people in a row, each found, claimed and completed with three variables, then
 * three service tasks that do nothing.
 */
final class BareEngine implements AutoCloseable {

	private static final String KEY = "six-tasks";

	private static final int USER_TASKS = 6;

	private static final int SERVICE_TASKS = 3;

	private static final int GROUPS = 100;

	private final ProcessEngine engine;

	BareEngine(DataSource dataSource) {
		StandaloneProcessEngineConfiguration configuration = new StandaloneProcessEngineConfiguration();
		configuration.setDataSource(dataSource);
		configuration.setDatabaseSchemaUpdate("true");
		configuration.setHistory("full");
		configuration.setIdGenerator(new StrongUuidGenerator());
		configuration.setJobExecutorActivate(false);
		configuration.setEnforceHistoryTimeToLive(false);
		this.engine = configuration.buildProcessEngine();
		var flow = Bpmn.createExecutableProcess(KEY).startEvent().userTask("task1").camundaCandidateGroups("${group}");
		for (int i = 2; i <= USER_TASKS; i++) {
			flow = flow.userTask("task" + i).camundaCandidateGroups("${group}");
		}
		var services = flow.serviceTask("service1").camundaClass(Nothing.class.getName());
		for (int i = 2; i <= SERVICE_TASKS; i++) {
			services = services.serviceTask("service" + i).camundaClass(Nothing.class.getName());
		}
		this.engine.getRepositoryService()
			.createDeployment()
			.addModelInstance("six-tasks.bpmn", services.endEvent().done())
			.deploy();
	}

	/** One whole case. */
	void run(int thread, long number) {
		Random random = new Random(thread * 1_000_003L + number);
		String person = "person" + thread;
		this.engine.getIdentityService().setAuthenticatedUserId(person);
		Map<String, Object> start = values("start", random);
		start.put("group", "group" + random.nextInt(GROUPS));
		String instance = this.engine.getRuntimeService()
			.startProcessInstanceByKey(KEY, thread + "-" + number, start)
			.getId();
		TaskService tasks = this.engine.getTaskService();
		for (int i = 1; i <= USER_TASKS; i++) {
			String task = tasks.createTaskQuery().processInstanceId(instance).singleResult().getId();
			tasks.claim(task, person);
			tasks.complete(task, values("task" + i, random));
		}
	}

	private static Map<String, Object> values(String prefix, Random random) {
		return new HashMap<>(Map.of(prefix + "Text", "text " + random.nextInt(), prefix + "Number", random.nextLong(),
				prefix + "Flag", random.nextBoolean()));
	}

	@Override
	public void close() {
		this.engine.close();
	}

	/** A service task that costs nothing of its own. */
	public static final class Nothing implements JavaDelegate {

		@Override
		public void execute(DelegateExecution execution) {
			// what the engine itself does around it is measured
		}

	}

}
