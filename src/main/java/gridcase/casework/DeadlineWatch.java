package gridcase.casework;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import gridcase.casework.process.Audience;
import gridcase.clock.PlatformClock;
import gridcase.policy.Releases;
import gridcase.shared.Acting;
import gridcase.shared.BackgroundWork;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Gives the warnings that are due (预警). They move nothing in a process, so they are no
 * engine timers: any node takes a batch of due rows that no other node has locked.
 */
@Component
public class DeadlineWatch extends BackgroundWork {

	private static final Logger log = LoggerFactory.getLogger(DeadlineWatch.class);

	private static final int BATCH = 100;

	private static final Executor HELPER = (work) -> new Thread(work, "warnings-helper").start();

	private final JdbcTemplate jdbc;

	private final DeadlinePlans plans;

	private final CaseRecords records;

	private final Audience audience;

	private final Releases releases;

	private final PlatformClock clock;

	private final TransactionTemplate transaction;

	private final int threads;

	DeadlineWatch(JdbcTemplate jdbc, DeadlinePlans plans, CaseRecords records, Audience audience, Releases releases,
			PlatformClock clock, PlatformTransactionManager transactions,
			@Value("${gridcase.warnings.threads}") int threads,
			@Value("${camunda.bpm.job-execution.enabled:true}") boolean enabled) {
		super("warnings", "Warnings or plans of deadlines failed; tried again in a second", enabled);
		this.jdbc = jdbc;
		this.plans = plans;
		this.records = records;
		this.audience = audience;
		this.releases = releases;
		this.clock = clock;
		this.transaction = new TransactionTemplate(transactions);
		this.threads = threads;
	}

	/**
	 * Gives all warnings that are due now, after what releases have changed until now.
	 * Many at once are given by several threads, each batch of cases in a transaction of
	 * its own. A case whose warning cannot be given holds up no other.
	 * @return how many warnings and releases
	 * @throws RuntimeException why the first such case could not be warned about, after
	 * all others were
	 */
	public int warnDue() {
		int released = this.releases.takeEffect();
		Round round = new Round();
		// mostly the first batch is the only one
		if (round.batch() == BATCH) {
			String actor = Acting.current();
			List<CompletableFuture<Void>> helpers = IntStream.range(1, this.threads)
				.mapToObj((number) -> CompletableFuture.runAsync(() -> Acting.as(actor, round::toTheEnd), HELPER))
				.toList();
			round.toTheEnd();
			helpers.forEach(CompletableFuture::join);
		}
		return released + round.result();
	}

	/** One look at what is due, by one or more threads. */
	private final class Round {

		private final AtomicInteger warned = new AtomicInteger();

		private final Map<String, RuntimeException> failed = new ConcurrentHashMap<>();

		/** Until nothing is left that nobody else has. */
		Void toTheEnd() {
			while (batch() > 0) {
				log.debug("{} warnings given", this.warned);
			}
			return null;
		}

		/**
		 * Takes what is due first, case by case if one of them cannot be warned about.
		 * @return how many deadlines were taken
		 */
		int batch() {
			List<String> taken = new ArrayList<>();
			try {
				this.warned.addAndGet(DeadlineWatch.this.transaction.execute((status) -> {
					Instant now = DeadlineWatch.this.clock.now().truncatedTo(ChronoUnit.MICROS);
					taken.addAll(take(now, this.failed.keySet()));
					return warn(DeadlineWatch.this.records.openLocked(new LinkedHashSet<>(taken)), now);
				}));
			}
			catch (RuntimeException ex) {
				if (taken.isEmpty()) {
					throw ex;
				}
				taken.stream().distinct().forEach(this::alone);
			}
			return taken.size();
		}

		private void alone(String caseNo) {
			try {
				this.warned.addAndGet(DeadlineWatch.this.transaction.execute((status) -> {
					CaseRecord record = DeadlineWatch.this.records.open(caseNo);
					return warn(List.of(record), record.now());
				}));
			}
			catch (RuntimeException ex) {
				log.error("No warning could be given for case {}", caseNo, ex);
				this.failed.put(caseNo, ex);
			}
		}

		int result() {
			this.failed.values().stream().findFirst().ifPresent((failure) -> {
				throw failure;
			});
			return this.warned.get();
		}

	}

	/** Locks cases with due warnings that no other node or person works on. */
	private List<String> take(Instant now, Set<String> without) {
		return this.jdbc.queryForList(
				"select d.case_no from deadline d join case_file c on c.case_no = d.case_no "
						+ "where d.warned_at is null and d.done_at is null and d.paused_at is null and d.warn_at <= ? "
						+ "and d.case_no <> all (?) order by d.warn_at limit ? for update of c skip locked",
				String.class, Timestamp.from(now), without.toArray(String[]::new), BATCH);
	}

	private int warn(List<CaseRecord> cases, Instant now) {
		int warned = 0;
		for (CaseRecord record : cases) {
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
	protected void prepare(ThreadPoolTaskScheduler fresh) {
		// a changed calendar may move a million deadlines; warnings do not wait for that
		fresh.setPoolSize(2);
	}

	@Override
	protected void schedule(TaskScheduler scheduler) {
		scheduler.scheduleWithFixedDelay(this::warnDue, Duration.ofSeconds(1));
		scheduler.scheduleWithFixedDelay(this.plans::replanAll, Duration.ofSeconds(1));
	}

}
