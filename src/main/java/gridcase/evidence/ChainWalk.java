package gridcase.evidence;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import gridcase.audit.CaseEvent;
import gridcase.audit.EventChain;

/**
 * Goes along the chain of a case and names what does not fit: what was changed, put in,
 * taken out or moved, by what the neighbours still say.
 */
final class ChainWalk {

	/** Beyond this an event that fits nowhere near is not looked for everywhere. */
	private static final int FAR = 600;

	private final String caseNo;

	private final List<CaseEvent> events;

	private final byte[] head;

	private final List<Fault> faults = new ArrayList<>();

	/** Where events that stand elsewhere belong. */
	private final Set<Integer> homes = new HashSet<>();

	private final Map<Integer, byte[]> hashes = new HashMap<>();

	private int seq = 1;

	private byte[] previous = EventChain.START;

	/** How far the numbers have come apart from those the events were written with. */
	private int shift;

	private ChainWalk(String caseNo, List<CaseEvent> events, byte[] head) {
		this.caseNo = caseNo;
		this.events = events;
		this.head = head;
	}

	/**
	 * Walks.
	 * @param caseNo the case
	 * @param events its events in the order of their numbers
	 * @param head hash of the last event as something else names it, or null
	 * @param faults told what is wrong
	 * @return where it ended
	 */
	static End walk(String caseNo, List<CaseEvent> events, byte[] head, Consumer<Fault> faults) {
		ChainWalk walk = new ChainWalk(caseNo, events, head);
		for (int i = 0; i < events.size(); i++) {
			walk.step(i);
		}
		walk.faults.removeIf((fault) -> fault.kind() == FaultKind.EVENT_MISSING && walk.homes.contains(fault.seq()));
		walk.faults.forEach(faults);
		return new End(walk.seq - 1, walk.previous, walk.hashes, !walk.faults.isEmpty());
	}

	/**
	 * Where the walk ended.
	 *
	 * @param seq number of the last event
	 * @param hash its hash
	 * @param hashes hash by number
	 * @param faulty whether anything did not fit
	 */
	record End(int seq, byte[] hash, Map<Integer, byte[]> hashes, boolean faulty) {

	}

	private void step(int index) {
		CaseEvent event = this.events.get(index);
		if (fits(event, this.previous, this.seq)) {
			if (event.seq() - this.seq != this.shift) {
				fault(FaultKind.EVENT_MOVED, event.seq(), this.seq + " -> " + event.seq());
			}
			pass(event, this.seq);
			return;
		}
		CaseEvent next = (index + 1 < this.events.size()) ? this.events.get(index + 1) : null;
		boolean passedBy = (next != null) ? fits(next, this.previous, this.seq)
				: this.head != null && this.seq > 1 && Arrays.equals(this.head, this.previous);
		int linked = (next != null && !passedBy) ? linkedAt(event, next) : 0;
		boolean after = linked > this.seq || (next == null && event.seq() - this.shift > this.seq);
		if (after && !passedBy) {
			int at = (linked > 0) ? linked : event.seq() - this.shift;
			for (int missing = this.seq; missing < at; missing++) {
				fault(FaultKind.EVENT_MISSING, missing, "");
			}
			this.shift = event.seq() - at;
			pass(event, at);
			return;
		}
		int home = (linked == this.seq) ? 0 : home(event);
		// one that stands at its own place as well is a copy
		if (home > 0 && !Arrays.equals(event.hash(), this.hashes.get(home))) {
			this.homes.add(home);
			this.hashes.put(home, event.hash());
			fault(FaultKind.EVENT_MOVED, event.seq(), home + " -> " + event.seq());
		}
		else {
			fault(passedBy ? FaultKind.EVENT_ADDED : FaultKind.EVENT_CHANGED, event.seq(), event.kind());
			this.shift += passedBy ? 1 : 0;
		}
		if (!passedBy) {
			pass(event, this.seq);
		}
	}

	/** The number under which the next event follows this one; 0 if it follows not. */
	private int linkedAt(CaseEvent event, CaseEvent next) {
		for (int at = this.seq; at <= this.seq + FAR; at++) {
			if (fits(next, event.hash(), at + 1)) {
				return at;
			}
		}
		return 0;
	}

	/** The number under which an event was written, if another's hash leads to it. */
	private int home(CaseEvent event) {
		if (this.events.size() > FAR) {
			return 0;
		}
		for (int at = 1; at <= this.events.size() + 1; at++) {
			if (fits(event, EventChain.START, at)) {
				return at;
			}
			for (CaseEvent before : this.events) {
				if (fits(event, before.hash(), at)) {
					return at;
				}
			}
		}
		return 0;
	}

	private void pass(CaseEvent event, int at) {
		this.hashes.put(at, event.hash());
		this.previous = event.hash();
		this.seq = at + 1;
	}

	private boolean fits(CaseEvent event, byte[] before, int at) {
		return Arrays.equals(event.hash(), EventChain.hash(before, this.caseNo, at, event.at(), event.actor(),
				event.kind(), event.element(), event.data()));
	}

	private void fault(FaultKind kind, int at, String detail) {
		this.faults.add(new Fault(kind, this.caseNo, at, detail));
	}

}
