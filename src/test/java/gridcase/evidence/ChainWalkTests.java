package gridcase.evidence;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import gridcase.audit.CaseEvent;
import gridcase.audit.EventChain;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What was done to a chain is named: which event, and what. */
class ChainWalkTests {

	private static final String CASE = "SD20260316-000001";

	private final List<CaseEvent> events = chain(CASE, 9);

	private final byte[] head = this.events.get(8).hash();

	private static List<CaseEvent> chain(String caseNo, int length) {
		List<CaseEvent> events = new ArrayList<>();
		byte[] hash = EventChain.START;
		for (int seq = 1; seq <= length; seq++) {
			CaseEvent event = EventChain.next(hash, caseNo, seq, Instant.parse("2026-03-16T01:00:00Z").plusSeconds(seq),
					"sd.dispatcher", "COMMENTED", null, "{\"text\":\"" + caseNo + " " + seq + "\"}");
			events.add(event);
			hash = event.hash();
		}
		return events;
	}

	private List<String> faults() {
		List<String> faults = new ArrayList<>();
		ChainWalk.walk(CASE, this.events, this.head, (fault) -> faults.add(fault.kind() + " " + fault.seq()));
		return faults;
	}

	private void replace(int seq, CaseEvent event) {
		this.events.set(seq - 1, event);
	}

	private CaseEvent at(int seq) {
		return this.events.get(seq - 1);
	}

	private static CaseEvent numbered(CaseEvent event, int seq) {
		return new CaseEvent(event.caseNo(), seq, event.at(), event.actor(), event.kind(), event.element(),
				event.data(), event.hash());
	}

	private void renumber() {
		for (int i = 0; i < this.events.size(); i++) {
			this.events.set(i, numbered(this.events.get(i), i + 1));
		}
	}

	@Test
	void untouchedChainHasNoFault() {
		List<Fault> faults = new ArrayList<>();
		ChainWalk.End end = ChainWalk.walk(CASE, this.events, this.head, faults::add);
		assertThat(faults).isEmpty();
		assertThat(end.seq()).isEqualTo(9);
		assertThat(end.hash()).isEqualTo(this.head);
		assertThat(end.hashes()).hasSize(9);
	}

	@Test
	void changedEventIsNamedWhereverItStands() {
		for (int seq : new int[] { 1, 4, 9 }) {
			CaseEvent event = at(seq);
			replace(seq, new CaseEvent(CASE, seq, event.at(), "somebody.else", event.kind(), event.element(),
					event.data(), event.hash()));
			assertThat(faults()).containsExactly("EVENT_CHANGED " + seq);
			replace(seq, event);
		}
	}

	@Test
	void changedEventWithAHashOfItsOwnIsNamed() {
		CaseEvent event = at(4);
		replace(4, EventChain.next(at(3).hash(), CASE, 4, event.at(), "somebody.else", event.kind(), event.element(),
				event.data()));
		assertThat(faults()).as("the next one shows that another stood before it").isNotEmpty();
	}

	@Test
	void deletedEventsAreNamed() {
		this.events.remove(3);
		assertThat(faults()).containsExactly("EVENT_MISSING 4");
		this.events.remove(3);
		assertThat(faults()).containsExactly("EVENT_MISSING 4", "EVENT_MISSING 5");
	}

	@Test
	void deletedEventIsNamedThoughTheGapWasClosed() {
		this.events.remove(3);
		renumber();
		assertThat(faults()).containsExactly("EVENT_MISSING 4");
	}

	@Test
	void deletedFirstAndLastButOneAreNamed() {
		this.events.remove(7);
		this.events.remove(0);
		assertThat(faults()).containsExactly("EVENT_MISSING 1", "EVENT_MISSING 8");
	}

	@Test
	void exchangedEventsAreNamed() {
		CaseEvent third = at(3);
		replace(3, numbered(at(4), 3));
		replace(4, numbered(third, 4));
		assertThat(faults()).containsExactlyInAnyOrder("EVENT_MOVED 3", "EVENT_MOVED 4");
	}

	@Test
	void insertedEventIsNamedAndTheOthersAreNot() {
		this.events.add(3, new CaseEvent(CASE, 4, at(3).at(), "sd.dispatcher", "COMMENTED", null, "{}", new byte[32]));
		renumber();
		assertThat(faults()).containsExactly("EVENT_ADDED 4");
	}

	@Test
	void eventPutBehindTheLastIsNamed() {
		this.events.add(new CaseEvent(CASE, 10, at(9).at(), "sd.dispatcher", "COMMENTED", null, "{}", new byte[32]));
		assertThat(faults()).containsExactly("EVENT_ADDED 10");
	}

	@Test
	void eventOfAnotherCaseIsNamed() {
		List<CaseEvent> other = chain("SD20260316-000002", 9);
		CaseEvent foreign = other.get(4);
		replace(5, new CaseEvent(CASE, 5, foreign.at(), foreign.actor(), foreign.kind(), foreign.element(),
				foreign.data(), foreign.hash()));
		assertThat(faults()).as("what came after it does not follow it either")
			.isNotEmpty()
			.allMatch((fault) -> fault.endsWith(" 5") || fault.endsWith(" 6"));
		CaseEvent own = chain(CASE, 9).get(4);
		replace(5,
				new CaseEvent(CASE, 5, own.at(), own.actor(), own.kind(), own.element(), foreign.data(), own.hash()));
		assertThat(faults()).containsExactly("EVENT_CHANGED 5");
	}

	@Test
	void severalFaultsAreAllNamed() {
		CaseEvent event = at(7);
		replace(7, new CaseEvent(CASE, 7, event.at().plusSeconds(60), event.actor(), event.kind(), event.element(),
				event.data(), event.hash()));
		this.events.remove(2);
		assertThat(faults()).containsExactly("EVENT_MISSING 3", "EVENT_CHANGED 7");
	}

}
