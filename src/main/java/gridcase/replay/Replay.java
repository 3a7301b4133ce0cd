package gridcase.replay;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import gridcase.audit.CaseEvent;
import gridcase.casework.Attachments;
import gridcase.casework.CaseFile;
import gridcase.casework.CaseWays;
import gridcase.casework.Custody;
import gridcase.notice.Deliveries;
import gridcase.policy.DecisionRecord;

/**
 * A case told moment by moment.
 *
 * @param file the case as it stands
 * @param steps what happened, one action after the other; never empty
 * @param runs the diagrams it ran through, in the order they began
 * @param events number of its events
 * @param complete whether the events tell every change of its facts; false for a case
 * that is older than that
 */
public record Replay(CaseFile file, List<Step> steps, List<Run> runs, int events, boolean complete) {

	/**
	 * One action of a person or of time, with all that it changed.
	 *
	 * @param number its number, from 1
	 * @param at when, to the microsecond
	 * @param actor sign-in name of who acted, or {@code system}
	 * @param actedFor sign-in name of the absent person for whom, or null
	 * @param facts what is told of it, in order
	 * @param before how the case stood before; null before the first
	 * @param after how it stood then
	 * @param decisions tables that were asked, in order
	 * @param messages what people were told because of it
	 * @param files what was attached for it
	 * @param changes what it entered and left in the diagrams
	 */
	public record Step(int number, Instant at, String actor, String actedFor, List<Told> facts, State before,
			State after, List<DecisionRecord> decisions, List<Deliveries.Delivery> messages,
			List<Attachments.Info> files, List<CaseWays.Change> changes) {

		/** Whether something of this kind happened. */
		public boolean has(String kind) {
			return this.facts.stream().anyMatch((fact) -> fact.kind().equals(kind));
		}

		/** Whether somebody else became answerable or got the work. */
		public boolean handed() {
			return !same((this.before != null) ? this.before.owner() : null, this.after.owner())
					|| !same((this.before != null) ? this.before.holder() : null, this.after.holder());
		}

		/** Whether a table decided where the case goes. */
		public boolean decided() {
			return has("DECIDED");
		}

		/** Whether a limit was exceeded. */
		public boolean breached() {
			return has("BREACHED");
		}

		/** Whether a warning was given. */
		public boolean warned() {
			return has("WARNED");
		}

	}

	/**
	 * One event of a step.
	 *
	 * @param seq its number within the case
	 * @param kind its kind
	 * @param element id of the diagram element it happened at, or null
	 * @param hash its hash, hexadecimal
	 * @param data its data
	 * @param event the event itself
	 */
	public record Told(int seq, String kind, String element, String hash, Map<String, Object> data, CaseEvent event) {

	}

	/**
	 * How a case stood at a moment.
	 *
	 * @param state {@code OPEN} or how it had ended
	 * @param stageKey canonical key of its stage, or null before the first
	 * @param stageName its name in the diagram
	 * @param suspended whether it rested (挂账)
	 * @param facts what was known of it; personal data are {@code ***}
	 * @param owner who was answerable, or null
	 * @param holders who had the work or in which pool it waited, the lead first
	 * @param watchers who supervised
	 * @param clocks limits that ran or stood still
	 */
	public record State(String state, String stageKey, String stageName, boolean suspended, Map<String, Object> facts,
			Custody owner, List<Custody> holders, List<Custody> watchers, List<Clock> clocks) {

		/** The limit the case was judged by: the one that runs out first. */
		public Optional<Clock> next() {
			return this.clocks.stream()
				.filter((clock) -> !clock.stage().equals("supervise"))
				.min(java.util.Comparator.comparing((Clock clock) -> clock.pausedAt() != null)
					.thenComparing(Clock::dueAt));
		}

		/** Who had the work on the lead's way, or null. */
		public Custody holder() {
			return this.holders.stream().filter((link) -> link.leg().isEmpty()).findFirst().orElse(null);
		}

		/** A fact as text, or an empty text. */
		public String fact(String name) {
			return Objects.toString(this.facts.get(name), "");
		}

	}

	/**
	 * A limit as it stood at a moment.
	 *
	 * @param no its number within the case
	 * @param stage stage or step it is for
	 * @param leg empty on the lead's way, the unit code for a helper
	 * @param limitValue the limit, in
	 * @param limitUnit this unit
	 * @param rule table, version and rule that set it
	 * @param startedAt when it began to run
	 * @param dueAt when it runs out; while it stands still, the moment it had before
	 * @param pausedAt since when it stands still, or null
	 * @param budgetSeconds time granted, extensions included, as the unit counts
	 * @param leftSeconds what is left of it, negative when exceeded
	 * @param warnPercent share of the budget after which a warning is due
	 * @param light {@code OK WARN OVER} or {@code PAUSED}
	 */
	public record Clock(int no, String stage, String leg, BigDecimal limitValue, String limitUnit, String rule,
			Instant startedAt, Instant dueAt, Instant pausedAt, long budgetSeconds, long leftSeconds, int warnPercent,
			String light) {

		/** Share of the budget that is used, 0 to 100. */
		public int usedPercent() {
			return (int) Math.max(0,
					Math.min(100, (this.budgetSeconds - this.leftSeconds) * 100 / Math.max(1, this.budgetSeconds)));
		}

	}

	/**
	 * One run through a diagram.
	 *
	 * @param id the engine's id of it
	 * @param key key of the diagram
	 * @param unit code of the unit whose work it is, or null
	 * @param helper whether that unit helps
	 * @param calledBy id of the run that called it, or null
	 * @param callElement id of the element that called it, or null
	 * @param first number of the step it began in
	 * @param last number of the step it ended in, or null while it runs
	 * @param versions the versions of the diagram it ran on, the first one first
	 */
	public record Run(String id, String key, String unit, boolean helper, String calledBy, String callElement,
			int first, Integer last, List<Drawn> versions) {

		/** The version it ran on at a step. */
		public Drawn at(int step) {
			Drawn found = this.versions.get(0);
			for (Drawn version : this.versions) {
				found = (version.from() <= step) ? version : found;
			}
			return found;
		}

		/** Whether it ran at a step, or began or ended in it. */
		public boolean ran(int step) {
			return this.first <= step && (this.last == null || this.last >= step);
		}

	}

	/**
	 * A version of a diagram, from a step on.
	 *
	 * @param from number of the step
	 * @param diagram the diagram
	 */
	public record Drawn(int from, CaseWays.Diagram diagram) {

	}

	/** Whether two links name the same people in the same work. */
	static boolean same(Custody one, Custody other) {
		return (one == null || other == null) ? one == other : Objects.equals(one.person(), other.person())
				&& Objects.equals(one.pool(), other.pool()) && Objects.equals(one.unit(), other.unit());
	}

	/** The step of that number, or the nearest there is. */
	public Step step(int number) {
		return this.steps.get(Math.max(1, Math.min(this.steps.size(), number)) - 1);
	}

	/** How often a limit was exceeded. */
	public long breaches() {
		return this.steps.stream()
			.flatMap((step) -> step.facts().stream())
			.filter((fact) -> fact.kind().equals("BREACHED"))
			.count();
	}

}
