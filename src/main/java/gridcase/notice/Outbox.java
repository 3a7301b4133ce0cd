package gridcase.notice;

import java.sql.Timestamp;
import java.util.List;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Takes messages, in the transaction of the fact they tell of. They are sent afterwards
 * by {@link NoticeSender}.
 */
@Component
public class Outbox {

	private final JdbcTemplate jdbc;

	private final Addresses addresses;

	Outbox(JdbcTemplate jdbc, Addresses addresses) {
		this.jdbc = jdbc;
		this.addresses = addresses;
	}

	/** Adds messages in the caller's transaction. */
	public void add(List<Notice> notices) {
		this.jdbc.batchUpdate(
				"insert into outbox (case_no, place, event, audience, channel, recipient, kind, template, params, "
						+ "subject, text, created_at, next_at, state, sent_at) "
						+ "values (?, ?, ?, ?, ?, ?, ?, ?, ?::json, ?, ?, ?, ?, ?, ?)",
				notices, notices.size(), (statement, notice) -> {
					boolean inApp = notice.channel().equals(Notice.IN_APP);
					Timestamp at = Timestamp.from(notice.createdAt());
					statement.setString(1, notice.caseNo());
					statement.setString(2, notice.place());
					statement.setString(3, notice.event());
					statement.setString(4, notice.audience());
					statement.setString(5, notice.channel());
					statement.setString(6, (notice.kind() == Notice.Kind.ADDRESS)
							? this.addresses.seal(notice.channel(), notice.recipient()) : notice.recipient());
					statement.setString(7, notice.kind().name());
					statement.setString(8, notice.template());
					statement.setString(9, notice.params());
					statement.setString(10, notice.subject());
					statement.setString(11, notice.text());
					statement.setTimestamp(12, at);
					statement.setTimestamp(13, at);
					statement.setString(14, inApp ? "SENT" : "PENDING");
					statement.setTimestamp(15, inApp ? at : null);
				});
	}

	/** Messages about a case, oldest first; numbers and addresses open. */
	public List<Notice> ofCase(String caseNo) {
		return this.jdbc.query("select * from outbox where case_no = ? order by id",
				(row, number) -> new Notice(row.getString("case_no"), row.getString("place"), row.getString("event"),
						row.getString("audience"), row.getString("channel"),
						this.addresses.open(row.getString("recipient")), Notice.Kind.valueOf(row.getString("kind")),
						row.getString("template"), row.getString("params"), row.getString("subject"),
						row.getString("text"), row.getTimestamp("created_at").toInstant()),
				caseNo);
	}

}
