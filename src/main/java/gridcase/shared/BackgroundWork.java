package gridcase.shared;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/**
 * Something that is done again and again beside the work of people, on threads of its
 * own, from when the platform is ready until it stops.
 */
public abstract class BackgroundWork implements SmartLifecycle {

	private final Logger log = LoggerFactory.getLogger(getClass());

	private final String name;

	private final String failure;

	private final boolean enabled;

	private volatile ThreadPoolTaskScheduler threads;

	/**
	 * Does nothing until the platform is ready.
	 * @param name name of the threads
	 * @param failure what is logged when a round fails; the next one comes all the same
	 * @param enabled whether anything is done at all
	 */
	protected BackgroundWork(String name, String failure, boolean enabled) {
		this.name = name;
		this.failure = failure;
		this.enabled = enabled;
	}

	/** For more than one thread, or others than usual. */
	protected void prepare(ThreadPoolTaskScheduler fresh) {
	}

	/** Says what is done how often. */
	protected abstract void schedule(TaskScheduler scheduler);

	/**
	 * Does something now, on a thread of this work.
	 * @return whether there is one
	 */
	protected boolean now(Runnable work) {
		ThreadPoolTaskScheduler running = this.threads;
		if (running == null) {
			return false;
		}
		running.execute(work);
		return true;
	}

	@Override
	public void start() {
		if (!this.enabled) {
			return;
		}
		ThreadPoolTaskScheduler fresh = new ThreadPoolTaskScheduler();
		fresh.setThreadNamePrefix(this.name + "-");
		fresh.setErrorHandler((fault) -> this.log.error(this.failure, fault));
		prepare(fresh);
		fresh.initialize();
		schedule(fresh);
		this.threads = fresh;
	}

	@Override
	public void stop() {
		if (this.threads != null) {
			this.threads.shutdown();
			this.threads = null;
		}
	}

	@Override
	public boolean isRunning() {
		return this.threads != null;
	}

}
