package gridcase.platform;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.interceptor.Session;
import org.camunda.bpm.engine.impl.interceptor.SessionFactory;
import org.camunda.bpm.engine.impl.persistence.entity.IdentityLinkEntity;
import org.camunda.bpm.engine.impl.persistence.entity.IdentityLinkManager;
import org.camunda.bpm.engine.impl.persistence.entity.IncidentManager;
import org.camunda.bpm.engine.impl.persistence.entity.JobDefinitionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.JobDefinitionManager;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionManager;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TaskManager;
import org.camunda.bpm.engine.impl.persistence.entity.VariableInstanceEntity;
import org.camunda.bpm.engine.impl.persistence.entity.VariableInstanceManager;
import org.camunda.bpm.engine.runtime.Incident;
import org.camunda.bpm.engine.task.Task;

/**
 * Spares the engine the queries whose answer is known: half of what it asks when somebody
 * completes a task is about things this platform has not got. docs/performance.md counts
 * them.
 */
final class LeanSessions {

	private LeanSessions() {
	}

	static List<SessionFactory> factories() {
		Map<String, JobDefinitionEntity> jobDefinitions = new ConcurrentHashMap<>();
		Map<List<Object>, ProcessDefinitionEntity> definitions = new ConcurrentHashMap<>();
		return List.of(factory(JobDefinitionManager.class, () -> new KnownJobDefinitions(jobDefinitions)),
				factory(IdentityLinkManager.class, NoTaskLinks::new), factory(TaskManager.class, OneTask::new),
				factory(VariableInstanceManager.class, NoTaskVariables::new),
				factory(IncidentManager.class, IncidentsOfFailedJobs::new),
				factory(ProcessDefinitionManager.class, () -> new KnownDefinitions(definitions)));
	}

	private static SessionFactory factory(Class<?> type, Supplier<Session> opener) {
		return new SessionFactory() {

			@Override
			public Class<?> getSessionType() {
				return type;
			}

			@Override
			public Session openSession() {
				return opener.get();
			}

		};
	}

	/** Who may take a task stands in {@code inbox_item}; the engine is not told. */
	private static final class NoTaskLinks extends IdentityLinkManager {

		@Override
		public List<IdentityLinkEntity> findIdentityLinksByTaskId(String taskId) {
			return new ArrayList<>();
		}

	}

	/** A task has no subtasks, and an execution not more than one task. */
	private static final class OneTask extends TaskManager {

		@Override
		public List<Task> findTasksByParentTaskId(String parentTaskId) {
			return List.of();
		}

		@Override
		public List<TaskEntity> findTasksByExecutionId(String executionId) {
			List<TaskEntity> known = new ArrayList<>(getDbEntityManager().getCachedEntitiesByType(TaskEntity.class));
			known.removeIf((task) -> !executionId.equals(task.getExecutionId()));
			if (known.isEmpty()) {
				return super.findTasksByExecutionId(executionId);
			}
			known.removeIf(getDbEntityManager()::isDeleted);
			return known;
		}

	}

	/** Variables belong to executions only. */
	private static final class NoTaskVariables extends VariableInstanceManager {

		@Override
		public List<VariableInstanceEntity> findVariableInstancesByTaskId(String taskId) {
			return List.of();
		}

	}

	/** A job has an incident only when it has no retries left. */
	private static final class IncidentsOfFailedJobs extends IncidentManager {

		@Override
		public List<Incident> findIncidentByConfigurationAndIncidentType(String configuration, String incidentType) {
			Optional<JobEntity> job = Optional
				.ofNullable(getDbEntityManager().getCachedEntity(JobEntity.class, configuration));
			return (job.map(JobEntity::getRetries).orElse(0) > 0) ? List.of()
					: super.findIncidentByConfigurationAndIncidentType(configuration, incidentType);
		}

	}

	/**
	 * What a timer of a diagram is never changes either: the platform stops cases, not
	 * kinds of jobs.
	 */
	private static final class KnownJobDefinitions extends JobDefinitionManager {

		private final Map<String, JobDefinitionEntity> known;

		KnownJobDefinitions(Map<String, JobDefinitionEntity> known) {
			this.known = known;
		}

		@Override
		public JobDefinitionEntity findById(String id) {
			return this.known.computeIfAbsent(id, super::findById);
		}

	}

	/** A version of a diagram never changes: once read it need not be read again. */
	private static final class KnownDefinitions extends ProcessDefinitionManager {

		private final Map<List<Object>, ProcessDefinitionEntity> known;

		KnownDefinitions(Map<List<Object>, ProcessDefinitionEntity> known) {
			this.known = known;
		}

		@Override
		public ProcessDefinitionEntity findLatestProcessDefinitionById(String id) {
			ProcessDefinitionEntity deployed = Context.getProcessEngineConfiguration()
				.getDeploymentCache()
				.getProcessDefinitionCache()
				.get(id);
			return (deployed != null) ? deployed : super.findLatestProcessDefinitionById(id);
		}

		@Override
		public ProcessDefinitionEntity findProcessDefinitionByKeyVersionAndTenantId(String key, Integer version,
				String tenantId) {
			return this.known.computeIfAbsent(Arrays.asList(key, version, tenantId),
					(which) -> super.findProcessDefinitionByKeyVersionAndTenantId(key, version, tenantId));
		}

	}

}
