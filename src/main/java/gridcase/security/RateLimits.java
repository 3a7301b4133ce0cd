package gridcase.security;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import gridcase.clock.PlatformClock;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * How often somebody may do something, counted for all nodes together. What was done
 * wears off evenly: of 5 within 10 minutes one more is allowed every 2 minutes. Who it
 * was cannot be told from what is stored. Call it outside a transaction, or a rollback
 * takes the count back.
 */
@Component
public class RateLimits {

	private static final int CLEAN_EVERY = 256;

	private final JdbcTemplate jdbc;

	private final Seals seals;

	private final PlatformClock clock;

	private final AtomicInteger taken = new AtomicInteger();

	RateLimits(JdbcTemplate jdbc, Seals seals, PlatformClock clock) {
		this.jdbc = jdbc;
		this.seals = seals;
		this.clock = clock;
	}

	/**
	 * A limit.
	 *
	 * @param purpose what is counted, e.g. {@code resident.report}; each for itself
	 * @param most how many at once
	 * @param within time after which all of them are allowed again
	 */
	public record Limit(String purpose, int most, Duration within) {

		long stepMillis() {
			return Math.max(1, this.within.toMillis() / this.most);
		}

	}

	/**
	 * Counts one, if it is still allowed.
	 * @param limit the limit
	 * @param who address, number or sign-in name
	 * @return zero if it was allowed and counted; else how long to wait, and nothing was
	 * counted
	 */
	public Duration take(Limit limit, String who) {
		clean();
		Instant now = this.clock.now();
		List<Boolean> counted = this.jdbc.query("""
				insert into rate_limit as r (bucket, full_at) values (?, ?::timestamptz + ? * interval '1 millisecond')
				on conflict (bucket) do update
				set full_at = greatest(r.full_at, ?::timestamptz) + ? * interval '1 millisecond'
				where greatest(r.full_at, ?::timestamptz) + ? * interval '1 millisecond' <= ?
				returning true""", (row, number) -> true, bucket(limit, who), Timestamp.from(now), limit.stepMillis(),
				Timestamp.from(now), limit.stepMillis(), Timestamp.from(now), limit.stepMillis(),
				Timestamp.from(now.plus(limit.within())));
		return counted.isEmpty() ? atLeastAMoment(left(limit, who)) : Duration.ZERO;
	}

	/**
	 * The same, as a refusal.
	 * @throws TooManyRequests if it is not allowed now
	 */
	public void check(Limit limit, String who) {
		Duration wait = take(limit, who);
		if (!wait.isZero()) {
			throw new TooManyRequests(wait);
		}
	}

	/**
	 * How long to wait until one more is allowed, without counting.
	 * @return zero if it is allowed now
	 */
	public Duration left(Limit limit, String who) {
		Instant now = this.clock.now();
		return this.jdbc
			.query("select full_at from rate_limit where bucket = ?",
					(row, number) -> row.getTimestamp("full_at").toInstant(), bucket(limit, who))
			.stream()
			.map((full) -> Duration.between(now, full).plusMillis(limit.stepMillis()).minus(limit.within()))
			.filter((wait) -> !wait.isNegative())
			.findFirst()
			.orElse(Duration.ZERO);
	}

	/** Forgets what was counted, e.g. after a right password. */
	public void forget(Limit limit, String who) {
		this.jdbc.update("delete from rate_limit where bucket = ?", bucket(limit, who));
	}

	/** Another node may just have forgotten it: then a moment is enough. */
	private static Duration atLeastAMoment(Duration wait) {
		return wait.isZero() ? Duration.ofSeconds(1) : wait;
	}

	/**
	 * Where a request comes from, as far as one visitor can be told from another: of an
	 * IPv6 address its network, since its owner has the whole of it.
	 */
	public static String address(HttpServletRequest request) {
		String address = request.getRemoteAddr();
		if (address == null || address.indexOf(':') < 0) {
			return String.valueOf(address);
		}
		try {
			byte[] bytes = InetAddress.getByName(address).getAddress();
			return (bytes.length == 4) ? InetAddress.getByAddress(bytes).getHostAddress()
					: HexFormat.of().formatHex(bytes, 0, bytes.length / 2);
		}
		catch (UnknownHostException ex) {
			throw new IllegalStateException("No name is looked up for an address", ex);
		}
	}

	private byte[] bucket(Limit limit, String who) {
		return this.seals.of("rate-limit", limit.purpose(), who);
	}

	/** Rows that say nothing any more go now and then. */
	private void clean() {
		if (this.taken.incrementAndGet() % CLEAN_EVERY == 0) {
			this.jdbc.update("delete from rate_limit where full_at < ?", Timestamp.from(this.clock.now()));
		}
	}

}
