package gridcase.evidence;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import gridcase.clock.PlatformClock;
import gridcase.evidence.CaseContents.Decision;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes the root of each day: of every chain that has grown since the last root, of new
 * files, releases, rows of the access log and deletions, signed, with the hash of the
 * root before. A day without anything new has a root as well, so that a missing one
 * shows.
 */
@Component
public class DailyRoots {

	private static final Logger log = LoggerFactory.getLogger(DailyRoots.class);

	/** A transaction may have been open over midnight, though never this long. */
	private static final Duration LATE = Duration.ofDays(3);

	private static final int BATCH = 500;

	private static final int LOG_ROWS = 500;

	private static final JsonMapper JSON = JsonMapper.builder()
		.findAndAddModules()
		.disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
		.enable(SerializationFeature.INDENT_OUTPUT)
		.build();

	private final Roots roots;

	private final StoredRows rows;

	private final SigningKeys keys;

	private final EvidenceSettings settings;

	private final PlatformClock clock;

	private final JdbcTemplate jdbc;

	private final TransactionTemplate snapshot;

	DailyRoots(Roots roots, StoredRows rows, SigningKeys keys, EvidenceSettings settings, PlatformClock clock,
			JdbcTemplate jdbc, PlatformTransactionManager transactions) {
		this.roots = roots;
		this.rows = rows;
		this.keys = keys;
		this.settings = settings;
		this.clock = clock;
		this.jdbc = jdbc;
		this.snapshot = new TransactionTemplate(transactions);
		this.snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
		this.snapshot.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
	}

	/**
	 * Takes the roots of all days that have passed and have none.
	 * @return how many were taken here
	 */
	public int catchUp() {
		int taken = 0;
		while (due().isPresent()) {
			Optional<SignedRoot> root = takeNext();
			if (root.isEmpty()) {
				// another server is at it
				return taken;
			}
			taken++;
		}
		return taken;
	}

	/** The day whose root is to be taken now. */
	private Optional<LocalDate> due() {
		LocalDate next = this.roots.last().map((root) -> root.day().plusDays(1)).orElseGet(this::yesterday);
		return Optional.of(next).filter((day) -> !day.isAfter(yesterday()));
	}

	/** The last day that is over, and has been for a little while. */
	private LocalDate yesterday() {
		return LocalDate.ofInstant(this.clock.now().minus(this.settings.after()), this.clock.zone()).minusDays(1);
	}

	private Optional<SignedRoot> takeNext() {
		try {
			Optional<SignedRoot> root = this.snapshot.execute((status) -> Boolean.TRUE.equals(this.jdbc
				.queryForObject("select pg_try_advisory_xact_lock(hashtext('gridcase daily root'))", Boolean.class))
						? due().map(this::take) : Optional.empty());
			root.ifPresent((taken) -> {
				log.info("Daily root {} of {}: {} ({} leaves, key {})", taken.no(), taken.day(), taken.root(),
						taken.leaves(), taken.keyId());
				copy(taken);
			});
			return root;
		}
		catch (DuplicateKeyException ex) {
			log.debug("Another server has taken the root", ex);
			return Optional.empty();
		}
	}

	private SignedRoot take(LocalDate day) {
		Optional<SignedRoot> before = this.roots.last();
		long no = before.map(SignedRoot::no).orElse(0L) + 1;
		Instant end = end(day);
		Instant since = before.map((root) -> end(root.day()).minus(LATE)).orElse(Instant.EPOCH);
		Tree tree = new Tree(no);
		// once a month everything is looked at, however late it came
		cases((day.getDayOfMonth() == 1) ? Instant.EPOCH : since, end, tree);
		this.rows.files(since, end, (row) -> tree
			.add(new Leaf(Leaf.FILE, row.getString(1), null, row.getBytes(3), null, null, row.getString(2))));
		this.rows.releases(end).forEach(tree::add);
		accessLog(end, tree);
		this.rows.removed(end).forEach(tree::add);
		tree.flush();
		RootStatement statement = new RootStatement(no, day, this.clock.now().truncatedTo(ChronoUnit.MICROS),
				tree.merkle.count(), tree.merkle.root(),
				before.map((root) -> RootStatement.hash(root.statement())).orElse(Digests.START), this.keys.keyId());
		String text = statement.text();
		SignedRoot root = new SignedRoot(no, day, statement.takenAt(), statement.leaves(),
				Digests.hex(statement.root()), statement.keyId(), text,
				Base64.getEncoder().encodeToString(this.keys.sign(text.getBytes(StandardCharsets.UTF_8))));
		this.roots.add(root);
		return root;
	}

	private Instant end(LocalDate day) {
		return day.plusDays(1).atStartOfDay(this.clock.zone()).toInstant();
	}

	private void cases(Instant since, Instant end, Tree tree) {
		List<Leaf> batch = new ArrayList<>();
		this.rows.changed(since, end, (row) -> {
			batch.add(new Leaf(Leaf.CASE, row.getString(1), row.getLong(2), row.getBytes(3), null, null, null));
			if (batch.size() == BATCH) {
				withDecisions(batch, end, tree);
			}
		});
		withDecisions(batch, end, tree);
	}

	private void withDecisions(List<Leaf> batch, Instant end, Tree tree) {
		Map<String, List<Decision>> all = this.rows.decisions(batch.stream().map(Leaf::subject).toList());
		for (Leaf leaf : batch) {
			List<Decision> decisions = all.getOrDefault(leaf.subject(), List.of());
			int count = decisions.size();
			while (count > 0 && !decisions.get(count - 1).at().isBefore(end)) {
				count--;
			}
			byte[] hash = Digests.START;
			for (int i = 0; i < count; i++) {
				hash = decisions.get(i).hash(hash, leaf.subject(), i + 1);
			}
			tree.add(new Leaf(Leaf.CASE, leaf.subject(), leaf.seq(), leaf.hash(), (long) count, hash, null));
		}
		batch.clear();
	}

	private void accessLog(Instant end, Tree tree) {
		long last = this.rows.lastLogged(end);
		long signed = this.rows.lastSignedLog();
		List<Long> ids = this.rows.logRows(signed, last, LOG_ROWS);
		while (!ids.isEmpty()) {
			long first = signed + 1;
			signed = ids.get(ids.size() - 1);
			tree.add(new Leaf(Leaf.LOG, "access_log", first, this.rows.log(first, signed), signed, null, null));
			ids = this.rows.logRows(signed, last, LOG_ROWS);
		}
	}

	/** The tree of a day while it grows; leaves are written as they come. */
	private final class Tree {

		private final long no;

		private final Merkle merkle = new Merkle();

		private final List<Roots.Placed> unwritten = new ArrayList<>();

		Tree(long no) {
			this.no = no;
		}

		void add(Leaf leaf) {
			this.unwritten.add(new Roots.Placed(this.no, this.merkle.count(), leaf));
			this.merkle.add(leaf.merkleHash());
			if (this.unwritten.size() == BATCH) {
				flush();
			}
		}

		void flush() {
			if (!this.unwritten.isEmpty()) {
				DailyRoots.this.roots.add(this.unwritten);
				this.unwritten.clear();
			}
		}

	}

	// --- copies outside the database ---

	/** Where the copy of a root is, if copies are kept. */
	Optional<Path> copyOf(SignedRoot root) {
		return Optional.ofNullable(this.settings.rootsFolder())
			.map((folder) -> folder.resolve("root-%06d-%s.json".formatted(root.no(), root.day())));
	}

	/** A root whose copy cannot be written is there all the same, and said to lack it. */
	private void copy(SignedRoot root) {
		copyOf(root).ifPresent((file) -> {
			try {
				Files.createDirectories(file.getParent());
				Path part = file.resolveSibling(file.getFileName() + ".part");
				Files.write(part, JSON.writeValueAsBytes(root));
				Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
			}
			catch (IOException ex) {
				log.error("Daily root {} could not be copied to {}; export it by hand", root.no(), file, ex);
			}
		});
	}

	/** The copies there are, by number. */
	Map<Long, SignedRoot> copies() {
		Path folder = this.settings.rootsFolder();
		Map<Long, SignedRoot> copies = new java.util.TreeMap<>();
		if (folder == null || !Files.isDirectory(folder)) {
			return copies;
		}
		try (java.util.stream.Stream<Path> files = Files.list(folder)) {
			for (Path file : files.filter((each) -> each.getFileName().toString().matches("root-\\d+-.*\\.json"))
				.toList()) {
				SignedRoot root = JSON.readValue(Files.readAllBytes(file), SignedRoot.class);
				copies.put(root.no(), root);
			}
			return copies;
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The copies of daily roots cannot be read: " + folder, ex);
		}
	}

}
