package gridcase.casework;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever people and time do to cases, in whatever order: what must always hold, holds.
 * A failure names the seed; {@code -Dwalk.seed=… -Dwalk.steps=…} walks that way again, or
 * a longer one; {@code -Dwalk.all=true} names every case at fault instead of the first.
 */
@DemoTest
@Import({ Walk.class, WalkChecks.class, WalkReplays.class })
@TestPropertySource(properties = "gridcase.walk=true")
@DirtiesContext
class RandomWalkTests {

	private static final Logger log = LoggerFactory.getLogger(RandomWalkTests.class);

	/** Beyond it limits would reach into a year whose holidays nobody knows yet. */
	private static final Instant LAST = OffsetDateTime.parse("2026-09-20T12:00:00+08:00").toInstant();

	@Autowired
	private Walk walk;

	@Autowired
	private WalkChecks checks;

	@Autowired
	private WalkReplays replays;

	@Test
	void whateverIsDoneToCasesInWhateverOrder() {
		long seed = Long.getLong("walk.seed", 20260316L);
		int steps = Integer.getInteger("walk.steps", 3_000);
		log.info("Random walk of {} steps with seed {}", steps, seed);
		long began = System.nanoTime();

		this.walk.run(seed, steps, 250, LAST);
		assertThat(this.replays.check(this.checks.versions().keySet())).as("replays of cases under way").isEmpty();
		this.walk.bringToAnEnd(60);
		assertThat(this.replays.check(this.checks.versions().keySet())).as("replays of cases that ended").isEmpty();

		log.info("{} cases in {} s; done: {}; events: {}", this.walk.reported(),
				TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began), this.walk.done(), this.checks.kinds());
		assertThat(this.walk.faults()).isEmpty();
		if (steps >= 3_000) {
			assertThat(this.walk.reported()).isGreaterThan(100);
			assertThat(this.checks.kinds()).as("the walk must come by everything it is to check")
				// rarer ones come and go with the dice; each has tests of its own
				.containsKeys("CLAIMED", "SIGNED", "WARNED", "BREACHED", "SUPERVISED", "TAKEN_OVER", "DEADLINE_MOVED",
						"CLOSED", "OPERATOR_ALERTED");
			assertThat(this.walk.done()).as("and try what is not allowed")
				.containsKeys("complete-stranger refused FORBIDDEN", "complete-again refused CONFLICT",
						"complete-spoilt refused INVALID", "begin-unoffered refused FORBIDDEN", "complete refused RULE",
						"begin refused RULE", "calendar moved");
		}
	}

}
