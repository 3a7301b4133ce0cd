package gridcase.casework.process;

import java.util.Map;

import gridcase.casework.CaseRecord;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

/** Nobody who could be asked is on duty: the operator is told. */
@Component
class AlertVacancy implements JavaDelegate {

	private final CaseScope cases;

	private final Audience audience;

	AlertVacancy(CaseScope cases, Audience audience) {
		this.cases = cases;
		this.audience = audience;
	}

	@Override
	public void execute(DelegateExecution execution) {
		CaseRecord record = this.cases.record(execution);
		String tier = this.cases.text(execution, "superiorTier").orElse(record.text("tier").orElse(""));
		String role = this.cases.text(execution, "superiorRole").orElse("");
		record.alert("VACANCY", "案件 " + record.caseNo() + "：层级 " + tier + " 没有在岗的上级（" + role + "）");
		this.audience.tell(record, "VACANCY", Map.of("tier", tier));
	}

}
