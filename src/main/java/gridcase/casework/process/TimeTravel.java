package gridcase.casework.process;

import java.time.Instant;
import java.util.Date;
import java.util.List;

import gridcase.casework.DeadlineWatch;
import gridcase.casework.HolderWatch;
import gridcase.clock.ClockRefused;
import gridcase.clock.PlatformClock;
import gridcase.registry.Duties;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.jobexecutor.JobExecutor;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.runtime.Job;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.modulith.NamedInterface;
import org.springframework.stereotype.Component;

/**
 * Moves the rehearsal clock (演练时钟). Everything that falls due on the way happens at its
 * own moment and in its own order: timers, warnings and changes of who is on duty, one
 * after the other.
 */
@Component
@NamedInterface("time-travel")
public class TimeTravel {

	private static final Logger log = LoggerFactory.getLogger(TimeTravel.class);

	private final PlatformClock clock;

	private final ManagementService management;

	private final Steps steps;

	private final DeadlineWatch warnings;

	private final HolderWatch holders;

	private final Duties duties;

	private final JobExecutor jobs;

	TimeTravel(PlatformClock clock, ProcessEngine engine, Steps steps, DeadlineWatch warnings, HolderWatch holders,
			Duties duties) {
		this.clock = clock;
		this.management = engine.getManagementService();
		this.jobs = ((ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration()).getJobExecutor();
		this.steps = steps;
		this.warnings = warnings;
		this.holders = holders;
		this.duties = duties;
		clock.onOffsetChanged((offset) -> ClockUtil.offset(offset.toMillis()));
	}

	/**
	 * Moves the platform's time forward.
	 * @param target where to
	 * @return how many timers fired on the way
	 * @throws gridcase.clock.ClockRefused if the clock may not be moved, or not backwards
	 */
	public synchronized int moveTo(Instant target) {
		if (!this.clock.rehearsal() || target.isBefore(this.clock.now().minusSeconds(1))) {
			// says why not
			this.clock.moveTo(target);
		}
		int fired = 0;
		for (Job job = next(target); job != null; job = next(target)) {
			Instant due = job.getDuedate().toInstant();
			if (due.isAfter(this.clock.now())) {
				passUntil(due);
				advance(due);
			}
			this.steps.attempt(job.getId());
			fired++;
		}
		passUntil(target);
		advance(target);
		this.warnings.warnDue();
		this.holders.sweep();
		return fired;
	}

	/**
	 * Does work during which nobody but {@link #moveTo} fires timers and gives warnings,
	 * so that a story told twice goes the same way.
	 */
	public void alone(Runnable work) {
		boolean firing = this.jobs != null && this.jobs.isActive();
		boolean warning = this.warnings.isRunning();
		boolean watching = this.holders.isRunning();
		if (firing) {
			this.jobs.shutdown();
		}
		this.warnings.stop();
		this.holders.stop();
		try {
			work.run();
		}
		finally {
			if (firing) {
				this.jobs.start();
			}
			if (warning) {
				this.warnings.start();
			}
			if (watching) {
				this.holders.start();
			}
		}
	}

	/**
	 * Moves the clock unless the moment has come by itself: the clock runs on while we
	 * work.
	 */
	private void advance(Instant moment) {
		try {
			if (moment.isAfter(this.clock.now())) {
				this.clock.moveTo(moment);
			}
		}
		catch (ClockRefused passed) {
			log.debug("{} has come by itself", moment, passed);
		}
	}

	private Job next(Instant target) {
		List<Job> due = this.management.createJobQuery()
			.timers()
			.withRetriesLeft()
			.active()
			.duedateLowerThan(Date.from(target.plusMillis(1)))
			.orderByJobDuedate()
			.asc()
			.listPage(0, 1);
		return due.isEmpty() ? null : due.get(0);
	}

	private void passUntil(Instant until) {
		for (Instant next = nextChange(until); next != null; next = nextChange(until)) {
			warnUntil(next);
			advance(next);
			this.holders.sweep();
		}
		warnUntil(until);
	}

	/** When other people come on duty, or null when not before. */
	private Instant nextChange(Instant until) {
		return this.duties.nextChange(this.clock.now()).filter((next) -> !next.isAfter(until)).orElse(null);
	}

	private void warnUntil(Instant until) {
		for (Instant next = nextWarning(until); next != null; next = nextWarning(until)) {
			advance(next);
			if (this.warnings.warnDue() == 0) {
				return;
			}
		}
	}

	private Instant nextWarning(Instant until) {
		return this.warnings.nextWarning().filter((next) -> !next.isAfter(until)).orElse(null);
	}

}
