package gridcase.evidence;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How daily roots and packages are signed.
 *
 * @param key Ed25519 private key, PKCS#8 as PEM or Base64; without it the local profile
 * makes one in the data folder, any other profile does not start
 * @param keyId name of the key, at most 16 small letters and digits; a new key needs a
 * new name
 * @param previous public keys of earlier keys, by name
 * @param rootsFolder where a copy of each signed root is put, outside the database, or
 * null; the check compares with it
 * @param after how long after midnight a day's root is taken
 */
@ConfigurationProperties("gridcase.evidence")
record EvidenceSettings(String key, @DefaultValue("k1") String keyId, @DefaultValue Map<String, String> previous,
		Path rootsFolder, @DefaultValue("10m") Duration after) {

	@Override
	public String toString() {
		return "EvidenceSettings[keyId=" + this.keyId + ", previous=" + this.previous.keySet() + ", rootsFolder="
				+ this.rootsFolder + "]";
	}

}
