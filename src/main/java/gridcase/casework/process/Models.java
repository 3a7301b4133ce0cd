package gridcase.casework.process;

import gridcase.casework.CaseRecord;
import gridcase.policy.ReleasedRule;
import gridcase.policy.ReleasedRules;
import gridcase.policy.RuleScope;
import gridcase.policy.RuleType;
import org.camunda.bpm.engine.delegate.DelegateExecution;

import org.springframework.stereotype.Component;

/**
 * {@code models} in a diagram: which place's diagram applies to a case, and in which
 * version.
 */
@Component("models")
public class Models {

	/** Key of the process a case runs through unless its category names another. */
	public static final String ROOT = "case-handling";

	/** Key of the process of one unit's work. */
	static final String UNIT = "unit-handling";

	private final ReleasedRules rules;

	private final CaseScope cases;

	Models(ReleasedRules rules, CaseScope cases) {
		this.rules = rules;
		this.cases = cases;
	}

	/**
	 * Tenant whose model of that key applies to the case: its place, or null for the
	 * shared one.
	 */
	public String tenantOf(String key, DelegateExecution execution) {
		return find(key, execution).place();
	}

	/**
	 * Version of the model of that key that applies to the case, by when it was reported.
	 */
	public int versionOf(String key, DelegateExecution execution) {
		return find(key, execution).version();
	}

	private ReleasedRule find(String key, DelegateExecution execution) {
		CaseRecord record = this.cases.record(execution);
		return find(key, record.scope());
	}

	/**
	 * The diagram that applies.
	 * @throws IllegalStateException if there is none
	 */
	ReleasedRule find(String key, RuleScope scope) {
		return this.rules.find(RuleType.DIAGRAM, key, scope)
			.orElseThrow(() -> new IllegalStateException("There is no diagram " + key + " for " + scope));
	}

}
