package gridcase.trial;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import gridcase.policy.DecisionFailed;
import gridcase.trial.Consequences.Consequence;

/** What a trial has found so far. */
final class Tally {

	/** Different questions kept as examples of a group; the most frequent are shown. */
	private static final int EXAMPLES = 200;

	private static final int SHOWN = 5;

	private final Map<String, Group> groups = new LinkedHashMap<>();

	private final Map<String, Counts> sums = new TreeMap<>();

	private final Set<String> unknownNames = new TreeSet<>();

	private final List<Object[]> rows = new ArrayList<>();

	private int same;

	private int changed;

	private int failing;

	private int gaps;

	private int overlaps;

	private int otherRule;

	private int unknown;

	private int unjudged;

	private int listed;

	private Counts counts = Counts.NONE;

	/** Decisions that would have been others in the same way. */
	static final class Group {

		private final int no;

		private final String place;

		private final Asked first;

		private final Verdict verdict;

		private final Map<String, Integer> asked = new HashMap<>();

		private int decisions;

		private int newly;

		private Counts counts = Counts.NONE;

		Group(int no, Asked first, Verdict verdict) {
			this.no = no;
			this.place = first.place();
			this.first = first;
			this.verdict = verdict;
		}

		int no() {
			return this.no;
		}

		String place() {
			return this.place;
		}

		Asked first() {
			return this.first;
		}

		Verdict verdict() {
			return this.verdict;
		}

		int decisions() {
			return this.decisions;
		}

		int newly() {
			return this.newly;
		}

		Counts counts() {
			return this.counts;
		}

		List<TrialGroup.Sample> samples() {
			return this.asked.entrySet()
				.stream()
				.sorted(Map.Entry.<String, Integer>comparingByValue()
					.reversed()
					.thenComparing(Map.Entry.comparingByKey()))
				.limit(SHOWN)
				.map((entry) -> new TrialGroup.Sample(Plain.values(entry.getKey()), entry.getValue()))
				.toList();
		}

	}

	/**
	 * Adds a question.
	 * @param group what {@link Verdict#group()} says
	 * @param consequence what it would have meant, null if nothing can be told
	 * @param expected whether the table sets deadlines
	 */
	void add(Asked asked, Verdict verdict, String group, Consequence consequence, boolean expected) {
		boolean asksUnknown = !verdict.after().unknown().isEmpty();
		if (asksUnknown) {
			this.unknown++;
			this.unknownNames.addAll(verdict.after().unknown());
		}
		if (consequence != null) {
			this.counts = this.counts.plus(consequence.counts());
			if (consequence.past() != null) {
				sum("UNIT", asked.place(), consequence.past().unit(), consequence.counts());
				sum("CATEGORY", asked.place(), consequence.past().category(), consequence.counts());
			}
		}
		else if (expected) {
			this.unjudged++;
		}
		switch (verdict.kind()) {
			case SAME -> {
				this.same++;
				this.otherRule += verdict.otherRule() ? 1 : 0;
				return;
			}
			case CHANGED -> this.changed++;
			case FAILING -> {
				this.failing++;
				this.gaps += (verdict.after().fault() == DecisionFailed.Reason.NO_MATCH) ? 1 : 0;
				this.overlaps += (verdict.after().fault() == DecisionFailed.Reason.OVERLAP) ? 1 : 0;
			}
		}
		Group found = this.groups.computeIfAbsent(group, (key) -> new Group(this.groups.size() + 1, asked, verdict));
		found.decisions++;
		if (found.asked.size() < EXAMPLES || found.asked.containsKey(asked.answers().get(0).inputs())) {
			found.asked.merge(asked.answers().get(0).inputs(), 1, Integer::sum);
		}
		if (consequence != null) {
			found.counts = found.counts.plus(consequence.counts());
			found.newly += consequence.newlyBreached() ? 1 : 0;
		}
		this.rows.add(row(asked, found.no, asksUnknown, consequence));
	}

	private Object[] row(Asked asked, int group, boolean asksUnknown, Consequence consequence) {
		boolean limit = consequence != null && consequence.judged() != null;
		return new Object[] { ++this.listed, group, asked.caseNo(), asked.last().id(),
				java.sql.Timestamp.from(asked.at()), asksUnknown, limit ? consequence.limit().unit().name() : null,
				limit ? consequence.judged().usedSeconds() : null, limit ? consequence.judged().leftSeconds() : null,
				limit ? consequence.past().deadline().doneAt() == null : null,
				limit ? consequence.past().deadline().breachedAt() != null : null,
				limit ? consequence.judged().breached() : null };
	}

	private void sum(String kind, String place, String key, Counts one) {
		this.sums.merge(kind + "\n" + place + "\n" + ((key != null) ? key : ""), one, Counts::plus);
	}

	/** Rows of cases since the last time. */
	List<Object[]> takeRows() {
		List<Object[]> taken = List.copyOf(this.rows);
		this.rows.clear();
		return taken;
	}

	List<Group> groups() {
		return List.copyOf(this.groups.values());
	}

	Map<String, Counts> sums() {
		return this.sums;
	}

	Set<String> unknownNames() {
		return this.unknownNames;
	}

	int done() {
		return this.same + this.changed + this.failing;
	}

	int same() {
		return this.same;
	}

	int changed() {
		return this.changed;
	}

	int failing() {
		return this.failing;
	}

	int gaps() {
		return this.gaps;
	}

	int overlaps() {
		return this.overlaps;
	}

	int otherRule() {
		return this.otherRule;
	}

	int unknown() {
		return this.unknown;
	}

	int unjudged() {
		return this.unjudged;
	}

	Counts counts() {
		return this.counts;
	}

}
