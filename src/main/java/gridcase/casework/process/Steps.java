package gridcase.casework.process;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import gridcase.casework.CaseRecord;
import gridcase.clock.CalendarYearMissing;
import gridcase.policy.DecisionFailed;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.RepositoryServiceImpl;
import org.camunda.bpm.engine.runtime.Job;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Runs one action of a person as one transaction through engine and tables. When an
 * element behind the action fails (a table without a matching row, a broken service), the
 * action is not lost: it is done again up to that element, where the case then stands
 * with an incident that an operator can retry.
 */
@Component
public class Steps {

	private static final Logger log = LoggerFactory.getLogger(Steps.class);

	private static final String BODY = "#multiInstanceBody";

	private final TransactionTemplate transaction;

	private final ProcessEngineConfigurationImpl engine;

	private final RuntimeService runtime;

	private final RepositoryService repository;

	private final ManagementService management;

	private final TaskService tasks;

	private final Models models;

	Steps(PlatformTransactionManager transactions, ProcessEngine engine, Models models) {
		this.transaction = new TransactionTemplate(transactions);
		this.engine = (ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration();
		this.runtime = engine.getRuntimeService();
		this.repository = engine.getRepositoryService();
		this.management = engine.getManagementService();
		this.tasks = engine.getTaskService();
		this.models = models;
	}

	/**
	 * Does all of it in one transaction, or as much as can be done before the element
	 * that fails.
	 * @param work the action; may be run twice, the first time rolled back
	 * @return what the work answers
	 * @throws Refusal if the platform says no; nothing was changed then
	 */
	public <T> T run(Supplier<T> work) {
		LastStep.forget();
		try {
			return once(work);
		}
		catch (RuntimeException ex) {
			Optional<Refusal> refusal = find(ex, Refusal.class);
			boolean ruleMissing = find(ex, DecisionFailed.class).isPresent()
					|| find(ex, CalendarYearMissing.class).isPresent();
			if (refusal.isPresent() && !ruleMissing) {
				throw refusal.get();
			}
			if (find(ex, OptimisticLockingException.class).isPresent()
					|| find(ex, PessimisticLockingFailureException.class).isPresent()) {
				throw Refusal.conflict(Texts.of("casework", "casework.refused.changed"));
			}
			LastStep.Place stop = LastStep.last().orElseThrow(() -> ex);
			return stopBefore(stop, work, ex);
		}
	}

	private <T> T once(Supplier<T> work) {
		return this.transaction.execute(
				(status) -> this.engine.getCommandExecutorTxRequired().execute((Command<T>) (context) -> work.get()));
	}

	/**
	 * An element made asynchronous is a save point: the engine commits before it and
	 * leaves a job. The switch is on the shared definition; another case that passes
	 * meanwhile gets a save point it did not need, which changes nothing but the moment.
	 */
	private <T> T stopBefore(LastStep.Place stop, Supplier<T> work, RuntimeException failure) {
		log.warn("A case stops at {} of {}: {}", stop.activityId(), stop.processDefinitionId(), failure.toString());
		ActivityImpl element = element(stop);
		boolean drawn = stop.leaving() ? element.isAsyncAfter() : element.isAsyncBefore();
		T result;
		savePoint(element, stop.leaving(), true);
		try {
			result = once(work);
		}
		catch (RuntimeException again) {
			failure.addSuppressed(again);
			throw failure;
		}
		finally {
			savePoint(element, stop.leaving(), drawn);
		}
		runWaiting(element);
		return result;
	}

	private static void savePoint(ActivityImpl element, boolean after, boolean on) {
		if (after) {
			element.setAsyncAfter(on);
		}
		else {
			element.setAsyncBefore(on);
		}
	}

	private ActivityImpl element(LastStep.Place stop) {
		ProcessDefinitionEntity definition = (ProcessDefinitionEntity) ((RepositoryServiceImpl) this.repository)
			.getDeployedProcessDefinition(stop.processDefinitionId());
		ActivityImpl body = definition.findActivity(stop.activityId() + BODY);
		return (body != null) ? body : definition.findActivity(stop.activityId());
	}

	/**
	 * Tries the save points at once, so that the operator sees the incident without
	 * delay.
	 */
	private void runWaiting(ActivityImpl element) {
		List<Job> jobs = this.management.createJobQuery()
			.processDefinitionId(element.getProcessDefinition().getId())
			.messages()
			.withRetriesLeft()
			.list();
		for (Job job : jobs) {
			this.management.setJobRetries(job.getId(), 1);
			attempt(job.getId());
		}
	}

	/**
	 * Runs a waiting job.
	 * @param jobId id of the job
	 * @return why it failed, or empty if it did not
	 */
	public Optional<String> attempt(String jobId) {
		try {
			this.management.executeJob(jobId);
			return Optional.empty();
		}
		catch (RuntimeException ex) {
			// the engine has recorded the incident with this message
			log.info("Job {} failed: {}", jobId, ex.toString());
			return Optional.of(String.valueOf(ex.getMessage()));
		}
	}

	/**
	 * Completes a task. All executions of its process are read at one go, which the
	 * engine would do one by one.
	 * @param taskId the task
	 * @param variables new process variables; null forgets one
	 */
	public void complete(String taskId, Map<String, Object> variables) {
		this.engine.getCommandExecutorTxRequired().execute((Command<Void>) (context) -> {
			String instance = context.getTaskManager().findTaskById(taskId).getProcessInstanceId();
			List<ExecutionEntity> executions = context.getExecutionManager()
				.findExecutionsByProcessInstanceId(instance);
			executions.stream()
				.filter(ExecutionEntity::isProcessInstanceExecution)
				.forEach((root) -> root.restoreProcessInstance(executions, null, null, null, null, null, null));
			ExecutionEntity execution = context.getTaskManager().findTaskById(taskId).getExecution();
			Map<String, Object> said = new HashMap<>(variables);
			// to forget what was never known would be written down for nothing
			said.entrySet().removeIf((value) -> value.getValue() == null && !execution.hasVariable(value.getKey()));
			this.tasks.complete(taskId, said);
			return null;
		});
	}

	/** Starts the process of a new case's kind, the place's own or the shared one. */
	public void start(CaseRecord record) {
		record.startedAs(start(record, record.process(), Map.of()));
	}

	/**
	 * Starts a process of a case, the place's own or the shared one.
	 * @return its id in the engine; it may be over already
	 */
	String start(CaseRecord record, String key, Map<String, Object> variables) {
		return StartingPlace.in(record.place(),
				() -> this.runtime.createProcessInstanceById(this.models.find(key, record.scope()).definitionId())
					.businessKey(record.caseNo())
					.setVariables(variables)
					.execute()
					.getId());
	}

	/**
	 * Lets a case begin anew in the place's own process or the shared one, at the event
	 * that waits for a message.
	 * @return the new instance's id in the engine
	 */
	String startBy(String message, CaseRecord record) {
		return StartingPlace.in(record.place(),
				() -> this.runtime.createMessageCorrelation(message)
					.processInstanceBusinessKey(record.caseNo())
					.processDefinitionId(this.models.find(record.process(), record.scope()).definitionId())
					.correlateStartMessage()
					.getId());
	}

	private static <X extends Throwable> Optional<X> find(Throwable failure, Class<X> type) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (type.isInstance(cause)) {
				return Optional.of(type.cast(cause));
			}
		}
		return Optional.empty();
	}

}
