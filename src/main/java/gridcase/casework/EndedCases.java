package gridcase.casework;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Component;

/** Cases that have ended, by what their keeping depends on. */
@Component
public class EndedCases {

	/** Nothing of it is going on any more, a turn that outlives it included. */
	private static final String OVER = "c.state <> 'OPEN' and c.closed_at is not null and c.open_turns = '{}' "
			+ "and not exists (select 1 from inbox_item i where i.case_no = c.case_no)";

	private final NamedParameterJdbcTemplate jdbc;

	EndedCases(NamedParameterJdbcTemplate jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Cases of a kind.
	 *
	 * @param category category code, or null
	 * @param categoryClass class code, or null
	 * @param severity how serious, or null
	 * @param outcome what came of it, or null
	 * @param internal whether it is a matter of the house
	 */
	public record Kind(String category, String categoryClass, String severity, String outcome, boolean internal) {

		private Map<String, Object> parameters() {
			Map<String, Object> parameters = new HashMap<>();
			parameters.put("category", this.category);
			parameters.put("categoryClass", this.categoryClass);
			parameters.put("severity", this.severity);
			parameters.put("outcome", this.outcome);
			parameters.put("internal", this.internal);
			return parameters;
		}

	}

	/**
	 * A case that has ended.
	 *
	 * @param caseNo its number
	 * @param title its title
	 * @param closedAt when it ended
	 */
	public record Ended(String caseNo, String title, Instant closedAt) {

	}

	/** Kinds of cases of a place that ended before a moment. */
	public List<Kind> kinds(String place, Instant before) {
		return this.jdbc.query(
				"select distinct category, category_class, severity, outcome, internal from case_file c "
						+ "where c.place = :place and c.closed_at < :before and " + OVER,
				Map.of("place", place, "before", Timestamp.from(before)),
				(row, number) -> new Kind(row.getString("category"), row.getString("category_class"),
						row.getString("severity"), row.getString("outcome"), row.getBoolean("internal")));
	}

	/**
	 * Cases of a kind that ended before a moment and that nothing keeps or lists, the
	 * oldest first.
	 * @param place their place
	 * @param kind their kind
	 * @param before the moment
	 * @param most how many at most
	 */
	public List<Ended> before(String place, Kind kind, Instant before, int most) {
		Map<String, Object> parameters = kind.parameters();
		parameters.put("place", place);
		parameters.put("before", Timestamp.from(before));
		return this.jdbc.query("select c.case_no, c.title, c.closed_at from case_file c where c.place = :place "
				+ "and c.closed_at < :before and c.category is not distinct from :category::text "
				+ "and c.category_class is not distinct from :categoryClass::text "
				+ "and c.severity is not distinct from :severity::text "
				+ "and c.outcome is not distinct from :outcome::text and c.internal = :internal and " + OVER
				+ " order by c.closed_at, c.case_no limit " + most, parameters, EndedCases::ended);
	}

	/** Whether a case has ended just then and nothing of it goes on. */
	public boolean still(String caseNo, Instant closedAt) {
		return this.jdbc.queryForObject(
				"select count(*) from case_file c where c.case_no = :caseNo and c.closed_at = :at and " + OVER,
				Map.of("caseNo", caseNo, "at", Timestamp.from(closedAt)), Integer.class) > 0;
	}

	private static Ended ended(ResultSet row, int number) throws SQLException {
		return new Ended(row.getString("case_no"), row.getString("title"), row.getTimestamp("closed_at").toInstant());
	}

}
