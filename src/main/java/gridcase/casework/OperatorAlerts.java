package gridcase.casework;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;

import gridcase.clock.PlatformClock;
import gridcase.notice.NoticeRefused;
import gridcase.shared.Texts;

import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Alerts nobody has confirmed yet. */
@Component
public class OperatorAlerts {

	private final JdbcTemplate jdbc;

	private final PlatformClock clock;

	OperatorAlerts(JdbcTemplate jdbc, PlatformClock clock) {
		this.jdbc = jdbc;
		this.clock = clock;
	}

	/**
	 * Something an operator must know.
	 *
	 * @param id its number
	 * @param caseNo the case
	 * @param place place code
	 * @param kind {@code VACANCY}, {@code TOP_REACHED} or {@code NOTICE_REFUSED}
	 * @param message what happened, in words
	 * @param at when
	 */
	public record Alert(long id, String caseNo, String place, String kind, String message, Instant at) {

	}

	/**
	 * The newest open alerts, 200 at most.
	 * @param place place code, or null for all
	 */
	public List<Alert> open(String place) {
		return this.jdbc.query(
				"select id, case_no, place, kind, message, at from operator_alert where seen_at is null "
						+ "and (?::text is null or place = ?) order by at desc, id desc limit 200",
				(row, number) -> new Alert(row.getLong("id"), row.getString("case_no"), row.getString("place"),
						row.getString("kind"), row.getString("message"), row.getTimestamp("at").toInstant()),
				place, place);
	}

	/** A message that will not arrive is nothing the case can mend. */
	@EventListener
	void refused(NoticeRefused refused) {
		this.jdbc.update("insert into operator_alert (case_no, place, kind, message, at) values (?, ?, ?, ?, ?)",
				refused.caseNo(), refused.place(), "NOTICE_REFUSED",
				Texts.own("casework", "casework.alert.notice",
						Texts.own("casework", "casework.noticeChannel." + refused.channel()), refused.recipient(),
						refused.reason()),
				Timestamp.from(this.clock.now()));
	}

	/**
	 * An operator has taken note.
	 * @param place the operator's place; null: all. An alert of another one stays as it
	 * is
	 */
	public void seen(long id, String place, String login) {
		this.jdbc.update(
				"update operator_alert set seen_at = ?, seen_by = ? where id = ? and seen_at is null "
						+ "and (?::text is null or place = ?)",
				Timestamp.from(this.clock.now()), login, id, place, place);
	}

}
