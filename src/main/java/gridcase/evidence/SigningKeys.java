package gridcase.evidence;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/** The key that signs daily roots and packages, and the public keys of earlier ones. */
@Component
@EnableConfigurationProperties(EvidenceSettings.class)
class SigningKeys {

	private final String keyId;

	private final KeyPair pair;

	private final Map<String, PublicKey> known = new LinkedHashMap<>();

	SigningKeys(EvidenceSettings settings, @Value("${gridcase.data-folder:data}") Path folder) {
		this.keyId = named(settings.keyId());
		boolean given = settings.key() != null && !settings.key().isBlank();
		try {
			this.pair = Ed25519.pair(given ? settings.key() : local(folder));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(
					"gridcase.evidence.key is no Ed25519 private key (PKCS#8, PEM or Base64); make one with: "
							+ "openssl genpkey -algorithm ed25519",
					ex);
		}
		this.known.put(this.keyId, this.pair.getPublic());
		settings.previous().forEach((id, key) -> {
			try {
				if (this.known.put(named(id), Ed25519.publicKey(key)) != null) {
					throw new IllegalStateException("gridcase.evidence.previous." + id
							+ " has the name of the key in use (gridcase.evidence.key-id)");
				}
			}
			catch (GeneralSecurityException ex) {
				throw new IllegalStateException(
						"gridcase.evidence.previous." + id + " is no Ed25519 public key (PEM or Base64)", ex);
			}
		});
	}

	private static String named(String id) {
		if (!id.matches("[a-z0-9]{1,16}")) {
			throw new IllegalStateException(
					"The name of a signing key is 1 to 16 small letters and digits, not \"" + id + '"');
		}
		return id;
	}

	/** Name of the key that signs. */
	String keyId() {
		return this.keyId;
	}

	byte[] sign(byte[] content) {
		return Ed25519.sign(this.pair.getPrivate(), content);
	}

	/** The public key of that name, if it is configured. */
	Optional<PublicKey> find(String id) {
		return Optional.ofNullable(this.known.get(id));
	}

	/** All public keys by name, the one in use first. */
	Map<String, PublicKey> all() {
		return Map.copyOf(this.known);
	}

	/** The key of an installation that was given none, which only the demo may be. */
	private static String local(Path folder) throws GeneralSecurityException {
		Path file = folder.resolve("evidence.key");
		try {
			if (!Files.exists(file)) {
				Files.createDirectories(folder);
				write(file, Base64.getEncoder().encodeToString(Ed25519.generate().getPrivate().getEncoded()));
			}
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The key that signs daily roots can be neither read nor made: " + file, ex);
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

}
