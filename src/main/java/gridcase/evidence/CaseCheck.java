package gridcase.evidence;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongFunction;

import gridcase.audit.CaseEvent;
import gridcase.evidence.CaseContents.Decision;

/** Checks one case: its chain, against what was signed of it, and its rows. */
final class CaseCheck {

	/** An event may be written a little after the moment it names. */
	private static final Duration LATE = Duration.ofHours(1);

	private final CaseContents contents;

	private final List<Roots.Placed> leaves;

	private final Leaf tombstone;

	private final LongFunction<Instant> endOfRoot;

	private final long lastRoot;

	private final Consumer<Fault> faults;

	/**
	 * A check.
	 * @param contents what is stored
	 * @param leaves what was signed of it, the oldest first
	 * @param tombstone what is left of a deleted case, or null
	 * @param endOfRoot up to which moment a root knows everything
	 * @param lastRoot number of the last root
	 * @param faults told what is wrong
	 */
	CaseCheck(CaseContents contents, List<Roots.Placed> leaves, Leaf tombstone, LongFunction<Instant> endOfRoot,
			long lastRoot, Consumer<Fault> faults) {
		this.contents = contents;
		this.leaves = leaves;
		this.tombstone = tombstone;
		this.endOfRoot = endOfRoot;
		this.lastRoot = lastRoot;
		this.faults = faults;
	}

	void run() {
		if (this.contents.events().isEmpty() && (this.contents.file() == null || !this.leaves.isEmpty())) {
			gone();
			return;
		}
		CaseContents.StoredCase file = this.contents.file();
		if (file == null) {
			fault(FaultKind.CASE_FILE_MISSING, null, "");
		}
		ChainWalk.End end = ChainWalk.walk(this.contents.caseNo(), this.contents.events(),
				(file != null) ? file.eventHash() : null, this.faults);
		tail(file, end);
		signed(end);
		backdated();
		decisions();
		if (!end.faulty()) {
			RowsCheck.check(this.contents, this.faults);
		}
	}

	private void gone() {
		Roots.Placed last = this.leaves.isEmpty() ? null : this.leaves.get(this.leaves.size() - 1);
		boolean explained = this.tombstone != null && this.contents.file() == null
				&& (last == null || last.leaf().seq() < this.tombstone.seq()
						|| (last.leaf().seq().equals(this.tombstone.seq())
								&& Arrays.equals(last.leaf().hash(), this.tombstone.hash())));
		if (!explained) {
			fault(FaultKind.CASE_MISSING, null,
					(last != null) ? "root " + last.rootNo() + ", " + last.leaf().seq() : "");
		}
	}

	private void tail(CaseContents.StoredCase file, ChainWalk.End end) {
		int signed = this.leaves.isEmpty() ? 0 : this.leaves.get(this.leaves.size() - 1).leaf().seq().intValue();
		int expected = Math.max(signed, (file != null) ? file.eventSeq() : 0);
		if (end.seq() < expected) {
			fault(FaultKind.EVENTS_CUT, end.seq() + 1, (end.seq() + 1) + "-" + expected);
		}
		if (file == null) {
			return;
		}
		boolean same = file.eventSeq() == end.seq() && Arrays.equals(file.eventHash(), end.hash());
		if (!same && (file.eventSeq() <= end.seq()) && !end.faulty()) {
			fault(FaultKind.HEAD_DIFFERS, end.seq(), file.eventSeq() + ", " + end.seq());
		}
	}

	/** The first root whose leaf does not fit names the stretch that was rewritten. */
	private void signed(ChainWalk.End end) {
		int good = 0;
		for (Roots.Placed placed : this.leaves) {
			int seq = placed.leaf().seq().intValue();
			byte[] hash = end.hashes().get(seq);
			if (hash != null && !Arrays.equals(hash, placed.leaf().hash())) {
				fault(FaultKind.CHAIN_REWRITTEN, good + 1, (good + 1) + "-" + seq + ", root " + placed.rootNo());
				return;
			}
			good = (hash != null) ? seq : good;
		}
	}

	private void backdated() {
		int next = 0;
		for (CaseEvent event : this.contents.events()) {
			while (next < this.leaves.size() && this.leaves.get(next).leaf().seq() < event.seq()) {
				next++;
			}
			long before = (next < this.leaves.size()) ? this.leaves.get(next).rootNo() - 1 : this.lastRoot;
			if (before > 0 && event.at().plus(LATE).isBefore(this.endOfRoot.apply(before))) {
				fault(FaultKind.EVENT_BACKDATED, event.seq(), event.at() + ", root " + before);
				return;
			}
		}
	}

	private void decisions() {
		List<Decision> stored = this.contents.decisions();
		byte[] hash = Digests.START;
		int at = 0;
		int good = 0;
		int all = this.leaves.isEmpty() ? 0 : this.leaves.get(this.leaves.size() - 1).leaf().number().intValue();
		for (Roots.Placed placed : this.leaves) {
			int signed = placed.leaf().number().intValue();
			if (signed > stored.size()) {
				fault(FaultKind.DECISION_MISSING, null, stored.size() + " < " + signed + ", root " + placed.rootNo());
				return;
			}
			while (at < signed) {
				hash = stored.get(at).hash(hash, this.contents.caseNo(), at + 1);
				at++;
			}
			if (at == signed && !Arrays.equals(hash, placed.leaf().secondHash())) {
				fault((stored.size() < all) ? FaultKind.DECISION_MISSING : FaultKind.DECISION_CHANGED, good + 1,
						(good + 1) + "-" + signed + ", root " + placed.rootNo());
				return;
			}
			good = signed;
		}
	}

	private void fault(FaultKind kind, Integer seq, String detail) {
		this.faults.accept(new Fault(kind, this.contents.caseNo(), seq, detail));
	}

}
