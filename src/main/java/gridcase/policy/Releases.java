package gridcase.policy;

import gridcase.shared.Texts;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Brings tables into force. A release is a whole set for one place (or the shared one):
 * all of its tables or none. Of the releases of a place, the one with the latest
 * effective date reached is in force, the later release if two have the same. Nothing
 * released is ever deleted.
 */
@Component
public class Releases {

	private final JdbcTemplate jdbc;

	private final TransactionTemplate transaction;

	private final DecisionEngine engine;

	private final ReleaseBook book;

	private final TableCheck check;

	private final Clock clock;

	Releases(JdbcTemplate jdbc, PlatformTransactionManager transactions, DecisionEngine engine, ReleaseBook book,
			Feel feel, List<TableAudit> audits, Clock clock) {
		this.jdbc = jdbc;
		this.transaction = new TransactionTemplate(transactions);
		this.engine = engine;
		this.book = book;
		this.check = new TableCheck(feel, audits);
		this.clock = clock;
	}

	/**
	 * Releases a whole set: tables of the place that are not among the files are no
	 * longer in force.
	 * @param place place code; null for the shared tables
	 * @param files content by file name, one table per file
	 * @param by sign-in name
	 * @param note what changed, in a sentence
	 * @param effectiveFrom from when it is in force; null for at once
	 * @return the release
	 * @throws TablesRefused with everything that is wrong; nothing is released then
	 */
	public Release release(String place, Map<String, byte[]> files, String by, String note, Instant effectiveFrom) {
		Map<String, byte[]> byKey = this.check.byKey(place, files);
		return this.transaction.execute((status) -> {
			lock();
			return add(place, byKey, by, note, start(effectiveFrom), false);
		});
	}

	/**
	 * Releases changed or new tables together with those of the newest release of the
	 * place, which stay as they are.
	 * @param place place code; null for the shared tables
	 * @param files content of the changed tables by file name
	 * @param by sign-in name
	 * @param note what changed, in a sentence
	 * @param effectiveFrom from when it is in force; null for at once
	 * @return the release
	 * @throws TablesRefused with everything that is wrong; nothing is released then
	 */
	public Release amend(String place, Map<String, byte[]> files, String by, String note, Instant effectiveFrom) {
		Map<String, byte[]> changed = this.check.byKey(place, files);
		return this.transaction.execute((status) -> {
			lock();
			Map<String, byte[]> all = new TreeMap<>();
			newest(place, false).ifPresent((release) -> all.putAll(this.engine.files(release.deploymentId())));
			all.putAll(changed);
			return add(place, all, by, note, start(effectiveFrom), false);
		});
	}

	private Instant start(Instant effectiveFrom) {
		return (effectiveFrom != null) ? effectiveFrom : this.clock.instant();
	}

	/**
	 * Releases the files that came with the program, unless the newest release from files
	 * has the same content. The first release of a place is in force from ever.
	 */
	Optional<Release> releaseFiles(String place, Map<String, byte[]> files, String by) {
		String hash = hash(files);
		return this.transaction.execute((status) -> {
			lock();
			if (newest(place, true).filter((release) -> release.contentHash().equals(hash)).isPresent()) {
				return Optional.empty();
			}
			Map<String, byte[]> byKey = this.check.byKey(place, files);
			Instant from = newest(place, false).isPresent() ? this.clock.instant() : Instant.EPOCH;
			return Optional.of(add(place, byKey, by, Texts.of("policy", "release.fromFiles"), from, true, hash));
		});
	}

	/** One release after the other; also keeps several starting nodes apart. */
	private void lock() {
		this.jdbc.queryForObject("select last_release from policy_release_counter for update", Long.class);
	}

	private Release add(String place, Map<String, byte[]> files, String by, String note, Instant from,
			boolean fromFiles) {
		return add(place, files, by, note, from, fromFiles, hash(files));
	}

	private Release add(String place, Map<String, byte[]> files, String by, String note, Instant from,
			boolean fromFiles, String hash) {
		String deployment = this.engine.deploy((place != null) ? "policy " + place : "policy", place, files);
		Instant now = this.clock.instant();
		Long id = this.jdbc.queryForObject("""
				insert into policy_release
				(place, deployment_id, content_hash, from_files, released_at, effective_from, released_by, note)
				values (?, ?, ?, ?, ?, ?, ?, ?) returning id""", Long.class, place, deployment, hash, fromFiles,
				Timestamp.from(now), Timestamp.from(from), by, note);
		this.jdbc.update("update policy_release_counter set last_release = ?", id);
		this.book.releasedHere();
		return new Release(id, place, deployment, hash, fromFiles, now, from, by, note);
	}

	private Optional<Release> newest(String place, boolean fromFilesOnly) {
		return history(place).stream().filter((release) -> !fromFilesOnly || release.fromFiles()).findFirst();
	}

	/**
	 * Releases of a place, newest first.
	 * @param place place code; null for the shared tables
	 */
	public List<Release> history(String place) {
		return this.jdbc.query("select * from policy_release where place is not distinct from ? order by id desc",
				(row, number) -> ReleaseBook.release(row), place);
	}

	/**
	 * The DMN files of a release.
	 * @param release a release of {@link #history(String)}
	 * @return content by file name
	 */
	public Map<String, byte[]> files(Release release) {
		return this.engine.files(release.deploymentId());
	}

	private static String hash(Map<String, byte[]> files) {
		try {
			MessageDigest digest = MessageDigest.getInstance("SHA-256");
			new TreeMap<>(files).forEach((name, content) -> {
				digest.update((name + ":" + content.length + "\n").getBytes(StandardCharsets.UTF_8));
				digest.update(content);
			});
			return HexFormat.of().formatHex(digest.digest());
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
