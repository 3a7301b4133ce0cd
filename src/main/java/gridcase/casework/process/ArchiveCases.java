package gridcase.casework.process;

import java.util.Map;

import gridcase.casework.CaseRecord;
import gridcase.casework.RetentionWork;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** 归档案件: nothing is deleted that is not in an archive first. */
@Component
class ArchiveCases implements JavaDelegate {

	private final CaseScope cases;

	private final RetentionWork work;

	ArchiveCases(CaseScope cases, @Lazy RetentionWork work) {
		this.cases = cases;
		this.work = work;
	}

	@Override
	public void execute(DelegateExecution execution) {
		CaseRecord record = this.cases.record(execution);
		int archived = this.work.archive(record.caseNo());
		record.event("CASES_ARCHIVED", execution.getCurrentActivityId(), Map.of("cases", archived));
	}

}
