package gridcase.notice;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import gridcase.clock.PlatformClock;
import gridcase.notice.Carrier.NotDelivered.Why;
import gridcase.notice.Carrier.NotDelivered;
import gridcase.notice.DeliveryQueue.Batch;
import gridcase.notice.DeliveryQueue.Taken;
import gridcase.shared.BackgroundWork;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.stereotype.Component;

/**
 * Sends what waits in the outbox, never inside a case's transaction. Every channel has
 * its own thread, so that one that hangs holds up nobody else. A message may be sent
 * twice when a sender dies between sending and noting it; its key tells.
 */
@Component
public class NoticeSender extends BackgroundWork {

	private static final Logger log = LoggerFactory.getLogger(NoticeSender.class);

	private static final int BATCH = 20;

	private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

	private static final int SECONDS_TO_FINISH = 20;

	private final List<Carrier> carriers;

	private final DeliveryQueue queue;

	private final DeliverySettings settings;

	private final PlatformClock clock;

	private final Map<String, Pause> pauses = new ConcurrentHashMap<>();

	private volatile boolean stopping;

	NoticeSender(List<Carrier> carriers, DeliveryQueue queue, DeliverySettings settings, PlatformClock clock,
			@Value("${camunda.bpm.job-execution.enabled:true}") boolean enabled) {
		super("notices", "Messages could not be sent; tried again in a second", enabled);
		this.carriers = carriers;
		this.queue = queue;
		this.settings = settings;
		this.clock = clock;
	}

	/** A channel through which nothing passes, and when it is tried again. */
	private record Pause(int failures, Instant until) {

	}

	/**
	 * Sends all that is due now on every configured channel.
	 * @return how many messages were taken over by their receivers
	 */
	public int sendDue() {
		return this.carriers.stream().mapToInt(this::sendDue).sum();
	}

	private int sendDue(Carrier carrier) {
		int sent = 0;
		while (carrier.configured() && !this.stopping && !pausing(carrier.channel())) {
			Batch batch = this.queue.take(carrier.channel(), this.clock.now(), BATCH);
			if (batch.looked() == 0) {
				break;
			}
			sent += send(carrier, batch.taken());
		}
		return sent;
	}

	private int send(Carrier carrier, List<Taken> batch) {
		long begun = System.nanoTime();
		int sent = 0;
		for (Taken taken : batch) {
			// what cannot be tried well within the lease is left to the next round
			boolean late = System.nanoTime() - begun > this.settings.lease().toNanos() / 2;
			if (late || this.stopping || pausing(carrier.channel())) {
				this.queue.giveBack(taken, this.clock.now());
			}
			else if (send(carrier, taken)) {
				sent++;
			}
		}
		return sent;
	}

	private boolean send(Carrier carrier, Taken taken) {
		try {
			carrier.deliver(taken.parcel());
		}
		catch (NotDelivered ex) {
			notDelivered(carrier, taken, ex);
			return false;
		}
		catch (RuntimeException ex) {
			// a fault of ours, such as a setting that makes no request: others may pass
			log.error("Message {} could not be handed over: {}", taken.parcel().key(),
					withoutAddress(ex.toString(), taken));
			notDelivered(carrier, taken, new NotDelivered(Why.POSTPONED, ex.toString(), ex));
			return false;
		}
		this.queue.sent(taken, this.clock.now());
		this.pauses.remove(carrier.channel());
		return true;
	}

	private void notDelivered(Carrier carrier, Taken taken, NotDelivered failure) {
		Instant now = this.clock.now();
		String error = withoutAddress(failure.getMessage(), taken);
		switch (failure.why()) {
			case REFUSED -> this.queue.refuse(taken, now, error);
			case POSTPONED ->
				this.queue.postpone(taken, now, now.plus(this.settings.waitAfter(taken.attempt())), error);
			case CHANNEL_DOWN -> this.queue.postpone(taken, now, pause(carrier.channel(), now, error), error);
		}
	}

	/** Gateways like to repeat the number they were given. */
	private static String withoutAddress(String error, Taken taken) {
		return error.replace(taken.parcel().address(), Masked.address(taken.parcel().address()));
	}

	private boolean pausing(String channel) {
		Pause pause = this.pauses.get(channel);
		return pause != null && this.clock.now().isBefore(pause.until());
	}

	/** Nothing passes: ask again later instead of failing with every message. */
	private Instant pause(String channel, Instant now, String error) {
		Pause pause = this.pauses.compute(channel, (known, before) -> {
			int failures = (before != null) ? before.failures() + 1 : 1;
			Duration wait = this.settings.waitAfter(failures);
			return new Pause(failures, now.plus((wait.compareTo(LONGEST_PAUSE) < 0) ? wait : LONGEST_PAUSE));
		});
		log.warn("No messages pass by {}, tried again at {}: {}", channel, pause.until(), error);
		return pause.until();
	}

	/** Tries a channel again without waiting. */
	void resume(String channel) {
		if (channel != null) {
			this.pauses.remove(channel);
		}
		else {
			this.pauses.clear();
		}
	}

	@Override
	protected void prepare(ThreadPoolTaskScheduler fresh) {
		this.stopping = false;
		fresh.setPoolSize(this.carriers.size());
		fresh.setWaitForTasksToCompleteOnShutdown(true);
		fresh.setAwaitTerminationSeconds(SECONDS_TO_FINISH);
	}

	@Override
	protected void schedule(TaskScheduler scheduler) {
		this.carriers
			.forEach((carrier) -> scheduler.scheduleWithFixedDelay(() -> sendDue(carrier), Duration.ofSeconds(1)));
	}

	@Override
	public void stop() {
		this.stopping = true;
		super.stop();
	}

}
