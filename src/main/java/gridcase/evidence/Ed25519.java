package gridcase.evidence;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/** Ed25519 keys as text, and signatures. */
final class Ed25519 {

	private static final String NAME = "Ed25519";

	private static final byte[] PROBE = "gridcase".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

	private Ed25519() {
	}

	/**
	 * Reads a private key.
	 * @param text PKCS#8, as PEM or Base64
	 * @return it with its public key
	 * @throws GeneralSecurityException if it is none
	 */
	static KeyPair pair(String text) throws GeneralSecurityException {
		PrivateKey secret = KeyFactory.getInstance(NAME).generatePrivate(new PKCS8EncodedKeySpec(decoded(text)));
		byte[] seed = ((EdECPrivateKey) secret).getBytes()
			.orElseThrow(() -> new GeneralSecurityException("The key does not show its bytes"));
		KeyPair pair = fromSeed(seed);
		if (!verify(pair.getPublic(), PROBE, sign(secret, PROBE))) {
			throw new GeneralSecurityException("The public key does not fit the private one");
		}
		return pair;
	}

	static KeyPair generate() throws GeneralSecurityException {
		byte[] seed = new byte[32];
		new SecureRandom().nextBytes(seed);
		return fromSeed(seed);
	}

	/**
	 * The platform makes public keys of fresh private ones only; this one is not fresh.
	 */
	private static KeyPair fromSeed(byte[] seed) throws GeneralSecurityException {
		KeyPairGenerator generator = KeyPairGenerator.getInstance(NAME);
		generator.initialize(NamedParameterSpec.ED25519, new SecureRandom() {
			@Override
			public void nextBytes(byte[] bytes) {
				System.arraycopy(seed, 0, bytes, 0, bytes.length);
			}
		});
		return generator.generateKeyPair();
	}

	/**
	 * Reads a public key.
	 * @param text SubjectPublicKeyInfo, as PEM or Base64
	 * @throws GeneralSecurityException if it is none
	 */
	static PublicKey publicKey(String text) throws GeneralSecurityException {
		return KeyFactory.getInstance(NAME).generatePublic(new X509EncodedKeySpec(decoded(text)));
	}

	private static byte[] decoded(String text) throws GeneralSecurityException {
		try {
			return Base64.getMimeDecoder().decode(text.replaceAll("-----(BEGIN|END) [A-Z ]+-----", ""));
		}
		catch (IllegalArgumentException ex) {
			throw new GeneralSecurityException("Neither PEM nor Base64", ex);
		}
	}

	static String pem(PublicKey key) {
		return "-----BEGIN PUBLIC KEY-----\n" + Base64.getEncoder().encodeToString(key.getEncoded())
				+ "\n-----END PUBLIC KEY-----\n";
	}

	static byte[] sign(PrivateKey key, byte[] content) {
		try {
			Signature signature = Signature.getInstance(NAME);
			signature.initSign(key);
			signature.update(content);
			return signature.sign();
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("Cannot sign", ex);
		}
	}

	/** Whether a signature is that key's; one that is malformed is not. */
	static boolean verify(PublicKey key, byte[] content, byte[] signed) {
		try {
			Signature signature = Signature.getInstance(NAME);
			signature.initVerify(key);
			signature.update(content);
			return signature.verify(signed);
		}
		catch (java.security.SignatureException ex) {
			return false;
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("Every Java platform has Ed25519", ex);
		}
	}

}
