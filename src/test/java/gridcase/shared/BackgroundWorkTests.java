package gridcase.shared;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.scheduling.TaskScheduler;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class BackgroundWorkTests {

	private final CountDownLatch rounds = new CountDownLatch(3);

	private BackgroundWork work(boolean enabled) {
		return new BackgroundWork("tests", "A round failed", enabled) {

			@Override
			protected void schedule(TaskScheduler scheduler) {
				scheduler.scheduleWithFixedDelay(() -> {
					BackgroundWorkTests.this.rounds.countDown();
					throw new IllegalStateException("on " + Thread.currentThread().getName());
				}, Duration.ofMillis(1));
			}

		};
	}

	@Test
	void aRoundThatFailsIsLoggedAndTheNextOneComes(CapturedOutput output) throws InterruptedException {
		BackgroundWork work = work(true);
		assertThat(work.isRunning()).isFalse();
		work.start();
		assertThat(work.isRunning()).isTrue();
		assertThat(this.rounds.await(30, TimeUnit.SECONDS)).isTrue();
		work.stop();
		assertThat(work.isRunning()).isFalse();
		assertThat(output).contains("A round failed").contains("on tests-");
	}

	@Test
	void somethingIsDoneNowOnlyWhereItRuns() throws InterruptedException {
		CountDownLatch done = new CountDownLatch(1);
		BackgroundWork work = work(true);
		assertThat(work.now(done::countDown)).isFalse();
		work.start();
		assertThat(work.now(done::countDown)).isTrue();
		assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
		work.stop();

		BackgroundWork off = work(false);
		off.start();
		assertThat(off.isRunning()).isFalse();
		assertThat(off.now(done::countDown)).isFalse();
	}

}
