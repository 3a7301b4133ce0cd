package gridcase.casework.process;

import java.util.Map;

import gridcase.casework.CaseRecord;
import gridcase.shared.Texts;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

/** Nobody (further) up can be asked: the operator is told, never silence. */
@Component
class AlertVacancy implements JavaDelegate {

	private final CaseScope cases;

	private final CaseTiers tiers;

	private final Audience audience;

	AlertVacancy(CaseScope cases, CaseTiers tiers, Audience audience) {
		this.cases = cases;
		this.tiers = tiers;
		this.audience = audience;
	}

	@Override
	public void execute(DelegateExecution execution) {
		CaseRecord record = this.cases.record(execution);
		String tier = this.cases.text(execution, "superiorTier").orElse(record.text("tier").orElse(""));
		String role = this.cases.text(execution, "superiorRole").orElse("");
		boolean top = this.cases.text(execution, "escalationMode").orElse("").equals("STOP");
		record.alert(top ? "TOP_REACHED" : "VACANCY",
				top ? Texts.of("casework", "casework.alert.top", record.caseNo())
						: Texts.of("casework", "casework.alert.vacancy", record.caseNo(),
								this.tiers.named(record, tier).name(), Texts.of("casework", "casework.role." + role)));
		this.audience.tell(record, "VACANCY", Map.of("tier", tier));
	}

}
