package gridcase.casework;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import gridcase.clock.PlatformClock;
import gridcase.privacy.PersonalData;
import gridcase.privacy.PersonalKind;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Forms begun and not sent: one per person and subject. What is in them is kept as it was
 * entered and checked only when the form is sent.
 */
@Component
public class Drafts {

	/** Subject of a report that has no case yet. */
	public static final String REPORT = "report";

	private static final String SELECT = "select login, subject, case_no, title, entries, saved_at from draft ";

	private final JdbcTemplate jdbc;

	private final ObjectMapper json;

	private final PersonalData personal;

	private final PlatformClock clock;

	Drafts(JdbcTemplate jdbc, ObjectMapper json, PersonalData personal, PlatformClock clock) {
		this.jdbc = jdbc;
		this.json = json;
		this.personal = personal;
		this.clock = clock;
	}

	/** Subject of the start form of a turn. */
	public static String turn(String caseNo, String key) {
		return "turn:" + caseNo + ":" + key;
	}

	/**
	 * Keeps what was entered so far, in place of what was kept before.
	 * @param login whose draft
	 * @param subject the id of a task, {@link #REPORT}, or {@link #turn}
	 * @param caseNo the case, or null where there is none yet
	 * @param title one line that names the matter
	 * @param values what was entered, by key of the field
	 * @return the draft as kept
	 */
	public Draft save(String login, String subject, String caseNo, String title, Map<String, ?> values) {
		return this.jdbc
			.query("insert into draft (login, subject, case_no, title, entries, saved_at) values (?, ?, ?, ?, ?, ?) "
					+ "on conflict (login, subject) do update set case_no = excluded.case_no, title = excluded.title, "
					+ "entries = excluded.entries, saved_at = excluded.saved_at returning *", this::draft, login,
					subject, caseNo, title, written(values), Timestamp.from(this.clock.now()))
			.get(0);
	}

	/** The person's draft for a subject. */
	public Optional<Draft> find(String login, String subject) {
		return this.jdbc.query(SELECT + "where login = ? and subject = ?", this::draft, login, subject)
			.stream()
			.findFirst();
	}

	/**
	 * The form was sent, or is wanted no longer. Forgetting what is not there is fine.
	 */
	public void forget(String login, String subject) {
		this.jdbc.update("delete from draft where login = ? and subject = ?", login, subject);
	}

	/** All drafts of a person, the latest first. */
	public List<Draft> list(String login) {
		return this.jdbc.query(SELECT + "where login = ? order by saved_at desc, subject", this::draft, login);
	}

	private Draft draft(ResultSet row, int number) throws SQLException {
		return new Draft(row.getString("login"), row.getString("subject"), row.getString("case_no"),
				row.getString("title"), CaseRecords.facts(this.personal.open(row.getString("entries"))),
				CaseRecords.instant(row, "saved_at"));
	}

	private String written(Map<String, ?> values) {
		try {
			return this.personal.seal(PersonalKind.OTHER, this.json.writeValueAsString(values));
		}
		catch (JsonProcessingException ex) {
			throw new IllegalArgumentException("Not values of JSON types: " + values, ex);
		}
	}

}
