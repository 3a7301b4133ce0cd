package gridcase.casework.process;

import java.util.Map;

import gridcase.casework.CaseRecord;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

/** Nobody (further) up can be asked: the operator is told, never silence. */
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
		boolean top = this.cases.text(execution, "escalationMode").orElse("").equals("STOP");
		record.alert(top ? "TOP_REACHED" : "VACANCY", top ? "案件 " + record.caseNo() + " 已上报到最高层级，仍未办成"
				: "案件 " + record.caseNo() + "：层级 " + tier + " 没有在岗的上级（" + role + "）");
		this.audience.tell(record, "VACANCY", Map.of("tier", tier));
	}

}
