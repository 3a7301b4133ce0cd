package gridcase.casework.process;

import java.util.List;
import java.util.Map;

import gridcase.casework.CaseRecord;
import gridcase.casework.RetentionWork;
import gridcase.shared.Texts;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** 销毁案件: the archived cases of the list go, and what the engine knows of them. */
@Component
class DestroyCases implements JavaDelegate {

	private final CaseScope cases;

	private final RetentionWork work;

	private final Audience audience;

	private final EngineHistory history;

	DestroyCases(CaseScope cases, @Lazy RetentionWork work, Audience audience, EngineHistory history) {
		this.cases = cases;
		this.work = work;
		this.audience = audience;
		this.history = history;
	}

	@Override
	public void execute(DelegateExecution execution) {
		CaseRecord record = this.cases.record(execution);
		List<String> gone = this.work.destroy(record.caseNo());
		gone.forEach(this.history::forget);
		record.event("CASES_DESTROYED", execution.getCurrentActivityId(), Map.of("cases", gone.size()));
		this.audience.tell(record, "CLOSED",
				Map.of("result", Texts.own("casework", "casework.retention.result", gone.size())));
		record.close("CLOSED", "DESTROYED");
	}

}
