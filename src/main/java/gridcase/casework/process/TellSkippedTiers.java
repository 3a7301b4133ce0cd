package gridcase.casework.process;

import java.util.List;
import java.util.Map;

import gridcase.casework.CaseRecord;
import gridcase.registry.Duties;
import gridcase.registry.Roles;
import gridcase.registry.Tier;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

/** The tiers a direct report jumped over learn of it. */
@Component
class TellSkippedTiers implements JavaDelegate {

	private final CaseScope cases;

	private final CaseTiers tiers;

	private final Duties duties;

	private final Audience audience;

	TellSkippedTiers(CaseScope cases, CaseTiers tiers, Duties duties, Audience audience) {
		this.cases = cases;
		this.tiers = tiers;
		this.duties = duties;
		this.audience = audience;
	}

	@Override
	public void execute(DelegateExecution execution) {
		CaseRecord record = this.cases.record(execution);
		String grid = record.text("gridCode").orElseThrow();
		int level = this.tiers.of(record).level();
		for (Tier tier : this.tiers.between(record, record.count("raisedFromLevel"), level)) {
			this.duties.atTier(Roles.DUTY_LEADER, grid, tier.key(), record.now()).ifPresent((leader) -> {
				this.audience.tell(record, "DIRECT_REPORTED", Map.of("tier", tier.key()),
						Map.of("SKIPPED_TIER", List.of(leader.pool())));
				record.event("TIER_TOLD", execution.getCurrentActivityId(),
						Map.of("tier", tier.key(), "name", tier.name(), "pool", leader.pool()));
			});
		}
	}

}
