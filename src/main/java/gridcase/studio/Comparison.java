package gridcase.studio;

import java.time.Instant;
import java.util.List;

import gridcase.analysis.DiagramDiff;
import gridcase.analysis.FormDiff;
import gridcase.analysis.TableDiff;
import gridcase.policy.RuleType;
import gridcase.policy.TableView;

/**
 * Two released versions of a rule side by side.
 *
 * @param type kind of the rule
 * @param key its key
 * @param place place that owns it, null for a shared one
 * @param name its name
 * @param versions all its versions, the newest first
 * @param from the older one
 * @param to the newer one
 * @param table how they differ, null if it is no table
 * @param now the newer table, null if it is no table
 * @param diagram how they differ, null if it is no diagram
 * @param form how they differ, null if it is no form
 */
record Comparison(RuleType type, String key, String place, String name, List<Version> versions, Version from,
		Version to, TableDiff table, TableView now, DiagramDiff diagram, FormDiff form) {

	/**
	 * A version of a rule.
	 *
	 * @param version its number
	 * @param releaseId release it came with
	 * @param effectiveFrom from when it is in force
	 * @param by sign-in name of who released it
	 * @param note what the release said
	 */
	record Version(int version, long releaseId, Instant effectiveFrom, String by, String note) {

	}

}
