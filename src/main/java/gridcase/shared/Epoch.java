package gridcase.shared;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Tells every node whether what it keeps in memory has changed in the database: numbers
 * that only grow, all of them asked by one statement. A transaction asks once and goes by
 * that to its end, so that it never sees half of a change; whoever is in none goes by a
 * look that is a moment old at most.
 */
@Component
public class Epoch {

	/** How long a look counts outside transactions. */
	private static final long KEPT_NANOS = 200_000_000;

	private final JdbcTemplate jdbc;

	/** Expression by name; replaced as a whole. */
	private volatile Map<String, String> watched = Map.of();

	private volatile Look last;

	/** What one look saw. */
	private record Look(Map<String, Long> numbers, long at) {
	}

	Epoch(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * An epoch of its own, for who runs without the platform.
	 * @param jdbc the database
	 */
	public static Epoch of(JdbcTemplate jdbc) {
		return new Epoch(jdbc);
	}

	/**
	 * Watches something from now on.
	 * @param name name of what is kept in memory
	 * @param number expression of SQL: a number that is greater after every change, once
	 * that is committed and not before
	 */
	public synchronized void watch(String name, String number) {
		Map<String, String> more = new LinkedHashMap<>(this.watched);
		more.put(name, number);
		this.watched = more;
		this.last = null;
	}

	/** The number as this transaction sees it; outside, as it was a moment ago. */
	public long number(String name) {
		Seen seen = seen();
		if (seen != null) {
			if (seen.look == null || !seen.look.numbers().containsKey(name)) {
				seen.look = look();
			}
			return seen.look.numbers().get(name);
		}
		Look known = this.last;
		if (known == null || System.nanoTime() - known.at() > KEPT_NANOS) {
			known = look();
			this.last = known;
		}
		return known.numbers().get(name);
	}

	/** The number as it is now, outside of a transaction; in one, as it sees it. */
	public long exact(String name) {
		if (seen() == null) {
			this.last = null;
		}
		return number(name);
	}

	/** Something was changed here and committed; what runs is to see it. */
	public void changed() {
		this.last = null;
		Seen seen = seen();
		if (seen != null) {
			seen.look = null;
		}
	}

	/** What the running transaction goes by, null if there is none. */
	private Seen seen() {
		if (!TransactionSynchronizationManager.isActualTransactionActive()
				|| !TransactionSynchronizationManager.isSynchronizationActive()) {
			return null;
		}
		Seen current = (Seen) TransactionSynchronizationManager.getResource(this);
		if (current == null) {
			current = new Seen();
			TransactionSynchronizationManager.bindResource(this, current);
			TransactionSynchronizationManager.registerSynchronization(current);
		}
		return current;
	}

	/** Nobody waits here for another, who might wait for a connection. */
	private Look look() {
		long at = System.nanoTime();
		Map<String, String> asked = this.watched;
		Map<String, Long> numbers = new HashMap<>();
		this.jdbc.query("select " + String.join(", ", asked.values()), (row) -> {
			int column = 0;
			for (String name : asked.keySet()) {
				numbers.put(name, row.getLong(++column));
			}
		});
		return new Look(numbers, at);
	}

	/** What one transaction goes by. */
	private final class Seen implements TransactionSynchronization {

		private Look look;

		@Override
		public void suspend() {
			TransactionSynchronizationManager.unbindResource(Epoch.this);
		}

		@Override
		public void resume() {
			TransactionSynchronizationManager.bindResource(Epoch.this, this);
		}

		@Override
		public void afterCompletion(int status) {
			TransactionSynchronizationManager.unbindResource(Epoch.this);
		}

	}

}
