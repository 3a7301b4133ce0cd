package gridcase.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The events of cases: written once, read in order, checked against their hashes. */
@Component
public class CaseTrail {

	private final JdbcTemplate jdbc;

	CaseTrail(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
	}

	/** Appends events in the caller's transaction. */
	public void append(List<CaseEvent> events) {
		this.jdbc.batchUpdate(
				"insert into case_event (case_no, seq, at, actor, kind, element, data, hash) values (?, ?, ?, ?, ?, ?, ?::json, ?)",
				events, events.size(), (statement, event) -> {
					statement.setString(1, event.caseNo());
					statement.setInt(2, event.seq());
					statement.setTimestamp(3, Timestamp.from(event.at()));
					statement.setString(4, event.actor());
					statement.setString(5, event.kind());
					statement.setString(6, event.element());
					statement.setString(7, event.data());
					statement.setBytes(8, event.hash());
				});
	}

	/** All events of a case, oldest first. */
	public List<CaseEvent> of(String caseNo) {
		return this.jdbc.query("select * from case_event where case_no = ? order by seq", CaseTrail::event, caseNo);
	}

	/**
	 * Recomputes the chain of a case.
	 * @return a sentence naming the first event that does not fit, or empty if all do
	 */
	public Optional<String> firstFault(String caseNo) {
		byte[] previous = EventChain.START;
		int expected = 1;
		for (CaseEvent event : of(caseNo)) {
			if (event.seq() != expected) {
				return Optional.of("event " + expected + " is missing");
			}
			byte[] hash = EventChain.hash(previous, event.caseNo(), event.seq(), event.at(), event.actor(),
					event.kind(), event.element(), event.data());
			if (!Arrays.equals(hash, event.hash())) {
				return Optional.of("event " + event.seq() + " (" + event.kind() + ") was altered");
			}
			previous = hash;
			expected++;
		}
		return Optional.empty();
	}

	private static CaseEvent event(ResultSet row, int number) throws SQLException {
		return new CaseEvent(row.getString("case_no"), row.getInt("seq"), row.getTimestamp("at").toInstant(),
				row.getString("actor"), row.getString("kind"), row.getString("element"), row.getString("data"),
				row.getBytes("hash"));
	}

}
