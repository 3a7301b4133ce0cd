package gridcase.casework.process;

import java.util.List;
import java.util.Map;

import gridcase.casework.CaseRecord;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

/** A superior watches the case (督办); the work stays where it is. */
@Component
class Supervise implements JavaDelegate {

	private final CaseScope cases;

	private final Audience audience;

	private final ToldRoles told;

	Supervise(CaseScope cases, Audience audience, ToldRoles told) {
		this.cases = cases;
		this.audience = audience;
		this.told = told;
	}

	@Override
	public void execute(DelegateExecution execution) {
		CaseRecord record = this.cases.record(execution);
		String superior = this.cases.text(execution, "superior").orElseThrow();
		String tier = this.cases.text(execution, "superiorTier").orElseThrow();
		record.watch(superior, null, this.cases.text(execution, "superiorRole").orElse(null),
				this.cases.text(execution, "trigger").orElse(null));
		record.event("SUPERVISED", execution.getCurrentActivityId(), Map.of("superior", superior, "tier", tier,
				"trigger", this.cases.text(execution, "trigger").orElse("")));
		this.audience.tell(record, "ESCALATED", Map.of("tier", tier), Map.of("SUPERIOR", List.of(superior), "TOLD",
				this.told.pools(record, this.cases.text(execution, "tell").orElse(""))));
	}

}
