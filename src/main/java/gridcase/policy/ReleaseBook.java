package gridcase.policy;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * All releases and their tables in memory. One look at a counter tells whether another
 * transaction, here or on another node, has released since.
 */
@Component
class ReleaseBook {

	private final JdbcTemplate jdbc;

	private volatile Pages pages = new Pages(0, List.of());

	ReleaseBook(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
	}

	/** What this transaction sees; asked of the database once per transaction. */
	Pages pages() {
		DecisionsInTransaction here = DecisionsInTransaction.current();
		if (here == null) {
			return upToDate();
		}
		if (here.pages() == null) {
			here.seen(upToDate());
		}
		return here.pages();
	}

	/** This transaction has released: it sees that at once, others when it commits. */
	void releasedHere() {
		DecisionsInTransaction here = DecisionsInTransaction.current();
		Objects.requireNonNull(here, "a release needs a transaction");
		here.seen(read(counter(), this.pages));
	}

	private Pages upToDate() {
		Pages known = this.pages;
		long counter = counter();
		if (counter == known.counter()) {
			return known;
		}
		Pages now = read(counter, known);
		this.pages = now;
		return now;
	}

	private long counter() {
		return this.jdbc.queryForObject("select last_release from policy_release_counter", Long.class);
	}

	private Pages read(long counter, Pages known) {
		Map<Long, Entry> entries = new HashMap<>();
		this.jdbc.query("""
				select r.*, d.id_, d.key_, d.version_
				from policy_release r
				join act_dmn_decision d on d.deployment_id_ = r.deployment_id
				where r.id > ? and r.id <= ?""", (row) -> {
			Release release = release(row);
			entries.computeIfAbsent(release.id(), (id) -> new Entry(release, new HashMap<>()))
				.tables()
				.put(row.getString("key_"), new TableInForce(row.getString("key_"), release.place(),
						row.getInt("version_"), row.getString("id_"), release.id()));
		}, known.counter(), counter);
		List<Entry> all = new ArrayList<>(known.entries());
		all.addAll(entries.values());
		all.sort(Comparator.comparing((Entry entry) -> entry.release().effectiveFrom())
			.thenComparing((entry) -> entry.release().id())
			.reversed());
		return new Pages(counter, List.copyOf(all));
	}

	static Release release(ResultSet row) throws SQLException {
		return new Release(row.getLong("id"), row.getString("place"), row.getString("deployment_id"),
				row.getString("content_hash"), row.getBoolean("from_files"),
				row.getTimestamp("released_at").toInstant(), row.getTimestamp("effective_from").toInstant(),
				row.getString("released_by"), row.getString("note"));
	}

	/** A release and its tables by key. */
	record Entry(Release release, Map<String, TableInForce> tables) {

		boolean isOf(String place) {
			return Objects.equals(this.release.place(), place);
		}

	}

	/**
	 * The releases as of one look.
	 *
	 * @param counter number of the newest
	 * @param entries all, the one that came into force last first
	 */
	record Pages(long counter, List<Entry> entries) {

		/** The release of exactly that place that is in force. */
		Optional<Entry> inForce(String place, Instant at) {
			return this.entries.stream()
				.filter((entry) -> entry.isOf(place) && !entry.release().effectiveFrom().isAfter(at))
				.findFirst();
		}

		/** The table that answers: the place's own, else the shared one. */
		Optional<TableInForce> table(String key, String place, Instant at) {
			Optional<TableInForce> own = (place != null) ? inForce(place, at).map((entry) -> entry.tables().get(key))
					: Optional.empty();
			return own.or(() -> inForce(null, at).map((entry) -> entry.tables().get(key)));
		}

		/** That version of exactly that place's table. */
		Optional<TableInForce> version(String key, String place, int version) {
			return this.entries.stream()
				.filter((entry) -> entry.isOf(place))
				.map((entry) -> entry.tables().get(key))
				.filter((table) -> table != null && table.version() == version)
				.findFirst();
		}

	}

}
