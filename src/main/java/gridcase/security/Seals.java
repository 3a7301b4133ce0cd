package gridcase.security;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Fingerprints only this installation can make, with {@code gridcase.secret}: for tokens
 * that need not be stored, and for keys of rows that shall not tell a number or an
 * address.
 */
@Component
public class Seals {

	private static final String ALGORITHM = "HmacSHA256";

	private static final int TOKEN_BYTES = 16;

	private final SecretKeySpec key;

	Seals(@Value("${gridcase.secret}") String secret) {
		this.key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM);
	}

	/**
	 * A fingerprint.
	 * @param purpose what it is for; the same parts have another one for another purpose
	 * @param parts what it is of, in this order
	 * @return 32 bytes
	 */
	public byte[] of(String purpose, String... parts) {
		try {
			Mac mac = Mac.getInstance(ALGORITHM);
			mac.init(this.key);
			add(mac, purpose);
			for (String part : parts) {
				add(mac, part);
			}
			return mac.doFinal();
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("Every Java platform has " + ALGORITHM, ex);
		}
	}

	/** With its length, so that parts cannot run into each other. */
	private static void add(Mac mac, String part) {
		byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
		mac.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
		mac.update(bytes);
	}

	/** A fingerprint as a token for addresses: 22 letters, digits, {@code -} and _. */
	public String token(String purpose, String... parts) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(of(purpose, parts), TOKEN_BYTES));
	}

	/** Whether two are the same; takes the same time wherever they differ. */
	public static boolean same(byte[] one, byte[] other) {
		return MessageDigest.isEqual(one, other);
	}

	/** Whether two are the same; takes the same time wherever they differ. */
	public static boolean same(String one, String other) {
		return same(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
	}

}
