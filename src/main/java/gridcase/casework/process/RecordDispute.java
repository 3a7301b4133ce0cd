package gridcase.casework.process;

import gridcase.casework.CaseRecord;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

/** A unit wants to pass the case on and a coordinator has to say whose it is. */
@Component
class RecordDispute implements JavaDelegate {

	private final CaseScope cases;

	private final HandOvers handOvers;

	RecordDispute(CaseScope cases, HandOvers handOvers) {
		this.cases = cases;
		this.handOvers = handOvers;
	}

	@Override
	public void execute(DelegateExecution execution) {
		CaseRecord record = this.cases.record(execution);
		if (!HandOvers.HAND_ON.equals(execution.getVariable("movement"))) {
			record.increase("refusalCount");
		}
		this.handOvers.record(execution, "DISPUTED", this.cases.text(execution, "handOnUnit").orElse(null));
	}

}
