package gridcase.open311;

import java.sql.Timestamp;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import gridcase.clock.PlatformClock;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Under which numbers the public sees cases. A case that came another way gets its number
 * when it is first listed.
 */
@Component
class PublicNumbers {

	private static final int DIGITS = 16;

	private final JdbcTemplate jdbc;

	private final PlatformClock clock;

	PublicNumbers(JdbcTemplate jdbc, PlatformClock clock) {
		this.jdbc = jdbc;
		this.clock = clock;
	}

	/**
	 * A number.
	 *
	 * @param caseNo the case
	 * @param requestId its public number
	 * @param app name of the app it came by, or null
	 */
	record Number(String caseNo, String requestId, String app) {

	}

	/**
	 * Gives a new case its number, in the caller's transaction.
	 * @param app name of the app it came by
	 */
	void give(String caseNo, String app) {
		this.jdbc.update(
				"insert into open311_request (case_no, request_id, token, app, created_at) values (?, ?, ?, ?, ?)",
				caseNo, next(), UUID.randomUUID().toString(), app, Timestamp.from(this.clock.now()));
	}

	/** Numbers of cases, by case; those without one get one now. */
	Map<String, Number> of(Collection<String> caseNos) {
		Map<String, Number> known = known(caseNos);
		List<String> without = caseNos.stream().filter((caseNo) -> !known.containsKey(caseNo)).toList();
		if (without.isEmpty()) {
			return known;
		}
		Timestamp now = Timestamp.from(this.clock.now());
		this.jdbc.batchUpdate(
				"insert into open311_request (case_no, request_id, created_at) values (?, ?, ?) on conflict do nothing",
				without, without.size(), (statement, caseNo) -> {
					statement.setString(1, caseNo);
					statement.setString(2, next());
					statement.setTimestamp(3, now);
				});
		return known(caseNos);
	}

	private Map<String, Number> known(Collection<String> caseNos) {
		Map<String, Number> known = new LinkedHashMap<>();
		this.jdbc
			.query("select case_no, request_id, app from open311_request where case_no = any (?)",
					(row, number) -> number(row), (Object) caseNos.toArray(new String[0]))
			.forEach((number) -> known.put(number.caseNo(), number));
		return known;
	}

	/** Cases by their public numbers; unknown ones are left out. */
	List<Number> byRequestIds(Collection<String> requestIds) {
		return this.jdbc.query("select case_no, request_id, app from open311_request where request_id = any (?)",
				(row, number) -> number(row), (Object) requestIds.toArray(new String[0]));
	}

	Optional<Number> byToken(String token) {
		return this.jdbc
			.query("select case_no, request_id, app from open311_request where token = ?", (row, number) -> number(row),
					token)
			.stream()
			.findFirst();
	}

	String token(String caseNo) {
		return this.jdbc.queryForObject("select token from open311_request where case_no = ?", String.class, caseNo);
	}

	private static Number number(java.sql.ResultSet row) throws java.sql.SQLException {
		return new Number(row.getString("case_no"), row.getString("request_id"), row.getString("app"));
	}

	private static String next() {
		return UUID.randomUUID().toString().replace("-", "").substring(0, DIGITS);
	}

}
