package gridcase.trial;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

import gridcase.clock.CalendarYearMissing;
import gridcase.trial.Consequences.Consequence;

/**
 * One trial on its way. Reads small portions, each by short statements of its own, and
 * rests every few milliseconds in proportion to what it worked, so that people's work
 * goes first. Most questions of a period repeat: each distinct one is asked once.
 */
final class TrialRun {

	private static final int PORTION = 250;

	private static final int REMEMBERED = 50_000;

	private static final long BEAT_MILLIS = 300;

	/** Works so long at a stretch; a page that comes meanwhile waits no longer. */
	private static final long STRETCH_MILLIS = 4;

	private final long id;

	private final PastQuestions questions;

	private final PastQuestions.Period period;

	private final ChangedTables tables;

	private final Consequences consequences;

	private final TrialStore store;

	private final double share;

	private final BooleanSupplier stopped;

	private final Tally tally = new Tally();

	private final Map<String, Known> known = new LinkedHashMap<>(1024, 0.75f, true) {

		@Override
		protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
			return size() > REMEMBERED;
		}

	};

	private final long began = System.nanoTime();

	private long beat = this.began;

	private long rested = this.began;

	/** A verdict with its group. */
	private record Known(Verdict verdict, String group) {

	}

	/**
	 * Prepares a trial.
	 * @param share part of the time it may work, from more than 0 to 1
	 * @param stopped whether somebody at this server wants it to stop; others say so in
	 * its row
	 */
	TrialRun(long id, PastQuestions questions, PastQuestions.Period period, ChangedTables tables,
			Consequences consequences, TrialStore store, double share, BooleanSupplier stopped) {
		this.id = id;
		this.questions = questions;
		this.period = period;
		this.tables = tables;
		this.consequences = consequences;
		this.store = store;
		this.share = share;
		this.stopped = stopped;
	}

	/**
	 * Goes through the period.
	 * @throws InterruptedException if the server ends meanwhile
	 */
	void run() throws InterruptedException {
		this.store.begin(this.id, this.questions.count(this.period));
		PastQuestions.Reader reader = this.questions.read(this.period);
		while (true) {
			List<Asked> portion = reader.next(PORTION);
			if (portion.isEmpty()) {
				this.store.end(this.id, TrialState.DONE, null, this.tally, millis());
				return;
			}
			rest();
			this.consequences.prepare(portion);
			for (Asked asked : portion) {
				rest();
				ask(asked);
			}
			this.store.addCases(this.id, this.tally.takeRows());
			if (beat() || this.stopped.getAsBoolean()) {
				this.store.end(this.id, TrialState.STOPPED, null, this.tally, millis());
				return;
			}
			rest();
		}
	}

	/** What was found so far, for one that breaks. */
	Tally tally() {
		return this.tally;
	}

	long millis() {
		return (System.nanoTime() - this.began) / 1_000_000;
	}

	private void ask(Asked asked) {
		Known found = this.known.computeIfAbsent(asked.text(), (text) -> {
			Verdict verdict = Verdict.of(ChangedTables.recorded(asked), this.tables.ask(asked));
			return new Known(verdict, verdict.group());
		});
		Verdict verdict = found.verdict();
		boolean judges = this.consequences.any();
		this.tally.add(asked, verdict, found.group(),
				(judges && verdict.kind() != Verdict.Kind.FAILING) ? consequence(asked, verdict) : null, judges);
	}

	private Consequence consequence(Asked asked, Verdict verdict) {
		try {
			return this.consequences.of(asked, verdict);
		}
		catch (CalendarYearMissing missing) {
			// counted as one that cannot be told
			return null;
		}
	}

	private boolean beat() {
		if (System.nanoTime() - this.beat < BEAT_MILLIS * 1_000_000) {
			return false;
		}
		this.beat = System.nanoTime();
		return this.store.beat(this.id, this.tally, millis());
	}

	/** Pays for what was done since the last rest, once it is worth it. */
	private void rest() throws InterruptedException {
		long worked = System.nanoTime() - this.rested;
		if (worked >= STRETCH_MILLIS * 1_000_000) {
			Thread.sleep((long) (worked * (1 / this.share - 1)) / 1_000_000);
			this.rested = System.nanoTime();
		}
	}

}
