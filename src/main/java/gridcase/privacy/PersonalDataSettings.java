package gridcase.privacy;

import java.util.Map;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Keys for personal data.
 *
 * @param key 32 random bytes in Base64; without it the local profile makes one in the
 * data folder, any other profile does not start
 * @param keyId name of the key, at most 16 small letters and digits; a new key needs a
 * new name
 * @param previous keys that stored data may still be sealed with, by name
 */
@ConfigurationProperties("gridcase.personal-data")
record PersonalDataSettings(String key, @DefaultValue("k1") String keyId, @DefaultValue Map<String, String> previous) {

	@Override
	public String toString() {
		return "PersonalDataSettings[keyId=" + this.keyId + ", previous=" + this.previous.keySet() + "]";
	}

}
