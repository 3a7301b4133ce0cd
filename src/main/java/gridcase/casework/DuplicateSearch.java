package gridcase.casework;

import java.sql.Timestamp;
import java.time.Duration;
import java.util.List;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * How likely a report tells of a matter that is already an open case: same grid and
 * category within {@value #DAYS} days count 60, the same address 40 more. What score
 * means a duplicate is for the {@code filing} table to say.
 */
@Component
public class DuplicateSearch {

	private static final int DAYS = 7;

	private final JdbcTemplate jdbc;

	DuplicateSearch(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Scores a report against the open cases of its place.
	 * @return 0 (nothing alike) to 100
	 */
	public int score(CaseRecord record) {
		List<Integer> scores = this.jdbc.queryForList(
				"select 60 + case when address = ? then 40 else 0 end from case_file where place = ? and state = 'OPEN' "
						+ "and category = ? and grid_code = ? and reported_at > ? and case_no <> ? order by 1 desc limit 1",
				Integer.class, record.text("address").orElse(null), record.place(),
				record.text("category").orElse(null), record.text("gridCode").orElse(null),
				Timestamp.from(record.now().minus(Duration.ofDays(DAYS))), record.caseNo());
		return scores.isEmpty() ? 0 : scores.get(0);
	}

}
