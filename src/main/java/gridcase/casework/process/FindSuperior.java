package gridcase.casework.process;

import java.util.Optional;

import gridcase.casework.CaseRecord;
import gridcase.registry.Duties;
import gridcase.registry.OnDuty;
import gridcase.registry.Tier;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

/** Looks who is on duty one tier above the last one asked. */
@Component
class FindSuperior implements JavaDelegate {

	private final CaseScope cases;

	private final CaseTiers tiers;

	private final Duties duties;

	FindSuperior(CaseScope cases, CaseTiers tiers, Duties duties) {
		this.cases = cases;
		this.tiers = tiers;
		this.duties = duties;
	}

	@Override
	public void execute(DelegateExecution execution) {
		CaseRecord record = this.cases.record(execution);
		Tier asked = this.cases.text(execution, "superiorTier")
			.map((key) -> this.tiers.named(record, key))
			.orElseGet(() -> this.tiers.of(record));
		Tier next = this.tiers.above(record, asked);
		String role = this.cases.text(execution, "superiorRole").orElseThrow();
		Optional<OnDuty> superior = this.duties.atTier(role, record.text("gridCode").orElseThrow(), next.key(),
				record.now());
		execution.setVariable("superiorTier", next.key());
		// the table is asked again from here, so that it knows when there is nobody
		// further up
		execution.setVariable("tier", next.key());
		execution.setVariable("topTier", this.tiers.above(record, next).equals(next));
		execution.setVariable("superiorFound", superior.isPresent());
		execution.setVariable("superior", superior.map((found) -> found.staff().get(0).login()).orElse(null));
		if (superior.isPresent()) {
			// a vacancy is climbed over, it is no level of escalation
			Object level = execution.getVariable("escalationLevel");
			execution.setVariable("escalationLevel", (level instanceof Number number) ? number.intValue() + 1 : 1);
			record.increase("escalationCount");
		}
	}

}
