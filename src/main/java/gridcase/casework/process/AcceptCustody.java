package gridcase.casework.process;

import java.util.Map;

import gridcase.casework.CaseRecord;
import gridcase.registry.Roles;
import gridcase.shared.Acting;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

/**
 * The signer has the work in hand now and, on the lead's way and if the rule says so,
 * answers for it.
 */
@Component
class AcceptCustody implements JavaDelegate {

	private final CaseScope cases;

	private final Audience audience;

	AcceptCustody(CaseScope cases, Audience audience) {
		this.cases = cases;
		this.audience = audience;
	}

	@Override
	public void execute(DelegateExecution execution) {
		CaseRecord record = this.cases.record(execution);
		String signer = Acting.current();
		String unit = (String) execution.getVariable("unit");
		boolean helper = "HELPER".equals(execution.getVariable("leg"));
		String leg = helper ? unit : "";
		execution.setVariable("signer", signer);
		record.hand(CaseRecord.HOLDER, leg, signer, null, unit, Roles.HANDLER, null, null);
		record.holderWorks(leg);
		if (!helper && record.text("ownerMoves").orElse("").equals("ON_SIGN")) {
			record.hand(CaseRecord.OWNER, "", signer, null, unit, Roles.HANDLER, null,
					record.text("ownerRule").orElse(null));
		}
		record.event("SIGNED", execution.getCurrentActivityId(), Map.of("unit", unit));
		if (!helper) {
			record.increase("signCount");
			this.audience.tell(record, "SIGNED", Map.of("unit", unit));
		}
	}

}
