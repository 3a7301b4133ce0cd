package gridcase.platform;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.camunda.bpm.engine.impl.JobQueryImpl;
import org.camunda.bpm.engine.impl.ProcessEngineImpl;
import org.camunda.bpm.engine.impl.cmd.AcquireJobsCmd;
import org.camunda.bpm.engine.impl.cmd.ExecuteJobsCmd;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.jobexecutor.AcquiredJobs;
import org.camunda.bpm.engine.impl.jobexecutor.JobExecutorContext;
import org.camunda.bpm.engine.impl.jobexecutor.JobFailureCollector;
import org.camunda.bpm.engine.spring.components.jobexecutor.SpringJobExecutor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs due jobs of different process instances together, some in each transaction, so
 * that a thousand limits that run out at the same full hour share their writes and
 * commits. When one of them fails, all of that transaction are undone and each is run by
 * itself, as the engine does it, with the engine's retries and incidents.
 */
final class JobsTogether extends SpringJobExecutor {

	private static final Logger log = LoggerFactory.getLogger(JobsTogether.class);

	private final int together;

	/**
	 * @param together at most how many jobs in one transaction
	 */
	JobsTogether(int together) {
		this.together = together;
	}

	/** At each start, as the engine forgets it at each stop. */
	@Override
	protected void ensureInitialization() {
		setAcquireJobsCmdFactory((count) -> new AcquireJobsCmd(this, count) {
			@Override
			public AcquiredJobs execute(CommandContext context) {
				AcquiredJobs acquired = super.execute(context);
				join(acquired.getJobIdBatches());
				return acquired;
			}
		});
		super.ensureInitialization();
	}

	/**
	 * Joins what the engine would run one by one. Jobs of the same instance, which come
	 * as a batch already, are left: what the first does may undo the second.
	 */
	private void join(List<List<String>> batches) {
		List<String> alone = batches.stream()
			.filter((batch) -> batch.size() == 1)
			.map((batch) -> batch.get(0))
			.toList();
		batches.removeIf((batch) -> batch.size() == 1);
		for (int first = 0; first < alone.size(); first += this.together) {
			batches.add(new ArrayList<>(alone.subList(first, Math.min(alone.size(), first + this.together))));
		}
	}

	@Override
	public Runnable getExecuteJobsRunnable(List<String> jobIds, ProcessEngineImpl engine) {
		return (jobIds.size() == 1) ? super.getExecuteJobsRunnable(jobIds, engine)
				: () -> super.getExecuteJobsRunnable(runTogether(jobIds, engine), engine).run();
	}

	/**
	 * Runs them in one transaction.
	 * @return what remains for this thread to be run one by one: jobs that these have
	 * made and that are locked for it, or these themselves if one of them failed or the
	 * platform stops, which lets go of them
	 */
	private List<String> runTogether(List<String> jobIds, ProcessEngineImpl engine) {
		if (!isActive()) {
			return new ArrayList<>(jobIds);
		}
		JobExecutorContext made = new JobExecutorContext();
		Context.setJobExecutorContext(made);
		try {
			engine.getProcessEngineConfiguration().getCommandExecutorTxRequired().execute((context) -> {
				// read together, the jobs are known when each asks for its own
				context.getJobManager()
					.findJobsByQueryCriteria((JobQueryImpl) new JobQueryImpl().jobIds(Set.copyOf(jobIds)), null);
				for (String jobId : jobIds) {
					new ExecuteJobsCmd(jobId, new JobFailureCollector(jobId)).execute(context);
				}
				return null;
			});
			return made.getCurrentProcessorJobQueue();
		}
		catch (RuntimeException ex) {
			log.debug("{} jobs could not be run together; each is run by itself", jobIds.size(), ex);
			return new ArrayList<>(jobIds);
		}
		finally {
			Context.removeJobExecutorContext();
		}
	}

}
