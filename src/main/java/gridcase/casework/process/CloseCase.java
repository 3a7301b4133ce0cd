package gridcase.casework.process;

import java.util.Map;

import gridcase.casework.CaseRecord;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

/**
 * The case is closed on its closing condition; its reporter and those of cases put to it
 * are told. Where the table {@code second-look} says so, somebody else looks again.
 */
@Component
class CloseCase implements JavaDelegate {

	private final CaseScope cases;

	private final CaseDecisions decisions;

	private final Turns turns;

	private final MergedCases merged;

	private final Audience audience;

	CloseCase(CaseScope cases, CaseDecisions decisions, Turns turns, MergedCases merged, Audience audience) {
		this.cases = cases;
		this.decisions = decisions;
		this.turns = turns;
		this.merged = merged;
		this.audience = audience;
	}

	@Override
	public void execute(DelegateExecution execution) {
		CaseRecord record = this.cases.record(execution);
		record.event("ARCHIVED", execution.getCurrentActivityId(), Map.of());
		this.audience.tell(record, "CLOSED", Map.of("result", record.text("resultText").orElse("")));
		this.merged.tellEnded(record);
		if (record.text("satisfaction").isPresent() && "YES"
			.equals(this.decisions.ask("second-look", record, execution.getCurrentActivityId(), record.facts())
				.outputs()
				.get("secondLook"))) {
			this.turns.begin(record, "follow-up", Map.of("satisfaction", record.text("satisfaction").get(),
					"followUpText", record.text("closingText").orElse("")));
		}
	}

}
