package gridcase.registry;

import java.time.Instant;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Stretches of time, joined where they touch, so that a moment is found at one look
 * however long the roster is.
 */
final class Spans {

	private final NavigableMap<Instant, Instant> endByStart = new TreeMap<>();

	void add(Instant start, Instant end) {
		Instant from = start;
		Instant to = end;
		Map.Entry<Instant, Instant> before = this.endByStart.floorEntry(to);
		while (before != null && !before.getValue().isBefore(from)) {
			from = before.getKey().isBefore(from) ? before.getKey() : from;
			to = before.getValue().isAfter(to) ? before.getValue() : to;
			this.endByStart.remove(before.getKey());
			before = this.endByStart.floorEntry(to);
		}
		this.endByStart.put(from, to);
	}

	boolean cover(Instant at) {
		Map.Entry<Instant, Instant> span = this.endByStart.floorEntry(at);
		return span != null && at.isBefore(span.getValue());
	}

	boolean endAfter(Instant at) {
		return !this.endByStart.isEmpty() && this.endByStart.lastEntry().getValue().isAfter(at);
	}

}
