package gridcase.overview;

import java.io.IOException;
import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import gridcase.clock.PlatformClock;
import gridcase.registry.Grid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Tells open boards that their figures have changed ({@code figures}) and that they are
 * still fresh ({@code tick}). Looks itself, only at what somebody has open, so that
 * changes made on other servers are seen as well; carries no figures.
 */
@Component
class BoardStream {

	private static final Logger log = LoggerFactory.getLogger(BoardStream.class);

	private static final long LONGEST_MILLIS = Duration.ofHours(1).toMillis();

	private final Board board;

	private final PlatformClock clock;

	private final ScheduledExecutorService thread;

	private final Map<String, Watched> watched = new ConcurrentHashMap<>();

	BoardStream(Board board, PlatformClock clock, @Value("${gridcase.board.every:PT2S}") Duration every) {
		this.board = board;
		this.clock = clock;
		this.thread = Executors.newSingleThreadScheduledExecutor((work) -> {
			Thread thread = new Thread(work, "board");
			thread.setDaemon(true);
			return thread;
		});
		this.thread.scheduleWithFixedDelay(this::look, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
	}

	/** A stream of one viewer, who is told at once to fetch the figures. */
	SseEmitter open(Grid grid) {
		SseEmitter viewer = new SseEmitter(LONGEST_MILLIS);
		Watched board = this.watched.computeIfAbsent(grid.code(), (code) -> new Watched(grid));
		viewer.onCompletion(() -> board.viewers.remove(viewer));
		viewer.onTimeout(viewer::complete);
		board.viewers.add(viewer);
		board.tell(viewer, "figures", time());
		return viewer;
	}

	private void look() {
		for (Watched board : this.watched.values()) {
			if (!board.viewers.isEmpty()) {
				try {
					look(board);
				}
				catch (RuntimeException ex) {
					// one look that fails must not end all later ones; boards show that
					// they
					// are stale
					log.warn("The board of {} could not be counted", board.grid.code(), ex);
				}
			}
		}
	}

	private void look(Watched board) {
		BoardFigures figures = this.board.of(board.grid).undated();
		String event = figures.equals(board.last) ? "tick" : "figures";
		board.last = figures;
		String time = time();
		board.viewers.forEach((viewer) -> board.tell(viewer, event, time));
	}

	private String time() {
		return DateTimeFormatter.ofPattern("HH:mm:ss").format(this.clock.now().atZone(this.clock.zone()));
	}

	/** Open streams would hold up the shutdown. */
	@EventListener(ContextClosedEvent.class)
	void close() {
		this.thread.shutdownNow();
		this.watched.values().forEach((board) -> board.viewers.forEach(SseEmitter::complete));
	}

	/** A grid somebody looks at. */
	private static final class Watched {

		private final Grid grid;

		private final List<SseEmitter> viewers = new CopyOnWriteArrayList<>();

		private BoardFigures last;

		Watched(Grid grid) {
			this.grid = grid;
		}

		void tell(SseEmitter viewer, String event, String time) {
			try {
				viewer.send(SseEmitter.event().name(event).data(time));
			}
			catch (IOException | IllegalStateException ex) {
				// the viewer has gone; the container completes the stream
				this.viewers.remove(viewer);
			}
		}

	}

}
