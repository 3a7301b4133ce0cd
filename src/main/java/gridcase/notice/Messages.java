package gridcase.notice;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;

import gridcase.clock.PlatformClock;
import gridcase.security.CurrentPerson;
import gridcase.security.People;
import gridcase.shared.Refusal;
import gridcase.shared.Texts;
import gridcase.web.UnreadCount;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What a person is told inside the platform: own messages, and those of the pools the
 * person is in now. Who has read a pool's message is kept for each of its people.
 */
@Component
class Messages implements UnreadCount {

	/** Numbers of transactions that may still be under way below the newest message. */
	private static final int UNSETTLED = 1000;

	private static final String UNREAD = "o.id > coalesce((select read_up_to from notice_reader where login = ?), 0) "
			+ "and not exists (select 1 from notice_read r where r.login = ? and r.notice = o.id)";

	private final JdbcTemplate jdbc;

	private final Recipients recipients;

	private final People people;

	private final PlatformClock clock;

	Messages(JdbcTemplate jdbc, Recipients recipients, People people, PlatformClock clock) {
		this.jdbc = jdbc;
		this.recipients = recipients;
		this.people = people;
		this.clock = clock;
	}

	/**
	 * A message as its reader sees it.
	 *
	 * @param id its number; bigger is newer
	 * @param caseNo the case it tells of, "" if it is about none
	 * @param page page it is about, beginning with a slash
	 * @param event what happened
	 * @param subject what it is about
	 * @param text what it says
	 * @param at when it was told
	 * @param read whether this person has read it
	 */
	record Message(long id, String caseNo, String page, String event, String subject, String text, Instant at,
			boolean read) {

	}

	/**
	 * A page of messages.
	 *
	 * @param rows newest first
	 * @param next what to ask for the following page with, or null after the last
	 */
	record Page(List<Message> rows, Long next) {

	}

	/**
	 * Messages of a person, newest first.
	 * @param before only those with a smaller number; null begins with the newest
	 * @param size how many, 1 to 200
	 */
	Page page(CurrentPerson person, Long before, int size) {
		int limit = Math.max(1, Math.min(200, size));
		long below = (before != null) ? before : Long.MAX_VALUE;
		List<Message> rows = this.jdbc.query("select o.*, o.params ->> 'page' page, not (" + UNREAD
				+ ") read from unnest(?) n (recipient) "
				+ "cross join lateral (select * from outbox t where t.recipient = n.recipient and t.channel = 'IN_APP' "
				+ "and t.id < ? order by t.id desc limit ?) o order by o.id desc limit ?", Messages::message,
				person.login(), person.login(), this.recipients.of(person, this.clock.now()), below, limit + 1,
				limit + 1);
		return (rows.size() <= limit) ? new Page(rows, null)
				: new Page(rows.subList(0, limit), rows.get(limit - 1).id());
	}

	private static Message message(ResultSet row, int number) throws SQLException {
		String caseNo = row.getString("case_no");
		String page = caseNo.isEmpty() ? row.getString("page") : "/cases/" + caseNo;
		return new Message(row.getLong("id"), caseNo, (page != null) ? page : "/messages", row.getString("event"),
				row.getString("subject"), row.getString("text"), row.getTimestamp("created_at").toInstant(),
				row.getBoolean("read"));
	}

	/** Counted up to {@link UnreadCount#MANY}, so that a page costs the same for all. */
	@Override
	public int unreadOf(CurrentPerson person) {
		return this.jdbc.queryForObject("select count(*) from (select 1 from unnest(?) n (recipient) "
				+ "cross join lateral (select 1 from outbox o where o.recipient = n.recipient and o.channel = 'IN_APP' "
				+ "and " + UNREAD + " order by o.id desc limit " + MANY + ") f limit " + MANY + ") c", Integer.class,
				this.recipients.of(person, this.clock.now()), person.login(), person.login());
	}

	/**
	 * A person has read a message.
	 * @param login sign-in name
	 * @param id its number
	 * @return the message
	 * @throws Refusal if there is none of that number for this person
	 */
	@Transactional
	public Message read(String login, long id) {
		CurrentPerson person = person(login);
		List<Message> found = this.jdbc.query(
				"select o.*, o.params ->> 'page' page, true read from outbox o where o.id = ? and o.channel = 'IN_APP' and o.recipient = any (?)",
				Messages::message, id, this.recipients.of(person, this.clock.now()));
		if (found.isEmpty()) {
			throw Refusal.notFound(Texts.of("notice", "notice.refused.none", id));
		}
		this.jdbc.update("insert into notice_read (login, notice, read_at) select ?, ?, ? "
				+ "where ? > coalesce((select read_up_to from notice_reader where login = ?), 0) on conflict do nothing",
				login, id, now(), id, login);
		if (unreadOf(person) == 0) {
			settle(login);
		}
		return found.get(0);
	}

	/** A person has read everything there is. */
	@Transactional
	public void readAll(String login) {
		settle(login);
		this.jdbc.update("insert into notice_read (login, notice, read_at) select ?, o.id, ? from outbox o "
				+ "where o.channel = 'IN_APP' and o.recipient = any (?) and " + UNREAD + " on conflict do nothing",
				login, now(), this.recipients.of(person(login), this.clock.now()), login, login);
	}

	/**
	 * Old messages are all read: one number instead of a row each. The newest keep their
	 * rows, since a transaction that took a lower number may commit after this one.
	 */
	private void settle(String login) {
		this.jdbc.update(
				"insert into notice_reader (login, read_up_to) "
						+ "select ?, greatest(coalesce(max(id), 0) - ?, 0) from outbox on conflict (login) "
						+ "do update set read_up_to = greatest(notice_reader.read_up_to, excluded.read_up_to)",
				login, UNSETTLED);
		this.jdbc.update("delete from notice_read where login = ? and notice <= "
				+ "(select read_up_to from notice_reader where login = ?)", login, login);
	}

	private CurrentPerson person(String login) {
		return this.people.find(login)
			.orElseThrow(() -> Refusal.forbidden(Texts.of("notice", "notice.refused.nobody", login)));
	}

	private Timestamp now() {
		return Timestamp.from(this.clock.now());
	}

}
