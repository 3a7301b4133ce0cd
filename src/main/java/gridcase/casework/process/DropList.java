package gridcase.casework.process;

import java.util.Map;

import gridcase.casework.CaseRecord;
import gridcase.casework.RetentionWork;
import gridcase.shared.Acting;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** 放弃清单: its cases stay as they are. */
@Component
class DropList implements JavaDelegate {

	private final CaseScope cases;

	private final RetentionWork work;

	private final Audience audience;

	DropList(CaseScope cases, @Lazy RetentionWork work, Audience audience) {
		this.cases = cases;
		this.work = work;
		this.audience = audience;
	}

	@Override
	public void execute(DelegateExecution execution) {
		CaseRecord record = this.cases.record(execution);
		this.work.drop(record.caseNo(), Acting.current());
		String said = record.text("listText").orElse("");
		record.event("LIST_DROPPED", execution.getCurrentActivityId(), Map.of("reason", said));
		this.audience.tell(record, "CLOSED", Map.of("result", said));
		record.close("CLOSED", "LIST_REFUSED");
	}

}
