package gridcase.casework;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Lists cases for everybody. What of them may be told is for the caller to choose; it
 * names the categories that are published.
 */
@Component
public class PublicCases {

	private final NamedParameterJdbcTemplate jdbc;

	PublicCases(NamedParameterJdbcTemplate jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * What is asked for.
	 *
	 * @param place place code
	 * @param categories codes of categories, any of them
	 * @param from reported then or later
	 * @param to reported before
	 * @param open whether open cases are wanted
	 * @param ended whether ended ones are wanted
	 * @param most how many, newest first
	 */
	public record Query(String place, Collection<String> categories, Instant from, Instant to, boolean open,
			boolean ended, int most) {

	}

	/** Cases that fit, newest first. */
	public List<CaseFile> list(Query query) {
		if (query.categories().isEmpty()) {
			return List.of();
		}
		Map<String, Object> parameters = new HashMap<>();
		parameters.put("place", query.place());
		parameters.put("categories", query.categories());
		parameters.put("from", Timestamp.from(query.from()));
		parameters.put("to", Timestamp.from(query.to()));
		parameters.put("open", query.open());
		parameters.put("ended", query.ended());
		parameters.put("most", query.most());
		return this.jdbc.query("""
				select * from case_file c where c.place = :place and c.reported_at >= :from and c.reported_at < :to
				and c.category in (:categories) and case when c.state = 'OPEN' then :open else :ended end
				order by c.reported_at desc, c.case_no desc limit :most""", parameters, Cases::file);
	}

	/** Cases by their numbers, in no particular order. */
	public List<CaseFile> get(Collection<String> caseNos) {
		return caseNos.isEmpty() ? List.of() : this.jdbc
			.query("select * from case_file c where c.case_no in (:caseNos)", Map.of("caseNos", caseNos), Cases::file);
	}

}
