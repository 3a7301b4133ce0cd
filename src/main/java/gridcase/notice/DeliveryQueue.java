package gridcase.notice;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import gridcase.notice.Carrier.Parcel;
import gridcase.shared.Texts;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The outbox as a queue of several senders. A sender takes rows for a while (the lease);
 * rows of one that died are due again when it is over. Nothing is ever dropped.
 */
@Component
class DeliveryQueue {

	private static final int LONGEST_ERROR = 1000;

	private final JdbcTemplate jdbc;

	private final TransactionTemplate transaction;

	private final Recipients recipients;

	private final Addresses addresses;

	private final DeliverySettings settings;

	private final ApplicationEventPublisher events;

	DeliveryQueue(JdbcTemplate jdbc, PlatformTransactionManager transactions, Recipients recipients,
			Addresses addresses, DeliverySettings settings, ApplicationEventPublisher events) {
		this.jdbc = jdbc;
		this.transaction = new TransactionTemplate(transactions);
		this.recipients = recipients;
		this.addresses = addresses;
		this.settings = settings;
		this.events = events;
	}

	/**
	 * A message one sender has taken.
	 *
	 * @param id its row
	 * @param attempt the how-manieth try this is; tells this sender from one that took
	 * the row after the lease was over
	 * @param parcel what to hand over
	 */
	record Taken(long id, int attempt, Parcel parcel) {

	}

	/** A row as it was found. */
	private record Row(long id, String key, String caseNo, String place, String recipient, Notice.Kind kind,
			int attempts, String subject, String text) {

		Taken taken(String address) {
			return new Taken(this.id, this.attempts + 1,
					new Parcel(this.key, address, this.caseNo, this.subject, this.text));
		}

	}

	/**
	 * What a sender found.
	 *
	 * @param looked how many rows were due; 0: nothing is left
	 * @param taken those that can be handed over now
	 */
	record Batch(int looked, List<Taken> taken) {

	}

	/**
	 * Takes due messages of a channel. Those to a pool become one for each of its people.
	 * @param most how many
	 */
	Batch take(String channel, Instant now, int most) {
		return this.transaction.execute((status) -> {
			List<Row> due = this.jdbc.query(
					"select * from outbox where channel = ? and state = 'PENDING' and next_at <= ? "
							+ "order by next_at, id limit ? for update skip locked",
					(row, number) -> new Row(row.getLong("id"), row.getString("key"), row.getString("case_no"),
							row.getString("place"), row.getString("recipient"),
							Notice.Kind.valueOf(row.getString("kind")), row.getInt("attempts"),
							row.getString("subject"), row.getString("text")),
					channel, Timestamp.from(now), most);
			List<Taken> taken = new ArrayList<>();
			for (Row row : due) {
				address(row, channel, now).ifPresent((address) -> taken.add(row.taken(address)));
			}
			this.jdbc.batchUpdate(
					"update outbox set attempts = ?, in_flight = true, tried_at = ?, next_at = ?, address = ? where id = ?",
					taken, Math.max(1, taken.size()), (statement, row) -> {
						statement.setInt(1, row.attempt());
						statement.setTimestamp(2, Timestamp.from(now));
						statement.setTimestamp(3, Timestamp.from(now.plus(this.settings.lease())));
						statement.setString(4, this.addresses.seal(channel, row.parcel().address()));
						statement.setLong(5, row.id());
					});
			return new Batch(due.size(), taken);
		});
	}

	private Optional<String> address(Row row, String channel, Instant now) {
		switch (row.kind()) {
			case ADDRESS:
				return Optional.of(this.addresses.open(row.recipient()));
			case PERSON:
				Optional<String> address = this.recipients.address(row.recipient(), channel, now);
				if (address.isEmpty()) {
					refuse(row.id(), row.attempts(), now, Texts.of("notice", "notice.failed.address", row.recipient()));
				}
				return address;
			default:
				List<String> people = this.recipients.onDuty(row.recipient(), now);
				if (people.isEmpty()) {
					refuse(row.id(), row.attempts(), now, Texts.of("notice", "notice.failed.pool", row.recipient()));
				}
				else {
					divide(row, people, now);
				}
				return Optional.empty();
		}
	}

	private void divide(Row row, List<String> people, Instant now) {
		this.jdbc.batchUpdate(
				"insert into outbox (case_no, place, event, audience, channel, recipient, kind, template, params, "
						+ "subject, text, created_at, next_at) select case_no, place, event, audience, channel, ?, 'PERSON', "
						+ "template, params, subject, text, created_at, ? from outbox where id = ?",
				people, people.size(), (statement, login) -> {
					statement.setString(1, login);
					statement.setTimestamp(2, Timestamp.from(now));
					statement.setLong(3, row.id());
				});
		this.jdbc.update("delete from outbox where id = ?", row.id());
	}

	/** The receiver has it. */
	void sent(Taken taken, Instant now) {
		this.jdbc.update(
				"update outbox set state = 'SENT', sent_at = ?, in_flight = false, failing_since = null, last_error = null where id = ?",
				Timestamp.from(now), taken.id());
	}

	/** It did not pass; it is tried again at that moment. */
	void postpone(Taken taken, Instant now, Instant next, String error) {
		this.jdbc.update(
				"update outbox set next_at = ?, in_flight = false, last_error = ?, failing_since = coalesce(failing_since, ?) "
						+ "where id = ? and attempts = ? and state = 'PENDING'",
				Timestamp.from(next), fit(error), Timestamp.from(now), taken.id(), taken.attempt());
	}

	/** It was taken but not tried: due again at once. */
	void giveBack(Taken taken, Instant now) {
		this.jdbc.update(
				"update outbox set next_at = ?, in_flight = false, attempts = attempts - 1 "
						+ "where id = ? and attempts = ? and state = 'PENDING'",
				Timestamp.from(now), taken.id(), taken.attempt());
	}

	/** It is refused for good: stays as failed, and an operator is told. */
	void refuse(Taken taken, Instant now, String error) {
		this.transaction.executeWithoutResult((status) -> refuse(taken.id(), taken.attempt(), now, error));
	}

	private void refuse(long id, int attempt, Instant now, String error) {
		List<NoticeRefused> refused = this.jdbc
			.query("update outbox set state = 'FAILED', in_flight = false, tried_at = ?, last_error = ?, "
					+ "failing_since = coalesce(failing_since, ?) where id = ? and attempts = ? and state = 'PENDING' returning *",
					(row, number) -> new NoticeRefused(row.getString("case_no"), row.getString("place"),
							row.getString("channel"), Masked.address(this.addresses.open(row.getString("recipient"))),
							row.getString("last_error")),
					Timestamp.from(now), fit(error), Timestamp.from(now), id, attempt);
		refused.forEach(this.events::publishEvent);
	}

	/**
	 * Makes messages due now that failed or wait for their next try.
	 * @param channel the channel, or null for any
	 * @param place place code, or null for all
	 * @param id one message, or null for all
	 * @return how many
	 */
	int retry(String channel, String place, Long id, Instant now) {
		return this.jdbc.update(
				"update outbox set state = 'PENDING', next_at = ?, attempts = 0 where state <> 'SENT' and not in_flight "
						+ "and (?::text is null or channel = ?) and (?::text is null or place = ?) and (?::bigint is null or id = ?)",
				Timestamp.from(now), channel, channel, place, place, id, id);
	}

	private static String fit(String error) {
		String clean = error.replace("\u0000", "");
		return (clean.length() > LONGEST_ERROR) ? clean.substring(0, LONGEST_ERROR) : clean;
	}

}
