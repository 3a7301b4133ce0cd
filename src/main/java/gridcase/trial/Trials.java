package gridcase.trial;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

import gridcase.casework.LimitAnswer;
import gridcase.casework.PastDeadlines;
import gridcase.clock.PlatformClock;
import gridcase.clock.WorkingCalendars;
import gridcase.policy.ReleasedRules;
import gridcase.policy.RuleType;
import gridcase.policy.TableFiles;
import gridcase.shared.FieldProblem;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Tries changed tables on past decisions (回放试算), one trial after the other, in the
 * background. The server that took an order up carries it out; one that dies leaves it
 * broken.
 */
@Component
public class Trials implements SmartLifecycle {

	private static final Logger log = LoggerFactory.getLogger(Trials.class);

	private final TrialStore store;

	private final PastQuestions questions;

	private final PastDeadlines deadlines;

	private final WorkingCalendars calendars;

	private final ReleasedRules rules;

	private final TableFiles files;

	private final JdbcTemplate jdbc;

	private final PlatformClock clock;

	private final double share;

	private final Map<Long, Going> here = new ConcurrentHashMap<>();

	private volatile ExecutorService worker;

	Trials(TrialStore store, PastQuestions questions, PastDeadlines deadlines, WorkingCalendars calendars,
			ReleasedRules rules, TableFiles files, JdbcTemplate jdbc, PlatformClock clock,
			@Value("${gridcase.trial.share:0.3}") double share) {
		if (share <= 0 || share > 1) {
			throw new IllegalArgumentException("gridcase.trial.share is more than 0 and at most 1, not " + share);
		}
		this.store = store;
		this.questions = questions;
		this.deadlines = deadlines;
		this.calendars = calendars;
		this.rules = rules;
		this.files = files;
		this.jdbc = jdbc;
		this.clock = clock;
		this.share = share;
	}

	/**
	 * Orders a trial.
	 * @param order what is to be tried
	 * @return its number
	 * @throws Refusal if the period is empty or the table is not among the files
	 * @throws gridcase.policy.ReleaseRefused if a table cannot be asked
	 */
	public long start(TrialOrder order) {
		Instant now = this.clock.now().truncatedTo(ChronoUnit.MICROS);
		if (!order.from().isBefore(order.to())) {
			throw invalid("to", Texts.of("trial", "trial.period.empty"));
		}
		if (order.from().isAfter(now)) {
			throw invalid("from", Texts.of("trial", "trial.period.future"));
		}
		Map<String, byte[]> tried = tables(order.files());
		ChangedTables tables = new ChangedTables(order.place(), tried, this.rules, this.files, now);
		if (!tables.keys().contains(order.table())) {
			throw invalid("table", Texts.of("trial", "trial.table.missing", order.table(), tables.keys()));
		}
		TrialOrder kept = new TrialOrder(order.draftId(), order.place(), order.table(), tried, order.from(), order.to(),
				order.by());
		long id = this.store.add(kept, hash(tried));
		Going going = new Going(new CompletableFuture<>(), new AtomicBoolean());
		this.here.put(id, going);
		this.worker.execute(() -> carryOut(id, kept, tables, now, going));
		return id;
	}

	/** A trial of this server: its end, and whether somebody here wants it to stop. */
	private record Going(CompletableFuture<Void> end, AtomicBoolean stopped) {

	}

	private static Refusal invalid(String field, String message) {
		return Refusal.invalid(List.of(new FieldProblem(field, Texts.of("trial", "trial.field." + field), message)));
	}

	private void carryOut(long id, TrialOrder order, ChangedTables tables, Instant now, Going going) {
		Consequences consequences = new Consequences(order.table(), this.deadlines, this.calendars, this.jdbc, tables,
				now);
		TrialRun run = new TrialRun(id, this.questions,
				new PastQuestions.Period(order.table(), order.place(), order.from(), order.to(), this.questions.last()),
				tables, consequences, this.store, this.share, going.stopped()::get);
		try {
			if (this.store.beat(id) || going.stopped().get()) {
				this.store.end(id, TrialState.STOPPED, null, run.tally(), 0);
			}
			else {
				run.run();
			}
		}
		catch (InterruptedException ex) {
			this.store.end(id, TrialState.BROKEN, Texts.own("trial", "trial.broken.ended"));
			Thread.currentThread().interrupt();
		}
		catch (RuntimeException ex) {
			log.error("Trial {} of {} broke", id, order.table(), ex);
			this.store.end(id, TrialState.BROKEN, String.valueOf(ex.getMessage()));
		}
		finally {
			this.here.remove(id);
			going.end().complete(null);
		}
	}

	/** The tables among some files. */
	private static Map<String, byte[]> tables(Map<String, byte[]> files) {
		Map<String, byte[]> tables = new TreeMap<>();
		files.forEach((name, content) -> {
			if (RuleType.ofFile(name).filter(RuleType.TABLE::equals).isPresent()) {
				tables.put(name, content);
			}
		});
		return tables;
	}

	/**
	 * Hash of the tables among some files: a trial of other ones has been overtaken.
	 * @param files content by file name
	 */
	public static String hash(Map<String, byte[]> files) {
		try {
			MessageDigest digest = MessageDigest.getInstance("SHA-256");
			tables(files).forEach((name, content) -> {
				digest.update((name + "\n" + content.length + "\n").getBytes(StandardCharsets.UTF_8));
				digest.update(content);
			});
			return HexFormat.of().formatHex(digest.digest());
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** A trial, if there is one of that number. */
	public Optional<Trial> find(long id) {
		return this.store.find(id);
	}

	/**
	 * A trial.
	 * @throws Refusal if there is none of that number
	 */
	public Trial get(long id) {
		return find(id).orElseThrow(() -> Refusal.notFound(Texts.of("trial", "trial.none", id)));
	}

	/** Trials of a draft, the latest first. */
	public List<Trial> ofDraft(long draftId) {
		return this.store.ofDraft(draftId);
	}

	/**
	 * The latest whole trial of each table as it is in a draft: what a review is shown.
	 * @param draftId the draft
	 * @param files its files as they are now; trials of other contents do not count
	 * @return at most one for each table, the latest first
	 */
	public List<Trial> attached(long draftId, Map<String, byte[]> files) {
		String hash = hash(files);
		Map<String, Trial> latest = new TreeMap<>();
		ofDraft(draftId).stream()
			.filter((trial) -> trial.state() == TrialState.DONE && trial.contentHash().equals(hash))
			.forEach((trial) -> latest.putIfAbsent(trial.table(), trial));
		return latest.values().stream().sorted((one, other) -> Long.compare(other.id(), one.id())).toList();
	}

	/** What was changed alike, failing decisions first, then the most frequent. */
	public List<TrialGroup> groups(long id) {
		return this.store.groups(id);
	}

	/**
	 * Decisions of a group.
	 * @param id number of the trial
	 * @param group number of the group
	 * @param newly whether only those whose limit would have been breached and was not
	 * @param offset how many to pass over
	 * @param size how many at most
	 */
	public List<TrialCase> cases(long id, int group, boolean newly, int offset, int size) {
		return this.store.cases(id, group, newly, offset, size);
	}

	/** Consequences by unit, the most breaches first. */
	public List<TrialSum> units(long id) {
		return this.store.sums(id, "UNIT");
	}

	/** Consequences by category, the most breaches first. */
	public List<TrialSum> categories(long id) {
		return this.store.sums(id, "CATEGORY");
	}

	/** The tables as they were tried, by file name. */
	public Map<String, byte[]> files(long id) {
		return this.store.files(id);
	}

	/**
	 * Whether a table sets limits, so that trials of it tell what becomes of deadlines.
	 */
	public static boolean ofLimits(String table) {
		return table.startsWith(LimitAnswer.TABLE);
	}

	/**
	 * Whether a trial of another table covers this one: that of limits, which refers to
	 * it.
	 * @param table key of the table
	 * @param keys keys of the tables that are changed together
	 */
	public static boolean triedWith(String table, Collection<String> keys) {
		return table.startsWith(LimitAnswer.TABLE + "-") && keys.contains(LimitAnswer.TABLE);
	}

	/** Stops a trial; one that has ended stays as it is. */
	public void stop(long id) {
		get(id);
		this.store.stop(id);
		Going going = this.here.get(id);
		if (going != null) {
			going.stopped().set(true);
		}
	}

	/** Waits for the end of a trial of this server; at once for any other. */
	public void await(long id) {
		Going going = this.here.get(id);
		if (going != null) {
			going.end().join();
		}
	}

	/**
	 * Tells that this server still has its trials, and declares those of servers that
	 * died broken.
	 * @return how many are broken
	 */
	int look() {
		this.here.keySet().forEach(this.store::beat);
		int broken = 0;
		for (long id : this.store.silent()) {
			if (!this.here.containsKey(id)
					&& this.store.end(id, TrialState.BROKEN, Texts.own("trial", "trial.broken.server"))) {
				log.warn("Trial {} was left by a server that died", id);
				broken++;
			}
		}
		return broken;
	}

	@Override
	public void start() {
		this.worker = Executors.newSingleThreadExecutor((work) -> {
			Thread thread = new Thread(work, "trials");
			thread.setDaemon(true);
			thread.setPriority(Thread.MIN_PRIORITY);
			return thread;
		});
	}

	@Override
	public void stop() {
		List<Runnable> waiting = this.worker.shutdownNow();
		// what runs ends by its interrupt, what waits never began
		if (!waiting.isEmpty()) {
			log.info("{} trials had not begun", waiting.size());
		}
		try {
			this.worker.awaitTermination(10, java.util.concurrent.TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		this.here.keySet().forEach((id) -> {
			this.store.end(id, TrialState.BROKEN, Texts.own("trial", "trial.broken.ended"));
			this.here.remove(id).end().complete(null);
		});
		this.worker = null;
	}

	@Override
	public boolean isRunning() {
		return this.worker != null;
	}

	/** Before the doors open and after they have closed. */
	@Override
	public int getPhase() {
		return 0;
	}

}
