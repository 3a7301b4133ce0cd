package gridcase.clock;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import gridcase.platform.TestDatabase;
import gridcase.shared.Refusal;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static gridcase.clock.Calendars.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PlatformClockTests {

	private static final Instant NINE = at("2026-03-18 09:00");

	private JdbcClient jdbc;

	private DataSourceTransactionManager transactions;

	@BeforeEach
	void database() {
		var database = TestDatabase.createDataSource();
		Flyway.configure().dataSource(database).load().migrate();
		this.jdbc = JdbcClient.create(database);
		this.transactions = new DataSourceTransactionManager(database);
	}

	@Test
	void movesForwardAndTellsThoseWhoFollow() {
		PlatformClock clock = clock("rehearsal", NINE);
		List<Duration> told = new ArrayList<>();
		clock.onOffsetChanged(told::add);

		clock.moveTo(at("2026-03-20 10:30"));

		assertThat(clock.now()).isEqualTo(at("2026-03-20 10:30"));
		assertThat(clock.instant()).isEqualTo(clock.now());
		assertThat(told).containsExactly(Duration.ZERO, Duration.ofMinutes(49 * 60 + 30));
	}

	@Test
	void neverStopsShortOfTheTarget() {
		PlatformClock clock = clock("rehearsal", NINE.plusNanos(1));

		clock.moveTo(NINE.plusNanos(2));

		assertThat(clock.now()).isBetween(NINE.plusNanos(2), NINE.plusMillis(2));
	}

	@Test
	void keepsItsTimeOverARestartAndWhenTheCallerRollsBack() {
		new TransactionTemplate(this.transactions).executeWithoutResult((status) -> {
			clock("rehearsal", NINE).moveTo(at("2026-03-20 09:00"));
			status.setRollbackOnly();
		});

		PlatformClock restarted = clock("rehearsal", NINE.plusSeconds(60));

		assertThat(restarted.now()).isEqualTo(at("2026-03-20 09:01"));
		List<Duration> told = new ArrayList<>();
		restarted.onOffsetChanged(told::add);
		assertThat(told).containsExactly(Duration.ofDays(2));
	}

	@Test
	void aRehearsalMayBeginInThePastAndBeginsOnce() {
		Instant start = at("2026-02-14 08:00").plusNanos(1_500_000);

		assertThat(clock("rehearsal", NINE, start).now()).isBetween(start, start.plusMillis(1));
		clock("rehearsal", NINE, start).moveTo(at("2026-02-14 10:00"));

		assertThat(clock("rehearsal", NINE, start).now()).isEqualTo(at("2026-02-14 10:00"));
		assertThat(clock("system", NINE, start).now()).isEqualTo(NINE);
	}

	@Test
	void neverGoesBack() {
		PlatformClock clock = clock("rehearsal", NINE);
		clock.moveTo(at("2026-03-18 12:00"));

		assertThatThrownBy(() -> clock.moveTo(at("2026-03-18 11:00")))
			.isInstanceOfSatisfying(ClockRefused.class,
					(refused) -> assertThat(refused.kind()).isEqualTo(Refusal.Kind.RULE))
			.hasMessageContaining("2026-03-18T11:00")
			.hasMessageContaining("2026-03-18T12:00");
		assertThat(clock.now()).isEqualTo(at("2026-03-18 12:00"));
	}

	@Test
	void theSystemClockIsNotMovedAndIgnoresARehearsalBefore() {
		clock("rehearsal", NINE).moveTo(at("2026-03-20 09:00"));
		PlatformClock clock = clock("system", NINE);

		assertThat(clock.now()).isEqualTo(NINE);
		assertThatThrownBy(() -> clock.moveTo(at("2026-03-20 10:30"))).isInstanceOf(ClockRefused.class)
			.hasMessageContaining("gridcase.clock=rehearsal");
	}

	@Test
	void anUnknownModeIsNamed() {
		assertThatIllegalArgumentException().isThrownBy(() -> clock("fast", NINE)).withMessageContaining("fast");
	}

	@Test
	void showsTheSameMomentInAnotherZone() {
		PlatformClock clock = clock("rehearsal", NINE);
		Clock elsewhere = clock.withZone(java.time.ZoneOffset.UTC);

		clock.moveTo(at("2026-03-20 09:00"));

		assertThat(elsewhere.instant()).isEqualTo(clock.now());
		assertThat(elsewhere.getZone()).isEqualTo(java.time.ZoneOffset.UTC);
		assertThat(clock.getZone()).isEqualTo(Calendars.SHANGHAI);
	}

	private PlatformClock clock(String mode, Instant machine) {
		return clock(mode, machine, null);
	}

	private PlatformClock clock(String mode, Instant machine, Instant start) {
		return new PlatformClock(mode, Clock.fixed(machine, Calendars.SHANGHAI), start, this.jdbc, this.transactions);
	}

}
