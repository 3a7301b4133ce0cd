package gridcase.casework.process;

import gridcase.casework.CaseRecord;
import gridcase.registry.Tier;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

/** The case goes one tier up, or to the tier a direct report names. */
@Component
class RaiseTier implements JavaDelegate {

	private final CaseScope cases;

	private final CaseTiers tiers;

	private final Audience audience;

	RaiseTier(CaseScope cases, CaseTiers tiers, Audience audience) {
		this.cases = cases;
		this.tiers = tiers;
		this.audience = audience;
	}

	@Override
	public void execute(DelegateExecution execution) {
		CaseRecord record = this.cases.record(execution);
		Tier from = this.tiers.of(record);
		Tier to = record.text("directTier")
			.filter((key) -> Boolean.TRUE.equals(record.facts().get("directReport")))
			.map((key) -> this.tiers.named(record, key))
			.orElseGet(() -> this.tiers.above(record, from));
		record.set("raisedFromLevel", from.level());
		record.increase("escalationCount");
		record.set("leadUnit", null);
		record.set("helperUnits", null);
		this.tiers.put(record, to);
	}

}
