package gridcase.replay;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import gridcase.clock.CalendarYearMissing;
import gridcase.clock.WorkingCalendar;

/**
 * The life of a case as a line: office hours and the time between, limits, breaches,
 * suspensions and steps. Stretches in which nothing happened are cut short.
 *
 * @param bands office hours
 * @param spans limits, exceeded limits and suspensions, over the bands
 * @param marks the steps
 * @param ticks what is written below
 * @param breaks where time was cut out
 */
public record TimeAxis(List<Band> bands, List<Band> spans, List<Mark> marks, List<Tick> ticks, List<Double> breaks) {

	/** Width of the drawing in its own units. */
	public static final int WIDTH = 1180;

	private static final double LEFT = 8;

	private static final double INNER = 1164;

	private static final double BREAK = 16;

	/** Nothing that happened for longer than this is drawn in full. */
	private static final Duration IDLE = Duration.ofHours(20);

	private static final Duration MARGIN = Duration.ofHours(4);

	private static final Duration SHORT = Duration.ofHours(30);

	private static final int[] STEPS = { 1, 2, 3, 6, 12, 24, 48, 96, 192, 384 };

	private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("MM-dd HH:mm");

	private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm");

	/**
	 * A stretch of time.
	 *
	 * @param look {@code work}, {@code span}, {@code spanover} or {@code susp}
	 * @param x where it begins
	 * @param width how wide it is
	 */
	public record Band(String look, double x, double width) {

	}

	/**
	 * A step on the line.
	 *
	 * @param step its number
	 * @param x where it is
	 * @param look {@code dot}, {@code warn} or {@code over}
	 * @param time its time
	 */
	public record Mark(int step, double x, String look, String time) {

		/** Outline of the shapes that are no circle. */
		public String path() {
			return this.look.equals("warn") ? "M" + this.x + " 41l6 11h-12z"
					: "M" + round(this.x - 5) + " 43h10v10h-10z";
		}

	}

	/** A time below the line. */
	public record Tick(double x, String text, String anchor) {

	}

	/** A piece of time that is drawn in full. */
	private record Piece(Instant from, Instant to, double x, double width) {

		double at(Instant moment) {
			double whole = Math.max(1, Duration.between(this.from, this.to).toMillis());
			double part = Duration.between(this.from, moment).toMillis() / whole;
			return this.x + this.width * Math.max(0, Math.min(1, part));
		}

	}

	static TimeAxis draw(Replay replay, WorkingCalendar calendar) {
		return new Drawing(replay, calendar).draw();
	}

	private static double round(double value) {
		return Math.round(value * 10) / 10.0;
	}

	private static final class Drawing {

		private final Replay replay;

		private final WorkingCalendar calendar;

		private final ZoneId zone;

		private final List<Piece> pieces = new ArrayList<>();

		Drawing(Replay replay, WorkingCalendar calendar) {
			this.replay = replay;
			this.calendar = calendar;
			this.zone = calendar.zone();
		}

		TimeAxis draw() {
			cut();
			List<Mark> marks = this.replay.steps()
				.stream()
				.map((step) -> new Mark(step.number(), round(x(step.at())),
						step.breached() ? "over" : step.warned() ? "warn" : "dot",
						DAY.format(step.at().atZone(this.zone))))
				.toList();
			List<Double> breaks = new ArrayList<>();
			for (int at = 1; at < this.pieces.size(); at++) {
				breaks.add(round(this.pieces.get(at).x() - BREAK));
			}
			return new TimeAxis(bands(), spans(), marks, ticks(), breaks);
		}

		/** Which stretches are drawn, and where. */
		private void cut() {
			List<Instant> moments = this.replay.steps().stream().map(Replay.Step::at).toList();
			Instant begin = moments.get(0).atZone(this.zone).truncatedTo(ChronoUnit.HOURS).toInstant();
			Instant end = moments.get(moments.size() - 1)
				.plus(Duration.ofMinutes(45))
				.atZone(this.zone)
				.truncatedTo(ChronoUnit.HOURS)
				.plusHours(1)
				.toInstant();
			List<Instant[]> drawn = new ArrayList<>();
			Instant from = begin;
			boolean whole = Duration.between(begin, end).compareTo(SHORT) <= 0;
			for (int at = 1; at < moments.size() && !whole; at++) {
				Instant before = moments.get(at - 1);
				Instant next = moments.get(at);
				if (Duration.between(before, next).compareTo(IDLE) > 0) {
					drawn.add(new Instant[] { from, hour(before.plus(MARGIN)) });
					from = hour(next.minus(MARGIN));
				}
			}
			drawn.add(new Instant[] { from, end });
			double time = drawn.stream().mapToDouble((each) -> Duration.between(each[0], each[1]).toSeconds()).sum();
			// a case of years has more gaps than room for them
			double gap = Math.min(BREAK, INNER / 2 / drawn.size());
			double room = INNER - gap * (drawn.size() - 1);
			double x = LEFT;
			for (Instant[] each : drawn) {
				double width = room * Duration.between(each[0], each[1]).toSeconds() / time;
				this.pieces.add(new Piece(each[0], each[1], x, width));
				x += width + gap;
			}
		}

		private Instant hour(Instant at) {
			return at.atZone(this.zone).truncatedTo(ChronoUnit.HOURS).toInstant();
		}

		private double x(Instant moment) {
			Piece found = this.pieces.get(0);
			for (Piece piece : this.pieces) {
				found = piece.from().isAfter(moment) ? found : piece;
			}
			return found.at(moment);
		}

		private List<Band> bands() {
			List<Band> bands = new ArrayList<>();
			for (Piece piece : this.pieces) {
				try {
					Instant opens = this.calendar.nextOpening(piece.from());
					while (opens.isBefore(piece.to())) {
						Instant closes = this.calendar.nextClosing(opens);
						band("work", opens, closes.isBefore(piece.to()) ? closes : piece.to(), bands);
						opens = this.calendar.nextOpening(closes);
					}
				}
				catch (CalendarYearMissing unknown) {
					// beyond the loaded years nobody knows when offices are open: no band
					// claims it
					continue;
				}
			}
			return bands;
		}

		private void band(String look, Instant from, Instant to, List<Band> bands) {
			for (Piece piece : this.pieces) {
				Instant begin = from.isAfter(piece.from()) ? from : piece.from();
				Instant end = to.isBefore(piece.to()) ? to : piece.to();
				if (begin.isBefore(end)) {
					double x = piece.at(begin);
					bands.add(new Band(look, round(x), round(Math.max(0.5, piece.at(end) - x))));
				}
			}
		}

		/** Limits of single stages: that of the whole case would cover all of them. */
		private List<Band> spans() {
			List<Band> spans = new ArrayList<>();
			Instant end = this.pieces.get(this.pieces.size() - 1).to();
			Map<Integer, Instant> running = new LinkedHashMap<>();
			Map<Integer, Instant> over = new HashMap<>();
			Instant rests = null;
			for (Replay.Step step : this.replay.steps()) {
				Map<Integer, Replay.Clock> now = new HashMap<>();
				step.after()
					.clocks()
					.stream()
					.filter((clock) -> !clock.stage().equals("supervise") && !clock.stage().equals("total"))
					.forEach((clock) -> now.put(clock.no(), clock));
				for (Integer no : List.copyOf(running.keySet())) {
					if (!now.containsKey(no)) {
						span(running.remove(no), over.remove(no), step.at(), spans);
					}
				}
				now.forEach((no, clock) -> {
					running.putIfAbsent(no, clock.startedAt());
					if (clock.light().equals("OVER")) {
						over.putIfAbsent(no, step.at());
					}
				});
				if (step.after().suspended() && rests == null) {
					rests = step.at();
				}
				else if (!step.after().suspended() && rests != null) {
					band("susp", rests, step.at(), spans);
					rests = null;
				}
			}
			running.forEach((no, from) -> span(from, over.get(no), end, spans));
			if (rests != null) {
				band("susp", rests, end, spans);
			}
			return spans;
		}

		private void span(Instant from, Instant over, Instant to, List<Band> spans) {
			band("span", from, (over != null) ? over : to, spans);
			if (over != null) {
				band("spanover", over, to, spans);
			}
		}

		private List<Tick> ticks() {
			List<Tick> ticks = new ArrayList<>();
			double free = 0;
			for (Piece piece : this.pieces) {
				double perHour = piece.width() / Math.max(1, Duration.between(piece.from(), piece.to()).toHours());
				if (piece.x() >= free && piece.x() + 84 <= LEFT + INNER) {
					ticks.add(new Tick(round(piece.x()), DAY.format(piece.from().atZone(this.zone)), "start"));
					free = piece.x() + 88;
				}
				int step = STEPS[STEPS.length - 1];
				for (int at = STEPS.length - 1; at >= 0; at--) {
					step = (STEPS[at] * perHour >= 92) ? STEPS[at] : step;
				}
				ZonedDateTime hour = piece.from().atZone(this.zone).truncatedTo(ChronoUnit.DAYS);
				LocalDate told = piece.from().atZone(this.zone).toLocalDate();
				for (; hour.toInstant().isBefore(piece.to()); hour = hour.plusHours(step)) {
					double x = piece.at(hour.toInstant());
					boolean day = !hour.toLocalDate().equals(told);
					double half = day ? 42 : 20;
					if (hour.toInstant().isAfter(piece.from()) && x - half >= free && x + half <= LEFT + INNER) {
						ticks.add(new Tick(round(x), (day ? DAY : CLOCK).format(hour), "middle"));
						free = x + half + 6;
						told = hour.toLocalDate();
					}
				}
			}
			return ticks;
		}

	}

}
