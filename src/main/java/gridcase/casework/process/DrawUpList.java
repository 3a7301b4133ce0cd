package gridcase.casework.process;

import java.util.Map;

import gridcase.casework.CaseRecord;
import gridcase.casework.RetentionWork;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** 列出到期案件: whoever draws up a list does not approve it. */
@Component
class DrawUpList implements JavaDelegate {

	private final CaseScope cases;

	private final RetentionWork work;

	DrawUpList(CaseScope cases, @Lazy RetentionWork work) {
		this.cases = cases;
		this.work = work;
	}

	@Override
	public void execute(DelegateExecution execution) {
		CaseRecord record = this.cases.record(execution);
		RetentionWork.Drawn drawn = this.work.draw(record.caseNo(), record.place(), record.reporter());
		record.set("listedCases", drawn.cases());
		record.set("listerAudits", drawn.listerAudits());
		record.set("subjectPage", "/retention/lists/" + drawn.id());
		execution.setVariable("authors", record.reporter());
		record.event("LIST_DRAWN", execution.getCurrentActivityId(),
				Map.of("list", drawn.id(), "cases", drawn.cases()));
	}

}
