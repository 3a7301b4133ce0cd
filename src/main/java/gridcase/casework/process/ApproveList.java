package gridcase.casework.process;

import java.util.Map;

import gridcase.casework.CaseRecord;
import gridcase.casework.RetentionWork;
import gridcase.shared.Acting;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** 批准清单: says who answers for it. */
@Component
class ApproveList implements JavaDelegate {

	private final CaseScope cases;

	private final RetentionWork work;

	ApproveList(CaseScope cases, @Lazy RetentionWork work) {
		this.cases = cases;
		this.work = work;
	}

	@Override
	public void execute(DelegateExecution execution) {
		CaseRecord record = this.cases.record(execution);
		this.work.approve(record.caseNo(), Acting.current());
		record.event("LIST_APPROVED", execution.getCurrentActivityId(),
				Map.of("reason", record.text("listText").orElse("")));
	}

}
