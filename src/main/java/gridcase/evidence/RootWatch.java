package gridcase.evidence;

import java.time.Duration;

import gridcase.clock.PlatformClock;
import gridcase.shared.BackgroundWork;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.stereotype.Component;

/**
 * Takes daily roots soon after midnight, at the start those that were missed, and at once
 * when the rehearsal clock has moved over midnights.
 */
@Component("evidenceRootWatch")
class RootWatch extends BackgroundWork {

	private static final Duration EVERY = Duration.ofMinutes(5);

	private final DailyRoots roots;

	RootWatch(DailyRoots roots, PlatformClock clock,
			@Value("${camunda.bpm.job-execution.enabled:true}") boolean enabled) {
		super("roots", "No daily root could be taken; tried again in " + EVERY, enabled);
		this.roots = roots;
		clock.onOffsetChanged((offset) -> now(roots::catchUp));
	}

	@Override
	protected void prepare(ThreadPoolTaskScheduler fresh) {
		fresh.setWaitForTasksToCompleteOnShutdown(true);
		fresh.setAwaitTerminationSeconds(30);
	}

	@Override
	protected void schedule(TaskScheduler scheduler) {
		scheduler.scheduleWithFixedDelay(this.roots::catchUp, EVERY);
	}

}
