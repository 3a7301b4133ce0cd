package gridcase.privacy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/**
 * Seals personal data (AES-256-GCM) before they are stored. A sealed value is one text,
 * <code>pd1.&lt;key&gt;.&lt;kind&gt;.&lt;index&gt;.&lt;cipher&gt;</code>: it names the
 * key it was sealed with and what it is, and carries an HMAC of the value by which equal
 * values are found without opening them.
 */
@Component
@EnableConfigurationProperties(PersonalDataSettings.class)
public class PersonalData {

	/** How every sealed value begins. */
	public static final String PREFIX = "pd1.";

	private static final Pattern SEALED = Pattern
		.compile("pd1\\.([a-z0-9]{1,16})\\.([a-z]{1,10})\\.([A-Za-z0-9_-]{16})\\.([A-Za-z0-9_-]{38,})");

	private static final int KEY_BYTES = 32;

	private static final int NONCE_BYTES = 12;

	private static final int TAG_BITS = 128;

	private static final int INDEX_BYTES = 12;

	private final SecureRandom random = new SecureRandom();

	private final String keyId;

	private final Map<String, Keys> keys = new LinkedHashMap<>();

	@Autowired
	PersonalData(PersonalDataSettings settings, @Value("${gridcase.data-folder:data}") Path folder) {
		this(settings.keyId(), (settings.key() != null && !settings.key().isBlank()) ? settings.key() : local(folder),
				settings.previous());
	}

	PersonalData(String keyId, String key, Map<String, String> previous) {
		this.keyId = keyId;
		this.keys.put(keyId, keys(keyId, key));
		previous.forEach((id, old) -> {
			if (this.keys.put(id, keys(id, old)) != null) {
				throw new IllegalStateException("gridcase.personal-data.previous." + id
						+ " has the name of the key in use (gridcase.personal-data.key-id)");
			}
		});
	}

	/** Name of the key that seals. */
	public String keyId() {
		return this.keyId;
	}

	/** Whether a text is a sealed value. */
	public static boolean isSealed(Object value) {
		return value instanceof String text && text.startsWith(PREFIX) && SEALED.matcher(text).matches();
	}

	/**
	 * Seals a value. What is sealed already stays as it is.
	 * @param kind what it is
	 * @param clear the value; null stays null
	 */
	public String seal(PersonalKind kind, String clear) {
		if (clear == null || isSealed(clear)) {
			return clear;
		}
		byte[] nonce = new byte[NONCE_BYTES];
		this.random.nextBytes(nonce);
		byte[] cipher = run(Cipher.ENCRYPT_MODE, this.keys.get(this.keyId), kind.key(), nonce,
				clear.getBytes(StandardCharsets.UTF_8));
		return PREFIX + this.keyId + '.' + kind.key() + '.' + index(this.keys.get(this.keyId), kind, clear) + '.'
				+ text(ByteBuffer.allocate(nonce.length + cipher.length).put(nonce).put(cipher).array());
	}

	/**
	 * Opens a sealed value; any other text is answered as it is.
	 * @param value a sealed value, a plain text or null
	 * @throws IllegalStateException if its key is not configured or it was altered
	 */
	public String open(String value) {
		if (!isSealed(value)) {
			return value;
		}
		Matcher parts = parts(value);
		byte[] bytes = Base64.getUrlDecoder().decode(parts.group(4));
		byte[] clear = run(Cipher.DECRYPT_MODE, keysOf(parts.group(1)), parts.group(2),
				Arrays.copyOf(bytes, NONCE_BYTES), Arrays.copyOfRange(bytes, NONCE_BYTES, bytes.length));
		return new String(clear, StandardCharsets.UTF_8);
	}

	/** What a sealed value is. */
	public PersonalKind kind(String sealed) {
		return PersonalKind.find(parts(sealed).group(2))
			.orElseThrow(() -> new IllegalStateException("A sealed value is of no known kind"));
	}

	/** Name of the key a value was sealed with. */
	public String keyOf(String sealed) {
		return parts(sealed).group(1);
	}

	/** The part of a sealed value by which equal values are found. */
	public static String indexOf(String sealed) {
		return parts(sealed).group(3);
	}

	/**
	 * By what a value is found, whichever of the known keys it was sealed with.
	 * @param kind what it is
	 * @param clear the value
	 */
	public List<String> indexes(PersonalKind kind, String clear) {
		return this.keys.values().stream().map((keys) -> index(keys, kind, clear)).toList();
	}

	/**
	 * As people see a value who need not know it; any other text is answered as it is.
	 */
	public String masked(String value) {
		return isSealed(value) ? kind(value).mask(open(value)) : value;
	}

	/** Seals all that a text of JSON holds anew with the key in use. */
	public String resealAll(String json) {
		return SEALED.matcher(json)
			.replaceAll((match) -> match.group(1).equals(this.keyId) ? match.group()
					: seal(kind(match.group()), open(match.group())));
	}

	/** Whether a text holds anything sealed with another key than the one in use. */
	public boolean outdated(String json) {
		Matcher sealed = SEALED.matcher(json);
		while (sealed.find()) {
			if (!sealed.group(1).equals(this.keyId)) {
				return true;
			}
		}
		return false;
	}

	private static Matcher parts(String sealed) {
		Matcher parts = SEALED.matcher(sealed);
		if (!parts.matches()) {
			throw new IllegalStateException("Not a sealed value");
		}
		return parts;
	}

	private Keys keysOf(String id) {
		Keys known = this.keys.get(id);
		if (known == null) {
			throw new IllegalStateException("Personal data are sealed with the key \"" + id
					+ "\", which is not configured: set gridcase.personal-data.previous." + id);
		}
		return known;
	}

	private static String index(Keys keys, PersonalKind kind, String clear) {
		byte[] whole = mac(keys.index(), kind.key() + ':' + kind.canonical(clear));
		return text(Arrays.copyOf(whole, INDEX_BYTES));
	}

	private static byte[] run(int mode, Keys keys, String kind, byte[] nonce, byte[] input) {
		try {
			Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
			cipher.init(mode, new SecretKeySpec(keys.seal(), "AES"), new GCMParameterSpec(TAG_BITS, nonce));
			cipher.updateAAD(kind.getBytes(StandardCharsets.UTF_8));
			return cipher.doFinal(input);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("A sealed value does not open: it was altered or its key is another one",
					ex);
		}
	}

	private static byte[] mac(byte[] key, String text) {
		try {
			Mac mac = Mac.getInstance("HmacSHA256");
			mac.init(new SecretKeySpec(key, "HmacSHA256"));
			return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("Every Java platform has HmacSHA256", ex);
		}
	}

	private static Keys keys(String id, String base64) {
		if (!id.matches("[a-z0-9]{1,16}")) {
			throw new IllegalStateException(
					"The name of a key for personal data is 1 to 16 small letters and digits, not \"" + id + '"');
		}
		byte[] key;
		try {
			key = Base64.getDecoder().decode(base64.strip());
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalStateException("The key \"" + id + "\" for personal data is not Base64", ex);
		}
		if (key.length != KEY_BYTES) {
			throw new IllegalStateException("The key \"" + id + "\" for personal data has " + key.length
					+ " bytes instead of " + KEY_BYTES + "; make one with: openssl rand -base64 32");
		}
		return new Keys(mac(key, "seal"), mac(key, "index"));
	}

	/** The key of an installation that was given none, which only the demo may be. */
	private static String local(Path folder) {
		Path file = folder.resolve("personal-data.key");
		try {
			if (!Files.exists(file)) {
				Files.createDirectories(folder);
				byte[] fresh = new byte[KEY_BYTES];
				new SecureRandom().nextBytes(fresh);
				write(file, Base64.getEncoder().encodeToString(fresh));
			}
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The key for personal data can be neither read nor made: " + file, ex);
		}
	}

	private static void write(Path file, String key) throws IOException {
		try {
			Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
			Files.writeString(file, key, StandardOpenOption.TRUNCATE_EXISTING);
		}
		catch (FileAlreadyExistsException ex) {
			// somebody else has just made it, and it is read
		}
	}

	private static String text(byte[] bytes) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
	}

	private record Keys(byte[] seal, byte[] index) {

	}

}
