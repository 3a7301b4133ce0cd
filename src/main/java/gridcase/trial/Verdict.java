package gridcase.trial;

import gridcase.trial.ChangedTables.Outcome;

/**
 * What a question's new answer is beside the old one.
 *
 * @param kind whether it is the same
 * @param before what was said
 * @param after what would be said
 * @param otherRule whether the same answer comes from another rule
 */
record Verdict(Kind kind, Outcome before, Outcome after, boolean otherRule) {

	enum Kind {

		SAME, CHANGED, FAILING

	}

	static Verdict of(Outcome before, Outcome after) {
		if (after.failed()) {
			return new Verdict(Kind.FAILING, before, after, false);
		}
		boolean same = Plain.same(before.rows(), after.rows(), after.inOrder());
		return new Verdict(same ? Kind.SAME : Kind.CHANGED, before, after,
				same && !before.rules().equals(after.rules()));
	}

	/** Verdicts that differ in nothing people would want to tell apart. */
	String group() {
		return String.join("\n", this.kind.name(), this.before.table(), String.valueOf(this.before.owner()),
				this.before.rules().toString(), Plain.json(this.before.rows()), this.after.table(),
				String.valueOf(this.after.owner()), this.after.rules().toString(), Plain.json(this.after.rows()),
				String.valueOf(this.after.fault()), String.valueOf(this.after.message()));
	}

}
