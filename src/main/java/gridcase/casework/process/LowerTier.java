package gridcase.casework.process;

import java.util.Map;

import gridcase.casework.CaseRecord;
import gridcase.registry.Tier;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

/** A superior hands the case down to a lower tier with instructions (下交办理). */
@Component
class LowerTier implements JavaDelegate {

	private final CaseScope cases;

	private final CaseTiers tiers;

	private final LoopTasks tasks;

	private final Audience audience;

	LowerTier(CaseScope cases, CaseTiers tiers, LoopTasks tasks, Audience audience) {
		this.cases = cases;
		this.tiers = tiers;
		this.tasks = tasks;
		this.audience = audience;
	}

	@Override
	public void execute(DelegateExecution execution) {
		CaseRecord record = this.cases.record(execution);
		Tier to = this.tiers.named(record, this.cases.text(execution, "handDownTier").orElseThrow());
		String instructions = this.cases.text(execution, "handDownText").orElse("");
		record.order("HANDED_DOWN", instructions);
		if ("dispatch".equals(record.stageKey())) {
			// chosen anew there; a check that is handed down may still send it back to
			// those who did the work
			record.set("leadUnit", null);
			record.set("helperUnits", null);
		}
		record.set("handDownTier", to.key());
		record.set("handDownText", instructions);
		record.increase("handDownCount");
		this.tiers.put(record, to);
		this.tasks.moveTo(to, record);
		record.event("HANDED_DOWN", execution.getCurrentActivityId(),
				Map.of("tier", to.key(), "name", to.name(), "reason", instructions));
		this.audience.tell(record, "HANDED_DOWN", Map.of("text", instructions));
	}

}
