package gridcase.casework.process;

import java.util.List;
import java.util.Map;

import gridcase.casework.CaseRecord;
import gridcase.registry.Tier;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

/** A superior takes the work up to its own tier (接管). */
@Component
class TakeOver implements JavaDelegate {

	private final CaseScope cases;

	private final CaseTiers tiers;

	private final Audience audience;

	private final ToldRoles told;

	private final LoopTasks tasks;

	TakeOver(CaseScope cases, CaseTiers tiers, Audience audience, ToldRoles told, LoopTasks tasks) {
		this.cases = cases;
		this.tiers = tiers;
		this.audience = audience;
		this.told = told;
		this.tasks = tasks;
	}

	@Override
	public void execute(DelegateExecution execution) {
		CaseRecord record = this.cases.record(execution);
		String superior = this.cases.text(execution, "superior").orElseThrow();
		Tier tier = this.tiers.named(record, this.cases.text(execution, "superiorTier").orElseThrow());
		this.tiers.put(record, tier);
		this.tasks.moveTo(tier, record);
		record.event("TAKEN_OVER", execution.getCurrentActivityId(), Map.of("superior", superior, "tier", tier.key(),
				"trigger", this.cases.text(execution, "trigger").orElse("")));
		this.audience.tell(record, "ESCALATED", Map.of("tier", tier.key()), Map.of("SUPERIOR", List.of(superior),
				"TOLD", this.told.pools(record, this.cases.text(execution, "tell").orElse(""))));
	}

}
