package gridcase.casework.process;

import java.util.List;
import java.util.Map;

import gridcase.casework.CaseRecord;
import gridcase.casework.Cases;
import gridcase.casework.Deadline;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

/**
 * The breach somebody appealed against is excused by two reviewers; that it happened
 * stays.
 */
@Component
class ExcuseBreach implements JavaDelegate {

	private final CaseScope cases;

	private final Cases history;

	private final Audience audience;

	ExcuseBreach(CaseScope cases, Cases history, Audience audience) {
		this.cases = cases;
		this.history = history;
		this.audience = audience;
	}

	@Override
	public void execute(DelegateExecution execution) {
		CaseRecord record = this.cases.record(execution);
		int no = Integer.parseInt(this.cases.text(execution, "breachNo").orElseThrow());
		Deadline breached = this.history.deadlines(record.caseNo())
			.stream()
			.filter((deadline) -> deadline.no() == no && deadline.breachedAt() != null && deadline.excusedAt() == null)
			.findFirst()
			.orElseThrow(() -> Refusal.rule(Texts.of("casework", "casework.refused.excused")));
		String reviewers = this.cases.text(execution, "Task_ReviewFirst").orElseThrow() + ","
				+ this.cases.text(execution, "Task_ReviewSecond").orElseThrow();
		record.excuse(breached, this.cases.text(execution, "reasonText").orElse(""), reviewers);
		this.audience.tell(record, "EXCUSED", Map.of("reason", this.cases.text(execution, "decisionText").orElse("")),
				Map.of("REQUESTER", List.of((String) execution.getVariable("requester"))));
	}

}
