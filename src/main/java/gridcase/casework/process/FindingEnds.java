package gridcase.casework.process;

import java.util.Map;
import java.util.TreeMap;

import gridcase.casework.CaseRecord;
import gridcase.casework.CaseRecords;
import gridcase.casework.Cases;

import org.springframework.stereotype.Component;

/** How a finding of an audit ends: on record in the audited case, and its author told. */
@Component
class FindingEnds {

	private final CaseRecords records;

	private final Cases cases;

	private final Audience audience;

	FindingEnds(CaseRecords records, Cases cases, Audience audience) {
		this.records = records;
		this.cases = cases;
		this.audience = audience;
	}

	/**
	 * Ends the rectification.
	 * @param record the case that was the rectification
	 * @param element id of the diagram element
	 * @param outcome how it ended
	 * @param kind event of the audited case that tells of it
	 * @param said what was said
	 */
	void end(CaseRecord record, String element, String outcome, String kind, String said) {
		Map<String, Object> told = new TreeMap<>(
				Map.of("rectification", record.caseNo(), "finding", record.facts().get("finding"), "reason", said));
		// an audited case whose time is over may have been archived meanwhile
		record.text("auditedCase")
			.filter((caseNo) -> this.cases.find(caseNo).isPresent())
			.ifPresent((caseNo) -> this.records.open(caseNo).event(kind, null, told));
		record.event(kind, element, told);
		this.audience.tell(record, "CLOSED", Map.of("result", said));
		record.close("CLOSED", outcome);
	}

}
