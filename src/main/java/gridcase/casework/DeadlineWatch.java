package gridcase.casework;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import gridcase.casework.process.Audience;
import gridcase.clock.PlatformClock;
import gridcase.policy.Releases;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Gives the warnings that are due (预警). They move nothing in a process, so they are no
 * engine timers: any node takes a batch of due rows that no other node has locked.
 */
@Component
public class DeadlineWatch implements SmartLifecycle {

	private static final Logger log = LoggerFactory.getLogger(DeadlineWatch.class);

	private static final int BATCH = 50;

	private final JdbcTemplate jdbc;

	private final DeadlinePlans plans;

	private final CaseRecords records;

	private final Audience audience;

	private final Releases releases;

	private final PlatformClock clock;

	private final TransactionTemplate transaction;

	private final boolean enabled;

	private ThreadPoolTaskScheduler scheduler;

	DeadlineWatch(JdbcTemplate jdbc, DeadlinePlans plans, CaseRecords records, Audience audience, Releases releases,
			PlatformClock clock, PlatformTransactionManager transactions,
			@Value("${camunda.bpm.job-execution.enabled:true}") boolean enabled) {
		this.jdbc = jdbc;
		this.plans = plans;
		this.records = records;
		this.audience = audience;
		this.releases = releases;
		this.clock = clock;
		this.transaction = new TransactionTemplate(transactions);
		this.enabled = enabled;
	}

	/**
	 * Gives all warnings that are due now, after what releases have changed until now.
	 * @return how many warnings and releases
	 */
	public int warnDue() {
		int warned = this.releases.takeEffect();
		Integer batch;
		do {
			batch = this.transaction.execute((status) -> warnBatch());
			warned += batch;
		}
		while (batch > 0);
		return warned;
	}

	private int warnBatch() {
		Instant now = this.clock.now();
		List<String> cases = this.jdbc.queryForList(
				"select c.case_no from case_file c where c.case_no in (select d.case_no from deadline d where d.warned_at is null "
						+ "and d.done_at is null and d.paused_at is null and d.warn_at <= ? order by d.warn_at limit ?) for update of c skip locked",
				String.class, Timestamp.from(now), BATCH);
		int warned = 0;
		for (String caseNo : cases) {
			CaseRecord record = this.records.open(caseNo);
			for (Deadline deadline : record.openDeadlines()) {
				if (deadline.warnedAt() == null && deadline.pausedAt() == null && !deadline.warnAt().isAfter(now)) {
					record.warn(deadline);
					this.audience.tell(record, "WARNED",
							Map.of("stage", deadline.stage(), "due", deadline.dueAt().toString()));
					warned++;
				}
			}
		}
		return warned;
	}

	/** When the next warning is due or release takes effect, or empty if none does. */
	public Optional<Instant> nextWarning() {
		Timestamp next = this.jdbc.queryForObject(
				"select min(warn_at) from deadline where warned_at is null and done_at is null and paused_at is null",
				Timestamp.class);
		return Stream.of(Optional.ofNullable(next).map(Timestamp::toInstant), this.releases.nextEffect())
			.flatMap(Optional::stream)
			.min(Comparator.naturalOrder());
	}

	@Override
	public void start() {
		if (!this.enabled) {
			return;
		}
		this.scheduler = new ThreadPoolTaskScheduler();
		this.scheduler.setThreadNamePrefix("warnings-");
		this.scheduler.setErrorHandler(
				(failure) -> log.error("Warnings or plans of deadlines failed; tried again in a second", failure));
		this.scheduler.initialize();
		this.scheduler.scheduleWithFixedDelay(this::warnDue, Duration.ofSeconds(1));
		this.scheduler.scheduleWithFixedDelay(this.plans::replanAll, Duration.ofSeconds(1));
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
