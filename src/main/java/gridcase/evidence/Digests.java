package gridcase.evidence;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;

/**
 * SHA-256 over fields that cannot run into each other, as the chain of events does it.
 */
final class Digests {

	/** What the first link of any chain is chained to. */
	static final byte[] START = new byte[32];

	private Digests() {
	}

	static byte[] sha256(byte[]... parts) {
		MessageDigest digest = digest();
		for (byte[] part : parts) {
			digest.update(part);
		}
		return digest.digest();
	}

	/**
	 * The next link of a chain.
	 * @param previous the link before
	 * @param fields each preceded by its length in bytes as a 32-bit number; null is an
	 * empty text
	 */
	static byte[] link(byte[] previous, Object... fields) {
		MessageDigest digest = digest();
		digest.update(previous);
		for (Object field : fields) {
			byte[] bytes = ((field != null) ? field.toString() : "").getBytes(StandardCharsets.UTF_8);
			digest.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
			digest.update(bytes);
		}
		return digest.digest();
	}

	/** Microseconds since 1970, as chains hold moments. */
	static long micros(Instant at) {
		return ChronoUnit.MICROS.between(Instant.EPOCH, at);
	}

	static String hex(byte[] bytes) {
		return HexFormat.of().formatHex(bytes);
	}

	static byte[] bytes(String hex) {
		return HexFormat.of().parseHex(hex);
	}

	static MessageDigest digest() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

}
