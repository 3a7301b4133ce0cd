package gridcase.resident;

import java.security.SecureRandom;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import gridcase.clock.PlatformClock;
import gridcase.notice.Deliveries;
import gridcase.notice.Notice;
import gridcase.notice.Outbox;
import gridcase.security.RateLimits;
import gridcase.security.Seals;
import gridcase.shared.Texts;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Codes by text message that prove who has a telephone in hand. A code lives ten minutes
 * and bears five tries; only its fingerprint is kept, and the message is emptied when the
 * code is of no use any more.
 */
@Component
class PhoneCodes {

	/** Proves the phone of a report. */
	static final String REPORT = "REPORT";

	/** Proves that somebody asks for the own case. */
	static final String TRACK = "TRACK";

	static final int TRIES = 5;

	static final Duration LIFE = Duration.ofMinutes(10);

	/** How long a proof counts: a report may have to be mended first. */
	static final Duration PROOF = Duration.ofMinutes(30);

	static final RateLimits.Limit PER_PHONE = new RateLimits.Limit("resident.code.phone", 3, Duration.ofMinutes(15));

	private static final String TEMPLATE = "phone-code";

	private static final int CODES = 1_000_000;

	private final SecureRandom random = new SecureRandom();

	private final JdbcTemplate jdbc;

	private final TransactionTemplate transaction;

	private final Outbox outbox;

	private final Deliveries deliveries;

	private final Seals seals;

	private final PlatformClock clock;

	PhoneCodes(JdbcTemplate jdbc, PlatformTransactionManager transactions, Outbox outbox, Deliveries deliveries,
			Seals seals, PlatformClock clock) {
		this.jdbc = jdbc;
		this.transaction = new TransactionTemplate(transactions);
		this.outbox = outbox;
		this.deliveries = deliveries;
		this.seals = seals;
		this.clock = clock;
	}

	/** Whether text messages leave the platform at all. */
	boolean possible() {
		return this.deliveries.configured(Notice.SMS);
	}

	/**
	 * Makes a code.
	 * @param purpose {@link #REPORT} or {@link #TRACK}
	 * @param subject what is proven with it: the phone, or the case number
	 * @param phone where it is sent to; null: nowhere, nobody will know it
	 * @param place place code
	 * @param placeName the place as the message names it
	 * @return what to name when the code is given
	 */
	UUID send(String purpose, String subject, String phone, String place, String placeName) {
		Instant now = this.clock.now();
		UUID id = UUID.randomUUID();
		String code = String.format("%06d", this.random.nextInt(CODES));
		this.transaction.executeWithoutResult((status) -> {
			this.jdbc.update("delete from phone_code where expires_at < ?", Timestamp.from(now.minus(PROOF)));
			this.outbox.expire(TEMPLATE, now.minus(LIFE));
			this.jdbc.update(
					"insert into phone_code (id, purpose, subject_seal, code_seal, created_at, expires_at) values (?, ?, ?, ?, ?, ?)",
					id, purpose, subject(purpose, subject), code(id, code), Timestamp.from(now),
					Timestamp.from(now.plus(LIFE)));
			if (phone != null) {
				this.outbox.add(List.of(new Notice("", place, "PHONE_CODE", "REPORTER", Notice.SMS, phone,
						Notice.Kind.ADDRESS, TEMPLATE, "{}", Texts.own("resident", "resident.code.subject"),
						Texts.own("resident", "resident.code.message", placeName, code, LIFE.toMinutes()), now)));
			}
		});
		return id;
	}

	/**
	 * Whether a code is the right one for what is to be proven. Once it was, it stays so
	 * for {@link #PROOF}; each wrong one uses up a try.
	 */
	boolean proves(UUID id, String purpose, String subject, String code) {
		if (id == null || code == null) {
			return false;
		}
		Timestamp now = Timestamp.from(this.clock.now());
		List<Code> counted = this.jdbc.query("""
				update phone_code set attempts = attempts + 1 where id = ? and purpose = ? and attempts < ?
				and coalesce(proven_at + ? * interval '1 second', expires_at) > ? returning subject_seal, code_seal""",
				(row, number) -> new Code(row.getBytes("subject_seal"), row.getBytes("code_seal")), id, purpose, TRIES,
				PROOF.toSeconds(), now);
		boolean right = counted.stream()
			.anyMatch((known) -> Seals.same(known.code(), code(id, code.strip()))
					& Seals.same(known.subject(), subject(purpose, subject)));
		if (right) {
			this.jdbc.update(
					"update phone_code set attempts = attempts - 1, proven_at = coalesce(proven_at, ?) where id = ?",
					now, id);
		}
		return right;
	}

	private byte[] subject(String purpose, String subject) {
		return this.seals.of("phone-code-subject", purpose, subject);
	}

	private byte[] code(UUID id, String code) {
		return this.seals.of("phone-code", id.toString(), code);
	}

	private record Code(byte[] subject, byte[] code) {

	}

}
