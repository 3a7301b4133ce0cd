package gridcase.evidence;

import java.time.Duration;

import gridcase.clock.PlatformClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.stereotype.Component;

/**
 * Takes daily roots soon after midnight, at the start those that were missed, and at once
 * when the rehearsal clock has moved over midnights.
 */
@Component("evidenceRootWatch")
class RootWatch implements SmartLifecycle {

	private static final Logger log = LoggerFactory.getLogger(RootWatch.class);

	private static final Duration EVERY = Duration.ofMinutes(5);

	private final DailyRoots roots;

	private final boolean enabled;

	private volatile ThreadPoolTaskScheduler scheduler;

	RootWatch(DailyRoots roots, PlatformClock clock,
			@Value("${camunda.bpm.job-execution.enabled:true}") boolean enabled) {
		this.roots = roots;
		this.enabled = enabled;
		clock.onOffsetChanged((offset) -> moved());
	}

	private void moved() {
		ThreadPoolTaskScheduler running = this.scheduler;
		if (running != null) {
			running.execute(this.roots::catchUp);
		}
	}

	@Override
	public void start() {
		if (!this.enabled) {
			return;
		}
		ThreadPoolTaskScheduler fresh = new ThreadPoolTaskScheduler();
		fresh.setThreadNamePrefix("roots-");
		fresh.setWaitForTasksToCompleteOnShutdown(true);
		fresh.setAwaitTerminationSeconds(30);
		fresh
			.setErrorHandler((failure) -> log.error("No daily root could be taken; tried again in {}", EVERY, failure));
		fresh.initialize();
		fresh.scheduleWithFixedDelay(this.roots::catchUp, EVERY);
		this.scheduler = fresh;
	}

	@Override
	public void stop() {
		if (this.scheduler != null) {
			this.scheduler.shutdown();
			this.scheduler = null;
		}
	}

	@Override
	public boolean isRunning() {
		return this.scheduler != null;
	}

}
