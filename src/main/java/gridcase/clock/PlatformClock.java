package gridcase.clock;

import gridcase.shared.Texts;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The one clock of the platform; also its {@link Clock} bean. With
 * {@code gridcase.clock=rehearsal} it may be moved forward, and the offset is kept over
 * restarts; the first start begins at {@code gridcase.rehearsal-start}, if that is set,
 * else at the machine's time. With {@code gridcase.clock=system} it is the machine's
 * time.
 */
@Component
public class PlatformClock extends Clock {

	private final Clock machine;

	private final boolean rehearsal;

	private final JdbcClient jdbc;

	private final TransactionTemplate apart;

	private final List<Consumer<Duration>> listeners = new CopyOnWriteArrayList<>();

	private volatile Duration offset = Duration.ZERO;

	@Autowired
	PlatformClock(@Value("${gridcase.clock}") String mode, @Value("${gridcase.zone}") ZoneId zone,
			@Value("${gridcase.rehearsal-start:#{null}}") OffsetDateTime start, JdbcClient jdbc,
			PlatformTransactionManager transactions) {
		this(mode, Clock.system(zone), (start != null) ? start.toInstant() : null, jdbc, transactions);
	}

	PlatformClock(String mode, Clock machine, Instant start, JdbcClient jdbc, PlatformTransactionManager transactions) {
		this.rehearsal = switch (mode) {
			case "system" -> false;
			case "rehearsal" -> true;
			default -> throw new IllegalArgumentException(
					"gridcase.clock is \"system\" or \"rehearsal\", not \"" + mode + "\"");
		};
		this.machine = machine;
		this.jdbc = jdbc;
		this.apart = new TransactionTemplate(transactions);
		this.apart.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
		if (this.rehearsal) {
			Optional<Duration> kept = jdbc.sql("select offset_millis from rehearsal_clock")
				.query(Long.class)
				.optional()
				.map(Duration::ofMillis);
			if (kept.isPresent()) {
				this.offset = kept.get();
			}
			else if (start != null) {
				keep(offsetTo(start, machine.instant()));
			}
		}
	}

	/**
	 * The present moment of the platform.
	 * @return the machine's time plus the rehearsal offset
	 */
	public Instant now() {
		return this.machine.instant().plus(this.offset);
	}

	/**
	 * Where the platform's dates and office hours are meant.
	 * @return the configured time zone
	 */
	public ZoneId zone() {
		return this.machine.getZone();
	}

	/**
	 * Whether this clock may be moved.
	 * @return true with {@code gridcase.clock=rehearsal}
	 */
	public boolean rehearsal() {
		return this.rehearsal;
	}

	/**
	 * How far the platform is ahead of the machine.
	 * @return whole milliseconds; negative if the rehearsal began at a moment that had
	 * passed
	 */
	public Duration offset() {
		return this.offset;
	}

	/**
	 * Moves the clock forward and tells those who registered. Committed at once, whatever
	 * becomes of the caller's transaction. Timers that fall due on the way are the
	 * caller's business: it moves from one to the next.
	 * @param target the moment it shall be; afterwards it is that or up to a millisecond
	 * later
	 * @throws ClockRefused if the clock is not a rehearsal clock or the target has passed
	 */
	public synchronized void moveTo(Instant target) {
		if (!this.rehearsal) {
			throw new ClockRefused(Texts.of("clock", "clock.not-rehearsal"));
		}
		Instant machineNow = this.machine.instant();
		Instant now = machineNow.plus(this.offset);
		if (target.isBefore(now)) {
			throw new ClockRefused(Texts.of("clock", "clock.backwards", local(target), local(now)));
		}
		keep(offsetTo(target, machineNow));
		this.listeners.forEach((listener) -> listener.accept(this.offset));
	}

	/**
	 * Registers for the offset, for clocks that must follow this one.
	 * @param listener told the present offset at once and the new one after every move
	 */
	public synchronized void onOffsetChanged(Consumer<Duration> listener) {
		this.listeners.add(listener);
		listener.accept(this.offset);
	}

	private static Duration offsetTo(Instant target, Instant machineNow) {
		Duration exact = Duration.between(machineNow, target);
		return Duration.ofSeconds(exact.getSeconds()).plusMillis((exact.getNano() + 999_999) / 1_000_000);
	}

	private void keep(Duration moved) {
		this.apart.executeWithoutResult((status) -> this.jdbc.sql("""
				insert into rehearsal_clock (only_row, offset_millis) values (true, :millis)
				on conflict (only_row) do update set offset_millis = excluded.offset_millis""")
			.param("millis", moved.toMillis())
			.update());
		this.offset = moved;
	}

	private LocalDateTime local(Instant at) {
		return LocalDateTime.ofInstant(at, zone()).truncatedTo(ChronoUnit.SECONDS);
	}

	@Override
	public Instant instant() {
		return now();
	}

	@Override
	public ZoneId getZone() {
		return zone();
	}

	@Override
	public Clock withZone(ZoneId zone) {
		return new InZone(this, zone);
	}

	/** The same moments, shown elsewhere. */
	private static final class InZone extends Clock {

		private final PlatformClock clock;

		private final ZoneId zone;

		InZone(PlatformClock clock, ZoneId zone) {
			this.clock = clock;
			this.zone = zone;
		}

		@Override
		public ZoneId getZone() {
			return this.zone;
		}

		@Override
		public Clock withZone(ZoneId other) {
			return new InZone(this.clock, other);
		}

		@Override
		public Instant instant() {
			return this.clock.now();
		}

	}

}
