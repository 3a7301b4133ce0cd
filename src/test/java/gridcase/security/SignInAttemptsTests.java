package gridcase.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** An account rests after five wrong passwords in a row, and not for ever. */
class SignInAttemptsTests {

	private Instant now = Instant.parse("2026-03-16T01:00:00Z");

	private final SignInAttempts attempts = new SignInAttempts(new Clock() {

		@Override
		public ZoneId getZone() {
			return ZoneOffset.UTC;
		}

		@Override
		public Clock withZone(ZoneId zone) {
			return this;
		}

		@Override
		public Instant instant() {
			return SignInAttemptsTests.this.now;
		}

	});

	@Test
	void restsAQuarterOfAnHour() {
		for (int count = 1; count <= 5; count++) {
			assertThat(this.attempts.locked("li")).isFalse();
			this.attempts.failed("li");
		}
		assertThat(this.attempts.locked("li")).isTrue();
		assertThat(this.attempts.left("li")).isZero();
		assertThat(this.attempts.locked("wang")).isFalse();
		this.now = this.now.plus(Duration.ofMinutes(16));
		assertThat(this.attempts.locked("li")).isFalse();
		assertThat(this.attempts.left("li")).isEqualTo(5);
	}

}
