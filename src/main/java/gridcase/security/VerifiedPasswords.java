package gridcase.security;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Passwords that were right a moment ago, so that a program that sends one with every
 * call does not pay for bcrypt each time. Kept is an HMAC with a key nobody else has, and
 * the hash it was right for: with another hash, a changed password, it counts no more.
 */
class VerifiedPasswords {

	private static final int MOST = 10_000;

	private final SecretKeySpec key;

	private final long nanos;

	private final LongSupplier time;

	private final Map<String, Verified> verified = new LinkedHashMap<>() {

		@Override
		protected boolean removeEldestEntry(Map.Entry<String, Verified> eldest) {
			return size() > MOST;
		}

	};

	VerifiedPasswords(Duration remember, LongSupplier nanoTime) {
		byte[] random = new byte[32];
		new SecureRandom().nextBytes(random);
		this.key = new SecretKeySpec(random, "HmacSHA256");
		this.nanos = remember.toNanos();
		this.time = nanoTime;
	}

	void add(String login, String password, String hash) {
		Verified fresh = new Verified(mac(login, password), hash, this.time.getAsLong());
		synchronized (this.verified) {
			this.verified.put(login, fresh);
		}
	}

	/** Whether it was right a moment ago, by whatever hash. */
	boolean knows(String login, String password) {
		Verified known;
		synchronized (this.verified) {
			known = this.verified.get(login);
			if (known != null && this.time.getAsLong() - known.at() > this.nanos) {
				this.verified.remove(login);
				return false;
			}
		}
		return known != null && MessageDigest.isEqual(known.mac(), mac(login, password));
	}

	/** Whether it was right a moment ago, by that hash. */
	boolean knows(String login, String password, String hash) {
		if (!knows(login, password)) {
			return false;
		}
		synchronized (this.verified) {
			Verified known = this.verified.get(login);
			return known != null && known.hash().equals(hash);
		}
	}

	private byte[] mac(String login, String password) {
		try {
			Mac mac = Mac.getInstance("HmacSHA256");
			mac.init(this.key);
			mac.update(login.getBytes(StandardCharsets.UTF_8));
			mac.update((byte) 0);
			return mac.doFinal(password.getBytes(StandardCharsets.UTF_8));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("Every Java platform has HmacSHA256", ex);
		}
	}

	private record Verified(byte[] mac, String hash, long at) {

	}

}
