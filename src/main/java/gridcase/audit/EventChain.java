package gridcase.audit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The rule by which events are chained: SHA-256 over the previous hash and, each preceded
 * by its length in bytes as a 32-bit number, case number, sequence number, time in
 * microseconds since 1970, actor, kind, element (empty if none) and data.
 */
public final class EventChain {

	/** What the first event of a case is chained to. */
	public static final byte[] START = new byte[32];

	private EventChain() {
	}

	/**
	 * Makes the event that follows.
	 * @param previous hash of the event before, {@link #START} for the first
	 * @return the event with its hash
	 */
	public static CaseEvent next(byte[] previous, String caseNo, int seq, Instant at, String actor, String kind,
			String element, String data) {
		Instant moment = at.truncatedTo(ChronoUnit.MICROS);
		return new CaseEvent(caseNo, seq, moment, actor, kind, element, data,
				hash(previous, caseNo, seq, moment, actor, kind, element, data));
	}

	/**
	 * The hash an event must have.
	 * @param previous hash of the event before, {@link #START} for the first
	 */
	public static byte[] hash(byte[] previous, String caseNo, int seq, Instant at, String actor, String kind,
			String element, String data) {
		MessageDigest digest = sha256();
		digest.update(previous);
		add(digest, caseNo);
		add(digest, Integer.toString(seq));
		add(digest, Long.toString(ChronoUnit.MICROS.between(Instant.EPOCH, at)));
		add(digest, actor);
		add(digest, kind);
		add(digest, (element != null) ? element : "");
		add(digest, data);
		return digest.digest();
	}

	private static void add(MessageDigest digest, String text) {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		digest.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
		digest.update(bytes);
	}

	private static MessageDigest sha256() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

}
