package gridcase.casework.web;

import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import gridcase.casework.InboxCounts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.MediaType;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Tells open inboxes that something in them has changed: the new counts, and that the
 * rows are to be read again. One question a second asks the database for all of them, and
 * none when nobody looks.
 */
@Component
class InboxStream {

	private static final Logger log = LoggerFactory.getLogger(InboxStream.class);

	/** What is left of a limit changes with the time, even if nobody does anything. */
	private static final int TICK = 30;

	/** Windows of one person; the oldest is let go. */
	private static final int MOST = 6;

	private final InboxCounts counts;

	private final Map<String, List<SseEmitter>> open = new ConcurrentHashMap<>();

	private final ThreadPoolTaskScheduler scheduler = new ThreadPoolTaskScheduler();

	private volatile String seen;

	private int rounds;

	private volatile boolean closed;

	InboxStream(InboxCounts counts) {
		this.counts = counts;
		this.scheduler.setThreadNamePrefix("inbox-stream-");
		this.scheduler.setPoolSize(2);
		// a start that fails tells nobody that it closes, and must end all the same
		this.scheduler.setDaemon(true);
		this.scheduler.setErrorHandler((failure) -> {
			// what was missed cannot be told: begin anew, the next tick reads all rows
			// again
			this.seen = null;
			log.warn("Open inboxes could not be told of changes; tried again in a second", failure);
		});
		this.scheduler.initialize();
		this.scheduler.scheduleWithFixedDelay(this::look, Duration.ofSeconds(1));
	}

	/** A person's window begins to listen; the counts of the moment come first. */
	SseEmitter listen(String login) {
		SseEmitter emitter = new SseEmitter(Duration.ofHours(1).toMillis());
		emitter.onCompletion(() -> forget(login, emitter));
		emitter.onTimeout(emitter::complete);
		emitter.onError((failure) -> forget(login, emitter));
		keep(login, emitter);
		send(emitter, "counts", this.counts.of(login));
		if (this.closed) {
			emitter.complete();
		}
		return emitter;
	}

	private synchronized void keep(String login, SseEmitter emitter) {
		if (this.seen == null) {
			// what happens from here on is told, also before the next look
			this.seen = this.counts.changes(null).seen();
		}
		List<SseEmitter> windows = this.open.computeIfAbsent(login, (known) -> new CopyOnWriteArrayList<>());
		windows.add(emitter);
		while (windows.size() > MOST) {
			windows.remove(0).complete();
		}
	}

	/** How many windows listen. */
	int listening() {
		return this.open.values().stream().mapToInt(List::size).sum();
	}

	private void forget(String login, SseEmitter emitter) {
		List<SseEmitter> windows = this.open.get(login);
		if (windows != null) {
			windows.remove(emitter);
		}
	}

	private synchronized void look() {
		this.open.values().removeIf(List::isEmpty);
		if (this.open.isEmpty()) {
			this.seen = null;
			return;
		}
		InboxCounts.Changes changes = this.counts.changes(this.seen);
		this.seen = changes.seen();
		boolean tick = ++this.rounds % TICK == 0;
		if (!tick && changes.lanes().isEmpty()) {
			return;
		}
		for (String login : Set.copyOf(this.open.keySet())) {
			boolean touched = !Collections.disjoint(changes.lanes(), this.counts.lanesOf(login));
			if (tick || touched) {
				Map<String, Integer> now = this.counts.of(login);
				for (SseEmitter emitter : this.open.getOrDefault(login, List.of())) {
					this.scheduler.execute(() -> {
						send(emitter, "counts", now);
						send(emitter, touched ? "changed" : "tick", "");
					});
				}
			}
		}
	}

	private static void send(SseEmitter emitter, String event, Object data) {
		try {
			emitter.send(SseEmitter.event()
				.name(event)
				.data(data, (data instanceof String) ? MediaType.TEXT_PLAIN : MediaType.APPLICATION_JSON));
		}
		catch (IOException | IllegalStateException ex) {
			// the window is closed, or the emitter is; the browser connects again if it
			// wants to
			log.debug("A window no longer listens", ex);
			emitter.complete();
		}
	}

	/** A server that stops does not wait for windows that only listen. */
	@EventListener(ContextClosedEvent.class)
	void close() {
		this.closed = true;
		this.scheduler.shutdown();
		this.open.values().forEach((windows) -> windows.forEach(SseEmitter::complete));
	}

}
