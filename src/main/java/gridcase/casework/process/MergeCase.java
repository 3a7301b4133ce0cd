package gridcase.casework.process;

import java.util.Map;

import gridcase.casework.CaseFile;
import gridcase.casework.CaseRecord;
import gridcase.casework.CaseRecords;
import gridcase.casework.Cases;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

/** The report tells of a matter that is already a case and is put to it. */
@Component
class MergeCase implements JavaDelegate {

	private final CaseScope cases;

	private final Cases files;

	private final CaseRecords records;

	private final Audience audience;

	MergeCase(CaseScope cases, Cases files, CaseRecords records, Audience audience) {
		this.cases = cases;
		this.files = files;
		this.records = records;
		this.audience = audience;
	}

	@Override
	public void execute(DelegateExecution execution) {
		CaseRecord record = this.cases.record(execution);
		String into = record.text("mergeInto")
			.map(String::strip)
			.orElseThrow(() -> Refusal.rule(Texts.of("casework", "casework.refused.merge-into")));
		record.set("mergeInto", into);
		CaseRecord target = target(record, into);
		target.increase("mergedCount");
		target.event("MERGED_IN", null, Map.of("caseNo", record.caseNo(), "title", record.text("title").orElse("")));
		this.audience.tell(record, "MERGED",
				Map.of("into", into, "reason", Texts.of("casework", "casework.notice.merged", into)));
		record.close("MERGED", "MERGED");
	}

	/**
	 * A case that is open takes others in; as a merged one is not, no circle can arise.
	 */
	private CaseRecord target(CaseRecord record, String into) {
		if (into.equals(record.caseNo())) {
			throw Refusal.rule(Texts.of("casework", "casework.refused.merge-self"));
		}
		CaseFile found = this.files.find(into)
			.filter((file) -> file.place().equals(record.place()))
			.orElseThrow(() -> Refusal.rule(Texts.of("casework", "casework.refused.merge-none", into)));
		if (found.state().equals("MERGED")) {
			throw Refusal.rule(Texts.of("casework", "casework.refused.merge-merged", into, found.fact("mergeInto")));
		}
		CaseRecord target = this.records.open(into);
		if (!target.state().equals("OPEN")) {
			throw Refusal.rule(Texts.of("casework", "casework.refused.merge-ended", into));
		}
		return target;
	}

}
