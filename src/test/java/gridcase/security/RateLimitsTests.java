package gridcase.security;

import java.time.Duration;
import java.util.UUID;

import gridcase.clock.PlatformClock;
import gridcase.platform.GridcaseTest;
import gridcase.security.RateLimits.Limit;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.mock.web.MockHttpServletRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What was done too often is refused until enough time has passed. */
@GridcaseTest
class RateLimitsTests {

	private final Limit limit = new Limit("test-" + UUID.randomUUID(), 5, Duration.ofMinutes(10));

	@Autowired
	private RateLimits limits;

	@Autowired
	private PlatformClock clock;

	@Autowired
	private JdbcTemplate jdbc;

	@Test
	void fiveAreAllowedAtOnceThenOneEveryTwoMinutes() {
		takeAll("a");
		Duration wait = this.limits.take(this.limit, "a");
		assertThat(wait).isBetween(Duration.ofSeconds(100), Duration.ofMinutes(2));
		assertThat(this.limits.left(this.limit, "a")).isBetween(Duration.ofSeconds(100), Duration.ofMinutes(2));
		this.clock.moveTo(this.clock.now().plus(wait));
		assertThat(this.limits.take(this.limit, "a")).isEqualTo(Duration.ZERO);
		assertThat(this.limits.take(this.limit, "a")).isPositive();
	}

	@Test
	void afterTheWholeTimeAllAreAllowedAgain() {
		takeAll("b");
		this.clock.moveTo(this.clock.now().plus(Duration.ofMinutes(10)));
		takeAll("b");
		assertThatExceptionOfType(TooManyRequests.class).isThrownBy(() -> this.limits.check(this.limit, "b"))
			.withMessageContaining("分钟后再试")
			.satisfies((refusal) -> assertThat(refusal.retryAfter()).isBetween(100L, 120L));
	}

	@Test
	void othersAndOtherPurposesAreCountedForThemselves() {
		takeAll("c");
		assertThat(this.limits.take(this.limit, "d")).isEqualTo(Duration.ZERO);
		Limit other = new Limit(this.limit.purpose() + "-other", 5, Duration.ofMinutes(10));
		assertThat(this.limits.take(other, "c")).isEqualTo(Duration.ZERO);
		assertThat(this.limits.take(this.limit, "c")).isPositive();
	}

	@Test
	void forgettingBeginsAnew() {
		takeAll("e");
		this.limits.forget(this.limit, "e");
		takeAll("e");
	}

	@Test
	void askingDoesNotCount() {
		for (int i = 0; i < 10; i++) {
			assertThat(this.limits.left(this.limit, "f")).isEqualTo(Duration.ZERO);
		}
		takeAll("f");
	}

	@Test
	void whoItWasCannotBeReadFromTheTable() {
		this.limits.take(this.limit, "13800001234");
		assertThat(this.jdbc.queryForList("select encode(bucket, 'escape') from rate_limit", String.class))
			.noneMatch((bucket) -> bucket.contains("13800001234"));
	}

	@Test
	void anIpv6VisitorIsTheWholeNetwork() {
		assertThat(address("2001:db8:1:2:aaaa::1")).isEqualTo(address("2001:db8:1:2:bbbb::9"))
			.isNotEqualTo(address("2001:db8:1:3::1"));
		assertThat(address("192.0.2.7")).isEqualTo("192.0.2.7");
	}

	private void takeAll(String who) {
		for (int i = 0; i < 5; i++) {
			assertThat(this.limits.take(this.limit, who)).isEqualTo(Duration.ZERO);
		}
	}

	private static String address(String remote) {
		MockHttpServletRequest request = new MockHttpServletRequest();
		request.setRemoteAddr(remote);
		return RateLimits.address(request);
	}

}
