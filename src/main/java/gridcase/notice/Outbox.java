package gridcase.notice;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Messages waiting for delivery, and those a person received inside the platform. */
@Component
public class Outbox {

	private final JdbcTemplate jdbc;

	Outbox(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
	}

	/** Adds messages in the caller's transaction. */
	public void add(List<Notice> notices) {
		this.jdbc.batchUpdate(
				"insert into outbox (case_no, place, event, audience, channel, recipient, template, params, created_at) "
						+ "values (?, ?, ?, ?, ?, ?, ?, ?::json, ?)",
				notices, notices.size(), (statement, notice) -> {
					statement.setString(1, notice.caseNo());
					statement.setString(2, notice.place());
					statement.setString(3, notice.event());
					statement.setString(4, notice.audience());
					statement.setString(5, notice.channel());
					statement.setString(6, notice.recipient());
					statement.setString(7, notice.template());
					statement.setString(8, notice.params());
					statement.setTimestamp(9, Timestamp.from(notice.createdAt()));
				});
	}

	/** Messages about a case, oldest first. */
	public List<Notice> ofCase(String caseNo) {
		return this.jdbc.query("select * from outbox where case_no = ? order by id",
				(row, number) -> new Notice(row.getString("case_no"), row.getString("place"), row.getString("event"),
						row.getString("audience"), row.getString("channel"), row.getString("recipient"),
						row.getString("template"), row.getString("params"), row.getTimestamp("created_at").toInstant()),
				caseNo);
	}

	/** How many in-app messages a person has not read. */
	public int unread(String login) {
		return this.jdbc.queryForObject(
				"select count(*) from outbox where recipient = ? and channel = 'IN_APP' and read_at is null",
				Integer.class, login);
	}

	/** Marks a person's in-app messages as read. */
	public void markRead(String login, Instant at) {
		this.jdbc.update("update outbox set read_at = ? where recipient = ? and channel = 'IN_APP' and read_at is null",
				Timestamp.from(at), login);
	}

}
