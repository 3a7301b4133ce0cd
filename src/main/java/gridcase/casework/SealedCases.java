package gridcase.casework;

import java.util.ArrayList;
import java.util.List;

import gridcase.privacy.PersonalData;
import gridcase.privacy.SealedStore;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Personal data among the facts of cases, sealed anew when the key has changed. */
@Component
class SealedCases implements SealedStore {

	private final PersonalData personal;

	private final JdbcTemplate jdbc;

	SealedCases(PersonalData personal, JdbcTemplate jdbc) {
		this.personal = personal;
		this.jdbc = jdbc;
	}

	@Override
	public String name() {
		return "case_file";
	}

	/**
	 * The version of a case stays: whoever works on it waits for the row and reads it
	 * afterwards, as a case is always locked before it is read.
	 */
	@Override
	public Progress reseal(String after, int most) {
		List<Row> rows = this.jdbc.query(
				"select case_no, facts::text facts from case_file where case_no > ? "
						+ "order by case_no limit ? for no key update",
				(row, number) -> new Row(row.getString("case_no"), row.getString("facts")),
				(after != null) ? after : "", most);
		List<Object[]> changed = new ArrayList<>();
		for (Row row : rows) {
			if (this.personal.outdated(row.facts())) {
				String anew = this.personal.resealAll(row.facts());
				changed.add(new Object[] { anew, CaseRecords.reporterIndex(CaseRecords.facts(anew)), row.caseNo() });
			}
		}
		this.jdbc.batchUpdate("update case_file set facts = ?::jsonb, reporter_index = ? where case_no = ?", changed);
		return new Progress((rows.size() < most) ? null : rows.get(rows.size() - 1).caseNo(), changed.size());
	}

	private record Row(String caseNo, String facts) {

	}

}
