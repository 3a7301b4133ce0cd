package gridcase.evidence;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import gridcase.clock.PlatformClock;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Checks what is stored against its chains and the signed roots: a case, a period or all.
 * Reads only; cases are read some at a time, so that memory does not grow with them.
 */
@Component
public class Integrity {

	private static final int BATCH = 200;

	private final Roots roots;

	private final DailyRoots daily;

	private final StoredRows rows;

	private final SigningKeys keys;

	private final PlatformClock clock;

	private final JdbcTemplate jdbc;

	private final TransactionTemplate snapshot;

	private final int threads;

	Integrity(Roots roots, DailyRoots daily, StoredRows rows, SigningKeys keys, PlatformClock clock, JdbcTemplate jdbc,
			PlatformTransactionManager transactions, @Value("${gridcase.evidence.threads:2}") int threads) {
		this.roots = roots;
		this.daily = daily;
		this.rows = rows;
		this.keys = keys;
		this.clock = clock;
		this.jdbc = jdbc;
		this.snapshot = new TransactionTemplate(transactions);
		this.snapshot.setReadOnly(true);
		this.snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
		this.threads = threads;
	}

	/**
	 * What is to be checked.
	 *
	 * @param place cases of that place only, or null
	 * @param from cases reported from that day on, and roots from then on, or null
	 * @param to until that day, or null
	 */
	public record Scope(String place, LocalDate from, LocalDate to) {

		/** Everything there is. */
		public static Scope all() {
			return new Scope(null, null, null);
		}

		boolean everything() {
			return this.place == null && this.from == null && this.to == null;
		}

	}

	/** How far a check is; counts may be read while it runs. */
	public static final class Progress {

		final AtomicLong total = new AtomicLong();

		final AtomicLong cases = new AtomicLong();

		final AtomicLong events = new AtomicLong();

		final AtomicLong roots = new AtomicLong();

		public long cases() {
			return this.cases.get();
		}

		public long events() {
			return this.events.get();
		}

		public long roots() {
			return this.roots.get();
		}

	}

	/**
	 * Checks one case, its files' contents included.
	 * @return what is wrong, in the order of the case's life; nothing if all is well
	 */
	public List<Fault> ofCase(String caseNo) {
		return ofCase(caseNo, new Progress());
	}

	List<Fault> ofCase(String caseNo, Progress progress) {
		List<Fault> faults = new ArrayList<>();
		this.snapshot.executeWithoutResult((status) -> {
			List<SignedRoot> all = this.roots.all();
			Map<Long, Instant> ends = ends(all);
			cases(StoredRows.Which.of(List.of(caseNo)), ends, last(all), progress, faults::add);
			List<Long> named = this.rows.leaves(StoredRows.Which.of(List.of(caseNo)))
				.getOrDefault(caseNo, List.of())
				.stream()
				.map(Roots.Placed::rootNo)
				.distinct()
				.toList();
			all.stream()
				.filter((root) -> named.contains(root.no()))
				.forEach((root) -> RootsCheck.root(root, this.keys::find, faults::add));
			files("and l.detail = ?", true, faults::add, caseNo);
		});
		return faults;
	}

	/**
	 * Checks.
	 * @param scope what
	 * @param progress told how far it is
	 * @param faults told what is wrong, from several threads at a time
	 * @throws InterruptedException if the thread is interrupted
	 */
	public void check(Scope scope, Progress progress, Consumer<Fault> faults) throws InterruptedException {
		List<SignedRoot> all = this.roots.all();
		roots(all, scope, progress, faults);
		Map<Long, Instant> ends = ends(all);
		long last = last(all);
		ExecutorService workers = Executors.newFixedThreadPool(this.threads);
		try {
			List<Future<?>> running = new ArrayList<>();
			Consumer<StoredRows.Which> batch = (which) -> running.add(workers.submit(
					() -> this.snapshot.executeWithoutResult((status) -> cases(which, ends, last, progress, faults))));
			if (scope.everything()) {
				progress.total.set(this.jdbc.queryForObject("select count(*) from case_file", Long.class));
				everything(batch, running);
			}
			else {
				some(scope, progress, batch);
			}
			await(running, 0);
		}
		finally {
			workers.shutdownNow();
		}
	}

	private void everything(Consumer<StoredRows.Which> batch, List<Future<?>> running) throws InterruptedException {
		String after = "";
		for (String until = next(after); until != null; until = next(after)) {
			batch.accept(StoredRows.Which.range(after, until));
			after = until;
			await(running, this.threads * 4);
		}
		// and whatever stands behind the last case that has a file
		batch.accept(StoredRows.Which.range(after, null));
	}

	private String next(String after) {
		List<String> found = this.jdbc.queryForList(
				"select case_no from case_file where case_no > ? order by case_no offset ? limit 1", String.class,
				after, BATCH - 1);
		return found.isEmpty() ? null : found.get(0);
	}

	private void some(Scope scope, Progress progress, Consumer<StoredRows.Which> batch) {
		List<String> numbers = this.jdbc.queryForList(
				"""
						select case_no from case_file where (?::text is null or place = ?) and reported_at >= ? and reported_at < ?
						union
						select l.subject from evidence_leaf l join evidence_root r on r.no = l.root_no
						left join case_file c on c.case_no = l.subject
						where l.kind = 'CASE' and r.day between ? and ? and (?::text is null or c.place is null or c.place = ?)
						order by 1""",
				String.class, scope.place(), scope.place(), at(first(scope)), at(lastDay(scope).plusDays(1)),
				first(scope), lastDay(scope), scope.place(), scope.place());
		progress.total.set(numbers.size());
		for (int i = 0; i < numbers.size(); i += BATCH) {
			batch.accept(StoredRows.Which.of(numbers.subList(i, Math.min(numbers.size(), i + BATCH))));
		}
	}

	private static LocalDate first(Scope scope) {
		return (scope.from() != null) ? scope.from() : LocalDate.of(1970, 1, 1);
	}

	private static LocalDate lastDay(Scope scope) {
		return (scope.to() != null) ? scope.to() : LocalDate.of(9999, 1, 1);
	}

	private java.sql.Timestamp at(LocalDate day) {
		return java.sql.Timestamp.from(day.atStartOfDay(this.clock.zone()).toInstant());
	}

	/** Waits until no more than so many are left. */
	private static void await(List<Future<?>> running, int most) throws InterruptedException {
		while (running.size() > most) {
			try {
				running.remove(0).get();
			}
			catch (ExecutionException ex) {
				throw (ex.getCause() instanceof RuntimeException cause) ? cause
						: new IllegalStateException(ex.getCause());
			}
		}
	}

	private void cases(StoredRows.Which which, Map<Long, Instant> ends, long last, Progress progress,
			Consumer<Fault> faults) {
		Map<String, CaseContents> stored = new TreeMap<>(this.rows.contents(which));
		Map<String, List<Roots.Placed>> leaves = this.rows.leaves(which);
		Map<String, Leaf> tombstones = new HashMap<>();
		this.rows.tombstones(which).forEach((leaf) -> tombstones.put(leaf.subject(), leaf));
		leaves.keySet()
			.forEach((caseNo) -> stored.computeIfAbsent(caseNo,
					(number) -> new CaseContents(number, null, List.of(), List.of(), List.of(), List.of())));
		stored.values().forEach((contents) -> {
			new CaseCheck(contents, leaves.getOrDefault(contents.caseNo(), List.of()),
					tombstones.get(contents.caseNo()), ends::get, last, faults)
				.run();
			progress.events.addAndGet(contents.events().size());
		});
		progress.cases.addAndGet(stored.size());
	}

	private Map<Long, Instant> ends(List<SignedRoot> all) {
		Map<Long, Instant> ends = new HashMap<>();
		for (SignedRoot root : all) {
			ends.put(root.no(), root.day().plusDays(1).atStartOfDay(this.clock.zone()).toInstant());
		}
		// a missing root knows what the one before it knows
		for (long no = 1; no <= last(all); no++) {
			ends.putIfAbsent(no, ends.getOrDefault(no - 1, Instant.EPOCH));
		}
		return ends;
	}

	private static long last(List<SignedRoot> all) {
		return all.isEmpty() ? 0 : all.get(all.size() - 1).no();
	}

	// --- roots and what stands beside the cases ---

	private void roots(List<SignedRoot> all, Scope scope, Progress progress, Consumer<Fault> faults) {
		RootsCheck.row(all, faults);
		copies(all, faults);
		for (SignedRoot root : all) {
			RootsCheck.root(root, this.keys::find, faults);
			if (!root.day().isBefore(first(scope)) && !root.day().isAfter(lastDay(scope))) {
				this.snapshot.executeWithoutResult((status) -> leaves(root, faults));
				progress.roots.incrementAndGet();
			}
		}
		if (!all.isEmpty()) {
			this.snapshot.executeWithoutResult(
					(status) -> files("and l.root_no in (select no from evidence_root where day between ? and ?)",
							false, faults, first(scope), lastDay(scope)));
		}
	}

	private void copies(List<SignedRoot> all, Consumer<Fault> faults) {
		Map<Long, SignedRoot> stored = new HashMap<>();
		all.forEach((root) -> stored.put(root.no(), root));
		this.daily.copies().forEach((no, copy) -> {
			SignedRoot root = stored.get(no);
			if (root == null) {
				faults.accept(new Fault(FaultKind.ROOT_MISSING, RootsCheck.name(no), null, "copy"));
			}
			else if (!root.equals(copy)) {
				faults.accept(new Fault(FaultKind.ROOT_CHANGED, RootsCheck.name(no), null, "copy"));
			}
		});
	}

	private void leaves(SignedRoot root, Consumer<Fault> faults) {
		Merkle tree = new Merkle();
		this.roots.leaves(root.no(), (placed) -> {
			tree.add(placed.leaf().merkleHash());
			beside(placed, faults);
		});
		if (tree.count() != root.leaves() || !Digests.hex(tree.root()).equals(root.root())) {
			faults.accept(new Fault(FaultKind.LEAVES_CHANGED, RootsCheck.name(root.no()), null,
					tree.count() + ", " + root.leaves()));
		}
	}

	private void beside(Roots.Placed placed, Consumer<Fault> faults) {
		Leaf leaf = placed.leaf();
		switch (leaf.kind()) {
			case Leaf.LOG -> {
				if (!Arrays.equals(this.rows.log(leaf.seq(), leaf.number()), leaf.hash())) {
					faults.accept(new Fault(FaultKind.LOG_CHANGED, leaf.subject(), null,
							leaf.seq() + "-" + leaf.number() + ", root " + placed.rootNo()));
				}
			}
			case Leaf.RULES -> {
				if (!Arrays.equals(this.rows.release(Long.parseLong(leaf.subject())).hash(), leaf.hash())) {
					faults.accept(new Fault(FaultKind.RULES_CHANGED, leaf.subject(), null, "root " + placed.rootNo()));
				}
			}
			case Leaf.REMOVED -> {
				boolean there = this.rows.tombstones(StoredRows.Which.of(Collections.singletonList(leaf.subject())))
					.stream()
					.anyMatch((tombstone) -> tombstone.line().equals(leaf.line()));
				if (!there) {
					faults.accept(new Fault(FaultKind.CASE_MISSING, leaf.subject(), null, "root " + placed.rootNo()));
				}
			}
			default -> {
				// cases and files are looked at by themselves
			}
		}
	}

	/** Files under roots that are gone or not what they were. */
	private void files(String condition, boolean contents, Consumer<Fault> faults, Object... parameters) {
		String differs = contents ? "a.sha256 <> l.hash or sha256(a.content) <> l.hash" : "a.sha256 <> l.hash";
		String unexplained = this.rows.hasTombstones()
				? " and not (a.id is null and exists (select 1 from case_tombstone t where t.case_no = l.detail))" : "";
		this.jdbc.query(
				"select l.detail, l.subject, a.id is null, l.root_no from evidence_leaf l left join attachment a on a.id = l.subject::uuid "
						+ "where l.kind = 'FILE' " + condition
						+ " and (a.id is null or a.case_no is distinct from l.detail or " + differs + ")" + unexplained
						+ " order by l.root_no, l.leaf_no",
				(row) -> {
					faults.accept(new Fault(row.getBoolean(3) ? FaultKind.FILE_MISSING : FaultKind.FILE_CHANGED,
							row.getString(1), null, row.getString(2) + ", root " + row.getLong(4)));
				}, parameters);
	}

}
