package gridcase.evidence;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** Keys are read as people have them, changed without losing what earlier ones signed. */
class SigningKeysTests {

	/** Test 1 of RFC 8032, 7.1. */
	private static final String SEED = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";

	private static final String PUBLIC = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";

	private static final byte[] TEXT = "gridcase-root 1".getBytes(StandardCharsets.UTF_8);

	@TempDir
	private Path folder;

	private SigningKeys keys(String key, String id, Map<String, String> previous) {
		return new SigningKeys(new EvidenceSettings(key, id, previous, null, Duration.ofMinutes(10)), this.folder);
	}

	@Test
	void thePublicKeyIsTheOneOfThePrivateKey() throws Exception {
		byte[] pkcs8 = Digests.bytes("302e020100300506032b657004220420" + SEED);
		KeyPair pair = Ed25519.pair(Base64.getEncoder().encodeToString(pkcs8));
		assertThat(Digests.hex(pair.getPublic().getEncoded())).isEqualTo("302a300506032b6570032100" + PUBLIC);
		assertThat(Digests.hex(Ed25519.sign(pair.getPrivate(), new byte[0])))
			.startsWith("e5564300c360ac729086e2cc806e828a");
		String pem = "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder().encodeToString(pkcs8)
				+ "\n-----END PRIVATE KEY-----\n";
		assertThat(Ed25519.pair(pem).getPublic()).isEqualTo(pair.getPublic());
		assertThat(Ed25519.publicKey(Ed25519.pem(pair.getPublic()))).isEqualTo(pair.getPublic());
	}

	@Test
	void whatAnEarlierKeySignedStaysGood() throws Exception {
		SigningKeys first = keys(null, "k1", Map.of());
		byte[] signature = first.sign(TEXT);
		String publicKey = Ed25519.pem(first.find("k1").orElseThrow());
		SigningKeys second = keys(Base64.getEncoder().encodeToString(Ed25519.generate().getPrivate().getEncoded()),
				"k2", Map.of("k1", publicKey));
		assertThat(second.keyId()).isEqualTo("k2");
		assertThat(Ed25519.verify(second.find("k1").orElseThrow(), TEXT, signature)).isTrue();
		assertThat(Ed25519.verify(second.find("k2").orElseThrow(), TEXT, signature)).isFalse();
		assertThat(second.find("k3")).isEmpty();
	}

	@Test
	void theDemoKeepsAKeyOfItsOwn() throws Exception {
		SigningKeys first = keys("", "k1", Map.of());
		SigningKeys again = keys(null, "k1", Map.of());
		assertThat(again.find("k1")).isEqualTo(first.find("k1"));
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(this.folder.resolve("evidence.key"))))
			.isEqualTo("rw-------");
	}

	@Test
	void whatIsNoKeyIsRefusedWithWhatToDo() throws Exception {
		assertThatIllegalStateException().isThrownBy(() -> keys("no key", "k1", Map.of()))
			.withMessageContaining("openssl genpkey -algorithm ed25519");
		assertThatIllegalStateException().isThrownBy(() -> keys(null, "K 1", Map.of())).withMessageContaining("K 1");
		assertThatIllegalStateException().isThrownBy(() -> keys(null, "k1", Map.of("k0", "AAAA")))
			.withMessageContaining("gridcase.evidence.previous.k0");
		String publicKey = Ed25519.pem(Ed25519.generate().getPublic());
		assertThatIllegalStateException().isThrownBy(() -> keys(null, "k1", Map.of("k1", publicKey)))
			.withMessageContaining("gridcase.evidence.previous.k1");
	}

}
