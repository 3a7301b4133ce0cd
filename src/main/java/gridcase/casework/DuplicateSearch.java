package gridcase.casework;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

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

	private static final int SUGGESTED_DAYS = 30;

	private static final int SUGGESTED = 10;

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
				"select 60 + case when address = ? then 40 else 0 end from case_file where place = ? and not internal and state = 'OPEN' "
						+ "and category = ? and grid_code = ? and reported_at > ? and case_no <> ? order by 1 desc limit 1",
				Integer.class, record.text("address").orElse(null), record.place(),
				record.text("category").orElse(null), record.text("gridCode").orElse(null),
				Timestamp.from(record.now().minus(Duration.ofDays(DAYS))), record.caseNo());
		return scores.isEmpty() ? 0 : scores.get(0);
	}

	/**
	 * The open cases of the place that are most likely the same matter, the likeliest and
	 * newest first: same category or address, not older than {@value #SUGGESTED_DAYS}
	 * days. Scored as above; the category alone counts 30.
	 * @param place place code
	 * @param facts what is known of the report: category, gridCode, address
	 * @param caseNo the report's own number, or null
	 * @param now the present moment
	 */
	List<Candidate> candidates(String place, Map<String, ?> facts, String caseNo, Instant now) {
		Object category = facts.get("category");
		Object address = facts.get("address");
		return this.jdbc
			.query("select case_no, title, reported_at, case when category = ? and grid_code = ? then 60 when category = ? then 30 else 0 end "
					+ "+ case when address = ? then 40 else 0 end score from case_file "
					+ "where place = ? and not internal and state = 'OPEN' and (category = ? or address = ?) and reported_at > ? and case_no <> coalesce(?, '') "
					+ "order by score desc, reported_at desc limit " + SUGGESTED,
					(row, number) -> new Candidate(row.getString("case_no"), row.getString("title"),
							row.getInt("score"), CaseRecords.instant(row, "reported_at")),
					category, facts.get("gridCode"), category, address, place, category, address,
					Timestamp.from(now.minus(Duration.ofDays(SUGGESTED_DAYS))), caseNo);
	}

	/**
	 * A case a report may tell of again.
	 *
	 * @param caseNo its number
	 * @param title what it is about
	 * @param score how alike it is, 0 to 100
	 * @param reportedAt when it arrived
	 */
	record Candidate(String caseNo, String title, int score, Instant reportedAt) {

	}

}
