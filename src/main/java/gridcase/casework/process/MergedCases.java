package gridcase.casework.process;

import java.util.List;
import java.util.Map;

import gridcase.casework.CaseRecord;
import gridcase.casework.CaseRecords;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Whoever reported what was put to another case hears how that one ended. */
@Component
class MergedCases {

	private static final String MERGED = "with recursive merged (case_no) as ("
			+ "select case_no from case_file where state = 'MERGED' and facts ->> 'mergeInto' = ? "
			+ "union select c.case_no from case_file c join merged m on c.facts ->> 'mergeInto' = m.case_no where c.state = 'MERGED') "
			+ "select case_no from merged order by case_no";

	private final JdbcTemplate jdbc;

	private final CaseRecords records;

	private final Audience audience;

	MergedCases(JdbcTemplate jdbc, CaseRecords records, Audience audience) {
		this.jdbc = jdbc;
		this.records = records;
		this.audience = audience;
	}

	/**
	 * Tells the reporters of all cases that were put to this one, directly or by way of
	 * another.
	 */
	void tellEnded(CaseRecord target) {
		if (target.count("mergedCount") == 0) {
			return;
		}
		List<String> merged = this.jdbc.queryForList(MERGED, String.class, target.caseNo());
		for (String caseNo : merged) {
			CaseRecord record = this.records.open(caseNo);
			record.event("MERGED_ENDED", null, Map.of("into", target.caseNo()));
			this.audience.tell(record, "MERGED_ENDED",
					Map.of("into", target.caseNo(), "result", target.text("resultText").orElse("")));
		}
	}

}
