package gridcase.casework.process;

import java.util.Map;

import gridcase.casework.CaseRecord;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

/**
 * The unit gives the case back with its reason, which the rule accepted: the next
 * dispatch chooses anew. Whether this unit is among those it can choose, the rule says
 * too ({@code offeredAgain}). A helper's refusal leaves the others at work; dispatcher
 * and owner are told.
 */
@Component
class ReturnToDispatch implements JavaDelegate {

	private final CaseScope cases;

	private final HandOvers handOvers;

	private final Audience audience;

	ReturnToDispatch(CaseScope cases, HandOvers handOvers, Audience audience) {
		this.cases = cases;
		this.handOvers = handOvers;
		this.audience = audience;
	}

	@Override
	public void execute(DelegateExecution execution) {
		CaseRecord record = this.cases.record(execution);
		String unit = (String) execution.getVariable("unit");
		this.handOvers.record(execution, "RETURNED", null);
		if (!offeredAgain(execution)) {
			CaseUnits.leaveOut(record, unit);
		}
		if ("HELPER".equals(execution.getVariable("leg"))) {
			this.audience.tell(record, "HELPER_REFUSED", Map.of("unit", unit));
			return;
		}
		record.increase("returnCount");
		if (execution.getVariable("signer") == null) {
			record.increase("refusalCount");
		}
		CaseUnits.remember(record, unit);
		record.set("leadUnit", null);
		record.set("helperUnits", null);
	}

	private static boolean offeredAgain(DelegateExecution execution) {
		if (execution.getVariable("offeredAgain") instanceof Boolean offered) {
			return offered;
		}
		throw new IllegalStateException(
				"The rule that lets the unit return the case leaves open whether it is offered it again (offeredAgain)");
	}

}
