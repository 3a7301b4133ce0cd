package gridcase.replay;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

import gridcase.casework.Deadline;
import gridcase.clock.Limit;
import gridcase.clock.LimitUnit;
import gridcase.clock.WorkingCalendar;

/**
 * The limits of a case as they stood at any moment: what set them and what moved them is
 * told by events, when they were warned, exceeded and met by their rows.
 */
final class PastClocks {

	private final WorkingCalendar calendar;

	private final Map<Integer, Track> tracks = new TreeMap<>();

	private final List<Integer> unset = new ArrayList<>();

	/**
	 * Begins before the first event.
	 * @param deadlines the limits as they are now, in the order they were set
	 * @param calendar calendar of the place
	 */
	PastClocks(List<Deadline> deadlines, WorkingCalendar calendar) {
		this.calendar = calendar;
		deadlines.forEach((deadline) -> {
			this.tracks.put(deadline.no(), new Track(deadline));
			this.unset.add(deadline.no());
		});
	}

	/** Adds what an event tells of limits. */
	void tell(String kind, Instant at, Map<String, Object> data) {
		if (kind.equals("DEADLINE_SET") && !this.unset.isEmpty()) {
			Track track = this.tracks.get(this.unset.remove(0));
			Limit limit = new Limit(new BigDecimal(data.get("value").toString()),
					LimitUnit.valueOf(data.get("unit").toString()));
			Instant due = moment(data.get("due"));
			Instant from = track.row.startedAt();
			track.moves.add(new Move(at, due, null, limit, data.get("rule").toString(),
					this.calendar.budget(limit, from).toSeconds(),
					this.calendar.timeBetween(limit.unit(), from, due).toSeconds()));
		}
		else if (kind.equals("DEADLINE_MOVED")) {
			Optional.ofNullable(this.tracks.get(((Number) data.get("no")).intValue()))
				.filter((track) -> !track.moves.isEmpty())
				.ifPresent((track) -> track.moves.add(moved(track, at, data)));
		}
	}

	private Move moved(Track track, Instant at, Map<String, Object> data) {
		Move before = track.moves.get(track.moves.size() - 1);
		String why = data.get("why").toString();
		Instant due = moment(data.get("due"));
		long left = ((Number) data.get("leftSeconds")).longValue();
		Instant paused = switch (why) {
			case "SUSPENDED" -> at;
			case "RESUMED" -> null;
			default -> before.pausedAt;
		};
		Limit limit = limit(Objects.toString(data.get("limit"), null)).orElse(before.limit);
		long budget = switch (why) {
			case "EXTENDED" -> before.budget + left - before.left;
			case "LIMIT_CHANGED" -> changed(track, before, limit);
			default -> before.budget;
		};
		return new Move(at, due, paused, limit, Objects.toString(data.get("rule"), before.rule), budget, left);
	}

	/** Extensions that were granted stay while the same kind of time is counted. */
	private long changed(Track track, Move before, Limit limit) {
		long now = this.calendar.budget(limit, track.row.startedAt()).toSeconds();
		return (before.limit.unit().countsOfficeTime() == limit.unit().countsOfficeTime())
				? before.budget + now - this.calendar.budget(before.limit, track.row.startedAt()).toSeconds() : now;
	}

	private static Optional<Limit> limit(String text) {
		return Optional.ofNullable(text)
			.map((words) -> words.split(" "))
			.map((parts) -> new Limit(new BigDecimal(parts[0]), LimitUnit.valueOf(parts[1])));
	}

	private static Instant moment(Object text) {
		return Instant.parse(text.toString());
	}

	/** Limits that were open at a moment, in the order they were set. */
	List<Replay.Clock> at(Instant moment) {
		return this.tracks.values()
			.stream()
			.filter((track) -> !track.moves.isEmpty() && !track.moves.get(0).at.isAfter(moment))
			.filter((track) -> track.row.doneAt() == null || track.row.doneAt().isAfter(moment))
			.map((track) -> clock(track, moment))
			.toList();
	}

	private Replay.Clock clock(Track track, Instant moment) {
		Move last = track.moves.get(track.moves.size() - 1);
		Deadline row = track.row;
		boolean over = row.breachedAt() != null && !row.breachedAt().isAfter(moment);
		boolean warned = row.warnedAt() != null && !row.warnedAt().isAfter(moment);
		long left = (last.pausedAt != null) ? last.left
				: this.calendar.timeBetween(last.limit.unit(), moment, last.due).toSeconds();
		return new Replay.Clock(row.no(), row.stage(), row.leg(), last.limit.value(), last.limit.unit().name(),
				last.rule, row.startedAt(), last.due, last.pausedAt, last.budget, left, row.warnPercent(),
				over ? "OVER" : (last.pausedAt != null) ? "PAUSED" : warned ? "WARN" : "OK");
	}

	/** A limit and what has been told of it so far. */
	private static final class Track {

		private final Deadline row;

		private final List<Move> moves = new ArrayList<>();

		Track(Deadline row) {
			this.row = row;
		}

	}

	/**
	 * The limit from a moment on.
	 *
	 * @param left what was left when it last began to run or was paused
	 */
	private record Move(Instant at, Instant due, Instant pausedAt, Limit limit, String rule, long budget, long left) {

	}

}
