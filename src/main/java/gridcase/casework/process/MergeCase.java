package gridcase.casework.process;

import java.util.Map;

import gridcase.casework.CaseRecord;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

/** The report tells of a matter that is already a case and is put to it. */
@Component
class MergeCase implements JavaDelegate {

	private final CaseScope cases;

	private final Audience audience;

	MergeCase(CaseScope cases, Audience audience) {
		this.cases = cases;
		this.audience = audience;
	}

	@Override
	public void execute(DelegateExecution execution) {
		CaseRecord record = this.cases.record(execution);
		String into = record.text("mergeInto")
			.orElseThrow(() -> Refusal.rule(Texts.of("casework", "casework.refused.merge-into")));
		this.audience.tell(record, "REJECTED", Map.of("reason", Texts.of("casework", "casework.notice.merged", into)));
		record.close("MERGED", "MERGED");
	}

}
